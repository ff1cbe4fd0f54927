--- case: added and dropped
--- a
CREATE TYPE old AS (x int);
CREATE TYPE empty AS ();
--- b
CREATE TYPE address AS (street text, zip varchar(10), geo point);
CREATE TYPE money_of AS (amount numeric(12, 2), currency char(3), rates numeric(6, 4)[]);

--- case: an attribute is added at the end
--- a
CREATE TYPE address AS (street text, zip text);
CREATE TABLE person (id int PRIMARY KEY, a address);
--- b
CREATE TYPE address AS (street text, zip text, city text);
CREATE TABLE person (id int PRIMARY KEY, a address);
--- data
INSERT INTO person VALUES (1, ('Main', '12345')), (2, NULL);
--- keep
SELECT id, (a).street, (a).zip FROM person ORDER BY id

--- case: an attribute is added in the middle
--- a
CREATE TYPE address AS (street text, zip text);
CREATE TABLE person (id int PRIMARY KEY, a address);
--- b
CREATE TYPE address AS (street text, city text, zip text);
CREATE TABLE person (id int PRIMARY KEY, a address);
--- data
INSERT INTO person VALUES (1, ('Main', '12345')), (2, NULL);
--- keep
SELECT id, (a).street, (a).zip FROM person ORDER BY id

--- case: a row of nulls is not the same as no row
--- a
CREATE TYPE address AS (street text, zip text);
CREATE TABLE person (id int PRIMARY KEY, a address);
--- b
CREATE TYPE address AS (zip text, street text);
CREATE TABLE person (id int PRIMARY KEY, a address);
--- data
INSERT INTO person VALUES (1, (NULL, NULL)), (2, NULL);
--- keep
SELECT id, a::text FROM person ORDER BY id

--- case: an attribute is dropped
--- a
CREATE TYPE address AS (street text, fax text, zip text);
CREATE TABLE person (id int PRIMARY KEY, a address);
--- b
CREATE TYPE address AS (street text, zip text);
CREATE TABLE person (id int PRIMARY KEY, a address);
--- data
INSERT INTO person VALUES (1, ('Main', '1', '12345'));
--- keep
SELECT id, (a).street, (a).zip FROM person ORDER BY id
--- destructive: yes
--- hazards: data_loss

--- case: an attribute changes its type
--- a
CREATE TYPE pair AS (x int, y text);
--- b
CREATE TYPE pair AS (x bigint, y varchar(10) COLLATE "C");

--- case: an attribute changes its type while a table has it
--- a
CREATE TYPE pair AS (x int, y text);
CREATE TABLE t (id int PRIMARY KEY, p pair, ps pair[]);
--- b
CREATE TYPE pair AS (x bigint, y text);
CREATE TABLE t (id int PRIMARY KEY, p pair, ps pair[]);
--- data
INSERT INTO t VALUES (1, (1, 'a'), ARRAY[(2, 'b')::pair, (3, NULL)::pair]), (2, NULL, NULL);
--- keep
SELECT id, p::text, ps::text FROM t ORDER BY id

--- case: the order of attributes changes
--- a
CREATE TYPE pair AS (x int, y text);
CREATE TABLE t (id int PRIMARY KEY, p pair);
--- b
CREATE TYPE pair AS (y text, x int);
CREATE TABLE t (id int PRIMARY KEY, p pair);
--- data
INSERT INTO t VALUES (1, (1, 'a'));
--- keep
SELECT id, (p).x, (p).y FROM t

