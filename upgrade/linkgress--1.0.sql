\echo Use "CREATE EXTENSION linkgress" to load this file. \quit
-- The registry: every migration that this database knows.

CREATE FUNCTION linkgress.checksum(body text) RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'linkgress_checksum';
COMMENT ON FUNCTION linkgress.checksum(text) IS
'SHA-256 of a body in UTF-8; CR before LF and blanks at the end do not count';

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
    registered_by_oid oid NOT NULL,
    approved_at timestamptz,
    approved_by name,
    approved_by_oid oid,
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
COMMENT ON COLUMN linkgress.migration.registered_at IS 'When this text was registered';
COMMENT ON COLUMN linkgress.migration.registered_by IS 'Who registered this text: its author';
COMMENT ON COLUMN linkgress.migration.registered_by_oid IS 'The author''s role, which outlives a renaming; 0 when it did not exist at a restore';
COMMENT ON COLUMN linkgress.migration.approved_at IS 'When this text was approved';
COMMENT ON COLUMN linkgress.migration.approved_by IS 'Who approved this text with linkgress.approve()';
COMMENT ON COLUMN linkgress.migration.approved_by_oid IS 'The approver''s role';
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
-- The journal (what is applied now), what is applied or reverted in part, the
-- history (what was ever done), and the runs that did it. Only the extension's
-- own code writes them; a restore may insert.

CREATE TABLE linkgress.run (
    id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY,
    call text NOT NULL,
    target text COLLATE "C",
    steps integer,
    done integer,
    started_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
    started_by name NOT NULL,
    ended_at timestamptz,
    sqlstate text,
    message text,
    detail text,
    hint text,
    CONSTRAINT run_pkey PRIMARY KEY (id)
);
COMMENT ON TABLE linkgress.run IS 'The runs: calls that did something, or are at it. linkgress.runs() shows how far they are';
COMMENT ON COLUMN linkgress.run.id IS 'Number of the run';
COMMENT ON COLUMN linkgress.run.call IS 'What was called';
COMMENT ON COLUMN linkgress.run.target IS 'The migration up to which to go, if one was given';
COMMENT ON COLUMN linkgress.run.steps IS 'How many migrations it set out to apply or revert';
COMMENT ON COLUMN linkgress.run.done IS 'How many of them it did; NULL until it has ended';
COMMENT ON COLUMN linkgress.run.started_at IS 'When it began';
COMMENT ON COLUMN linkgress.run.started_by IS 'The role that called';
COMMENT ON COLUMN linkgress.run.ended_at IS 'When it ended; NULL while it is at work, or when it was cut off';
COMMENT ON COLUMN linkgress.run.sqlstate IS 'SQLSTATE of the error that ended it; NULL when it succeeded';
COMMENT ON COLUMN linkgress.run.message IS 'Message of that error';
COMMENT ON COLUMN linkgress.run.detail IS 'Detail of that error';
COMMENT ON COLUMN linkgress.run.hint IS 'Hint of that error';
SELECT pg_catalog.pg_extension_config_dump('linkgress.run', '');
COMMENT ON SEQUENCE linkgress.run_id_seq IS 'Numbers of linkgress.run';
SELECT pg_catalog.pg_extension_config_dump('linkgress.run_id_seq', '');

