--- case: with a function, in and out, without a function, of every context
--- both
CREATE TYPE pair AS (a int, b int);
CREATE TYPE color AS ENUM ('red', 'green');
CREATE FUNCTION to_int(pair) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1.a';
CREATE FUNCTION to_pair(int) RETURNS pair LANGUAGE sql IMMUTABLE AS 'SELECT ($1, 0)::pair';
CREATE FUNCTION to_color(int, int, boolean) RETURNS color LANGUAGE sql IMMUTABLE AS 'SELECT ''red''::color';
--- a
CREATE CAST (pair AS text) WITH INOUT;
--- b
CREATE CAST (pair AS int) WITH FUNCTION to_int(pair);
CREATE CAST (int AS pair) WITH FUNCTION to_pair(int) AS ASSIGNMENT;
CREATE CAST (int AS color) WITH FUNCTION to_color(int, int, boolean) AS IMPLICIT;
CREATE CAST (text AS color) WITH INOUT AS IMPLICIT;
CREATE CAST (json AS bytea) WITHOUT FUNCTION;
CREATE CAST (jsonb AS color) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (pair AS int) IS 'the first one';

--- case: context, method and function change
--- both
CREATE TYPE pair AS (a int, b int);
CREATE FUNCTION to_int(pair) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1.a';
CREATE FUNCTION to_int2(pair) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1.b';
CREATE FUNCTION to_text(pair) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1.a || '','' || $1.b';
--- a
CREATE CAST (pair AS int) WITH FUNCTION to_int(pair);
CREATE CAST (pair AS text) WITH INOUT;
CREATE CAST (json AS bytea) WITHOUT FUNCTION;
COMMENT ON CAST (pair AS int) IS 'stays';
--- b
CREATE CAST (pair AS int) WITH FUNCTION to_int2(pair);
CREATE CAST (pair AS text) WITH FUNCTION to_text(pair);
CREATE CAST (json AS bytea) WITHOUT FUNCTION AS ASSIGNMENT;
COMMENT ON CAST (pair AS int) IS 'stays';

--- case: a used cast changes
--- a
CREATE TYPE pair AS (a int, b int);
CREATE FUNCTION to_int(pair) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1.a';
CREATE CAST (pair AS int) WITH FUNCTION to_int(pair);
CREATE TABLE t (id int PRIMARY KEY, p pair, CONSTRAINT c CHECK (p::int > 0));
CREATE VIEW v AS SELECT p::int AS x FROM t;
CREATE INDEX i ON t ((p::int));
--- b
CREATE TYPE pair AS (a int, b int);
CREATE FUNCTION to_int(pair) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1.b';
CREATE CAST (pair AS int) WITH FUNCTION to_int(pair) AS ASSIGNMENT;
CREATE TABLE t (id int PRIMARY KEY, p pair, CONSTRAINT c CHECK (p::int > 0));
CREATE VIEW v AS SELECT p::int AS x FROM t;
CREATE INDEX i ON t ((p::int));
--- data
INSERT INTO t VALUES (1, '(2,3)');
--- keep
SELECT * FROM t

--- case: a column default and a generated column need a new implicit cast
--- both
CREATE TYPE color AS ENUM ('red', 'green');
CREATE TABLE t (id int PRIMARY KEY, n int);
--- a
--- b
CREATE FUNCTION to_color(int) RETURNS color LANGUAGE sql IMMUTABLE AS 'SELECT ''red''::color';
CREATE CAST (int AS color) WITH FUNCTION to_color(int) AS IMPLICIT;
ALTER TABLE t ADD c color DEFAULT 1, ADD g color GENERATED ALWAYS AS (n) STORED;

--- case: between row types of tables and to a type of another schema
--- a
--- b
CREATE SCHEMA "S x";
CREATE TABLE a (id int, n text);
CREATE TABLE "S x"."B" (id int, n text);
CREATE FUNCTION conv(a) RETURNS "S x"."B" LANGUAGE sql IMMUTABLE AS 'SELECT ROW($1.id, $1.n)::"S x"."B"';
CREATE CAST (a AS "S x"."B") WITH FUNCTION conv(a);
COMMENT ON CAST (a AS "S x"."B") IS 'a comment';

