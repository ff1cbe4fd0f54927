-- The registry: every migration that this database knows.

-- Checksums and documents are in UTF-8: an error here where the encoding of the database has no way there.
SELECT pg_catalog.convert_from('x', 'UTF8');

CREATE FUNCTION linkgress.checksum(body text) RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'linkgress_checksum';
COMMENT ON FUNCTION linkgress.checksum(text) IS
'SHA-256 of a body in UTF-8; CR before LF and blanks at the end do not count';

CREATE FUNCTION linkgress.registration_digest(kind text, name text, text text, down text, way text[]) RETURNS text
LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'linkgress_registration_digest';
COMMENT ON FUNCTION linkgress.registration_digest(text, text, text, text, text[]) IS
'SHA-256 of all of these as one JSON array, in UTF-8: what decides what a text does, and when and how it runs';

CREATE TABLE linkgress.migration (
    name text COLLATE "C" NOT NULL,
    up text NOT NULL,
    down text,
    description text,
    breaking boolean NOT NULL DEFAULT false,
    estimated_duration interval,
    repeatable boolean NOT NULL DEFAULT false,
    always boolean NOT NULL DEFAULT false,
    tags text[] NOT NULL DEFAULT '{}',
    transactional boolean NOT NULL,
    down_transactional boolean,
    statement_timeout interval,
    stage boolean NOT NULL DEFAULT false,
    checksum text NOT NULL GENERATED ALWAYS AS (linkgress.checksum(up)) STORED,
    registered_at timestamptz NOT NULL,
    registered_by name NOT NULL,
    author linkgress.role NOT NULL,
    approved_at timestamptz,
    approved_by name,
    approvers linkgress.role[],
    fingerprint text NOT NULL GENERATED ALWAYS AS (linkgress.registration_digest(
        'migration', name, up, down, ARRAY[
            repeatable::text, always::text, transactional::text, down_transactional::text,
            (extract(epoch FROM statement_timeout) * 1000)::bigint::text
        ]
    )) STORED,
    CONSTRAINT migration_pkey PRIMARY KEY (name),
    CONSTRAINT migration_statement_timeout_check CHECK (statement_timeout >= interval '0')
);
COMMENT ON TABLE linkgress.migration IS
'The registry: every migration known to this database, in the byte order of its name. Written by users with plain SQL';
COMMENT ON COLUMN linkgress.migration.name IS 'Name and place in the order, e.g. 20240115-093000_add_phone';
COMMENT ON COLUMN linkgress.migration.up IS 'SQL that applies the migration';
COMMENT ON COLUMN linkgress.migration.down IS 'SQL that reverts it; NULL when it cannot be reverted';
COMMENT ON COLUMN linkgress.migration.description IS 'What it is for, in words';
COMMENT ON COLUMN linkgress.migration.breaking IS 'Does it break programs that know only the schema before it?';
COMMENT ON COLUMN linkgress.migration.estimated_duration IS 'How long it is expected to take';
COMMENT ON COLUMN linkgress.migration.repeatable IS 'Is it run again, after the others, whenever its text has changed?';
COMMENT ON COLUMN linkgress.migration.always IS 'Is it repeatable and run again by every run?';
COMMENT ON COLUMN linkgress.migration.tags IS 'Labels of the user''s own';
COMMENT ON COLUMN linkgress.migration.transactional IS
'Does up run in one transaction? Found from its statements; false can be given, then each statement commits by itself';
COMMENT ON COLUMN linkgress.migration.down_transactional IS 'The same for down';
COMMENT ON COLUMN linkgress.migration.statement_timeout IS
'How long each of its statements may run; NULL leaves it to linkgress.statement_timeout, 0 is no limit';
COMMENT ON COLUMN linkgress.migration.stage IS
'Is it a stage of linkgress.sync_online(), which nothing else runs or shows? Never written by users';
COMMENT ON CONSTRAINT migration_statement_timeout_check ON linkgress.migration IS 'A time limit is not negative';
COMMENT ON COLUMN linkgress.migration.checksum IS 'linkgress.checksum(up)';
COMMENT ON COLUMN linkgress.migration.registered_at IS 'When it was registered as it is';
COMMENT ON COLUMN linkgress.migration.registered_by IS 'Who registered it as it is, text and way of running, by the name of that time';
COMMENT ON COLUMN linkgress.migration.author IS 'That role, which outlives a renaming; in parentheses when it is gone';
COMMENT ON COLUMN linkgress.migration.approved_at IS 'When it was last approved';
COMMENT ON COLUMN linkgress.migration.approved_by IS 'Who did that, by the name of that time';
COMMENT ON COLUMN linkgress.migration.approvers IS 'All who have approved it with linkgress.approve(), as it is and as it runs';
COMMENT ON COLUMN linkgress.migration.fingerprint IS 'SHA-256 of all that its author answers for and approvers approve';
SELECT pg_catalog.pg_extension_config_dump('linkgress.migration', 'WHERE NOT stage');

-- Two names that differ only in case or in zeros before their number.
CREATE FUNCTION linkgress.folded_name(name text) RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'linkgress_folded_name';
COMMENT ON FUNCTION linkgress.folded_name(text) IS
'A migration''s name without the zeros before its number, in lower case';
CREATE INDEX migration_folded_name_idx ON linkgress.migration (linkgress.folded_name(name) COLLATE "C");

CREATE FUNCTION linkgress.migration_trigger() RETURNS trigger
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_migration_trigger';
COMMENT ON FUNCTION linkgress.migration_trigger() IS
'Checks what is registered, fills in who registered it, and keeps applied migrations as they are';

CREATE TRIGGER check_migration BEFORE INSERT OR UPDATE OR DELETE ON linkgress.migration
FOR EACH ROW EXECUTE FUNCTION linkgress.migration_trigger();
COMMENT ON TRIGGER check_migration ON linkgress.migration IS 'Checks every row that is written';
CREATE TRIGGER check_truncate BEFORE TRUNCATE ON linkgress.migration
FOR EACH STATEMENT EXECUTE FUNCTION linkgress.migration_trigger();
COMMENT ON TRIGGER check_truncate ON linkgress.migration IS 'Keeps applied migrations';
-- Also under session_replication_role = replica, as pg_restore may set it.
ALTER TABLE linkgress.migration ENABLE ALWAYS TRIGGER check_migration;
ALTER TABLE linkgress.migration ENABLE ALWAYS TRIGGER check_truncate;

CREATE FUNCTION linkgress.register(
    name text,
    up text,
    down text DEFAULT NULL,
    description text DEFAULT NULL,
    breaking boolean DEFAULT false,
    estimated_duration interval DEFAULT NULL,
    repeatable boolean DEFAULT false,
    always boolean DEFAULT false,
    tags text[] DEFAULT '{}',
    transactional boolean DEFAULT NULL,
    down_transactional boolean DEFAULT NULL,
    statement_timeout interval DEFAULT NULL
) RETURNS text
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_register';
COMMENT ON FUNCTION linkgress.register(text, text, text, text, boolean, interval, boolean, boolean, text[], boolean, boolean, interval) IS
'Registers a migration, any number of times: says registered, replaced or unchanged; an error when it is applied with another text';
