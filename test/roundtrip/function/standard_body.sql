--- case: RETURN and BEGIN ATOMIC
--- a
--- b
CREATE FUNCTION f1(a int, b int) RETURNS int RETURN a + b;
CREATE FUNCTION f2(a int) RETURNS TABLE (x int, y int) BEGIN ATOMIC SELECT a, a + 1; END;
CREATE FUNCTION f3() RETURNS void BEGIN ATOMIC END;
CREATE PROCEDURE p1(a int) BEGIN ATOMIC SELECT a; SELECT f1(a, 2); END;

--- case: a text body becomes BEGIN ATOMIC and the other way round
--- both
CREATE TABLE t (id int PRIMARY KEY, a text);
--- a
CREATE FUNCTION f1() RETURNS SETOF int LANGUAGE sql AS 'SELECT id FROM t';
CREATE FUNCTION f2() RETURNS SETOF int BEGIN ATOMIC SELECT id FROM t; END;
--- b
CREATE FUNCTION f1() RETURNS SETOF int BEGIN ATOMIC SELECT id FROM t; END;
CREATE FUNCTION f2() RETURNS SETOF int LANGUAGE sql AS 'SELECT id FROM t';

--- case: the body uses a new table, a new view and a new function
--- a
--- b
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE VIEW v AS SELECT id FROM t WHERE a IS NOT NULL;
CREATE FUNCTION z() RETURNS int RETURN 1;
CREATE FUNCTION a() RETURNS SETOF int BEGIN ATOMIC SELECT id + z() FROM v; END;
CREATE PROCEDURE b(x int) BEGIN ATOMIC INSERT INTO t VALUES (x, 'x'); DELETE FROM t WHERE id IN (SELECT a()); END;

--- case: the column that the body uses changes its type
--- a
CREATE TABLE t (id int PRIMARY KEY, a varchar(10));
CREATE FUNCTION f(k int) RETURNS text BEGIN ATOMIC SELECT a FROM t WHERE id = k; END;
GRANT EXECUTE ON FUNCTION f(int) TO alice;
CREATE VIEW v AS SELECT f(1) AS x;
--- b
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE FUNCTION f(k int) RETURNS text BEGIN ATOMIC SELECT a FROM t WHERE id = k; END;
GRANT EXECUTE ON FUNCTION f(int) TO alice;
CREATE VIEW v AS SELECT f(1) AS x;
--- data
INSERT INTO t VALUES (1, 'x'), (2, 'y');
--- keep
SELECT id, a::text, (SELECT x FROM v) FROM t ORDER BY id

--- case: the column that the body used is dropped
--- a
CREATE TABLE t (id int PRIMARY KEY, a text, b text);
CREATE FUNCTION f(k int) RETURNS text BEGIN ATOMIC SELECT a FROM t WHERE id = k; END;
--- b
CREATE TABLE t (id int PRIMARY KEY, b text);
CREATE FUNCTION f(k int) RETURNS text BEGIN ATOMIC SELECT b FROM t WHERE id = k; END;
--- data
INSERT INTO t VALUES (1, 'x', 'y');
--- keep
SELECT id, b FROM t
--- destructive: yes
--- hazards: data_loss

--- case: a view that the body uses gets other columns
--- a
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE VIEW v AS SELECT a, id FROM t;
CREATE FUNCTION f() RETURNS SETOF text BEGIN ATOMIC SELECT a FROM v; END;
--- b
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE VIEW v AS SELECT id, a FROM t;
CREATE FUNCTION f() RETURNS SETOF text BEGIN ATOMIC SELECT a FROM v; END;

--- case: a chain of functions and the first one gets another return type
--- a
CREATE FUNCTION c() RETURNS int RETURN 1;
CREATE FUNCTION b() RETURNS bigint RETURN c();
CREATE FUNCTION a() RETURNS bigint RETURN b();
CREATE TABLE t (id int PRIMARY KEY, x bigint DEFAULT a());
--- b
CREATE FUNCTION c() RETURNS bigint RETURN 1;
CREATE FUNCTION b() RETURNS bigint RETURN c();
CREATE FUNCTION a() RETURNS bigint RETURN b();
CREATE TABLE t (id int PRIMARY KEY, x bigint DEFAULT a());
--- data
INSERT INTO t VALUES (1), (2);
--- keep
SELECT * FROM t ORDER BY id

--- case: the body changes and uses a column that is added
--- a
CREATE TABLE t (id int PRIMARY KEY);
CREATE FUNCTION f() RETURNS SETOF int BEGIN ATOMIC SELECT id FROM t; END;
--- b
CREATE TABLE t (id int PRIMARY KEY, n int);
CREATE FUNCTION f() RETURNS SETOF int BEGIN ATOMIC SELECT n FROM t; END;

--- case: writes, CTEs and row expressions in the body
--- both
CREATE TABLE t (id int PRIMARY KEY, a text, CONSTRAINT u UNIQUE (a));
CREATE TYPE state AS ENUM ('new', 'done');
--- a
--- b
CREATE FUNCTION f(k int, s state DEFAULT 'new') RETURNS text
BEGIN ATOMIC
    WITH moved AS (DELETE FROM t WHERE id < k RETURNING *)
    INSERT INTO t SELECT id + 100, a FROM moved ON CONFLICT ON CONSTRAINT u DO UPDATE SET a = excluded.a || 'x';
    UPDATE t SET a = CASE s WHEN 'done' THEN 'd' ELSE 'it''s' END WHERE (id, a) IN (SELECT id, a FROM t ORDER BY id FOR UPDATE);
    SELECT string_agg(DISTINCT a, ', ' ORDER BY a) FILTER (WHERE id > 0) FROM t GROUP BY ROLLUP (id) HAVING count(*) > 0 LIMIT 1;
END;

--- case: identity of blanks: the same body written in another way is no difference
--- a
CREATE FUNCTION f(a int) RETURNS int RETURN a + 1;
--- b
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql
    RETURN (a
        + 1);
--- operations:
