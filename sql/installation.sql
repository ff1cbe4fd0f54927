-- The extension makes its schema itself: nobody has put anything into it before, adds to it, or drops it.
SET client_min_messages = warning;
SELECT current_database() AS database \gset
CREATE ROLE regress_squatter LOGIN;
CREATE DATABASE regress_squat OWNER regress_squatter;
\c regress_squat
SET client_min_messages = warning;

-- What was bound into the functions of the extension, and ran as a superuser
SET SESSION AUTHORIZATION regress_squatter;
CREATE SCHEMA linkgress;
CREATE FUNCTION linkgress.pwn() RETURNS text LANGUAGE plpgsql AS $$
BEGIN ALTER ROLE regress_squatter SUPERUSER; RETURN ''; END $$;
CREATE FUNCTION linkgress.format(text, bigint, bigint) RETURNS text LANGUAGE sql AS 'SELECT linkgress.pwn()';
RESET SESSION AUTHORIZATION;
\set VERBOSITY verbose
\set SHOW_CONTEXT never
CREATE EXTENSION linkgress;
CREATE EXTENSION linkgress CASCADE;
\set VERBOSITY default
\set SHOW_CONTEXT errors
CREATE EXTENSION IF NOT EXISTS linkgress SCHEMA linkgress;
CREATE EXTENSION linkgress SCHEMA public;
SELECT extname FROM pg_extension WHERE extname = 'linkgress';
ALTER SCHEMA linkgress RENAME TO pwn;

-- The same under every other name that the path of whoever installs it could lead to
CREATE SCHEMA AUTHORIZATION regress_squatter;
GRANT ALL ON SCHEMA public TO regress_squatter;
SET SESSION AUTHORIZATION regress_squatter;
DO $do$
DECLARE
    schema text;
    declaration text;
BEGIN
    FOREACH schema IN ARRAY '{public,regress_squatter,pwn}'::text[] LOOP
        FOREACH declaration IN ARRAY ARRAY['format(text, bigint, bigint)', 'format(text, integer, integer)',
            'concat_ws(text, text, text)', 'hashtext(text)', 'substr(text, integer, integer)',
            'checksum(text)', 'clock_timestamp()', 'pg_extension_config_dump(text, text)', 'current_database()',
            'linkgress_refuse_existing_schema()', 'keep_to_owner()'] LOOP
            EXECUTE format('CREATE OR REPLACE FUNCTION %I.%s RETURNS text LANGUAGE sql AS ''SELECT pwn.pwn()''', schema, declaration);
        END LOOP;
        EXECUTE format('CREATE FUNCTION %I.ne(text, text) RETURNS boolean LANGUAGE sql AS ''SELECT pwn.pwn() IS NULL''', schema);
        EXECUTE format('CREATE OPERATOR %I.<> (FUNCTION = %1$I.ne, LEFTARG = text, RIGHTARG = text)', schema);
        EXECUTE format('CREATE OPERATOR %I.= (FUNCTION = %1$I.ne, LEFTARG = text, RIGHTARG = text)', schema);
        EXECUTE format('CREATE OPERATOR %I.|| (FUNCTION = %1$I.ne, LEFTARG = text, RIGHTARG = text)', schema);
        EXECUTE format('CREATE DOMAIN %I.text AS pg_catalog.text CHECK (pwn.pwn() IS NULL)', schema);
        EXECUTE format('CREATE DOMAIN %I.bigint AS pg_catalog.int8 CHECK (pwn.pwn() IS NULL)', schema);
        EXECUTE format('CREATE DOMAIN %I.timestamptz AS pg_catalog.timestamptz CHECK (pwn.pwn() IS NULL)', schema);
    END LOOP;
END $do$;
RESET SESSION AUTHORIZATION;
SET search_path = regress_squatter, public, pwn, pg_catalog;
CREATE EXTENSION linkgress;
INSERT INTO linkgress.migration (name, up, down) VALUES ('a', 'SELECT 1', 'SELECT 2');
SELECT name, action FROM linkgress.migrate();
SELECT count(*) FROM linkgress.runs();
SELECT name, state FROM linkgress.status();
SELECT count(*) FROM linkgress.pending();
SELECT name FROM linkgress.applied();
SELECT name, action FROM linkgress.rollback();
RESET search_path;
-- Nothing of it is bound to what is not the server's or its own.
SELECT pg_describe_object(d.classid, d.objid, 0), pg_describe_object(d.refclassid, d.refobjid, 0)
FROM pg_depend d
WHERE d.refclassid IN ('pg_proc'::regclass, 'pg_type'::regclass, 'pg_operator'::regclass) AND d.refobjid >= 16384
  AND d.classid IN ('pg_proc'::regclass, 'pg_rewrite'::regclass, 'pg_attrdef'::regclass, 'pg_constraint'::regclass,
      'pg_class'::regclass)
  AND pg_describe_object(d.classid, d.objid, 0) ~ 'linkgress\.' AND pg_describe_object(d.refclassid, d.refobjid, 0) !~ 'linkgress\.';

-- Afterwards: no overload that makes a call ambiguous, no drop.
SET SESSION AUTHORIZATION regress_squatter;
CREATE FUNCTION linkgress.migrate(int DEFAULT 1) RETURNS int LANGUAGE sql RETURN 1;
CREATE TABLE linkgress.migration_2 (a int);
DROP SCHEMA linkgress CASCADE;
DROP EXTENSION linkgress;
DROP OWNED BY regress_squatter CASCADE;
RESET SESSION AUTHORIZATION;
-- Not even by a superuser by mistake
DROP SCHEMA linkgress CASCADE;
SELECT extnamespace::regnamespace, (SELECT count(*) FROM pg_namespace WHERE nspname = 'linkgress') AS schemas
FROM pg_extension WHERE extname = 'linkgress';
DROP EXTENSION linkgress;
SELECT count(*) AS schemas FROM pg_namespace WHERE nspname = 'linkgress';

-- Nobody is superuser, the server is up.
SELECT rolsuper FROM pg_roles WHERE rolname = 'regress_squatter';
\c :database
DROP DATABASE regress_squat;
DROP ROLE regress_squatter;
