-- The model: the schema as it is to be, in parts.

CREATE TABLE linkgress.model (
    name text COLLATE "C" NOT NULL,
    source text NOT NULL,
    format text NOT NULL DEFAULT 'sql',
    checksum text NOT NULL GENERATED ALWAYS AS (linkgress.checksum(source)) STORED,
    registered_at timestamptz NOT NULL,
    registered_by name NOT NULL,
    author linkgress.role NOT NULL,
    approved_at timestamptz,
    approved_by name,
    approvers linkgress.role[],
    fingerprint text NOT NULL GENERATED ALWAYS AS (linkgress.registration_digest(
        'model', name, source, NULL, ARRAY[format]
    )) STORED,
    CONSTRAINT model_pkey PRIMARY KEY (name),
    CONSTRAINT model_name_check CHECK (name <> ''),
    CONSTRAINT model_format_check CHECK (format IN ('sql', 'json'))
);
COMMENT ON TABLE linkgress.model IS 'The model: the schema as it is to be, in parts. Written by users with plain SQL';
COMMENT ON COLUMN linkgress.model.name IS 'Name of the part';
COMMENT ON COLUMN linkgress.model.source IS 'What the part says, in its format';
COMMENT ON COLUMN linkgress.model.format IS 'sql or json';
COMMENT ON COLUMN linkgress.model.checksum IS 'linkgress.checksum(source)';
COMMENT ON COLUMN linkgress.model.registered_at IS 'When it was registered as it is';
COMMENT ON COLUMN linkgress.model.registered_by IS 'Who registered it as it is, text and way of running, by the name of that time';
COMMENT ON COLUMN linkgress.model.author IS 'That role, which outlives a renaming; in parentheses when it is gone';
COMMENT ON COLUMN linkgress.model.approved_at IS 'When it was last approved';
COMMENT ON COLUMN linkgress.model.approved_by IS 'Who did that, by the name of that time';
COMMENT ON COLUMN linkgress.model.approvers IS 'All who have approved it with linkgress.approve(), as it is and as it runs';
COMMENT ON COLUMN linkgress.model.fingerprint IS 'SHA-256 of all that its author answers for and approvers approve';
COMMENT ON CONSTRAINT model_name_check ON linkgress.model IS 'A name is not empty';
COMMENT ON CONSTRAINT model_format_check ON linkgress.model IS 'The formats that there are';
SELECT pg_catalog.pg_extension_config_dump('linkgress.model', '');

CREATE FUNCTION linkgress.model_trigger() RETURNS trigger
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_model_trigger';
COMMENT ON FUNCTION linkgress.model_trigger() IS 'Fills in who wrote a part of the model';

CREATE TRIGGER check_model BEFORE INSERT OR UPDATE OR DELETE ON linkgress.model
FOR EACH ROW EXECUTE FUNCTION linkgress.model_trigger();
COMMENT ON TRIGGER check_model ON linkgress.model IS 'Checks every row that is written';
-- Also under session_replication_role = replica, as pg_restore may set it.
ALTER TABLE linkgress.model ENABLE ALWAYS TRIGGER check_model;

