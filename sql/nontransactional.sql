-- Migrations that cannot run in one transaction: how they are found, refused and run, statement by statement
SET linkgress.verbosity = quiet;
CREATE EXTENSION linkgress;

-- found from the parse tree, each body by itself
INSERT INTO linkgress.migration (name, up, down)
SELECT 'f' || to_char(row_number() OVER (), 'FM00'), up, down FROM (VALUES
('CREATE INDEX CONCURRENTLY i ON t (a)', 'DROP INDEX i'),
('CREATE INDEX i ON t (a)', 'DROP INDEX CONCURRENTLY i'),
('REINDEX TABLE CONCURRENTLY t', NULL),
('REINDEX (CONCURRENTLY, VERBOSE) TABLE t', NULL),
('REINDEX (CONCURRENTLY false) TABLE t', NULL),
('REINDEX SCHEMA s', NULL),
('REINDEX TABLE t', NULL),
('VACUUM', 'ANALYZE t'),
('SELECT 1; /* CREATE INDEX CONCURRENTLY */ SELECT ''VACUUM''; -- VACUUM', NULL),
('DO $$ BEGIN NULL; /* VACUUM */ END $$', NULL),
('ALTER TABLE p DETACH PARTITION q CONCURRENTLY', 'ALTER TABLE p DETACH PARTITION q FINALIZE'),
('CREATE DATABASE d', 'DROP DATABASE d'),
('ALTER DATABASE d SET TABLESPACE t', 'ALTER DATABASE d SET work_mem = 64'),
('CREATE TABLESPACE s LOCATION ''/nowhere''', 'DROP TABLESPACE s'),
('ALTER SYSTEM SET work_mem = ''1GB''', 'SET work_mem = ''1GB'''),
('CLUSTER', 'CLUSTER t'),
('DISCARD ALL', 'DISCARD PLANS'),
('CREATE SUBSCRIPTION s CONNECTION ''dbname=x'' PUBLICATION p', 'DROP SUBSCRIPTION s'),
('CREATE SUBSCRIPTION s CONNECTION ''dbname=x'' PUBLICATION p WITH (connect = false)', NULL),
('ALTER SUBSCRIPTION s REFRESH PUBLICATION', 'ALTER SUBSCRIPTION s DISABLE'),
('ALTER SUBSCRIPTION s ADD PUBLICATION q', 'ALTER SUBSCRIPTION s ADD PUBLICATION q WITH (refresh = false)'),
('ALTER TYPE e ADD VALUE ''x''', 'SELECT ''x''; ALTER TYPE e ADD VALUE ''x'''),
('ALTER TYPE e ADD VALUE ''x''; SELECT ''y''', 'ALTER TYPE e ADD VALUE ''x''; UPDATE t SET a = ''x'''),
('ALTER TYPE e ADD VALUE ''it''''s''; DO $$ BEGIN PERFORM ''it''''s''::e; END $$', 'ALTER TYPE e RENAME VALUE ''a'' TO ''x''; SELECT ''x''')
) AS body (up, down);
SELECT name, up, transactional, down, down_transactional FROM linkgress.migration ORDER BY name;
DELETE FROM linkgress.migration;

