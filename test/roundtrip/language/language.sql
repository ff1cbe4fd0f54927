--- case: added and dropped
--- both
CREATE FUNCTION call_handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE FUNCTION inline_handler(internal) RETURNS void LANGUAGE c STRICT AS '$libdir/plpgsql', 'plpgsql_inline_handler';
CREATE FUNCTION validator(oid) RETURNS void LANGUAGE c STRICT AS '$libdir/plpgsql', 'plpgsql_validator';
--- a
CREATE LANGUAGE old HANDLER call_handler;
--- b
CREATE LANGUAGE l1 HANDLER call_handler;
CREATE TRUSTED LANGUAGE l2 HANDLER call_handler INLINE inline_handler VALIDATOR validator;
CREATE TRUSTED LANGUAGE "L 3" HANDLER plpgsql_call_handler;
COMMENT ON LANGUAGE l2 IS 'a comment';

--- case: handlers and language and functions, all new
--- a
--- b
CREATE FUNCTION zz_handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE TRUSTED LANGUAGE plx HANDLER zz_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;
CREATE FUNCTION f(a int) RETURNS int LANGUAGE plx AS 'BEGIN RETURN a; END';
CREATE PROCEDURE a_proc() LANGUAGE plx AS 'BEGIN END';
CREATE TABLE t (id int PRIMARY KEY DEFAULT f(1));

--- case: trusted, inline handler and validator change
--- both
CREATE FUNCTION call_handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE FUNCTION inline_handler(internal) RETURNS void LANGUAGE c STRICT AS '$libdir/plpgsql', 'plpgsql_inline_handler';
CREATE FUNCTION validator(oid) RETURNS void LANGUAGE c STRICT AS '$libdir/plpgsql', 'plpgsql_validator';
--- a
CREATE LANGUAGE l1 HANDLER call_handler;
CREATE TRUSTED LANGUAGE l2 HANDLER call_handler INLINE inline_handler VALIDATOR validator;
CREATE LANGUAGE l3 HANDLER call_handler;
COMMENT ON LANGUAGE l3 IS 'stays';
--- b
CREATE TRUSTED LANGUAGE l1 HANDLER call_handler;
CREATE LANGUAGE l2 HANDLER call_handler;
CREATE LANGUAGE l3 HANDLER call_handler INLINE inline_handler VALIDATOR validator;
COMMENT ON LANGUAGE l3 IS 'stays';

--- case: a language with functions changes
--- a
CREATE FUNCTION call_handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE LANGUAGE l HANDLER call_handler;
CREATE FUNCTION f(a int) RETURNS int LANGUAGE l IMMUTABLE AS 'BEGIN RETURN a; END';
CREATE TABLE t (id int PRIMARY KEY, CONSTRAINT c CHECK (f(id) > 0));
--- b
CREATE FUNCTION call_handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE FUNCTION call_handler2() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE TRUSTED LANGUAGE l HANDLER call_handler2;
CREATE FUNCTION f(a int) RETURNS int LANGUAGE l IMMUTABLE AS 'BEGIN RETURN a; END';
CREATE TABLE t (id int PRIMARY KEY, CONSTRAINT c CHECK (f(id) > 0));
--- data
INSERT INTO t VALUES (1);
--- keep
SELECT * FROM t

--- case: owner, comment and grants
--- a
CREATE TRUSTED LANGUAGE l HANDLER plpgsql_call_handler;
COMMENT ON LANGUAGE l IS 'old';
--- b
CREATE TRUSTED LANGUAGE l HANDLER plpgsql_call_handler;
ALTER LANGUAGE l OWNER TO alice;
REVOKE USAGE ON LANGUAGE l FROM PUBLIC;
GRANT USAGE ON LANGUAGE l TO bob WITH GRANT OPTION;
COMMENT ON LANGUAGE l IS 'new';

--- case: functions leave a language, which goes away
--- a
CREATE TRUSTED LANGUAGE l HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;
CREATE FUNCTION f() RETURNS int LANGUAGE l AS 'BEGIN RETURN 1; END';
CREATE FUNCTION g() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
--- b
CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
CREATE FUNCTION g() RETURNS int LANGUAGE sql AS 'SELECT 1';

--- case: a language with grants is no longer trusted
--- a
CREATE TRUSTED LANGUAGE l1 HANDLER plpgsql_call_handler;
GRANT USAGE ON LANGUAGE l1 TO bob;
CREATE TRUSTED LANGUAGE l2 HANDLER plpgsql_call_handler;
REVOKE USAGE ON LANGUAGE l2 FROM PUBLIC;
CREATE FUNCTION f() RETURNS int LANGUAGE l1 AS 'BEGIN RETURN 1; END';
--- b
CREATE LANGUAGE l1 HANDLER plpgsql_call_handler;
CREATE LANGUAGE l2 HANDLER plpgsql_call_handler;
CREATE FUNCTION f() RETURNS int LANGUAGE l1 AS 'BEGIN RETURN 1; END';

--- case: the handlers change in place, and the functions stay
--- both
CREATE FUNCTION "Call handler"() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
--- a
CREATE TRUSTED LANGUAGE l HANDLER plpgsql_call_handler VALIDATOR plpgsql_validator;
CREATE FUNCTION f() RETURNS int LANGUAGE l AS 'BEGIN RETURN 1; END';
--- b
CREATE TRUSTED LANGUAGE l HANDLER "Call handler" INLINE plpgsql_inline_handler;
CREATE FUNCTION f() RETURNS int LANGUAGE l AS 'BEGIN RETURN 1; END';
COMMENT ON LANGUAGE l IS 'a comment';
GRANT USAGE ON LANGUAGE l TO alice;
--- keep
SELECT 'f()'::regprocedure::oid
--- operations: alter_language l

--- case: the old handler goes, and the language stays
--- a
CREATE FUNCTION h1() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE LANGUAGE l HANDLER h1;
CREATE FUNCTION f() RETURNS int LANGUAGE l AS 'BEGIN RETURN 1; END';
--- b
CREATE FUNCTION h2() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE LANGUAGE l HANDLER h2;
CREATE FUNCTION f() RETURNS int LANGUAGE l AS 'BEGIN RETURN 1; END';
--- keep
SELECT 'f()'::regprocedure::oid
