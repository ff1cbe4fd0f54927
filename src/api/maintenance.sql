-- Finding and mending what is wrong, adopting what was there before.

CREATE FUNCTION linkgress.validate(
    OUT name text, OUT severity text, OUT problem text, OUT line integer, OUT col integer, OUT message text, OUT hint text
) RETURNS SETOF record
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_validate';
COMMENT ON FUNCTION linkgress.validate() IS
'Every problem found in registry and journal, errors first; runs nothing';

CREATE FUNCTION linkgress.baseline(name text) RETURNS SETOF linkgress.outcome
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_baseline';
COMMENT ON FUNCTION linkgress.baseline(text) IS
'Records the registered migrations up to and including the given one as applied, without running them. Only for an empty journal';

CREATE TYPE linkgress.repaired AS (name text, problem text, action text);
COMMENT ON TYPE linkgress.repaired IS 'What repair() did about one migration';
COMMENT ON COLUMN linkgress.repaired.name IS 'Name of the migration';
COMMENT ON COLUMN linkgress.repaired.problem IS 'Its state before';
COMMENT ON COLUMN linkgress.repaired.action IS 'What was done: accept, forget, mark_applied, rename or set_done';

CREATE FUNCTION linkgress.repair(
    name text DEFAULT NULL,
    action text DEFAULT NULL,
    rename_to text DEFAULT NULL,
    dry_run boolean DEFAULT false,
    done integer DEFAULT NULL
) RETURNS SETOF linkgress.repaired
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_repair';
COMMENT ON FUNCTION linkgress.repair(text, text, text, boolean, integer) IS
'Mends the journal without running a migration: accept, forget, mark_applied, rename or set_done';
