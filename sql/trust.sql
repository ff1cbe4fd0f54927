-- Code never runs with more rights than its author had.
SET linkgress.verbosity = quiet;
CREATE EXTENSION linkgress;
CREATE ROLE regress_lg_app;
CREATE ROLE regress_lg_author;
CREATE ROLE regress_lg_member IN ROLE regress_lg_app;
CREATE ROLE regress_lg_operator;
CREATE ROLE regress_lg_viewer;
CREATE ROLE regress_lg_nobody;
CREATE SCHEMA app AUTHORIZATION regress_lg_app;

-- nothing for PUBLIC
SET ROLE regress_lg_nobody;
SELECT * FROM linkgress.status();
SELECT linkgress.migrate();
CALL linkgress.up();
SELECT * FROM linkgress.migration;
RESET ROLE;
SELECT n.oid::regprocedure FROM pg_proc n WHERE pronamespace = 'linkgress'::regnamespace AND has_function_privilege('regress_lg_nobody', n.oid, 'EXECUTE');
SELECT c.oid::regclass FROM pg_class c WHERE relnamespace = 'linkgress'::regnamespace AND relkind IN ('r', 'v')
    AND has_table_privilege('regress_lg_nobody', c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER');

-- levels
SELECT linkgress.grant_access('regress_lg_viewer', 'viewer');
SELECT linkgress.grant_access('regress_lg_author', 'author');
SELECT linkgress.grant_access('regress_lg_member', 'author');
SELECT linkgress.grant_access('regress_lg_operator', 'operator');
SELECT linkgress.grant_access('regress_lg_app', 'operator');
SELECT linkgress.grant_access('regress_lg_nobody', 'admin');
SELECT linkgress.grant_access('regress_lg_absent', 'viewer');

SET ROLE regress_lg_viewer;
SELECT count(*) FROM linkgress.status();
SELECT count(*) FROM linkgress.pending();
SELECT count(*) FROM linkgress.applied();
SELECT count(*) FROM linkgress.validate();
SELECT count(*) FROM linkgress.migration;
SELECT linkgress.register('x', '');
SELECT linkgress.migrate();
SELECT linkgress.grant_access('regress_lg_viewer', 'operator');

-- an author registers, and cannot run; authorship cannot be forged
SET ROLE regress_lg_author;
SELECT linkgress.register('01', 'CREATE TABLE app.one (id int)', 'DROP TABLE app.one');
INSERT INTO linkgress.migration (name, up, registered_by, author, registered_at, approved_by, approvers, approved_at)
VALUES ('02', 'CREATE TABLE app.two (id int)', 'regress_lg_app', 'regress_lg_app', '2000-01-01', 'regress_lg_app', '{regress_lg_app}', '2000-01-01');
UPDATE linkgress.migration SET registered_by = 'regress_lg_app', approved_by = 'regress_lg_app', approvers = '{regress_lg_app}' WHERE name = '01';
SELECT name, registered_by, author, registered_at = now() AS now, approved_by, approvers FROM linkgress.migration ORDER BY name;
SELECT linkgress.migrate();
SELECT linkgress.approve('01');
INSERT INTO linkgress.journal (name, batch, started_at, applied_at, applied_by, duration, checksum, author, server_version) VALUES ('01', 1, now(), now(), 'x', '1s', 'x', 'x', '');

-- an operator runs, and cannot register; a text of somebody else needs approval
SET ROLE regress_lg_app;
SELECT linkgress.register('x', '');
SELECT linkgress.migrate();
CALL linkgress.up();
SELECT name, severity, problem, message FROM linkgress.validate() WHERE problem = 'not trusted';
SELECT linkgress.approve('01');
SELECT linkgress.approve('nope');
SELECT name, action FROM linkgress.migrate(target => '01');
SELECT tableowner FROM pg_tables WHERE tablename = 'one';
SELECT linkgress.migrate();
-- a change of the text takes the approval away
SELECT linkgress.approve('02');
SET ROLE regress_lg_author;
UPDATE linkgress.migration SET description = 'still approved' WHERE name = '02';
SELECT name, approved_by FROM linkgress.migration WHERE name = '02';
UPDATE linkgress.migration SET up = 'CREATE TABLE app.two (id int); GRANT regress_lg_app TO regress_lg_author' WHERE name = '02';
SELECT name, approved_by FROM linkgress.migration WHERE name = '02';
UPDATE linkgress.migration SET down = 'DROP TABLE app.one; SELECT 666' WHERE name = '01';
SET ROLE regress_lg_app;
SELECT linkgress.migrate();
SELECT linkgress.rollback();
SELECT linkgress.redo();
SELECT linkgress.reset();
SELECT linkgress.approve('01');
SELECT name, action FROM linkgress.rollback();

-- a member of the role is trusted, and so is a superuser
SET ROLE regress_lg_member;
UPDATE linkgress.migration SET up = 'CREATE TABLE app.two (id int)', down = 'DROP TABLE app.two' WHERE name = '02';
RESET ROLE;
UPDATE linkgress.migration SET up = 'CREATE TABLE app.one (id int, n text)' WHERE name = '01';
SET ROLE regress_lg_app;
SELECT name, action FROM linkgress.migrate();
-- the rights are the caller's, not the owner's of the extension
INSERT INTO linkgress.migration (name, up) VALUES ('03', 'x');
RESET ROLE;
INSERT INTO linkgress.migration (name, up) VALUES ('03', 'CREATE TABLE forbidden.t (id int)');
CREATE SCHEMA forbidden;
SET ROLE regress_lg_app;
SELECT linkgress.migrate();
RESET ROLE;
DELETE FROM linkgress.migration WHERE name = '03';

-- a member's text, run by a superuser who has taken the role, cannot get back to the superuser
SET ROLE regress_lg_member;
SELECT linkgress.register('04', 'RESET ROLE; CREATE TABLE app.four (id int)');
SET ROLE regress_lg_app;
SELECT linkgress.migrate();
SET ROLE regress_lg_member;
SELECT linkgress.register('04', 'SET SESSION AUTHORIZATION DEFAULT');
SET ROLE regress_lg_app;
SELECT linkgress.migrate();
SET ROLE regress_lg_member;
SELECT linkgress.register('04', 'DO $$ BEGIN PERFORM set_config(''role'', ''none'', false); END $$');
SET ROLE regress_lg_app;
SELECT linkgress.migrate();
SET ROLE regress_lg_member;
SELECT linkgress.register('04', $$
CREATE TABLE app.four (id int);
CREATE FUNCTION app.climb() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM set_config(''role'', ''none'', false); RETURN NULL; END';
CREATE CONSTRAINT TRIGGER climb AFTER INSERT ON app.four DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.climb();
EXPLAIN ANALYZE INSERT INTO app.four VALUES (1)$$);
SET ROLE regress_lg_app;
SELECT linkgress.migrate();
RESET ROLE;
SET SESSION AUTHORIZATION regress_lg_app;
SELECT linkgress.migrate();
RESET SESSION AUTHORIZATION;
SET ROLE regress_lg_member;
SELECT linkgress.register('04', 'RESET SESSION AUTHORIZATION; CREATE TABLE app.four (id int)');
RESET ROLE;
SET SESSION AUTHORIZATION regress_lg_app;
SELECT linkgress.migrate();
RESET SESSION AUTHORIZATION;
SET ROLE regress_lg_app;
-- nor leave traps for it: the role is the caller's again right after
SELECT current_user;
RESET ROLE;
DELETE FROM linkgress.migration WHERE name = '04';

-- nor by what a body puts off to the commit: triggers that defer again, cursors that are held; in the session and in a worker
CREATE FUNCTION app.climb() RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('role', 'none', false);
    RAISE WARNING 'climbed to %', current_user;
    RETURN current_user;
END $$;
CREATE FUNCTION app.climb_later() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id < 3 THEN
        SET CONSTRAINTS ALL DEFERRED;
        INSERT INTO app.steps VALUES (NEW.id + 1);
    ELSE
        PERFORM app.climb();
    END IF;
    RETURN NULL;
END $$;
CREATE TABLE app.steps (id int);
CREATE CONSTRAINT TRIGGER climb AFTER INSERT ON app.steps DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.climb_later();
GRANT ALL ON app.steps TO regress_lg_member, regress_lg_app;
SET ROLE regress_lg_member;
SELECT linkgress.register('04', 'INSERT INTO app.steps VALUES (1)');
SET ROLE regress_lg_app;
SELECT linkgress.migrate();
SET ROLE regress_lg_member;
SELECT linkgress.register('04', 'INSERT INTO app.steps VALUES (1)', transactional => false);
SET ROLE regress_lg_app;
CALL linkgress.up();
SET ROLE regress_lg_member;
SELECT linkgress.register('04', 'DECLARE c CURSOR WITH HOLD FOR SELECT app.climb()', transactional => true);
SET ROLE regress_lg_app;
SELECT name, action FROM linkgress.migrate();
SELECT * FROM linkgress.repair('04', 'forget');
SET ROLE regress_lg_member;
SELECT linkgress.register('04', 'DECLARE c CURSOR WITH HOLD FOR SELECT app.climb()', transactional => false);
SET ROLE regress_lg_app;
CALL linkgress.up();
SELECT * FROM linkgress.repair('04', 'forget');
SET ROLE regress_lg_member;
SELECT linkgress.register('04', 'SELECT 1; RESET ROLE; SELECT app.climb()', transactional => false);
SET ROLE regress_lg_app;
CALL linkgress.up();
SELECT * FROM linkgress.repair('04', 'forget');
SET ROLE regress_lg_member;
SELECT linkgress.register('04', 'DISCARD ALL');
SET ROLE regress_lg_app;
CALL linkgress.up();
SET ROLE regress_lg_member;
SELECT linkgress.register('04', 'DO $$ BEGIN COMMIT; PERFORM app.climb(); END $$', transactional => false);
SET ROLE regress_lg_app;
CALL linkgress.up();
RESET ROLE;
DELETE FROM linkgress.migration WHERE name = '04';
-- triggers that never come to an end
CREATE OR REPLACE FUNCTION app.climb_later() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SET CONSTRAINTS ALL DEFERRED;
    INSERT INTO app.steps VALUES (NEW.id + 1);
    RETURN NULL;
END $$;
SELECT linkgress.register('04', 'INSERT INTO app.steps VALUES (1)');
SELECT linkgress.migrate();
DELETE FROM linkgress.migration WHERE name = '04';
DROP TABLE app.steps;
DROP FUNCTION app.climb(), app.climb_later();

-- who makes a text run elsewhere or again answers for it
INSERT INTO linkgress.migration (name, up) VALUES ('04', 'SELECT 1');
SET ROLE regress_lg_author;
UPDATE linkgress.migration SET name = '041', always = true WHERE name = '04';
SELECT name, registered_by FROM linkgress.migration WHERE name = '041';
SET ROLE regress_lg_app;
SELECT linkgress.migrate();
-- approving only what was read, and names that would be code in the hint
SELECT linkgress.approve('041', 'something else');
SELECT linkgress.approve('041', linkgress.registration_fingerprint('041'));
SELECT linkgress.approve(NULL);
SELECT linkgress.grant_access('public', 'viewer');
RESET ROLE;
SELECT linkgress.grant_access('public', 'viewer');
SELECT linkgress.grant_access(NULL, 'viewer');
SET ROLE regress_lg_author;
SELECT linkgress.register('x''); ALTER ROLE regress_lg_author SUPERUSER; --', 'SELECT 1');
SET ROLE regress_lg_app;
SELECT linkgress.migrate();
RESET ROLE;
DELETE FROM linkgress.migration WHERE name ~ '^(x|04)';

-- roles that are gone
CREATE ROLE regress_lg_leaver SUPERUSER;
SET ROLE regress_lg_leaver;
SELECT linkgress.register('05', 'CREATE TABLE app.five (id int)', 'DROP TABLE app.five');
RESET ROLE;
DROP ROLE regress_lg_leaver;
CREATE ROLE regress_lg_leaver SUPERUSER;
SET ROLE regress_lg_app;
SELECT linkgress.migrate();
SELECT linkgress.approve('05');
SELECT name, action FROM linkgress.migrate();
RESET ROLE;
ALTER ROLE regress_lg_app RENAME TO regress_lg_renamed;
SET ROLE regress_lg_renamed;
SELECT name, action FROM linkgress.redo();
RESET ROLE;
ALTER ROLE regress_lg_renamed RENAME TO regress_lg_app;

-- rights taken away
SELECT linkgress.grant_access('regress_lg_app', 'none');
SET ROLE regress_lg_app;
SELECT linkgress.migrate();
RESET ROLE;
SELECT count(*) FROM pg_class c, aclexplode(relacl) a WHERE relnamespace = 'linkgress'::regnamespace AND grantee = 'regress_lg_app'::regrole;
SELECT linkgress.grant_access(role, 'none') FROM unnest(ARRAY['regress_lg_viewer', 'regress_lg_author', 'regress_lg_member', 'regress_lg_operator']::name[]) role;

DROP SCHEMA app, forbidden CASCADE;
DROP EXTENSION linkgress;
DROP ROLE regress_lg_author, regress_lg_member, regress_lg_operator, regress_lg_viewer, regress_lg_nobody, regress_lg_leaver, regress_lg_app;
