-- validate(), baseline(), repair().
SET linkgress.verbosity = quiet;
CREATE EXTENSION linkgress;
INSERT INTO linkgress.migration (name, up, down)
SELECT 'm' || i, format('CREATE TABLE t%s (id int)', i), format('DROP TABLE t%s', i) FROM generate_series(1, 5) i;

-- baseline: for a database that has all that already
CREATE TABLE t1 (id int);
CREATE TABLE t2 (id int);
SELECT linkgress.baseline('m9');
SELECT linkgress.baseline(NULL);
SELECT name, action, duration FROM linkgress.baseline('m2');
SELECT name, state, baseline, note FROM linkgress.status();
SELECT linkgress.baseline('m3');
SELECT name, action FROM linkgress.migrate();
SELECT name, action FROM linkgress.rollback(4);
SELECT name, action FROM linkgress.migrate();

-- what cannot come about by ordinary means: a changed text, a lost row, a text that does not parse
CREATE PROCEDURE meddle(statement text) LANGUAGE plpgsql AS $$
BEGIN
    ALTER TABLE linkgress.migration DISABLE TRIGGER check_migration;
    EXECUTE statement;
    ALTER TABLE linkgress.migration ENABLE ALWAYS TRIGGER check_migration;
END $$;
CALL meddle('UPDATE linkgress.migration SET up = ''CREATE TABLE t2 (id bigint)'' WHERE name = ''m2''');
CALL meddle('DELETE FROM linkgress.migration WHERE name = ''m3''');
INSERT INTO linkgress.migration (name, up) VALUES ('m0', 'SELECT 0'), ('m6', 'CREATE TABLE t6 (id int)');
CALL meddle(E'UPDATE linkgress.migration SET up = E''SELECT 1;\n  SELEC 2'', down = ''COMMIT'' WHERE name = ''m6''');
SELECT name, state, note FROM linkgress.status();
SELECT name, severity, problem, line, col, message, hint FROM linkgress.validate();
SELECT linkgress.migrate();
SELECT linkgress.migrate(ignore_missing => true);
CALL linkgress.up();

-- repair
SELECT * FROM linkgress.repair(dry_run => true);
SELECT * FROM linkgress.repair('m2', dry_run => true);
SELECT * FROM linkgress.repair('m2');
SELECT linkgress.migrate();
CALL linkgress.up(ignore_missing => true);
SELECT * FROM linkgress.repair();
SELECT * FROM linkgress.repair();
SELECT linkgress.migrate();
UPDATE linkgress.migration SET up = 'CREATE TABLE t6 (id int)', down = 'DROP TABLE t6' WHERE name = 'm6';
SELECT name, action FROM linkgress.migrate();
SELECT name, state, out_of_order FROM linkgress.status();

-- by hand
INSERT INTO linkgress.migration (name, up) VALUES ('m7', 'CREATE TABLE t7 (id int)');
SELECT * FROM linkgress.repair('m7');
SELECT * FROM linkgress.repair('m7', 'mark_applied');
SELECT to_regclass('t7'), state, baseline FROM linkgress.status() WHERE name = 'm7';
SELECT * FROM linkgress.repair('m7', 'mark_applied');
SELECT * FROM linkgress.repair('m7', 'forget');
SELECT * FROM linkgress.repair('m7', 'forget');
SELECT * FROM linkgress.repair('m7', 'accept');
SELECT * FROM linkgress.repair('m7', 'nonsense');
SELECT * FROM linkgress.repair('nope', 'forget');
SELECT * FROM linkgress.repair(action => 'forget');
-- a new name
SELECT * FROM linkgress.repair('m6', rename_to => 'm6_tables');
SELECT * FROM linkgress.repair('m6_tables', rename_to => 'm5');
SELECT * FROM linkgress.repair('m6_tables', rename_to => ' ');
SELECT * FROM linkgress.repair('m6_tables', 'rename');
SELECT name, state FROM linkgress.status();
SELECT name, action, message FROM linkgress.history WHERE action IN ('repair', 'baseline') ORDER BY id;

DROP TABLE t1, t2, t3, t4, t5, t6;
DROP PROCEDURE meddle;
DROP EXTENSION linkgress;
