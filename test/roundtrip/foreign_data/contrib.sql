--- case: postgres_fdw
--- a
--- b
CREATE EXTENSION postgres_fdw;
CREATE SERVER remote FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'localhost', dbname 'shop', fetch_size '500', extensions 'hstore, citext');
CREATE USER MAPPING FOR alice SERVER remote OPTIONS (user 'a', password 'it''s');
CREATE FOREIGN TABLE orders (id bigint OPTIONS (column_name 'order_id') NOT NULL, total numeric) SERVER remote OPTIONS (schema_name 'public', table_name 'orders', updatable 'false');
CREATE VIEW totals AS SELECT sum(total) AS s FROM orders;

--- case: postgres_fdw, options change
--- both
CREATE EXTENSION postgres_fdw;
--- a
CREATE SERVER remote FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'localhost', dbname 'shop');
CREATE FOREIGN TABLE orders (id bigint, total numeric) SERVER remote OPTIONS (table_name 'orders');
--- b
CREATE SERVER remote FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'db', port '5433', use_remote_estimate 'true');
CREATE FOREIGN TABLE orders (id bigint OPTIONS (column_name 'order_id'), total numeric) SERVER remote OPTIONS (schema_name 'x', table_name 'orders', batch_size '10');

--- case: file_fdw
--- both
CREATE EXTENSION file_fdw;
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
--- a
CREATE FOREIGN TABLE f (a text, b text) SERVER files OPTIONS (filename '/tmp/x.csv', format 'csv');
--- b
CREATE FOREIGN TABLE f (a text OPTIONS (force_not_null 'true'), b text) SERVER files OPTIONS (filename '/tmp/y.csv', format 'csv', header 'true', delimiter ';');

--- case: a handler that belongs to a wrapper of one's own
--- a
CREATE FOREIGN DATA WRAPPER w;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE FOREIGN TABLE f (a text) SERVER s;
--- b
CREATE FUNCTION my_handler() RETURNS fdw_handler LANGUAGE c STRICT AS '$libdir/file_fdw', 'file_fdw_handler';
CREATE FOREIGN DATA WRAPPER w HANDLER my_handler;
CREATE SERVER s FOREIGN DATA WRAPPER w;
CREATE FOREIGN TABLE f (a text) SERVER s;
