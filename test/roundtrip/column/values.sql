--- case: a shorter domain, in each form of a column: every value is kept
--- a
CREATE DOMAIN code AS varchar(9);
CREATE DOMAIN price AS numeric(8, 3);
CREATE TABLE t (id int PRIMARY KEY, c code, cs code[], p price);
--- b
CREATE DOMAIN code AS varchar(5);
CREATE DOMAIN price AS numeric(10, 3);
CREATE TABLE t (id int PRIMARY KEY, c code, cs code[], p price);
--- data
INSERT INTO t VALUES (1, 'abcde', '{a,abcde}', 1.125);
--- keep
SELECT id, c::text, cs::text, p::numeric FROM t
--- destructive: no
--- hazards: may_fail_on_data

--- case: digits of a domain are lost
--- a
CREATE DOMAIN price AS numeric(8, 3);
CREATE TABLE t (id int PRIMARY KEY, p price[]);
--- b
CREATE DOMAIN price AS numeric(8, 2);
CREATE TABLE t (id int PRIMARY KEY, p price[]);
--- destructive: yes
--- hazards: data_loss

--- case: digits of an attribute are lost
--- a
CREATE TYPE money_of AS (amount numeric(12, 4), currency char(3));
CREATE TABLE t (id int PRIMARY KEY, m money_of[]);
--- b
CREATE TYPE money_of AS (amount numeric(12, 2), currency char(3));
CREATE TABLE t (id int PRIMARY KEY, m money_of[]);
--- destructive: yes
--- hazards: data_loss

--- case: the subtype of a range takes less
--- a
CREATE TYPE span AS RANGE (SUBTYPE = timestamp);
CREATE TABLE t (id int PRIMARY KEY, s span);
--- b
CREATE TYPE span AS RANGE (SUBTYPE = date);
CREATE TABLE t (id int PRIMARY KEY, s span);
--- destructive: yes
--- hazards: data_loss

--- case: the server's own casts
--- a
CREATE TABLE t (id int PRIMARY KEY, b bit(8), m money, c circle, bs bit(8)[]);
--- b
CREATE TABLE t (id int PRIMARY KEY, b int, m numeric, c point, bs int[]);
--- data
INSERT INTO t VALUES (1, B'00000101', 2.50, '<(1,2),0>', ARRAY[B'00000011']);
--- keep
SELECT id, b::int, m::numeric, c::point::text, bs[1]::int FROM t

--- case: a cast of the model's own
--- both
CREATE TYPE colour AS ENUM ('red', 'green');
CREATE FUNCTION to_number(colour) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT CASE $1 WHEN ''red'' THEN 1 ELSE 2 END';
CREATE FUNCTION to_colour(int) RETURNS colour LANGUAGE sql IMMUTABLE AS 'SELECT CASE $1 WHEN 1 THEN ''red''::colour ELSE ''green'' END';
CREATE CAST (colour AS int) WITH FUNCTION to_number(colour) AS ASSIGNMENT;
CREATE CAST (int AS colour) WITH FUNCTION to_colour(int);
--- a
CREATE TABLE t (id int PRIMARY KEY, c colour, cs colour[], n int);
--- b
CREATE TABLE t (id int PRIMARY KEY, c int, cs int[], n colour);
--- data
INSERT INTO t VALUES (1, 'green', '{red,green}', 2);
--- keep
SELECT id, CASE c::text WHEN '2' THEN 'green' ELSE c::text END, CASE cs[1]::text WHEN '1' THEN 'red' ELSE cs[1]::text END, CASE n::text WHEN '2' THEN 'green' ELSE n::text END FROM t

--- case: precision that is the greatest anyway
--- a
CREATE TABLE t (id int PRIMARY KEY, a timestamptz, b time, c timestamp(3)[], d interval);
--- b
CREATE TABLE t (id int PRIMARY KEY, a timestamptz(6), b time(6), c timestamp(6)[], d interval(6));
--- one way
-- Back, time(6) is time again, and timestamp(6) loses digits.
--- destructive: no
