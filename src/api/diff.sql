-- Comparing schemas, and the way from one to the other.

CREATE TABLE linkgress.ignore (
    pattern text NOT NULL CHECK (pattern <> ''),
    kind text
);
-- No constraint: what an application's migrations do to all constraints of a database is not to meet those of others.
CREATE UNIQUE INDEX ignore_pattern_kind_key ON linkgress.ignore (pattern, kind) NULLS NOT DISTINCT;
ALTER TABLE linkgress.ignore REPLICA IDENTITY FULL; -- rows can be deleted under a publication FOR ALL TABLES
COMMENT ON TABLE linkgress.ignore IS 'Objects that snapshots leave out, with all that belongs to them';
COMMENT ON COLUMN linkgress.ignore.pattern IS 'Their name with schema and table, as in linkgress.operation.object: * stands for any characters, ? for one';
COMMENT ON COLUMN linkgress.ignore.kind IS 'Only objects of this kind, as it is called in snapshots; NULL for all';
SELECT pg_catalog.pg_extension_config_dump('linkgress.ignore', '');

CREATE TYPE linkgress.operation AS (
    ordinal integer,
    type text,
    object text,
    sql text,
    destructive boolean,
    hazards text[],
    details jsonb
);
COMMENT ON TYPE linkgress.operation IS 'One change of a plan';
COMMENT ON COLUMN linkgress.operation.ordinal IS 'Its place in the order in which the SQL must run, from 1';
COMMENT ON COLUMN linkgress.operation.type IS 'What it does: create_table, alter_column, drop_index and the like';
COMMENT ON COLUMN linkgress.operation.object IS 'What it does it to, with schema and table';
COMMENT ON COLUMN linkgress.operation.sql IS 'One or more statements';
COMMENT ON COLUMN linkgress.operation.destructive IS 'Whether something is lost that cannot be had from anywhere else';
COMMENT ON COLUMN linkgress.operation.hazards IS 'Named risks; their texts are in the details';
COMMENT ON COLUMN linkgress.operation.details IS 'Names, attributes before and after, texts of the hazards, the inverse';

CREATE FUNCTION linkgress.snapshot(schemas name[] DEFAULT NULL) RETURNS jsonb
LANGUAGE c VOLATILE PARALLEL UNSAFE
AS 'MODULE_PATHNAME', 'linkgress_snapshot';
COMMENT ON FUNCTION linkgress.snapshot(name[]) IS 'The schema of this database, or of some of its schemas, as a document that can be compared';

CREATE FUNCTION linkgress.fingerprint(schemas name[] DEFAULT NULL) RETURNS text
LANGUAGE c VOLATILE PARALLEL UNSAFE
AS 'MODULE_PATHNAME', 'linkgress_fingerprint';
COMMENT ON FUNCTION linkgress.fingerprint(name[]) IS 'A hash of the schema: the same where linkgress.diff() finds no difference, for every reader';

CREATE FUNCTION linkgress.diff(source jsonb, target jsonb) RETURNS SETOF linkgress.operation
LANGUAGE c STABLE PARALLEL RESTRICTED ROWS 100
AS 'MODULE_PATHNAME', 'linkgress_diff';
COMMENT ON FUNCTION linkgress.diff(jsonb, jsonb) IS 'The operations that turn the schema of one snapshot into that of another';

CREATE FUNCTION linkgress.online_plan(
    source jsonb,
    target jsonb,
    OUT ordinal integer,
    OUT stage integer,
    OUT transactional boolean,
    OUT type text,
    OUT object text,
    OUT sql text,
    OUT destructive boolean,
    OUT hazards text[]
) RETURNS SETOF record
LANGUAGE c STABLE PARALLEL RESTRICTED ROWS 100
AS 'MODULE_PATHNAME', 'linkgress_online_plan';
COMMENT ON FUNCTION linkgress.online_plan(jsonb, jsonb) IS 'The statements that turn the schema of one snapshot into that of another and do not block, as far as there is a way; those of a stage in one transaction, or one by one outside of any';

CREATE FUNCTION linkgress.plan_id(source jsonb, target jsonb) RETURNS text
LANGUAGE c STABLE PARALLEL RESTRICTED
AS 'MODULE_PATHNAME', 'linkgress_plan_id';
COMMENT ON FUNCTION linkgress.plan_id(jsonb, jsonb) IS 'The id of the plan that linkgress.diff() makes of these snapshots';
