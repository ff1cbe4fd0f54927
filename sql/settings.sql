-- The settings linkgress.*
SET linkgress.verbosity = quiet;
CREATE EXTENSION linkgress;
SELECT linkgress.checksum(''); -- loads the library
SELECT name, setting, unit, vartype, enumvals, context FROM pg_settings WHERE name LIKE 'linkgress.%' ORDER BY name;
SET linkgress.nonsense = 1;
SET linkgress.verbosity = loud;
SET linkgress.wait = 'soon';
SET linkgress.wait = '-1s';
SET linkgress.wait = '10s';
SHOW linkgress.wait;
RESET linkgress.wait;

-- out of order
INSERT INTO linkgress.migration (name, up) VALUES ('m1', ''), ('m2', ''), ('m4', '');
SELECT count(*) FROM linkgress.migrate();
INSERT INTO linkgress.migration (name, up) VALUES ('m3', ''), ('m5', '');
SELECT name, out_of_order FROM linkgress.pending();
SET linkgress.out_of_order = error;
SELECT linkgress.migrate();
CALL linkgress.up();
SELECT count(*) FROM linkgress.applied();
SET linkgress.out_of_order = warn;
SELECT name, action FROM linkgress.migrate();
INSERT INTO linkgress.migration (name, up) VALUES ('m0', '');
SET linkgress.out_of_order = allow;
SELECT name, action FROM linkgress.migrate();
SELECT name, state, out_of_order, note FROM linkgress.status();
RESET linkgress.out_of_order;

-- times
\set SHOW_CONTEXT never
INSERT INTO linkgress.migration (name, up) VALUES ('m6', E'SELECT 1;\nDO $$ BEGIN LOOP PERFORM 1; END LOOP; END $$');
SET linkgress.statement_timeout = '50ms';
SELECT linkgress.migrate();
CALL linkgress.up();
SELECT name, state, note FROM linkgress.status() WHERE name = 'm6';
-- the server's own still holds, and is told apart
SET linkgress.statement_timeout = 0;
SET statement_timeout = '50ms';
SELECT linkgress.migrate();
RESET statement_timeout;
SET linkgress.lock_timeout = '123ms';
UPDATE linkgress.migration SET up = 'CREATE TABLE shown AS SELECT current_setting(''lock_timeout'') AS lock_timeout' WHERE name = 'm6';
SELECT name, action FROM linkgress.migrate();
SELECT * FROM shown;
SHOW lock_timeout;
RESET linkgress.lock_timeout;

DROP TABLE shown;
DROP EXTENSION linkgress;
