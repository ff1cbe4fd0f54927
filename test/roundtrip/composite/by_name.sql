--- case: attributes change places, in every form of a column
--- a
CREATE TYPE pt AS (lat real, lon real);
CREATE DOMAIN place AS pt;
CREATE TYPE leg AS (start pt, via pt[], stop place);
CREATE TABLE t (id int PRIMARY KEY, one pt, many pt[], named place, leg leg, legs leg[], places place[]);
--- b
CREATE TYPE pt AS (lon real, lat real);
CREATE DOMAIN place AS pt;
CREATE TYPE leg AS (start pt, via pt[], stop place);
CREATE TABLE t (id int PRIMARY KEY, one pt, many pt[], named place, leg leg, legs leg[], places place[]);
--- data
INSERT INTO t VALUES (1, ROW(1, 2), ARRAY[ROW(3, 4)::pt, NULL, ROW(5, NULL)::pt], ROW(6, 7), ROW(ROW(8, 9), ARRAY[ROW(10, 11)::pt], ROW(12, 13)), NULL, NULL),
    (2, NULL, '[0:1][2:3]={{"(1,2)","(3,4)"},{"(5,6)","(7,8)"}}', NULL, NULL, ARRAY[ROW(ROW(1, 2), '{}', NULL)::leg], ARRAY[ROW(1, 2)::place]);
--- keep
SELECT id, (one).lat, (one).lon, (many[1]).lat, (many[3]).lon, many[2] IS NULL, array_dims(many), (many[1][3]).lat, (named).lat, ((leg).start).lon, ((leg).via[1]).lat, ((leg).stop).lat, ((legs[1]).start).lat, (places[1]).lon FROM t ORDER BY id
--- destructive: no

--- case: an attribute more and another type, in arrays and in others
--- a
CREATE TYPE pt AS (x int, y varchar(9));
CREATE TYPE pair AS (a pt, b pt[]);
CREATE TABLE t (id int PRIMARY KEY, many pt[], pair pair);
--- b
CREATE TYPE pt AS (z numeric, y varchar(5), x bigint);
CREATE TYPE pair AS (b pt[], a pt);
CREATE TABLE t (id int PRIMARY KEY, many pt[], pair pair);
--- data
INSERT INTO t VALUES (1, ARRAY[ROW(1, 'abcde')::pt], ROW(ROW(2, 'b, "c'), ARRAY[ROW(3, '')::pt, ROW(4, NULL)::pt]));
--- keep
SELECT id, (many[1]).x, (many[1]).y, ((pair).a).y, ((pair).b[1]).y, ((pair).b[2]).y FROM t

--- case: a column becomes one of another composite type
--- a
CREATE TYPE old AS (x int, y text);
CREATE TYPE outer_old AS (o old, n int);
CREATE TABLE t (id int PRIMARY KEY, one old, many old[], deep outer_old[]);
--- b
CREATE TYPE new AS (y text, x bigint);
CREATE TYPE outer_new AS (n int, o new);
CREATE TABLE t (id int PRIMARY KEY, one new, many new[], deep outer_new[]);
--- data
INSERT INTO t VALUES (1, ROW(1, 'a'), ARRAY[ROW(2, 'b')::old], ARRAY[ROW(ROW(3, 'c'), 4)::outer_old]);
--- keep
SELECT id, (one).x, (one).y, (many[1]).x, (many[1]).y, ((deep[1]).o).x, (deep[1]).n FROM t

--- case: the row type of a table whose column gets another type, one more and one less
--- a
CREATE TABLE item (id int, gone int, name text);
CREATE TYPE boxed AS (what item, n int);
CREATE DOMAIN an_item AS item;
CREATE TABLE history (id int PRIMARY KEY, was item, all_were item[], box boxed, named an_item);
--- b
CREATE TABLE item (id bigint, name text, price numeric DEFAULT random(), stock int DEFAULT 0);
CREATE TYPE boxed AS (what item, n int);
CREATE DOMAIN an_item AS item;
CREATE TABLE history (id int PRIMARY KEY, was item, all_were item[], box boxed, named an_item);
--- data
INSERT INTO history VALUES (1, ROW(1, 9, 'a'), ARRAY[ROW(2, 9, 'b')::item, NULL], ROW(ROW(3, 9, 'c')::item, 4), ROW(5, 9, 'd'));
--- keep
SELECT id, (was).id, (was).name, (all_were[1]).id, (all_were[1]).name, ((box).what).name, (box).n, (named).name FROM history

--- case: a table made anew with its columns in another order, whose row type is a column elsewhere
--- a
CREATE TABLE item (a int, b text);
CREATE TABLE history (id int PRIMARY KEY, was item, all_were item[]);
--- b
CREATE TABLE item (b text, a int) PARTITION BY LIST (a);
CREATE TABLE item_default PARTITION OF item DEFAULT;
CREATE TABLE history (id int PRIMARY KEY, was item, all_were item[]);
--- data
INSERT INTO item VALUES (1, 'x');
INSERT INTO history VALUES (1, ROW(1, 'a'), ARRAY[ROW(2, 'b')::item]);
--- keep
SELECT (was).a, (was).b, (all_were[1]).a, (all_were[1]).b, (SELECT a || b FROM item) FROM history

--- case: a column with a default comes to a table whose row type is a column elsewhere, with a value that is given
--- a
CREATE TABLE item (id int);
CREATE TABLE history (id int PRIMARY KEY, all_were item[]);
--- b
CREATE TABLE item (id int, stock int NOT NULL DEFAULT 7);
CREATE TABLE history (id int PRIMARY KEY, all_were item[]);
--- data
INSERT INTO item VALUES (1);
INSERT INTO history VALUES (1, ARRAY[ROW(2)::item]);
--- keep
SELECT (all_were[1]).id, (SELECT id FROM item) FROM history
