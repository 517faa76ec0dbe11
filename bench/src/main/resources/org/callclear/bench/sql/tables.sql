-- As a batch would hold them: amounts in millionths and times in ms since 1970, so that all sums are of whole numbers.
CREATE TABLE grants (
  call_id uuid, originating_carrier text, calling text, called text, granted_at bigint, tolerance_seconds int,
  contract text, contract_revision bigint, deck text, deck_revision bigint, prefix text, destination text,
  rate bigint, currency text, initial_seconds int, increment_seconds int, connect_fee bigint);
CREATE TABLE routes (
  call_id uuid, leg int, gateway text, terminating_carrier text, transaction_id text, max_duration_seconds int,
  contract text, contract_revision bigint, deck text, deck_revision bigint, prefix text, destination text,
  rate bigint, currency text, initial_seconds int, increment_seconds int, connect_fee bigint);
CREATE TABLE cdrs (
  call_id uuid, leg int, role text, reporter text, transaction_id text, originating_carrier text,
  terminating_carrier text, gateway text, calling text, called text, setup_at bigint, answered_at bigint,
  ended_at bigint, sip_status int, q850_cause int, release_source text, version int);
