-- The model: what it may say, in which order, and where an error is.
SET linkgress.verbosity = quiet;
-- public is managed, and has what other tests have left there
SET client_min_messages = error;
DROP SCHEMA public CASCADE;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
RESET client_min_messages;
CREATE EXTENSION linkgress;
\pset format unaligned
\pset tuples_only on

-- what defines nothing is refused
SELECT linkgress.set_model('INSERT INTO t VALUES (1)');
SELECT linkgress.set_model(E'CREATE TABLE t (a int);\nCREATE TABLE s AS SELECT 1');
SELECT linkgress.set_model('SELECT 1 INTO x');
SELECT linkgress.set_model(E'COPY t FROM stdin;\n1\n\\.\n');
SELECT linkgress.set_model('BEGIN; CREATE TABLE t (); COMMIT');
SELECT linkgress.set_model('CREATE ROLE nobody');
SELECT linkgress.set_model('DO $$ BEGIN COMMIT; END $$');
SELECT linkgress.set_model('DROP EXTENSION linkgress');
SELECT linkgress.set_model(E'CREATE TABLE a ();\n\\i file');
\set VERBOSITY terse
SELECT linkgress.set_model('UPDATE t SET a = 1');
SELECT linkgress.set_model('TRUNCATE t');
SELECT linkgress.set_model('VACUUM');
SELECT linkgress.set_model('CALL f()');
SELECT linkgress.set_model('SELECT setval(''s'', 1)');
SELECT linkgress.set_model('LISTEN a');
SELECT linkgress.set_model('PREPARE a AS SELECT 1');
SELECT linkgress.set_model('DISCARD ALL');
SELECT linkgress.set_model('LOCK TABLE t');
SELECT linkgress.set_model('CREATE DATABASE d');
SELECT linkgress.set_model('GRANT a TO b');
SELECT linkgress.set_model('DROP OWNED BY a');
SELECT linkgress.set_model('CREATE TABLE pg_catalog.t ()');
SELECT linkgress.set_model('ALTER TABLE linkgress.journal ADD a int');
SELECT linkgress.set_model('DROP TABLE linkgress.journal');
SELECT linkgress.set_model('', format => 'yaml');
SELECT linkgress.set_model('', '');
SELECT linkgress.set_model(NULL);
\set VERBOSITY default
SELECT count(*) FROM linkgress.model;

-- errors: part, statement, line, column
SELECT linkgress.set_model(E'CREATE TABLE a (x int);\n\n  CREATE TABLE b (\n  y intt);');
SELECT linkgress.set_model(E'CREATE TABLE a (x int);\n/* é */ CREATE TABLE b (y int,, z int);', 'second');
SELECT linkgress.set_model(E'CREATE TABLE a (x int);\nCREATE TABLE b ();\n  COMMENT ON TABLE a IS ''open', 'second');
SELECT linkgress.set_model('CREATE TABLE a (); CREATE TABLE a ()', 'second');
SELECT linkgress.set_model('CREATE VIEW a AS SELECT * FROM b; CREATE VIEW b AS SELECT * FROM a', 'second');
SELECT linkgress.set_model('CREATE VIEW a AS SELECT * FROM b; CREATE VIEW b AS SELECT * FROM c; CREATE TABLE c (a int DEFAULT ''x''::int)', 'second');
SELECT linkgress.set_model(E'CREATE TABLE a ();\nSET search_path = nowhere;\nSET lock_timeout = 1;\nSET default_tablespace = nowhere; CREATE TABLE b ()', 'second');
-- what was found wrong is not stored; parts that belong together may be stored unchecked
SELECT linkgress.set_model('CREATE VIEW v AS SELECT a FROM t', '1');
SELECT linkgress.set_model('CREATE VIEW v AS SELECT a FROM t', '1', check_it => false);
SELECT linkgress.analyze();
SELECT linkgress.set_model('CREATE TABLE t (a int)', '2');
SELECT linkgress.set_model('CREATE TABLE t (a int)', '2');
SELECT type, object FROM linkgress.analyze();
DELETE FROM linkgress.model;