CREATE TABLE linkgress.journal (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    name text COLLATE "C" NOT NULL,
    batch bigint NOT NULL,
    started_at timestamptz NOT NULL,
    applied_at timestamptz NOT NULL,
    applied_by name NOT NULL,
    duration interval NOT NULL,
    checksum text NOT NULL,
    baseline boolean NOT NULL DEFAULT false,
    repeatable boolean NOT NULL DEFAULT false,
    stale boolean NOT NULL DEFAULT false,
    out_of_order boolean NOT NULL DEFAULT false,
    down text,
    down_transactional boolean,
    author_oid oid NOT NULL,
    approver_oid oid,
    server_version text NOT NULL,
    CONSTRAINT journal_pkey PRIMARY KEY (id),
    CONSTRAINT journal_name_key UNIQUE (name)
);
COMMENT ON TABLE linkgress.journal IS 'The journal: the migrations applied now, one row each, in order of application';
COMMENT ON COLUMN linkgress.journal.id IS 'Order of application';
COMMENT ON COLUMN linkgress.journal.name IS 'Name of the migration';
COMMENT ON COLUMN linkgress.journal.batch IS 'Number of the run that applied it';
COMMENT ON COLUMN linkgress.journal.started_at IS 'When its first statement began';
COMMENT ON COLUMN linkgress.journal.applied_at IS 'When its last statement had ended';
COMMENT ON COLUMN linkgress.journal.applied_by IS 'The role that ran it';
COMMENT ON COLUMN linkgress.journal.duration IS 'How long it took';
COMMENT ON COLUMN linkgress.journal.checksum IS 'Checksum of the text that was run';
COMMENT ON COLUMN linkgress.journal.baseline IS 'Was it recorded without being run?';
COMMENT ON COLUMN linkgress.journal.repeatable IS 'Is it a repeatable migration?';
COMMENT ON COLUMN linkgress.journal.stale IS 'Is it to be run again because a migration before it was reverted?';
COMMENT ON COLUMN linkgress.journal.out_of_order IS 'Was it applied after a migration with a later name?';
COMMENT ON COLUMN linkgress.journal.down IS 'Its down body when it was applied, for the case that the registry loses it';
COMMENT ON COLUMN linkgress.journal.down_transactional IS 'Does that body run in one transaction?';
COMMENT ON COLUMN linkgress.journal.author_oid IS 'Who had registered that text';
COMMENT ON COLUMN linkgress.journal.approver_oid IS 'Who had approved that text';
COMMENT ON COLUMN linkgress.journal.server_version IS 'Version of the server that ran it';
-- For those that are to be run again after a revert.
CREATE INDEX journal_repeatable_idx ON linkgress.journal (id) WHERE repeatable;
SELECT pg_catalog.pg_extension_config_dump('linkgress.journal', '');
COMMENT ON SEQUENCE linkgress.journal_id_seq IS 'Numbers of linkgress.journal';
SELECT pg_catalog.pg_extension_config_dump('linkgress.journal_id_seq', '');

CREATE TABLE linkgress.partial (
    name text COLLATE "C" NOT NULL,
    direction text NOT NULL,
    done integer NOT NULL,
    statements integer NOT NULL,
    attempted integer,
    attempted_checksum text,
    builds text,
    invalid_before text[],
    at timestamptz NOT NULL,
    CONSTRAINT partial_pkey PRIMARY KEY (name)
);
COMMENT ON TABLE linkgress.partial IS
'Migrations that commit statement by statement and are between two of them; the next run goes on from there';
COMMENT ON COLUMN linkgress.partial.name IS 'Name of the migration';
COMMENT ON COLUMN linkgress.partial.direction IS 'up or down';
COMMENT ON COLUMN linkgress.partial.done IS 'How many of its statements are done';
COMMENT ON COLUMN linkgress.partial.statements IS 'How many statements the body had';
COMMENT ON COLUMN linkgress.partial.attempted IS 'The statement that was begun, when it is one that may leave something behind';
COMMENT ON COLUMN linkgress.partial.attempted_checksum IS 'Checksum of its text';
COMMENT ON COLUMN linkgress.partial.builds IS 'The index that this statement builds';
COMMENT ON COLUMN linkgress.partial.invalid_before IS 'The invalid indexes that were there before it';
COMMENT ON COLUMN linkgress.partial.at IS 'When this was noted';
SELECT pg_catalog.pg_extension_config_dump('linkgress.partial',
    'WHERE name NOT IN (SELECT name FROM linkgress.migration WHERE stage)');

CREATE TABLE linkgress.partial_statement (
    name text COLLATE "C" NOT NULL,
    statement integer NOT NULL,
    checksum text NOT NULL,
    CONSTRAINT partial_statement_pkey PRIMARY KEY (name, statement)
);
COMMENT ON TABLE linkgress.partial_statement IS 'The statements that are done of the migrations in linkgress.partial';
COMMENT ON COLUMN linkgress.partial_statement.name IS 'Name of the migration';
COMMENT ON COLUMN linkgress.partial_statement.statement IS 'Number of the statement';
COMMENT ON COLUMN linkgress.partial_statement.checksum IS 'Checksum of its text';
SELECT pg_catalog.pg_extension_config_dump('linkgress.partial_statement',
    'WHERE name NOT IN (SELECT name FROM linkgress.migration WHERE stage)');

