\echo Use "ALTER EXTENSION linkgress UPDATE" to load this file. \quit
-- What is new since 1.0. test/t/upgrade.pl compares the result with a new installation.

-- In 1.0 the extension's schema is first in the path here, where others may have put something.
SET LOCAL search_path = pg_catalog, pg_temp;

-- The schema becomes a member of the extension.
CREATE FUNCTION linkgress.take_over_schema() RETURNS void
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_take_over_schema';
SELECT linkgress.take_over_schema();
DROP FUNCTION linkgress.take_over_schema();
COMMENT ON SCHEMA linkgress IS 'Schema migrations inside the database: the objects of extension linkgress';

COMMENT ON COLUMN linkgress.operation.type IS 'What it does: create_table, alter_column, drop_index and the like';
COMMENT ON COLUMN linkgress.planned_operation.type IS 'What it does: create_table, alter_column, drop_index and the like';

COMMENT ON FUNCTION linkgress.grant_access(name, text) IS
'Leaves a role exactly the rights of a viewer, author, operator or backup, of several as author,operator, or none';

-- Details and contexts of errors may have values of rows: "Key (email)=(ada@example.org) already exists". The tables
-- give viewers everything but those; this view gives them, too, to those who could have seen them.
CREATE VIEW linkgress.failure WITH (security_barrier = true) AS
WITH failure AS (
    SELECT h.run, h.name, h.action, h.at, h.by, h.sqlstate, h.message, h.detail, h.hint, h.context, h.statement, h.line
    FROM linkgress.history h
    WHERE h.sqlstate IS NOT NULL
    UNION ALL
    SELECT
        r.id, NULL, r.call, r.ended_at, r.started_by, r.sqlstate, r.message, r.detail, r.hint, NULL, NULL, NULL
    FROM linkgress.run r
    WHERE r.sqlstate IS NOT NULL
)
SELECT
    f.run, f.name, f.action, f.at, f.by, f.sqlstate, f.message, CASE WHEN m.may_see THEN f.detail END AS detail, f.hint,
    CASE WHEN m.may_see THEN f.context END AS context, f.statement, f.line
FROM failure f
CROSS JOIN LATERAL (
    SELECT coalesce(pg_catalog.bool_or(r.rolsuper OR pg_catalog.pg_has_role(r.oid, b.oid, 'MEMBER')), false) AS may_see
    FROM pg_catalog.pg_roles r
    LEFT JOIN pg_catalog.pg_roles b ON b.rolname = f.by
    WHERE r.rolname = current_user
) m;
COMMENT ON VIEW linkgress.failure IS
'What failed, of the history and of the runs: detail and context for superusers and for members of the role that ran';

-- ---- What is dropped below to be made anew keeps its grants; what is new goes to those who have what needs it.
DO $$
BEGIN
    PERFORM set_config('linkgress_upgrade.grants', (
        SELECT coalesce(jsonb_agg(jsonb_build_array(g.kind, g.name, g.grantee::regrole, g.privilege, g.is_grantable)), '[]')
        FROM (
            SELECT CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END, p.proname, a.grantee, a.privilege_type,
                   a.is_grantable, p.proowner
            FROM pg_proc p, aclexplode(p.proacl) a
            WHERE p.pronamespace = 'linkgress'::regnamespace
            UNION ALL
            SELECT 'TABLE', c.relname, a.grantee, a.privilege_type, a.is_grantable, c.relowner
            FROM pg_class c, aclexplode(c.relacl) a
            WHERE c.relnamespace = 'linkgress'::regnamespace AND c.relkind = 'v'
        ) g(kind, name, grantee, privilege, is_grantable, owner)
        WHERE g.grantee NOT IN (0, g.owner)
    )::text, true);
END $$;

