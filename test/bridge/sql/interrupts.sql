-- Cancel, timeouts and shutdown get through code that swallows errors.
CREATE SCHEMA interrupts;
SET search_path = interrupts;
CREATE FUNCTION objects() RETURNS text LANGUAGE c AS 'bridge_test';
CREATE FUNCTION run_sql(sql text, frames integer) RETURNS text LANGUAGE c STRICT AS 'bridge_test';
CREATE FUNCTION compute_for_ever() RETURNS void LANGUAGE c AS 'bridge_test';
CREATE FUNCTION retry(sql text) RETURNS text LANGUAGE c STRICT AS 'bridge_test';
CREATE FUNCTION is_interrupt(sql text) RETURNS text LANGUAGE c STRICT AS 'bridge_test';
\pset format unaligned
\pset tuples_only on

-- Which errors are interrupts?
SELECT is_interrupt('SELECT pg_cancel_backend(pg_backend_pid()), pg_sleep(60)');
SELECT is_interrupt($$DO 'BEGIN RAISE SQLSTATE ''57P01''; END'$$);
SELECT is_interrupt('SELECT 1/0');
SELECT is_interrupt($$DO 'BEGIN RAISE SQLSTATE ''57000''; END'$$);
-- A lock timeout is none: it may be tried again.
SELECT is_interrupt($$DO 'BEGIN RAISE lock_not_available; END'$$);

-- A statement timeout: in the server's code, in C++ code, and in a loop that retries what fails.
SET statement_timeout = '100ms';
SELECT run_sql('SELECT pg_sleep(60)', 10);
SELECT compute_for_ever();
SELECT retry('SELECT 1/0');
SELECT retry('SELECT pg_sleep(60)');
RESET statement_timeout;
SELECT objects() ~ '^0 alive' AS all_destroyed;

-- A cancel request.
SELECT run_sql('SELECT pg_cancel_backend(pg_backend_pid()), pg_sleep(60)', 10);
SELECT retry('SELECT pg_cancel_backend(pg_backend_pid()), pg_sleep(60)');
SELECT objects();

-- A shutdown ends the session there and then, and no other one.
\setenv PGDATABASE :DBNAME
\! psql -X -c "SELECT interrupts.run_sql('SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(60)', 10)" 2>&1 | grep -a FATAL
\! psql -X -c "SELECT interrupts.retry('SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(60)')" 2>&1 | grep -a FATAL
\! psql -X -c "SELECT pg_terminate_backend(pg_backend_pid()), interrupts.compute_for_ever()" 2>&1 | grep -a FATAL
SELECT 'still connected' AS this_session;