--- case: the type of the cast is replaced
--- a
CREATE TYPE color AS ENUM ('red', 'green', 'blue');
CREATE CAST (text AS color) WITH INOUT AS IMPLICIT;
CREATE FUNCTION num(color) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE CAST (color AS int) WITH FUNCTION num(color);
COMMENT ON CAST (color AS int) IS 'stays';
--- b
CREATE TYPE color AS ENUM ('green', 'red');
CREATE CAST (text AS color) WITH INOUT AS IMPLICIT;
CREATE FUNCTION num(color) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE CAST (color AS int) WITH FUNCTION num(color);
COMMENT ON CAST (color AS int) IS 'stays';

--- case: a length coercion of a type of one's own
--- a
--- b
CREATE TYPE mytext;
CREATE FUNCTION mytext_in(cstring, oid, int) RETURNS mytext LANGUAGE internal IMMUTABLE STRICT AS 'varcharin';
CREATE FUNCTION mytext_out(mytext) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'varcharout';
CREATE FUNCTION mytext_typmodin(cstring[]) RETURNS int LANGUAGE internal IMMUTABLE STRICT AS 'varchartypmodin';
CREATE FUNCTION mytext_typmodout(int) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'varchartypmodout';
CREATE TYPE mytext (INPUT = mytext_in, OUTPUT = mytext_out, TYPMOD_IN = mytext_typmodin, TYPMOD_OUT = mytext_typmodout, LIKE = text);
CREATE FUNCTION mytext_len(mytext, int, boolean) RETURNS mytext LANGUAGE internal IMMUTABLE STRICT AS 'varchar';
CREATE CAST (mytext AS mytext) WITH FUNCTION mytext_len(mytext, int, boolean) AS IMPLICIT;
CREATE CAST (mytext AS text) WITHOUT FUNCTION AS IMPLICIT;
CREATE CAST (text AS mytext) WITHOUT FUNCTION AS ASSIGNMENT;
CREATE TABLE t (id int PRIMARY KEY, a mytext(10) DEFAULT 'x', b mytext);
CREATE VIEW v AS SELECT a::text || 'x' AS x FROM t;

--- case: odd types, and those that a range type has by itself
--- a
--- b
CREATE TYPE r AS RANGE (SUBTYPE = text);
CREATE DOMAIN d AS text;
CREATE FUNCTION f("char") RETURNS bit LANGUAGE sql IMMUTABLE AS 'SELECT B''1''';
CREATE FUNCTION g(r[]) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT 1::bigint';
CREATE FUNCTION h(timestamptz) RETURNS character LANGUAGE sql IMMUTABLE AS 'SELECT ''1''::character';
CREATE CAST ("char" AS bit) WITH FUNCTION f("char");
CREATE CAST (r[] AS bigint) WITH FUNCTION g(r[]);
CREATE CAST (timestamptz AS character) WITH FUNCTION h(timestamptz);
CREATE CAST (d AS json) WITH INOUT;

--- case: only the comment
--- a
CREATE CAST (json AS bytea) WITHOUT FUNCTION;
COMMENT ON CAST (json AS bytea) IS 'old';
--- b
CREATE CAST (json AS bytea) WITHOUT FUNCTION;
COMMENT ON CAST (json AS bytea) IS 'new';
--- keep
SELECT oid FROM pg_cast WHERE oid >= 16384
--- operations: alter_cast (json AS bytea)

--- case: a new cast in a view, a check, a policy and a parsed body
--- both
CREATE TYPE color AS ENUM ('red', 'green');
CREATE TABLE t (id int PRIMARY KEY, c color, x text);
--- a
--- b
CREATE FUNCTION z_to_color(int) RETURNS color LANGUAGE sql IMMUTABLE AS 'SELECT ''red''::color';
CREATE CAST (int AS color) WITH FUNCTION z_to_color(int) AS IMPLICIT;
CREATE CAST (text AS color) WITH INOUT AS IMPLICIT;
CREATE VIEW v AS SELECT id::color AS a, x::color AS b FROM t WHERE c = id::color;
ALTER TABLE t ADD CONSTRAINT k CHECK (c IN (id::color, x::color));
CREATE POLICY p ON t USING (c = x::color);
CREATE FUNCTION a(x text) RETURNS color RETURN x;
CREATE TABLE a (c color DEFAULT 'red'::text);