CREATE TABLE linkgress.history (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    run bigint NOT NULL,
    name text COLLATE "C" NOT NULL,
    action text NOT NULL,
    at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
    by name NOT NULL,
    duration interval,
    checksum text,
    sqlstate text,
    message text,
    detail text,
    hint text,
    context text,
    statement integer,
    line integer,
    operations jsonb,
    CONSTRAINT history_pkey PRIMARY KEY (id)
);
COMMENT ON TABLE linkgress.history IS 'The history: everything that was done or failed, never changed';
COMMENT ON COLUMN linkgress.history.id IS 'Order of events';
COMMENT ON COLUMN linkgress.history.run IS 'Number of the run';
COMMENT ON COLUMN linkgress.history.name IS 'Name of the migration; of the hook or the part of the model, where the action is about one; model for all of it';
COMMENT ON COLUMN linkgress.history.action IS 'apply, revert, baseline, repair or approve; approve_hook, approve_model, hook (which failed); sync, ensure_created, ensure_deleted';
COMMENT ON COLUMN linkgress.history.at IS 'When it was done or had failed';
COMMENT ON COLUMN linkgress.history.by IS 'The role that did it';
COMMENT ON COLUMN linkgress.history.duration IS 'How long it took';
COMMENT ON COLUMN linkgress.history.checksum IS 'Checksum of the migration''s up body at that time; of a sync, the id of its plan';
COMMENT ON COLUMN linkgress.history.sqlstate IS 'SQLSTATE of the error; NULL when it succeeded';
COMMENT ON COLUMN linkgress.history.message IS 'Message of the error, or what a repair did';
COMMENT ON COLUMN linkgress.history.detail IS 'Detail of the error';
COMMENT ON COLUMN linkgress.history.hint IS 'Hint of the error';
COMMENT ON COLUMN linkgress.history.context IS 'Context of the error';
COMMENT ON COLUMN linkgress.history.statement IS 'Number of the statement that failed';
COMMENT ON COLUMN linkgress.history.line IS 'Its line in the body';
COMMENT ON COLUMN linkgress.history.operations IS 'What a sync has done, as linkgress.analyze_json() shows it';
CREATE INDEX history_name_idx ON linkgress.history (name, id);
SELECT pg_catalog.pg_extension_config_dump('linkgress.history', '');
COMMENT ON SEQUENCE linkgress.history_id_seq IS 'Numbers of linkgress.history';
SELECT pg_catalog.pg_extension_config_dump('linkgress.history_id_seq', '');

CREATE FUNCTION linkgress.log_trigger() RETURNS trigger
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_log_trigger';
COMMENT ON FUNCTION linkgress.log_trigger() IS 'Keeps everything but the extension''s own code from writing these tables';

CREATE TRIGGER check_write BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON linkgress.journal
FOR EACH STATEMENT EXECUTE FUNCTION linkgress.log_trigger();
COMMENT ON TRIGGER check_write ON linkgress.journal IS 'Only the extension''s own code writes the journal';
CREATE TRIGGER check_write BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON linkgress.history
FOR EACH STATEMENT EXECUTE FUNCTION linkgress.log_trigger();
COMMENT ON TRIGGER check_write ON linkgress.history IS 'Only the extension''s own code writes the history';
CREATE TRIGGER check_write BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON linkgress.partial
FOR EACH STATEMENT EXECUTE FUNCTION linkgress.log_trigger();
COMMENT ON TRIGGER check_write ON linkgress.partial IS 'Only the extension''s own code writes this table';
CREATE TRIGGER check_write BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON linkgress.partial_statement
FOR EACH STATEMENT EXECUTE FUNCTION linkgress.log_trigger();
COMMENT ON TRIGGER check_write ON linkgress.partial_statement IS 'Only the extension''s own code writes this table';
CREATE TRIGGER check_write BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON linkgress.run
FOR EACH STATEMENT EXECUTE FUNCTION linkgress.log_trigger();
COMMENT ON TRIGGER check_write ON linkgress.run IS 'Only the extension''s own code writes this table';
ALTER TABLE linkgress.partial_statement ENABLE ALWAYS TRIGGER check_write;
ALTER TABLE linkgress.partial ENABLE ALWAYS TRIGGER check_write;
ALTER TABLE linkgress.run ENABLE ALWAYS TRIGGER check_write;
ALTER TABLE linkgress.journal ENABLE ALWAYS TRIGGER check_write;
ALTER TABLE linkgress.history ENABLE ALWAYS TRIGGER check_write;

-- Registry and journal side by side. What decides the states is here and
-- nowhere else: runs select from it what is due, status() shows it.
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
    m.author_oid,
    m.approver_oid,
    j.applied_at,
    j.duration,
    j.batch,
    j.applied_by,
    j.baseline,
    m.transactional,
    p.direction,
    p.done,
    p.statements