-- ---- Authors and approvers are values of a type of their own; a registration has a fingerprint.
DROP FUNCTION linkgress.status();
DROP FUNCTION linkgress.pending();
DROP FUNCTION linkgress.applied();
DROP FUNCTION linkgress.runs();
DROP VIEW linkgress.overview;
DROP FUNCTION linkgress.approve(text, text, text);
DROP FUNCTION linkgress.migrate(text, boolean, text, boolean);
DROP PROCEDURE linkgress.up(text, boolean);
DROP FUNCTION linkgress.launch(text, boolean);

CREATE TYPE linkgress.role;
COMMENT ON TYPE linkgress.role IS 'A role: its name as it is now, or in parentheses that of one that is gone, who is nobody';

CREATE FUNCTION linkgress.role_in(cstring) RETURNS linkgress.role
LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'linkgress_role_in';
COMMENT ON FUNCTION linkgress.role_in(cstring) IS 'I/O';
CREATE FUNCTION linkgress.role_out(linkgress.role) RETURNS cstring
LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'linkgress_role_out';
COMMENT ON FUNCTION linkgress.role_out(linkgress.role) IS 'I/O';
CREATE TYPE linkgress.role (
    INPUT = linkgress.role_in,
    OUTPUT = linkgress.role_out,
    INTERNALLENGTH = 68,
    ALIGNMENT = int4
);

CREATE FUNCTION linkgress.to_role(oid) RETURNS linkgress.role
LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'linkgress_to_role';
COMMENT ON FUNCTION linkgress.to_role(oid) IS 'The role that has this OID';
CREATE CAST (oid AS linkgress.role) WITH FUNCTION linkgress.to_role(oid);
COMMENT ON CAST (oid AS linkgress.role) IS 'The role that has this OID';

CREATE FUNCTION linkgress.role_oid(linkgress.role) RETURNS oid
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'linkgress_role_oid';
COMMENT ON FUNCTION linkgress.role_oid(linkgress.role) IS 'The OID of a role, 0 for one that was unknown';
CREATE CAST (linkgress.role AS oid) WITH FUNCTION linkgress.role_oid(linkgress.role);
COMMENT ON CAST (linkgress.role AS oid) IS 'The OID of the role';

CREATE FUNCTION linkgress.role_name(linkgress.role) RETURNS name
LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'linkgress_role_name';
COMMENT ON FUNCTION linkgress.role_name(linkgress.role) IS 'The name of a role, as its text has it';
CREATE CAST (linkgress.role AS name) WITH FUNCTION linkgress.role_name(linkgress.role) AS IMPLICIT;
COMMENT ON CAST (linkgress.role AS name) IS 'The name of the role';

CREATE FUNCTION linkgress.registration_digest(kind text, name text, text text, down text, way text[]) RETURNS text
LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'linkgress_registration_digest';
COMMENT ON FUNCTION linkgress.registration_digest(text, text, text, text, text[]) IS
'SHA-256 of all of these as one JSON array, in UTF-8: what decides what a text does, and when and how it runs';

ALTER TABLE linkgress.migration RENAME COLUMN registered_by_oid TO author;
ALTER TABLE linkgress.migration ALTER COLUMN author TYPE linkgress.role USING linkgress.to_role(author);
ALTER TABLE linkgress.migration RENAME COLUMN approved_by_oid TO approvers;
ALTER TABLE linkgress.migration ALTER COLUMN approvers TYPE linkgress.role[]
    USING CASE WHEN approvers IS NOT NULL THEN ARRAY[linkgress.to_role(approvers)] END;
ALTER TABLE linkgress.migration ADD COLUMN
    fingerprint text NOT NULL GENERATED ALWAYS AS (linkgress.registration_digest(
        'migration', name, up, down, ARRAY[
            repeatable::text, always::text, transactional::text, down_transactional::text,
            (extract(epoch FROM statement_timeout) * 1000)::bigint::text
        ]
    )) STORED;