-- any order; CONCURRENTLY and IF NOT EXISTS as they are meant; blocks; what comes in statements of its own
SELECT linkgress.set_model('
    CREATE INDEX CONCURRENTLY IF NOT EXISTS b_a ON b (a);
    ALTER TABLE b ADD FOREIGN KEY (a) REFERENCES a;
    CREATE VIEW v AS SELECT * FROM w WHERE twice(a) > 0;
    CREATE VIEW w AS SELECT b.a, m FROM b JOIN a ON a.id = b.a;
    CREATE TABLE IF NOT EXISTS b (a int DEFAULT twice(2));
    CREATE TABLE IF NOT EXISTS a (id serial PRIMARY KEY, m mood, odd int CHECK (is_odd(odd)));
    CREATE TYPE mood AS ENUM (''a'');
    ALTER TYPE mood ADD VALUE ''b'' BEFORE ''a'';
    CREATE FUNCTION is_odd(int) RETURNS bool LANGUAGE sql IMMUTABLE AS ''SELECT NOT public.is_even($1)'';
    CREATE FUNCTION is_even(int) RETURNS bool LANGUAGE sql IMMUTABLE AS ''SELECT $1 = 0 OR public.is_odd($1 - 1)'';
    CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS ''SELECT 2 * $1'';
    DO $$ BEGIN
        FOR i IN 1 .. 2 LOOP EXECUTE format(''CREATE TABLE %I (a int)'', ''made'' || i); END LOOP;
    END $$;
    CREATE TABLE scaffolding (); DROP TABLE scaffolding;
    CREATE TEMP TABLE gone ();
    ALTER TABLE made2 RENAME TO made_two');
SELECT type, object FROM linkgress.analyze();
SELECT count(*) FROM linkgress.sync();
SELECT * FROM linkgress.analyze();
SELECT to_regclass('gone');
DROP TABLE a, b, made1, made_two CASCADE; DROP FUNCTION is_odd, is_even, twice; DROP TYPE mood;

-- what pg_dump writes; extensions in the schemas that it manages, relocatable or not
CREATE EXTENSION citext; CREATE EXTENSION hstore; CREATE EXTENSION pg_trgm; CREATE EXTENSION earthdistance CASCADE;
CREATE EXTENSION xml2; CREATE EXTENSION tablefunc; CREATE EXTENSION pg_stat_statements;
CREATE SCHEMA app;
CREATE MATERIALIZED VIEW public.m AS SELECT 1 AS one;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO PUBLIC;
SELECT $dump$
--
-- PostgreSQL database dump
--

\restrict gNwTJ0dYBvkC

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

CREATE SCHEMA app;
ALTER SCHEMA app OWNER TO CURRENT_USER;
CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;
COMMENT ON EXTENSION citext IS 'data type for case-insensitive character strings';
CREATE EXTENSION IF NOT EXISTS xml2 WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch WITH SCHEMA app;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE app.t (
    id integer NOT NULL,
    mail public.citext,
    mails public.citext[],
    words text,
    attributes public.hstore DEFAULT '"a"=>"b"'::public.hstore,
    place public.earth,
    sound text GENERATED ALWAYS AS (app.soundex(words)) STORED,
    CONSTRAINT valid CHECK (public.xml_valid(words)),
    statements public.pg_stat_statements
);
ALTER TABLE app.t OWNER TO CURRENT_USER;
ALTER TABLE app.t ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME app.t_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1);
CREATE VIEW app.x AS SELECT ct.row_name FROM public.crosstab2('SELECT 1'::text) ct(row_name, category_1, category_2);
CREATE MATERIALIZED VIEW public.m AS SELECT 1 AS one WITH NO DATA;
ALTER TABLE ONLY app.t ADD CONSTRAINT t_pkey PRIMARY KEY (id);
CREATE INDEX t_words ON app.t USING gin (words public.gin_trgm_ops);
CREATE UNIQUE INDEX t_mail ON app.t USING btree (mail);
GRANT SELECT ON TABLE app.t TO PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO PUBLIC;

--
-- PostgreSQL database dump complete
--

