-- From the model to the database.

CREATE FUNCTION linkgress.set_model(
    source text,
    name text DEFAULT 'main',
    format text DEFAULT 'sql',
    check_it boolean DEFAULT true
) RETURNS text
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_set_model';
COMMENT ON FUNCTION linkgress.set_model(text, text, text, boolean) IS
'Stores a part of the model, and builds all parts to find errors at once, unless more parts are to come: says stored, replaced or unchanged';

CREATE TYPE linkgress.planned_operation AS (
    ordinal integer,
    type text,
    object text,
    sql text,
    destructive boolean,
    hazards text[],
    details jsonb,
    plan text
);
COMMENT ON TYPE linkgress.planned_operation IS 'One change of a plan, with the id of the plan';
COMMENT ON COLUMN linkgress.planned_operation.ordinal IS 'Its place in the order in which the SQL must run, from 1';
COMMENT ON COLUMN linkgress.planned_operation.type IS 'What it does: create_table, alter_column, drop_index and the like';
COMMENT ON COLUMN linkgress.planned_operation.object IS 'What it does it to, with schema and table';
COMMENT ON COLUMN linkgress.planned_operation.sql IS 'One or more statements';
COMMENT ON COLUMN linkgress.planned_operation.destructive IS 'Whether something is lost that cannot be had from anywhere else';
COMMENT ON COLUMN linkgress.planned_operation.hazards IS 'Named risks; their texts are in the details';
COMMENT ON COLUMN linkgress.planned_operation.details IS 'Names, attributes before and after, texts of the hazards, the inverse';
COMMENT ON COLUMN linkgress.planned_operation.plan IS 'The id of the plan, for linkgress.sync()';

CREATE FUNCTION linkgress.analyze() RETURNS SETOF linkgress.planned_operation
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_analyze';
COMMENT ON FUNCTION linkgress.analyze() IS
'What would make the database equal to the model, and in which order; no rows when it is. Executes nothing';

CREATE FUNCTION linkgress.analyze_json() RETURNS jsonb
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_analyze_json';
COMMENT ON FUNCTION linkgress.analyze_json() IS 'The same as linkgress.analyze() as one document';

CREATE FUNCTION linkgress.sync(
    allow_destructive boolean DEFAULT false,
    plan text DEFAULT NULL,
    dry_run boolean DEFAULT false
) RETURNS SETOF linkgress.operation
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_sync';
COMMENT ON FUNCTION linkgress.sync(boolean, text, boolean) IS
'Makes the database equal to the model, in the caller''s transaction. Refuses what destroys, unless allowed or planned';

CREATE PROCEDURE linkgress.sync_online(allow_destructive boolean DEFAULT false, plan text DEFAULT NULL)
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_sync_online';
COMMENT ON PROCEDURE linkgress.sync_online(boolean, text) IS
'Makes the database equal to the model in stages that do not block, each in a transaction of its own; goes on where it was broken off';

CREATE FUNCTION linkgress.ensure_created() RETURNS SETOF linkgress.operation
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_ensure_created';
COMMENT ON FUNCTION linkgress.ensure_created() IS
'Creates what is missing of the model, in the caller''s transaction; alters nothing and drops nothing';

CREATE FUNCTION linkgress.ensure_deleted(confirm text, "cascade" boolean DEFAULT false) RETURNS SETOF linkgress.operation
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_ensure_deleted';
COMMENT ON FUNCTION linkgress.ensure_deleted(text, boolean) IS
'Drops what the model names, with its rows, if confirm is the name of the database. Refused where linkgress.protected is on';

CREATE FUNCTION linkgress.scaffold(label text, concurrently boolean DEFAULT false) RETURNS text
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_scaffold';
COMMENT ON FUNCTION linkgress.scaffold(text, boolean) IS
'Registers what makes the database equal to the model as a migration with its way back, or as two with indexes built concurrently in the last; its name. LG001 without a difference';

CREATE FUNCTION linkgress.scaffold_empty(label text) RETURNS text
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_scaffold_empty';
COMMENT ON FUNCTION linkgress.scaffold_empty(text) IS 'Registers a migration whose bodies are yet to be written; its name';