-- the author is told
SET linkgress.verbosity = normal;
SELECT linkgress.register('n', E'SELECT 1;\nCREATE INDEX CONCURRENTLY i ON t (a)', 'VACUUM');
SELECT linkgress.register('e', E'ALTER TYPE e ADD VALUE ''x'';\n\nSELECT ''x''::e');
SET linkgress.verbosity = quiet;
-- false can be chosen, true only where the server agrees
SELECT linkgress.register('c', 'SELECT 1', transactional => false);
SELECT linkgress.register('n', 'VACUUM', transactional => true);
INSERT INTO linkgress.migration (name, up, transactional) VALUES ('t', 'VACUUM', true);
INSERT INTO linkgress.migration (name, up, down, down_transactional) VALUES ('t', '', 'VACUUM', true);
UPDATE linkgress.migration SET transactional = true WHERE name = 'n';
UPDATE linkgress.migration SET transactional = true WHERE name = 'e';
SELECT name, transactional, down_transactional FROM linkgress.migration ORDER BY name;
-- with another text it is found anew, unless it was chosen
UPDATE linkgress.migration SET up = up || '; SELECT 2' WHERE name IN ('c', 'n');
UPDATE linkgress.migration SET down = 'SELECT 1' WHERE name = 'n';
SELECT name, transactional, down_transactional FROM linkgress.migration ORDER BY name;
UPDATE linkgress.migration SET up = 'SELECT 3' WHERE name IN ('c', 'n');
SELECT name, transactional, down_transactional FROM linkgress.migration ORDER BY name;
UPDATE linkgress.migration SET up = 'VACUUM', down = NULL WHERE name = 'n';
SELECT name, transactional, down_transactional FROM linkgress.migration ORDER BY name;
UPDATE linkgress.migration SET transactional = NULL WHERE name = 'c';
SELECT linkgress.register('c', 'SELECT 3');
SELECT linkgress.register('c', 'SELECT 3', transactional => true);
SELECT linkgress.register('c', 'SELECT 3', transactional => false);
SELECT name, transactional, down_transactional FROM linkgress.migration ORDER BY name;
DELETE FROM linkgress.migration;

-- functions refuse before anything has run, procedures run it
CREATE TABLE t (a int, b text);
INSERT INTO t SELECT i, i::text FROM generate_series(1, 10) i;
CREATE TYPE mood AS ENUM ('sad');
INSERT INTO linkgress.migration (name, up, down) VALUES
('m1', 'CREATE TABLE first_table ()', 'DROP TABLE first_table'),
('m2', E'CREATE INDEX CONCURRENTLY t_a_idx ON t (a);\nALTER TYPE mood ADD VALUE ''happy'';\nCREATE TABLE moods AS SELECT ''happy''::mood AS mood;\nCREATE INDEX CONCURRENTLY ON t (b) INCLUDE (a);\nCREATE INDEX CONCURRENTLY ON t (lower(b), a);\nVACUUM ANALYZE t;\nREINDEX TABLE CONCURRENTLY t',
 E'DROP TABLE moods;\nDROP INDEX CONCURRENTLY t_a_idx;\nDROP INDEX CONCURRENTLY t_b_a_idx;\nDROP INDEX CONCURRENTLY t_lower_a_idx');
SELECT linkgress.migrate();
SELECT linkgress.migrate(on_error => 'stop');
SELECT linkgress.migrate(dry_run => true);
SELECT count(*) FROM linkgress.applied();
SELECT name, action FROM linkgress.migrate('m1');
CALL linkgress.up();
SELECT name, state, note FROM linkgress.status();
SELECT * FROM moods;
SELECT pg_get_indexdef(indexrelid), indisvalid FROM pg_index WHERE indrelid = 't'::regclass ORDER BY 1;
SELECT name, action, statement FROM linkgress.history ORDER BY id;
SELECT run, call, target, state, progress, message FROM linkgress.runs() ORDER BY run;
SELECT * FROM linkgress.partial;
SELECT linkgress.rollback();
SELECT linkgress.reset();
SELECT linkgress.redo();
SELECT count(*) FROM linkgress.applied();
CALL linkgress.down(2);
SELECT indexrelid::regclass FROM pg_index WHERE indrelid = 't'::regclass;
SELECT name, state, note FROM linkgress.status();