COMMENT ON COLUMN linkgress.migration.registered_at IS 'When it was registered as it is';
COMMENT ON COLUMN linkgress.migration.registered_by IS 'Who registered it as it is, text and way of running, by the name of that time';
COMMENT ON COLUMN linkgress.migration.author IS 'That role, which outlives a renaming; in parentheses when it is gone';
COMMENT ON COLUMN linkgress.migration.approved_at IS 'When it was last approved';
COMMENT ON COLUMN linkgress.migration.approved_by IS 'Who did that, by the name of that time';
COMMENT ON COLUMN linkgress.migration.approvers IS 'All who have approved it with linkgress.approve(), as it is and as it runs';
COMMENT ON COLUMN linkgress.migration.fingerprint IS 'SHA-256 of all that its author answers for and approvers approve';
ALTER TABLE linkgress.hook RENAME COLUMN registered_by_oid TO author;
ALTER TABLE linkgress.hook ALTER COLUMN author TYPE linkgress.role USING linkgress.to_role(author);
ALTER TABLE linkgress.hook RENAME COLUMN approved_by_oid TO approvers;
ALTER TABLE linkgress.hook ALTER COLUMN approvers TYPE linkgress.role[]
    USING CASE WHEN approvers IS NOT NULL THEN ARRAY[linkgress.to_role(approvers)] END;
ALTER TABLE linkgress.hook ADD COLUMN
    fingerprint text NOT NULL GENERATED ALWAYS AS (linkgress.registration_digest(
        'hook', name, body, NULL, ARRAY[event, position::text, enabled::text, managed::text]
    )) STORED;
COMMENT ON COLUMN linkgress.hook.registered_at IS 'When it was registered as it is';
COMMENT ON COLUMN linkgress.hook.registered_by IS 'Who registered it as it is, text and way of running, by the name of that time';
COMMENT ON COLUMN linkgress.hook.author IS 'That role, which outlives a renaming; in parentheses when it is gone';
COMMENT ON COLUMN linkgress.hook.approved_at IS 'When it was last approved';
COMMENT ON COLUMN linkgress.hook.approved_by IS 'Who did that, by the name of that time';
COMMENT ON COLUMN linkgress.hook.approvers IS 'All who have approved it with linkgress.approve(), as it is and as it runs';
COMMENT ON COLUMN linkgress.hook.fingerprint IS 'SHA-256 of all that its author answers for and approvers approve';
ALTER TABLE linkgress.model RENAME COLUMN registered_by_oid TO author;
ALTER TABLE linkgress.model ALTER COLUMN author TYPE linkgress.role USING linkgress.to_role(author);
ALTER TABLE linkgress.model RENAME COLUMN approved_by_oid TO approvers;
ALTER TABLE linkgress.model ALTER COLUMN approvers TYPE linkgress.role[]
    USING CASE WHEN approvers IS NOT NULL THEN ARRAY[linkgress.to_role(approvers)] END;
ALTER TABLE linkgress.model ADD COLUMN
    fingerprint text NOT NULL GENERATED ALWAYS AS (linkgress.registration_digest(
        'model', name, source, NULL, ARRAY[format]
    )) STORED;
COMMENT ON COLUMN linkgress.model.registered_at IS 'When it was registered as it is';
COMMENT ON COLUMN linkgress.model.registered_by IS 'Who registered it as it is, text and way of running, by the name of that time';
COMMENT ON COLUMN linkgress.model.author IS 'That role, which outlives a renaming; in parentheses when it is gone';
COMMENT ON COLUMN linkgress.model.approved_at IS 'When it was last approved';
COMMENT ON COLUMN linkgress.model.approved_by IS 'Who did that, by the name of that time';
COMMENT ON COLUMN linkgress.model.approvers IS 'All who have approved it with linkgress.approve(), as it is and as it runs';
COMMENT ON COLUMN linkgress.model.fingerprint IS 'SHA-256 of all that its author answers for and approvers approve';
ALTER TABLE linkgress.rename RENAME COLUMN registered_by_oid TO author;
ALTER TABLE linkgress.rename ALTER COLUMN author TYPE linkgress.role USING linkgress.to_role(author);
COMMENT ON COLUMN linkgress.rename.registered_by IS 'Who registered this, by the name of that time';
COMMENT ON COLUMN linkgress.rename.author IS 'That role, which outlives a renaming; in parentheses when it is gone';
ALTER TABLE linkgress.journal RENAME COLUMN author_oid TO author;
ALTER TABLE linkgress.journal ALTER COLUMN author TYPE linkgress.role USING linkgress.to_role(author);
ALTER TABLE linkgress.journal RENAME COLUMN approver_oid TO approvers;
ALTER TABLE linkgress.journal ALTER COLUMN approvers TYPE linkgress.role[]
    USING CASE WHEN approvers IS NOT NULL THEN ARRAY[linkgress.to_role(approvers)] END;
