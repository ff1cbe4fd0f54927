--- case: an argument gets a name
--- a
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT $1';
--- b
CREATE FUNCTION f(n int) RETURNS int LANGUAGE sql AS 'SELECT n';

--- case: an argument gets another name
--- a
CREATE FUNCTION f(a int, b text) RETURNS text LANGUAGE sql AS 'SELECT a || b';
--- b
CREATE FUNCTION f(a int, c text) RETURNS text LANGUAGE sql AS 'SELECT a || c';

--- case: an argument gets another name under a view, with grants and a comment on both
--- a
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql STABLE AS 'SELECT a';
REVOKE ALL ON FUNCTION f(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION f(int) TO alice;
COMMENT ON FUNCTION f(int) IS 'stays';
CREATE VIEW v AS SELECT f(a => 1) AS x;
GRANT SELECT ON v TO bob;
COMMENT ON VIEW v IS 'stays as well';
--- b
CREATE FUNCTION f(n int) RETURNS int LANGUAGE sql STABLE AS 'SELECT n';
REVOKE ALL ON FUNCTION f(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION f(int) TO alice;
COMMENT ON FUNCTION f(int) IS 'stays';
CREATE VIEW v AS SELECT f(n => 1) AS x;
GRANT SELECT ON v TO bob;
COMMENT ON VIEW v IS 'stays as well';

--- case: a default is added
--- a
CREATE FUNCTION f(a int, b int) RETURNS int LANGUAGE sql AS 'SELECT a + b';
--- b
CREATE FUNCTION f(a int, b int DEFAULT 2) RETURNS int LANGUAGE sql AS 'SELECT a + b';
--- keep
SELECT 'public.f(int, int)'::regprocedure::oid

--- case: a default changes
--- a
CREATE FUNCTION f(a int DEFAULT 1, b text DEFAULT 'it''s', c date DEFAULT CURRENT_DATE) RETURNS text LANGUAGE sql AS 'SELECT a || b || c';
--- b
CREATE FUNCTION f(a int DEFAULT 1, b text DEFAULT 'it''s not', c date DEFAULT '2024-02-29') RETURNS text LANGUAGE sql AS 'SELECT a || b || c';
--- keep
SELECT 'public.f(int, text, date)'::regprocedure::oid

--- case: a default is removed, one of several
--- a
CREATE FUNCTION f(a int DEFAULT 1, b int DEFAULT 2) RETURNS int LANGUAGE sql AS 'SELECT a + b';
--- b
CREATE FUNCTION f(a int, b int DEFAULT 2) RETURNS int LANGUAGE sql AS 'SELECT a + b';

--- case: the last default is removed while a column default uses the function
--- a
CREATE FUNCTION f(a int DEFAULT 1) RETURNS int LANGUAGE sql AS 'SELECT a';
CREATE TABLE t (id int PRIMARY KEY, x int DEFAULT f());
--- b
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a';
CREATE TABLE t (id int PRIMARY KEY, x int DEFAULT f(1));
--- data
INSERT INTO t VALUES (1), (2);
--- keep
SELECT * FROM t ORDER BY id

--- case: defaults that use a function, an enum and a sequence
--- a
--- b
CREATE TYPE color AS ENUM ('red', 'green');
CREATE SEQUENCE counter;
CREATE FUNCTION base() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f(a int DEFAULT base(), b color DEFAULT 'red', c bigint DEFAULT nextval('counter'), d color[] DEFAULT ARRAY['green'::color])
    RETURNS int LANGUAGE sql AS 'SELECT a';

--- case: the return type changes
--- a
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a';
--- b
CREATE FUNCTION f(a int) RETURNS bigint LANGUAGE sql AS 'SELECT a::bigint';

--- case: from a value to a set and to a table
--- a
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a';
CREATE FUNCTION g() RETURNS SETOF int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION h() RETURNS TABLE (x int) LANGUAGE sql AS 'SELECT 1';
--- b
CREATE FUNCTION f(a int) RETURNS SETOF int LANGUAGE sql AS 'SELECT a';
CREATE FUNCTION g() RETURNS TABLE (x int, y int) LANGUAGE sql AS 'SELECT 1, 2';
CREATE FUNCTION h() RETURNS TABLE (y int) LANGUAGE sql AS 'SELECT 1';

--- case: RETURNS TABLE and SETOF record with OUT are not the same
--- a
CREATE FUNCTION f() RETURNS TABLE (x int, y text) LANGUAGE sql AS 'SELECT 1, ''a''::text';
--- b
CREATE FUNCTION f(OUT x int, OUT y text) RETURNS SETOF record LANGUAGE sql AS 'SELECT 1, ''a''::text';

--- case: an OUT argument is added
--- a
CREATE FUNCTION f(a int, OUT x int) LANGUAGE sql AS 'SELECT a';
--- b
CREATE FUNCTION f(a int, OUT x int, OUT y int) LANGUAGE sql AS 'SELECT a, a';

--- case: an OUT argument changes its type and a view reads it
--- a
CREATE FUNCTION f(OUT x int, OUT y int) LANGUAGE sql AS 'SELECT 1, 2';
CREATE VIEW v AS SELECT x, y FROM f();
--- b
CREATE FUNCTION f(OUT x int, OUT y text) LANGUAGE sql AS 'SELECT 1, ''2''::text';
CREATE VIEW v AS SELECT x, y FROM f();

--- case: IN becomes INOUT, an array becomes VARIADIC
--- a
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a';
CREATE FUNCTION g(a int[]) RETURNS int LANGUAGE sql AS 'SELECT a[1]';
--- b
CREATE FUNCTION f(INOUT a int) LANGUAGE sql AS 'SELECT a';
CREATE FUNCTION g(VARIADIC a int[]) RETURNS int LANGUAGE sql AS 'SELECT a[1]';

--- case: moved to another schema
--- both
CREATE SCHEMA s1;
CREATE SCHEMA s2;
--- a
CREATE FUNCTION s1.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE VIEW v AS SELECT s1.f() AS x;
--- b
CREATE FUNCTION s2.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE VIEW v AS SELECT s2.f() AS x;
