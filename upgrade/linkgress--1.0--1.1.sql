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

-- Stays the last: what is new is the owner's alone, and what was there has no privileges but those of a level.
CREATE FUNCTION linkgress.keep_to_owner() RETURNS void
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_keep_to_owner';
SELECT linkgress.keep_to_owner();
DROP FUNCTION linkgress.keep_to_owner();
