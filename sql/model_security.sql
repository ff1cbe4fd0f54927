-- What an author, or somebody who may only create objects, cannot make a superuser's call do
SET client_min_messages = warning;
CREATE EXTENSION linkgress;
SET linkgress.verbosity = quiet;
CREATE ROLE regress_lg_mallory;
SELECT linkgress.grant_access('regress_lg_mallory', 'author');
CREATE SCHEMA app AUTHORIZATION regress_lg_mallory;
CREATE SCHEMA shop;
GRANT CREATE, USAGE ON SCHEMA public TO regress_lg_mallory;

-- A name with a line end does not get out of a comment, whichever it is.
SET ROLE regress_lg_mallory;
DO $$ BEGIN
    EXECUTE format('CREATE VIEW public.%I AS SELECT 1', E'x\rALTER ROLE regress_lg_mallory SUPERUSER;--');
    EXECUTE format('CREATE VIEW public.%I AS SELECT 1', E'y\nALTER ROLE regress_lg_mallory SUPERUSER;--');
END $$;
RESET ROLE;
SELECT linkgress.set_model('CREATE TABLE public.t (a int)');
SELECT linkgress.scaffold('x') IS NOT NULL AS registered;
SELECT count(*) FROM linkgress.migrate();
SELECT rolsuper FROM pg_roles WHERE rolname = 'regress_lg_mallory';
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'v';
DELETE FROM linkgress.model;

-- Catalogs and other people's objects are not renamed.
SET ROLE regress_lg_mallory;
CREATE TABLE app.t (a int);
INSERT INTO linkgress.rename (kind, old, new) VALUES ('table', 'pg_catalog.pg_policy', 'app.decoy');
SELECT linkgress.set_model('CREATE TABLE app.t (a int); CREATE TABLE app.decoy (a int)');
SELECT * FROM linkgress.analyze();
DELETE FROM linkgress.rename;
RESET ROLE;
CREATE TABLE shop.secret (a int);
SET ROLE regress_lg_mallory;
INSERT INTO linkgress.rename (kind, old, new) VALUES ('table', 'shop.secret', 'app.decoy');
SELECT * FROM linkgress.analyze();
RESET ROLE;
-- A superuser's call neither runs the author's model nor follows the author's rename.
SELECT * FROM linkgress.analyze();
SELECT linkgress.approve('main', kind => 'model');
SELECT * FROM linkgress.sync(true);
INSERT INTO linkgress.rename (kind, old, new, registered_by)
    SELECT kind, old, new, current_user FROM linkgress.rename;
SELECT registered_by = current_user AS is_own FROM linkgress.rename ORDER BY id;
DELETE FROM linkgress.rename;
DELETE FROM linkgress.model;

-- Rows are counted with the server's own operators.
SET ROLE regress_lg_mallory;
CREATE FUNCTION public.evil(varchar, varchar) RETURNS boolean LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'running as %', current_user; END $$;
CREATE OPERATOR public.= (LEFTARG = varchar, RIGHTARG = varchar, PROCEDURE = public.evil);
RESET ROLE;
CREATE TABLE shop.r (a varchar PRIMARY KEY);
CREATE TABLE shop.f (a varchar);
INSERT INTO shop.f VALUES ('x');
SELECT linkgress.set_model('CREATE TABLE shop.secret (a int); CREATE TABLE shop.r (a varchar PRIMARY KEY);
    CREATE TABLE shop.f (a varchar REFERENCES shop.r)');
SELECT * FROM linkgress.sync();
DROP OPERATOR public.= (varchar, varchar);
DROP FUNCTION public.evil(varchar, varchar);

-- Stages of sync_online() cannot be made up.
INSERT INTO linkgress.migration (name, up, stage, tags) VALUES ('01', 'SELECT 1', true, '{linkgress.sync_online}');
SELECT stage FROM linkgress.migration WHERE name = '01';
SELECT count(*) FROM linkgress.migrate();
UPDATE linkgress.migration SET stage = true, description = 'stage of linkgress.sync_online()' WHERE name = '01';
INSERT INTO shop.r VALUES ('x');
CALL linkgress.sync_online();
SELECT name, state FROM linkgress.status() WHERE name = '01';

-- The model's names do not lead to a schema that somebody else has filled.
CREATE SCHEMA mal AUTHORIZATION regress_lg_mallory;
CREATE EXTENSION citext SCHEMA mal;
SELECT linkgress.set_model('CREATE TABLE shop.secret (a citext)');
DROP EXTENSION citext;
-- Nor to a temporary table instead of one of its own.
CREATE TEMPORARY TABLE t (z int);
SELECT linkgress.set_model('CREATE TABLE public.t (a int); CREATE TABLE shop.secret (LIKE t)');
SELECT object FROM linkgress.analyze() WHERE type = 'add_column' OR type = 'drop_column';
DROP TABLE pg_temp.t;

-- What it means does not depend on who builds it first.
SELECT linkgress.set_model('CREATE TABLE shop.secret (a timestamptz DEFAULT ''2024-01-02 00:00'', b date DEFAULT ''01/02/2024'')');
SELECT count(*) FROM linkgress.sync(true);
SET TimeZone = 'Asia/Tokyo';
SET DateStyle = 'ISO, DMY';
CREATE ROLE regress_lg_another;
SELECT count(*) FROM linkgress.analyze();
RESET TimeZone;
RESET DateStyle;

-- With a snapshot of the past the model is not built.
DROP ROLE regress_lg_another;
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT count(*) FROM linkgress.analyze();
ROLLBACK;
-- The system's schemas are not managed.
SET linkgress.managed_schemas = 'pg_catalog';
SELECT * FROM linkgress.analyze();
RESET linkgress.managed_schemas;

DROP SCHEMA app, shop, mal CASCADE;
DROP TABLE public.t;
DROP OWNED BY regress_lg_mallory;
DROP EXTENSION linkgress;
DROP ROLE regress_lg_mallory;
