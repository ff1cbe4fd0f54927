--- case: added and dropped
--- a
CREATE TABLE t (a int, b text);
CREATE VIEW old AS SELECT a FROM t;
--- b
CREATE TABLE t (a int, b text);
CREATE VIEW new (x, y) AS SELECT a + 1, b FROM t WHERE b <> 'it''s' ORDER BY a LIMIT 10;
CREATE VIEW constant AS SELECT 1 AS one, 'x'::text AS x, NULL::date AS d;
CREATE VIEW listed AS VALUES (1, 'a'), (2, 'b');
--- destructive: no

--- case: joins, aggregates, windows, CTEs, sets, LATERAL and subqueries
--- a
CREATE TABLE dept (id int PRIMARY KEY, name text, parent int);
CREATE TABLE emp (id int PRIMARY KEY, dept int, salary numeric, tags text[], data jsonb);
--- b
CREATE TABLE dept (id int PRIMARY KEY, name text, parent int);
CREATE TABLE emp (id int PRIMARY KEY, dept int, salary numeric, tags text[], data jsonb);
CREATE VIEW joined AS SELECT e.id, d.name FROM emp e LEFT JOIN dept d ON d.id = e.dept FULL JOIN dept p USING (name);
CREATE VIEW grouped AS SELECT d.id, d.name, count(*) FILTER (WHERE e.salary > 10), array_agg(e.id ORDER BY e.salary DESC) AS ids FROM dept d JOIN emp e ON e.dept = d.id GROUP BY d.id HAVING count(*) > 1;
CREATE VIEW cubed AS SELECT dept, id % 2 AS parity, sum(salary) FROM emp GROUP BY GROUPING SETS ((dept), ROLLUP (dept, id % 2), ());
CREATE VIEW ranked AS SELECT id, rank() OVER w, lag(salary, 1, 0.0) OVER (w ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM emp WINDOW w AS (PARTITION BY dept ORDER BY salary DESC NULLS LAST);
CREATE VIEW tree AS WITH RECURSIVE r (id, path) AS (SELECT id, ARRAY[id] FROM dept WHERE parent IS NULL UNION ALL SELECT d.id, r.path || d.id FROM dept d JOIN r ON d.parent = r.id) SELECT * FROM r;
CREATE VIEW sets AS (SELECT id FROM emp EXCEPT SELECT id FROM dept) UNION ALL SELECT 5 INTERSECT ALL SELECT id FROM dept ORDER BY 1;
CREATE VIEW unnested AS SELECT e.id, t.tag, t.n, x.value FROM emp e, LATERAL unnest(e.tags) WITH ORDINALITY AS t (tag, n), jsonb_each_text(e.data) x;
CREATE VIEW nested AS SELECT id, (SELECT name FROM dept WHERE dept.id = emp.dept) AS dept, EXISTS (SELECT FROM dept WHERE parent = emp.dept) AS e, salary > ALL (SELECT avg(salary) FROM emp) AS rich, CASE dept WHEN 1 THEN 'a' ELSE 'b' END AS c FROM emp WHERE dept IN (SELECT id FROM dept);
CREATE VIEW "distinct" AS SELECT DISTINCT ON (dept) dept, id AS "select", emp AS "Whole Row" FROM emp ORDER BY dept, id;

--- case: the query changes, the columns do not
--- a
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT a, b FROM t;
CREATE VIEW w AS SELECT a FROM v;
--- b
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT a, b FROM t WHERE a > 0;
CREATE VIEW w AS SELECT a FROM v;
--- operations: alter_view public.v

--- case: a column is added at the end
--- a
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT a FROM t;
CREATE VIEW w AS SELECT a FROM v;
--- b
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT a, b FROM t;
CREATE VIEW w AS SELECT a FROM v;
--- operations: alter_view public.v

--- case: a column is added in the middle
--- a
CREATE TABLE t (a int, b text, c date);
CREATE VIEW v AS SELECT a, c FROM t;
CREATE VIEW w AS SELECT a, c FROM v;
GRANT SELECT ON w TO bob;
--- b
CREATE TABLE t (a int, b text, c date);
CREATE VIEW v AS SELECT a, b, c FROM t;
CREATE VIEW w AS SELECT a, c FROM v;
GRANT SELECT ON w TO bob;

--- case: a column is renamed, one is dropped, one gets another type
--- a
CREATE TABLE t (a int, b text, c date);
CREATE VIEW renamed AS SELECT a, b FROM t;
CREATE VIEW dropped AS SELECT a, b FROM t;
CREATE VIEW retyped AS SELECT a, c FROM t;
--- b
CREATE TABLE t (a int, b text, c date);
CREATE VIEW renamed AS SELECT a AS id, b FROM t;
CREATE VIEW dropped AS SELECT b FROM t;
CREATE VIEW retyped AS SELECT a::bigint AS a, c::text AS c FROM t;

--- case: owner, comments, grants and defaults stay on a view that is made again
--- a
CREATE TABLE t (a int, b text);
GRANT SELECT ON t TO alice;
CREATE VIEW v AS SELECT a, b FROM t;
ALTER VIEW v OWNER TO alice;
ALTER VIEW v ALTER a SET DEFAULT 5;
COMMENT ON VIEW v IS 'stays';
COMMENT ON COLUMN v.b IS 'stays as well';
GRANT SELECT, UPDATE (b) ON v TO bob;
REVOKE INSERT ON v FROM alice;
--- b
CREATE TABLE t (a bigint, b text);
GRANT SELECT ON t TO alice;
CREATE VIEW v AS SELECT a, b FROM t;
ALTER VIEW v OWNER TO alice;
ALTER VIEW v ALTER a SET DEFAULT 5;
COMMENT ON VIEW v IS 'stays';
COMMENT ON COLUMN v.b IS 'stays as well';
GRANT SELECT, UPDATE (b) ON v TO bob;
REVOKE INSERT ON v FROM alice;

--- case: owner, comments, grants and defaults change
--- a
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT a, b FROM t;
COMMENT ON VIEW v IS 'before';
GRANT SELECT ON v TO bob;
--- b
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT a, b FROM t;
ALTER VIEW v OWNER TO alice;
ALTER VIEW v ALTER b SET DEFAULT 'x';
COMMENT ON VIEW v IS 'after';
COMMENT ON COLUMN v.a IS 'new';
GRANT SELECT, INSERT, UPDATE, DELETE ON v TO team;
GRANT SELECT (a) ON v TO PUBLIC;

--- case: options
--- a
CREATE TABLE t (a int);
CREATE VIEW one WITH (security_barrier) AS SELECT a FROM t;
CREATE VIEW two AS SELECT a FROM t;
CREATE VIEW three WITH (security_invoker) AS SELECT a FROM t;
--- b
CREATE TABLE t (a int);
CREATE VIEW one AS SELECT a FROM t;
CREATE VIEW two WITH (security_barrier, security_invoker) AS SELECT a FROM t;
CREATE VIEW three WITH (security_invoker = false) AS SELECT a FROM t;
--- destructive: no

--- case: check option
--- a
CREATE TABLE t (a int);
CREATE VIEW one AS SELECT a FROM t WHERE a > 0 WITH LOCAL CHECK OPTION;
CREATE VIEW two AS SELECT a FROM t WHERE a > 0;
CREATE VIEW three AS SELECT a FROM one WHERE a > 1 WITH CASCADED CHECK OPTION;
--- b
CREATE TABLE t (a int);
CREATE VIEW one AS SELECT a FROM t WHERE a > 0 WITH CASCADED CHECK OPTION;
CREATE VIEW two WITH (security_barrier) AS SELECT a FROM t WHERE a > 0 WITH CHECK OPTION;
CREATE VIEW three AS SELECT a FROM one WHERE a > 1;

--- case: views on views, at the bottom a column changes its type
--- a
CREATE TABLE t (id int PRIMARY KEY, a int, b text);
CREATE VIEW v1 AS SELECT id, a, b FROM t;
CREATE VIEW v2 AS SELECT id, a FROM v1 WHERE a > 0;
CREATE VIEW v3 AS SELECT v2.id, v1.b FROM v2 JOIN v1 USING (id);
CREATE VIEW v4 AS SELECT count(*) FROM v3;
CREATE VIEW elsewhere AS SELECT b FROM t;
COMMENT ON VIEW v3 IS 'stays';
GRANT SELECT ON v4 TO bob;
--- b
CREATE TABLE t (id int PRIMARY KEY, a numeric, b text);
CREATE VIEW v1 AS SELECT id, a, b FROM t;
CREATE VIEW v2 AS SELECT id, a FROM v1 WHERE a > 0;
CREATE VIEW v3 AS SELECT v2.id, v1.b FROM v2 JOIN v1 USING (id);
CREATE VIEW v4 AS SELECT count(*) FROM v3;
CREATE VIEW elsewhere AS SELECT b FROM t;
COMMENT ON VIEW v3 IS 'stays';
GRANT SELECT ON v4 TO bob;
--- data
INSERT INTO t VALUES (1, 2, 'b');
--- keep
SELECT * FROM v2

--- case: which view stands on which one is turned round
--- a
CREATE TABLE t (a int, b int);
CREATE VIEW one AS SELECT a, b FROM t;
CREATE VIEW two AS SELECT a, b FROM one;
--- b
CREATE TABLE t (a int, b int);
CREATE VIEW two AS SELECT a, b FROM t;
CREATE VIEW one AS SELECT a, b FROM two;

--- case: two views exchange their columns
--- a
CREATE TABLE t (a int, b text);
CREATE VIEW one AS SELECT a FROM t;
CREATE VIEW two AS SELECT b FROM t;
CREATE VIEW both_of AS SELECT a, b FROM one, two;
--- b
CREATE TABLE t (a int, b text);
CREATE VIEW one AS SELECT b FROM t;
CREATE VIEW two AS SELECT a FROM t;
CREATE VIEW both_of AS SELECT a, b FROM one, two;

--- case: the table gets a column that the view shows, and loses one that it showed
--- a
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT * FROM t;
--- b
CREATE TABLE t (a int, c date);
CREATE VIEW v AS SELECT * FROM t;
--- data
INSERT INTO t VALUES (1, 'b');
--- keep
SELECT a FROM v

--- case: with rules and triggers on it that stay when it is made again
--- a
CREATE TABLE t (a int, b text);
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE VIEW v AS SELECT a, b FROM t;
CREATE VIEW w AS SELECT a, b FROM t;
CREATE RULE w_insert AS ON INSERT TO w DO INSTEAD INSERT INTO t VALUES (NEW.a, NEW.b);
CREATE TRIGGER v_insert INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION tf();
--- b
CREATE TABLE t (a bigint, b text);
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE VIEW v AS SELECT a, b FROM t;
CREATE VIEW w AS SELECT a, b FROM t;
CREATE RULE w_insert AS ON INSERT TO w DO INSTEAD INSERT INTO t VALUES (NEW.a, NEW.b);
CREATE TRIGGER v_insert INSTEAD OF INSERT ON v FOR EACH ROW EXECUTE FUNCTION tf();

--- case: a function uses the view and the view a function
--- a
CREATE TABLE t (a int);
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE VIEW v AS SELECT f(a) AS x FROM t;
CREATE FUNCTION g() RETURNS SETOF v LANGUAGE sql AS 'SELECT * FROM v';
CREATE VIEW w AS SELECT x FROM g();
--- b
CREATE TABLE t (a int, b int);
CREATE FUNCTION f(int) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1::bigint';
CREATE VIEW v AS SELECT b, f(a) AS x FROM t;
CREATE FUNCTION g() RETURNS SETOF v LANGUAGE sql AS 'SELECT * FROM v';
CREATE VIEW w AS SELECT x FROM g();

--- case: a recursive view, and columns with names of their own
--- a
CREATE RECURSIVE VIEW numbers (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < 10;
--- b
CREATE RECURSIVE VIEW numbers (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < 20;
CREATE VIEW named ("A", "select", "it's") AS SELECT 1, 2, 3;

--- case: the same query written in another way is no difference
--- a
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT a, b FROM t WHERE a IN (1, 2);
--- b
CREATE TABLE t (a int, b text);
CREATE VIEW v AS
    select t.a, t.b   -- a comment
    from public.t where (a = ANY (ARRAY[1, 2]));
--- operations:

--- case: a view becomes a materialized one and the other way round
--- a
CREATE TABLE t (a int);
CREATE VIEW one AS SELECT a FROM t;
CREATE MATERIALIZED VIEW two AS SELECT a FROM t;
CREATE INDEX two_a ON two (a);
CREATE VIEW three AS SELECT one.a FROM one JOIN two USING (a);
--- b
CREATE TABLE t (a int);
CREATE MATERIALIZED VIEW one AS SELECT a FROM t;
CREATE INDEX one_a ON one (a);
CREATE VIEW two AS SELECT a FROM t;
CREATE VIEW three AS SELECT one.a FROM one JOIN two USING (a);

--- case: dropped while others stand on it
--- a
CREATE TABLE t (a int, b text);
CREATE VIEW base AS SELECT a, b FROM t;
CREATE VIEW v AS SELECT a FROM base;
CREATE MATERIALIZED VIEW m AS SELECT a FROM v;
--- b
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT a FROM t;
CREATE MATERIALIZED VIEW m AS SELECT a FROM v;
--- destructive: no

--- case: defaults of its columns
--- both
CREATE TABLE t (id int, a text, b text);
CREATE SEQUENCE s;
--- a
CREATE VIEW v AS SELECT id, a FROM t;
ALTER VIEW v ALTER a SET DEFAULT 'old';
CREATE VIEW w AS SELECT id, a FROM t;
ALTER VIEW w ALTER a SET DEFAULT 'x', ALTER id SET DEFAULT 1;
--- b
CREATE VIEW v AS SELECT id, a, b FROM t;
ALTER VIEW v ALTER a SET DEFAULT 'new', ALTER id SET DEFAULT nextval('s'), ALTER b SET DEFAULT upper('it''s');
CREATE VIEW w AS SELECT id, a FROM t;
ALTER VIEW w ALTER a SET DEFAULT 'x';
--- destructive: no

--- case: the defaults of its columns come along when it is created anew
--- a
CREATE TABLE t (id int, a text);
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE VIEW v AS SELECT id, a FROM t;
ALTER VIEW v ALTER a SET DEFAULT 'x', ALTER id SET DEFAULT f();
CREATE VIEW gone AS SELECT id FROM t;
ALTER VIEW gone ALTER id SET DEFAULT f();
--- b
CREATE TABLE t (id bigint, a text);
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
CREATE VIEW v AS SELECT id, a FROM t;
ALTER VIEW v ALTER a SET DEFAULT 'x', ALTER id SET DEFAULT f();
CREATE VIEW fresh AS SELECT id FROM t;
ALTER VIEW fresh ALTER id SET DEFAULT f();
