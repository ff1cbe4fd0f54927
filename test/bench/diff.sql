-- What the benchmark of snapshots and differences calls, in a schema that is in no snapshot.
SET client_min_messages = warning;

-- Changes every tenth table: a column is added, another one gets another type, an index goes and one comes.
CREATE PROCEDURE pg_temp.change_tables() LANGUAGE plpgsql AS $$
DECLARE
    t text;
BEGIN
    FOR t IN SELECT relname FROM pg_class WHERE relname ~ '^bench_\d*0$' ORDER BY relname LOOP
        EXECUTE format('ALTER TABLE %1$I ADD COLUMN added text, ALTER COLUMN quantity TYPE bigint;
            DROP INDEX %2$I; CREATE INDEX ON %1$I (email)', t, t || '_name_idx');
    END LOOP;
END
$$;

-- Milliseconds of linkgress.diff() alone, of two snapshots in memory, and how many operations it has.
-- What is changed stays so until the end of the transaction.
CREATE FUNCTION pg_temp.diff_alone(changed boolean) RETURNS TABLE (ms numeric, operations bigint) LANGUAGE plpgsql AS $$
DECLARE
    source jsonb := linkgress.snapshot();
    target jsonb;
    start timestamptz;
BEGIN
    IF changed THEN
        CALL pg_temp.change_tables();
    END IF;
    target := linkgress.snapshot();
    start := clock_timestamp();
    operations := (SELECT count(*) FROM linkgress.diff(source, target));
    ms := round((extract(epoch FROM clock_timestamp() - start) * 1000)::numeric, 1);
    RETURN NEXT;
END
$$;
