-- A database that somebody hostile has prepared, who owns it. What stands in public wins over pg_catalog where its
-- arguments fit better. Whoever calls it is told so by an error, which no suite expects.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
CREATE ROLE regress_hostile;
SELECT format('ALTER DATABASE %I OWNER TO regress_hostile', current_database()) \gexec

SET ROLE regress_hostile;
CREATE SCHEMA regress_hostile;
GRANT ALL ON SCHEMA regress_hostile, public TO PUBLIC;
DO $environment$
DECLARE
    types CONSTANT text[] := ARRAY['varchar', 'name', 'bpchar', 'smallint', '"char"', 'varchar[]', 'name[]'];
    place text;
    type text;
    other text;
    name text;
    body CONSTANT text := $$ BEGIN RAISE EXCEPTION 'a hostile function runs as %', current_user; END $$;
BEGIN
    FOREACH place IN ARRAY ARRAY['public', 'regress_hostile'] LOOP
        FOREACH type IN ARRAY types LOOP
            FOREACH name IN ARRAY ARRAY['lower', 'upper', 'length', 'quote_ident', 'quote_literal', 'md5', 'to_regclass', 'unnest',
                    'cardinality', 'to_jsonb', 'concat_ws', 'format', 'array_agg_hostile', 'pg_get_expr', 'coalesce_hostile'] LOOP
                EXECUTE format('CREATE FUNCTION %I.%I(%s) RETURNS text IMMUTABLE LANGUAGE plpgsql AS %L', place, name, type, body);
            END LOOP;
            FOREACH other IN ARRAY types LOOP
                EXECUTE format('CREATE FUNCTION %I.hostile(%s, %s) RETURNS boolean IMMUTABLE LANGUAGE plpgsql AS %L',
                    place, type, other, body);
                FOREACH name IN ARRAY ARRAY['=', '<>', '<', '>', '~', '||', '@>', '&&'] LOOP
                    -- Those that are there win anyway.
                    IF to_regoperator(format('pg_catalog.%s(%s,%s)', name, type, other)) IS NULL THEN
                        EXECUTE format('CREATE OPERATOR %I.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = %I.hostile)',
                            place, name, type, other, place);
                    END IF;
                END LOOP;
            END LOOP;
        END LOOP;
        EXECUTE format('CREATE FUNCTION %I.format(text, bigint, bigint) RETURNS text LANGUAGE plpgsql AS %L', place, body);
        EXECUTE format('CREATE FUNCTION %I.count(integer) RETURNS bigint LANGUAGE plpgsql AS %L', place, body);
        EXECUTE format('CREATE FUNCTION %I.has_schema_privilege(name, varchar, varchar) RETURNS boolean LANGUAGE plpgsql AS %L',
            place, body);
    END LOOP;
END $environment$;

SET search_path = pg_catalog, pg_temp;
SET client_min_messages = error; -- publications and a low wal_level