-- a statement fails: what was done stays, and the next run goes on
UPDATE linkgress.migration SET up = E'CREATE TABLE done_once ();\nINSERT INTO t VALUES (10, ''ten'');\nCREATE UNIQUE INDEX CONCURRENTLY ON t (a);\nCREATE INDEX CONCURRENTLY t_b_idx ON t (b);\nCREATE TABLE done_last AS SELECT 1'
WHERE name = 'm2';
CALL linkgress.up();
SELECT name, state, note FROM linkgress.status();
SELECT name, severity, problem, message, hint FROM linkgress.validate() WHERE problem = 'partial';
SELECT indexrelid::regclass, indisvalid FROM pg_index WHERE indrelid = 't'::regclass;
SELECT linkgress.migrate();
SELECT linkgress.rollback();
CALL linkgress.down();
SELECT linkgress.baseline('m1');
DELETE FROM linkgress.migration WHERE name = 'm2';
UPDATE linkgress.migration SET name = 'm3' WHERE name = 'm2';
UPDATE linkgress.migration SET repeatable = true WHERE name = 'm2';
-- another text for what is done
UPDATE linkgress.migration SET up = replace(replace(up, '()', '(a int)'), 'ten', 'TEN') WHERE name = 'm2';
CALL linkgress.up();
UPDATE linkgress.migration SET up = replace(replace(up, '(a int)', '()'), 'TEN', 'ten') WHERE name = 'm2';
-- another text for what failed
UPDATE linkgress.migration SET up = replace(up, 'UNIQUE ', '') WHERE name = 'm2';
CALL linkgress.up();
SELECT indexrelid::regclass, indisvalid, indisunique FROM pg_index WHERE indrelid = 't'::regclass ORDER BY 1;
SELECT count(*) FROM t WHERE b = 'ten';
SELECT name, state, note FROM linkgress.status();
SELECT count(*) FROM linkgress.partial_statement;
DROP TABLE done_once, done_last;
DROP INDEX t_a_idx, t_b_idx;

-- reverting fails half-way
UPDATE linkgress.migration SET down = E'DELETE FROM t WHERE b = ''ten'';\nVACUUM t;\nDROP TABLE not_there;\nVACUUM' WHERE name = 'm2';
CALL linkgress.down();
SELECT name, state, note FROM linkgress.status();
CALL linkgress.up();
SELECT linkgress.migrate();
SELECT linkgress.rollback();
UPDATE linkgress.migration SET down = replace(down, 'DROP TABLE', 'DROP TABLE IF EXISTS') WHERE name = 'm2';
CALL linkgress.down();
SELECT name, state, note FROM linkgress.status();

-- half reverted is applied all the same
UPDATE linkgress.migration SET up = 'SELECT 1', down = 'VACUUM t; SELECT 1/0' WHERE name = 'm2';
CALL linkgress.up();
CALL linkgress.down();
SELECT linkgress.register('m1a', 'VACUUM t; SELECT 2');
SELECT * FROM linkgress.repair('m1a', done => 1);
DELETE FROM linkgress.migration WHERE name = 'm1a';
SELECT * FROM linkgress.repair('m2', 'mark_applied');
SELECT name, state, note FROM linkgress.status();
UPDATE linkgress.migration SET down = NULL WHERE name = 'm2';
SELECT * FROM linkgress.repair('m2', done => 1);
SELECT * FROM linkgress.repair('m2', 'forget');
UPDATE linkgress.migration SET down = 'SELECT 1; VACUUM t; SELECT 3; SELECT 4' WHERE name = 'm2';

