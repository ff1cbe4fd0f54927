-- What is where. These functions are SQL: they only read, and need no lock.
-- They run as the owner, so that EXECUTE on them is all that a viewer needs.

-- The run that is going on in another session, if there is one. It holds the
-- locks of src/pg/lock.hpp, one of them with the hash of the migration's name.
CREATE VIEW linkgress.current_run AS
SELECT
    a.pid,
    a.xact_start AS since,
    -- Anybody can call himself so; the lock is the proof. A subquery, for the lock table is large and only to be read
    -- when there is somebody.
    (SELECT l.objid FROM pg_catalog.pg_lock_status() l
     WHERE l.pid = a.pid AND l.locktype = 'advisory' AND l.database = a.datid
       AND l.classid = 1818848875 AND l.objsubid = 4 AND l.granted LIMIT 1) AS name_hash
FROM pg_catalog.pg_stat_get_activity(NULL) a
WHERE a.datid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
  AND starts_with(a.application_name, 'linkgress [');
COMMENT ON VIEW linkgress.current_run IS 'The run that is going on, with the migration that it is at';

CREATE FUNCTION linkgress.status(
    OUT name text, OUT state text, OUT applied_at timestamptz, OUT duration interval, OUT batch bigint,
    OUT applied_by name, OUT repeatable boolean, OUT out_of_order boolean, OUT baseline boolean, OUT note text
) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp ROWS 100
BEGIN ATOMIC
    WITH current AS MATERIALIZED (SELECT * FROM linkgress.current_run)
    SELECT
        o.name,
        CASE
            WHEN r.pid IS NOT NULL THEN 'running'
            WHEN h.sqlstate IS NOT NULL THEN 'failed'
            ELSE o.state
        END,
        o.applied_at, o.duration, o.batch, o.applied_by, o.repeatable, o.out_of_order, coalesce(o.baseline, false),
        nullif(concat_ws('; ',
            CASE WHEN r.pid IS NOT NULL THEN format('by pid %s since %s', r.pid, to_char(r.since, 'HH24:MI:SS')) END,
            CASE WHEN o.state = 'missing' THEN 'applied, but not in the registry' END,
            CASE WHEN o.state = 'changed' THEN 'its text is not the one that was applied' END,
            CASE WHEN h.sqlstate IS NOT NULL THEN format('%s: %s', h.sqlstate, substr(h.message, 1, 200)) END,
            CASE WHEN o.state = 'pending' AND o.applied_at IS NOT NULL THEN 'to be run again' END,
            CASE WHEN o.out_of_order THEN 'out of order' END,
            CASE WHEN o.baseline THEN 'baseline' END,
            CASE WHEN o.repeatable THEN 'repeatable' END
        ), '')
    FROM linkgress.overview o
    LEFT JOIN current r ON r.name_hash = (hashtext(o.name)::bigint & 4294967295)::oid
    LEFT JOIN LATERAL (
        SELECT last.sqlstate, last.message, last.checksum FROM linkgress.history last
        WHERE o.state = 'pending' AND last.name = o.name ORDER BY last.id DESC LIMIT 1
    ) h ON h.checksum = o.registry_checksum -- not a text that was mended since
    ORDER BY o.repeatable, o.name COLLATE "C";
END;
COMMENT ON FUNCTION linkgress.status() IS
'Every migration and its state: pending, applied, changed, missing, failed or running';

CREATE FUNCTION linkgress.pending(
    OUT name text, OUT description text, OUT breaking boolean, OUT estimated_duration interval,
    OUT repeatable boolean, OUT out_of_order boolean
) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp ROWS 10
BEGIN ATOMIC
    SELECT m.name, m.description, m.breaking, m.estimated_duration, m.repeatable, o.out_of_order
    FROM linkgress.overview o
    JOIN linkgress.migration m ON m.name = o.name
    WHERE o.state = 'pending'
    ORDER BY m.repeatable, m.name COLLATE "C";
END;
COMMENT ON FUNCTION linkgress.pending() IS 'What the next run would apply, in that order';

CREATE FUNCTION linkgress.applied(
    OUT name text, OUT applied_at timestamptz, OUT duration interval, OUT batch bigint, OUT applied_by name,
    OUT baseline boolean
) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp ROWS 100
BEGIN ATOMIC
    SELECT j.name, j.applied_at, j.duration, j.batch, j.applied_by, j.baseline
    FROM linkgress.journal j
    ORDER BY j.id;
END;
COMMENT ON FUNCTION linkgress.applied() IS 'What is applied now, in order of application';
