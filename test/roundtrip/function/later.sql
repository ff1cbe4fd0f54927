--- case: bodies that name tables, types and functions that no dependency tells of
--- a
--- b
CREATE TABLE z_table (id int PRIMARY KEY, a text);
CREATE TYPE z_type AS ENUM ('x');
CREATE FUNCTION z_function() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE VIEW z_view AS SELECT id FROM z_table;
CREATE FUNCTION a1() RETURNS SETOF int LANGUAGE sql AS 'SELECT id FROM z_table';
CREATE FUNCTION a2() RETURNS SETOF int LANGUAGE sql AS 'SELECT id + z_function() FROM z_view';
CREATE FUNCTION a3() RETURNS text LANGUAGE sql AS 'SELECT ''x''::z_type::text';
CREATE FUNCTION a4() RETURNS int LANGUAGE plpgsql AS 'DECLARE r z_table; t z_type; v z_table.a%TYPE; BEGIN SELECT * INTO r FROM z_table; RETURN r.id; END';
CREATE PROCEDURE a5() LANGUAGE sql AS 'INSERT INTO z_table VALUES (1, ''x''); CALL a5()';
CREATE FUNCTION a6() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM z_function(); INSERT INTO z_view VALUES (NEW.id); RETURN NEW; END';

--- case: a table's default, check and index use a function whose text body names the table
--- a
--- b
CREATE FUNCTION next_id() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT coalesce(max(id), 0) + 1 FROM t); END';
CREATE FUNCTION ok(n int) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT count(*) < 100 FROM t); END';
CREATE TABLE t (id int PRIMARY KEY DEFAULT next_id(), n int CONSTRAINT c CHECK (ok(n)));

--- case: a matview reads, while it is filled, through a function whose body names other new tables
--- a
--- b
CREATE TABLE zz (id int PRIMARY KEY);
CREATE FUNCTION total() RETURNS bigint LANGUAGE plpgsql STABLE AS 'BEGIN RETURN (SELECT count(*) FROM public.zz); END';
CREATE MATERIALIZED VIEW m AS SELECT total() AS n;
CREATE INDEX mi ON m (n);

--- case: bodies that rely on search_path
--- both
CREATE SCHEMA app;
--- a
--- b
CREATE TABLE app.t (id int PRIMARY KEY);
CREATE FUNCTION app.helper() RETURNS int LANGUAGE sql AS 'SELECT 1';
SET search_path = app;
CREATE FUNCTION app.f() RETURNS SETOF int LANGUAGE sql AS 'SELECT id + helper() FROM t';
CREATE FUNCTION app.g() RETURNS SETOF int LANGUAGE sql SET search_path = app AS 'SELECT id + helper() FROM t';
CREATE FUNCTION app.h() RETURNS SETOF int BEGIN ATOMIC SELECT id + helper() FROM t; END;
RESET search_path;

--- case: the body of a function names what is dropped
--- a
CREATE TABLE t (id int PRIMARY KEY);
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM t';
CREATE FUNCTION g() RETURNS bigint LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT count(*) FROM t); END';
--- b
CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT 0::bigint';
CREATE FUNCTION g() RETURNS bigint LANGUAGE plpgsql AS 'BEGIN RETURN (SELECT count(*) FROM t); END';
--- data
INSERT INTO t VALUES (1);
--- destructive: yes
--- hazards: data_loss
