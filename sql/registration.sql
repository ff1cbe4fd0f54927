-- Who answers for what is registered: its text, and when and how it runs.
SET linkgress.verbosity = quiet;
SET client_min_messages = warning;
CREATE ROLE regress_lg_reg_superuser SUPERUSER;
SET SESSION AUTHORIZATION regress_lg_reg_superuser;
CREATE EXTENSION linkgress;
CREATE ROLE regress_lg_reg_author;
CREATE ROLE regress_lg_reg_operator;
CREATE ROLE regress_lg_reg_member IN ROLE regress_lg_reg_operator;
CREATE ROLE regress_lg_reg_writer;
GRANT pg_write_all_data, pg_read_all_data TO regress_lg_reg_writer;
SELECT linkgress.grant_access('regress_lg_reg_author', 'author');
SELECT linkgress.grant_access('regress_lg_reg_member', 'author');
SELECT linkgress.grant_access('regress_lg_reg_operator', 'operator');
CREATE SCHEMA app;
GRANT CREATE, USAGE ON SCHEMA app TO regress_lg_reg_author, regress_lg_reg_operator;
CREATE FUNCTION app.who(role text) RETURNS text LANGUAGE sql AS $$ SELECT replace(role, 'regress_lg_reg_', '') $$;
CREATE FUNCTION app.of(registered text) RETURNS text LANGUAGE sql AS $$
    SELECT app.who(author::text) || coalesce(' approved by ' || app.who(approvers::text), '')
    FROM linkgress.migration WHERE name = registered
$$;

-- ---- What changes how a text runs changes who answers for it.

