-- Errors swallowed in a subtransaction that is rolled back leave nothing behind.
CREATE SCHEMA subtransactions;
SET search_path = subtransactions;
CREATE FUNCTION objects() RETURNS text LANGUAGE c AS 'bridge_test';
CREATE FUNCTION swallow(sql text, times integer, how text DEFAULT 'rolled back') RETURNS text
LANGUAGE c STRICT AS 'bridge_test';
CREATE FUNCTION growth(sql text, times integer, how text DEFAULT 'rolled back') RETURNS text
LANGUAGE c STRICT AS 'bridge_test';
CREATE FUNCTION state_after(sql text, how text) RETURNS text LANGUAGE c STRICT AS 'bridge_test';
CREATE FUNCTION run_sql(sql text, frames integer) RETURNS text LANGUAGE c STRICT AS 'bridge_test';
CREATE FUNCTION nested_subtransactions(keep boolean) RETURNS text LANGUAGE c STRICT AS 'bridge_test';
CREATE PROCEDURE commit_each(statements text[], failing text) LANGUAGE c AS 'bridge_test';
\pset format unaligned
\pset tuples_only on

-- What was done before the error is undone, what was done around it stays.
CREATE TABLE kept (what text NOT NULL);
BEGIN;
INSERT INTO kept VALUES ('before');
SELECT swallow($$INSERT INTO kept VALUES ('inside'), (NULL)$$, 10);
SELECT swallow($$INSERT INTO kept VALUES ('inside'), (NULL)$$, 10, 'left');
INSERT INTO kept VALUES ('after');
COMMIT;
SELECT * FROM kept;
TRUNCATE kept;
SELECT nested_subtransactions(true);
SELECT * FROM kept;
TRUNCATE kept;
SELECT nested_subtransactions(false);
SELECT * FROM kept;

-- The server's own state.
SELECT state_after('SELECT 1/0', 'rolled back');
SELECT state_after('SELECT 1/0', 'left');
SELECT state_after('SELECT 1/0', 'own SPI level');
SELECT state_after('', 'exception');
SELECT state_after('SELECT 1', 'rolled back');

-- Settings, locks, cursors and tables go with the subtransaction.
CREATE FUNCTION leave_things() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    SET work_mem = '123MB';
    PERFORM set_config('search_path', 'nowhere', true);
    LOCK TABLE subtransactions.kept IN ACCESS EXCLUSIVE MODE;
    EXECUTE 'DECLARE c CURSOR FOR SELECT 1';
    CREATE TEMPORARY TABLE t AS SELECT 1;
    RAISE division_by_zero;
END
$$;
BEGIN;
SET LOCAL work_mem = '5MB';
SELECT swallow('SELECT leave_things()', 100);
SHOW work_mem;
SELECT current_schemas(false);
SELECT count(*) AS cursors FROM pg_cursors WHERE name = 'c';
SELECT to_regclass('pg_temp.t') IS NULL AS no_temporary_table;
SELECT mode FROM pg_locks WHERE relation = 'kept'::regclass;
COMMIT;

-- 10,000 in a row, memory flat. In functions with SPI open, in loops over cursors, in exception blocks.
CREATE FUNCTION fail_deep_inside(depth integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    r record;
BEGIN
    FOR r IN SELECT * FROM generate_series(1, 10) n LOOP
        IF depth > 0 THEN
            PERFORM fail_deep_inside(depth - 1);
        END IF;
        PERFORM 1 / (x.n - 1) FROM (SELECT r.n) x;
    END LOOP;
    RETURN 0;
END
$$;
CREATE FUNCTION fail_in_exception_block() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    BEGIN
        PERFORM fail_deep_inside(2);
    EXCEPTION WHEN division_by_zero THEN
        RAISE;
    END;
END
$$;
CREATE FUNCTION fail_in_cxx() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM run_sql('SELECT fail_deep_inside(1)', 10);
END
$$;
SELECT growth('SELECT 1/0', 10000);
SELECT growth('SELECT 1/0', 10000, 'left');
SELECT growth('SELECT 1/0', 10000, 'own SPI level');
SELECT growth('any', 10000, 'exception');
SELECT growth('SELECT no_such_column', 10000);
SELECT growth('a syntax error', 10000);
SELECT growth('SELECT fail_deep_inside(5)', 10000);
SELECT growth('SELECT fail_in_exception_block()', 10000);
SELECT growth('SELECT fail_in_cxx()', 10000);
SELECT objects() ~ '^0 alive' AS all_destroyed;

-- The backend is usable, in the same transaction too.
TRUNCATE kept;
BEGIN;
SELECT swallow('SELECT fail_in_cxx()', 10000, 'own SPI level');
INSERT INTO kept VALUES ('in the same transaction');
SELECT * FROM kept;
COMMIT;

-- In a procedure that commits in between.
CALL commit_each(ARRAY['INSERT INTO kept VALUES (1)', 'INSERT INTO kept VALUES (2)'], 'SELECT fail_in_cxx()');
SELECT * FROM kept;
-- An error of a later transaction leaves the earlier ones alone.
CALL commit_each(ARRAY['INSERT INTO kept VALUES (3)', 'SELECT 1/0', 'INSERT INTO kept VALUES (4)'], 'SELECT 1/0');
SELECT * FROM kept;
-- An error of the commit itself.
CREATE TABLE parent (id integer PRIMARY KEY);
CREATE TABLE child (id integer REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
CALL commit_each(ARRAY['INSERT INTO kept VALUES (5)', 'INSERT INTO child VALUES (1)'], 'SELECT 1/0');
SELECT * FROM kept;
SELECT * FROM child;
-- Where it may not commit.
BEGIN;
CALL commit_each(ARRAY['INSERT INTO kept VALUES (6)'], 'SELECT 1/0');
ROLLBACK;
SELECT objects() ~ '^0 alive' AS all_destroyed;
