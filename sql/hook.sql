-- Hooks: bodies that run before and after what Linkgress does.
SET linkgress.verbosity = quiet;
CREATE EXTENSION linkgress;
CREATE SCHEMA app;
CREATE TABLE app.log (id int GENERATED ALWAYS AS IDENTITY, entry text, transaction bigint DEFAULT txid_current());
CREATE FUNCTION app.note(entry text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO app.log (entry) SELECT concat_ws(' | ', entry, current_setting('linkgress.event'),
        current_setting('linkgress.direction'), nullif(current_setting('linkgress.migration', true), ''),
        nullif(current_setting('linkgress.sqlstate', true), ''), nullif(current_setting('linkgress.message', true), ''))
$$;
CREATE FUNCTION app.entries() RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY SELECT entry FROM app.log ORDER BY id;
    DELETE FROM app.log;
END $$;

-- what is no body of a hook
INSERT INTO linkgress.hook (name, event, body) VALUES ('h', 'before_each', E'SELECT 1;\nSELEC 2');
INSERT INTO linkgress.hook (name, event, body) VALUES ('h', 'before_each', E'SELECT 1;\nCOMMIT');
INSERT INTO linkgress.hook (name, event, body) VALUES ('h', 'before_each', 'COPY app.log FROM STDIN');
INSERT INTO linkgress.hook (name, event, body) VALUES ('h', 'before_each', E'SELECT 1;\nCREATE INDEX CONCURRENTLY ON app.log (entry)');
\set VERBOSITY terse
INSERT INTO linkgress.hook (name, event, body) VALUES ('h', 'before_lunch', 'SELECT 1');
INSERT INTO linkgress.hook (name, event, body) VALUES ('', 'before_each', 'SELECT 1');
INSERT INTO linkgress.hook (name, event, body) VALUES ('h', 'before_each', NULL);
\set VERBOSITY default
INSERT INTO linkgress.hook (name, event, body) VALUES ('h', 'before_each', 'SELECT 1');
UPDATE linkgress.hook SET body = 'VACUUM';
DELETE FROM linkgress.hook;

-- the order of events, and of the hooks of one event; what they can read
INSERT INTO linkgress.hook (name, event, position, body)
SELECT event, event, 0, format('SELECT app.note(%L)', 'default')
FROM unnest('{before_migrate,before_each,after_each,after_migrate,before_sync,after_sync,after_create,after_failure}'::text[]) event;
INSERT INTO linkgress.hook (name, event, position, body) VALUES
    ('b', 'before_migrate', 0, 'SELECT app.note(''second'')'),
    ('Z', 'before_migrate', 0, 'SELECT app.note(''first''); SELECT app.note(''first again'')'),
    ('z', 'before_migrate', -1, 'SELECT app.note(''before all'')');
INSERT INTO linkgress.hook (name, event, body, enabled) VALUES ('off', 'before_migrate', 'SELECT 1/0', false);
SELECT linkgress.migrate();
CALL linkgress.up();
SELECT app.entries(); -- nothing to do
INSERT INTO linkgress.migration (name, up, down) VALUES
    ('1', 'SELECT app.note(''up 1'')', 'SELECT app.note(''down 1'')'),
    ('2', 'SELECT app.note(''up 2'')', 'SELECT app.note(''down 2'')');
SELECT name, action FROM linkgress.migrate();
SELECT app.entries();
DELETE FROM linkgress.hook WHERE name IN ('b', 'Z', 'z', 'off');
SELECT name, action FROM linkgress.rollback();
SELECT app.entries();
SELECT name, action FROM linkgress.redo();
SELECT app.entries();
SELECT name, action FROM linkgress.reset();
SELECT app.entries();
SELECT name, action FROM linkgress.migrate(dry_run => true);
SELECT app.entries();
CALL linkgress.up();
SELECT app.entries();
CALL linkgress.down();
SELECT app.entries();
-- outside of a hook there is nothing to read
SELECT current_setting('linkgress.event'), current_setting('linkgress.migration');

-- a migration that cannot run in a transaction: its hooks run in transactions of their own
SET client_min_messages = warning;
INSERT INTO linkgress.migration (name, up) VALUES ('3', 'VACUUM app.log');
CALL linkgress.up();
SELECT entry, dense_rank() OVER (ORDER BY transaction) AS transaction FROM app.log ORDER BY id;
RESET client_min_messages;
SELECT count(*) FROM linkgress.repair('3', 'forget');

-- failing hooks, event by event
SELECT count(*) FROM linkgress.reset();
DELETE FROM linkgress.migration;
DELETE FROM app.log;
INSERT INTO linkgress.migration (name, up, down) VALUES ('1', 'CREATE TABLE app.t1 ()', 'DROP TABLE app.t1'), ('2', 'CREATE TABLE app.t2 ()', 'DROP TABLE app.t2');
CREATE FUNCTION app.try(event text, migration text, direction text DEFAULT 'up') RETURNS void LANGUAGE sql AS $$
    UPDATE linkgress.hook SET body = CASE hook.event WHEN try.event
        THEN format(E'SELECT app.note(''failing'');\nSELECT 1/(CASE WHEN current_setting(''linkgress.migration'') = %L AND'
            ' current_setting(''linkgress.direction'') = %L THEN 0 ELSE 1 END)', migration, direction)
        ELSE 'SELECT app.note(''default'')' END
$$;
SELECT app.try('before_migrate', '');
SELECT linkgress.migrate();
CALL linkgress.up();
SELECT app.entries();
SELECT app.try('before_each', '2');
SELECT linkgress.migrate();
SELECT name, action, error ->> 'message' AS message FROM linkgress.migrate(on_error => 'stop', dry_run => true);
CALL linkgress.up();
SELECT app.entries();
SELECT name, state, note FROM linkgress.status();
SELECT app.try('after_each', '2');
SELECT linkgress.migrate();
CALL linkgress.up();
SELECT app.entries();
SELECT to_regclass('app.t1'), to_regclass('app.t2');
SELECT name, action, error - 'hint' AS error FROM linkgress.migrate(on_error => 'stop');
SELECT app.entries();
SELECT app.try('after_migrate', '');
SELECT linkgress.migrate();
SELECT to_regclass('app.t2');
CALL linkgress.up();
SELECT app.entries();
SELECT name, state, note FROM linkgress.status();
SELECT app.try('after_each', '2', 'down');
CALL linkgress.down();
SELECT linkgress.rollback();
SELECT app.entries();
SELECT to_regclass('app.t2');
SELECT name, action, sqlstate, message, statement, line FROM linkgress.history WHERE sqlstate IS NOT NULL ORDER BY id;
SELECT call, done, sqlstate, message FROM linkgress.run WHERE sqlstate IS NOT NULL ORDER BY id;
-- one that belongs to a migration that cannot run in a transaction
INSERT INTO linkgress.migration (name, up) VALUES ('3', 'VACUUM app.log');
SELECT app.try('before_each', '3');
CALL linkgress.up();
SELECT app.try('after_each', '3');
CALL linkgress.up();
SELECT name, state, note FROM linkgress.status() WHERE name = '3';
SELECT name, action, sqlstate FROM linkgress.history ORDER BY id DESC LIMIT 3;
SELECT call, steps, done FROM linkgress.run ORDER BY id DESC LIMIT 2;
DELETE FROM app.log;

-- a failure in an after_failure hook does not hide what it is about, nor keep the others from running
INSERT INTO linkgress.migration (name, up) VALUES ('4', 'SELECT nothing');
INSERT INTO linkgress.hook (name, event, body, position) VALUES ('broken', 'after_failure', 'SELECT app.note(''lost''); SELECT 1/0', -1);
SELECT app.try('after_failure', 'none of them');
UPDATE linkgress.hook SET body = 'SELECT app.note(''lost''); SELECT 1/0' WHERE name = 'broken';
CALL linkgress.up();
SELECT app.entries();
SELECT name, action, error ->> 'message' AS message FROM linkgress.migrate(on_error => 'stop');
SELECT app.entries();
SELECT linkgress.migrate(); -- takes everything along
SELECT app.entries();
DELETE FROM linkgress.hook;

-- what a hook does to the session does not leak, and the extension is out of reach
SELECT count(*) FROM linkgress.repair('3', 'forget');
SELECT count(*) FROM linkgress.reset();
DELETE FROM linkgress.migration;
INSERT INTO linkgress.migration (name, up, down) VALUES ('1', 'SELECT public.look()', ''), ('2', '', '');
INSERT INTO linkgress.hook (name, event, position, body) VALUES
    ('1', 'before_each', 1, 'SET search_path = app; SET work_mem = ''1MB''; SET TIME ZONE ''UTC''; PREPARE p AS SELECT 1; CREATE TEMP TABLE mine ();
        SET linkgress.event = ''mine''; SELECT pg_advisory_lock(1); SET ROLE pg_monitor'),
    ('2', 'before_each', 2, 'SELECT public.look()');
CREATE FUNCTION look() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE WARNING '% % % % % %', current_user = session_user, current_setting('search_path'), current_setting('linkgress.event'),
        (SELECT count(*) FROM pg_prepared_statements), to_regclass('mine'), (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1);
END $$;
SELECT name, action FROM linkgress.migrate('1');
SHOW search_path;
DELETE FROM linkgress.hook;
\set VERBOSITY terse
INSERT INTO linkgress.hook (name, event, body) VALUES ('h', 'after_each', 'DELETE FROM linkgress.journal');
SELECT linkgress.migrate();
UPDATE linkgress.hook SET body = 'UPDATE linkgress.hook SET body = ''''';
SELECT linkgress.migrate();
UPDATE linkgress.hook SET body = 'SELECT linkgress.migrate()';
SELECT linkgress.migrate();
UPDATE linkgress.hook SET body = 'DROP EXTENSION linkgress';
CALL linkgress.up();
\set VERBOSITY default
DELETE FROM linkgress.hook;
SELECT count(*) FROM linkgress.reset();

-- trust: as for migrations
CREATE ROLE regress_lg_hook_author;
CREATE ROLE regress_lg_hook_operator;
CREATE ROLE regress_lg_hook_member IN ROLE regress_lg_hook_operator;
SELECT linkgress.grant_access('regress_lg_hook_author', 'author');
SELECT linkgress.grant_access('regress_lg_hook_member', 'author');
SELECT linkgress.grant_access('regress_lg_hook_operator', 'operator');
GRANT USAGE, CREATE ON SCHEMA app TO regress_lg_hook_operator;
SET ROLE regress_lg_hook_author;
INSERT INTO linkgress.hook (name, event, body, registered_by, author, approved_by, approvers) VALUES
    ('h', 'after_failure', 'SELECT 666', 'regress_lg_hook_operator', 'regress_lg_hook_operator', 'regress_lg_hook_operator', '{regress_lg_hook_operator}');
INSERT INTO linkgress.hook (name, event, body) VALUES ('sync', 'after_sync', 'SELECT 666');
SELECT linkgress.migrate();
SELECT linkgress.approve('h', kind => 'hook');
SET ROLE regress_lg_hook_operator;
INSERT INTO linkgress.hook (name, event, body) VALUES ('i', 'after_failure', 'SELECT 1');
SELECT linkgress.migrate();
CALL linkgress.up();
SELECT name, severity, problem, message, hint FROM linkgress.validate() WHERE name = 'h';
SELECT linkgress.approve('h', linkgress.checksum('SELECT 666'), 'hook');
SELECT linkgress.approve('h', linkgress.registration_fingerprint('h', 'hook'), 'hook');
SELECT linkgress.approve('i', kind => 'hook');
SELECT linkgress.approve('h', kind => 'trigger');
SELECT name, action FROM linkgress.migrate('1');
SELECT name, action FROM linkgress.history ORDER BY id DESC LIMIT 2;
-- a change of what runs, or when or how, takes the approval away
SELECT name, registered_by, author, approved_by, approvers FROM linkgress.hook WHERE name = 'h';
SET ROLE regress_lg_hook_author;
UPDATE linkgress.hook SET managed = managed WHERE name = 'h';
SELECT name, registered_by, author, approved_by, approvers FROM linkgress.hook WHERE name = 'h';
UPDATE linkgress.hook SET enabled = false WHERE name = 'h';
SELECT name, registered_by, author, approved_by, approvers FROM linkgress.hook WHERE name = 'h';
RESET ROLE;
CREATE FUNCTION app.authors(change text) RETURNS TABLE (author text, approvers text) LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM linkgress.hook WHERE name LIKE 'safe%';
    INSERT INTO linkgress.hook (name, event, body) VALUES ('safe', 'after_sync', 'SELECT 1');
    PERFORM linkgress.approve('safe', kind => 'hook');
    SET LOCAL ROLE regress_lg_hook_author;
    EXECUTE 'UPDATE linkgress.hook SET ' || change || ' WHERE name = ''safe''';
    RESET ROLE;
    RETURN QUERY SELECT replace(h.author::text, session_user, 'superuser'), replace(h.approvers::text, session_user, 'superuser')
        FROM linkgress.hook h WHERE name LIKE 'safe%';
    DELETE FROM linkgress.hook WHERE name LIKE 'safe%';
END $$;
SELECT change, author, approvers FROM unnest(ARRAY['name = ''safer''', 'event = ''before_sync''', 'body = ''SELECT 2''', 'position = 1',
    'enabled = false', 'managed = true', 'registered_at = now()', 'author = ''regress_lg_hook_author''',
    'approvers = ''{regress_lg_hook_author}''', 'event = event']) change, app.authors(change);
DROP FUNCTION app.authors(text);
SET ROLE regress_lg_hook_author;
UPDATE linkgress.hook SET enabled = true WHERE name = 'h';
SET ROLE regress_lg_hook_member;
UPDATE linkgress.hook SET body = 'SELECT 1' WHERE name = 'h';
SET ROLE regress_lg_hook_operator;
SELECT name, action FROM linkgress.migrate();
SELECT name, action FROM linkgress.reset();
SET ROLE regress_lg_hook_author;
UPDATE linkgress.hook SET event = 'before_migrate' WHERE name = 'h';
UPDATE linkgress.hook SET approved_by = 'regress_lg_hook_operator', approvers = '{regress_lg_hook_operator}' WHERE name = 'h';
SET ROLE regress_lg_hook_operator;
SELECT linkgress.migrate();
SELECT linkgress.approve('h', kind => 'hook');
SELECT name, action FROM linkgress.migrate('1');
-- the rights are the caller's, and stay so
SET ROLE regress_lg_hook_member;
UPDATE linkgress.hook SET body = 'RESET ROLE' WHERE name = 'h';
SET ROLE regress_lg_hook_operator;
SELECT linkgress.migrate();
SET ROLE regress_lg_hook_member;
UPDATE linkgress.hook SET body = 'CREATE SCHEMA not_allowed' WHERE name = 'h';
SET ROLE regress_lg_hook_operator;
SELECT linkgress.migrate();
RESET ROLE;
DELETE FROM linkgress.hook;
SELECT count(*) FROM linkgress.reset();

-- the parts of the model have authors too
SET ROLE regress_lg_hook_author;
INSERT INTO linkgress.model (name, source, registered_by) VALUES ('part', 'CREATE TABLE t ()', 'regress_lg_hook_operator');
INSERT INTO linkgress.rename (kind, old, new) VALUES ('table', 'public.a', 'b');
INSERT INTO linkgress.rename (kind, old, new, used_at) VALUES ('table', 'public.a', 'b', now());
SET ROLE regress_lg_hook_operator;
SELECT linkgress.approve('part', linkgress.registration_fingerprint('part', 'model'), 'model');
SELECT linkgress.approve('part', '', 'model');
SELECT linkgress.approve('other', kind => 'model');
SELECT name, format, checksum = linkgress.checksum(source) AS checksum, registered_by, approved_by FROM linkgress.model;
SET ROLE regress_lg_hook_member;
UPDATE linkgress.model SET source = source WHERE name = 'part';
SELECT registered_by, approved_by FROM linkgress.model;
UPDATE linkgress.model SET source = '{"tables": {}}', format = 'json' WHERE name = 'part';
SELECT registered_by, approved_by FROM linkgress.model;
RESET ROLE;
\set VERBOSITY terse
UPDATE linkgress.model SET format = 'yaml';
\set VERBOSITY default
DELETE FROM linkgress.model;
SELECT linkgress.grant_access(role, 'none') FROM unnest('{regress_lg_hook_author,regress_lg_hook_member,regress_lg_hook_operator}'::name[]) role;
DROP OWNED BY regress_lg_hook_operator;
DROP ROLE regress_lg_hook_author, regress_lg_hook_member, regress_lg_hook_operator;

-- managed: what a hook creates is recorded
INSERT INTO linkgress.hook (name, event, managed, body) VALUES ('objects', 'after_migrate', true, $$
SET search_path = app;
CREATE OR REPLACE FUNCTION double(n int) RETURNS int LANGUAGE sql AS 'SELECT 2 * n';
CREATE OR REPLACE VIEW doubled AS SELECT double(1) AS two;
CREATE TABLE IF NOT EXISTS kept (id int);
CREATE TEMPORARY TABLE gone ();
CREATE FUNCTION gone() RETURNS int LANGUAGE sql AS 'SELECT 1';
DROP FUNCTION gone();
DO 'BEGIN CREATE TABLE undone (); RAISE division_by_zero; EXCEPTION WHEN division_by_zero THEN END';
CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE OR REPLACE TRIGGER touch BEFORE UPDATE ON kept EXECUTE FUNCTION touch();
$$);
SELECT name, action FROM linkgress.migrate();
SELECT * FROM linkgress.hook_object ORDER BY type, names;
-- what is replaced counts, whoever had made it
SELECT count(*) FROM linkgress.reset();
DELETE FROM linkgress.hook;
SELECT * FROM linkgress.hook_object;
INSERT INTO linkgress.hook (name, event, managed, body) VALUES
    ('replaces', 'after_migrate', true, 'CREATE OR REPLACE VIEW app.doubled AS SELECT app.double(1) AS two; CREATE TABLE IF NOT EXISTS app.kept ()'),
    ('not managed', 'after_migrate', false, 'CREATE OR REPLACE FUNCTION app.double(n int) RETURNS int LANGUAGE sql AS ''SELECT n + n''');
CALL linkgress.up();
SELECT * FROM linkgress.hook_object ORDER BY type, names;
UPDATE linkgress.hook SET name = 'renamed' WHERE name = 'replaces';
SELECT hook FROM linkgress.hook_object;
UPDATE linkgress.hook SET managed = false WHERE name = 'renamed';
SELECT hook FROM linkgress.hook_object;
INSERT INTO linkgress.hook_object VALUES ('x', 'table', '{x}', '{}');
UPDATE linkgress.hook_object SET names = '{y}';
TRUNCATE linkgress.hook;
SELECT * FROM linkgress.hook_object;

DROP SCHEMA app CASCADE;
DROP FUNCTION look();
DROP EXTENSION linkgress;
