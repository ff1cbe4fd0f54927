--- case: the body changes while a check, a default, an index, a generated column, a view and a trigger use it
--- both
CREATE TABLE t (id int PRIMARY KEY, a int);
--- a
CREATE FUNCTION f(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n';
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
ALTER TABLE t ADD CONSTRAINT c CHECK (f(a) < 100), ADD d int DEFAULT f(3), ADD g int GENERATED ALWAYS AS (f(a)) STORED;
CREATE INDEX i ON t (f(a)) WHERE f(id) > 0;
CREATE VIEW v AS SELECT id, f(a) AS x FROM t;
CREATE MATERIALIZED VIEW m AS SELECT id, f(a) AS x FROM t;
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW WHEN (f(NEW.a) > 1) EXECUTE FUNCTION tf();
CREATE STATISTICS s ON (f(a)), id FROM t;
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (f(a) > 0);
--- b
CREATE FUNCTION f(n int) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT n + 0';
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.a := f(NEW.a); RETURN NEW; END';
ALTER TABLE t ADD CONSTRAINT c CHECK (f(a) < 100), ADD d int DEFAULT f(3), ADD g int GENERATED ALWAYS AS (f(a)) STORED;
CREATE INDEX i ON t (f(a)) WHERE f(id) > 0;
CREATE VIEW v AS SELECT id, f(a) AS x FROM t;
CREATE MATERIALIZED VIEW m AS SELECT id, f(a) AS x FROM t;
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW WHEN (f(NEW.a) > 1) EXECUTE FUNCTION tf();
CREATE STATISTICS s ON (f(a)), id FROM t;
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (f(a) > 0);
--- data
INSERT INTO t VALUES (1, 5), (2, 6);
REFRESH MATERIALIZED VIEW m;
--- keep
SELECT t.*, m.x, 'f(int)'::regprocedure::oid, 'i'::regclass::oid FROM t JOIN m USING (id) ORDER BY id

--- case: the return type changes while a check uses it
--- a
CREATE FUNCTION f(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n';
CREATE TABLE t (id int PRIMARY KEY, a int, CONSTRAINT c CHECK (f(a) < 100), CONSTRAINT other CHECK (a > 0));
--- b
CREATE FUNCTION f(n int) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT n::bigint';
CREATE TABLE t (id int PRIMARY KEY, a int, CONSTRAINT c CHECK (f(a) < 100), CONSTRAINT other CHECK (a > 0));
--- data
INSERT INTO t VALUES (1, 5), (2, 6);
--- keep
SELECT * FROM t ORDER BY id

--- case: the return type changes while a column default uses it
--- a
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TABLE t (id int PRIMARY KEY, a bigint NOT NULL DEFAULT f());
--- b
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
CREATE TABLE t (id int PRIMARY KEY, a bigint NOT NULL DEFAULT f());
--- data
INSERT INTO t VALUES (1), (2);
--- keep
SELECT * FROM t ORDER BY id

--- case: the return type changes while an index and statistics use it
--- a
CREATE FUNCTION f(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n';
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE INDEX i ON t (f(a));
CREATE UNIQUE INDEX u ON t (id) WHERE f(id) > 0;
CREATE STATISTICS s ON (f(a)), id FROM t;
COMMENT ON INDEX i IS 'stays';
COMMENT ON STATISTICS s IS 'stays as well';
--- b
CREATE FUNCTION f(n int) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT n::bigint';
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE INDEX i ON t (f(a));
CREATE UNIQUE INDEX u ON t (id) WHERE f(id) > 0;
CREATE STATISTICS s ON (f(a)), id FROM t;
COMMENT ON INDEX i IS 'stays';
COMMENT ON STATISTICS s IS 'stays as well';
--- data
INSERT INTO t VALUES (1, 5), (2, 6);
--- keep
SELECT * FROM t ORDER BY id

--- case: the return type changes while a generated column uses it
--- a
CREATE FUNCTION f(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n * 2';
CREATE TABLE t (id int PRIMARY KEY, a int, g int GENERATED ALWAYS AS (f(a)) STORED, z text);
--- b
CREATE FUNCTION f(n int) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT n::bigint * 2';
CREATE TABLE t (id int PRIMARY KEY, a int, g int GENERATED ALWAYS AS (f(a)) STORED, z text);
--- data
INSERT INTO t (id, a, z) VALUES (1, 5, 'x'), (2, 6, 'y');
--- keep
SELECT id, a, g, z FROM t ORDER BY id

--- case: the return type changes while views on views use it
--- a
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE VIEW v1 AS SELECT f() AS x;
CREATE VIEW v2 AS SELECT x, 'y'::text AS y FROM v1;
CREATE MATERIALIZED VIEW m AS SELECT y, count(*) AS n FROM v2 GROUP BY y;
CREATE UNIQUE INDEX mi ON m (y);
CREATE RULE r AS ON INSERT TO v2 DO INSTEAD NOTHING;
GRANT SELECT ON v1, v2, m TO alice;
COMMENT ON COLUMN v2.y IS 'stays';
ALTER VIEW v2 ALTER y SET DEFAULT 'z';
--- b
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
CREATE VIEW v1 AS SELECT f() AS x;
CREATE VIEW v2 AS SELECT x, 'y'::text AS y FROM v1;
CREATE MATERIALIZED VIEW m AS SELECT y, count(*) AS n FROM v2 GROUP BY y;
CREATE UNIQUE INDEX mi ON m (y);
CREATE RULE r AS ON INSERT TO v2 DO INSTEAD NOTHING;
GRANT SELECT ON v1, v2, m TO alice;
COMMENT ON COLUMN v2.y IS 'stays';
ALTER VIEW v2 ALTER y SET DEFAULT 'z';
--- keep
SELECT * FROM m

--- case: a trigger function is dropped and created again under its triggers
--- a
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER g1 BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION tf();
CREATE TRIGGER g2 AFTER UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION tf('x');
ALTER TABLE t DISABLE TRIGGER g2;
COMMENT ON TRIGGER g1 ON t IS 'stays';
--- b
CREATE SCHEMA s;
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE FUNCTION s.tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER g1 BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION s.tf();
CREATE TRIGGER g2 AFTER UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION s.tf('x');
ALTER TABLE t DISABLE TRIGGER g2;
COMMENT ON TRIGGER g1 ON t IS 'stays';
--- data
INSERT INTO t VALUES (1, 5), (2, 6);
--- keep
SELECT * FROM t ORDER BY id

--- case: an argument of a function of a domain check, a policy and a column default changes its name
--- a
CREATE FUNCTION ok(v text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT v <> ''''';
CREATE DOMAIN name_t AS text DEFAULT ok('x')::text CONSTRAINT c CHECK (ok(VALUE));
CREATE TABLE t (id int PRIMARY KEY, n name_t, o boolean DEFAULT ok('y'));
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (ok(n));
--- b
CREATE FUNCTION ok(w text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT w <> ''''';
CREATE DOMAIN name_t AS text DEFAULT ok('x')::text CONSTRAINT c CHECK (ok(VALUE));
CREATE TABLE t (id int PRIMARY KEY, n name_t, o boolean DEFAULT ok('y'));
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (ok(n));
--- data
INSERT INTO t VALUES (1, 'a'), (2, 'b');
--- keep
SELECT * FROM t ORDER BY id

--- case: what used the function goes away together with it
--- a
CREATE FUNCTION f(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n';
CREATE TABLE t (id int PRIMARY KEY, a int DEFAULT f(1), CONSTRAINT c CHECK (f(a) < 100));
CREATE INDEX i ON t (f(a));
CREATE VIEW v AS SELECT f(a) AS x FROM t;
--- b
CREATE TABLE t (id int PRIMARY KEY, a int);
--- data
INSERT INTO t VALUES (1, 5), (2, 6);
--- keep
SELECT * FROM t ORDER BY id
--- destructive: no

--- case: a function becomes IMMUTABLE because an index needs it
--- both
CREATE TABLE t (id int PRIMARY KEY, a text);
--- a
CREATE FUNCTION norm(v text) RETURNS text LANGUAGE sql AS 'SELECT lower(v)';
--- b
CREATE FUNCTION norm(v text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower(v)';
CREATE INDEX i ON t (norm(a));
ALTER TABLE t ADD g text GENERATED ALWAYS AS (norm(a)) STORED;

--- case: a function in a partition key
--- a
--- b
CREATE FUNCTION bucket(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n % 3';
CREATE TABLE p (id int, v text) PARTITION BY LIST (bucket(id));
CREATE TABLE p0 PARTITION OF p FOR VALUES IN (0);
CREATE TABLE p12 PARTITION OF p FOR VALUES IN (1, 2);

--- case: an operator, an aggregate, a cast and an operator class use the function and its argument names change
--- a
CREATE TYPE pair AS (a int, b int);
CREATE FUNCTION pair_lt(x pair, y pair) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT (x.a, x.b) < (y.a, y.b)';
CREATE OPERATOR <<< (LEFTARG = pair, RIGHTARG = pair, FUNCTION = pair_lt);
CREATE FUNCTION pair_int(x pair) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT x.a';
CREATE CAST (pair AS int) WITH FUNCTION pair_int(pair);
CREATE FUNCTION pair_sum(x int, y pair) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT x + y.a';
CREATE AGGREGATE total(pair) (SFUNC = pair_sum, STYPE = int, INITCOND = '0');
--- b
CREATE TYPE pair AS (a int, b int);
CREATE FUNCTION pair_lt(l pair, r pair) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT (l.a, l.b) < (r.a, r.b)';
CREATE OPERATOR <<< (LEFTARG = pair, RIGHTARG = pair, FUNCTION = pair_lt);
CREATE FUNCTION pair_int(p pair) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT p.a';
CREATE CAST (pair AS int) WITH FUNCTION pair_int(pair);
CREATE FUNCTION pair_sum(s int, p pair) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT s + p.a';
CREATE AGGREGATE total(pair) (SFUNC = pair_sum, STYPE = int, INITCOND = '0');
