-- In the transaction that made the tables nothing is written to the write-ahead log.
BEGIN;
TRUNCATE grants, routes, cdrs;
COPY grants FROM :'grants' WITH (FORMAT csv);
COPY routes FROM :'routes' WITH (FORMAT csv);
COPY cdrs FROM :'cdrs' WITH (FORMAT csv);
COMMIT;
