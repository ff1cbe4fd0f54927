--- case: of a type
--- a
CREATE TYPE pair AS (x int, y text);
CREATE TABLE old OF pair;
--- b
CREATE TYPE pair AS (x int, y text);
CREATE TABLE new OF pair (x WITH OPTIONS PRIMARY KEY, y DEFAULT 'a' NOT NULL, CHECK (x > 0));

--- case: the type gets an attribute
--- a
CREATE TYPE pair AS (x int, y text);
CREATE TABLE t OF pair (x PRIMARY KEY);
CREATE TABLE u OF pair;
--- b
CREATE TYPE pair AS (x int, y text, z date);
CREATE TABLE t OF pair (x PRIMARY KEY);
CREATE TABLE u OF pair (z DEFAULT '2024-01-01');
--- data
INSERT INTO t VALUES (1, 'a');
--- keep
SELECT x, y FROM t

--- case: an attribute of the type changes and another one goes
--- a
CREATE TYPE pair AS (x int, y text, z date);
CREATE TABLE t OF pair (x PRIMARY KEY);
--- b
CREATE TYPE pair AS (x bigint, y text);
CREATE TABLE t OF pair (x PRIMARY KEY);
--- data
INSERT INTO t VALUES (1, 'a', '2024-01-01');
--- keep
SELECT x, y FROM t

--- case: becomes typed, and ceases to be
--- a
CREATE TYPE pair AS (x int, y text);
CREATE TABLE one (x int, y text);
CREATE TABLE two OF pair;
--- b
CREATE TYPE pair AS (x int, y text);
CREATE TABLE one OF pair;
CREATE TABLE two (x int, y text, z int);
--- data
INSERT INTO one VALUES (1, 'a');
INSERT INTO two VALUES (2, 'b');
--- keep
SELECT x, y FROM one UNION ALL SELECT x, y FROM two
