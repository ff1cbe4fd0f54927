-- After an error nothing but the rollback reaches the server, and the error that the user sees is the first one.
CREATE SCHEMA broken;
SET search_path = broken;
CREATE FUNCTION objects() RETURNS text LANGUAGE c AS 'bridge_test';
CREATE FUNCTION go_on(sql text, how text) RETURNS text LANGUAGE c STRICT AS 'bridge_test';
CREATE FUNCTION go_on_and_roll_back(sql text) RETURNS text LANGUAGE c STRICT AS 'bridge_test';
CREATE FUNCTION mended_by(which text) RETURNS text LANGUAGE c STRICT AS 'bridge_test';
CREATE FUNCTION pass_scopes() RETURNS text LANGUAGE c AS 'bridge_test';
CREATE FUNCTION cleanups() RETURNS text LANGUAGE c AS 'bridge_test';
CREATE PROCEDURE commit_and_go_on(statements text[]) LANGUAGE c AS 'bridge_test';
CREATE PROCEDURE commit_broken(sql text) LANGUAGE c AS 'bridge_test';
\pset format unaligned
\pset tuples_only on

-- Whatever comes after it.
SELECT go_on('SELECT 1', 'statement') IS NULL AS no_error;
SELECT go_on('SELECT 1/0', 'statement');
SELECT go_on('SELECT 1/0', 'query');
SELECT go_on('SELECT 1/0', 'another error');
SELECT go_on('SELECT 1/0', 'subtransaction');
SELECT go_on('SELECT 1/0', 'SPI level');
SELECT go_on('SELECT 1/0', 'setting');
SELECT go_on('SELECT 1/0', 'notice');
SELECT go_on('SELECT 1/0', 'call');
SELECT go_on('SELECT 1/0', 'callback');
-- A function that returns as if nothing had been.
SELECT go_on('SELECT 1/0', 'return');
-- What it throws itself tells the user something else, and is an error all the same.
SELECT go_on('SELECT 1/0', 'own error');
SELECT go_on('SELECT 1/0', 'exception');
SELECT objects() ~ '^0 alive' AS all_destroyed;
-- The whole of the first error.
DO $$
DECLARE
    d text; h text;
BEGIN
    PERFORM go_on($q$DO 'BEGIN RAISE ''first'' USING ERRCODE = ''ZX001'', DETAIL = ''Detail.'', HINT = ''Hint.''; END'$q$, 'statement');
EXCEPTION WHEN SQLSTATE 'ZX001' THEN
    GET STACKED DIAGNOSTICS d = PG_EXCEPTION_DETAIL, h = PG_EXCEPTION_HINT;
    RAISE NOTICE '% % %', SQLERRM, d, h;
END
$$;

-- The rollback mends it: of the subtransaction, of one around it, of an exception block, of a savepoint, of the statement.
SELECT go_on_and_roll_back('SELECT 1/0');
SELECT mended_by('inner');
SELECT mended_by('outer');
CREATE FUNCTION survive(how text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM go_on('SELECT 1/0', how);
EXCEPTION WHEN division_by_zero THEN
    RETURN go_on('SELECT 1', 'statement') IS NULL;
END
$$;
SELECT survive('statement');
SELECT survive('return');
BEGIN;
SAVEPOINT before;
SELECT go_on('SELECT 1/0', 'return');
ROLLBACK TO before;
SELECT go_on('SELECT 1', 'query') IS NULL;
COMMIT;

-- Errors of our own break nothing, and no scope stays open.
SELECT pass_scopes();
SELECT cleanups();

-- A commit that fails is rolled back by the server itself, which begins anew.
CREATE TABLE parent (id integer PRIMARY KEY);
CREATE TABLE child (id integer REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
CALL commit_and_go_on(ARRAY['INSERT INTO parent VALUES (1)', 'INSERT INTO child VALUES (2)', 'INSERT INTO child VALUES (1)']);
SELECT * FROM parent, child;
-- What is broken is not committed.
CALL commit_broken('SELECT 1/0');
CALL commit_broken('INSERT INTO parent VALUES (3), (1)');
SELECT * FROM parent;
SELECT objects() ~ '^0 alive' AS all_destroyed;
