-- What is where. These functions are SQL: they only read, and need no lock.
-- They run as the owner, so that EXECUTE on them is all that a viewer needs.

-- What sessions show of the runs that are going on: the locks of src/pg/lock.hpp,
-- by their objsubid. A run may have two processes, its session and a worker.
CREATE VIEW linkgress.current_run AS
WITH mark AS MATERIALIZED (
    SELECT l.pid, l.objsubid, l.objid::bigint AS value
    FROM pg_catalog.pg_lock_status() l
    WHERE l.locktype = 'advisory' AND l.classid = 1818848875 AND l.granted
      AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
), run AS (
    SELECT
        number.value AS run,
        coalesce(max(m.pid) FILTER (WHERE m.objsubid = 4), max(m.pid)) AS pid,
        bool_or(m.objsubid = 3) AS has_lock,
        max(m.value) FILTER (WHERE m.objsubid = 4) AS name_hash,
        max(m.value) FILTER (WHERE m.objsubid = 6) AS step,
        max(m.value) FILTER (WHERE m.objsubid = 7) AS steps,
        max(m.value) FILTER (WHERE m.objsubid = 8) AS statement,
        max(m.value) FILTER (WHERE m.objsubid = 9) AS statements
    FROM mark number
    JOIN mark m ON m.pid = number.pid
    WHERE number.objsubid = 5
    GROUP BY number.value
)
SELECT
    run.run, run.pid, coalesce(a.xact_start, a.query_start) AS since, run.has_lock, run.name_hash, run.step, run.steps,
    run.statement, run.statements, a.wait_event_type, a.wait_event
FROM run
LEFT JOIN LATERAL pg_catalog.pg_stat_get_activity(run.pid) a ON true;
COMMENT ON VIEW linkgress.current_run IS 'The run that is going on and those in the background that wait for it, with what they are at';

CREATE FUNCTION linkgress.status(
    OUT name text, OUT state text, OUT applied_at timestamptz, OUT duration interval, OUT batch bigint,
    OUT applied_by name, OUT repeatable boolean, OUT out_of_order boolean, OUT baseline boolean, OUT note text,
    OUT fingerprint text
) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp ROWS 100
BEGIN ATOMIC
    WITH current AS MATERIALIZED (SELECT * FROM linkgress.current_run)
    SELECT
        o.name,
        CASE
            WHEN r.pid IS NOT NULL THEN 'running'
            WHEN o.state = 'pending' AND h.sqlstate IS NOT NULL THEN 'failed'
            ELSE o.state
        END,
        o.applied_at, o.duration, o.batch, o.applied_by, o.repeatable, o.out_of_order, coalesce(o.baseline, false),
        nullif(concat_ws('; ',
            CASE WHEN r.pid IS NOT NULL THEN format('by pid %s since %s', r.pid, to_char(r.since, 'HH24:MI:SS')) END,
            CASE WHEN o.state = 'partial' THEN format('partial (%s of %s)', o.done, o.statements)
                || CASE WHEN o.direction = 'down' THEN ' reverted' ELSE '' END END,
            CASE WHEN o.state = 'missing' THEN 'applied, but not in the registry' END,
            CASE WHEN o.state = 'changed' THEN 'its text is not the one that was applied' END,
            CASE WHEN h.sqlstate IS NOT NULL THEN format('%s: %s', h.sqlstate, substr(h.message, 1, 200)) END,
            CASE WHEN o.state = 'pending' AND o.applied_at IS NOT NULL THEN 'to be run again' END,
            CASE WHEN o.out_of_order THEN 'out of order' END,
            CASE WHEN EXISTS (SELECT FROM linkgress.migration m WHERE m.name = o.name AND m.down IS NOT NULL
                AND m.down_transactional IS NULL) THEN 'its down body cannot be run' END,
            CASE WHEN o.baseline THEN 'baseline' END,
            CASE WHEN o.repeatable THEN 'repeatable' END
        ), ''),
        o.fingerprint
    FROM linkgress.overview o
    LEFT JOIN current r ON r.name_hash = (hashtext(o.name)::bigint & 4294967295)::oid
    LEFT JOIN LATERAL (
        SELECT last.sqlstate, last.message, last.checksum FROM linkgress.history last
        WHERE o.state IN ('pending', 'partial') AND last.name = o.name
          AND last.action IN ('apply', 'revert', 'baseline', 'repair', 'approve') -- not a hook of that name
        ORDER BY last.id DESC LIMIT 1
    ) h ON h.checksum = o.registry_checksum -- not a text that was mended since
    ORDER BY o.repeatable, o.name COLLATE "C";
END;
COMMENT ON FUNCTION linkgress.status() IS
'Every migration and its state: pending, applied, changed, missing, failed, partial or running';

