\echo Use "ALTER EXTENSION linkgress UPDATE" to load this file. \quit
-- What is new since 1.0. test/t/upgrade.pl compares the result with a new installation.

-- In 1.0 the extension's schema is first in the path here, where others may have put something.
SET LOCAL search_path = pg_catalog, pg_temp;

COMMENT ON COLUMN linkgress.operation.type IS 'What it does: create_table, alter_column, drop_index and the like';
COMMENT ON COLUMN linkgress.planned_operation.type IS 'What it does: create_table, alter_column, drop_index and the like';