FROM (
    SELECT name, checksum AS up_checksum, repeatable, always, transactional,
           registered_by_oid AS author_oid, approved_by_oid AS approver_oid
    FROM linkgress.migration WHERE NOT stage
) m
FULL JOIN linkgress.journal j USING (name)
LEFT JOIN linkgress.partial p USING (name);
COMMENT ON VIEW linkgress.overview IS 'Registry and journal side by side, with the state of each migration';
-- Hooks: bodies that run before and after what Linkgress does.

CREATE TABLE linkgress.hook (
    name text COLLATE "C" NOT NULL,
    event text NOT NULL,
    body text NOT NULL,
    position integer NOT NULL DEFAULT 0,
    enabled boolean NOT NULL DEFAULT true,
    managed boolean NOT NULL DEFAULT false,
    registered_at timestamptz NOT NULL,
    registered_by name NOT NULL,
    registered_by_oid oid NOT NULL,
    approved_at timestamptz,
    approved_by name,
    approved_by_oid oid,
    CONSTRAINT hook_pkey PRIMARY KEY (name),
    CONSTRAINT hook_name_check CHECK (name <> ''),
    CONSTRAINT hook_event_check CHECK (event IN (
        'before_migrate', 'before_each', 'after_each', 'after_migrate', 'before_sync', 'after_sync', 'after_create',
        'after_failure'
    ))
);
COMMENT ON TABLE linkgress.hook IS
'The hooks: bodies that run before and after what Linkgress does. Written by users with plain SQL';
COMMENT ON COLUMN linkgress.hook.name IS 'Its name';
COMMENT ON COLUMN linkgress.hook.event IS
'When it runs: before_migrate, before_each, after_each, after_migrate, before_sync, after_sync, after_create or after_failure';
COMMENT ON COLUMN linkgress.hook.body IS
'SQL that is run. current_setting() tells it linkgress.event, linkgress.migration and linkgress.direction';
COMMENT ON COLUMN linkgress.hook.position IS 'Its place among the hooks of that event; those of one position run in the byte order of their names';
COMMENT ON COLUMN linkgress.hook.enabled IS 'Does it run at all?';
COMMENT ON COLUMN linkgress.hook.managed IS 'Is what it creates recorded in linkgress.hook_object?';
COMMENT ON COLUMN linkgress.hook.registered_at IS 'When this text was registered';
COMMENT ON COLUMN linkgress.hook.registered_by IS 'Who registered this text: its author';
COMMENT ON COLUMN linkgress.hook.registered_by_oid IS 'The author''s role, which outlives a renaming; 0 when it did not exist at a restore';
COMMENT ON COLUMN linkgress.hook.approved_at IS 'When this text was approved';
COMMENT ON COLUMN linkgress.hook.approved_by IS 'Who approved this text with linkgress.approve()';
COMMENT ON COLUMN linkgress.hook.approved_by_oid IS 'The approver''s role';
COMMENT ON CONSTRAINT hook_name_check ON linkgress.hook IS 'A name is not empty';
COMMENT ON CONSTRAINT hook_event_check ON linkgress.hook IS 'The events that there are';
SELECT pg_catalog.pg_extension_config_dump('linkgress.hook', '');

CREATE TABLE linkgress.hook_object (
    hook text COLLATE "C" NOT NULL,
    type text NOT NULL,
    names text[] NOT NULL,
    arguments text[] NOT NULL,
    CONSTRAINT hook_object_key UNIQUE (hook, type, names, arguments)
);
COMMENT ON TABLE linkgress.hook_object IS
'What hooks with managed = true have created, as pg_identify_object_as_address() has it. Only Linkgress writes it';
COMMENT ON COLUMN linkgress.hook_object.hook IS 'Name of the hook';
COMMENT ON COLUMN linkgress.hook_object.type IS 'Type of the object';
COMMENT ON COLUMN linkgress.hook_object.names IS 'Its name, with that of what it belongs to';
COMMENT ON COLUMN linkgress.hook_object.arguments IS 'What else it is known by, as the types of a function''s arguments';
SELECT pg_catalog.pg_extension_config_dump('linkgress.hook_object', '');

CREATE FUNCTION linkgress.hook_trigger() RETURNS trigger
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_hook_trigger';
COMMENT ON FUNCTION linkgress.hook_trigger() IS 'Checks what is written to linkgress.hook, and fills in who wrote it';

