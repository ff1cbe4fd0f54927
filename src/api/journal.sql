-- The journal (what is applied now) and the history (what was ever done).
-- Only the extension's own code writes them; a restore may insert.

CREATE SEQUENCE linkgress.run;
COMMENT ON SEQUENCE linkgress.run IS 'Numbers of runs';
SELECT pg_catalog.pg_extension_config_dump('linkgress.run', '');

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
COMMENT ON COLUMN linkgress.journal.author_oid IS 'Who had registered that text';
COMMENT ON COLUMN linkgress.journal.approver_oid IS 'Who had approved that text';
COMMENT ON COLUMN linkgress.journal.server_version IS 'Version of the server that ran it';
-- For those that are to be run again after a revert.
CREATE INDEX journal_repeatable_idx ON linkgress.journal (id) WHERE repeatable;
SELECT pg_catalog.pg_extension_config_dump('linkgress.journal', '');
COMMENT ON SEQUENCE linkgress.journal_id_seq IS 'Numbers of linkgress.journal';
SELECT pg_catalog.pg_extension_config_dump('linkgress.journal_id_seq', '');

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
    CONSTRAINT history_pkey PRIMARY KEY (id)
);
COMMENT ON TABLE linkgress.history IS 'The history: everything that was done or failed, never changed';
COMMENT ON COLUMN linkgress.history.id IS 'Order of events';
COMMENT ON COLUMN linkgress.history.run IS 'Number of the run';
COMMENT ON COLUMN linkgress.history.name IS 'Name of the migration';
COMMENT ON COLUMN linkgress.history.action IS 'apply, revert, baseline, repair or approve';
COMMENT ON COLUMN linkgress.history.at IS 'When it was done or had failed';
COMMENT ON COLUMN linkgress.history.by IS 'The role that did it';
COMMENT ON COLUMN linkgress.history.duration IS 'How long it took';
COMMENT ON COLUMN linkgress.history.checksum IS 'Checksum of the migration''s up body at that time';
COMMENT ON COLUMN linkgress.history.sqlstate IS 'SQLSTATE of the error; NULL when it succeeded';
COMMENT ON COLUMN linkgress.history.message IS 'Message of the error, or what a repair did';
COMMENT ON COLUMN linkgress.history.detail IS 'Detail of the error';
COMMENT ON COLUMN linkgress.history.hint IS 'Hint of the error';
COMMENT ON COLUMN linkgress.history.context IS 'Context of the error';
COMMENT ON COLUMN linkgress.history.statement IS 'Number of the statement that failed';
COMMENT ON COLUMN linkgress.history.line IS 'Its line in the body';
CREATE INDEX history_name_idx ON linkgress.history (name, id);
SELECT pg_catalog.pg_extension_config_dump('linkgress.history', '');
COMMENT ON SEQUENCE linkgress.history_id_seq IS 'Numbers of linkgress.history';
SELECT pg_catalog.pg_extension_config_dump('linkgress.history_id_seq', '');

CREATE FUNCTION linkgress.log_trigger() RETURNS trigger
LANGUAGE c AS 'MODULE_PATHNAME', 'linkgress_log_trigger';
COMMENT ON FUNCTION linkgress.log_trigger() IS 'Keeps everything but the extension''s own code from writing the journal and the history';

CREATE TRIGGER check_write BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON linkgress.journal
FOR EACH STATEMENT EXECUTE FUNCTION linkgress.log_trigger();
COMMENT ON TRIGGER check_write ON linkgress.journal IS 'Only the extension''s own code writes the journal';
CREATE TRIGGER check_write BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON linkgress.history
FOR EACH STATEMENT EXECUTE FUNCTION linkgress.log_trigger();
COMMENT ON TRIGGER check_write ON linkgress.history IS 'Only the extension''s own code writes the history';
ALTER TABLE linkgress.journal ENABLE ALWAYS TRIGGER check_write;
ALTER TABLE linkgress.history ENABLE ALWAYS TRIGGER check_write;

-- Registry and journal side by side. What decides the states is here and
-- nowhere else: runs select from it what is due, status() shows it.
CREATE VIEW linkgress.overview AS
SELECT
    name,
    CASE
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
    j.baseline
FROM (
    SELECT name, checksum AS up_checksum, repeatable, always,
           registered_by_oid AS author_oid, approved_by_oid AS approver_oid
    FROM linkgress.migration
) m
FULL JOIN linkgress.journal j USING (name);
COMMENT ON VIEW linkgress.overview IS 'Registry and journal side by side, with the state of each migration';
