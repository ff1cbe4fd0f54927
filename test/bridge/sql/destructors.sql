-- Errors of the server unwind C++ frames object by object.
CREATE SCHEMA destructors;
SET search_path = destructors;
CREATE FUNCTION objects() RETURNS text LANGUAGE c AS 'bridge_test';
CREATE FUNCTION run_sql(sql text, frames integer) RETURNS text LANGUAGE c STRICT AS 'bridge_test';
CREATE FUNCTION run_sql_nested(sql text, levels integer) RETURNS text LANGUAGE c STRICT AS 'bridge_test';
CREATE FUNCTION run_sql_raised_again(sql text, rounds integer) RETURNS text LANGUAGE c STRICT AS 'bridge_test';
CREATE FUNCTION run_sql_with_cleanup(sql text, cleanup text) RETURNS text LANGUAGE c STRICT AS 'bridge_test';
CREATE FUNCTION failed_cleanups() RETURNS text LANGUAGE c AS 'bridge_test';
\pset format unaligned
\pset tuples_only on

SELECT run_sql('SELECT 1', 100);
SELECT objects();
SELECT run_sql('SELECT 1/0', 100);
SELECT objects();
SELECT run_sql_raised_again('SELECT 1/0', 100);
SELECT objects();

-- Frames within frames: C++, SQL, C++, SQL.
SELECT run_sql($$SELECT run_sql('SELECT run_sql(''SELECT 1/0'', 10)', 10)$$, 10);
SELECT objects();

-- Each frame with an SPI level of its own.
SELECT run_sql_nested('SELECT 1', 50);
SELECT run_sql_nested('SELECT 1/0', 50);
SELECT objects();
SELECT run_sql_nested($$SELECT run_sql_nested('SELECT no_such_column', 10)$$, 10);
SELECT objects();

-- An exception handler of PL/pgSQL in between swallows it.
CREATE FUNCTION swallow_in_plpgsql(sql text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM run_sql(sql, 10);
    RETURN 'no error';
EXCEPTION WHEN division_by_zero THEN
    RETURN 'swallowed';
END
$$;
SELECT swallow_in_plpgsql('SELECT 1/0');
SELECT swallow_in_plpgsql($$SELECT swallow_in_plpgsql('SELECT no_such_column')$$);
SELECT run_sql_nested($$SELECT swallow_in_plpgsql('SELECT 1/0')$$, 10);
SELECT objects();

-- Destructors that run SQL, and fail at it. While an error is on its way they do not get through, and the error is
-- still the first one.
SELECT run_sql_with_cleanup('SELECT 1', 'SELECT 1');
SELECT run_sql_with_cleanup('SELECT no_such_column', 'SELECT 1');
SELECT failed_cleanups();
SELECT run_sql_with_cleanup('SELECT 1', 'SELECT 1/0');
SELECT failed_cleanups();
SELECT run_sql_with_cleanup('SELECT no_such_column', 'SELECT 1/0');
SELECT failed_cleanups();
SELECT objects();