CREATE TRIGGER check_hook BEFORE INSERT OR UPDATE OR DELETE ON linkgress.hook
FOR EACH ROW EXECUTE FUNCTION linkgress.hook_trigger();
COMMENT ON TRIGGER check_hook ON linkgress.hook IS 'Checks every row that is written';
CREATE TRIGGER check_truncate BEFORE TRUNCATE ON linkgress.hook
FOR EACH STATEMENT EXECUTE FUNCTION linkgress.hook_trigger();
COMMENT ON TRIGGER check_truncate ON linkgress.hook IS 'Forgets what the hooks have created';
CREATE TRIGGER check_write BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON linkgress.hook_object
FOR EACH STATEMENT EXECUTE FUNCTION linkgress.log_trigger();
COMMENT ON TRIGGER check_write ON linkgress.hook_object IS 'Only the extension''s own code writes this table';
-- Also under session_replication_role = replica, as pg_restore may set it.
ALTER TABLE linkgress.hook ENABLE ALWAYS TRIGGER check_hook;
ALTER TABLE linkgress.hook ENABLE ALWAYS TRIGGER check_truncate;
ALTER TABLE linkgress.hook_object ENABLE ALWAYS TRIGGER check_write;
-- The model: the schema as it is to be, in parts.

CREATE TABLE linkgress.model (
    name text COLLATE "C" NOT NULL,
    source text NOT NULL,
    format text NOT NULL DEFAULT 'sql',
    checksum text NOT NULL GENERATED ALWAYS AS (linkgress.checksum(source)) STORED,
    registered_at timestamptz NOT NULL,
    registered_by name NOT NULL,
    registered_by_oid oid NOT NULL,
    approved_at timestamptz,
    approved_by name,
    approved_by_oid oid,
    CONSTRAINT model_pkey PRIMARY KEY (name),
    CONSTRAINT model_name_check CHECK (name <> ''),
    CONSTRAINT model_format_check CHECK (format IN ('sql', 'json'))
);
COMMENT ON TABLE linkgress.model IS 'The model: the schema as it is to be, in parts. Written by users with plain SQL';
COMMENT ON COLUMN linkgress.model.name IS 'Name of the part';
COMMENT ON COLUMN linkgress.model.source IS 'What the part says, in its format';
COMMENT ON COLUMN linkgress.model.format IS 'sql or json';
COMMENT ON COLUMN linkgress.model.checksum IS 'linkgress.checksum(source)';
COMMENT ON COLUMN linkgress.model.registered_at IS 'When this text was registered';
COMMENT ON COLUMN linkgress.model.registered_by IS 'Who registered this text: its author';
COMMENT ON COLUMN linkgress.model.registered_by_oid IS 'The author''s role, which outlives a renaming; 0 when it did not exist at a restore';
COMMENT ON COLUMN linkgress.model.approved_at IS 'When this text was approved';
COMMENT ON COLUMN linkgress.model.approved_by IS 'Who approved this text with linkgress.approve()';
COMMENT ON COLUMN linkgress.model.approved_by_oid IS 'The approver''s role';
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
    registered_by_oid oid NOT NULL,
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
COMMENT ON COLUMN linkgress.rename.registered_by IS 'Who registered this: its author';
COMMENT ON COLUMN linkgress.rename.registered_by_oid IS 'The author''s role, which outlives a renaming; 0 when it did not exist at a restore';
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
CREATE INDEX materialised_key_idx ON linkgress.materialised (key, stored_at);
CREATE TRIGGER check_write BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON linkgress.materialised
FOR EACH STATEMENT EXECUTE FUNCTION linkgress.log_trigger();
COMMENT ON TRIGGER check_write ON linkgress.materialised IS 'Only the extension''s own code writes this table';
ALTER TABLE linkgress.materialised ENABLE ALWAYS TRIGGER check_write;
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
    ignore_missing boolean DEFAULT false
) RETURNS SETOF linkgress.outcome
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_migrate';
COMMENT ON FUNCTION linkgress.migrate(text, boolean, text, boolean) IS
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

CREATE PROCEDURE linkgress.up(target text DEFAULT NULL, ignore_missing boolean DEFAULT false)
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_up';
COMMENT ON PROCEDURE linkgress.up(text, boolean) IS
'Applies all pending migrations, up to and including the target, each in a transaction of its own; goes on with what is partial';

CREATE PROCEDURE linkgress.down(n integer DEFAULT 1)
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_down';
COMMENT ON PROCEDURE linkgress.down(integer) IS
'Reverts the last n applied migrations, each in a transaction of its own';
-- Runs without a client: in a worker process, and by pg_cron.

