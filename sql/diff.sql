-- Snapshots, what differs between them, and the way from one to the other.
SET linkgress.verbosity = quiet;
CREATE EXTENSION linkgress;
CREATE SCHEMA shop;
CREATE TYPE shop.state AS ENUM ('new', 'paid');
CREATE TABLE shop.customer (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
CREATE TABLE shop.invoice (
    id serial PRIMARY KEY,
    customer bigint REFERENCES shop.customer,
    state shop.state DEFAULT 'new',
    amount numeric(10, 2) CHECK (amount >= 0)
);
CREATE VIEW shop.open_invoice AS SELECT id, amount FROM shop.invoice WHERE state = 'new';
COMMENT ON VIEW shop.open_invoice IS 'not paid';
INSERT INTO shop.customer (name) VALUES ('Ann');
INSERT INTO shop.invoice (customer, amount) VALUES (1, 12.50);
CREATE TEMP TABLE snapshot AS SELECT 'before' AS name, linkgress.snapshot('{shop}') AS document;

-- The same: nothing to do, and the same fingerprint
SELECT count(*) FROM snapshot, linkgress.diff(document, linkgress.snapshot('{shop}'));
SELECT linkgress.fingerprint('{shop}') = linkgress.fingerprint('{shop}') AS same,
    linkgress.fingerprint('{shop}') = linkgress.fingerprint('{public}') AS other;

-- What the view depends on changes: it is taken along, and put back
ALTER TABLE shop.customer ADD COLUMN mail text;
DROP VIEW shop.open_invoice;
ALTER TABLE shop.invoice ALTER COLUMN amount TYPE numeric(12, 2);
CREATE VIEW shop.open_invoice AS SELECT id, amount FROM shop.invoice WHERE state = 'new';
COMMENT ON VIEW shop.open_invoice IS 'not paid';
CREATE INDEX ON shop.invoice (customer);
INSERT INTO snapshot SELECT 'after', linkgress.snapshot('{shop}');
SELECT ordinal, type, object, CASE WHEN type NOT LIKE '%view' THEN sql END AS sql, destructive, hazards
FROM linkgress.diff((SELECT document FROM snapshot WHERE name = 'before'), (SELECT document FROM snapshot WHERE name = 'after'));

-- The way back, run: the rows stay
DO $$
DECLARE o linkgress.operation;
BEGIN
    FOR o IN SELECT * FROM linkgress.diff((SELECT document FROM snapshot WHERE name = 'after'),
            (SELECT document FROM snapshot WHERE name = 'before')) ORDER BY ordinal
    LOOP
        RAISE NOTICE '% %', o.type, o.object;
        EXECUTE o.sql;
    END LOOP;
END $$;
SELECT count(*) FROM linkgress.diff(linkgress.snapshot('{shop}'), (SELECT document FROM snapshot WHERE name = 'before'));
SELECT * FROM shop.open_invoice;

-- Details of an operation
SELECT type, details -> 'from' AS "from", details -> 'to' AS "to", details -> 'inverse' AS inverse
FROM linkgress.diff((SELECT document FROM snapshot WHERE name = 'before'), (SELECT document FROM snapshot WHERE name = 'after'))
WHERE type = 'alter_column';
SELECT key, value FROM linkgress.diff((SELECT document FROM snapshot WHERE name = 'before'), '{}'),
    jsonb_each_text(details -> 'hazards') WHERE object = 'shop.customer' AND destructive;

-- The plan has an id, which depends on both sides
SELECT linkgress.plan_id(a, b) = linkgress.plan_id(a, b) AS same, linkgress.plan_id(a, b) = linkgress.plan_id(b, a) AS other,
    length(linkgress.plan_id(a, b))
FROM (SELECT (SELECT document FROM snapshot WHERE name = 'before') a, (SELECT document FROM snapshot WHERE name = 'after') b) s;

-- From nothing and to nothing
SELECT type, object FROM linkgress.diff(NULL, (SELECT document FROM snapshot WHERE name = 'before'));
SELECT type, object, destructive FROM linkgress.diff((SELECT document FROM snapshot WHERE name = 'before'), '{}');
SELECT count(*) FROM linkgress.diff('{}', NULL);

-- What is to be ignored
INSERT INTO linkgress.ignore VALUES ('shop.inv*', NULL), ('shop.*', 'view');
SELECT o ->> 'kind' AS kind, o ->> 'name' AS name
FROM jsonb_array_elements(linkgress.snapshot('{shop}') -> 'objects') o;
DELETE FROM linkgress.ignore;

-- Documents that are no snapshots
SELECT linkgress.diff('[]', '{}');
SELECT linkgress.diff('1', '{}');
SELECT linkgress.diff('{"format": 2}', '{}');
SELECT linkgress.diff('{"objects": [{"name": "x"}]}', '{}');
SELECT linkgress.diff('{"objects": [{"kind": "table"}]}', '{}');
SELECT linkgress.diff('{"objects": [{"kind": "tabel", "name": "x"}]}', '{}');
SELECT linkgress.diff('{"objects": [{"kind": "column", "name": "x"}]}', '{}');
SELECT linkgress.diff('{"objects": [{"kind": "table", "schema": "s", "name": "t", "colour": "red"}]}', '{}');
SELECT linkgress.diff('{"objects": [{"kind": "table", "schema": "s", "name": "t", "columns": [{"name": "a", "type": 1}]}]}', '{}');
SELECT linkgress.diff('{"objects": [{"kind": "table", "schema": "s", "name": "t", "columns": [{"name": "a", "not_null": [1]}]}]}', '{}');
SELECT linkgress.diff('{"objects": [{"kind": "table", "schema": "s", "name": "t"}, {"kind": "table", "schema": "s", "name": "t"}]}', '{}');

-- What another schema has is named, if it would have to be replaced
CREATE SCHEMA app;
CREATE SCHEMA rest;
CREATE TYPE app.state AS ENUM ('new', 'paid');
CREATE TABLE app.item (id int, state app.state, note text);
CREATE TABLE app.list (id int) PARTITION BY RANGE (id);
CREATE TABLE rest.r (state app.state);
CREATE VIEW rest.v AS SELECT id FROM app.item;
CREATE TABLE rest.part PARTITION OF app.list FOR VALUES FROM (0) TO (10);
CREATE TEMP TABLE now AS SELECT linkgress.snapshot('{app}') AS document;
SELECT o ->> 'kind' AS kind, o ->> 'schema' AS schema, o ->> 'name' AS name, o ->> 'outside' AS outside
FROM now, jsonb_array_elements(document -> 'objects') o;
-- Each time another schema is wanted, which is made and undone.
BEGIN;
ALTER TYPE app.state RENAME TO old;
CREATE TYPE app.state AS ENUM ('paid');
ALTER TABLE rest.r ALTER state TYPE text;
ALTER TABLE app.item ALTER state TYPE app.state USING state::text::app.state;
DROP TYPE app.old;
SELECT linkgress.diff(document, linkgress.snapshot('{app}')) FROM now;
ROLLBACK;
BEGIN;
DROP VIEW rest.v;
ALTER TABLE app.item ALTER id TYPE bigint;
SELECT linkgress.diff(document, linkgress.snapshot('{app}')) FROM now;
ROLLBACK;
BEGIN;
DROP TABLE app.list;
SELECT linkgress.diff(document, linkgress.snapshot('{app}')) FROM now;
ROLLBACK;
-- Together with that schema there is a plan
BEGIN;
CREATE TEMP TABLE both_now AS SELECT linkgress.snapshot('{app,rest}') AS document;
DROP VIEW rest.v;
ALTER TABLE app.item ALTER id TYPE bigint;
CREATE VIEW rest.v AS SELECT id FROM app.item;
SELECT type, object FROM both_now, linkgress.diff(document, linkgress.snapshot('{app,rest}'));
ROLLBACK;
-- As there is where nothing of it is touched; run, it changes nothing of it
BEGIN;
ALTER TYPE app.state ADD VALUE 'sent';
ALTER TABLE app.item ALTER note TYPE varchar(10), ADD COLUMN more int;
CREATE INDEX ON app.item (id);
COMMENT ON TABLE app.list IS 'parts are elsewhere';
CREATE TEMP TABLE wanted ON COMMIT PRESERVE ROWS AS SELECT linkgress.snapshot('{app}') AS document;
SELECT document AS wanted FROM wanted \gset
ROLLBACK;
CREATE TEMP TABLE rest_before AS SELECT linkgress.fingerprint('{rest}');
SELECT sql FROM now, linkgress.diff(document, :'wanted') ORDER BY ordinal;
SELECT sql FROM now, linkgress.diff(document, :'wanted') ORDER BY ordinal \gexec
SELECT count(*) FROM linkgress.diff(linkgress.snapshot('{app}'), :'wanted');
SELECT fingerprint = linkgress.fingerprint('{rest}') AS is_same FROM rest_before;
DROP TABLE now, rest_before;
SET client_min_messages = warning;
DROP SCHEMA app, rest CASCADE;
RESET client_min_messages;

-- Whoever may call it may read every schema: the catalogs are public
CREATE ROLE diff_viewer;
SELECT linkgress.grant_access('diff_viewer', 'viewer');
SET ROLE diff_viewer;
SELECT jsonb_array_length(linkgress.snapshot('{shop}') -> 'objects') > 0 AS reads;
SELECT count(*) FROM shop.customer;
RESET ROLE;
-- Secrets that not everyone may read are in the snapshot, but not in the fingerprint.
CREATE FOREIGN DATA WRAPPER diff_wrapper;
CREATE SERVER diff_server FOREIGN DATA WRAPPER diff_wrapper;
CREATE USER MAPPING FOR CURRENT_USER SERVER diff_server OPTIONS (password 'secret');
SET client_min_messages = error;
CREATE SUBSCRIPTION diff_subscription CONNECTION 'password=secret' PUBLICATION p WITH (connect = false, slot_name = NONE);
RESET client_min_messages;
CREATE TEMP TABLE before_hand AS SELECT linkgress.snapshot(), linkgress.fingerprint();
GRANT SELECT ON before_hand TO diff_viewer;
SELECT snapshot::text LIKE '%secret%' AS has_secrets FROM before_hand;
SET ROLE diff_viewer;
SELECT linkgress.snapshot()::text LIKE '%secret%' AS has_secrets, fingerprint = linkgress.fingerprint() AS is_same,
    (SELECT count(*) FROM linkgress.diff(snapshot, linkgress.snapshot())) AS operations FROM before_hand;
RESET ROLE;
DROP TABLE before_hand;
DROP SUBSCRIPTION diff_subscription;
SET client_min_messages = warning;
DROP FOREIGN DATA WRAPPER diff_wrapper CASCADE;
RESET client_min_messages;
SELECT linkgress.grant_access('diff_viewer', 'none');
SET ROLE diff_viewer;
SELECT linkgress.snapshot('{shop}');
RESET ROLE;
DROP ROLE diff_viewer;

-- Rows that move into a partitioned table are all of them, whatever row security shows to the owner
CREATE ROLE diff_owner;
GRANT CREATE ON SCHEMA shop TO diff_owner;
GRANT USAGE ON SCHEMA shop TO diff_owner;
SET ROLE diff_owner;
CREATE TABLE shop.visit (id int PRIMARY KEY, who text);
ALTER TABLE shop.visit ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON shop.visit USING (who = current_user);
RESET ROLE;
INSERT INTO shop.visit VALUES (1, 'diff_owner'), (2, 'another');
SELECT linkgress.snapshot('{shop}') AS now \gset
BEGIN;
DROP TABLE shop.visit;
SET ROLE diff_owner;
CREATE TABLE shop.visit (id int PRIMARY KEY, who text) PARTITION BY RANGE (id);
CREATE TABLE shop.visit_rest PARTITION OF shop.visit DEFAULT;
ALTER TABLE shop.visit ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON shop.visit USING (who = current_user);
RESET ROLE;
SELECT linkgress.snapshot('{shop}') AS wanted \gset
ROLLBACK;
SELECT string_agg(sql, E'\n' ORDER BY ordinal) AS plan FROM linkgress.diff(:'now', :'wanted') \gset
SET ROLE diff_owner;
:plan
RESET ROLE;
SELECT tableoid::regclass, * FROM shop.visit ORDER BY id;
SELECT count(*) FROM linkgress.diff(linkgress.snapshot('{shop}'), :'wanted');
SET client_min_messages = warning;
DROP OWNED BY diff_owner;
RESET client_min_messages;
DROP ROLE diff_owner;

-- Lists as long as somebody likes
CREATE FUNCTION pg_temp.with_list(kind text, attribute text, entry text) RETURNS jsonb LANGUAGE sql AS $$
	SELECT jsonb_build_object('objects', jsonb_build_array(jsonb_build_object('kind', kind, 'schema', 's', 'name', 'o', 'wrapper', 'w',
		attribute, (SELECT jsonb_agg(format(entry, i)) FROM generate_series(1, 20000) i)) - CASE WHEN kind <> 'server' THEN 'wrapper' ELSE 'x' END)) $$;
SET statement_timeout = '30s';
SELECT kind, count(*) FROM (VALUES ('server', 'options', 'o%s=1', 'o%s=2'), ('enum', 'values', 'a%s', 'b%s'),
		('composite', 'attributes', 'a%s int', 'b%s int'), ('table', 'grants', 'SELECT TO a%s', 'SELECT TO b%s')) list(kind, attribute, a, b),
	linkgress.diff(pg_temp.with_list(kind, attribute, a), pg_temp.with_list(kind, attribute, b)) GROUP BY 1 ORDER BY 1;
RESET statement_timeout;

-- Under any search_path and any settings the same
SET search_path = shop;
SET DateStyle = 'German';
SET quote_all_identifiers = on;
SELECT linkgress.snapshot('{shop}') - 'role' = (SELECT document - 'role' FROM pg_temp.snapshot WHERE name = 'before') AS same;
RESET quote_all_identifiers;
RESET DateStyle;
RESET search_path;
SET client_min_messages = warning;
DROP SCHEMA shop CASCADE;
DROP EXTENSION linkgress;