ALTER TABLE linkgress.journal ADD COLUMN statement_timeout interval;
COMMENT ON COLUMN linkgress.journal.author IS 'Who had registered it';
COMMENT ON COLUMN linkgress.journal.approvers IS 'All who had approved it';
COMMENT ON COLUMN linkgress.journal.statement_timeout IS 'How long each statement of that body may run';
-- PostgreSQL 18 has names for NOT NULL.
DO $$
DECLARE
    c record;
BEGIN
    FOR c IN
        SELECT conrelid::regclass AS relation, conname FROM pg_constraint
        WHERE connamespace = 'linkgress'::regnamespace AND conname ~ '_(registered_by|author)_oid_not_null$'
    LOOP
        EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', c.relation, c.conname,
            regexp_replace(c.conname, '(registered_by|author)_oid', 'author'));
    END LOOP;
END $$;
CREATE TRIGGER check_row BEFORE INSERT OR UPDATE OR DELETE ON linkgress.run
FOR EACH ROW EXECUTE FUNCTION linkgress.log_trigger();
COMMENT ON TRIGGER check_row ON linkgress.run IS 'The same, row by row';
ALTER TABLE linkgress.run ENABLE ALWAYS TRIGGER check_row;
CREATE TRIGGER check_row BEFORE INSERT OR UPDATE OR DELETE ON linkgress.journal
FOR EACH ROW EXECUTE FUNCTION linkgress.log_trigger();
COMMENT ON TRIGGER check_row ON linkgress.journal IS 'The same, row by row';
ALTER TABLE linkgress.journal ENABLE ALWAYS TRIGGER check_row;
CREATE TRIGGER check_row BEFORE INSERT OR UPDATE OR DELETE ON linkgress.partial
FOR EACH ROW EXECUTE FUNCTION linkgress.log_trigger();
COMMENT ON TRIGGER check_row ON linkgress.partial IS 'The same, row by row';
ALTER TABLE linkgress.partial ENABLE ALWAYS TRIGGER check_row;
CREATE TRIGGER check_row BEFORE INSERT OR UPDATE OR DELETE ON linkgress.partial_statement
FOR EACH ROW EXECUTE FUNCTION linkgress.log_trigger();
COMMENT ON TRIGGER check_row ON linkgress.partial_statement IS 'The same, row by row';
ALTER TABLE linkgress.partial_statement ENABLE ALWAYS TRIGGER check_row;
CREATE TRIGGER check_row BEFORE INSERT OR UPDATE OR DELETE ON linkgress.history
FOR EACH ROW EXECUTE FUNCTION linkgress.log_trigger();
COMMENT ON TRIGGER check_row ON linkgress.history IS 'The same, row by row';
ALTER TABLE linkgress.history ENABLE ALWAYS TRIGGER check_row;
CREATE TRIGGER check_row BEFORE INSERT OR UPDATE OR DELETE ON linkgress.hook_object
FOR EACH ROW EXECUTE FUNCTION linkgress.log_trigger();
COMMENT ON TRIGGER check_row ON linkgress.hook_object IS 'The same, row by row';
ALTER TABLE linkgress.hook_object ENABLE ALWAYS TRIGGER check_row;
CREATE TRIGGER check_row BEFORE INSERT OR UPDATE OR DELETE ON linkgress.materialised
FOR EACH ROW EXECUTE FUNCTION linkgress.log_trigger();
COMMENT ON TRIGGER check_row ON linkgress.materialised IS 'The same, row by row';
ALTER TABLE linkgress.materialised ENABLE ALWAYS TRIGGER check_row;