CREATE FUNCTION app.answers(change text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text;
BEGIN
    INSERT INTO linkgress.migration (name, up, down, transactional, down_transactional)
    VALUES ('safe', 'SELECT 1', 'SELECT 2', true, true);
    PERFORM linkgress.approve('safe');
    SET LOCAL ROLE regress_lg_reg_author;
    EXECUTE 'UPDATE linkgress.migration SET ' || change || ' WHERE name = ''safe''';
    RESET ROLE;
    SELECT app.of(name) INTO answer FROM linkgress.migration WHERE name LIKE 'safe%';
    DELETE FROM linkgress.migration WHERE name LIKE 'safe%';
    RETURN answer;
END $$;
SELECT change, app.answers(change) FROM unnest(ARRAY['name = ''safer''', 'up = ''SELECT 2''', 'down = NULL',
    'down = ''SELECT 3''', 'transactional = false', 'down_transactional = false', 'statement_timeout = ''1s''',
    'always = true', 'repeatable = true',
    'up = up', 'transactional = NULL', 'description = ''x''', 'tags = ''{x}''', 'breaking = true', 'registered_at = ''2000-01-01''',
    'author = ''regress_lg_reg_author''', 'registered_by = ''regress_lg_reg_author''', 'approvers = ''{regress_lg_reg_author}''']) change;
SET ROLE regress_lg_reg_author;
SELECT linkgress.register('safe', 'SELECT 1');
RESET ROLE;
SELECT linkgress.register('safe', 'SELECT 1'), app.of('safe');
SELECT linkgress.register('safe', 'SELECT 1', statement_timeout => '1s'), app.of('safe');
SET ROLE regress_lg_reg_author;
SELECT linkgress.register('safe', 'SELECT 1', statement_timeout => '1s'), app.of('safe');
SELECT linkgress.register('safe', 'SELECT 1'), app.of('safe');
RESET ROLE;
DELETE FROM linkgress.migration;

-- An author, and an operator, would have the superuser's SET LOCAL ROLE be void.
SET ROLE regress_lg_reg_author;
CREATE FUNCTION app.backfill() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    ALTER ROLE regress_lg_reg_author SUPERUSER;
EXCEPTION WHEN insufficient_privilege THEN
    NULL;
END $$;
RESET ROLE;
INSERT INTO linkgress.migration (name, up, down)
SELECT n, 'SET LOCAL ROLE regress_lg_reg_author; SELECT app.backfill()', 'SELECT 1' FROM unnest('{1,2,3}'::text[]) n;
SET ROLE regress_lg_reg_author;
UPDATE linkgress.migration SET transactional = false, statement_timeout = '1h' WHERE name = '1';
SET ROLE regress_lg_reg_operator;
SELECT * FROM linkgress.repair('2', done => 1);
SELECT * FROM linkgress.repair('2', 'set_done', done => 0);
SELECT * FROM linkgress.repair('3', rename_to => '0');
RESET ROLE;
SELECT name, transactional, app.of(name) FROM linkgress.migration ORDER BY name;
CALL linkgress.up();
CALL linkgress.up(skip_untrusted => true);
SELECT rolsuper FROM pg_roles WHERE rolname = 'regress_lg_reg_author';
SELECT name, state FROM linkgress.status();
SELECT count(*) FROM linkgress.reset();
DELETE FROM linkgress.migration;

-- What has failed at its first statement does not make the text after it run statement by statement; what is partly done
-- goes on so, and says it.
INSERT INTO linkgress.migration (name, up, down) VALUES ('1', 'DROP INDEX CONCURRENTLY app.none', '');
CALL linkgress.up();
UPDATE linkgress.migration SET up = 'SET LOCAL ROLE regress_lg_reg_author; SELECT app.backfill()' WHERE name = '1';
SELECT transactional FROM linkgress.migration;
SELECT * FROM linkgress.repair('1', done => 1);
CALL linkgress.up();
SELECT rolsuper FROM pg_roles WHERE rolname = 'regress_lg_reg_author';
SELECT count(*) FROM linkgress.partial;
INSERT INTO linkgress.migration (name, up, transactional) VALUES ('2', 'SELECT 1; SELECT 1/0', false);
CALL linkgress.up();
UPDATE linkgress.migration SET up = 'SELECT 1; SELECT 2', transactional = NULL WHERE name = '2';
SELECT transactional FROM linkgress.migration WHERE name = '2';
UPDATE linkgress.migration SET up = 'SELECT 1; SELECT 2', transactional = true WHERE name = '2';
SELECT transactional FROM linkgress.migration WHERE name = '2';
-- Whoever says what is done of it, or that it is all, or nothing, answers for it, unless he could act as its author.
CREATE FUNCTION app.repaired(call text, by_role text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text;
BEGIN
    EXECUTE format('SET LOCAL ROLE %I', by_role);
    EXECUTE 'SELECT linkgress.repair(' || call || ')';
    RESET ROLE;
    SELECT app.of(name) INTO answer FROM linkgress.migration WHERE name LIKE '2%';
    RAISE EXCEPTION '%', answer USING ERRCODE = 'LG999';
EXCEPTION WHEN SQLSTATE 'LG999' THEN
    RETURN answer;
END $$;
SELECT linkgress.approve('2') = linkgress.registration_fingerprint('2') AS approved;
SELECT call, app.repaired(call, role::text) FROM unnest(ARRAY['''2'', done => 1', '''2'', done => 0', '''2'', ''forget''',
    '''2'', ''mark_applied''', '''2'', rename_to => ''20''']) call, unnest(ARRAY['regress_lg_reg_operator', session_user]) role;
SET ROLE regress_lg_reg_member;
UPDATE linkgress.migration SET up = 'SELECT 1; SELECT 3' WHERE name = '2';
RESET ROLE;
SELECT linkgress.approve('2') <> '';
SELECT app.of('2');
-- nor may anybody keep an approval that he could not have given
SELECT app.repaired('''2'', done => 1', 'regress_lg_reg_member');
SELECT * FROM linkgress.repair('2', 'forget');
DELETE FROM linkgress.migration WHERE name = '2';
SELECT count(*) FROM linkgress.reset();
DELETE FROM linkgress.migration;

-- The way in which a down runs is kept with it.
INSERT INTO linkgress.migration (name, up, down, statement_timeout) VALUES ('1', 'SELECT 1', 'SELECT pg_sleep(30)', '1ms');
SELECT name, action FROM linkgress.migrate();
SET session_replication_role = replica;
ALTER TABLE linkgress.migration DISABLE TRIGGER USER;
DELETE FROM linkgress.migration;
ALTER TABLE linkgress.migration ENABLE ALWAYS TRIGGER check_migration;
ALTER TABLE linkgress.migration ENABLE ALWAYS TRIGGER check_truncate;
RESET session_replication_role;
\set VERBOSITY terse
SELECT linkgress.rollback();
\set VERBOSITY default
SELECT * FROM linkgress.repair('1', 'forget');

-- ---- An approval says exactly what it approves.

CREATE TABLE app.keep (a int);
INSERT INTO app.keep VALUES (1);
SET ROLE regress_lg_reg_author;
INSERT INTO linkgress.migration (name, up, down) VALUES ('1', 'ALTER TABLE app.keep ADD b int;', ' TRUNCATE app.keep; ALTER TABLE app.keep DROP b;');
RESET ROLE;
SELECT linkgress.registration_fingerprint('1') AS read \gset
-- anybody can compute it
SELECT :'read' = encode(sha256(convert_to(jsonb_build_array('migration', name, up, down, repeatable::text, always::text, transactional::text,
    down_transactional::text, NULL)::text, 'UTF8')), 'hex') AS same FROM linkgress.migration;
SELECT linkgress.registration_digest('migration', E'a"\\\b\f\n\r\t\x01\x7fa', NULL, '', '{x,NULL,""}') =
    encode(sha256(convert_to(jsonb_build_array('migration', E'a"\\\b\f\n\r\t\x01\x7fa', NULL, '', 'x', NULL, '')::text, 'UTF8')), 'hex') AS same;
SET ROLE regress_lg_reg_author;
UPDATE linkgress.migration SET up = up || down, down = NULL, always = true;
RESET ROLE;
SELECT regexp_replace(linkgress.approve('1', :'read'), '.*', '');
SELECT linkgress.approve('1', '') IS NULL;
\set VERBOSITY sqlstate
SELECT linkgress.migrate();
\set VERBOSITY default
SELECT count(*) FROM app.keep;
DELETE FROM linkgress.migration;
-- Whatever differs has another fingerprint, what cannot be told apart has not.
CREATE FUNCTION app.fingerprints() RETURNS TABLE (different bigint, of bigint) LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY SELECT count(DISTINCT fingerprint), count(*) FROM linkgress.migration;
END $$;
INSERT INTO linkgress.migration (name, up, down, transactional, down_transactional, statement_timeout, always, repeatable) VALUES
    ('a', 'SELECT 1;', NULL, NULL, NULL, NULL, false, false), ('b', 'SELECT 1;', NULL, NULL, NULL, NULL, false, false),
    ('c', '', 'SELECT 1;', NULL, NULL, NULL, false, false), ('d', 'SELECT 1', ';', NULL, NULL, NULL, false, false),
    ('e', 'SELECT 1', '', NULL, NULL, NULL, false, false), ('f', 'SELECT 1', NULL, NULL, NULL, NULL, false, false),
    ('g', 'SELECT 1', '', false, NULL, NULL, false, false), ('h', 'SELECT 1', '', NULL, false, NULL, false, false),
    ('i', 'SELECT 1', '', NULL, NULL, '0', false, false), ('j', 'SELECT 1', '', NULL, NULL, '1', false, false),
    ('k', 'SELECT 1', '', NULL, NULL, NULL, true, false), ('l', 'SELECT 1', '', NULL, NULL, NULL, false, true);
SELECT * FROM app.fingerprints();
SELECT count(DISTINCT linkgress.registration_digest('migration', 'same', up, down, ARRAY[repeatable::text, always::text, transactional::text,
    down_transactional::text, (extract(epoch FROM statement_timeout) * 1000)::bigint::text])) FROM linkgress.migration;
SELECT count(*) FROM linkgress.status() s JOIN linkgress.migration m USING (name, fingerprint)
WHERE s.fingerprint = linkgress.registration_fingerprint(s.name);
SELECT linkgress.registration_fingerprint('none'), linkgress.registration_fingerprint('a', 'hook'), linkgress.registration_fingerprint('a', 'none');
DELETE FROM linkgress.migration;

-- Approvals stand side by side; the strongest counts.
SET ROLE regress_lg_reg_author;
INSERT INTO linkgress.migration (name, up) VALUES ('1', 'CREATE TABLE app.one (a int)');
RESET ROLE;
SELECT linkgress.approve('1') = linkgress.registration_fingerprint('1') AS approved;
SET ROLE regress_lg_reg_operator;
SELECT linkgress.approve('1', linkgress.registration_fingerprint('1')) <> '' AS approved;
SELECT linkgress.approve('1') <> '' AS approved;
RESET ROLE;
SELECT app.of('1');
SELECT action, message = linkgress.registration_fingerprint('1') AS says_what FROM linkgress.history WHERE action = 'approve' ORDER BY id DESC LIMIT 1;
SELECT name, action FROM linkgress.migrate();
SELECT app.who(author::text) AS author, app.who(approvers::text) AS approvers FROM linkgress.journal;
SET ROLE regress_lg_reg_author;
UPDATE linkgress.migration SET down = 'DROP TABLE app.one' WHERE name = '1';
RESET ROLE;
SELECT app.of('1');
SET ROLE regress_lg_reg_operator;
SELECT linkgress.approve('1') <> '' AS approved;
RESET ROLE;
\set VERBOSITY sqlstate
SELECT linkgress.rollback();
\set VERBOSITY default
SELECT linkgress.approve('1') <> '' AS approved;
SELECT name, action FROM linkgress.rollback();
DELETE FROM linkgress.migration;

-- ---- Nothing but Linkgress, or a superuser who restores, writes its records.

GRANT USAGE ON SCHEMA linkgress TO regress_lg_reg_writer;
CREATE FUNCTION app.try(role name, statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('SET LOCAL ROLE %I', role);
    EXECUTE statement;
    RESET ROLE;
    RETURN 'done';
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
INSERT INTO linkgress.migration (name, up, down) VALUES ('1', 'SELECT 1', 'SELECT 1');
SELECT name, action FROM linkgress.migrate();
CREATE TEMP TABLE forgery (what text, statement text);
INSERT INTO forgery VALUES
    ('journal', $$INSERT INTO linkgress.journal (id, name, batch, started_at, applied_at, applied_by, duration, checksum, down, down_transactional, author, server_version)
        OVERRIDING SYSTEM VALUE VALUES (1000000, 'zzz', 1, now(), now(), 'postgres', '1s', 'x', 'ALTER ROLE regress_lg_reg_writer SUPERUSER', true, linkgress.to_role(10), '15')$$),
    ('journal by a select', 'INSERT INTO linkgress.journal OVERRIDING SYSTEM VALUE SELECT * FROM linkgress.journal'),
    ('journal on conflict', $$INSERT INTO linkgress.journal OVERRIDING SYSTEM VALUE SELECT * FROM linkgress.journal
        ON CONFLICT (name) DO UPDATE SET down = 'ALTER ROLE regress_lg_reg_writer SUPERUSER'$$),
    ('journal by a merge', $$MERGE INTO linkgress.journal j USING (SELECT 1) s ON true WHEN MATCHED THEN UPDATE SET down = 'x'$$),
    ('journal by an update', $$UPDATE linkgress.journal SET down = 'x'$$),
    ('journal by a delete', 'DELETE FROM linkgress.journal'),
    ('journal by a truncate', 'TRUNCATE linkgress.journal'),
    ('journal through a view', 'INSERT INTO app.redirected VALUES (1)'),
    ('history', $$INSERT INTO linkgress.history (run, name, action, by) VALUES (1, '1', 'approve', 'postgres')$$),
    ('run', $$INSERT INTO linkgress.run (call, started_by) VALUES ('x', 'x')$$),
    ('partial', $$INSERT INTO linkgress.partial (name, direction, done, statements, at) VALUES ('1', 'down', 1, 1, now())$$),
    ('partial_statement', $$INSERT INTO linkgress.partial_statement VALUES ('1', 1, 'x')$$),
    ('hook_object', $$INSERT INTO linkgress.hook_object VALUES ('x', 'table', '{x}', '{}')$$),
    ('materialised', $$INSERT INTO linkgress.materialised (key, scope, owners, says_privileges, created_schemas, environment, document)
        VALUES ('x', '{}', '{}', false, '{}', 'x', '{}')$$),
    ('materialised by an update', $$UPDATE linkgress.materialised SET document = '{}'$$),
    ('materialised by a delete', 'DELETE FROM linkgress.materialised'),
    ('materialised by a truncate', 'TRUNCATE linkgress.materialised');
CREATE VIEW app.redirected AS SELECT 1 AS a;
CREATE RULE redirect AS ON INSERT TO app.redirected DO INSTEAD
    INSERT INTO linkgress.partial (name, direction, done, statements, at) VALUES ('1', 'down', 1, 1, now());
ALTER VIEW app.redirected OWNER TO regress_lg_reg_writer;
GRANT INSERT ON app.redirected TO regress_lg_reg_author;
GRANT ALL ON ALL TABLES IN SCHEMA linkgress TO regress_lg_reg_author;
GRANT ALL ON ALL SEQUENCES IN SCHEMA linkgress TO regress_lg_reg_author;
GRANT EXECUTE ON FUNCTION linkgress.to_role(oid) TO regress_lg_reg_author, regress_lg_reg_writer;
SELECT what, app.try('regress_lg_reg_writer', statement) FROM forgery;
SELECT what, app.try('regress_lg_reg_author', statement) FROM forgery;
-- not in a function either that a superuser has left to others, nor when he is only the session's
CREATE FUNCTION app.execute(statement text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN EXECUTE statement; END';
SELECT what, app.try('regress_lg_reg_author', format('SELECT app.execute(%L)', statement)) FROM forgery
WHERE what IN ('journal', 'history', 'run', 'partial', 'partial_statement', 'hook_object', 'materialised');
DROP FUNCTION app.execute(text);
SET session_replication_role = replica;
SELECT what, app.try('regress_lg_reg_writer', statement) FROM forgery WHERE what IN ('journal', 'materialised by an update');
RESET session_replication_role;
-- materialised by nobody
\set VERBOSITY terse
INSERT INTO linkgress.materialised (key, scope, owners, says_privileges, created_schemas, environment, document) VALUES ('x', '{}', '{}', false, '{}', 'x', '{}');
UPDATE linkgress.materialised SET document = '{}';
TRUNCATE linkgress.materialised;
\set VERBOSITY default
SELECT name, action FROM linkgress.rollback();
SELECT rolsuper FROM pg_roles WHERE rolname = 'regress_lg_reg_writer';
DELETE FROM linkgress.migration;

-- An author is named only by whoever could act as him.
CREATE FUNCTION app.forged(role name, author text, approvers text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text;
BEGIN
    EXECUTE format('SET LOCAL ROLE %I', role);
    INSERT INTO linkgress.migration (name, up, registered_at, author, approvers, approved_at)
    VALUES ('x', 'SELECT 1', '2000-01-01', author::linkgress.role, approvers::linkgress.role[], '2000-01-01');
    RESET ROLE;
    SELECT app.of('x') || CASE WHEN registered_at = now() THEN '' ELSE ' then' END
        || CASE WHEN approved_at <> now() THEN ', approved then' ELSE '' END
    INTO answer FROM linkgress.migration;
    DELETE FROM linkgress.migration;
    RETURN answer;
END $$;
SELECT author, role, app.who(app.forged(role, author, format('{%s}', author))) FROM
    (VALUES ('regress_lg_reg_author'), ('regress_lg_reg_operator'), ('regress_lg_reg_absent'), ('"regress_lg_reg_operator"'), ('(regress_lg_reg_operator)'), ('10'), ('')) a(author),
    unnest('{regress_lg_reg_author,regress_lg_reg_member}'::name[]) role;
SELECT author, app.who(app.forged(session_user, author, format('{%s}', author))) FROM
    (VALUES ('regress_lg_reg_author'), ('regress_lg_reg_absent'), ('(regress_lg_reg_author)')) a(author);
SELECT app.who(app.forged(session_user, NULL, '{regress_lg_reg_author}'));

-- ---- Authors by name in a dump, by role otherwise.

CREATE ROLE "regress (lg) ""quoted""" SUPERUSER;
CREATE ROLE "(regress lg)" SUPERUSER;
SELECT role, role::linkgress.role, role::linkgress.role::oid <> 0 AS known, role::linkgress.role::text::linkgress.role::oid = role::linkgress.role::oid AS again
FROM unnest(ARRAY['regress (lg) "quoted"', '"regress (lg) ""quoted"""', '(regress lg)', '"(regress lg)"', '10', '0', '', '-', '()', '(', '"', '""', 'public', 'none',
    repeat('x', 100), '(' || repeat('a', 100) || ')']) role;
SET ROLE "regress (lg) ""quoted""";
INSERT INTO linkgress.migration (name, up) VALUES ('1', 'SELECT 1');
RESET ROLE;
SELECT author, registered_by FROM linkgress.migration;
ALTER ROLE "regress (lg) ""quoted""" RENAME TO regress_lg_reg_leaver;
SELECT author, author::text, author::name, registered_by FROM linkgress.migration;
DROP ROLE regress_lg_reg_leaver;
CREATE ROLE regress_lg_reg_leaver SUPERUSER;
SELECT author, author::text::linkgress.role::oid FROM linkgress.migration;
\set VERBOSITY terse
SELECT linkgress.migrate();
\set VERBOSITY default
SELECT name, message FROM linkgress.validate() WHERE problem = 'not trusted';
DELETE FROM linkgress.migration;
DROP ROLE regress_lg_reg_leaver, "(regress lg)";

-- ---- One author's row refuses nobody's run for ever.

SET ROLE regress_lg_reg_author;
INSERT INTO linkgress.migration (name, up) VALUES ('2', 'SELECT 1');
INSERT INTO linkgress.hook (name, event, body) VALUES ('spy', 'before_each', 'SELECT 1');
RESET ROLE;
INSERT INTO linkgress.migration (name, up) VALUES ('1', 'SELECT 1'), ('3', 'SELECT 1');
GRANT CREATE ON SCHEMA app TO regress_lg_reg_operator;
SET ROLE regress_lg_reg_operator;
SELECT linkgress.migrate();
CALL linkgress.up();
SELECT linkgress.launch();
SELECT name, action FROM linkgress.migrate(skip_untrusted => true);
CALL linkgress.up(skip_untrusted => true);
RESET ROLE;
SELECT name, state FROM linkgress.status();
SET ROLE regress_lg_reg_operator;
SELECT linkgress.rollback();
RESET ROLE;

SELECT rolname FROM pg_roles WHERE rolname LIKE 'regress\_lg\_reg%' AND rolsuper;
SELECT linkgress.grant_access(role, 'none') FROM unnest('{regress_lg_reg_author,regress_lg_reg_member,regress_lg_reg_operator,regress_lg_reg_writer}'::name[]) role;
DROP SCHEMA app CASCADE;
DROP EXTENSION linkgress;
DROP ROLE regress_lg_reg_author, regress_lg_reg_member, regress_lg_reg_operator, regress_lg_reg_writer;
RESET SESSION AUTHORIZATION;
DROP TABLE forgery;
DROP SCHEMA IF EXISTS linkgress;
DROP ROLE regress_lg_reg_superuser;
