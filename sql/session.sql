-- What a body does to the session leaks neither into the next body nor to the caller.
SET linkgress.verbosity = quiet;
CREATE EXTENSION linkgress;
CREATE ROLE regress_linkgress_other;
CREATE TABLE seen (who text, what text);
CREATE FUNCTION look(who text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO public.seen
    SELECT who, concat_ws(' ', current_user = session_user, current_setting('search_path'), current_setting('statement_timeout'),
        current_setting('work_mem'), current_setting('session_replication_role'), current_setting('row_security'),
        (SELECT count(*) FROM pg_prepared_statements WHERE name <> 'mine'), (SELECT count(*) FROM pg_cursors WHERE name NOT IN ('', 'mine')),
        (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid < 3 AND pid = pg_backend_pid()),
        (SELECT count(*) FROM pg_class WHERE relnamespace = pg_my_temp_schema()))
$$;

-- every odd one makes a mess, every even one looks
INSERT INTO linkgress.migration (name, up) VALUES
('01', 'CREATE SCHEMA inner_schema; SET search_path = inner_schema; CREATE TABLE in_schema (id int); SELECT public.look(''01'')'),
('02', 'SELECT look(''02'')'),
('03', 'SET ROLE regress_linkgress_other; SELECT current_user'),
('04', 'SELECT look(''04'')'),
('05', 'SET SESSION AUTHORIZATION regress_linkgress_other; SELECT current_user'),
('06', 'SELECT look(''06'')'),
('07', 'SET statement_timeout = ''250ms''; SET LOCAL work_mem = ''77MB''; SELECT set_config(''row_security'', ''off'', false); SET session_replication_role = replica'),
('08', 'SELECT look(''08'')'),
('09', 'PREPARE p AS SELECT 1; EXECUTE p; DECLARE c CURSOR WITH HOLD FOR SELECT 1; SELECT pg_advisory_lock(1), pg_advisory_lock_shared(2); CREATE TEMP TABLE t (id int); CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS ''SELECT 1'''),
('10', 'SELECT look(''10''); PREPARE p AS SELECT 2; CREATE TEMP TABLE t (id text)'),
('11', 'DO $$ DECLARE c refcursor := ''c''; BEGIN OPEN c FOR SELECT 1; EXECUTE ''PREPARE p AS SELECT 1''; PERFORM pg_try_advisory_lock(1); CREATE TEMP TABLE t (id int) ON COMMIT DROP; EXECUTE ''SET search_path = pg_catalog''; END $$'),
('12', 'SELECT look(''12'')'),
('13', 'RESET ALL; SET search_path = DEFAULT; SET TIME ZONE ''Asia/Tokyo''; SET my.own = ''x'''),
('14', 'SELECT look(''14'')'),
('15', 'DEALLOCATE ALL; LISTEN channel; UNLISTEN *'),
('16', 'SELECT look(''16'')');

-- the caller has things of its own, which stay
SET search_path = public, pg_temp;
SET work_mem = '5MB';
PREPARE mine AS SELECT 'mine';
CREATE TEMP TABLE mine (id int);
LISTEN mine;
SELECT count(*) FROM linkgress.migrate();
SELECT * FROM seen ORDER BY who;
SELECT current_user = session_user AS self, current_setting('search_path') AS path, current_setting('work_mem') AS work_mem,
       current_setting('application_name') AS application, nullif(current_setting('my.own', true), '') AS own;
EXECUTE mine;
SELECT count(*) FROM mine;
SELECT * FROM pg_listening_channels();
SELECT name FROM pg_prepared_statements;
SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid();

-- the same after a failure, and in a procedure
INSERT INTO linkgress.migration (name, up) VALUES
('21', 'SET search_path = inner_schema; SET ROLE regress_linkgress_other; RESET ROLE; PREPARE p AS SELECT 1; SELECT pg_advisory_lock(1); CREATE TEMP TABLE t (id int); SELECT 1/0');
SELECT linkgress.migrate();
SELECT linkgress.migrate(on_error => 'stop') IS NULL;
CALL linkgress.up();
UPDATE linkgress.migration SET up = replace(up, 'SELECT 1/0', 'SELECT pg_advisory_unlock_all()') WHERE name = '21';
CALL linkgress.up();
SELECT current_user = session_user AS self, current_setting('search_path') AS path,
       (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) AS locks,
       (SELECT string_agg(name, ' ') FROM pg_prepared_statements) AS prepared,
       (SELECT string_agg(relname, ' ') FROM pg_class WHERE relnamespace = pg_my_temp_schema()) AS temporary;

-- with SET ROLE in the caller, a body may come back to the session's role, but its author must be able to
SET ROLE regress_linkgress_other;
SELECT linkgress.migrate();
RESET ROLE;
SELECT linkgress.grant_access('regress_linkgress_other', 'operator');
INSERT INTO linkgress.migration (name, up) VALUES ('31', 'RESET ROLE; INSERT INTO seen VALUES (''31'', current_user = session_user); SELECT look(''31'')');
SET ROLE regress_linkgress_other;
SELECT name, action, error FROM linkgress.migrate();
SELECT current_user;
RESET ROLE;
SELECT * FROM seen WHERE who = '31';

-- deferred constraints
CREATE TABLE a (id int PRIMARY KEY, b int);
CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a DEFERRABLE INITIALLY DEFERRED);
ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b DEFERRABLE;
INSERT INTO linkgress.migration (name, up) VALUES
('41', 'SET CONSTRAINTS ALL DEFERRED; INSERT INTO a VALUES (1, 1); INSERT INTO b VALUES (1, 1)'),
('42', 'INSERT INTO b VALUES (2, 2); INSERT INTO a VALUES (2, 2)'),
('43', 'INSERT INTO b VALUES (4, 4)');
SELECT name, action, error FROM linkgress.migrate(target => '42');
-- a deferred constraint that fails belongs to the migration that broke it
SELECT linkgress.migrate();
SELECT linkgress.migrate(dry_run => true);
CALL linkgress.up();
SELECT name, action, error FROM linkgress.migrate(on_error => 'stop');
SELECT name, state, note FROM linkgress.status() WHERE name > '4';
-- and one that holds is done with, so that the next migration can alter the table
UPDATE linkgress.migration SET up = 'INSERT INTO b VALUES (3, 1)' WHERE name = '43';
INSERT INTO linkgress.migration (name, up) VALUES ('44', 'ALTER TABLE b ADD COLUMN c int');
SELECT name, action, error FROM linkgress.migrate();

