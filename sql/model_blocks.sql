-- DO blocks of a model: what they make counts, and what they ask of the catalogs is the model.
SET linkgress.verbosity = quiet;
SET client_min_messages = error;
DROP SCHEMA public CASCADE;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
RESET client_min_messages;
CREATE EXTENSION linkgress;
\pset format unaligned
\pset tuples_only on

-- what is made by a string, in any way
SELECT linkgress.set_model($m$DO $d$ BEGIN EXECUTE 'CREATE SCHEMA t1'; EXECUTE 'CREATE TABLE t1.a (i int)'; END $d$$m$);
SELECT type, object FROM linkgress.sync();
SELECT type, object FROM linkgress.analyze();
ALTER TABLE t1.a ADD j int;
SELECT type, object FROM linkgress.analyze();
SELECT linkgress.set_model($m$DO $d$ BEGIN CREATE SCHEMA IF NOT EXISTS "T 2"; CREATE TABLE IF NOT EXISTS "T 2".b (i int); /* CREATE SCHEMA none */
    FOR n IN 1..2 LOOP EXECUTE format('CREATE TABLE "T 2".%I (i int)', 'p' || n); END LOOP; RAISE DEBUG 'create'; END $d$$m$);
SELECT type, object FROM linkgress.sync();
SELECT type, object FROM linkgress.analyze();
SELECT count(*) FROM linkgress.ensure_deleted(confirm => current_database());
SELECT nspname FROM pg_namespace WHERE nspname IN ('t1', 'T 2');
DROP SCHEMA t1 CASCADE;

-- the idioms of scripts that are run again and again
CREATE FUNCTION rerun() RETURNS text LANGUAGE plpgsql AS $f$
DECLARE first bigint; rest bigint;
BEGIN
    SELECT count(*) INTO first FROM linkgress.sync();
    UPDATE linkgress.model SET source = source || ' ';
    SELECT count(*) INTO rest FROM linkgress.analyze();
    RETURN format('%s, then %s', first, rest);
END $f$;
CREATE SCHEMA acct;
ALTER FUNCTION rerun() SET SCHEMA pg_catalog;
SELECT linkgress.set_model($m$
CREATE TABLE acct.t (bal int);
DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'bal_ok') THEN ALTER TABLE acct.t ADD CONSTRAINT bal_ok CHECK (bal >= 0); END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM information_schema.columns WHERE table_schema = 'acct' AND table_name = 't' AND column_name = 'note') THEN ALTER TABLE acct.t ADD note text; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood') THEN CREATE TYPE acct.mood AS ENUM ('ok'); END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid WHERE t.typname = 'mood' AND e.enumlabel = 'sad') THEN ALTER TYPE acct.mood ADD VALUE 'sad'; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relname = 't_note') THEN CREATE INDEX t_note ON acct.t (note); END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'own') THEN CREATE TRIGGER own BEFORE UPDATE ON acct.t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger(); END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_policies WHERE policyname = 'p') THEN CREATE POLICY p ON acct.t; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_proc WHERE proname = 'f') THEN CREATE FUNCTION acct.f() RETURNS int LANGUAGE sql AS 'SELECT 1'; END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = 'acct.t'::regclass AND attname = 'late') THEN ALTER TABLE acct.t ADD late int; END IF; END $$;
DO $$ BEGIN IF to_regclass('acct.other') IS NULL THEN CREATE TABLE acct.other (i int); END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT FROM information_schema.tables WHERE table_name = 'third') THEN CREATE TABLE acct.third (i int); END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_tables WHERE tablename = 'fourth') THEN CREATE TABLE acct.fourth (i int); END IF; END $$;
DO $$ BEGIN CREATE TYPE acct.dup AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
$m$);
SELECT rerun();
-- unqualified, and by a function of the model; creation goes where it goes without the question
SELECT linkgress.set_model($m$
SET search_path = acct;
CREATE FUNCTION is_there(name) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RETURN EXISTS (SELECT FROM pg_class WHERE relname = $1); END';
CREATE TABLE t (a int);
DO $$ BEGIN IF NOT is_there('u') THEN CREATE TABLE u (a int); END IF; END $$;
DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_class WHERE relname = 'v') THEN CREATE VIEW v AS SELECT * FROM t; END IF; END $$;
$m$);
SELECT count(*) FROM linkgress.sync(allow_destructive => true);
UPDATE linkgress.model SET source = source || ' ';
SELECT type, object FROM linkgress.analyze();
SELECT relname, relnamespace::regnamespace FROM pg_class WHERE relname IN ('u', 'v') ORDER BY 1;
-- past the filter
\set VERBOSITY default
SELECT linkgress.set_model($m$CREATE TABLE acct.t (a int);
DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conname = 'x') THEN ALTER TABLE acct.t ADD CONSTRAINT x CHECK (a > 0); END IF; END $$$m$);
-- nothing remains of it
SELECT count(*) FROM pg_namespace WHERE nspname ~ 'displaced';
SELECT count(*) > 5 FROM information_schema.columns WHERE table_schema = 'pg_catalog';

SET client_min_messages = error;
DROP FUNCTION rerun();
DROP SCHEMA acct CASCADE;
DROP EXTENSION linkgress CASCADE;