-- No constraint where an index does: what an application's migrations do to all constraints of a database is not to meet
-- those of others. And rows can be deleted under a publication FOR ALL TABLES.
ALTER TABLE linkgress.journal DROP CONSTRAINT journal_name_key;
CREATE UNIQUE INDEX journal_name_key ON linkgress.journal (name);
ALTER TABLE linkgress.hook_object DROP CONSTRAINT hook_object_key;
CREATE UNIQUE INDEX hook_object_key ON linkgress.hook_object (hook, type, names, arguments);
ALTER TABLE linkgress.hook_object REPLICA IDENTITY USING INDEX hook_object_key;
ALTER TABLE linkgress.ignore DROP CONSTRAINT ignore_pattern_kind_key;
CREATE UNIQUE INDEX ignore_pattern_kind_key ON linkgress.ignore (pattern, kind) NULLS NOT DISTINCT;
ALTER TABLE linkgress.ignore REPLICA IDENTITY FULL;
ALTER TABLE linkgress.materialised REPLICA IDENTITY FULL;

CREATE VIEW linkgress.overview AS
SELECT
    name,
    CASE
        WHEN p.done > 0 THEN 'partial'
        WHEN m.up_checksum IS NULL THEN 'missing'
        WHEN j.checksum IS NULL THEN 'pending'
        WHEN m.repeatable AND (m.always OR j.stale OR m.up_checksum <> j.checksum) THEN 'pending'
        WHEN m.up_checksum <> j.checksum THEN 'changed'
        ELSE 'applied'
    END AS state,
    coalesce(m.repeatable, j.repeatable) AS repeatable,
    coalesce(j.out_of_order, NOT m.repeatable AND name < (
        SELECT max(last.name) FROM linkgress.journal last WHERE NOT last.repeatable
    ), false) AS out_of_order,
    m.up_checksum AS registry_checksum,
    j.checksum AS journal_checksum,
    m.author,
    m.approvers,
    j.applied_at,
    j.duration,
    j.batch,
    j.applied_by,
    j.baseline,
    m.transactional,
    p.direction,
    p.done,
    p.statements,
    m.fingerprint
FROM (
    SELECT name, checksum AS up_checksum, repeatable, always, transactional, author, approvers, fingerprint
    FROM linkgress.migration WHERE NOT stage
) m
FULL JOIN linkgress.journal j USING (name)
LEFT JOIN linkgress.partial p USING (name);
COMMENT ON VIEW linkgress.overview IS 'Registry and journal side by side, with the state of each migration';

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

CREATE FUNCTION linkgress.approve(name text, fingerprint text DEFAULT NULL, kind text DEFAULT 'migration') RETURNS text
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_approve';
COMMENT ON FUNCTION linkgress.approve(text, text, text) IS
'Lets a migration, a hook or a part of the model whose author may not act as the calling role run as that role, as it is now; its fingerprint';

CREATE FUNCTION linkgress.migrate(
    target text DEFAULT NULL,
    dry_run boolean DEFAULT false,
    on_error text DEFAULT 'raise',
    ignore_missing boolean DEFAULT false,
    skip_untrusted boolean DEFAULT false
) RETURNS SETOF linkgress.outcome
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_migrate';
COMMENT ON FUNCTION linkgress.migrate(text, boolean, text, boolean, boolean) IS
'Applies all pending migrations, up to and including the target, in the caller''s transaction';

