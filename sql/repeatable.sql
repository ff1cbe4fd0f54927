-- Repeatable migrations: after the others, again when their text has changed.
SET linkgress.verbosity = quiet;
CREATE EXTENSION linkgress;
INSERT INTO linkgress.migration (name, up, down) VALUES
    ('01', 'CREATE TABLE base (id int)', 'DROP TABLE base CASCADE'),
    ('02', 'ALTER TABLE base ADD n text', 'ALTER TABLE base DROP n CASCADE');
SELECT linkgress.register('00_view', 'CREATE OR REPLACE VIEW v AS SELECT id FROM base', repeatable => true);
SELECT linkgress.register('00_count', 'CREATE TABLE IF NOT EXISTS runs (at int); INSERT INTO runs VALUES (1)', always => true);
SELECT name, repeatable, always FROM linkgress.migration ORDER BY name;
SELECT name, action FROM linkgress.migrate(target => '01');
SELECT name, repeatable FROM linkgress.pending();
SELECT name, action FROM linkgress.migrate();
-- the one that is always run is run by every run
SELECT name, action FROM linkgress.migrate();
UPDATE linkgress.migration SET always = false WHERE name = '00_count';
SELECT name, action FROM linkgress.migrate();
SELECT count(*) FROM runs;
SELECT name, state, repeatable, note FROM linkgress.status();
-- again when changed, and that is no drift
UPDATE linkgress.migration SET up = 'CREATE OR REPLACE VIEW v AS SELECT id, n FROM base' WHERE name = '00_view';
SELECT name, state, note FROM linkgress.status();
SELECT name, action FROM linkgress.migrate();
SELECT name, action FROM linkgress.migrate();
-- a comment at the end counts, blanks and CRs do not
UPDATE linkgress.migration SET up = up || E'\r\n\r\n' WHERE name = '00_view';
SELECT name, action FROM linkgress.migrate();
UPDATE linkgress.migration SET up = up || '-- changed' WHERE name = '00_view';
SELECT name, action FROM linkgress.migrate();
-- rollback counts the others only, and what was reverted under it makes it run again
SELECT name, action FROM linkgress.rollback();
SELECT to_regclass('v');
SELECT name, state, note FROM linkgress.status();
SELECT name, action FROM linkgress.migrate();
SELECT * FROM v;
SELECT linkgress.rollback_to('00_view');
-- a failing one leaves the others
UPDATE linkgress.migration SET up = 'CREATE OR REPLACE VIEW v AS SELECT nope FROM base' WHERE name = '00_view';
INSERT INTO linkgress.migration (name, up, down) VALUES ('03', 'CREATE TABLE third (id int)', 'DROP TABLE third');
CALL linkgress.up();
SELECT name, state, note FROM linkgress.status();
-- those with a down are reverted when they ran after what is reverted, and redo() brings all back
UPDATE linkgress.migration SET up = 'CREATE OR REPLACE VIEW v AS SELECT id, n FROM base', down = 'DROP VIEW v' WHERE name = '00_view';
UPDATE linkgress.migration SET down = 'ALTER TABLE base DROP n' WHERE name = '02';
SELECT name, action FROM linkgress.migrate();
SELECT name, action FROM linkgress.rollback();
SELECT name, action FROM linkgress.rollback();
SELECT name, state, note FROM linkgress.status();
CALL linkgress.up();
SELECT name, action FROM linkgress.redo(2);
SELECT name, state, note FROM linkgress.status();
CALL linkgress.down(2);
SELECT name, state, note FROM linkgress.status();
CALL linkgress.up();
-- reset() takes them along, with their down where they have one
SELECT name, action, statements FROM linkgress.reset();
SELECT name, state FROM linkgress.status();
DROP TABLE runs;
DROP EXTENSION linkgress;