-- the mark set by hand
UPDATE linkgress.migration SET up = E'CREATE TABLE x1 ();\nVACUUM t;\nCREATE TABLE x3 ()' WHERE name = 'm2';
SELECT * FROM linkgress.repair('m2', done => 4);
SELECT * FROM linkgress.repair('m2', done => -1);
SELECT * FROM linkgress.repair('m2', 'set_done');
SELECT * FROM linkgress.repair('m2', 'forget', done => 1);
SELECT * FROM linkgress.repair(done => 1);
SELECT * FROM linkgress.repair('m2', done => 2, dry_run => true);
SELECT count(*) FROM linkgress.partial;
SELECT * FROM linkgress.repair('m2', done => 2);
SELECT name, state, note FROM linkgress.status();
CALL linkgress.up();
SELECT to_regclass('x1'), to_regclass('x3');
SELECT * FROM linkgress.repair('m2', done => 1);
SELECT name, state, note FROM linkgress.status();
SELECT * FROM linkgress.repair('m2', done => 0);
SELECT name, state, note FROM linkgress.status();
SELECT * FROM linkgress.repair('m2', 'forget');
SELECT * FROM linkgress.repair('m2', done => 1);
SELECT * FROM linkgress.repair('m2', 'forget');
SELECT name, state, note FROM linkgress.status();
SELECT * FROM linkgress.repair('m2', done => 3);
SELECT name, state, note FROM linkgress.status();
CALL linkgress.up();
SELECT name, state, note FROM linkgress.status();
SELECT name, action, message FROM linkgress.history WHERE action = 'repair' ORDER BY id;
SELECT * FROM linkgress.repair('m2', 'forget');
SELECT * FROM linkgress.repair('m2', done => 1);
SELECT * FROM linkgress.repair('m2', rename_to => 'm9');
SELECT name, state, note FROM linkgress.status();
SELECT * FROM linkgress.repair('m9', 'mark_applied');
SELECT name, state, note FROM linkgress.status();
SELECT count(*) FROM linkgress.partial_statement;
DROP TABLE x3;

-- leftovers: an index that was invalid before is nobody's but its owner's
SELECT * FROM linkgress.repair('m9', 'forget');
DELETE FROM linkgress.migration WHERE name = 'm9';
\set VERBOSITY terse
CREATE UNIQUE INDEX CONCURRENTLY theirs ON t ((a > 0));
\set VERBOSITY default
SELECT linkgress.register('m3', 'CREATE INDEX CONCURRENTLY IF NOT EXISTS theirs ON t (a)');
CALL linkgress.up();
CALL linkgress.up();
SELECT linkgress.register('m3', 'CREATE INDEX CONCURRENTLY theirs ON t (a)');
CALL linkgress.up();
CALL linkgress.up();
SELECT indexrelid::regclass, indisvalid FROM pg_index WHERE indrelid = 't'::regclass;
DROP INDEX theirs;
CALL linkgress.up();
SELECT indexrelid::regclass, indisvalid FROM pg_index WHERE indrelid = 't'::regclass;
-- one that was built by hand meanwhile counts, if it is the same
SELECT linkgress.register('m4', 'CREATE UNIQUE INDEX CONCURRENTLY t_u ON t (upper(b) DESC) WHERE a > 0');
INSERT INTO t VALUES (1, 'x'), (1, 'X');
CALL linkgress.up();
DROP INDEX t_u;
DELETE FROM t WHERE b = 'X';
CREATE UNIQUE INDEX t_u ON t (upper(b)) WHERE a > 0;
CALL linkgress.up();
DROP INDEX t_u;
CREATE UNIQUE INDEX t_u ON t (upper(b) DESC) WHERE a > 0;
CALL linkgress.up();
SELECT name, state, note FROM linkgress.status();