\unrestrict gNwTJ0dYBvkC
$dump$ AS dump \gset
SELECT linkgress.set_model(:'dump');
SELECT type, object FROM linkgress.analyze();
SELECT count(*) FROM linkgress.sync();
SELECT * FROM linkgress.analyze();
SELECT * FROM m; -- which has kept its rows
INSERT INTO app.t (mail) VALUES ('A');
SELECT mail = 'a' FROM app.t;
-- extensions work as before, and are where they were
SELECT extname, extnamespace::regnamespace FROM pg_extension WHERE extname NOT IN ('plpgsql', 'linkgress') ORDER BY extname COLLATE "C";
-- another comment of an extension
DELETE FROM linkgress.model;
SELECT linkgress.set_model('COMMENT ON EXTENSION citext IS ''ours''; CREATE EXTENSION IF NOT EXISTS hstore SCHEMA public', 'extensions');
SELECT type, object, sql FROM linkgress.analyze();
DELETE FROM linkgress.model;
DROP SCHEMA app CASCADE;
DROP EXTENSION xml2, earthdistance, cube, pg_trgm, tablefunc, pg_stat_statements, hstore;
DROP MATERIALIZED VIEW m;

-- what is in no schema, and is there already
CREATE FUNCTION public.to_int(citext) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE CAST (citext AS int) WITH FUNCTION public.to_int(citext);
CREATE CAST (jsonb AS bytea) WITH INOUT;
CREATE TYPE pair AS (a int, b int);
CREATE CAST (pair AS text) WITH INOUT AS ASSIGNMENT;
CREATE FUNCTION public.noted() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER noted ON ddl_command_start WHEN tag IN ('SECURITY LABEL') EXECUTE FUNCTION public.noted();
CREATE FOREIGN DATA WRAPPER wrapper;
CREATE SERVER server FOREIGN DATA WRAPPER wrapper;
CREATE FOREIGN TABLE public.far (a int) SERVER server;
CREATE USER MAPPING FOR PUBLIC SERVER server;
CREATE TABLE published (a int);
SET client_min_messages = error;
CREATE PUBLICATION publication FOR TABLE published;
CREATE SUBSCRIPTION subscription CONNECTION 'dbname=nowhere' PUBLICATION publication WITH (connect = false);
RESET client_min_messages;
SELECT $$CREATE FUNCTION public.to_int(public.citext) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
    CREATE CAST (public.citext AS int) WITH FUNCTION public.to_int(public.citext);
    CREATE CAST (jsonb AS bytea) WITH INOUT;
    CREATE TYPE pair AS (a int, b int);
    CREATE CAST (pair AS text) WITH INOUT AS ASSIGNMENT;
    CREATE FUNCTION public.noted() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
    CREATE EVENT TRIGGER noted ON ddl_command_start WHEN tag IN ('SECURITY LABEL') EXECUTE FUNCTION public.noted();
    CREATE FOREIGN DATA WRAPPER wrapper;
    CREATE SERVER server FOREIGN DATA WRAPPER wrapper;
    CREATE FOREIGN TABLE public.far (a int) SERVER server;
    CREATE USER MAPPING FOR PUBLIC SERVER server;
    CREATE TABLE published (a int);
    CREATE PUBLICATION publication FOR TABLE published;
    CREATE SUBSCRIPTION subscription CONNECTION 'dbname=nowhere' PUBLICATION publication WITH (connect = false, slot_name = 'subscription')$$ AS outside \gset
SELECT linkgress.set_model(:'outside');
SELECT type, object, sql FROM linkgress.analyze();
SELECT linkgress.set_model(replace(replace(:'outside', 'AS ASSIGNMENT', 'AS IMPLICIT'), 'FOR TABLE published', 'FOR TABLE published WITH (publish = ''insert'')'));
SELECT type, object FROM linkgress.analyze();
SET client_min_messages = error;
ALTER SUBSCRIPTION subscription SET (slot_name = NONE);
DROP SUBSCRIPTION subscription;
RESET client_min_messages;
DELETE FROM linkgress.model;
DROP PUBLICATION publication; DROP EVENT TRIGGER noted; DROP FOREIGN DATA WRAPPER wrapper CASCADE;
DROP CAST (jsonb AS bytea); DROP TYPE pair CASCADE; DROP FUNCTION to_int, noted CASCADE; DROP TABLE published;

