-- A body cannot pull the ground from under the run, and nobody writes journal and history by hand.
SET linkgress.verbosity = quiet;
CREATE EXTENSION linkgress;
INSERT INTO linkgress.migration (name, up, down) VALUES ('01', 'CREATE TABLE one (id int)', 'DROP TABLE one');
SELECT name, action FROM linkgress.migrate();

CREATE FUNCTION attempt(body text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM linkgress.register('02', body || '; CREATE TABLE two (id int)');
    PERFORM linkgress.migrate();
    RETURN 'done';
EXCEPTION WHEN OTHERS THEN
    RETURN sqlstate || ' ' || sqlerrm;
END $$;
SELECT attempt(body) FROM unnest(ARRAY[
    'DROP EXTENSION linkgress',
    'DROP EXTENSION linkgress CASCADE',
    'DROP SCHEMA linkgress CASCADE',
    'DROP TABLE linkgress.journal',
    'ALTER EXTENSION linkgress DROP TABLE linkgress.journal',
    'ALTER EXTENSION linkgress UPDATE',
    'DO $do$ BEGIN EXECUTE ''DROP EXTENSION linkgress''; END $do$',
    'ALTER TABLE linkgress.journal DISABLE TRIGGER ALL',
    'ALTER TABLE linkgress.journal DISABLE TRIGGER check_write',
    'SET search_path = linkgress; ALTER TABLE journal RENAME TO x',
    'ALTER TABLE linkgress.migration ADD COLUMN x int',
    'ALTER SCHEMA linkgress RENAME TO elsewhere',
    'ALTER FUNCTION linkgress.checksum(text) RENAME TO sum',
    'ALTER FUNCTION linkgress.status() SECURITY INVOKER',
    'CREATE RULE r AS ON INSERT TO linkgress.journal DO INSTEAD NOTHING',
    'CREATE TRIGGER t BEFORE INSERT ON linkgress.journal FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()',
    'DROP TRIGGER check_write ON linkgress.journal',
    'DROP RULE "_RETURN" ON linkgress.overview',
    'CREATE POLICY p ON linkgress.journal',
    'CREATE INDEX ON linkgress.journal (batch)',
    'CREATE TABLE child () INHERITS (linkgress.journal)',
    'CREATE TABLE child (LIKE linkgress.journal); ALTER TABLE child INHERIT linkgress.journal',
    'CREATE OR REPLACE FUNCTION linkgress.log_trigger() RETURNS trigger LANGUAGE plpgsql AS $x$ BEGIN RETURN new; END $x$',
    'SELECT * FROM linkgress.journal FOR UPDATE',
    'WITH d AS (DELETE FROM linkgress.journal RETURNING *) SELECT count(*) FROM d',
    'INSERT INTO linkgress.journal (name, batch, started_at, applied_at, applied_by, duration, checksum, author, server_version) VALUES (''x'', 1, now(), now(), ''x'', ''1s'', ''x'', ''x'', '''')',
    'UPDATE linkgress.journal SET name = ''x''',
    'DELETE FROM linkgress.journal',
    'SET session_replication_role = replica; DELETE FROM linkgress.journal',
    'TRUNCATE linkgress.journal',
    'TRUNCATE linkgress.history, linkgress.migration',
    'INSERT INTO linkgress.history (run, name, action, by) VALUES (1, ''x'', ''apply'', ''x'')',
    'INSERT INTO linkgress.migration (name, up) VALUES (''x'', '''')',
    'UPDATE linkgress.migration SET up = ''''',
    'DELETE FROM linkgress.migration',
    'SELECT linkgress.register(''x'', '''')',
    'SELECT linkgress.migrate()',
    'SELECT linkgress.rollback()',
    'SELECT linkgress.repair(''01'', ''forget'')',
    'SELECT linkgress.baseline(''01'')',
    'SELECT linkgress.approve(''01'')',
    'CALL linkgress.up()',
    'DO $do$ BEGIN CALL linkgress.up(); END $do$',
    'DO $do$ BEGIN COMMIT; END $do$',
    'CREATE PROCEDURE pr() LANGUAGE plpgsql AS ''BEGIN ROLLBACK; END''; CALL pr()',
    'EXECUTE nothing',
    'DEALLOCATE mine'
]) body;
-- reading is fine
SELECT attempt('SELECT * FROM linkgress.status(); SELECT * FROM linkgress.validate()');
SELECT name, state FROM linkgress.status();
DROP TABLE two;
DROP FUNCTION attempt;

-- outside of migrations
UPDATE linkgress.journal SET name = 'x';
DELETE FROM linkgress.history;
TRUNCATE linkgress.journal;
BEGIN;
SET LOCAL session_replication_role = replica;
DELETE FROM linkgress.journal;
ROLLBACK;
-- a journal that does not take its row is noticed
CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER swallow BEFORE INSERT ON linkgress.journal FOR EACH ROW EXECUTE FUNCTION swallow();
INSERT INTO linkgress.migration (name, up) VALUES ('03', 'CREATE TABLE three (id int)');
SELECT linkgress.migrate();
CALL linkgress.up();
DROP TRIGGER swallow ON linkgress.journal;
DROP FUNCTION swallow;
CALL linkgress.up();
SELECT to_regclass('three'), count(*) FROM linkgress.journal;

DROP TABLE one, three;
DROP EXTENSION linkgress;
