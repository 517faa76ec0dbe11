COPY (SELECT carrier, side, counterparty, destination, prefix, rate, currency, calls, seconds, billed_seconds, units,
  micros FROM lines) TO STDOUT WITH (FORMAT csv);
