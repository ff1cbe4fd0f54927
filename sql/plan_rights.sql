-- Plans run nobody's code with another's rights before it is as the model has it, and no document ends the server.
SET linkgress.verbosity = quiet;
CREATE EXTENSION linkgress;
\pset format unaligned
\pset tuples_only on
CREATE ROLE regress_lg_member;
CREATE ROLE regress_lg_viewer;
SELECT linkgress.grant_access('regress_lg_viewer', 'viewer');
CREATE SCHEMA app;
CREATE SCHEMA elsewhere;
GRANT USAGE, CREATE ON SCHEMA app TO regress_lg_member;

-- A partition whose table is not among the compared objects is planned by the name of the table, both ways.
CREATE TABLE elsewhere.p (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE app.c PARTITION OF elsewhere.p FOR VALUES FROM (1) TO (9);
CREATE INDEX p_a ON elsewhere.p (a);
CREATE TABLE elsewhere.parent (a int);
CREATE TABLE app.child (b int) INHERITS (elsewhere.parent);
CREATE TYPE elsewhere.pair AS (a int);
CREATE TABLE app.typed OF elsewhere.pair;
CREATE TABLE app.has_pair (p elsewhere.pair);
CREATE SEQUENCE app.s OWNED BY app.child.b;
CREATE FUNCTION elsewhere.notify() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER t BEFORE INSERT ON app.child FOR EACH ROW EXECUTE FUNCTION elsewhere.notify();
SELECT linkgress.snapshot('{app}') AS before \gset
DROP TABLE app.c, app.child, app.typed, app.has_pair CASCADE;
DROP TYPE elsewhere.pair;
CREATE TYPE elsewhere.pair AS (a bigint);
CREATE TABLE app.c PARTITION OF elsewhere.p FOR VALUES FROM (1) TO (5);
CREATE TABLE app.child (b bigint) INHERITS (elsewhere.parent);
CREATE TABLE app.typed OF elsewhere.pair;
CREATE TABLE app.has_pair (p elsewhere.pair);
SELECT linkgress.snapshot('{app}') AS after \gset
SET ROLE regress_lg_viewer;
SELECT sql FROM linkgress.diff(:'before', :'after') WHERE object LIKE 'app.c.%' ORDER BY ordinal;
SELECT count(*) > 0 FROM linkgress.diff(:'after', :'before');
SELECT count(*) > 0 FROM linkgress.online_plan(:'before', :'after');
SELECT count(*) > 0 FROM linkgress.online_plan(:'after', :'before');
-- Each object of a document missing in turn, on either side
SELECT count(*) FROM jsonb_array_elements(:'before'::jsonb -> 'objects') WITH ORDINALITY o (o, i),
    linkgress.diff(:'before'::jsonb #- ARRAY['objects', (i - 1)::text], :'after') \gset is_planned_
SELECT count(*) FROM jsonb_array_elements(:'before'::jsonb -> 'objects') WITH ORDINALITY o (o, i),
    linkgress.online_plan(:'after', :'before'::jsonb #- ARRAY['objects', (i - 1)::text]) \gset is_planned_
-- Tables that inherit from each other are no snapshot.
SELECT linkgress.diff(NULL, '{"objects": [{"kind": "table", "schema": "s", "name": "a", "inherits": [{"name": "s.b", "of": "s.b", "depends": ["table s.b"]}]}, {"kind": "table", "schema": "s", "name": "b", "inherits": [{"name": "s.a", "of": "s.a", "depends": ["table s.a"]}]}]}');
RESET ROLE;
DROP TABLE app.c, app.child, app.typed, app.has_pair;

-- A materialized view is filled when it has its owner: by sync(), by the statements of a plan, by a scaffold's way back,
-- in the stages of an online plan.
CREATE TABLE app.base (a int);
INSERT INTO app.base VALUES (1);
GRANT SELECT ON app.base TO regress_lg_member;
SET ROLE regress_lg_member;
CREATE FUNCTION app.f() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
    RAISE NOTICE 'f() runs as %', current_user;
    RETURN 1;
END $$;
CREATE MATERIALIZED VIEW app.mv AS SELECT b.a, app.f() AS f FROM app.base b, app.base c;
CREATE MATERIALIZED VIEW app.empty AS SELECT b.a, app.f() AS f FROM app.base b, app.base c WITH NO DATA;
CREATE INDEX mv_f ON app.mv (f);
RESET ROLE;
SELECT linkgress.snapshot('{app}') AS now \gset
SELECT jsonb_set(:'now'::jsonb, ARRAY['objects', (i - 1)::text, 'columns', '0', 'type'], '"bigint"') AS wanted
FROM jsonb_array_elements(:'now'::jsonb -> 'objects') WITH ORDINALITY o (o, i) WHERE o ->> 'name' = 'base' \gset
SELECT sql FROM linkgress.diff(:'now', :'wanted') ORDER BY ordinal;
SELECT sql FROM linkgress.online_plan(:'now', :'wanted') WHERE sql ~ 'MATERIALIZED' AND object ~ 'mv' ORDER BY ordinal;
SELECT details -> 'inverse' FROM linkgress.diff(:'now', :'wanted') WHERE type = 'drop_materialized_view' AND object = 'app.mv';
SELECT sql FROM linkgress.diff(:'now', :'wanted') ORDER BY ordinal \gexec
SELECT matviewname, matviewowner, ispopulated FROM pg_matviews WHERE schemaname = 'app' ORDER BY 1;
-- It is given to somebody and filled at once: with his rights.
SELECT linkgress.snapshot('{app}') AS now \gset
SELECT jsonb_set(jsonb_set(:'now'::jsonb, ARRAY['objects', (i - 1)::text, 'owner'], '"regress_lg_viewer"'), ARRAY['objects', (i - 1)::text, 'unpopulated'], 'false') AS wanted
FROM jsonb_array_elements(:'now'::jsonb -> 'objects') WITH ORDINALITY o (o, i) WHERE o ->> 'name' = 'empty' \gset
SELECT sql FROM linkgress.diff(:'now', :'wanted') ORDER BY ordinal;
DROP MATERIALIZED VIEW app.mv, app.empty;
DROP FUNCTION app.f();
DROP TABLE app.base;

-- A function that somebody has altered is put right before anything calls it: a check, through an operator, through a
-- cast, through the body of another function.
SELECT linkgress.set_model($$
CREATE FUNCTION app.ok(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN true; END';
CREATE FUNCTION app.calls_ok(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN app.ok($1); END';
CREATE OPERATOR app.=~ (LEFTARG = text, RIGHTARG = text, FUNCTION = app.both_ok);
CREATE FUNCTION app.both_ok(text, text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN true; END';
CREATE DOMAIN app.d AS text CHECK (app.ok(VALUE));
CREATE TABLE app.checked (a int CHECK (app.ok(a::text)));
CREATE TABLE app.through (a int CHECK (app.calls_ok(a::text)));
CREATE TABLE app.by_operator (a int CHECK (a::text OPERATOR(app.=~) 'x'));
CREATE TABLE app.of_domain (a int, b app.d);
CREATE TABLE app.generated (a int, b boolean GENERATED ALWAYS AS (app.ok(a::text)) STORED);
CREATE TABLE app.indexed (a int); CREATE INDEX i ON app.indexed (app.ok(a::text));
$$);
SELECT count(*) > 0 FROM linkgress.sync();
INSERT INTO app.checked VALUES (1);
INSERT INTO app.through VALUES (1);
INSERT INTO app.by_operator VALUES (1);
INSERT INTO app.of_domain VALUES (1, 'x');
INSERT INTO app.generated VALUES (1);
INSERT INTO app.indexed VALUES (1);
ALTER FUNCTION app.ok(text) OWNER TO regress_lg_member;
ALTER FUNCTION app.both_ok(text, text) OWNER TO regress_lg_member;
SET ROLE regress_lg_member;
CREATE OR REPLACE FUNCTION app.ok(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE NOTICE 'ok() of a member runs as %', current_user; RETURN true; END $$;
CREATE OR REPLACE FUNCTION app.both_ok(text, text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE NOTICE 'both_ok() of a member runs as %', current_user; RETURN true; END $$;
RESET ROLE;
SELECT linkgress.set_model(replace(source, '(a int', '(a bigint')) FROM linkgress.model;
SELECT type, object FROM linkgress.sync();
SELECT count(*) FROM linkgress.analyze();

-- What runs with its owner's rights is closed before it gets its owner, and opened afterwards.
SELECT linkgress.snapshot('{app}') AS now \gset
CREATE FUNCTION app.definer() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
ALTER FUNCTION app.definer() OWNER TO regress_lg_member;
CREATE FUNCTION app.for_viewer() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
REVOKE ALL ON FUNCTION app.for_viewer() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.for_viewer() TO regress_lg_viewer;
SELECT linkgress.snapshot('{app}') AS definer \gset
SELECT sql FROM linkgress.diff(:'now', :'definer') ORDER BY ordinal;
CREATE OR REPLACE FUNCTION app.definer() RETURNS int LANGUAGE sql AS 'SELECT 2';
ALTER FUNCTION app.definer() OWNER TO CURRENT_USER;
SELECT sql FROM linkgress.diff(linkgress.snapshot('{app}'), :'definer') ORDER BY ordinal;
SELECT sql FROM linkgress.diff(linkgress.snapshot('{app}'), :'definer') ORDER BY ordinal \gexec
SELECT count(*) FROM linkgress.diff(linkgress.snapshot('{app}'), :'definer');

-- nobody is superuser, the server is up
SELECT count(*) FROM pg_roles WHERE rolname LIKE 'regress\_lg\_%' AND rolsuper;
SET client_min_messages = error;
SELECT linkgress.grant_access('regress_lg_viewer', 'none');
DROP SCHEMA app, elsewhere CASCADE;
DROP EXTENSION linkgress;
DROP ROLE regress_lg_member, regress_lg_viewer;
