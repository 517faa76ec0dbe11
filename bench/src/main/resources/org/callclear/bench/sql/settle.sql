-- One text for every database: all amounts and times are whole numbers, and / divides them to whole numbers.
CREATE TABLE lines AS
WITH pairs AS (
  -- first sight and pairing at once: the same report again changes no maximum
  SELECT call_id, leg, transaction_id, called,
    max(reporter) FILTER (WHERE role = 'ORIGINATING') AS originating,
    max(reporter) FILTER (WHERE role = 'TERMINATING') AS terminating,
    max(ended_at - answered_at) FILTER (WHERE role = 'ORIGINATING') AS originating_millis,
    max(ended_at - answered_at) FILTER (WHERE role = 'TERMINATING') AS terminating_millis
  FROM cdrs GROUP BY call_id, leg, transaction_id, called
), settled AS (
  SELECT g.originating_carrier, r.terminating_carrier,
    (least(CASE WHEN abs(p.originating_millis - p.terminating_millis) > g.tolerance_seconds * 1000
                THEN least(p.originating_millis, p.terminating_millis) ELSE p.terminating_millis END,
           r.max_duration_seconds * 1000::bigint) + 999) / 1000 AS seconds,
    g.destination AS o_destination, g.prefix AS o_prefix, g.rate AS o_rate, g.currency AS o_currency,
    g.initial_seconds AS o_initial, g.increment_seconds AS o_increment, g.connect_fee AS o_fee,
    r.destination AS t_destination, r.prefix AS t_prefix, r.rate AS t_rate, r.currency AS t_currency,
    r.initial_seconds AS t_initial, r.increment_seconds AS t_increment, r.connect_fee AS t_fee
  FROM pairs p
  JOIN grants g ON g.call_id = p.call_id AND g.originating_carrier = p.originating AND g.called = p.called
  JOIN routes r ON r.call_id = p.call_id AND r.leg = p.leg AND r.terminating_carrier = p.terminating
    AND r.transaction_id = p.transaction_id
  WHERE p.originating_millis IS NOT NULL AND p.terminating_millis IS NOT NULL
), billed AS (
  SELECT *,
    CASE WHEN seconds = 0 THEN 0 WHEN seconds <= o_initial THEN o_initial
      ELSE o_initial + ((seconds - o_initial + o_increment - 1) / o_increment) * o_increment END AS o_billed,
    CASE WHEN seconds = 0 THEN 0 WHEN seconds <= t_initial THEN t_initial
      ELSE t_initial + ((seconds - t_initial + t_increment - 1) / t_increment) * t_increment END AS t_billed
  FROM settled
), priced AS (
  -- exact: in sixty-millionths of the currency unit
  SELECT *, o_billed * o_rate + o_fee * 60 AS o_units, t_billed * t_rate + t_fee * 60 AS t_units FROM billed
)
-- a call is rounded half up to millionths; no price here is negative
SELECT originating_carrier AS carrier, 'ORIGINATING' AS side, terminating_carrier AS counterparty,
  o_destination AS destination, o_prefix AS prefix, o_rate AS rate, o_currency AS currency, count(*) AS calls,
  sum(seconds)::bigint AS seconds, sum(o_billed)::bigint AS billed_seconds, sum(o_units) AS units,
  sum((o_units + 30) / 60) AS micros
FROM priced GROUP BY 1, 2, 3, 4, 5, 6, 7
UNION ALL
SELECT terminating_carrier, 'TERMINATING', originating_carrier, t_destination, t_prefix, t_rate, t_currency, count(*),
  sum(seconds)::bigint, sum(t_billed)::bigint, sum(t_units), sum((t_units + 30) / 60)
FROM priced GROUP BY 1, 2, 3, 4, 5, 6, 7;
