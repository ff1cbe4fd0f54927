-- What the database has, with names that are hard to write, is dropped by a plan, and made again by another.
SET client_min_messages = error;
CREATE EXTENSION linkgress;
SET search_path = pg_catalog, pg_temp;
CREATE FUNCTION pg_temp.run(source jsonb, target jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    statement text;
BEGIN
    FOR statement IN SELECT sql FROM linkgress.diff(source, target) ORDER BY ordinal LOOP
        EXECUTE statement;
    END LOOP;
    RETURN 'done';
END $$;
CREATE TEMP TABLE hostile AS SELECT linkgress.snapshot() AS content;
CREATE TEMP TABLE nothing AS
SELECT jsonb_set(content, '{objects}', (SELECT jsonb_agg(o) FROM jsonb_array_elements(content->'objects') o
    WHERE o->>'kind' = 'extension' OR o->>'kind' = 'schema' AND o->>'name' = 'public')) AS content
FROM hostile;
SELECT kind, bool_or(name ~ '[^[:alnum:]]|[A-Z]|select|nnn') AS has_hostile_names
FROM (SELECT o->>'kind' AS kind, o->>'name' AS name FROM hostile, jsonb_array_elements(content->'objects') o) o
GROUP BY kind ORDER BY kind COLLATE "C";

BEGIN;
SELECT pg_temp.run(hostile.content, nothing.content) FROM hostile, nothing;
SELECT jsonb_array_length(linkgress.snapshot()->'objects');
SELECT pg_temp.run(linkgress.snapshot(), content) FROM hostile;
SELECT d.* FROM hostile, linkgress.diff(linkgress.snapshot(), content) d;
ROLLBACK;
DROP EXTENSION linkgress;
