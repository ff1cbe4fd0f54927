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

-- Names that are hard to write
DO $names$
DECLARE
    hostile text;
BEGIN
    FOREACH hostile IN ARRAY ARRAY['a"b', 'a.b', E'a\nb', E'x\r--', 'UPPER', 'select', ' ', '''', '$$', repeat('n', 63), 'a/*', '\', '%s', '{}'] LOOP
        EXECUTE format('CREATE SCHEMA %I', hostile);
        EXECUTE format('CREATE DOMAIN %I.%I AS int CONSTRAINT %I CHECK (VALUE > 0)', hostile, hostile, hostile);
        EXECUTE format('CREATE TYPE %I.%I AS ENUM (%L)', hostile, left('e' || hostile, 60), hostile);
        EXECUTE format('CREATE TABLE %I.%I (%I int CONSTRAINT %I CHECK (%I > 0), CONSTRAINT %I PRIMARY KEY (%I))',
            hostile, left('t' || hostile, 60), hostile, left('c' || hostile, 60), hostile, left('k' || hostile, 60), hostile);
        EXECUTE format('CREATE INDEX %I ON %I.%I (%I)', left('i' || hostile, 60), hostile, left('t' || hostile, 60), hostile);
        EXECUTE format('CREATE VIEW %I.%I AS SELECT * FROM %I.%I', hostile, left('v' || hostile, 60), hostile, left('t' || hostile, 60));
        EXECUTE format('CREATE SEQUENCE %I.%I', hostile, left('s' || hostile, 60));
        EXECUTE format('CREATE FUNCTION %I.%I(%I int) RETURNS int LANGUAGE sql AS %L', hostile, left('f' || hostile, 60), hostile, 'SELECT 1');
        EXECUTE format('COMMENT ON TABLE %I.%I IS %L', hostile, left('t' || hostile, 60), hostile);
    END LOOP;
END $names$;
RESET ROLE;

-- What a superuser may have set up, without a thought for Linkgress
ALTER DEFAULT PRIVILEGES GRANT ALL ON SCHEMAS TO regress_hostile;
ALTER DEFAULT PRIVILEGES GRANT ALL ON SEQUENCES TO regress_hostile;
ALTER DEFAULT PRIVILEGES GRANT ALL ON FUNCTIONS TO regress_hostile;
ALTER DEFAULT PRIVILEGES GRANT ALL ON TYPES TO regress_hostile;
CREATE SCHEMA regress_hostile_log;
CREATE FUNCTION regress_hostile_log.note() RETURNS event_trigger LANGUAGE plpgsql
    AS $$ BEGIN PERFORM count(*) FROM pg_catalog.pg_event_trigger_ddl_commands(); END $$;
CREATE EVENT TRIGGER regress_hostile_note ON ddl_command_end EXECUTE FUNCTION regress_hostile_log.note();