-- which schemas it manages; where unqualified names lead
CREATE SCHEMA mine; CREATE TABLE mine.t (a int); CREATE SCHEMA other; CREATE TABLE other.t (a int PRIMARY KEY);
SELECT linkgress.set_model('CREATE TABLE mine.t (a int)');
SELECT * FROM linkgress.analyze(); -- public and other are no concern of it
SET linkgress.managed_schemas = 'mine, public';
SELECT type, object FROM linkgress.analyze() WHERE object !~ 'citext';
SET linkgress.managed_schemas = 'mine';
SELECT linkgress.set_model('CREATE TABLE t (a int, other int REFERENCES other.t)');
SELECT type, object FROM linkgress.analyze();
SET linkgress.managed_schemas = 'new';
SELECT linkgress.set_model('CREATE TABLE t (a int)');
SELECT linkgress.set_model('CREATE TABLE t (a int); CREATE SCHEMA new');
SELECT type, object FROM linkgress.analyze();
SET linkgress.verbosity = normal;
SELECT linkgress.set_model('CREATE TABLE t (a int); CREATE SCHEMA new; CREATE TABLE public.unmanaged ()');
SET linkgress.verbosity = quiet;
SET linkgress.managed_schemas = 'pg_catalog';
SELECT linkgress.analyze();
RESET linkgress.managed_schemas;
SELECT linkgress.set_model('SET search_path = "$user", mine; CREATE TABLE t (a int, b int)');
SELECT type, object FROM linkgress.analyze();
-- what it does to others is undone with the rest
SELECT linkgress.set_model('CREATE TABLE mine.t (a int); DROP TABLE other.t; DROP EXTENSION citext CASCADE; CREATE SCHEMA gone; DROP SCHEMA gone');
SELECT to_regclass('other.t'), (SELECT count(*) FROM pg_extension WHERE extname = 'citext');

-- ignored objects
CREATE TABLE mine.audit_a (); CREATE TABLE mine.audit_b (); CREATE VIEW mine.audit_c AS SELECT 1;
INSERT INTO linkgress.ignore (pattern, kind) VALUES ('mine.audit_*', 'table');
SELECT linkgress.set_model('CREATE TABLE mine.t (a int)');
SELECT type, object FROM linkgress.analyze();
DELETE FROM linkgress.ignore;
DROP TABLE mine.audit_a, mine.audit_b; DROP VIEW mine.audit_c;

-- built once: an unchanged model takes no transaction's number
CREATE TEMP TABLE warm ();
CREATE FUNCTION pg_temp.is_rebuilt() RETURNS bool LANGUAGE plpgsql AS $$
BEGIN
    PERFORM linkgress.analyze();
    RETURN pg_current_xact_id_if_assigned() IS NOT NULL;
END $$;
SELECT pg_temp.is_rebuilt();
SELECT pg_temp.is_rebuilt();
CREATE TABLE mine.inside (); -- in what it manages itself
SELECT pg_temp.is_rebuilt();
DROP TABLE mine.inside;
ALTER TABLE other.t ADD b int;
SELECT pg_temp.is_rebuilt(), 'an object outside';
COMMENT ON EXTENSION citext IS 'another';
SELECT pg_temp.is_rebuilt(), 'an extension';
CREATE ROLE model_role;
SELECT pg_temp.is_rebuilt(), 'a role';
INSERT INTO linkgress.ignore (pattern) VALUES ('nothing');
SELECT pg_temp.is_rebuilt(), 'what is ignored';
SET default_toast_compression = 'pglz'; SET linkgress.managed_schemas = 'mine';
SELECT pg_temp.is_rebuilt(), 'a setting';
RESET linkgress.managed_schemas;
SELECT pg_temp.is_rebuilt();
BEGIN READ ONLY;
SELECT count(*) FROM linkgress.analyze();
COMMIT;
UPDATE linkgress.model SET source = source || ' -- another text';
BEGIN READ ONLY;
SELECT count(*) FROM linkgress.analyze();
ROLLBACK;
DELETE FROM linkgress.ignore;

