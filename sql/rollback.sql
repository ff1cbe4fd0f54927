-- rollback() and its relatives.
SET linkgress.verbosity = quiet;
CREATE EXTENSION linkgress;
INSERT INTO linkgress.migration (name, up, down)
SELECT 'm' || i, format('CREATE TABLE t%s (id int)', i), format('DROP TABLE t%s', i) FROM generate_series(1, 5) i;
SELECT count(*) FROM linkgress.migrate(target => 'm2');
SELECT count(*) FROM linkgress.migrate();

-- numbers that are none
SELECT linkgress.rollback(0);
SELECT linkgress.rollback(-1);
SELECT linkgress.rollback(NULL);
SELECT linkgress.rollback(99);
SELECT linkgress.rollback_to('nope');
SELECT linkgress.rollback_to(NULL);
SELECT count(*) FROM linkgress.applied();

SELECT name, action, statements, error FROM linkgress.rollback(dry_run => true);
SELECT name, action, statements, error FROM linkgress.rollback();
SELECT name, state FROM linkgress.status();
SELECT name, action FROM linkgress.rollback(2);
SELECT name, action FROM linkgress.migrate();
SELECT name, action FROM linkgress.rollback_to('m4');
SELECT name, action FROM linkgress.rollback_to('m4');
SELECT name, action FROM linkgress.rollback_batch();
SELECT name, action FROM linkgress.rollback_batch();
SELECT name, action FROM linkgress.rollback_batch();
SELECT name, action FROM linkgress.migrate();
SELECT name, action FROM linkgress.redo();
SELECT name, action FROM linkgress.redo(2);
SELECT name, action FROM linkgress.redo(6);

-- no down: found before anything is run
UPDATE linkgress.migration SET down = NULL WHERE name = 'm4';
SELECT name, action FROM linkgress.rollback(2);
SELECT name, action FROM linkgress.reset();
SELECT count(*) FROM linkgress.applied();
UPDATE linkgress.migration SET down = '' WHERE name = 'm4';
SELECT name, action, statements FROM linkgress.rollback(2);
UPDATE linkgress.migration SET up = 'SELECT 1', down = '' WHERE name = 'm4';
SELECT name, action FROM linkgress.migrate();

-- a failing down: everything as before
UPDATE linkgress.migration SET down = E'DROP TABLE t3;\nDROP TABLE no_such_table' WHERE name = 'm3';
SELECT name, action FROM linkgress.rollback(3);
SELECT to_regclass('t3'), to_regclass('t5'), count(*) FROM linkgress.applied();
CALL linkgress.down(3);
SELECT to_regclass('t3'), to_regclass('t5'), count(*) FROM linkgress.applied();
SELECT name, action, sqlstate, message, statement, line FROM linkgress.history WHERE sqlstate IS NOT NULL;
UPDATE linkgress.migration SET down = 'DROP TABLE t3' WHERE name = 'm3';
CALL linkgress.down();
CALL linkgress.down(0);
CALL linkgress.down(NULL);
CALL linkgress.down(3);

-- in order of application, not of names
SELECT name, action FROM linkgress.reset();
SELECT name, action FROM linkgress.migrate(target => 'm1');
SET linkgress.out_of_order = allow;
DELETE FROM linkgress.migration WHERE name = 'm2';
SELECT name, action FROM linkgress.migrate(target => 'm3');
INSERT INTO linkgress.migration (name, up, down) VALUES ('m2', 'CREATE TABLE t2 (id int)', 'DROP TABLE t2');
SELECT name, action FROM linkgress.migrate(target => 'm3');
SELECT name, out_of_order FROM linkgress.status();
SELECT name, action FROM linkgress.rollback(2);

-- what the registry has lost is reverted with what the journal kept
SELECT name, action FROM linkgress.migrate(target => 'm3');
BEGIN;
ALTER TABLE linkgress.migration DISABLE TRIGGER check_migration;
DELETE FROM linkgress.migration WHERE name = 'm3';
ALTER TABLE linkgress.migration ENABLE ALWAYS TRIGGER check_migration;
COMMIT;
SELECT name, state, note FROM linkgress.status();
SELECT name, action FROM linkgress.redo();
SELECT name, action FROM linkgress.rollback_to('m1');
SELECT name, action, sqlstate FROM linkgress.history WHERE name = 'm3' ORDER BY id DESC LIMIT 2;

INSERT INTO linkgress.migration (name, up, down) VALUES ('m9', 'CREATE TABLE t9 AS SELECT generate_series(1, 1000)', 'DROP TABLE t9');
SELECT name, action FROM linkgress.migrate();
-- protected
SET linkgress.protected = on;
SELECT name, action FROM linkgress.reset();
SELECT name, action FROM linkgress.rollback();
SET linkgress.protected = off;
SELECT name, action FROM linkgress.reset();

DROP EXTENSION linkgress;
