-- Running migrations: functions that are atomic, procedures that commit
-- migration by migration.

CREATE TYPE linkgress.outcome AS (name text, action text, duration interval, statements integer, error jsonb);
COMMENT ON TYPE linkgress.outcome IS 'What a run did with one migration';
COMMENT ON COLUMN linkgress.outcome.name IS 'Name of the migration';
COMMENT ON COLUMN linkgress.outcome.action IS 'applied, reverted, failed, baseline, or dry run';
COMMENT ON COLUMN linkgress.outcome.duration IS 'How long it took';
COMMENT ON COLUMN linkgress.outcome.statements IS 'How many statements were run';
COMMENT ON COLUMN linkgress.outcome.error IS 'sqlstate, message, detail, hint, context, statement and line of a failure';

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

CREATE FUNCTION linkgress.rollback(
    n integer DEFAULT 1,
    dry_run boolean DEFAULT false
) RETURNS SETOF linkgress.outcome
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_rollback';
COMMENT ON FUNCTION linkgress.rollback(integer, boolean) IS
'Reverts the last n applied migrations, newest first by order of application';

CREATE FUNCTION linkgress.rollback_to(
    name text,
    dry_run boolean DEFAULT false
) RETURNS SETOF linkgress.outcome
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_rollback_to';
COMMENT ON FUNCTION linkgress.rollback_to(text, boolean) IS
'Reverts all migrations that were applied after the given one';

CREATE FUNCTION linkgress.rollback_batch(
    dry_run boolean DEFAULT false
) RETURNS SETOF linkgress.outcome
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_rollback_batch';
COMMENT ON FUNCTION linkgress.rollback_batch(boolean) IS
'Reverts all migrations that the last applying run applied';

CREATE FUNCTION linkgress.redo(
    n integer DEFAULT 1,
    dry_run boolean DEFAULT false
) RETURNS SETOF linkgress.outcome
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_redo';
COMMENT ON FUNCTION linkgress.redo(integer, boolean) IS
'Reverts the last n applied migrations and applies them again';

CREATE FUNCTION linkgress.reset(
    dry_run boolean DEFAULT false
) RETURNS SETOF linkgress.outcome
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_reset';
COMMENT ON FUNCTION linkgress.reset(boolean) IS
'Reverts all applied migrations. Refused where linkgress.protected is on';

CREATE PROCEDURE linkgress.up(
    target text DEFAULT NULL,
    ignore_missing boolean DEFAULT false,
    skip_untrusted boolean DEFAULT false
)
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_up';
COMMENT ON PROCEDURE linkgress.up(text, boolean, boolean) IS
'Applies all pending migrations, up to and including the target, each in a transaction of its own; goes on with what is partial';

CREATE PROCEDURE linkgress.down(n integer DEFAULT 1)
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_down';
COMMENT ON PROCEDURE linkgress.down(integer) IS
'Reverts the last n applied migrations, each in a transaction of its own';
