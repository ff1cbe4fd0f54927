--- case: added and dropped
--- a
--- b
CREATE FUNCTION add_one(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n + 1';

--- case: a plain body in plpgsql
--- a
--- b
CREATE FUNCTION greet(who text DEFAULT 'world') RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    result text;
BEGIN
    -- a comment; with a semicolon
    SELECT 'Hello ' || who INTO result;
    RETURN result;
END
$$;

--- case: bodies with every kind of quote
--- a
--- b
CREATE FUNCTION q1() RETURNS text LANGUAGE sql AS 'SELECT ''it''''s''::text';
CREATE FUNCTION q2() RETURNS text LANGUAGE sql AS $x$SELECT $$a$$ || $function$b$function$ || $_$c$_$ || '\n' || E'\n\\'$x$;
CREATE FUNCTION q3() RETURNS text LANGUAGE plpgsql AS $x$BEGIN EXECUTE $y$DO $z$BEGIN NULL; END$z$$y$; RETURN $procedure$p$procedure$; END$x$;
CREATE FUNCTION q4() RETURNS void LANGUAGE sql AS '';
CREATE FUNCTION q5() RETURNS text LANGUAGE sql AS E'SELECT\n\t''tab and trailing blanks''::text   \n\n';
CREATE FUNCTION q6() RETURNS text LANGUAGE sql AS E'SELECT ''one\r\ntwo''::text\r\n';
CREATE FUNCTION q7() RETURNS text LANGUAGE sql AS 'SELECT ''Grüße, 世界, 🐘''::text -- $1 %s %I \1';

--- case: languages internal and c
--- a
--- b
CREATE FUNCTION plus(int, int) RETURNS int LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'int4pl';
CREATE FUNCTION handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE FUNCTION series(int, int) RETURNS SETOF int LANGUAGE internal IMMUTABLE STRICT ROWS 50
    SUPPORT pg_catalog.generate_series_int4_support AS 'generate_series_int4';

--- case: every mode of argument
--- a
--- b
CREATE FUNCTION modes(a int, INOUT b text, OUT c date, d numeric(10,2) DEFAULT 1.5, VARIADIC e int[] DEFAULT '{}')
    LANGUAGE plpgsql AS 'BEGIN c := ''2024-01-01''; END';
CREATE FUNCTION only_out(OUT a int, OUT b text) LANGUAGE sql AS 'SELECT 1, ''x''::text';
CREATE FUNCTION one_out(OUT a int) LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION unnamed(int, text, OUT int) LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION as_table(n int) RETURNS TABLE (id bigint, "Label" text) LANGUAGE sql ROWS 10 AS 'SELECT 1::bigint, ''x''::text';
CREATE FUNCTION one_column(n int) RETURNS TABLE (id bigint) LANGUAGE sql AS 'SELECT 1::bigint';
CREATE FUNCTION records() RETURNS SETOF record LANGUAGE sql AS 'SELECT 1, 2';
CREATE FUNCTION out_set(OUT a int, OUT b int) RETURNS SETOF record LANGUAGE sql AS 'SELECT 1, 2';
CREATE FUNCTION any_format(fmt text, VARIADIC "any") RETURNS text LANGUAGE internal AS 'text_format';

--- case: polymorphic
--- a
--- b
CREATE FUNCTION first_of(anyarray) RETURNS anyelement LANGUAGE sql IMMUTABLE AS 'SELECT $1[1]';
CREATE FUNCTION pair(a anycompatible, b anycompatible) RETURNS anycompatiblearray LANGUAGE sql IMMUTABLE AS 'SELECT ARRAY[a, b]';
CREATE FUNCTION low(anyrange) RETURNS anyelement LANGUAGE sql IMMUTABLE AS 'SELECT lower($1)';
CREATE FUNCTION low(anymultirange) RETURNS anyelement LANGUAGE sql IMMUTABLE AS 'SELECT lower($1)';
CREATE FUNCTION same_enum(a anyenum, b anyenum) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT a = b';
CREATE FUNCTION plain(anynonarray) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1::text';
CREATE FUNCTION polymorphic_out(IN a anyelement, OUT b anyelement, OUT c anyarray) LANGUAGE sql AS 'SELECT a, ARRAY[a]';

--- case: overloads added, changed and dropped
--- a
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 0';
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f(text) RETURNS int LANGUAGE sql AS 'SELECT 2';
CREATE FUNCTION f(int, text DEFAULT 'x') RETURNS int LANGUAGE sql AS 'SELECT 3';
--- b
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 0';
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 10';
CREATE FUNCTION f(bigint) RETURNS int LANGUAGE sql AS 'SELECT 4';
CREATE FUNCTION f(text[]) RETURNS int LANGUAGE sql AS 'SELECT 5';
CREATE FUNCTION f(VARIADIC int[]) RETURNS int LANGUAGE sql AS 'SELECT 6';
COMMENT ON FUNCTION f(bigint) IS 'the big one';

--- case: the order of the argument types is swapped
--- a
CREATE FUNCTION f(a int, b text) RETURNS text LANGUAGE sql AS 'SELECT a || b';
--- b
CREATE FUNCTION f(b text, a int) RETURNS text LANGUAGE sql AS 'SELECT a || b';

--- case: an argument type changes and a view uses the function
--- both
CREATE TABLE t (id int PRIMARY KEY, n int);
--- a
CREATE FUNCTION twice(n int) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT n::bigint * 2';
CREATE VIEW v AS SELECT id, twice(n) AS n2 FROM t;
--- b
CREATE FUNCTION twice(n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT n * 2';
CREATE VIEW v AS SELECT id, twice(n) AS n2 FROM t;
--- data
INSERT INTO t VALUES (1, 5), (2, 6);
--- keep
SELECT * FROM t JOIN v USING (id) ORDER BY id

--- case: types by schema, array, length and with quotes
--- both
CREATE SCHEMA "My Types";
CREATE TYPE "My Types"."Status" AS ENUM ('on', 'off');
CREATE DOMAIN "My Types".positive AS int CHECK (VALUE > 0);
CREATE TYPE "My Types".pair AS (a int, b text);
--- a
--- b
CREATE FUNCTION f("My Types"."Status", "My Types".positive[], "My Types".pair, varchar(10), timestamp(3) with time zone, "char", bit varying)
    RETURNS "My Types".pair[] LANGUAGE sql AS 'SELECT ARRAY[$3]';
