--- case: added and dropped
--- a
CREATE TABLE t (a int, b text);
CREATE MATERIALIZED VIEW old AS SELECT a FROM t;
--- b
CREATE TABLE t (a int, b text);
CREATE MATERIALIZED VIEW new (x, y) AS SELECT a, count(*) FROM t GROUP BY a;
CREATE UNIQUE INDEX new_x ON new (x);
CREATE MATERIALIZED VIEW later AS SELECT b FROM t WITH NO DATA;
CREATE INDEX later_b ON later (lower(b));

--- case: the query changes
--- a
CREATE TABLE t (a int, b text);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t;
CREATE INDEX m_a ON m (a);
COMMENT ON MATERIALIZED VIEW m IS 'stays';
COMMENT ON INDEX m_a IS 'stays';
COMMENT ON COLUMN m.a IS 'stays';
GRANT SELECT ON m TO bob;
ALTER MATERIALIZED VIEW m OWNER TO alice;
GRANT SELECT ON t TO alice;
--- b
CREATE TABLE t (a int, b text);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t WHERE a > 0;
CREATE INDEX m_a ON m (a);
COMMENT ON MATERIALIZED VIEW m IS 'stays';
COMMENT ON INDEX m_a IS 'stays';
COMMENT ON COLUMN m.a IS 'stays';
GRANT SELECT ON m TO bob;
ALTER MATERIALIZED VIEW m OWNER TO alice;
GRANT SELECT ON t TO alice;
--- data
INSERT INTO t VALUES (1, 'a');
REFRESH MATERIALIZED VIEW m;
--- keep
SELECT * FROM m

--- case: a column is added
--- a
CREATE TABLE t (a int, b text);
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
CREATE UNIQUE INDEX m_a ON m (a);
CREATE VIEW v AS SELECT a FROM m;
--- b
CREATE TABLE t (a int, b text);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t;
CREATE UNIQUE INDEX m_a ON m (a);
CREATE VIEW v AS SELECT a FROM m;
--- data
INSERT INTO t VALUES (1, 'a');
REFRESH MATERIALIZED VIEW m;
--- keep
SELECT * FROM v

--- case: indexes of every sort, added, changed and dropped
--- a
CREATE TABLE t (a int, b text);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t;
CREATE INDEX dropped ON m (a);
CREATE INDEX changed ON m (b);
--- b
CREATE TABLE t (a int, b text);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t;
CREATE UNIQUE INDEX added ON m (a) INCLUDE (b);
CREATE INDEX changed ON m (lower(b)) WHERE a > 0;
ALTER MATERIALIZED VIEW m CLUSTER ON added;
--- destructive: no

--- case: options, storage and statistics of columns, comment, owner, grants
--- a
CREATE TABLE t (a int, b text);
CREATE MATERIALIZED VIEW m WITH (fillfactor = 70) AS SELECT a, b FROM t;
--- b
CREATE TABLE t (a int, b text);
CREATE MATERIALIZED VIEW m WITH (autovacuum_enabled = off) AS SELECT a, b FROM t;
ALTER MATERIALIZED VIEW m ALTER b SET STORAGE EXTERNAL, ALTER a SET STATISTICS 50, ALTER a SET (n_distinct = 5);
COMMENT ON MATERIALIZED VIEW m IS 'new';
COMMENT ON COLUMN m.b IS 'new';
GRANT SELECT ON m TO bob;
GRANT SELECT (a) ON m TO team;
ALTER MATERIALIZED VIEW m OWNER TO alice;
--- destructive: no

--- case: without data stays without data
--- a
CREATE TABLE t (a int);
CREATE MATERIALIZED VIEW m AS SELECT a FROM t WITH NO DATA;
CREATE MATERIALIZED VIEW n AS SELECT a FROM m WITH NO DATA;
CREATE INDEX m_a ON m (a);
--- b
CREATE TABLE t (a bigint);
CREATE MATERIALIZED VIEW m AS SELECT a FROM t WITH NO DATA;
CREATE MATERIALIZED VIEW n AS SELECT a FROM m WITH NO DATA;
CREATE INDEX m_a ON m (a);
--- keep
SELECT relname, relispopulated FROM pg_class WHERE relkind = 'm' ORDER BY 1

