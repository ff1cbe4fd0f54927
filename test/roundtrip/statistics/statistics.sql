--- case: added and dropped
--- a
CREATE TABLE t (a int, b int, c text);
CREATE STATISTICS old ON a, b FROM t;
--- b
CREATE TABLE t (a int, b int, c text);
CREATE STATISTICS one (ndistinct) ON a, b FROM t;
CREATE STATISTICS two (dependencies, mcv) ON a, b, c FROM t;
CREATE STATISTICS three ON lower(c) FROM t;
CREATE STATISTICS four (mcv) ON (a % 10), lower(c), b FROM t;
--- destructive: no

--- case: kinds and columns change
--- a
CREATE TABLE t (a int, b int, c int);
CREATE STATISTICS one (ndistinct) ON a, b FROM t;
CREATE STATISTICS two ON a, b FROM t;
--- b
CREATE TABLE t (a int, b int, c int);
CREATE STATISTICS one (dependencies) ON a, b FROM t;
CREATE STATISTICS two ON a, c FROM t;

--- case: the target
--- a
CREATE TABLE t (a int, b int);
CREATE STATISTICS one ON a, b FROM t;
CREATE STATISTICS two ON a, b FROM t;
ALTER STATISTICS two SET STATISTICS 500;
--- b
CREATE TABLE t (a int, b int);
CREATE STATISTICS one ON a, b FROM t;
ALTER STATISTICS one SET STATISTICS 0;
CREATE STATISTICS two ON a, b FROM t;
--- destructive: no

--- case: comment, owner, another schema
--- a
CREATE SCHEMA s;
CREATE TABLE t (a int, b int);
CREATE STATISTICS one ON a, b FROM t;
CREATE STATISTICS two ON a, b FROM t;
--- b
CREATE SCHEMA s;
CREATE TABLE t (a int, b int);
CREATE STATISTICS one ON a, b FROM t;
COMMENT ON STATISTICS one IS 'new';
ALTER STATISTICS one OWNER TO alice;
CREATE STATISTICS s.two ON a, b FROM t;

--- case: over columns whose type changes, with a target and a comment
--- a
CREATE TABLE t (a int, b int, c text);
CREATE STATISTICS one ON a, b FROM t;
CREATE STATISTICS two ON (a + 1), lower(c) FROM t;
ALTER STATISTICS one SET STATISTICS 100;
ALTER STATISTICS two SET STATISTICS 200;
COMMENT ON STATISTICS two IS 'stays';
--- b
CREATE TABLE t (a bigint, b int, c varchar(10));
CREATE STATISTICS one ON a, b FROM t;
CREATE STATISTICS two ON (a + 1), lower(c) FROM t;
ALTER STATISTICS one SET STATISTICS 100;
ALTER STATISTICS two SET STATISTICS 200;
COMMENT ON STATISTICS two IS 'stays';
--- data
INSERT INTO t VALUES (1, 2, 'c');
--- keep
SELECT * FROM t

--- case: of a partitioned table, a matview and a child
--- a
CREATE TABLE p (a int, b int) PARTITION BY LIST (a);
CREATE TABLE p_1 PARTITION OF p FOR VALUES IN (1);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM p;
--- b
CREATE TABLE p (a int, b int) PARTITION BY LIST (a);
CREATE TABLE p_1 PARTITION OF p FOR VALUES IN (1);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM p;
CREATE STATISTICS on_p ON a, b FROM p;
CREATE STATISTICS on_p_1 ON a, b FROM p_1;
CREATE STATISTICS on_m ON a, b FROM m;
