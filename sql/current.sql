-- Is the database up to date? For probes and for what decides whether to deploy.
SET client_min_messages = warning;
CREATE EXTENSION linkgress;
SET linkgress.verbosity = quiet;
SELECT linkgress.is_current();
SELECT linkgress.check();
INSERT INTO linkgress.migration (name, up, down, always, transactional) VALUES
    ('01', 'SELECT 1', 'SELECT 1', false, NULL), ('02', 'SELECT 1', 'SELECT 1', false, NULL), ('03', 'SELECT 1/0', NULL, false, NULL),
    ('grants', 'SELECT 1', NULL, true, NULL);
SELECT linkgress.is_current();
\set VERBOSITY sqlstate
SELECT linkgress.check();
\set VERBOSITY default
SELECT linkgress.check();
SELECT name FROM linkgress.migrate('02');
CALL linkgress.up();
SELECT linkgress.check();
DELETE FROM linkgress.migration WHERE name = '03';
SELECT name FROM linkgress.migrate();
-- What every run applies is pending, but not due.
SELECT linkgress.is_current(), linkgress.check();
SELECT name FROM linkgress.pending();
SELECT name FROM linkgress.pending(due => false);
SELECT name FROM linkgress.pending(due => true);
-- Every reason is told.
SELECT linkgress.register('00', 'SELECT 1'), linkgress.register('04', 'SELECT 1'), linkgress.register('view', 'SELECT 1', repeatable => true);
SELECT linkgress.register('05', 'VACUUM; SELECT 1/0');
CALL linkgress.up(target => '02');
SET linkgress.out_of_order = allow;
CALL linkgress.up();
SELECT linkgress.register('06', 'SELECT 1');
SELECT linkgress.register('005', 'SELECT 1');
SELECT linkgress.check();
SELECT linkgress.is_current();
DELETE FROM linkgress.migration WHERE name IN ('06', '005');
SELECT linkgress.repair('05', 'mark_applied');
SELECT linkgress.check();
-- Many are counted.
INSERT INTO linkgress.migration (name, up) SELECT format('1%s', n), 'SELECT 1' FROM generate_series(10, 60) n;
SELECT linkgress.check();
DROP EXTENSION linkgress;