--- case: with data is with data again
--- a
CREATE TABLE t (a int, b text);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t;
CREATE MATERIALIZED VIEW n AS SELECT count(*) AS n FROM m;
CREATE UNIQUE INDEX m_a ON m (a);
--- b
CREATE TABLE t (a bigint, b text);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t;
CREATE MATERIALIZED VIEW n AS SELECT count(*) AS n FROM m;
CREATE UNIQUE INDEX m_a ON m (a);
--- data
INSERT INTO t VALUES (1, 'a'), (2, 'b');
REFRESH MATERIALIZED VIEW m;
REFRESH MATERIALIZED VIEW n;
--- keep
SELECT a, b, n, (SELECT bool_and(relispopulated) FROM pg_class WHERE relkind = 'm') FROM m, n ORDER BY a

--- case: a table, a view and a materialized view that stand on one another, all change
--- a
CREATE TABLE t (id int PRIMARY KEY, price int);
CREATE VIEW v AS SELECT id, price * 2 AS double FROM t;
CREATE MATERIALIZED VIEW m AS SELECT id, double FROM v WHERE double > 10;
CREATE VIEW w AS SELECT sum(double) FROM m;
--- b
CREATE TABLE t (id int PRIMARY KEY, price numeric(10, 2), discount numeric(3, 2) NOT NULL DEFAULT 0);
CREATE VIEW v AS SELECT id, price * (1 - discount) AS net FROM t;
CREATE MATERIALIZED VIEW m AS SELECT id, net FROM v WHERE net > 10;
CREATE INDEX m_net ON m (net DESC);
CREATE VIEW w AS SELECT sum(net) FROM m;
--- data
INSERT INTO t VALUES (1, 20);
--- keep
SELECT id, price::int FROM t

--- case: the name becomes that of a table
--- a
CREATE TABLE t (a int);
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
CREATE INDEX m_a ON m (a);
--- b
CREATE TABLE t (a int);
CREATE TABLE m (a int);
CREATE INDEX m_a ON m (a);

--- case: settings of columns are changed, taken away, and come along when the view is created anew
--- a
CREATE TABLE t (a int, b text, c text, d text);
CREATE MATERIALIZED VIEW m AS SELECT a, b, c, d FROM t;
ALTER MATERIALIZED VIEW m ALTER a SET (n_distinct = 5, n_distinct_inherited = 7), ALTER b SET STORAGE EXTERNAL, ALTER b SET COMPRESSION pglz, ALTER c SET STATISTICS 10, ALTER c SET STORAGE MAIN;
CREATE MATERIALIZED VIEW n AS SELECT a, b FROM t;
ALTER MATERIALIZED VIEW n ALTER b SET STORAGE EXTERNAL, ALTER b SET COMPRESSION pglz, ALTER a SET (n_distinct = -0.5), ALTER a SET STATISTICS 0;
COMMENT ON COLUMN n.b IS 'stays';
--- b
CREATE TABLE t (a bigint, b text, c text, d text);
CREATE MATERIALIZED VIEW m AS SELECT d AS a, b, c, d FROM t;
ALTER MATERIALIZED VIEW m ALTER a SET (n_distinct = 6), ALTER b SET STORAGE MAIN, ALTER c SET STATISTICS 20, ALTER d SET COMPRESSION pglz;
CREATE MATERIALIZED VIEW n AS SELECT a, b FROM t;
ALTER MATERIALIZED VIEW n ALTER b SET STORAGE EXTERNAL, ALTER b SET COMPRESSION pglz, ALTER a SET (n_distinct = -0.5), ALTER a SET STATISTICS 0;
COMMENT ON COLUMN n.b IS 'stays';
--- data
INSERT INTO t VALUES (1, 'x', 'y', 'z');

--- case: settings of columns of a view that stays
--- both
CREATE TABLE t (a int, b text, c text, d text);
CREATE MATERIALIZED VIEW m AS SELECT a, b, c, d FROM t;
--- a
ALTER MATERIALIZED VIEW m ALTER a SET (n_distinct = 5, n_distinct_inherited = 7), ALTER b SET STORAGE EXTERNAL, ALTER b SET COMPRESSION pglz, ALTER c SET STATISTICS 10, ALTER c SET STORAGE MAIN;
--- b
ALTER MATERIALIZED VIEW m ALTER a SET (n_distinct = 6), ALTER b SET STORAGE MAIN, ALTER c SET STATISTICS 20, ALTER d SET COMPRESSION pglz;
--- keep
SELECT 'm'::regclass::oid
--- destructive: no