-- nothing is left behind: rows of catalogs, temporary objects, settings, sequences, events
CREATE TABLE mine.events (event text);
CREATE FUNCTION other.note() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO mine.events VALUES (tg_event || '' '' || tg_tag); END';
CREATE EVENT TRIGGER a ON ddl_command_start EXECUTE FUNCTION other.note();
CREATE EVENT TRIGGER b ON ddl_command_end EXECUTE FUNCTION other.note();
CREATE EVENT TRIGGER c ON sql_drop EXECUTE FUNCTION other.note();
CREATE FUNCTION pg_temp.rows() RETURNS TABLE (catalog text, rows bigint, sum numeric) LANGUAGE plpgsql AS $$
BEGIN
    FOR catalog IN SELECT relname FROM pg_class WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r' AND relname <> 'pg_statistic' LOOP
        RETURN QUERY EXECUTE format($q$SELECT %L, count(*), sum(hashtextextended((to_jsonb(t) -- but for what autovacuum may change
            - '{relpages,reltuples,relallvisible,relallfrozen,relfrozenxid,relminmxid,datfrozenxid,datminmxid}'::text[])::text, 0))
            FROM pg_catalog.%I t$q$, catalog, catalog);
    END LOOP;
END $$;
SELECT linkgress.set_model('CREATE TABLE mine.t (a int)');
SET search_path = mine, pg_temp, pg_catalog;
SELECT sum(hashtextextended(r::text, 0)) AS rows FROM pg_temp.rows() r \gset
SELECT linkgress.set_model('SET search_path = public; SET work_mem = 64; CREATE TABLE mine.t (id serial PRIMARY KEY, long text, EXCLUDE (id WITH =));
    CREATE TEMP TABLE kept ()', check_it => false);
SELECT linkgress.set_model('SET search_path = public; SET work_mem = 64; CREATE TABLE mine.t (id serial PRIMARY KEY, long text, EXCLUDE (id WITH =));
    CREATE MATERIALIZED VIEW mine.m AS SELECT nextval(''mine.t_id_seq''); CREATE TEMP TABLE kept (); DROP MATERIALIZED VIEW mine.m;
    DO $$ BEGIN SET work_mem = 128; CREATE TABLE x (); DROP TABLE x; PERFORM pg_advisory_lock(1); END $$; CREATE TABLE mine.events ()');
SELECT sum(hashtextextended(r::text, 0)) = :rows FROM pg_temp.rows() r;
SHOW search_path;
SHOW work_mem;
SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid();
SELECT * FROM events;
RESET search_path;
DROP EVENT TRIGGER a; DROP EVENT TRIGGER b; DROP EVENT TRIGGER c;
DROP TABLE mine.events;

-- names of others in the way
CREATE SCHEMA evil;
CREATE TABLE evil.pg_class (a int); CREATE TABLE evil.pg_namespace (a int);
CREATE FUNCTION evil.concat_ws(text, VARIADIC text[]) RETURNS text LANGUAGE sql AS 'SELECT (1 / 0)::text';
CREATE TEMP TABLE pg_extension (a int); CREATE TEMP TABLE t (b int);
SET search_path = evil, pg_catalog, public;
SELECT linkgress.set_model('CREATE TABLE t (a int); CREATE INDEX ON t (a); CREATE TABLE mine.t (a int)');
SELECT type, object FROM linkgress.analyze() WHERE object !~ 'citext';
RESET search_path;
DROP TABLE pg_temp.pg_extension, pg_temp.t;
DROP SCHEMA evil CASCADE;
DELETE FROM linkgress.model;

-- an ordinary role that owns a schema, and may create none
CREATE ROLE model_owner; CREATE ROLE model_reader;
DO $$ BEGIN EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()); END $$;
REVOKE ALL ON SCHEMA public FROM PUBLIC; GRANT USAGE ON SCHEMA public TO PUBLIC;
CREATE SCHEMA owned AUTHORIZATION model_owner;
SELECT linkgress.grant_access('model_owner', 'author,operator');
SET ROLE model_owner;
SELECT linkgress.set_model('CREATE TABLE owned.t (id serial PRIMARY KEY, mail public.citext); CREATE VIEW owned.v AS SELECT id FROM owned.t;
    CREATE FUNCTION owned.f() RETURNS int LANGUAGE sql AS ''SELECT 1''; CREATE EXTENSION IF NOT EXISTS citext;
    ALTER DEFAULT PRIVILEGES IN SCHEMA owned GRANT SELECT ON TABLES TO model_reader; GRANT USAGE ON SCHEMA owned TO model_reader');
SELECT type, object FROM linkgress.analyze();
SELECT count(*) FROM linkgress.sync();
SELECT * FROM linkgress.analyze();
SELECT linkgress.set_model('CREATE TABLE owned.t (id serial PRIMARY KEY, mail public.citext)');
SELECT linkgress.scaffold('less') ~ 'less';
SELECT action FROM linkgress.migrate();
SELECT * FROM linkgress.analyze();
SELECT action FROM linkgress.rollback();
SELECT count(*) FROM linkgress.ensure_deleted(current_database());
SELECT count(*) FROM linkgress.ensure_created();
-- but nothing more than that
SELECT linkgress.set_model('CREATE TABLE other.t (a int)');
SELECT linkgress.set_model('CREATE SCHEMA more', 'more');
SELECT linkgress.set_model('DROP TABLE other.t', 'more');
SELECT linkgress.set_model('COMMENT ON EXTENSION citext IS ''z''', 'more');
SELECT linkgress.set_model('SET ROLE model_reader; CREATE TABLE owned.x ()', 'more');
SELECT linkgress.set_model('RESET SESSION AUTHORIZATION; CREATE TABLE owned.x ()', 'more');
SELECT linkgress.set_model('DO $$ BEGIN RESET ROLE; END $$; CREATE TABLE owned.x ()', 'more');
-- nor does the superuser run what is theirs, before it is approved
RESET ROLE;
SELECT linkgress.analyze();
SELECT linkgress.approve('main', kind => 'model');
SELECT type, object FROM linkgress.analyze();
SET ROLE model_owner;
SELECT linkgress.set_model('CREATE TABLE owned.t (id serial PRIMARY KEY, mail public.citext, more int)');
RESET ROLE;
SELECT linkgress.sync();
SET ROLE model_reader;
SELECT linkgress.analyze();
SELECT linkgress.set_model('');
RESET ROLE;

-- Bodies of functions: what they lack may be there when they are called, all else is an error.
DELETE FROM linkgress.model;
SELECT linkgress.set_model($model$CREATE FUNCTION mine.f() RETURNS int LANGUAGE sql AS 'SELECT mine.g()';
    CREATE FUNCTION mine.g() RETURNS int LANGUAGE sql AS 'SELECT mine.f()';
    CREATE FUNCTION mine.h() RETURNS int LANGUAGE sql AS 'SELECT a FROM nosuch'$model$);
SELECT linkgress.set_model($model$CREATE FUNCTION mine.f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN
    retrun 1; END $$$model$);
SELECT linkgress.set_model($model$CREATE FUNCTION mine.f() RETURNS int LANGUAGE sql AS 'SELECT text ''x'''$model$);

-- A part's settings end with it, however many statements there are before and after.
DELETE FROM linkgress.model;
SELECT linkgress.set_model('CREATE SCHEMA one; SET search_path = one; '
    || string_agg(format('CREATE TABLE t%s (id int);', i), ' ' ORDER BY i), 'a', check_it => false)
FROM generate_series(1, 100) i;
SELECT linkgress.set_model(string_agg(format('CREATE TABLE t%s (id int);', i), ' ' ORDER BY i), 'b')
FROM generate_series(1, 400) i;
SELECT split_part(object, '.', 1) AS schema, count(*) FROM linkgress.analyze() WHERE type = 'create_table' GROUP BY 1 ORDER BY 1;

DROP OWNED BY model_reader; -- first: one DROP OWNED of both stumbles over the default privileges
DROP OWNED BY model_owner;
DROP EXTENSION linkgress;
DROP SCHEMA mine, other CASCADE;
DROP EXTENSION citext CASCADE;
DO $$ BEGIN EXECUTE format('GRANT CONNECT, TEMP ON DATABASE %I TO PUBLIC', current_database()); END $$;
DROP ROLE model_owner, model_reader, model_role;
