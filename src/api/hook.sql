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
    author linkgress.role NOT NULL,
    approved_at timestamptz,
    approved_by name,
    approvers linkgress.role[],
    fingerprint text NOT NULL GENERATED ALWAYS AS (linkgress.registration_digest(
        'hook', name, body, NULL, ARRAY[event, position::text, enabled::text, managed::text]
    )) STORED,
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
COMMENT ON COLUMN linkgress.hook.registered_at IS 'When it was registered as it is';
COMMENT ON COLUMN linkgress.hook.registered_by IS 'Who registered it as it is, text and way of running, by the name of that time';
COMMENT ON COLUMN linkgress.hook.author IS 'That role, which outlives a renaming; in parentheses when it is gone';
COMMENT ON COLUMN linkgress.hook.approved_at IS 'When it was last approved';
COMMENT ON COLUMN linkgress.hook.approved_by IS 'Who did that, by the name of that time';
COMMENT ON COLUMN linkgress.hook.approvers IS 'All who have approved it with linkgress.approve(), as it is and as it runs';
COMMENT ON COLUMN linkgress.hook.fingerprint IS 'SHA-256 of all that its author answers for and approvers approve';
COMMENT ON CONSTRAINT hook_name_check ON linkgress.hook IS 'A name is not empty';
COMMENT ON CONSTRAINT hook_event_check ON linkgress.hook IS 'The events that there are';
SELECT pg_catalog.pg_extension_config_dump('linkgress.hook', '');

CREATE TABLE linkgress.hook_object (
    hook text COLLATE "C" NOT NULL,
    type text NOT NULL,
    names text[] NOT NULL,
    arguments text[] NOT NULL
);
CREATE UNIQUE INDEX hook_object_key ON linkgress.hook_object (hook, type, names, arguments);
ALTER TABLE linkgress.hook_object REPLICA IDENTITY USING INDEX hook_object_key;
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
CREATE TRIGGER check_row BEFORE INSERT OR UPDATE OR DELETE ON linkgress.hook_object
FOR EACH ROW EXECUTE FUNCTION linkgress.log_trigger();
COMMENT ON TRIGGER check_row ON linkgress.hook_object IS 'The same, row by row';
-- Also under session_replication_role = replica, as pg_restore may set it.
ALTER TABLE linkgress.hook ENABLE ALWAYS TRIGGER check_hook;
ALTER TABLE linkgress.hook ENABLE ALWAYS TRIGGER check_truncate;
ALTER TABLE linkgress.hook_object ENABLE ALWAYS TRIGGER check_write;
ALTER TABLE linkgress.hook_object ENABLE ALWAYS TRIGGER check_row;
