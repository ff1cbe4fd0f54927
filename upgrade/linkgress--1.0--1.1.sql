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
'Leaves a role exactly the rights of a viewer, author or operator, of both as author,operator, or none';

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
