-- Objects that have another name in the model.
SET client_min_messages = warning;
CREATE EXTENSION linkgress;
SET linkgress.verbosity = quiet;
CREATE SCHEMA shop;
CREATE FUNCTION model(source text) RETURNS text LANGUAGE sql AS $$
	SELECT linkgress.set_model('CREATE SCHEMA shop; SET search_path = shop; ' || source) $$;
CREATE FUNCTION rename(kind text, old text, new text) RETURNS void LANGUAGE sql AS $$
	INSERT INTO linkgress.rename (kind, old, new) VALUES ($1, $2, $3) $$;
-- Does it; then nothing is left to do, and every rename is used.
CREATE VIEW left_over AS
	SELECT (SELECT count(*) FROM linkgress.analyze()) AS operations,
		(SELECT count(*) FROM linkgress.rename WHERE used_at IS NULL) AS renames;

-- Columns and tables, in one go, by old and new name of the table: all that has their names follows, rows are kept.
SET search_path = shop, public;
CREATE TABLE customer (id serial PRIMARY KEY, email text UNIQUE, mood text CHECK (mood <> ''), referrer int REFERENCES customer);
CREATE INDEX ON customer (mood);
CREATE TABLE purchase (number int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer int REFERENCES customer (id), price int);
CREATE VIEW mails AS SELECT email FROM customer;
CREATE FUNCTION area(a int, b int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT a * b; END;
INSERT INTO customer (email, mood) SELECT n || '@example.org', 'fine' FROM generate_series(1, 3) n;
INSERT INTO purchase (customer, price) SELECT n, n FROM generate_series(1, 3) n;
SELECT model($$
	CREATE TABLE client (key serial PRIMARY KEY, mail text UNIQUE, mood text CHECK (mood <> ''), referrer int REFERENCES client);
	CREATE INDEX ON client (mood);
	CREATE TABLE purchase (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, client int REFERENCES client (key), price int);
	CREATE VIEW mails AS SELECT mail AS email FROM client;
	CREATE FUNCTION area(a int, b int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT a * b; END;
$$);
SELECT rename('column', 'shop.customer.id', 'key'), rename('column', 'shop.client.email', 'shop.client.mail'),
	rename('table', 'shop.customer', 'client'), rename('column', 'shop.purchase.customer', 'client'),
	rename('column', 'shop.purchase.number', 'shop.purchase.id');
SELECT type, object, sql, destructive, hazards FROM linkgress.analyze();
SELECT details FROM linkgress.analyze() WHERE type = 'rename_column' LIMIT 1;
SELECT count(*) FROM linkgress.sync();
SELECT * FROM left_over;
SELECT key, mail, client, id, price FROM client JOIN purchase ON client = key ORDER BY 1;
INSERT INTO client DEFAULT VALUES RETURNING key;
INSERT INTO purchase (price) VALUES (4) RETURNING id;
-- Used once: it is another column that gets the old name.
ALTER TABLE client ADD email text;
SELECT type, object FROM linkgress.analyze();
ALTER TABLE client DROP email;

-- Everything else that has a name
CREATE TYPE mood AS ENUM ('bad', 'so-so', 'v.1', 'it''s');
CREATE DOMAIN amount AS int CHECK (VALUE > 0);
CREATE TYPE point2 AS (x int, y int);
CREATE SEQUENCE counter;
CREATE TABLE part (a int, b mood DEFAULT 'so-so', c amount, d point2, CONSTRAINT positive CHECK (a > 0), CONSTRAINT one UNIQUE (a));
CREATE INDEX part_b ON part (b);
CREATE VIEW parts AS SELECT a FROM part;
CREATE MATERIALIZED VIEW all_parts AS SELECT a FROM part;
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER note BEFORE INSERT ON part FOR EACH ROW EXECUTE FUNCTION note();
CREATE POLICY all_of_it ON part USING (true);
CREATE RULE quiet AS ON DELETE TO part DO INSTEAD NOTHING;
CREATE FUNCTION twice(mood, amount) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT $2 * 2; END;
CREATE PROCEDURE rest(int) LANGUAGE sql AS 'SELECT 1';
INSERT INTO part VALUES (1, 'so-so', 2, (3, 4));
SELECT setval('counter', 10);
SELECT model($$
	CREATE TABLE client (key serial PRIMARY KEY, mail text UNIQUE, mood text CHECK (mood <> ''), referrer int REFERENCES client);
	CREATE INDEX ON client (mood);
	CREATE TABLE purchase (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, client int REFERENCES client (key), price int);
	CREATE VIEW mails AS SELECT mail AS email FROM client;
	CREATE FUNCTION surface(a int, b int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT a * b; END;
	CREATE TYPE feeling AS ENUM ('bad', 'so so', 'v.2', 'it is "it"');
	CREATE DOMAIN "Amount" AS int CHECK (VALUE > 0);
	CREATE TYPE place AS (x int, y int);
	CREATE SEQUENCE tally;
	CREATE TABLE part (a int, b feeling DEFAULT 'so so', c "Amount", d place, CONSTRAINT above_zero CHECK (a > 0), CONSTRAINT unique_a UNIQUE (a));
	CREATE INDEX part_feeling ON part (b);
	CREATE VIEW "my.parts" AS SELECT a FROM part;
	CREATE MATERIALIZED VIEW every_part AS SELECT a FROM part;
	CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
	CREATE TRIGGER keep BEFORE INSERT ON part FOR EACH ROW EXECUTE FUNCTION note();
	CREATE POLICY everything ON part USING (true);
	CREATE RULE silent AS ON DELETE TO part DO INSTEAD NOTHING;
	CREATE FUNCTION double(feeling, "Amount") RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT $2 * 2; END;
	CREATE PROCEDURE pause(int) LANGUAGE sql AS 'SELECT 1';
$$);
SELECT rename('function', 'shop.area(int, int)', 'shop.surface(integer,integer)'), rename('enum', 'shop.mood', 'feeling'),
	rename('enum_value', 'shop.mood.so-so', 'so so'), rename('enum_value', 'shop.feeling."v.1"', '"v.2"'),
	rename('enum_value', 'shop.feeling.it''s', '"it is ""it"""'), rename('domain', 'shop.amount', 'Amount'),
	rename('composite', 'shop.point2', 'shop.place'), rename('sequence', 'shop.counter', 'tally'),
	rename('constraint', 'shop.part.positive', 'above_zero'), rename('constraint', 'shop.part.one', 'shop.part.unique_a'),
	rename('index', 'shop.part.part_b', 'part_feeling'), rename('view', 'shop.parts', 'shop."my.parts"'),
	rename('materialized_view', 'shop.all_parts', 'every_part'), rename('trigger', 'shop.part.note', 'keep'),
	rename('policy', 'shop.part.all_of_it', 'everything'), rename('rule', 'shop.part.quiet', 'silent'),
	rename('function', 'shop.twice(shop.mood, shop.amount)', 'double'), rename('procedure', 'shop.rest(integer)', 'pause');
SELECT sql, details ->> 'new_name' AS new_name FROM linkgress.analyze();
SELECT count(*) FROM linkgress.sync();
SELECT * FROM left_over;
SELECT * FROM part;
SELECT nextval('tally');

DROP FUNCTION model;
DROP SCHEMA shop CASCADE;
RESET search_path;

-- To another schema, which comes with it; a schema itself, and what is in it by the old or new name of the schema
CREATE SCHEMA shop;
CREATE SCHEMA old;
CREATE TYPE old.state AS ENUM ('new', 'used');
CREATE TABLE old.thing (id serial PRIMARY KEY, state old.state CHECK (state <> 'used'), owner int);
CREATE INDEX ON old.thing (state);
CREATE TABLE shop.item (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, thing int REFERENCES old.thing);
CREATE FUNCTION shop.items() RETURNS SETOF shop.item LANGUAGE sql BEGIN ATOMIC SELECT * FROM shop.item; END;
INSERT INTO old.thing (state) VALUES ('new');
INSERT INTO shop.item (thing) VALUES (1);
SELECT linkgress.fingerprint() AS before \gset
SELECT linkgress.set_model($$
	CREATE SCHEMA store;
	CREATE SCHEMA "new.one";
	CREATE TYPE "new.one".state AS ENUM ('new', 'used');
	CREATE TABLE "new.one".things (id serial PRIMARY KEY, state "new.one".state CHECK (state <> 'used'), owner_id int);
	CREATE INDEX ON "new.one".things (state);
	CREATE TABLE store.item (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, thing_id int REFERENCES "new.one".things);
	CREATE FUNCTION store.items() RETURNS SETOF store.item LANGUAGE sql BEGIN ATOMIC SELECT * FROM store.item; END;
$$);
SELECT rename('schema', 'shop', 'store'), rename('column', 'shop.item.thing', 'store.item.thing_id'),
	rename('enum', 'old.state', '"new.one".state'), rename('table', 'old.thing', '"new.one".things'),
	rename('column', 'old.thing.owner', 'owner_id');
SELECT sql FROM linkgress.analyze();
SELECT linkgress.scaffold('move') IS NOT NULL AS scaffolded;
SELECT action FROM linkgress.migrate();
SELECT * FROM left_over;
SELECT action FROM linkgress.rollback();
DELETE FROM linkgress.migration;
SELECT linkgress.fingerprint() = :'before' AS is_as_before;
SELECT count(*) FROM linkgress.sync();
SELECT * FROM left_over;
INSERT INTO "new.one".things (state) VALUES ('new');
INSERT INTO store.item (thing_id) SELECT max(id) FROM "new.one".things;
SELECT i, t FROM store.item i JOIN "new.one".things t ON t.id = thing_id ORDER BY 1;
DROP SCHEMA store, old, "new.one" CASCADE;

-- What tables below have from one above goes with it.
SET search_path = shop, public;
CREATE SCHEMA shop
	CREATE TABLE above (a int, b int CONSTRAINT b_check CHECK (b > 0))
	CREATE TABLE below (c int) INHERITS (above)
	CREATE TABLE lowest (d int) INHERITS (below)
	CREATE TABLE event (at date, what text, CONSTRAINT has_text CHECK (what <> '')) PARTITION BY RANGE (at)
	CREATE TABLE event_2024 PARTITION OF event FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY LIST (what)
	CREATE TABLE event_2024_x PARTITION OF event_2024 FOR VALUES IN ('x')
	CREATE INDEX event_at ON event (at);
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER note AFTER INSERT ON event FOR EACH ROW EXECUTE FUNCTION note();
INSERT INTO lowest VALUES (1, 2, 3, 4);
INSERT INTO event VALUES ('2024-02-29', 'x');
SELECT linkgress.fingerprint() AS before \gset
SELECT linkgress.set_model($$
	CREATE SCHEMA shop; SET search_path = shop;
	CREATE TABLE above (a int, e int CONSTRAINT e_check CHECK (e > 0));
	CREATE TABLE below (c int) INHERITS (above);
	CREATE TABLE lowest (d int) INHERITS (below);
	CREATE TABLE happening (day date, kind text, CONSTRAINT is_something CHECK (kind <> '')) PARTITION BY RANGE (day);
	CREATE TABLE happening_2024 PARTITION OF happening FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY LIST (kind);
	CREATE TABLE happening_2024_x PARTITION OF happening_2024 FOR VALUES IN ('x');
	CREATE INDEX happening_at ON happening (day);
	CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
	CREATE TRIGGER notice AFTER INSERT ON happening FOR EACH ROW EXECUTE FUNCTION note();
$$);
-- Also those of the tables below, which are not theirs: used, but nothing of their own
SELECT rename('column', 'shop.lowest.b', 'e'), rename('column', 'shop.above.b', 'e'), rename('constraint', 'shop.above.b_check', 'e_check'),
	rename('column', 'shop.event_2024.at', 'day'), rename('column', 'shop.event.at', 'day'), rename('column', 'shop.event.what', 'kind'),
	rename('constraint', 'shop.event.has_text', 'is_something'), rename('trigger', 'shop.event.note', 'notice'),
	rename('table', 'shop.event', 'happening'), rename('table', 'shop.event_2024', 'happening_2024'),
	rename('table', 'shop.event_2024_x', 'happening_2024_x'), rename('index', 'shop.event_at', 'happening_at');
SELECT sql FROM linkgress.analyze();
SELECT linkgress.scaffold('tables below') IS NOT NULL AS scaffolded;
SELECT action FROM linkgress.migrate();
SELECT * FROM left_over;
SELECT action FROM linkgress.rollback();
DELETE FROM linkgress.migration;
SELECT linkgress.fingerprint() = :'before' AS is_as_before;
SELECT count(*) FROM linkgress.sync();
SELECT * FROM left_over;
SELECT a, e, c, d FROM lowest;
SELECT tableoid::regclass, * FROM happening;
DROP SCHEMA shop CASCADE;
RESET search_path;

-- What does not apply is left alone, and told.
SET linkgress.verbosity = normal;
SET client_min_messages = notice;
CREATE SCHEMA shop;
CREATE TABLE shop.t (a int, b int, c int, d int);
SELECT linkgress.set_model('CREATE SCHEMA shop; CREATE TABLE shop.t (a int, b int, new_c int, new_d int)');
SELECT rename('column', 'shop.t.gone', 'b'), rename('column', 'shop.t.missing', 'other'), rename('column', 'shop.t.a', 'new_d'),
	rename('column', 'shop.t.b', 'a'), rename('column', 'shop.t.c', 'nowhere'), rename('table', 'shop.c', 'shop.d');
SELECT type, object, destructive FROM linkgress.analyze();
-- sync() refuses to drop what is not renamed, and tells once.
\set VERBOSITY terse
SELECT FROM linkgress.sync();
SELECT old, used_at IS NOT NULL AS used FROM linkgress.rename WHERE old LIKE 'shop.t.%' OR old = 'shop.c' ORDER BY id;
\set VERBOSITY default
DELETE FROM linkgress.rename;
SET linkgress.verbosity = quiet;
SET client_min_messages = warning;
-- What has been renamed by hand is no more than noted.
ALTER TABLE shop.t RENAME c TO new_c;
SELECT rename('column', 'shop.t.c', 'new_c'), rename('column', 'shop.t.d', 'new_d');
SELECT sql FROM linkgress.analyze();
SELECT sql FROM linkgress.sync();
SELECT * FROM left_over;
-- One after the other, of which this database has seen none; one in the place of the other
SELECT linkgress.set_model('CREATE SCHEMA shop; CREATE TABLE shop.t (b int, c int, x int, z int)');
SELECT rename('column', 'shop.t.y', 'z'), rename('column', 'shop.t.new_d', 'y'), rename('column', 'shop.t.new_c', 'x'),
	rename('column', 'shop.t.b', 'c'), rename('column', 'shop.t.a', 'b');
SELECT sql FROM linkgress.sync();
SELECT * FROM left_over;

-- Nothing of it is done by analyze(), or by a sync() that fails.
SELECT linkgress.set_model('CREATE SCHEMA shop; CREATE TABLE shop.s (b int, c int CONSTRAINT not_one CHECK (c <> 1), x int, z int)');
SELECT rename('table', 'shop.t', 's');
INSERT INTO shop.t VALUES (1, 1, 1, 1);
SELECT sql FROM linkgress.analyze();
SELECT FROM linkgress.sync();
SELECT old, used_at FROM linkgress.rename WHERE used_at IS NULL;
DELETE FROM shop.t;
SELECT count(*) FROM linkgress.sync(dry_run => true);
SELECT old, used_at FROM linkgress.rename WHERE used_at IS NULL;
-- Rows in the way are found by the new name; ensure_created() creates nothing under it.
SELECT linkgress.set_model('CREATE SCHEMA shop; CREATE TABLE shop.s (b int, c int, x int NOT NULL, z int)');
INSERT INTO shop.t VALUES (1, 1, NULL, 1);
SELECT FROM linkgress.sync();
CALL linkgress.sync_online();
SELECT FROM linkgress.ensure_created();
SELECT type, object FROM linkgress.ensure_deleted(current_database());
SELECT old, used_at FROM linkgress.rename WHERE used_at IS NULL;

-- Names
CREATE SCHEMA shop;
DELETE FROM linkgress.rename;
CREATE TABLE shop."T.1" ("a.b" int, "C" int, "q""q" int);
SELECT linkgress.set_model('CREATE SCHEMA shop; CREATE TABLE shop."T.1" ("a.B" int, "C" int, "q""q" int)');
SELECT object, details ->> 'hint' AS hint FROM linkgress.analyze() WHERE destructive;
SELECT substr(details ->> 'hint', 19) AS hint FROM linkgress.analyze() WHERE destructive \gexec
SELECT sql, details ->> 'new_name' AS new_name FROM linkgress.analyze();
DELETE FROM linkgress.rename;
SELECT linkgress.set_model('CREATE SCHEMA shop; CREATE TABLE shop."T 1" ("a b" int, "c" int, "q" int)');
SELECT rename('table', 'shop."T.1"', 'T 1'), rename('column', 'shop."T.1"."a.b"', 'a b'), rename('column', 'shop.T 1.C', 'c'),
	rename('column', 'shop."T 1"."q""q"', 'shop."T 1".q');
SELECT sql FROM linkgress.sync();
SELECT * FROM left_over;
CREATE FUNCTION problem(kind text, old text, new text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	hint text;
BEGIN
	PERFORM rename(kind, old, new), linkgress.analyze();
	RAISE 'none';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
	RETURN rtrim(SQLSTATE || ': ' || SQLERRM || '. ' || hint);
END $$;
\pset format unaligned
SELECT problem(kind, old, new) FROM (VALUES ('column', 'shop.t', 'x'), ('column', 'x', 'y'), ('table', 't', 'u'), ('table', 'a.b.c', 'd'),
	('schema', 'a.b', 'c'), ('table', 'shop.', 'shop.t'), ('table', '"shop.t', 'u'), ('table', '"shop"t', 'u'), ('table', 'shop.t', '"u'),
	('index', 'shop.t_a', 'other.t_b'), ('column', 'shop.t.a', 'shop.u.a'), ('column', 'shop.t.a', 'b.c'), ('function', 'f()', 'g()'),
	('enum_value', 'shop.e', 'a'), ('type', 'shop.t', 'u'), ('column', '', 'a'), ('table', 'shop.t', ''), ('table', 'shop.t', 'shop.t'))
	names(kind, old, new);
\pset format aligned
-- Whatever is of another kind does not apply.
SELECT linkgress.set_model('CREATE SCHEMA shop; CREATE TABLE shop.u (a int)');
DROP TABLE shop."T 1";
CREATE VIEW shop.t AS SELECT 1 AS a;
SELECT rename('table', 'shop.t', 'u');
SELECT type, object FROM linkgress.analyze();
DROP SCHEMA shop CASCADE;
DELETE FROM linkgress.rename;

-- A drop and an add that may be a rename
CREATE SCHEMA shop;
CREATE TABLE shop.t (a int, b text, c text, d date);
CREATE TABLE shop.u (x int, y text);
CREATE TABLE shop.v (x int);
SELECT linkgress.set_model('CREATE SCHEMA shop; CREATE TABLE shop.t (aa int, bb text, cc text, d2 timestamp); CREATE TABLE shop.w (x int, y text)');
SELECT type, object, details ->> 'hint' AS hint FROM linkgress.analyze() WHERE destructive;
SELECT FROM linkgress.sync();
CALL linkgress.sync_online();
DO $$
DECLARE
	hint text;
BEGIN
	FOR hint IN SELECT details ->> 'hint' FROM linkgress.analyze() WHERE details ? 'hint' LOOP
		EXECUTE substr(hint, strpos(hint, 'INSERT'));
	END LOOP;
END $$;
SELECT type, object, destructive FROM linkgress.analyze();
DELETE FROM linkgress.rename;
DROP SCHEMA shop CASCADE;

-- With indexes apart, the renames come first; and the way back.
CREATE SCHEMA shop;
CREATE TABLE shop.t (id serial PRIMARY KEY, a int, b int);
CREATE INDEX t_b ON shop.t (b);
SELECT linkgress.fingerprint() AS before \gset
SELECT linkgress.set_model('CREATE SCHEMA shop; CREATE TABLE shop.u (id serial PRIMARY KEY, a2 int, b int); CREATE INDEX u_a ON shop.u (a2)');
SELECT rename('table', 'shop.t', 'u'), rename('column', 'shop.t.a', 'a2');
SELECT linkgress.scaffold('apart', concurrently => true) IS NOT NULL AS scaffolded;
SELECT regexp_replace(up, '^-- plan [0-9a-f]+\n', '') AS up, down FROM linkgress.migration m WHERE name ~ 'apart' ORDER BY name;
CALL linkgress.up();
SELECT * FROM left_over;
CALL linkgress.down(2);
SELECT linkgress.fingerprint() = :'before' AS is_as_before;
DELETE FROM linkgress.migration;

-- Renames are done with the rights of who calls.
CREATE ROLE regress_renamer;
SELECT linkgress.grant_access('regress_renamer', 'operator');
GRANT USAGE, CREATE ON SCHEMA shop TO regress_renamer;
ALTER SCHEMA shop OWNER TO regress_renamer;
SET ROLE regress_renamer;
SELECT sql FROM linkgress.analyze();
SELECT FROM linkgress.sync(allow_destructive => true);
RESET ROLE;
-- … and not on behalf of somebody who may not act as that role
DELETE FROM linkgress.rename;
ALTER TABLE shop.t OWNER TO regress_renamer;
CREATE ROLE regress_renames_author;
SELECT linkgress.grant_access('regress_renames_author', 'author');
SET ROLE regress_renames_author;
SELECT rename('table', 'shop.t', 'u'), rename('column', 'shop.t.a', 'a2');
SET ROLE regress_renamer;
SELECT sql FROM linkgress.analyze();
CALL linkgress.sync_online();
RESET ROLE;
UPDATE linkgress.rename SET new = new;
SET ROLE regress_renamer;
CALL linkgress.sync_online();
RESET ROLE;
SELECT * FROM left_over;

-- Rows that lead in a circle, on and on, or apart and together again: a hundred names are looked for once each.
DELETE FROM linkgress.rename;
SET ROLE regress_renames_author;
INSERT INTO linkgress.rename (kind, old, new) SELECT 'table', old, new
	FROM generate_series(1, 30), (VALUES ('shop.none', 'shop.other'), ('shop.other', 'shop.none')) names(old, new);
INSERT INTO linkgress.rename (kind, old, new) SELECT 'table', format(old, i), format(new, i + 1)
	FROM generate_series(1, 100) i, (VALUES ('shop.n%s', 'shop.n%s'), ('shop.n%s', 'shop.m%s'), ('shop.m%s', 'shop.n%s')) names(old, new);
RESET ROLE;
SET statement_timeout = '30s';
SELECT sql FROM linkgress.analyze();
-- The same of what the caller has registered, where there is something to rename; it is renamed once.
UPDATE linkgress.rename SET new = new;
CREATE TABLE shop.n1 (a int);
SELECT linkgress.set_model('CREATE SCHEMA shop; CREATE TABLE shop.u (a2 int); CREATE TABLE shop.n101 (a int);');
SELECT count(*), min(sql) FROM linkgress.analyze() WHERE type = 'rename_table';
-- What somebody else has registered leads nowhere, even if it would lead to the model.
DELETE FROM linkgress.rename;
SELECT rename('table', 'shop.n1', 'shop.n2');
SET ROLE regress_renames_author;
SELECT rename('table', 'shop.n2', 'shop.n101');
RESET ROLE;
SELECT type, object FROM linkgress.analyze() WHERE object LIKE 'shop.n%';
RESET statement_timeout;

DROP OWNED BY regress_renames_author;
DROP ROLE regress_renames_author;
DROP SCHEMA shop CASCADE;
DROP OWNED BY regress_renamer;
DROP ROLE regress_renamer;
DROP VIEW left_over;
DROP EXTENSION linkgress;
DROP FUNCTION rename, problem;
