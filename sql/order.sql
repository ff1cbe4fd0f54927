-- Order: what texts name is there before it runs, and whatever is missing is tried again after the others.
SET linkgress.verbosity = quiet;
SET client_min_messages = error;
DROP SCHEMA public CASCADE;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
RESET client_min_messages;
CREATE EXTENSION linkgress;
\pset format unaligned
\pset tuples_only on

-- functions whose bodies are texts, under all that evaluates them
CREATE SCHEMA o;
CREATE FUNCTION linkgress_built() RETURNS text LANGUAGE plpgsql AS $f$
DECLARE created bigint; rest bigint;
BEGIN
    DROP SCHEMA o CASCADE; CREATE SCHEMA o;
    SELECT count(*) INTO created FROM linkgress.ensure_created();
    SELECT count(*) INTO rest FROM linkgress.analyze();
    DROP SCHEMA o CASCADE; CREATE SCHEMA o;
    PERFORM linkgress.sync();
    RETURN format('%s, then %s', created, rest + (SELECT count(*) FROM linkgress.analyze()));
END $f$;
SET linkgress.managed_schemas = 'o';
\set functions 'CREATE FUNCTION o.zz(x text) RETURNS text LANGUAGE sql IMMUTABLE AS ''SELECT lower(x)''; CREATE FUNCTION o.aa(x text) RETURNS text LANGUAGE sql IMMUTABLE AS ''SELECT o.zz(x)'';'
SET client_min_messages = error;
SELECT linkgress.set_model(:'functions' || 'CREATE TABLE o.doc (id int, body text, slug text GENERATED ALWAYS AS (o.aa(body)) STORED); CREATE INDEX ON o.doc (o.aa(body))');
SELECT type, object FROM linkgress.analyze();
SELECT linkgress_built();
SELECT linkgress.set_model(:'functions' || 'CREATE DOMAIN o.d AS text DEFAULT o.aa(''X'') CHECK (VALUE = o.aa(VALUE)); CREATE TABLE o.t (a text DEFAULT o.aa(''A'') CHECK (a = o.aa(a)), b o.d NOT NULL); CREATE MATERIALIZED VIEW o.m AS SELECT o.aa(''M'') AS m');
SELECT linkgress_built();
TABLE o.m;
-- PL/pgSQL, a dynamic string in it, quoted names, a text search configuration, an operator
SELECT linkgress.set_model($$
CREATE FUNCTION o."Last Word"(x text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS 'BEGIN /* o.none */ RETURN lower(x); END';
CREATE FUNCTION o.dynamic(x text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $f$ DECLARE r text; BEGIN EXECUTE 'SELECT o."Last Word"(''A'' || $1)' INTO r USING x; RETURN r; END $f$;
CREATE TEXT SEARCH CONFIGURATION o.zz_words (COPY = pg_catalog.simple);
CREATE FUNCTION o.words(x text) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $f$ SELECT to_tsvector('o.zz_words', x) $f$;
CREATE FUNCTION o.same(a text, b text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT lower(a) = lower(b)';
CREATE OPERATOR o.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = o.same);
CREATE FUNCTION o.compares(a text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $f$ SELECT a OPERATOR(o.===) 'x' $f$;
CREATE TABLE o.doc (body text);
CREATE INDEX doc_dynamic ON o.doc (o.dynamic(body));
CREATE INDEX doc_words ON o.doc USING gin (o.words(body));
CREATE INDEX doc_compares ON o.doc (o.compares(body));
$$);
SELECT linkgress_built();
-- texts that name each other, in a circle; and what none of them says
SELECT linkgress.set_model($$
CREATE FUNCTION o.odd(n int) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN n > 0 AND o.even(n - 1); END';
CREATE FUNCTION o.even(n int) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN n = 0 OR o.odd(n - 1); END';
CREATE FUNCTION o.zzz(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n';
CREATE FUNCTION o.hides(n int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $f$ DECLARE r int; BEGIN EXECUTE format('SELECT o.%s(%s)', repeat('z', 3), n) INTO r; RETURN r; END $f$;
CREATE TABLE o.t (n int NOT NULL DEFAULT o.hides(3) CHECK (o.odd(n)));
CREATE MATERIALIZED VIEW o.m AS SELECT o.hides(4);
CREATE VIEW o.v AS SELECT * FROM o.m;
CREATE VIEW o.w AS SELECT count(*) FROM o.v;
$$);
SELECT linkgress_built();
TABLE o.w;

-- changes: a new helper comes before whoever calls it now, the old one goes afterwards; through what stays as it is, too
INSERT INTO o.t VALUES (1);
SELECT linkgress.set_model($$
CREATE FUNCTION o.old(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n';
CREATE FUNCTION o.calls(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT o.old(n)';
CREATE FUNCTION o.between(n int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN o.calls(n); END';
CREATE TABLE o.t (n int)$$);
SELECT count(*) FROM linkgress.sync(allow_destructive => true);
INSERT INTO o.t VALUES (1);
SELECT linkgress.set_model($$
CREATE FUNCTION o.zz_new(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n + column_of FROM o.zz_rows';
CREATE TABLE o.zz_rows (column_of int);
CREATE FUNCTION o.calls(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT o.zz_new(n)';
CREATE FUNCTION o.between(n int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN o.calls(n); END';
CREATE TABLE o.t (n int, b int NOT NULL DEFAULT coalesce(o.between(1), 0) CHECK (b >= 0))$$);
SELECT type, object FROM linkgress.sync(allow_destructive => true);
SELECT count(*) FROM linkgress.analyze();
-- the same in stages: the old one is there until the others call the new one
SELECT linkgress.set_model($$
CREATE FUNCTION o.aa_newer(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n';
CREATE FUNCTION o.calls(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT o.aa_newer(n)';
CREATE FUNCTION o.between(n int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN o.calls(n); END';
CREATE TABLE o.t (n int, b int NOT NULL DEFAULT coalesce(o.between(1), 0) CHECK (b >= 0));
CREATE INDEX t_between ON o.t (o.between(n))$$);
SELECT type, object FROM linkgress.analyze();
CALL linkgress.sync_online(allow_destructive => true);
SELECT count(*) FROM linkgress.analyze();

-- names that are not qualified: schemas in which nobody else can have put something
SELECT linkgress.set_model($$
SET search_path = o;
CREATE FUNCTION plain(x text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT x <> ''''';
CREATE FUNCTION any_path(x text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN plain(x); END';
CREATE TABLE o.t (n int, c text NOT NULL DEFAULT 'c' CHECK (any_path(c)))$$);
SELECT count(*) FROM linkgress.sync(allow_destructive => true);
SELECT count(*) FROM linkgress.analyze();
-- a schema in which others can is none of them
CREATE ROLE regress_lg_order;
GRANT CREATE ON SCHEMA o TO regress_lg_order;
SELECT linkgress.set_model(source || '; ALTER TABLE o.t ADD d text NOT NULL DEFAULT ''d'' CHECK (any_path(d))') FROM linkgress.model;
\set VERBOSITY terse
SELECT linkgress.sync(allow_destructive => true);
REVOKE CREATE ON SCHEMA o FROM regress_lg_order;
SELECT count(*) FROM linkgress.sync(allow_destructive => true);
-- what is missing altogether is the error, of the first that misses it; nothing remains
SELECT linkgress.set_model($$
CREATE FUNCTION o.broken(n int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $f$ BEGIN RETURN o.nowhere(n); END $f$;
CREATE TABLE o.a_first (n int);
CREATE MATERIALIZED VIEW o.m2 AS SELECT o.broken(1) AS n;
CREATE VIEW o.v2 AS SELECT n FROM o.m2$$);
SELECT linkgress.ensure_created();
SELECT relname FROM pg_class WHERE relnamespace = 'o'::regnamespace AND relname IN ('a_first', 'm2', 'v2');
-- other errors are not put off
SELECT linkgress.set_model($$CREATE TABLE o.a_first (n int); CREATE MATERIALIZED VIEW o.m2 AS SELECT 1 / (SELECT count(*) FROM o.a_first) AS n WITH DATA; CREATE VIEW o.v2 AS SELECT n FROM o.m2$$);
SELECT linkgress.ensure_created();
DROP ROLE regress_lg_order;

-- what is of all tables is of those that come later, in whatever part
SELECT linkgress.set_model($$GRANT SELECT ON ALL TABLES IN SCHEMA o TO PUBLIC; REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA o FROM PUBLIC; CREATE VIEW o.late AS SELECT * FROM o.later$$, 'a', check_it => false);
SELECT linkgress.set_model($$CREATE TABLE o.later (n int); CREATE FUNCTION o.f() RETURNS int LANGUAGE sql AS 'SELECT 1'$$);
SELECT count(*) FROM linkgress.sync(allow_destructive => true);
SELECT relname, relacl IS NOT NULL FROM pg_class WHERE relnamespace = 'o'::regnamespace AND relkind IN ('r', 'v') ORDER BY 1;
SELECT has_function_privilege('public', 'o.f()', 'EXECUTE');
SELECT count(*) FROM linkgress.analyze();

RESET linkgress.managed_schemas;
DROP FUNCTION linkgress_built();
DROP SCHEMA o CASCADE;
DROP EXTENSION linkgress CASCADE;
