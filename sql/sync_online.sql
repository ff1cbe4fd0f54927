-- The plan in a way that does not block, where nobody else is at work.
SET client_min_messages = warning;
CREATE EXTENSION linkgress;
RESET client_min_messages;
SET linkgress.verbosity = quiet;
CREATE SCHEMA shop;
CREATE TABLE shop.customer (id int NOT NULL, email text, name text, fax text);
CREATE TABLE shop.purchase (id int PRIMARY KEY, customer int, price int);
CREATE INDEX purchase_customer ON shop.purchase (customer);
CREATE VIEW shop.fans AS SELECT name FROM shop.customer;
INSERT INTO shop.customer SELECT n, n || '@example.org', n FROM generate_series(1, 10) n;
INSERT INTO shop.purchase SELECT n, n, n FROM generate_series(1, 10) n;
CREATE VIEW left_over AS
	SELECT (SELECT count(*) FROM linkgress.analyze()) AS operations,
		(SELECT count(*) FROM linkgress.migration) + (SELECT count(*) FROM linkgress.journal) + (SELECT count(*) FROM linkgress.partial) AS stages;
CREATE FUNCTION of_shop(what text) RETURNS text LANGUAGE sql AS $$
	SELECT linkgress.set_model('CREATE SCHEMA shop;
		CREATE TABLE shop.customer (id int PRIMARY KEY, email text NOT NULL UNIQUE, name text, phone text);
		CREATE TABLE shop.purchase (id int PRIMARY KEY, customer int REFERENCES shop.customer, price bigint CHECK (price > 0));
		CREATE VIEW shop.fans AS SELECT name, email FROM shop.customer;' || what) $$;

-- Not within anything that could not be committed; nor without a model
CALL linkgress.sync_online();
SELECT of_shop('');
BEGIN;
CALL linkgress.sync_online();
ROLLBACK;
CREATE FUNCTION calls() RETURNS void LANGUAGE plpgsql AS 'BEGIN CALL linkgress.sync_online(); END';
SELECT calls();
INSERT INTO linkgress.migration (name, up) VALUES ('1', 'CALL linkgress.sync_online()');
SELECT linkgress.migrate();
CALL linkgress.up();
DELETE FROM linkgress.migration;

-- What destroys has to be allowed, or reviewed; in a protected database it is not.
CALL linkgress.sync_online(plan => 'x');
SELECT plan AS id FROM linkgress.analyze() LIMIT 1 \gset
SET linkgress.protected = on;
CALL linkgress.sync_online(allow_destructive => true);
CALL linkgress.sync_online(plan => :'id');
RESET linkgress.protected;
ALTER TABLE shop.customer ADD note text;
CALL linkgress.sync_online(plan => :'id');
SELECT count(*) FROM linkgress.history;
SELECT plan AS id FROM linkgress.analyze() LIMIT 1 \gset

-- Done, with hooks
CREATE TABLE told (what text);
INSERT INTO linkgress.hook (name, event, body) SELECT event, event, format('INSERT INTO told VALUES (%L)', event)
FROM unnest('{before_sync,after_sync,before_migrate,before_each,after_each,after_migrate,after_failure}'::text[]) event;
SET linkgress.verbosity = quiet;
CALL linkgress.sync_online(plan => :'id');
SELECT * FROM left_over;
SELECT * FROM told;
SELECT count(*) FROM shop.fans;
SELECT regexp_replace(name, '^[0-9-]+', '') AS name, action, checksum IS NOT NULL AS checksum, jsonb_array_length(operations) AS operations FROM linkgress.history ORDER BY id;
SELECT call, state FROM linkgress.runs();
SELECT conname, convalidated FROM pg_constraint WHERE connamespace = 'shop'::regnamespace AND contype <> 'n' ORDER BY 1;
-- Nothing to do: the hooks of sync all the same
CALL linkgress.sync_online();
SELECT * FROM told OFFSET 2;
SELECT count(*) FROM linkgress.runs();
DELETE FROM told;

-- Hooks that fail: before, and nothing is done; afterwards, and it is
SET linkgress.verbosity = quiet;
SELECT of_shop('CREATE INDEX purchase_price ON shop.purchase (price)');
UPDATE linkgress.hook SET body = 'SELECT 1/0' WHERE name = 'before_sync';
CALL linkgress.sync_online();
SELECT operations FROM left_over;
UPDATE linkgress.hook SET body = 'SELECT 1' WHERE name = 'before_sync';
UPDATE linkgress.hook SET body = 'SELECT 1/0' WHERE name = 'after_sync';
CALL linkgress.sync_online();
SELECT * FROM left_over;
DELETE FROM linkgress.hook;
DROP TABLE told;

-- Rows in the way: found at once, or where they are met. Then again, when they are not any more.
SELECT of_shop('CREATE UNIQUE INDEX one_name ON shop.customer (lower(name) text_pattern_ops); ALTER TABLE shop.purchase ALTER customer SET NOT NULL, ADD CONSTRAINT even CHECK (price % 2 = 0)');
UPDATE shop.purchase SET customer = NULL WHERE id = 1;
CALL linkgress.sync_online();
UPDATE shop.purchase SET customer = 1, price = 2 * price;
UPDATE shop.customer SET name = 'x' WHERE id IN (1, 2);
\set VERBOSITY sqlstate
CALL linkgress.sync_online();
\set VERBOSITY default
SELECT stages FROM left_over;
SELECT message ~ 'could not create unique index "one_name"$' AS message, hint FROM linkgress.history ORDER BY id DESC LIMIT 1;
UPDATE shop.customer SET name = id;
CALL linkgress.sync_online();
SELECT * FROM left_over;
SELECT indexrelid::regclass, indisvalid FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE relnamespace = 'shop'::regnamespace ORDER BY 1;
SELECT conname, convalidated FROM pg_constraint WHERE connamespace = 'shop'::regnamespace AND contype <> 'n' ORDER BY 1;

-- Nobody else makes stages.
INSERT INTO linkgress.migration (name, up, stage) VALUES ('1', 'CREATE TABLE shop.wrong ()', true);
SELECT name, stage FROM linkgress.migration;
DELETE FROM linkgress.migration;

-- Everything is gone, or from nothing
SELECT linkgress.set_model('CREATE SCHEMA shop');
CALL linkgress.sync_online(allow_destructive => true);
SELECT * FROM left_over;
SELECT of_shop('');
CALL linkgress.sync_online();
SELECT * FROM left_over;

SET client_min_messages = warning;
DROP SCHEMA shop CASCADE;
DROP VIEW left_over;
DROP FUNCTION of_shop, calls;
DROP EXTENSION linkgress;
