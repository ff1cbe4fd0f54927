-- A dump is a model as it is, also of a database that has linkgress, and one with --clean --if-exists; and what a model
-- says of things that it does not manage is told.
SET client_min_messages = error;
DROP SCHEMA public CASCADE;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
RESET client_min_messages;
CREATE EXTENSION linkgress;
\pset format unaligned
\pset tuples_only on
CREATE ROLE regress_lg_dump;
CREATE EXTENSION citext;

-- as pg_dump writes it
\set dump 'SET statement_timeout = 0; SET standard_conforming_strings = on; SELECT pg_catalog.set_config(''search_path'', '''', false); SET check_function_bodies = false; SET row_security = off; ALTER TABLE IF EXISTS ONLY shop.item DROP CONSTRAINT IF EXISTS item_pkey; ALTER TABLE IF EXISTS shop.item ALTER COLUMN id DROP DEFAULT; DROP TRIGGER IF EXISTS own ON linkgress.migration; DROP MATERIALIZED VIEW IF EXISTS shop.totals; DROP TABLE IF EXISTS shop.item; DROP EXTENSION IF EXISTS citext; DROP EXTENSION IF EXISTS linkgress; DROP SCHEMA IF EXISTS shop; DROP SCHEMA IF EXISTS public; CREATE SCHEMA linkgress; ALTER SCHEMA linkgress OWNER TO regress_lg_dump; COMMENT ON SCHEMA linkgress IS ''x''; CREATE EXTENSION IF NOT EXISTS linkgress WITH SCHEMA linkgress; COMMENT ON EXTENSION linkgress IS ''x''; CREATE SCHEMA public; ALTER SCHEMA public OWNER TO pg_database_owner; CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public; CREATE SCHEMA shop; CREATE FUNCTION shop.price(n integer) RETURNS integer LANGUAGE plpgsql AS $f$ BEGIN RETURN 100 / (n - n); END $f$; SET default_table_access_method = heap; CREATE TABLE shop.item (id integer NOT NULL, name public.citext); CREATE SEQUENCE shop.item_id_seq AS integer START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1; ALTER SEQUENCE shop.item_id_seq OWNED BY shop.item.id; CREATE MATERIALIZED VIEW shop.totals AS SELECT count(*) AS count FROM shop.item WITH NO DATA; CREATE TABLE public.log (at timestamp with time zone); ALTER TABLE ONLY shop.item ALTER COLUMN id SET DEFAULT nextval(''shop.item_id_seq''::regclass); ALTER TABLE ONLY shop.item ADD CONSTRAINT item_pkey PRIMARY KEY (id); REVOKE USAGE ON SCHEMA public FROM PUBLIC; GRANT USAGE ON SCHEMA linkgress TO regress_lg_dump; GRANT ALL ON FUNCTION linkgress.checksum(body text) TO regress_lg_dump; GRANT SELECT ON TABLE linkgress.journal TO regress_lg_dump; GRANT SELECT(name) ON TABLE linkgress.history TO regress_lg_dump; GRANT SELECT ON TABLE shop.item TO regress_lg_dump'
SELECT linkgress.set_model(:'dump');
SELECT type, object FROM linkgress.analyze();
SELECT count(*) FROM linkgress.sync();
SELECT type, object FROM linkgress.analyze();
INSERT INTO shop.item (name) VALUES ('a');
REFRESH MATERIALIZED VIEW shop.totals;
SELECT type, object FROM linkgress.analyze();
-- other schemas than those that are managed are left out, with one NOTICE
SET linkgress.managed_schemas = 'shop';
SELECT linkgress.set_model(:'dump' || '; ALTER TABLE public.log ADD b int; COMMENT ON TABLE public.log IS ''x''; ALTER TABLE shop.item ADD note text');
SELECT type, object FROM linkgress.analyze();
RESET linkgress.managed_schemas;
-- without IF EXISTS; a part that has made something may take it away
SELECT linkgress.set_model('CREATE TABLE shop.a (i int); CREATE TABLE shop.b (i int); DROP TABLE IF EXISTS shop.b; DROP TABLE shop.nowhere');
SELECT linkgress.set_model('CREATE TABLE shop.a (i int); CREATE TABLE shop.b (i int); DROP TABLE IF EXISTS shop.b');
SELECT type, object FROM linkgress.analyze() WHERE type ~ 'create';

-- materialized views are built without rows: nothing is run for them
CREATE SEQUENCE public.seen;
SELECT linkgress.set_model($$
CREATE SCHEMA IF NOT EXISTS shop;
CREATE TABLE shop.t (a int);
CREATE MATERIALIZED VIEW shop.by_zero AS SELECT 1 / count(*) AS x FROM shop.t WITH DATA;
CREATE MATERIALIZED VIEW shop.moves AS SELECT nextval('public.seen') AS n /* WITH NO DATA */;
CREATE UNIQUE INDEX moves_n ON shop.moves (n);
CREATE MATERIALIZED VIEW IF NOT EXISTS shop.none (n) WITH (fillfactor = 50) AS SELECT n FROM shop.moves WITH NO DATA -- none
;
CREATE MATERIALIZED VIEW shop."data" AS SELECT 1 AS "with";
REFRESH MATERIALIZED VIEW shop.by_zero$$);
SELECT is_called FROM public.seen;
SELECT object FROM linkgress.analyze() WHERE type = 'create_materialized_view';
-- what the model says of rows counts where there are none
DROP TABLE shop.item CASCADE;
CREATE TABLE shop.t (a int);
CREATE MATERIALIZED VIEW shop.moves AS SELECT nextval('public.seen') AS n WITH NO DATA;
CREATE MATERIALIZED VIEW shop.none WITH (fillfactor = 50) AS SELECT n FROM shop.moves WITH NO DATA;
SELECT type, object FROM linkgress.analyze() WHERE object ~ 'moves$|none$';

-- not silently: what the model says of things that it does not make
SELECT linkgress.set_model($$
CREATE TABLE shop.t (a int);
REVOKE ALL ON SCHEMA public FROM PUBLIC;
COMMENT ON LANGUAGE plpgsql IS 'x';
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO regress_lg_dump;

GRANT SELECT ON public.log TO regress_lg_dump; ALTER EXTENSION citext UPDATE;
CREATE TEMPORARY TABLE gone (a int);
ALTER FUNCTION pg_catalog.now() COST 2;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO regress_lg_dump$$);
-- nothing of it where the model makes them
SELECT linkgress.set_model('CREATE SCHEMA shop; GRANT USAGE ON SCHEMA shop TO regress_lg_dump; CREATE TABLE shop.t (a int); COMMENT ON TABLE shop.t IS ''x''; COMMENT ON CONSTRAINT c ON shop.t IS ''y''; ALTER TABLE shop.t ADD CONSTRAINT c CHECK (a > 0); COMMENT ON COLUMN shop.t.a IS ''z''; CREATE EXTENSION citext; COMMENT ON EXTENSION citext IS ''w''; CREATE FOREIGN DATA WRAPPER regress_lg_w; COMMENT ON FOREIGN DATA WRAPPER regress_lg_w IS ''v''; GRANT USAGE ON FOREIGN DATA WRAPPER regress_lg_w TO regress_lg_dump');

SET client_min_messages = error;
DROP EXTENSION linkgress CASCADE;
DROP SCHEMA shop CASCADE;
DROP SEQUENCE public.seen;
DROP TABLE public.log;
DROP EXTENSION citext;
DROP ROLE regress_lg_dump;
DROP SCHEMA public CASCADE;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