CREATE TABLE linkgress.rename (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    kind text NOT NULL,
    old text NOT NULL,
    new text NOT NULL,
    registered_at timestamptz NOT NULL,
    registered_by name NOT NULL,
    author linkgress.role NOT NULL,
    used_at timestamptz,
    CONSTRAINT rename_pkey PRIMARY KEY (id),
    CONSTRAINT rename_kind_check CHECK (kind IN ('table', 'foreign_table', 'view', 'materialized_view', 'sequence', 'index',
        'column', 'constraint', 'foreign_key', 'trigger', 'policy', 'rule', 'enum', 'composite', 'range', 'domain',
        'function', 'procedure', 'aggregate', 'schema', 'enum_value')),
    CONSTRAINT rename_names_check CHECK (old <> '' AND new <> '' AND old <> new)
);
COMMENT ON TABLE linkgress.rename IS
'Which object of the database has which name in the model; used once, then kept. Written by users with plain SQL';
COMMENT ON COLUMN linkgress.rename.id IS 'Order in which they were registered';
COMMENT ON COLUMN linkgress.rename.kind IS 'Kind of the object, as it is called in snapshots';
COMMENT ON COLUMN linkgress.rename.old IS 'Its name in the database, with schema and table';
COMMENT ON COLUMN linkgress.rename.new IS 'Its name in the model';
COMMENT ON COLUMN linkgress.rename.registered_at IS 'When this was registered';
COMMENT ON COLUMN linkgress.rename.registered_by IS 'Who registered this, by the name of that time';
COMMENT ON COLUMN linkgress.rename.author IS 'That role, which outlives a renaming; in parentheses when it is gone';
COMMENT ON COLUMN linkgress.rename.used_at IS 'When the object was renamed, or found with its new name; NULL before that';
COMMENT ON CONSTRAINT rename_kind_check ON linkgress.rename IS 'The kinds of objects that can be renamed';
COMMENT ON CONSTRAINT rename_names_check ON linkgress.rename IS 'Two names that differ';
SELECT pg_catalog.pg_extension_config_dump('linkgress.rename', '');
COMMENT ON SEQUENCE linkgress.rename_id_seq IS 'Numbers of linkgress.rename';
SELECT pg_catalog.pg_extension_config_dump('linkgress.rename_id_seq', '');

CREATE FUNCTION linkgress.rename_trigger() RETURNS trigger
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_rename_trigger';
COMMENT ON FUNCTION linkgress.rename_trigger() IS 'Fills in who registered a rename';

CREATE TRIGGER check_rename BEFORE INSERT OR UPDATE ON linkgress.rename
FOR EACH ROW EXECUTE FUNCTION linkgress.rename_trigger();
COMMENT ON TRIGGER check_rename ON linkgress.rename IS 'Checks every row that is written';
ALTER TABLE linkgress.rename ENABLE ALWAYS TRIGGER check_rename;

CREATE TABLE linkgress.materialised (
    key text NOT NULL,
    scope text[] NOT NULL,
    owners text[] NOT NULL,
    says_privileges boolean NOT NULL,
    created_schemas text[] NOT NULL,
    environment text NOT NULL,
    document jsonb NOT NULL,
    stored_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp()
);
COMMENT ON TABLE linkgress.materialised IS 'Models that have been built, as snapshots. Only a memory: what is missing is built again';
COMMENT ON COLUMN linkgress.materialised.key IS 'Hash of the model''s texts, the role and the settings';
COMMENT ON COLUMN linkgress.materialised.scope IS 'The schemas that it manages, and what it has that is in no schema';
COMMENT ON COLUMN linkgress.materialised.owners IS 'The roles that it makes owners of something';
COMMENT ON COLUMN linkgress.materialised.says_privileges IS 'Does it grant or revoke anything?';
COMMENT ON COLUMN linkgress.materialised.created_schemas IS 'The schemas that it creates';
COMMENT ON COLUMN linkgress.materialised.environment IS 'Hash of everything else that it depends on';
COMMENT ON COLUMN linkgress.materialised.document IS 'Its snapshot';
COMMENT ON COLUMN linkgress.materialised.stored_at IS 'When it was built';
ALTER TABLE linkgress.materialised REPLICA IDENTITY FULL;
CREATE INDEX materialised_key_idx ON linkgress.materialised (key, stored_at);
CREATE TRIGGER check_write BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON linkgress.materialised
FOR EACH STATEMENT EXECUTE FUNCTION linkgress.log_trigger();
COMMENT ON TRIGGER check_write ON linkgress.materialised IS 'Only the extension''s own code writes this table';
CREATE TRIGGER check_row BEFORE INSERT OR UPDATE OR DELETE ON linkgress.materialised
FOR EACH ROW EXECUTE FUNCTION linkgress.log_trigger();
COMMENT ON TRIGGER check_row ON linkgress.materialised IS 'The same, row by row';
ALTER TABLE linkgress.materialised ENABLE ALWAYS TRIGGER check_write;
ALTER TABLE linkgress.materialised ENABLE ALWAYS TRIGGER check_row;