-- the same name on another table is not the same index; a mended text has an index of its own
CREATE TABLE t1 (a int); CREATE TABLE t2 (b int);
CREATE INDEX same ON t1 (a);
SELECT linkgress.register('m5', 'CREATE INDEX CONCURRENTLY same ON t1 (a)');
CALL linkgress.up();
SELECT linkgress.register('m5', 'CREATE INDEX CONCURRENTLY same ON t2 (b)');
CALL linkgress.up();
DROP INDEX same;
INSERT INTO t1 VALUES (1), (1);
SELECT linkgress.register('m5', 'CREATE UNIQUE INDEX CONCURRENTLY ON t1 (a)');
CALL linkgress.up();
SELECT linkgress.register('m5', 'CREATE UNIQUE INDEX CONCURRENTLY ON t2 ((t2.b + 1))');
CALL linkgress.up();
SELECT indexrelid::regclass, indisvalid FROM pg_index WHERE indrelid IN ('t1'::regclass, 't2'::regclass);
-- columns that are qualified, and nobody to be asked
SELECT * FROM linkgress.repair('m5', 'forget');
DROP INDEX t2_expr_idx;
INSERT INTO t2 VALUES (1), (1);
CALL linkgress.up();
DROP INDEX t2_expr_idx;
DELETE FROM t2;
CREATE UNIQUE INDEX t2_expr_idx ON t2 ((t2.b + 1));
CALL linkgress.up();
SELECT name, state FROM linkgress.status() WHERE name = 'm5';
-- what an attempt has left is known after a repair, too
SELECT linkgress.register('m6', 'SELECT 1; CREATE UNIQUE INDEX CONCURRENTLY u ON t1 (a); SELECT 3');
CALL linkgress.up();
SELECT * FROM linkgress.repair('m6', done => 1);
DELETE FROM t1;
CALL linkgress.up();
SELECT name, state FROM linkgress.status() WHERE name = 'm6';
-- nobody else's leftovers
DROP INDEX u;
INSERT INTO t1 VALUES (1), (1);
SELECT linkgress.register('m7', 'REINDEX TABLE CONCURRENTLY not_there');
CALL linkgress.up();
CREATE UNIQUE INDEX CONCURRENTLY other_ccnew ON t1 (a);
CALL linkgress.up();
SELECT linkgress.register('m7', 'REINDEX TABLE CONCURRENTLY t2');
CALL linkgress.up();
SELECT indexrelid::regclass, indisvalid FROM pg_index WHERE indrelid = 't1'::regclass;
DROP TABLE t1, t2;
-- what only the catalogs know: the hint leads there
CREATE TABLE parts (a int) PARTITION BY LIST (a);
CREATE TABLE part PARTITION OF parts FOR VALUES IN (1);
CREATE INDEX ON parts (a);
SELECT linkgress.register('m8', 'REINDEX TABLE parts');
CALL linkgress.up();
SELECT linkgress.register('m8', 'REINDEX TABLE parts', transactional => false);
CALL linkgress.up();
DROP TABLE parts;
-- the registry keeps what is under way
SELECT linkgress.register('m9', 'VACUUM t; SELECT 1/0');
CALL linkgress.up();
DELETE FROM linkgress.migration WHERE name = 'm9';
SELECT * FROM linkgress.repair('m9', done => 0);
DELETE FROM linkgress.migration WHERE name = 'm9';
SELECT linkgress.register('m9', 'CREATE UNIQUE INDEX CONCURRENTLY nine ON t ((a > 0))');
CALL linkgress.up();
SELECT name, done, attempted, builds FROM linkgress.partial;
DELETE FROM linkgress.migration WHERE name = 'm9';
SELECT name, done, attempted, builds FROM linkgress.partial;
DROP INDEX nine;

-- what a body leaves in the session is gone with it, but not before
SELECT linkgress.register('s1', E'SET work_mem = ''77MB'';\nCREATE TEMPORARY TABLE mine AS SELECT 1 AS a;\nPREPARE p AS SELECT 2;\nVACUUM t;\nCREATE TABLE shown AS SELECT current_setting(''work_mem'') AS work_mem, a FROM mine', transactional => false);
SELECT linkgress.register('s2', E'VACUUM t;\nINSERT INTO shown SELECT current_setting(''work_mem''), count(*) FROM pg_prepared_statements;\nINSERT INTO shown SELECT to_regclass(''mine'')::text');
SET work_mem = '3MB';
CALL linkgress.up();
SELECT * FROM shown;
RESET work_mem;

