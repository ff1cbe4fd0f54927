--- case: functions with the rights of their owner come with owners and grants
--- a
--- b
CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
ALTER FUNCTION f() OWNER TO alice;
CREATE FUNCTION g() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
REVOKE ALL ON FUNCTION g() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION g() TO team WITH GRANT OPTION;
CREATE PROCEDURE p() LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
ALTER PROCEDURE p() OWNER TO bob;
REVOKE ALL ON PROCEDURE p() FROM PUBLIC, bob;
GRANT EXECUTE ON PROCEDURE p() TO alice;

--- case: body, owner and grants change at once
--- a
CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
ALTER FUNCTION f() OWNER TO alice;
COMMENT ON FUNCTION f() IS 'of alice';
CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1';
GRANT EXECUTE ON FUNCTION g() TO alice WITH GRANT OPTION;
SET ROLE alice;
GRANT EXECUTE ON FUNCTION g() TO bob;
RESET ROLE;
--- b
CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 2';
ALTER FUNCTION f() OWNER TO bob;
REVOKE ALL ON FUNCTION f() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION f() TO team;
CREATE FUNCTION g() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 2';
ALTER FUNCTION g() OWNER TO alice;
GRANT EXECUTE ON FUNCTION g() TO bob;

--- case: a function that a check, a column and an index call is altered with them
--- both
CREATE SCHEMA app;
--- a
CREATE FUNCTION app.ok(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN current_user <> ''x''; END';
ALTER FUNCTION app.ok(text) OWNER TO alice;
CREATE TABLE app.t (a int CHECK (app.ok(a::text)), b boolean GENERATED ALWAYS AS (app.ok('x')) STORED);
--- b
CREATE FUNCTION app.ok(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN true; END';
CREATE TABLE app.t (a bigint CHECK (app.ok(a::text)), b boolean GENERATED ALWAYS AS (app.ok('x')) STORED);
CREATE INDEX t_ok ON app.t (app.ok(a::text));
--- data
INSERT INTO app.t VALUES (1);
--- keep
SELECT a::bigint, b FROM app.t
--- operations: alter_function app.ok(text); alter_column app.t.a; create_index app.t.t_ok

--- case: a function that is altered needs a new column
--- a
CREATE TABLE t (a int);
CREATE FUNCTION f(t) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION g() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT a FROM t; END;
--- b
CREATE TABLE t (a bigint, b int);
CREATE FUNCTION f(t) RETURNS int LANGUAGE sql AS 'SELECT 2';
CREATE FUNCTION g() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT b FROM t; END;
