-- What each contestant finds in its database: the extension and the bodies, as data.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
CREATE EXTENSION linkgress;
CREATE TABLE bodies (name text COLLATE "C" PRIMARY KEY, body text NOT NULL);
CREATE TABLE journal (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE,
    applied_at timestamptz NOT NULL,
    applied_by name NOT NULL,
    duration interval NOT NULL,
    checksum text
);

-- The floor: no checks, no history, no progress, nothing but running and noting.
CREATE PROCEDURE run_bodies() LANGUAGE plpgsql AS $$
DECLARE
    r record;
    start timestamptz;
BEGIN
    FOR r IN SELECT name, body FROM bodies ORDER BY name LOOP
        start := clock_timestamp();
        EXECUTE r.body;
        INSERT INTO journal (name, applied_at, applied_by, duration)
        VALUES (r.name, clock_timestamp(), current_user, clock_timestamp() - start);
    END LOOP;
END
$$;

CREATE PROCEDURE run_bodies_and_commit() LANGUAGE plpgsql AS $$
DECLARE
    r record;
    start timestamptz;
BEGIN
    FOR r IN SELECT name, body FROM bodies ORDER BY name LOOP
        start := clock_timestamp();
        EXECUTE r.body;
        INSERT INTO journal (name, applied_at, applied_by, duration, checksum)
        VALUES (r.name, clock_timestamp(), current_user, clock_timestamp() - start,
                encode(sha256(convert_to(r.body, 'UTF8')), 'hex'));
        COMMIT;
    END LOOP;
END
$$;