CREATE FUNCTION linkgress.registration_fingerprint(name text, kind text DEFAULT 'migration') RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT m.fingerprint FROM linkgress.migration m
    WHERE registration_fingerprint.kind = 'migration' AND m.name = registration_fingerprint.name AND NOT m.stage
    UNION ALL
    SELECT h.fingerprint FROM linkgress.hook h
    WHERE registration_fingerprint.kind = 'hook' AND h.name = registration_fingerprint.name
    UNION ALL
    SELECT p.fingerprint FROM linkgress.model p
    WHERE registration_fingerprint.kind = 'model' AND p.name = registration_fingerprint.name;
END;
COMMENT ON FUNCTION linkgress.registration_fingerprint(text, text) IS
'What linkgress.approve() approves of a migration, a hook or a part of the model, as one hash; NULL when there is none of that name';

CREATE FUNCTION linkgress.pending(
    OUT name text, OUT description text, OUT breaking boolean, OUT estimated_duration interval,
    OUT repeatable boolean, OUT out_of_order boolean
) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp ROWS 10
BEGIN ATOMIC
    SELECT m.name, m.description, m.breaking, m.estimated_duration, m.repeatable, o.out_of_order
    FROM linkgress.overview o
    JOIN linkgress.migration m ON m.name = o.name
    WHERE o.state = 'pending' OR (o.state = 'partial' AND o.direction = 'up')
    ORDER BY m.repeatable, m.name COLLATE "C";
END;
COMMENT ON FUNCTION linkgress.pending() IS 'What the next run would apply, in that order';

CREATE FUNCTION linkgress.pending(
    due boolean, OUT name text, OUT description text, OUT breaking boolean, OUT estimated_duration interval,
    OUT repeatable boolean, OUT out_of_order boolean
) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp ROWS 10
BEGIN ATOMIC
    SELECT p.* FROM linkgress.pending() p
    WHERE NOT pending.due OR NOT EXISTS (SELECT FROM linkgress.migration m WHERE m.name = p.name AND m.always);
END;
COMMENT ON FUNCTION linkgress.pending(boolean) IS
'The same; with due => true without what every run applies anyway, so that there is nothing when the database is up to date';

CREATE FUNCTION linkgress.is_current() RETURNS boolean
LANGUAGE c STABLE AS 'MODULE_PATHNAME', 'linkgress_is_current';
COMMENT ON FUNCTION linkgress.is_current() IS
'Is everything applied that is registered, as it is registered, and nothing else?';

CREATE FUNCTION linkgress.check() RETURNS void
LANGUAGE c STABLE AS 'MODULE_PATHNAME', 'linkgress_check';
COMMENT ON FUNCTION linkgress.check() IS
'Raises an error with SQLSTATE LG002 and every reason when is_current() is false';

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

CREATE FUNCTION linkgress.runs(
    OUT run bigint, OUT call text, OUT target text, OUT state text, OUT progress text, OUT migration text,
    OUT statement text, OUT wait_event text, OUT elapsed interval, OUT started_at timestamptz, OUT started_by name,
    OUT pid integer, OUT message text
) RETURNS SETOF record
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp ROWS 100
BEGIN ATOMIC
    WITH current AS MATERIALIZED (SELECT * FROM linkgress.current_run)
    SELECT
        coalesce(s.id, c.run), s.call, s.target,
        CASE
            WHEN c.has_lock THEN 'running'
            WHEN c.run IS NOT NULL THEN 'waiting'
            WHEN s.sqlstate IS NOT NULL THEN 'failed'
            WHEN s.ended_at IS NULL THEN 'interrupted'
            ELSE 'succeeded'
        END,
        CASE WHEN coalesce(c.steps, s.steps) IS NOT NULL THEN format('%s of %s',
            coalesce(c.step, s.done, (
                SELECT count(*) FROM linkgress.history h WHERE s.ended_at IS NULL AND h.run = s.id AND h.sqlstate IS NULL
            )), coalesce(c.steps, s.steps)) END,
        CASE WHEN c.name_hash IS NOT NULL THEN (
            SELECT o.name FROM linkgress.overview o
            WHERE (hashtext(o.name)::bigint & 4294967295) = c.name_hash ORDER BY o.name LIMIT 1
        ) END,
        c.statement || coalesce(' of ' || c.statements, ''),
        c.wait_event_type || ': ' || c.wait_event,
        coalesce(s.ended_at, clock_timestamp()) - coalesce(s.started_at, c.since),
        coalesce(s.started_at, c.since), s.started_by, c.pid,
        s.sqlstate || ': ' || s.message
    FROM linkgress.run s
    FULL JOIN current c ON c.run = (s.id & 4294967295)
    ORDER BY 1 DESC;
END;
COMMENT ON FUNCTION linkgress.runs() IS
'Every run, the latest first: its state (running, waiting, succeeded, failed or interrupted) and how far it is';