-- nor is it lost when the run has to go on later
CREATE SCHEMA app;
CREATE TABLE app.u (a int);
CREATE TABLE u (a int);
INSERT INTO app.u VALUES (1);
INSERT INTO u VALUES (1);
SELECT linkgress.register('s3', $up$
SELECT pg_catalog.set_config('search_path', 'app', false);
SET work_mem = '66MB';
PREPARE p AS SELECT 2;
CREATE TEMPORARY TABLE passing (a int);
VACUUM u;
SELECT 1/0;
DELETE FROM u;
CREATE TABLE shown AS SELECT current_setting('work_mem') AS work_mem, count(*) AS statements FROM pg_prepared_statements WHERE name = 'p'
$up$);
CALL linkgress.up();
SELECT state, note FROM linkgress.status() WHERE name = 's3';
UPDATE linkgress.migration SET up = replace(up, '1/0', '1') WHERE name = 's3';
CALL linkgress.up();
SELECT (SELECT count(*) FROM app.u) AS app, (SELECT count(*) FROM u) AS public;
SELECT * FROM app.shown;
DROP TABLE app.u, app.shown, u;
DROP SCHEMA app;

-- procedures that commit
CREATE PROCEDURE in_batches() LANGUAGE plpgsql AS $$ BEGIN FOR i IN 1..3 LOOP INSERT INTO shown VALUES ('batch', i); COMMIT; END LOOP; END $$;
SELECT linkgress.register('t1', 'CALL in_batches(); DO $$ BEGIN INSERT INTO shown VALUES (''do'', 1); COMMIT; INSERT INTO shown VALUES (''do'', 2); END $$', transactional => false);
CALL linkgress.up();
SELECT * FROM shown WHERE work_mem IN ('batch', 'do');
SELECT linkgress.register('t2', 'DO $$ BEGIN INSERT INTO shown VALUES (''kept'', 1); COMMIT; INSERT INTO shown VALUES (''gone'', 2); RAISE ''no''; END $$', transactional => false);
CALL linkgress.up();
SELECT * FROM shown WHERE work_mem IN ('kept', 'gone');
SELECT linkgress.register('t2', 'SELECT 1');

-- the body cannot reach the journal
SELECT linkgress.register('u1', 'VACUUM t; DELETE FROM linkgress.partial');
CALL linkgress.up('u1');
SELECT linkgress.register('u1', 'VACUUM t; DROP EXTENSION linkgress');
CALL linkgress.up('u1');
SELECT linkgress.register('u1', 'VACUUM t; CALL linkgress.up()');
CALL linkgress.up('u1');
SELECT linkgress.register('u1', 'VACUUM t; SELECT linkgress.launch()');
CALL linkgress.up('u1');
-- the time limit of one migration
SELECT linkgress.register('u1', E'VACUUM t;\nSELECT pg_sleep(60)', statement_timeout => '50ms');
CALL linkgress.up('u1');
SELECT linkgress.register('u1', 'SELECT pg_sleep(60)', statement_timeout => '50ms');
-- begun statement by statement, it goes on so
SELECT linkgress.migrate('u1');
CALL linkgress.up('u1');
SELECT * FROM linkgress.repair('u1', done => 0);
UPDATE linkgress.migration SET transactional = NULL WHERE name = 'u1';
SELECT linkgress.migrate('u1');
SET linkgress.statement_timeout = '50ms';
SELECT linkgress.register('u1', 'SELECT pg_sleep(0.2)', statement_timeout => '0');
SELECT name, action FROM linkgress.migrate('u1');
RESET linkgress.statement_timeout;
\set VERBOSITY terse
SELECT linkgress.register('u2', '', statement_timeout => '-1s');
\set VERBOSITY default
-- nothing at all to do
SELECT linkgress.register('v1', '', transactional => false);
CALL linkgress.up();
SELECT name, state, note FROM linkgress.status() WHERE state <> 'applied';
-- no transaction block
BEGIN;
CALL linkgress.up();
ROLLBACK;
BEGIN;
SELECT linkgress.launch();
ROLLBACK;
DO $$ BEGIN PERFORM linkgress.register('w1', 'SELECT 1'); PERFORM linkgress.launch(); END $$;
-- without pg_cron
\set VERBOSITY terse
SELECT linkgress.schedule('* * * * *');
SELECT linkgress.unschedule();

DROP EXTENSION linkgress;
DROP TABLE t, shown, first_table;
DROP TYPE mood;
DROP PROCEDURE in_batches;
