-- What a migration's statements are run within: time limits, and the text that others see as running
SET client_min_messages = warning;
CREATE EXTENSION linkgress;
SET linkgress.verbosity = quiet;

-- A migration's own limit counts for each of its statements, in the place of the session's for the whole call.
SET statement_timeout = '1500ms';
INSERT INTO linkgress.migration (name, up, statement_timeout) VALUES ('01', 'SELECT pg_sleep(0.8); SELECT pg_sleep(0.8)', '30 s');
SELECT name FROM linkgress.migrate();
INSERT INTO linkgress.migration (name, up, statement_timeout) VALUES ('02', 'SELECT pg_sleep(0.8); SELECT pg_sleep(0.8)', '0'),
    ('03', 'SELECT 1', NULL);
CALL linkgress.up();
INSERT INTO linkgress.migration (name, up, statement_timeout, transactional) VALUES ('04', 'SELECT pg_sleep(1.7)', '30 s', false);
CALL linkgress.up();
SELECT name, state FROM linkgress.status();
-- So does the setting.
SET linkgress.statement_timeout = '30s';
SELECT linkgress.register('05', 'SELECT pg_sleep(1.7)');
SELECT name FROM linkgress.migrate();
-- In the background each statement has the session's limit, as in psql.
RESET linkgress.statement_timeout;
INSERT INTO linkgress.migration (name, up, transactional) VALUES ('06', 'SELECT pg_sleep(0.8); SELECT pg_sleep(0.8)', false),
    ('07', 'SELECT pg_sleep(60)', false);
CALL linkgress.up();
SELECT name, state FROM linkgress.status() WHERE state <> 'applied';
DELETE FROM linkgress.migration WHERE name = '07';
-- A body may set one itself.
SELECT linkgress.register('08', E'SET statement_timeout = 0;\nSELECT pg_sleep(1.7)');
SELECT name FROM linkgress.migrate();
SELECT linkgress.register('09', E'SET LOCAL statement_timeout = ''50ms'';\nSELECT pg_sleep(60)');
SELECT name FROM linkgress.migrate();
CALL linkgress.up();
DELETE FROM linkgress.migration WHERE name = '09';
SHOW statement_timeout;
-- The session's goes on with what was left of it, after an error too.
INSERT INTO linkgress.migration (name, up, statement_timeout) VALUES ('10', 'SELECT 1', '30 s');
DO $$ BEGIN PERFORM linkgress.migrate(); PERFORM pg_sleep(60); END $$;
UPDATE linkgress.migration SET up = 'SELECT 1/0' WHERE name = '10';
DO $$ BEGIN PERFORM linkgress.migrate(); EXCEPTION WHEN division_by_zero THEN PERFORM pg_sleep(60); END $$;
DELETE FROM linkgress.migration WHERE name = '10';
RESET statement_timeout;

-- An audit trigger sees the statement that is running.
CREATE TABLE audit (query text NOT NULL);
CREATE FUNCTION audit() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO audit VALUES (current_query()); END';
CREATE EVENT TRIGGER audit ON ddl_command_end EXECUTE FUNCTION audit();
INSERT INTO linkgress.migration (name, up) VALUES ('11', 'CREATE TABLE audited (id int); COMMENT ON TABLE audited IS ''x'''),
    ('12', 'CREATE INDEX CONCURRENTLY audited_id ON audited (id)');
CALL linkgress.up();
INSERT INTO linkgress.migration (name, up) VALUES ('13', 'DROP TABLE audited');
SELECT name FROM linkgress.migrate();
TABLE audit;
SELECT current_query();
DROP EVENT TRIGGER audit;
DROP FUNCTION audit;
DROP TABLE audit;
DROP EXTENSION linkgress;
