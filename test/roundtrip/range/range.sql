--- case: added and dropped
--- a
CREATE TYPE old AS RANGE (SUBTYPE = float8);
--- b
CREATE FUNCTION time_diff(x time, y time) RETURNS float8 LANGUAGE sql STRICT IMMUTABLE AS 'SELECT extract(epoch FROM (x - y))::float8';
CREATE TYPE timerange AS RANGE (SUBTYPE = time, SUBTYPE_DIFF = time_diff);
CREATE TYPE textrange AS RANGE (SUBTYPE = text, COLLATION = "C", MULTIRANGE_TYPE_NAME = many_texts);
CREATE TYPE floatrange AS RANGE (SUBTYPE = float8, SUBTYPE_OPCLASS = float8_ops, SUBTYPE_DIFF = float8mi);

--- case: the subtype changes while a table has it
--- a
CREATE TYPE span AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = float8mi);
CREATE TABLE t (id int PRIMARY KEY, s span, m span_multirange, CONSTRAINT no_overlap EXCLUDE USING gist (s WITH &&));
--- b
CREATE TYPE span AS RANGE (SUBTYPE = numeric);
CREATE TABLE t (id int PRIMARY KEY, s span, m span_multirange, CONSTRAINT no_overlap EXCLUDE USING gist (s WITH &&));
CREATE INDEX i ON t USING gist (m);
--- data
INSERT INTO t VALUES (1, '[1.5,2.5)', '{[1,2),[3,4)}'), (2, '[2.5,4]', NULL);
--- keep
SELECT id, s::text, m::text FROM t ORDER BY id

--- case: the function for the difference is added
--- both
CREATE FUNCTION time_diff(x time, y time) RETURNS float8 LANGUAGE sql STRICT IMMUTABLE AS 'SELECT extract(epoch FROM (x - y))::float8';
--- a
CREATE TYPE timerange AS RANGE (SUBTYPE = time);
CREATE TABLE t (id int PRIMARY KEY, r timerange DEFAULT '[08:00,09:00)');
--- b
CREATE TYPE timerange AS RANGE (SUBTYPE = time, SUBTYPE_DIFF = time_diff);
CREATE TABLE t (id int PRIMARY KEY, r timerange DEFAULT '[08:00,09:00)');
--- data
INSERT INTO t VALUES (1);
--- keep
SELECT id, r::text FROM t

--- case: the multirange gets another name
--- a
CREATE TYPE r AS RANGE (SUBTYPE = int4);
CREATE FUNCTION f(r) RETURNS r_multirange LANGUAGE sql IMMUTABLE AS 'SELECT multirange($1)';
--- b
CREATE TYPE r AS RANGE (SUBTYPE = int4, MULTIRANGE_TYPE_NAME = rs);
CREATE FUNCTION f(r) RETURNS rs LANGUAGE sql IMMUTABLE AS 'SELECT multirange($1)';

--- case: over a domain, in a domain, in a composite type
--- a
--- b
CREATE DOMAIN minute AS int CHECK (VALUE BETWEEN 0 AND 59);
CREATE TYPE minutes AS RANGE (SUBTYPE = minute);
CREATE DOMAIN some_minutes AS minutes CHECK (NOT isempty(VALUE));
CREATE TYPE slot AS (m some_minutes, note text);
CREATE TABLE t (s slot, ms minutes[]);

--- case: over an enum that is replaced
--- a
CREATE TYPE grade AS ENUM ('a', 'b', 'c', 'x');
CREATE TYPE grades AS RANGE (SUBTYPE = grade);
CREATE TABLE t (id int PRIMARY KEY, g grades);
--- b
CREATE TYPE grade AS ENUM ('a', 'b', 'c');
CREATE TYPE grades AS RANGE (SUBTYPE = grade);
CREATE TABLE t (id int PRIMARY KEY, g grades);
--- data
INSERT INTO t VALUES (1, '[a,c)');
--- keep
SELECT id, g::text FROM t

--- case: comment, owner, grants
--- a
CREATE TYPE r AS RANGE (SUBTYPE = int4);
--- b
CREATE TYPE r AS RANGE (SUBTYPE = int4);
COMMENT ON TYPE r IS 'whole numbers';
ALTER TYPE r OWNER TO alice;
REVOKE USAGE ON TYPE r FROM PUBLIC;
GRANT USAGE ON TYPE r TO bob WITH GRANT OPTION;
