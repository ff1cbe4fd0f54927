--- case: the body changes
--- a
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
GRANT EXECUTE ON FUNCTION f() TO alice;
COMMENT ON FUNCTION f() IS 'a comment';
--- b
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2';
GRANT EXECUTE ON FUNCTION f() TO alice;
COMMENT ON FUNCTION f() IS 'a comment';
--- keep
SELECT 'public.f()'::regprocedure::oid

--- case: only blanks of the body change
--- a
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
--- b
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS '
    SELECT 1
';

--- case: volatility
--- a
CREATE FUNCTION f1() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f2() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';
CREATE FUNCTION f3() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
--- b
CREATE FUNCTION f1() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';
CREATE FUNCTION f2() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE FUNCTION f3() RETURNS int LANGUAGE sql VOLATILE AS 'SELECT 1';
--- keep
SELECT array_agg(oid ORDER BY proname) FROM pg_proc WHERE proname IN ('f1', 'f2', 'f3')

--- case: strict, leakproof, parallel, security definer
--- a
CREATE FUNCTION f1(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f2(int) RETURNS int LANGUAGE sql STRICT AS 'SELECT 1';
CREATE FUNCTION f3(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f4(int) RETURNS int LANGUAGE sql LEAKPROOF AS 'SELECT 1';
CREATE FUNCTION f5(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f6(int) RETURNS int LANGUAGE sql PARALLEL SAFE AS 'SELECT 1';
CREATE FUNCTION f7(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f8(int) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
--- b
CREATE FUNCTION f1(int) RETURNS int LANGUAGE sql STRICT AS 'SELECT 1';
CREATE FUNCTION f2(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f3(int) RETURNS int LANGUAGE sql LEAKPROOF AS 'SELECT 1';
CREATE FUNCTION f4(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f5(int) RETURNS int LANGUAGE sql PARALLEL RESTRICTED AS 'SELECT 1';
CREATE FUNCTION f6(int) RETURNS int LANGUAGE sql PARALLEL UNSAFE AS 'SELECT 1';
CREATE FUNCTION f7(int) RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
CREATE FUNCTION f8(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
--- keep
SELECT array_agg(oid ORDER BY proname) FROM pg_proc WHERE proname ~ '^f[1-8]$'

--- case: cost and rows
--- a
CREATE FUNCTION f1() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f2() RETURNS SETOF int LANGUAGE sql COST 0.5 ROWS 7 AS 'SELECT 1';
CREATE FUNCTION f3() RETURNS SETOF int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f4() RETURNS int LANGUAGE internal COST 3 AS 'pg_backend_pid';
--- b
CREATE FUNCTION f1() RETURNS int LANGUAGE sql COST 1234.5 AS 'SELECT 1';
CREATE FUNCTION f2() RETURNS SETOF int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f3() RETURNS SETOF int LANGUAGE sql COST 1 ROWS 1000000 AS 'SELECT 1';
CREATE FUNCTION f4() RETURNS int LANGUAGE internal AS 'pg_backend_pid';

--- case: settings are added, changed and removed
--- a
CREATE FUNCTION f1() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f2() RETURNS int LANGUAGE sql SET search_path = pg_catalog, public SET work_mem = '64MB' AS 'SELECT 1';
CREATE FUNCTION f3() RETURNS int LANGUAGE sql SET search_path = '' AS 'SELECT 1';
CREATE FUNCTION f4() RETURNS int LANGUAGE sql SET datestyle = 'ISO, DMY' SET TIME ZONE 'Europe/Berlin' AS 'SELECT 1';
--- b
CREATE FUNCTION f1() RETURNS int LANGUAGE sql SET search_path = "My Schema", "$user", public, pg_temp AS 'SELECT 1';
CREATE FUNCTION f2() RETURNS int LANGUAGE sql SET search_path = public SET statement_timeout = '10s' AS 'SELECT 1';
CREATE FUNCTION f3() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f4() RETURNS int LANGUAGE sql SET app.tenant = 'it''s "x", y\z' SET datestyle = 'German' SET enable_seqscan = off AS 'SELECT 1';

--- case: the language changes
--- a
CREATE FUNCTION f(a int, b int) RETURNS int LANGUAGE sql AS 'SELECT a + b';
CREATE FUNCTION g(a int, b int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN a + b; END';
--- b
CREATE FUNCTION f(a int, b int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN a + b; END';
CREATE FUNCTION g(a int, b int) RETURNS int LANGUAGE internal AS 'int4pl';

--- case: a function becomes a procedure, an aggregate, a window function
--- a
CREATE FUNCTION f1(a int) RETURNS void LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION f2(a int) RETURNS int LANGUAGE sql AS 'SELECT a';
CREATE FUNCTION f3() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
--- b
CREATE PROCEDURE f1(a int) LANGUAGE plpgsql AS 'BEGIN END';
CREATE AGGREGATE f2(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
CREATE FUNCTION f3() RETURNS bigint LANGUAGE internal WINDOW AS 'window_row_number';

--- case: a support function is added and another one removed
--- a
CREATE FUNCTION f1(int, int) RETURNS SETOF int LANGUAGE internal IMMUTABLE STRICT AS 'generate_series_int4';
CREATE FUNCTION f2(int, int) RETURNS SETOF int LANGUAGE internal IMMUTABLE STRICT SUPPORT generate_series_int4_support AS 'generate_series_int4';
--- b
CREATE FUNCTION f1(int, int) RETURNS SETOF int LANGUAGE internal IMMUTABLE STRICT SUPPORT generate_series_int4_support AS 'generate_series_int4';
CREATE FUNCTION f2(int, int) RETURNS SETOF int LANGUAGE internal IMMUTABLE STRICT AS 'generate_series_int4';

--- case: body, owner, comment, grants and settings all at once
--- a
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';
COMMENT ON FUNCTION f(int) IS 'one';
GRANT EXECUTE ON FUNCTION f(int) TO bob WITH GRANT OPTION;
--- b
CREATE FUNCTION f(a int) RETURNS int LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER SET search_path = public AS 'BEGIN RETURN 2; END';
ALTER FUNCTION f(int) OWNER TO alice;
COMMENT ON FUNCTION f(int) IS 'two';
REVOKE ALL ON FUNCTION f(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION f(int) TO team;

--- case: the internal and the c symbol change
--- a
CREATE FUNCTION f(int, int) RETURNS int LANGUAGE internal AS 'int4pl';
CREATE FUNCTION h() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
--- b
CREATE FUNCTION f(int, int) RETURNS int LANGUAGE internal AS 'int4mi';
CREATE FUNCTION h() RETURNS language_handler LANGUAGE c AS 'plpgsql', 'plpgsql_call_handler';
