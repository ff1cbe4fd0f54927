-- Plans that do not block.
SET linkgress.verbosity = quiet;
CREATE EXTENSION linkgress;
CREATE SCHEMA shop;
CREATE TABLE shop.customer (id int NOT NULL, email text, name text);
CREATE TABLE shop.purchase (id int PRIMARY KEY, customer int, price int);
CREATE INDEX purchase_customer ON shop.purchase (customer);
CREATE INDEX purchase_price ON shop.purchase (price);
CREATE VIEW shop.today AS SELECT 1 AS day;
INSERT INTO shop.customer SELECT n, n || '@example.org', n FROM generate_series(1, 10) n;
INSERT INTO shop.purchase SELECT n, n, n FROM generate_series(1, 10) n;
SELECT linkgress.snapshot('{shop}') AS before \gset
BEGIN;
ALTER TABLE shop.customer ADD PRIMARY KEY (id);
ALTER TABLE shop.customer ALTER email SET NOT NULL, ADD UNIQUE (email) INCLUDE (name);
DROP INDEX shop.purchase_customer;
CREATE INDEX purchase_customer ON shop.purchase (customer DESC);
DROP INDEX shop.purchase_price;
CREATE INDEX purchase_customer_price ON shop.purchase (customer, price);
ALTER TABLE shop.purchase ADD FOREIGN KEY (customer) REFERENCES shop.customer, ADD CHECK (price > 0);
DROP VIEW shop.today;
CREATE VIEW shop.today AS SELECT 'today' AS day;
SELECT linkgress.snapshot('{shop}') AS wanted \gset
ROLLBACK;
SELECT stage, transactional AS tr, sql FROM linkgress.online_plan(:'before', :'wanted') ORDER BY ordinal;
SELECT DISTINCT unnest(hazards) FROM linkgress.online_plan(:'before', :'wanted');
SELECT sql FROM linkgress.online_plan(:'before', :'wanted') ORDER BY ordinal \gexec
SELECT count(*) FROM linkgress.diff(linkgress.snapshot('{shop}'), :'wanted');
-- And back
SELECT sql FROM linkgress.online_plan(:'wanted', :'before') ORDER BY ordinal \gexec
SELECT count(*) FROM linkgress.diff(linkgress.snapshot('{shop}'), :'before');
-- Nothing to do; from nothing, which is one stage
SELECT count(*) FROM linkgress.online_plan(:'before', :'before');
SELECT DISTINCT stage, transactional FROM linkgress.online_plan(NULL, :'wanted');
-- A stage that fails leaves what was there.
BEGIN;
DROP INDEX shop.purchase_customer;
CREATE UNIQUE INDEX purchase_customer ON shop.purchase (price);
SELECT linkgress.snapshot('{shop}') AS wanted \gset
ROLLBACK;
UPDATE shop.purchase SET price = 1;
SELECT sql FROM linkgress.online_plan(:'before', :'wanted') ORDER BY ordinal LIMIT 1 \gexec
SELECT indexrelid::regclass, indisvalid FROM pg_index WHERE indrelid = 'shop.purchase'::regclass ORDER BY 1;
UPDATE shop.purchase SET price = id;
SELECT sql FROM linkgress.online_plan(linkgress.snapshot('{shop}'), :'wanted') ORDER BY ordinal \gexec
SELECT count(*) FROM linkgress.diff(linkgress.snapshot('{shop}'), :'wanted');
SELECT indexrelid::regclass, indisvalid FROM pg_index WHERE indrelid = 'shop.purchase'::regclass ORDER BY 1;
SET client_min_messages = warning;
DROP SCHEMA shop CASCADE;
DROP EXTENSION linkgress;
