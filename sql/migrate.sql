-- migrate(): order, targets, failures, dry runs.
SET linkgress.verbosity = quiet;
CREATE EXTENSION linkgress;

-- nothing there
SELECT * FROM linkgress.migrate();
SELECT * FROM linkgress.status();
SELECT * FROM linkgress.rollback();
SELECT * FROM linkgress.reset();

INSERT INTO linkgress.migration (name, up, down)
SELECT 'm' || i, format('CREATE TABLE t%s (id int)', i), format('DROP TABLE t%s', i) FROM unnest('{5,3,1,4,2}'::int[]) i;

-- up to a target, again, and behind it
SELECT name, action FROM linkgress.migrate(target => 'm3');
SELECT name, action FROM linkgress.migrate(target => 'm3');
SELECT name, action FROM linkgress.migrate(target => 'm2');
SELECT name, action FROM linkgress.migrate(target => 'nope');
SELECT name, state FROM linkgress.status();

-- a dry run really runs, and leaves nothing
SELECT name, action, duration > '0' AS timed, statements, error FROM linkgress.migrate(dry_run => true);
SELECT to_regclass('t4'), count(*) FROM linkgress.journal;
INSERT INTO linkgress.migration (name, up) VALUES ('m6', 'SELECT 1/0');
SELECT name, action FROM linkgress.migrate(dry_run => true);
DELETE FROM linkgress.migration WHERE name = 'm6';

-- all the rest, then nothing
SELECT name, action, duration > '0' AS timed, statements, error FROM linkgress.migrate();
SELECT name, action FROM linkgress.migrate();
SELECT name, batch - min(batch) OVER () AS batch, started_at <= applied_at AS ended, applied_by = current_user AS by, baseline,
       checksum = linkgress.checksum('CREATE TABLE t' || right(name, 1) || ' (id int)') AS checksum,
       server_version = current_setting('server_version') AS version
FROM linkgress.journal ORDER BY id;
-- nothing to do is done without a lock
BEGIN;
SELECT name FROM linkgress.migrate();
SELECT mode FROM pg_locks WHERE pid = pg_backend_pid() AND (relation = 'linkgress.journal'::regclass OR locktype = 'advisory');
COMMIT;

-- a failure: place, SQLSTATE and all that the cause said; nothing of the call remains
INSERT INTO linkgress.migration (name, up) VALUES
    ('m6', 'CREATE TABLE t6 (id int)'),
    ('m7', E'CREATE TABLE t7 (id int PRIMARY KEY);\n\nINSERT INTO t7 VALUES (1);\nSELECT * FROM no_such_table'),
    ('m8', 'CREATE TABLE t8 (id int)');
SELECT name, action FROM linkgress.migrate();
\echo :LAST_ERROR_SQLSTATE
SELECT to_regclass('t6'), to_regclass('t7');
SELECT name, state FROM linkgress.status() WHERE name > 'm5';
-- a runtime error has no position, but a line
UPDATE linkgress.migration SET up = E'CREATE TABLE t7 (id int PRIMARY KEY);\n\n\nINSERT INTO t7\nSELECT 1 / (i - 1) FROM generate_series(1, 2) i' WHERE name = 'm7';
SELECT name, action FROM linkgress.migrate();
UPDATE linkgress.migration SET up = E'CREATE TABLE t7 (id int CONSTRAINT positive CHECK (id > 0)); INSERT INTO t7 VALUES (-1)' WHERE name = 'm7';
DO $$
DECLARE s text; m text; d text; c text; t text; n text;
BEGIN
    PERFORM linkgress.migrate();
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS s = RETURNED_SQLSTATE, m = MESSAGE_TEXT, d = PG_EXCEPTION_DETAIL, c = PG_EXCEPTION_CONTEXT,
        t = TABLE_NAME, n = CONSTRAINT_NAME;
    RAISE INFO '%', s;
    RAISE INFO '%', m;
    RAISE INFO '%', d;
    RAISE INFO '% %', t, n;
    RAISE INFO '%', c;
END $$;
-- inside of functions and DO blocks, the inner context stays
UPDATE linkgress.migration SET up = E'DO $do$\nBEGIN\n  PERFORM no_such_function();\nEND $do$' WHERE name = 'm7';
SELECT name, action FROM linkgress.migrate();

-- on_error => 'stop': what came before stays, the failure is a row
SELECT name, action, statements, error FROM linkgress.migrate(on_error => 'stop');
SELECT name, action FROM linkgress.migrate(on_error => 'ignore');
SELECT name, state, note FROM linkgress.status() WHERE name > 'm5';
SELECT name, action, sqlstate, message, statement, line FROM linkgress.history WHERE sqlstate IS NOT NULL;
-- mended, it goes on without further ado
UPDATE linkgress.migration SET up = 'CREATE TABLE t7 (id int)' WHERE name = 'm7';
SELECT name, state, note FROM linkgress.status() WHERE name > 'm5';
SELECT name, action FROM linkgress.migrate();
SELECT name, state, note FROM linkgress.status() WHERE name > 'm5';

-- in the caller's transaction
INSERT INTO linkgress.migration (name, up) VALUES ('m9', 'CREATE TABLE t9 (id int)');
BEGIN;
SELECT name, action FROM linkgress.migrate();
ROLLBACK;
SELECT to_regclass('t9'), state FROM linkgress.status() WHERE name = 'm9';
BEGIN;
SAVEPOINT a;
SELECT name, action FROM linkgress.migrate();
ROLLBACK TO a;
SELECT to_regclass('t9'), state FROM linkgress.status() WHERE name = 'm9';
SELECT name, action FROM linkgress.migrate();
COMMIT;
SELECT to_regclass('t9'), state FROM linkgress.status() WHERE name = 'm9';
-- from a DO block, a function, a trigger; read-only
INSERT INTO linkgress.migration (name, up) VALUES ('ma', 'CREATE TABLE ta (id int)');
BEGIN READ ONLY;
SELECT name, action FROM linkgress.migrate();
ROLLBACK;
DO $$ BEGIN PERFORM linkgress.migrate(); END $$;
INSERT INTO linkgress.migration (name, up) VALUES ('mb', 'CREATE TABLE tb (id int)');
CREATE FUNCTION go() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM linkgress.migrate()';
SELECT go();
INSERT INTO linkgress.migration (name, up) VALUES ('mc', 'CREATE TABLE tc (id int)');
CREATE TABLE button (id int);
CREATE FUNCTION on_press() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM linkgress.migrate(); RETURN new; END';
CREATE TRIGGER press AFTER INSERT ON button FOR EACH ROW EXECUTE FUNCTION on_press();
INSERT INTO button VALUES (1);
SELECT name, state FROM linkgress.status() WHERE name > 'm9';

-- an enum value and its use in one transaction; the hint names the way out
INSERT INTO linkgress.migration (name, up) VALUES
    ('n1', 'CREATE TYPE mood AS ENUM (''sad'')'),
    ('n2', 'ALTER TYPE mood ADD VALUE ''happy'''),
    ('n3', 'CREATE TABLE moods AS SELECT ''happy''::mood AS m');
CALL linkgress.up('n1');
SELECT name, action FROM linkgress.migrate();
CALL linkgress.up();
SELECT * FROM moods;

DROP TABLE t1, t2, t3, t4, t5, t6, t7, t8, t9, ta, tb, tc, button, moods;
DROP TYPE mood;
DROP FUNCTION go, on_press;
DROP EXTENSION linkgress;
