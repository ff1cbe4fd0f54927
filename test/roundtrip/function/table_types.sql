--- case: functions over the row type of a table, all new
--- a
--- b
CREATE TABLE person (id int PRIMARY KEY, first text, last text);
CREATE FUNCTION full_name(p person) RETURNS text LANGUAGE sql STABLE AS 'SELECT p.first || '' '' || p.last';
CREATE FUNCTION people() RETURNS SETOF person LANGUAGE sql STABLE AS 'SELECT * FROM person';
CREATE FUNCTION a_person(k int) RETURNS person LANGUAGE plpgsql AS 'DECLARE r person; BEGIN SELECT * INTO r FROM person WHERE id = k; RETURN r; END';
CREATE FUNCTION many(VARIADIC p person[]) RETURNS int LANGUAGE sql AS 'SELECT cardinality(p)';
CREATE FUNCTION column_type(n person.first%TYPE) RETURNS person.last%TYPE LANGUAGE sql AS 'SELECT n';
CREATE VIEW v AS SELECT id, full_name(person) AS name, person.full_name AS again FROM person;

--- case: the table gets a column while functions use its row type
--- a
CREATE TABLE t (id int PRIMARY KEY);
CREATE FUNCTION f(r t) RETURNS int LANGUAGE sql AS 'SELECT r.id';
CREATE FUNCTION g() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';
CREATE FUNCTION h() RETURNS SETOF t BEGIN ATOMIC SELECT * FROM t; END;
CREATE VIEW v AS SELECT f(t) AS x FROM t;
--- b
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE FUNCTION f(r t) RETURNS int LANGUAGE sql AS 'SELECT r.id';
CREATE FUNCTION g() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';
CREATE FUNCTION h() RETURNS SETOF t BEGIN ATOMIC SELECT * FROM t; END;
CREATE VIEW v AS SELECT f(t) AS x FROM t;
--- data
INSERT INTO t VALUES (1), (2);
--- keep
SELECT id FROM t ORDER BY id

--- case: a column of the row type changes its type
--- a
CREATE TABLE t (id int PRIMARY KEY, n int);
CREATE FUNCTION f(r t) RETURNS int LANGUAGE sql AS 'SELECT r.n';
CREATE FUNCTION g() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';
--- b
CREATE TABLE t (id int PRIMARY KEY, n bigint);
CREATE FUNCTION f(r t) RETURNS bigint LANGUAGE sql AS 'SELECT r.n';
CREATE FUNCTION g() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';
--- data
INSERT INTO t VALUES (1, 10), (2, 20);
--- keep
SELECT id, n::text FROM t ORDER BY id

--- case: a check and a default of a table use functions over its own row type
--- both
CREATE TABLE t (id int PRIMARY KEY, n int);
--- a
CREATE FUNCTION sane(r t) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT r.n > 0';
ALTER TABLE t ADD CONSTRAINT c CHECK (sane(t));
--- b
CREATE FUNCTION sane(r t) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT r.n > 1';
ALTER TABLE t ADD CONSTRAINT c CHECK (sane(t) AND n IS NOT NULL);
CREATE INDEX i ON t (sane(t));
--- data
INSERT INTO t VALUES (1, 10), (2, 20);
--- keep
SELECT * FROM t ORDER BY id

--- case: functions over the row type of a view that is created anew
--- a
CREATE TABLE t (id int PRIMARY KEY, n int);
CREATE VIEW v AS SELECT id, n FROM t;
CREATE FUNCTION f(r v) RETURNS int LANGUAGE sql AS 'SELECT r.n';
CREATE FUNCTION g() RETURNS SETOF v LANGUAGE sql AS 'SELECT * FROM v';
COMMENT ON FUNCTION g() IS 'stays';
--- b
CREATE TABLE t (id int PRIMARY KEY, n int);
CREATE VIEW v AS SELECT n, id FROM t;
CREATE FUNCTION f(r v) RETURNS int LANGUAGE sql AS 'SELECT r.n';
CREATE FUNCTION g() RETURNS SETOF v LANGUAGE sql AS 'SELECT * FROM v';
COMMENT ON FUNCTION g() IS 'stays';

--- case: a matview and a composite type in arguments, both changed
--- a
CREATE TYPE pair AS (a int, b int);
CREATE MATERIALIZED VIEW m AS SELECT 1 AS x;
CREATE FUNCTION f(p pair, q m) RETURNS SETOF m LANGUAGE sql AS 'SELECT * FROM m';
--- b
CREATE TYPE pair AS (a int, b int, c text);
CREATE MATERIALIZED VIEW m AS SELECT 1 AS x, 2 AS y;
CREATE FUNCTION f(p pair, q m) RETURNS SETOF m LANGUAGE sql AS 'SELECT * FROM m';

--- case: the table goes away together with its functions
--- a
CREATE TABLE t (id int PRIMARY KEY);
CREATE FUNCTION f(r t) RETURNS int LANGUAGE sql AS 'SELECT r.id';
CREATE FUNCTION g() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';
CREATE VIEW v AS SELECT f(t) AS x FROM t;
--- b
--- data
INSERT INTO t VALUES (1);
--- destructive: yes
--- hazards: data_loss

--- case: a function over the row type of a partitioned table, used by its partitions
--- a
--- b
CREATE TABLE p (id int NOT NULL, n int) PARTITION BY RANGE (id);
CREATE FUNCTION label(p) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''p'' || $1.id';
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (100);
CREATE FUNCTION label(p1) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''p1'' || $1.id';
ALTER TABLE p1 ADD CONSTRAINT c CHECK (label(p1) <> '');
