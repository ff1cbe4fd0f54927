--- case: new columns among old ones, with views and functions over the row type
--- a
CREATE TABLE t (a int, c int);
CREATE VIEW v AS SELECT a, c FROM t;
CREATE FUNCTION f(t) RETURNS int LANGUAGE sql AS 'SELECT $1.c';
--- b
CREATE TABLE t (x text, a int, b int DEFAULT 1, c int, d int);
CREATE VIEW v AS SELECT a, b, c FROM t;
CREATE FUNCTION f(t) RETURNS int LANGUAGE sql AS 'SELECT $1.b';
--- data
INSERT INTO t VALUES (1, 3);
--- keep
SELECT a, c FROM v

--- case: a column is dropped and comes back with another type and meaning
--- a
CREATE TABLE t (id int PRIMARY KEY, a text DEFAULT 'x', b int);
CREATE INDEX t_a ON t (a);
--- b
CREATE TABLE t (id int PRIMARY KEY, a int GENERATED ALWAYS AS IDENTITY, b int GENERATED ALWAYS AS (id + 1) STORED);
CREATE INDEX t_a ON t (a);
--- data
INSERT INTO t VALUES (1, '5', 2);
--- keep
SELECT id FROM t

--- case: chains of defaults, checks and generated columns over functions that are all new
--- a
CREATE TABLE t (id int PRIMARY KEY);
--- b
CREATE FUNCTION one() RETURNS int LANGUAGE sql IMMUTABLE RETURN 1;
CREATE FUNCTION two() RETURNS int LANGUAGE sql IMMUTABLE RETURN one() + one();
CREATE DOMAIN small AS int DEFAULT two() CHECK (VALUE < 100 * one());
CREATE TYPE pair AS (x small, y small);
CREATE FUNCTION pair_of(small) RETURNS pair LANGUAGE sql IMMUTABLE RETURN ROW($1, two())::pair;
CREATE TABLE t (id int PRIMARY KEY, s small, p pair DEFAULT pair_of(3::small), g int GENERATED ALWAYS AS ((pair_of(id::small)).x + one()) STORED, CHECK ((p).x >= one()));
CREATE INDEX i ON t (((p).y), (two() + id));
CREATE VIEW v AS SELECT (pair_of(s)).x FROM t WHERE (p).y = two();
--- data
INSERT INTO t VALUES (5);
--- keep
SELECT id FROM t

--- case: a default that is a function of the table's own rows
--- a
CREATE TABLE t (id int PRIMARY KEY);
--- b
CREATE TABLE t (id int PRIMARY KEY);
CREATE FUNCTION next_id() RETURNS int LANGUAGE sql AS 'SELECT coalesce(max(id), 0) + 1 FROM t';
ALTER TABLE t ALTER id SET DEFAULT next_id();
ALTER TABLE t ADD n int DEFAULT next_id();
CREATE FUNCTION rows_like(t) RETURNS SETOF t LANGUAGE sql BEGIN ATOMIC SELECT * FROM t WHERE t.id > $1.id; END;
CREATE VIEW v AS SELECT r.id FROM t, rows_like(t) r;
--- data
INSERT INTO t VALUES (1);
--- keep
SELECT id FROM t
