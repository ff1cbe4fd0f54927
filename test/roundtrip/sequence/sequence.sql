--- case: added and dropped
--- a
CREATE SEQUENCE old;
--- b
CREATE SEQUENCE one;
CREATE SEQUENCE two AS smallint INCREMENT BY -2 MINVALUE -100 MAXVALUE -1 START WITH -5 CACHE 10 CYCLE;
CREATE UNLOGGED SEQUENCE three;

--- case: every option changes
--- a
CREATE SEQUENCE s INCREMENT BY 5 MINVALUE 10 MAXVALUE 1000 START WITH 20 CACHE 3 CYCLE;
--- b
CREATE SEQUENCE s;
--- destructive: no

--- case: the type gets wider
--- a
CREATE SEQUENCE small AS smallint;
CREATE SEQUENCE middle AS int MAXVALUE 500;
--- b
CREATE SEQUENCE small AS bigint;
CREATE SEQUENCE middle AS bigint MAXVALUE 500 NO CYCLE;
--- data
SELECT setval('small', 30), setval('middle', 40);
--- keep
SELECT s.last_value, m.last_value FROM small s, middle m

--- case: the type gets narrower, downwards
--- a
CREATE SEQUENCE s AS bigint INCREMENT BY -1;
--- b
CREATE SEQUENCE s AS smallint INCREMENT BY -1;

--- case: where it is goes on
--- a
CREATE SEQUENCE s START WITH 100;
--- b
CREATE SEQUENCE s START WITH 500 INCREMENT BY 10;
--- data
SELECT nextval('s') FROM generate_series(1, 3);
--- keep
SELECT last_value, is_called FROM s

--- case: becomes owned by a column, and becomes free
--- a
CREATE TABLE t (a int, b int);
CREATE SEQUENCE s1 OWNED BY t.a;
CREATE SEQUENCE s2;
--- b
CREATE TABLE t (a int, b int);
CREATE SEQUENCE s1;
CREATE SEQUENCE s2 OWNED BY t.b;

--- case: is owned by another table
--- a
CREATE TABLE t (a int);
CREATE TABLE u (a int);
CREATE SEQUENCE s OWNED BY t.a;
--- b
CREATE TABLE t (a int);
CREATE TABLE u (a int DEFAULT 0);
CREATE SEQUENCE s OWNED BY u.a;
ALTER TABLE u ALTER a SET DEFAULT nextval('s');

--- case: outlives the column that owned it
--- a
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE SEQUENCE s OWNED BY t.a;
--- b
CREATE TABLE t (id int PRIMARY KEY);
CREATE SEQUENCE s;
--- data
SELECT setval('s', 77);
--- keep
SELECT last_value FROM s

--- case: is owned by a new column
--- a
CREATE TABLE t (id int PRIMARY KEY);
CREATE SEQUENCE s;
--- b
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE SEQUENCE s OWNED BY t.a;
ALTER TABLE t ALTER a SET DEFAULT nextval('s');
--- data
SELECT setval('s', 77);
--- keep
SELECT last_value FROM s

--- case: unlogged, logged
--- a
CREATE UNLOGGED SEQUENCE one;
CREATE SEQUENCE two;
--- b
CREATE SEQUENCE one;
CREATE UNLOGGED SEQUENCE two;

--- case: two tables and a view draw from it
--- a
CREATE SEQUENCE event_id;
CREATE TABLE login (id bigint PRIMARY KEY DEFAULT nextval('event_id'));
--- b
CREATE SEQUENCE event_id AS bigint CACHE 20;
CREATE TABLE login (id bigint PRIMARY KEY DEFAULT nextval('event_id'));
CREATE TABLE logout (id bigint PRIMARY KEY DEFAULT nextval('event_id'));
CREATE VIEW next_id AS SELECT nextval('event_id') AS id;

--- case: comment, owner, grants
--- a
CREATE SEQUENCE s;
GRANT USAGE ON SEQUENCE s TO bob;
--- b
CREATE SEQUENCE s;
COMMENT ON SEQUENCE s IS 'numbers';
ALTER SEQUENCE s OWNER TO alice;
GRANT USAGE, SELECT ON SEQUENCE s TO team;

--- case: a name that becomes that of a table, and the other way round
--- a
CREATE SEQUENCE one;
CREATE TABLE two (a int);
--- b
CREATE TABLE one (a int);
CREATE SEQUENCE two;

--- case: bounds beside the old ones
--- a
CREATE SEQUENCE up MINVALUE 1 MAXVALUE 50;
CREATE SEQUENCE down INCREMENT -1 MINVALUE -50 MAXVALUE -1;
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY (MINVALUE 1 MAXVALUE 50));
--- b
CREATE SEQUENCE up MINVALUE 100 MAXVALUE 200 START 100;
CREATE SEQUENCE down INCREMENT -1 MINVALUE -200 MAXVALUE -100 START -100;
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY (MINVALUE 100 MAXVALUE 200 START 100));
--- data
SELECT nextval('up'), nextval('down');
--- one way
-- What is at 100 cannot go on below 50.
--- keep
SELECT count(*) FROM t
