--- case: the default of an argument calls a function whose return type changes
--- a
CREATE FUNCTION base() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f(a bigint DEFAULT base()) RETURNS bigint LANGUAGE sql AS 'SELECT a';
CREATE VIEW v AS SELECT f() AS x;
GRANT EXECUTE ON FUNCTION f(bigint) TO alice;
--- b
CREATE FUNCTION base() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
CREATE FUNCTION f(a bigint DEFAULT base()) RETURNS bigint LANGUAGE sql AS 'SELECT a';
CREATE VIEW v AS SELECT f() AS x;
GRANT EXECUTE ON FUNCTION f(bigint) TO alice;

--- case: a chain through a function, a view, a function over the view, a matview and a policy
--- a
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE FUNCTION f1(n int) RETURNS int RETURN n + 1;
CREATE VIEW v1 AS SELECT id, f1(a) AS x FROM t;
CREATE FUNCTION f2() RETURNS SETOF v1 BEGIN ATOMIC SELECT * FROM v1; END;
CREATE FUNCTION f3(r v1) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT r.x';
CREATE MATERIALIZED VIEW m AS SELECT id, x FROM f2();
CREATE INDEX i ON m (x);
CREATE VIEW v2 AS SELECT f3(v1) AS y FROM v1 JOIN m USING (id);
CREATE TABLE u (id int PRIMARY KEY);
CREATE POLICY p ON u USING (id IN (SELECT y FROM v2));
COMMENT ON POLICY p ON u IS 'stays';
ALTER FUNCTION f2() OWNER TO alice;
--- b
CREATE TABLE t (id int PRIMARY KEY, a bigint);
CREATE FUNCTION f1(n bigint) RETURNS bigint RETURN n + 1;
CREATE VIEW v1 AS SELECT id, f1(a) AS x FROM t;
CREATE FUNCTION f2() RETURNS SETOF v1 BEGIN ATOMIC SELECT * FROM v1; END;
CREATE FUNCTION f3(r v1) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT r.x::int';
CREATE MATERIALIZED VIEW m AS SELECT id, x FROM f2();
CREATE INDEX i ON m (x);
CREATE VIEW v2 AS SELECT f3(v1) AS y FROM v1 JOIN m USING (id);
CREATE TABLE u (id int PRIMARY KEY);
CREATE POLICY p ON u USING (id IN (SELECT y FROM v2));
COMMENT ON POLICY p ON u IS 'stays';
ALTER FUNCTION f2() OWNER TO alice;
--- data
INSERT INTO t VALUES (1, 10), (2, 20);
INSERT INTO u VALUES (1);
REFRESH MATERIALIZED VIEW m;
--- keep
SELECT t.id, a::text, u.id, m.x::text FROM u, t JOIN m USING (id) ORDER BY t.id

--- case: a better overload appears for what a view calls already
--- both
CREATE TABLE t (id int PRIMARY KEY, a varchar(5));
CREATE FUNCTION f(x text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''text''';
--- a
CREATE VIEW v AS SELECT f(a) AS x FROM t;
CREATE VIEW w AS SELECT f(a) AS x FROM t;
--- b
CREATE VIEW v AS SELECT f(a) AS x FROM t;
CREATE FUNCTION f(x varchar) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''varchar''';
CREATE VIEW w AS SELECT f(a) AS x FROM t;
CREATE INDEX i ON t (f(a));

--- case: the type of an argument is replaced
--- a
CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE FUNCTION f(x e DEFAULT 'b') RETURNS e[] LANGUAGE sql IMMUTABLE AS 'SELECT ARRAY[x]';
CREATE PROCEDURE p(x e[]) LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE ag(e) (SFUNC = array_append, STYPE = e[], INITCOND = '{a}');
CREATE TABLE t (id int PRIMARY KEY, x e DEFAULT 'a', CONSTRAINT c CHECK (x = ANY (f(x))));
COMMENT ON FUNCTION f(e) IS 'stays';
--- b
CREATE TYPE e AS ENUM ('b', 'a');
CREATE FUNCTION f(x e DEFAULT 'b') RETURNS e[] LANGUAGE sql IMMUTABLE AS 'SELECT ARRAY[x]';
CREATE PROCEDURE p(x e[]) LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE ag(e) (SFUNC = array_append, STYPE = e[], INITCOND = '{a}');
CREATE TABLE t (id int PRIMARY KEY, x e DEFAULT 'a', CONSTRAINT c CHECK (x = ANY (f(x))));
COMMENT ON FUNCTION f(e) IS 'stays';
--- data
INSERT INTO t VALUES (1, 'a'), (2, 'b');
--- keep
SELECT id, x::text FROM t ORDER BY id

--- case: a generated column's function changes its return type while the column is indexed, published and in a view
--- a
CREATE FUNCTION f(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n * 2';
CREATE TABLE t (id int PRIMARY KEY, n int, g int GENERATED ALWAYS AS (f(n)) STORED);
CREATE INDEX i ON t (g);
CREATE VIEW v AS SELECT id, g FROM t;
CREATE PUBLICATION p FOR TABLE t;
GRANT SELECT (g) ON t TO alice;
COMMENT ON COLUMN t.g IS 'stays';
--- b
CREATE FUNCTION f(n int) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT n * 2::bigint';
CREATE TABLE t (id int PRIMARY KEY, n int, g bigint GENERATED ALWAYS AS (f(n)) STORED);
CREATE INDEX i ON t (g);
CREATE VIEW v AS SELECT id, g FROM t;
CREATE PUBLICATION p FOR TABLE t;
GRANT SELECT (g) ON t TO alice;
COMMENT ON COLUMN t.g IS 'stays';
--- data
INSERT INTO t VALUES (1, 10), (2, 20);
--- keep
SELECT id, n, g::text FROM t ORDER BY id

--- case: a function becomes a procedure although nothing but other functions' texts call it
--- a
CREATE FUNCTION act(n int) RETURNS void LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION caller() RETURNS void LANGUAGE plpgsql AS 'BEGIN PERFORM act(1); END';
CREATE FUNCTION sql_caller() RETURNS void LANGUAGE sql AS 'SELECT act(1)';
--- b
CREATE PROCEDURE act(n int) LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION caller() RETURNS void LANGUAGE plpgsql AS 'BEGIN CALL act(1); END';
CREATE FUNCTION sql_caller() RETURNS void LANGUAGE sql AS 'SELECT 1';