CREATE PROCEDURE linkgress.up(
    target text DEFAULT NULL,
    ignore_missing boolean DEFAULT false,
    skip_untrusted boolean DEFAULT false
)
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_up';
COMMENT ON PROCEDURE linkgress.up(text, boolean, boolean) IS
'Applies all pending migrations, up to and including the target, each in a transaction of its own; goes on with what is partial';

CREATE FUNCTION linkgress.launch(
    target text DEFAULT NULL,
    ignore_missing boolean DEFAULT false,
    skip_untrusted boolean DEFAULT false
) RETURNS bigint
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_launch';
COMMENT ON FUNCTION linkgress.launch(text, boolean, boolean) IS
'Starts CALL linkgress.up() in the background and returns the number of the run, NULL when nothing is pending';

-- After all that makes something: what is new is the owner's alone, and what was there has no privileges but those of a level.
CREATE FUNCTION linkgress.keep_to_owner() RETURNS void
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_keep_to_owner';
SELECT linkgress.keep_to_owner();
DROP FUNCTION linkgress.keep_to_owner();

-- Grants that an extension's script makes are not dumped: who is to see less than before is told.
DO $$
DECLARE
    roles text;
BEGIN
    SELECT string_agg(DISTINCT a.grantee::regrole::text, ', ')
    INTO roles
    FROM pg_class c, aclexplode(c.relacl) a
    WHERE c.oid IN ('linkgress.history'::regclass, 'linkgress.run'::regclass) AND a.privilege_type = 'SELECT'
      AND a.grantee <> c.relowner AND a.grantee <> 0;
    IF roles IS NOT NULL THEN
        RAISE NOTICE USING
            MESSAGE = 'roles can still read details of errors, which may have values of rows: ' || roles,
            HINT = 'SELECT linkgress.grant_access(role, level) leaves them what their level has now.';
    END IF;
END $$;

-- Grants that are made again, of the kind that is dumped.
CREATE FUNCTION linkgress.grant_outside(text) RETURNS void
LANGUAGE c STRICT AS 'MODULE_PATHNAME', 'linkgress_grant_outside';
DO $$
DECLARE
    saved record;
    routine record;
BEGIN
    FOR saved IN
        SELECT g->>0 AS kind, g->>1 AS name, g->>2 AS grantee, g->>3 AS privilege,
               CASE WHEN (g->>4)::boolean THEN ' WITH GRANT OPTION' ELSE '' END AS option
        FROM jsonb_array_elements(current_setting('linkgress_upgrade.grants')::jsonb) g
    LOOP
        IF saved.name = 'overview' AND saved.privilege = 'SELECT' THEN
            PERFORM linkgress.grant_outside(format('GRANT %s ON linkgress.%I TO %s%s', saved.privilege, saved.name, saved.grantee, saved.option));
        END IF;
        FOR routine IN
            SELECT p.oid::regprocedure AS signature FROM pg_proc p
            WHERE p.pronamespace = 'linkgress'::regnamespace AND p.proname = saved.name
              AND p.proname IN ('status', 'pending', 'applied', 'runs', 'approve', 'migrate', 'up', 'launch')
              AND saved.kind = CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END
        LOOP
            PERFORM linkgress.grant_outside(format('GRANT %s ON %s %s TO %s%s', saved.privilege, saved.kind, routine.signature, saved.grantee,
                saved.option));
        END LOOP;
        IF saved.name = 'status' THEN
            PERFORM linkgress.grant_outside(format('GRANT EXECUTE ON FUNCTION linkgress.registration_fingerprint(text, text),'
                ' linkgress.role_oid(linkgress.role), linkgress.role_name(linkgress.role) TO %s', saved.grantee));
        ELSIF saved.name = 'folded_name' THEN
            PERFORM linkgress.grant_outside(format('GRANT EXECUTE ON FUNCTION'
                ' linkgress.registration_digest(text, text, text, text, text[]) TO %s', saved.grantee));
        END IF;
    END LOOP;
END $$;
DROP FUNCTION linkgress.grant_outside(text);