CREATE FUNCTION linkgress.launch(target text DEFAULT NULL, ignore_missing boolean DEFAULT false) RETURNS bigint
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_launch';
COMMENT ON FUNCTION linkgress.launch(text, boolean) IS
'Starts CALL linkgress.up() in the background and returns the number of the run, NULL when nothing is pending';

CREATE FUNCTION linkgress.schedule(schedule text, target text DEFAULT NULL) RETURNS bigint
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_schedule';
COMMENT ON FUNCTION linkgress.schedule(text, text) IS
'Has pg_cron CALL linkgress.up() as the calling role at the times of a cron expression; returns the number of its job';

CREATE FUNCTION linkgress.unschedule() RETURNS boolean
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_unschedule';
COMMENT ON FUNCTION linkgress.unschedule() IS
'Removes the calling role''s job for this database from pg_cron; false when there is none';
-- What is where. These functions are SQL: they only read, and need no lock.
-- They run as the owner, so that EXECUTE on them is all that a viewer needs.

-- What sessions show of the runs that are going on: the locks of src/pg/lock.hpp,
-- by their objsubid. A run may have two processes, its session and a worker.
CREATE VIEW linkgress.current_run AS
WITH mark AS MATERIALIZED (
    SELECT l.pid, l.objsubid, l.objid::bigint AS value
    FROM pg_catalog.pg_lock_status() l
    WHERE l.locktype = 'advisory' AND l.classid = 1818848875 AND l.granted
      AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
), run AS (
    SELECT
        number.value AS run,
        coalesce(max(m.pid) FILTER (WHERE m.objsubid = 4), max(m.pid)) AS pid,
        bool_or(m.objsubid = 3) AS has_lock,
        max(m.value) FILTER (WHERE m.objsubid = 4) AS name_hash,
        max(m.value) FILTER (WHERE m.objsubid = 6) AS step,
        max(m.value) FILTER (WHERE m.objsubid = 7) AS steps,
        max(m.value) FILTER (WHERE m.objsubid = 8) AS statement,
        max(m.value) FILTER (WHERE m.objsubid = 9) AS statements
    FROM mark number
    JOIN mark m ON m.pid = number.pid
    WHERE number.objsubid = 5
    GROUP BY number.value
)
SELECT
    run.run, run.pid, coalesce(a.xact_start, a.query_start) AS since, run.has_lock, run.name_hash, run.step, run.steps,
    run.statement, run.statements, a.wait_event_type, a.wait_event
FROM run
LEFT JOIN LATERAL pg_catalog.pg_stat_get_activity(run.pid) a ON true;
COMMENT ON VIEW linkgress.current_run IS 'The run that is going on and those in the background that wait for it, with what they are at';

CREATE FUNCTION linkgress.status(
    OUT name text, OUT state text, OUT applied_at timestamptz, OUT duration interval, OUT batch bigint,
    OUT applied_by name, OUT repeatable boolean, OUT out_of_order boolean, OUT baseline boolean, OUT note text
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
            CASE WHEN o.baseline THEN 'baseline' END,
            CASE WHEN o.repeatable THEN 'repeatable' END
        ), '')
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
-- Comparing schemas, and the way from one to the other.

CREATE TABLE linkgress.ignore (
    pattern text NOT NULL CHECK (pattern <> ''),
    kind text,
    UNIQUE NULLS NOT DISTINCT (pattern, kind)
);
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
COMMENT ON COLUMN linkgress.operation.type IS 'What it does: create_table, alter_column, drop_index …';
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
COMMENT ON COLUMN linkgress.planned_operation.type IS 'What it does: create_table, alter_column, drop_index …';
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
-- Who may do what. Nothing is granted to PUBLIC.

CREATE FUNCTION linkgress.approve(name text, checksum text DEFAULT NULL, kind text DEFAULT 'migration') RETURNS void
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_approve';
COMMENT ON FUNCTION linkgress.approve(text, text, text) IS
'Lets a migration, a hook or a part of the model whose author may not act as the calling role run as that role, with its present text';

CREATE FUNCTION linkgress.grant_access(role name, level text) RETURNS void
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_grant_access';
COMMENT ON FUNCTION linkgress.grant_access(name, text) IS
'Gives a role the rights of a viewer, author or operator in addition to those it has; none takes all away';

REVOKE ALL ON ALL ROUTINES IN SCHEMA linkgress FROM PUBLIC;
