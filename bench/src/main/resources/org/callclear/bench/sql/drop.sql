DROP TABLE IF EXISTS lines, grants, routes, cdrs;