-- Names that are hard to write, of every kind of object. What only a superuser may make comes after the rest.
CREATE TEMP TABLE hostile_name AS
SELECT name, row_number() OVER () AS n FROM unnest(ARRAY['a"b', 'a.b', E'a\nb', E'x\r--', 'UPPER', 'select', ' ', '''', '$$', 'a/*', '\', '%s',
    '{}', repeat('n', 63)]) AS name;

-- In the statements, %1$I is the name, %2$I to %5$I are others that begin with a letter of their own.
CREATE FUNCTION pg_temp.make(name text, VARIADIC statements text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    statement text;
BEGIN
    FOREACH statement IN ARRAY statements LOOP
        BEGIN
            EXECUTE format(statement, name, left('t' || name, 60), left('u' || name, 60), left('v' || name, 60), left('w' || name, 60));
        EXCEPTION WHEN OTHERS THEN
            RAISE EXCEPTION '% in % for %', SQLERRM, statement, quote_literal(name);
        END;
    END LOOP;
END $$;

SELECT pg_temp.make(name,
    'CREATE SCHEMA %1$I',
    'CREATE DOMAIN %1$I.%1$I AS int CONSTRAINT %1$I CHECK (VALUE > 0)',
    'CREATE TYPE %1$I.%3$I AS ENUM (%1$L)',
    'CREATE TYPE %1$I.%4$I AS (%1$I int)',
    'CREATE TYPE %1$I.%5$I AS RANGE (SUBTYPE = int, MULTIRANGE_TYPE_NAME = %1$I."%%m")',
    'CREATE COLLATION %1$I.%1$I FROM "C"',
    'CREATE CONVERSION %1$I.%1$I FOR ''LATIN1'' TO ''UTF8'' FROM iso8859_1_to_utf8',
    'CREATE TABLE %1$I.%2$I (%1$I int CONSTRAINT %1$I CHECK (%1$I > 0), g int GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME %1$I."%%g"),
        CONSTRAINT "%%k" PRIMARY KEY (%1$I))',
    'CREATE TABLE %1$I."%%r" (%1$I int CONSTRAINT %1$I REFERENCES %1$I.%2$I, x int, CONSTRAINT "%%x" EXCLUDE (x WITH =))',
    'CREATE TABLE %1$I."%%p" (%1$I int) PARTITION BY LIST (%1$I)',
    'CREATE TABLE %1$I."%%q" PARTITION OF %1$I."%%p" FOR VALUES IN (1)',
    'CREATE TABLE %1$I."%%i" () INHERITS (%1$I.%2$I)',
    'CREATE INDEX "%%n" ON %1$I.%2$I (%1$I)',
    'CREATE STATISTICS %1$I."%%s" ON %1$I, g FROM %1$I.%2$I',
    'CREATE SEQUENCE %1$I."%%z" OWNED BY %1$I.%2$I.%1$I',
    'CREATE VIEW %1$I."%%v" AS SELECT %1$I FROM %1$I.%2$I',
    'CREATE MATERIALIZED VIEW %1$I."%%w" AS SELECT %1$I FROM %1$I.%2$I',
    'CREATE RULE %1$I AS ON DELETE TO %1$I.%2$I DO ALSO NOTIFY %1$I',
    'CREATE POLICY %1$I ON %1$I.%2$I',
    'CREATE FUNCTION %1$I.%1$I(%1$I int) RETURNS int LANGUAGE sql AS ''SELECT 1''',
    'CREATE FUNCTION %1$I.%1$I(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS ''SELECT 1''',
    'CREATE PROCEDURE %1$I.%2$I(%1$I int) LANGUAGE sql AS ''SELECT 1''',
    'CREATE AGGREGATE %1$I."%%a" (int) (SFUNC = %1$I.%1$I, STYPE = int)',
    'CREATE OPERATOR %1$I.%%%% (LEFTARG = int, RIGHTARG = int, FUNCTION = %1$I.%1$I)',
    'CREATE FUNCTION %1$I."%%t"() RETURNS trigger LANGUAGE plpgsql AS ''BEGIN RETURN NEW; END''',
    'CREATE TRIGGER %1$I BEFORE INSERT ON %1$I.%2$I FOR EACH ROW EXECUTE FUNCTION %1$I."%%t"()',
    'CREATE CONSTRAINT TRIGGER %5$I AFTER INSERT ON %1$I.%2$I FOR EACH ROW EXECUTE FUNCTION %1$I."%%t"()',
    'CREATE TEXT SEARCH CONFIGURATION %1$I.%1$I (COPY = pg_catalog.simple)',
    'CREATE TEXT SEARCH DICTIONARY %1$I.%1$I (TEMPLATE = pg_catalog.simple)',
    'CREATE PUBLICATION %1$I FOR TABLE %1$I.%2$I',
    'GRANT SELECT (%1$I) ON %1$I.%2$I TO PUBLIC',
    'ALTER DEFAULT PRIVILEGES IN SCHEMA %1$I GRANT SELECT ON TABLES TO PUBLIC',
    'COMMENT ON COLUMN %1$I.%2$I.%1$I IS %1$L',
    'COMMENT ON CONSTRAINT %1$I ON %1$I.%2$I IS %1$L')
FROM hostile_name ORDER BY n;
RESET ROLE;
SELECT pg_temp.make(name, 'CREATE ROLE %2$I') FROM hostile_name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = left('t' || name, 60));
SELECT pg_temp.make(name,
    'CREATE OPERATOR FAMILY %1$I.%1$I USING btree',
    'CREATE OPERATOR CLASS %1$I.%1$I FOR TYPE int USING btree FAMILY %1$I.%1$I AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=,
        OPERATOR 5 >, FUNCTION 1 btint4cmp(int, int)',
    'CREATE TYPE %1$I."%%b"',
    'CREATE FUNCTION %1$I.%4$I(cstring) RETURNS %1$I."%%b" LANGUAGE internal STRICT IMMUTABLE AS ''int4in''',
    'CREATE FUNCTION %1$I.%5$I(%1$I."%%b") RETURNS cstring LANGUAGE internal STRICT IMMUTABLE AS ''int4out''',
    'CREATE TYPE %1$I."%%b" (INPUT = %1$I.%4$I, OUTPUT = %1$I.%5$I, LIKE = int)',
    'CREATE CAST (%1$I.%3$I AS %1$I.%4$I) WITH INOUT',
    'CREATE TEXT SEARCH TEMPLATE %1$I.%1$I (LEXIZE = dsimple_lexize, INIT = dsimple_init)',
    'CREATE TEXT SEARCH PARSER %1$I.%1$I (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype)',
    'CREATE ACCESS METHOD %1$I TYPE TABLE HANDLER heap_tableam_handler',
    'CREATE LANGUAGE %1$I HANDLER plpgsql_call_handler',
    'CREATE FOREIGN DATA WRAPPER %1$I OPTIONS (%1$I %1$L)',
    'CREATE SERVER %1$I FOREIGN DATA WRAPPER %1$I OPTIONS (%1$I %1$L)',
    'CREATE USER MAPPING FOR %2$I SERVER %1$I OPTIONS (%1$I %1$L)',
    'CREATE FOREIGN TABLE %1$I."%%f" (%1$I int OPTIONS (%1$I %1$L)) SERVER %1$I OPTIONS (%1$I %1$L)',
    'CREATE FUNCTION %1$I."%%e"() RETURNS event_trigger LANGUAGE plpgsql AS ''BEGIN END''',
    'CREATE EVENT TRIGGER %1$I ON sql_drop EXECUTE FUNCTION %1$I."%%e"()',
    'ALTER TABLE %1$I.%2$I OWNER TO %2$I')
FROM hostile_name ORDER BY n;

RESET search_path;

-- What a superuser may have set up, without a thought for Linkgress
ALTER DEFAULT PRIVILEGES GRANT ALL ON SCHEMAS TO regress_hostile;
ALTER DEFAULT PRIVILEGES GRANT ALL ON SEQUENCES TO regress_hostile;
ALTER DEFAULT PRIVILEGES GRANT ALL ON FUNCTIONS TO regress_hostile;
ALTER DEFAULT PRIVILEGES GRANT ALL ON TYPES TO regress_hostile;
CREATE SCHEMA regress_hostile_log;
CREATE FUNCTION regress_hostile_log.note() RETURNS event_trigger LANGUAGE plpgsql
    AS $$ BEGIN PERFORM count(*) FROM pg_catalog.pg_event_trigger_ddl_commands(); END $$;
CREATE EVENT TRIGGER regress_hostile_note ON ddl_command_end EXECUTE FUNCTION regress_hostile_log.note();