-- what is the caller's stays the caller's
INSERT INTO linkgress.migration (name, up) VALUES ('51', 'PREPARE mine AS SELECT 1');
CALL linkgress.up();
EXECUTE mine;
BEGIN;
DECLARE held CURSOR WITH HOLD FOR SELECT 'held';
COMMIT;
UPDATE linkgress.migration SET up = 'CLOSE held' WHERE name = '51';
CALL linkgress.up();
UPDATE linkgress.migration SET up = 'DECLARE c CURSOR FOR SELECT 1; CLOSE ALL; DISCARD TEMP; DECLARE c CURSOR FOR SELECT 1' WHERE name = '51';
CALL linkgress.up();
FETCH held;
CLOSE held;
SELECT count(*) FROM mine;

-- The locks of the session that a body takes are let go of, those that its caller has are not.
SELECT pg_advisory_lock(1), pg_advisory_lock(2, 2), pg_advisory_lock_shared(3);
INSERT INTO linkgress.migration (name, up) VALUES
    ('61', 'SELECT pg_advisory_lock(4), pg_advisory_lock(4), pg_advisory_lock(3), pg_advisory_xact_lock(5), pg_advisory_lock(1)');
SELECT name FROM linkgress.migrate();
SELECT objid, objsubid, mode FROM pg_locks WHERE locktype = 'advisory' AND objsubid < 3 AND pid = pg_backend_pid() ORDER BY 1;
INSERT INTO linkgress.migration (name, up) VALUES ('62', 'SELECT pg_advisory_lock(4); SELECT 1/0');
SELECT name FROM linkgress.migrate();
CALL linkgress.up();
DELETE FROM linkgress.migration WHERE name = '62';
SELECT objid, objsubid, mode FROM pg_locks WHERE locktype = 'advisory' AND objsubid < 3 AND pid = pg_backend_pid() ORDER BY 1;
SELECT pg_advisory_unlock_all();

DROP TABLE seen, a, b, mine;
DROP SCHEMA inner_schema CASCADE;
DROP FUNCTION look;
UNLISTEN *;
DEALLOCATE ALL;
SELECT linkgress.grant_access('regress_linkgress_other', 'none');
DROP EXTENSION linkgress;
DROP ROLE regress_linkgress_other;
