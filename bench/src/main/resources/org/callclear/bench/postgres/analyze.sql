ANALYZE grants, routes, cdrs;