--- case: within another one, in an array, in a domain
--- a
CREATE TYPE point3 AS (x int, y int, z int);
CREATE TYPE line3 AS (start point3, stop point3);
CREATE TYPE path3 AS (points point3[]);
CREATE DOMAIN origin AS point3 CHECK ((VALUE).x = 0);
CREATE TABLE t (id int PRIMARY KEY, l line3, p path3, o origin);
--- b
CREATE TYPE point3 AS (x int, y int, z bigint);
CREATE TYPE line3 AS (start point3, stop point3);
CREATE TYPE path3 AS (points point3[]);
CREATE DOMAIN origin AS point3 CHECK ((VALUE).x = 0);
CREATE TABLE t (id int PRIMARY KEY, l line3, p path3, o origin);
--- data
INSERT INTO t VALUES (1, ((1, 2, 3), (4, 5, 6)), ROW(ARRAY[(7, 8, 9)::point3]), (0, 1, 2));
--- keep
SELECT id, l::text, p::text, o::text FROM t

--- case: functions, a view and a default that use it
--- a
CREATE TYPE span AS (start date, stop date);
CREATE FUNCTION days(s span) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT s.stop - s.start';
CREATE FUNCTION spans() RETURNS SETOF span LANGUAGE sql AS $$ SELECT date '2024-01-01', date '2024-01-02' $$;
CREATE TABLE t (id int PRIMARY KEY, s span DEFAULT ROW('2024-01-01', '2024-02-01')::span CONSTRAINT is_span CHECK ((s).start <= (s).stop));
CREATE VIEW v AS SELECT id, (s).start, days(s) FROM t;
CREATE INDEX i ON t (((s).start));
--- b
CREATE TYPE span AS (start date, stop date, note text);
CREATE FUNCTION days(s span) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT s.stop - s.start';
CREATE FUNCTION spans() RETURNS SETOF span LANGUAGE sql AS $$ SELECT date '2024-01-01', date '2024-01-02', 'new' $$;
CREATE TABLE t (id int PRIMARY KEY, s span DEFAULT ROW('2024-01-01', '2024-02-01', NULL)::span CONSTRAINT is_span CHECK ((s).start <= (s).stop));
CREATE VIEW v AS SELECT id, (s).start, days(s) FROM t;
CREATE INDEX i ON t (((s).start));
--- data
INSERT INTO t VALUES (1, DEFAULT), (2, ('2024-03-01', '2024-03-02'));
--- keep
SELECT id, (s).start, (s).stop FROM t ORDER BY id

--- case: comments on it and on attributes, owner, grants
--- a
CREATE TYPE pair AS (x int, y int);
COMMENT ON COLUMN pair.x IS 'first';
--- b
CREATE TYPE pair AS (x int, y int);
COMMENT ON TYPE pair IS 'two';
COMMENT ON COLUMN pair.y IS 'second';
ALTER TYPE pair OWNER TO alice;
REVOKE USAGE ON TYPE pair FROM PUBLIC;
GRANT USAGE ON TYPE pair TO team;

--- case: an attribute of an enum that is replaced, with comments and grants
--- a
CREATE TYPE e AS ENUM ('a', 'b');
CREATE TYPE pair AS (x e, y int);
COMMENT ON COLUMN pair.x IS 'stays';
REVOKE USAGE ON TYPE pair FROM PUBLIC;
GRANT USAGE ON TYPE pair TO team;
--- b
CREATE TYPE e AS ENUM ('b');
CREATE TYPE pair AS (x e, y int);
COMMENT ON COLUMN pair.x IS 'stays';
REVOKE USAGE ON TYPE pair FROM PUBLIC;
GRANT USAGE ON TYPE pair TO team;

--- case: columns of the row type of a table that changes
--- a
CREATE TABLE item (id int, name text);
CREATE TABLE history (id int PRIMARY KEY, was item, all_were item[]);
--- b
CREATE TABLE item (id int, name text, price numeric);
CREATE TABLE history (id int PRIMARY KEY, was item, all_were item[]);
--- data
INSERT INTO history VALUES (1, (1, 'a'), NULL);
--- keep
SELECT id, (was).id, (was).name FROM history

--- case: a composite type becomes a table, and a table becomes a composite type
--- a
CREATE TYPE one AS (x int);
CREATE TABLE two (x int);
--- b
CREATE TABLE one (x int);
CREATE TYPE two AS (x int);
