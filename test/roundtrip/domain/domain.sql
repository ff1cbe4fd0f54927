--- case: added and dropped
--- a
CREATE DOMAIN old AS int;
--- b
CREATE DOMAIN email AS varchar(200) COLLATE "C" DEFAULT 'a@b.c' NOT NULL CONSTRAINT has_at CHECK (VALUE ~ '@');
CREATE DOMAIN tags AS text[] DEFAULT '{}';
CREATE DOMAIN share AS numeric(5, 2) CHECK (VALUE >= 0) CHECK (VALUE <= 100);

--- case: a check is added
--- a
CREATE DOMAIN price AS numeric;
CREATE TABLE t (id int PRIMARY KEY, p price);
--- b
CREATE DOMAIN price AS numeric CONSTRAINT not_negative CHECK (VALUE >= 0);
CREATE TABLE t (id int PRIMARY KEY, p price);
--- data
INSERT INTO t VALUES (1, 2.5), (2, NULL);
--- keep
SELECT * FROM t ORDER BY id
--- hazards: may_fail_on_data

--- case: a check changes, another one is only renamed
--- a
CREATE DOMAIN zip AS text CONSTRAINT length_of CHECK (length(VALUE) = 5) CONSTRAINT digits CHECK (VALUE ~ '^\d+$');
CREATE TABLE t (z zip);
--- b
CREATE DOMAIN zip AS text CONSTRAINT length_of CHECK (length(VALUE) BETWEEN 4 AND 5) CONSTRAINT only_digits CHECK (VALUE ~ '^\d+$');
CREATE TABLE t (z zip);
--- data
INSERT INTO t VALUES ('12345');
--- keep
SELECT * FROM t

--- case: a check is dropped
--- a
CREATE DOMAIN price AS numeric CONSTRAINT not_negative CHECK (VALUE >= 0);
CREATE TABLE t (p price);
--- b
CREATE DOMAIN price AS numeric;
CREATE TABLE t (p price);
--- destructive: no

--- case: a check that is not validated
--- a
CREATE DOMAIN price AS numeric;
CREATE TABLE t (id int PRIMARY KEY, p price);
--- b
CREATE DOMAIN price AS numeric;
CREATE TABLE t (id int PRIMARY KEY, p price);
ALTER DOMAIN price ADD CONSTRAINT not_negative CHECK (VALUE >= 0) NOT VALID;
--- data
INSERT INTO t VALUES (1, -1);
--- keep
SELECT * FROM t

--- case: a check gets validated
--- a
CREATE DOMAIN price AS numeric;
CREATE TABLE t (id int PRIMARY KEY, p price);
ALTER DOMAIN price ADD CONSTRAINT not_negative CHECK (VALUE >= 0) NOT VALID;
--- b
CREATE DOMAIN price AS numeric CONSTRAINT not_negative CHECK (VALUE >= 0);
CREATE TABLE t (id int PRIMARY KEY, p price);
--- data
INSERT INTO t VALUES (1, 1);
--- keep
SELECT * FROM t

--- case: default and null
--- a
CREATE DOMAIN one AS int DEFAULT 1;
CREATE DOMAIN two AS int;
CREATE DOMAIN three AS text DEFAULT 'x' NOT NULL;
CREATE TABLE t (id int PRIMARY KEY, a one, b two, c three);
--- b
CREATE DOMAIN one AS int DEFAULT 2;
CREATE DOMAIN two AS int DEFAULT 3 NOT NULL;
CREATE DOMAIN three AS text;
CREATE TABLE t (id int PRIMARY KEY, a one, b two, c three);
--- data
INSERT INTO t VALUES (1, 1, 2, 'a');
--- keep
SELECT * FROM t

--- case: the type changes
--- a
CREATE DOMAIN amount AS int CHECK (VALUE > 0);
CREATE TABLE t (id int PRIMARY KEY, a amount NOT NULL DEFAULT 1);
CREATE INDEX i ON t (a);
--- b
CREATE DOMAIN amount AS bigint CHECK (VALUE > 0);
CREATE TABLE t (id int PRIMARY KEY, a amount NOT NULL DEFAULT 1);
CREATE INDEX i ON t (a);
--- data
INSERT INTO t VALUES (1, 5), (2, DEFAULT);
--- keep
SELECT * FROM t ORDER BY id

--- case: length and collation change
--- a
CREATE DOMAIN name_of AS varchar(20);
CREATE DOMAIN code AS text;
CREATE TABLE t (id int PRIMARY KEY, n name_of, c code);
--- b
CREATE DOMAIN name_of AS varchar(50);
CREATE DOMAIN code AS text COLLATE "C";
CREATE TABLE t (id int PRIMARY KEY, n name_of, c code);
--- data
INSERT INTO t VALUES (1, 'a', 'b');
--- keep
SELECT * FROM t

--- case: a domain over a domain, and the inner one changes its type
--- a
CREATE DOMAIN whole AS int;
CREATE DOMAIN natural_number AS whole CHECK (VALUE >= 0);
CREATE DOMAIN digit AS natural_number CHECK (VALUE < 10);
CREATE TABLE t (id int PRIMARY KEY, d digit, n natural_number DEFAULT 0, ds digit[]);
--- b
CREATE DOMAIN whole AS bigint;
CREATE DOMAIN natural_number AS whole CHECK (VALUE >= 0);
CREATE DOMAIN digit AS natural_number CHECK (VALUE < 10);
CREATE TABLE t (id int PRIMARY KEY, d digit, n natural_number DEFAULT 0, ds digit[]);
--- data
INSERT INTO t VALUES (1, 2, 3, '{4,5}');
--- keep
SELECT * FROM t

--- case: a domain over a domain, and the inner one gets a check
--- a
CREATE DOMAIN whole AS int;
CREATE DOMAIN digit AS whole CHECK (VALUE < 10);
CREATE TABLE t (id int PRIMARY KEY, d digit);
--- b
CREATE DOMAIN whole AS int CHECK (VALUE > -100);
CREATE DOMAIN digit AS whole CHECK (VALUE < 10);
CREATE TABLE t (id int PRIMARY KEY, d digit);
--- data
INSERT INTO t VALUES (1, 2);
--- keep
SELECT * FROM t

--- case: a domain over an array of a domain, and over a range
--- a
--- b
CREATE DOMAIN digit AS int CHECK (VALUE BETWEEN 0 AND 9);
CREATE DOMAIN code AS digit[] CHECK (cardinality(VALUE) = 4);
CREATE DOMAIN period AS daterange CHECK (NOT isempty(VALUE));
CREATE TABLE t (c code DEFAULT '{1,2,3,4}', p period);

--- case: a column gets a domain, another one loses it
--- a
CREATE DOMAIN email AS text CHECK (VALUE ~ '@');
CREATE TABLE t (id int PRIMARY KEY, a text, b email);
--- b
CREATE DOMAIN email AS text CHECK (VALUE ~ '@');
CREATE TABLE t (id int PRIMARY KEY, a email, b text);
--- data
INSERT INTO t VALUES (1, 'a@b', 'c@d');
--- keep
SELECT id, a, b FROM t

--- case: the check uses a function that is replaced
--- a
CREATE FUNCTION is_good(t text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT t <> ''''';
CREATE DOMAIN good AS text CONSTRAINT is_good CHECK (is_good(VALUE));
CREATE TABLE t (id int PRIMARY KEY, g good);
--- b
CREATE FUNCTION is_good(word text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT word <> ''''';
CREATE DOMAIN good AS text CONSTRAINT is_good CHECK (is_good(VALUE));
CREATE TABLE t (id int PRIMARY KEY, g good);
--- data
INSERT INTO t VALUES (1, 'a');
--- keep
SELECT * FROM t

--- case: the default uses a sequence and an enum value
--- a
CREATE DOMAIN number AS bigint;
--- b
CREATE SEQUENCE counter;
CREATE TYPE color AS ENUM ('red', 'green');
CREATE DOMAIN number AS bigint DEFAULT nextval('counter');
CREATE DOMAIN favourite AS color DEFAULT 'green' CHECK (VALUE > 'red');
CREATE TABLE t (n number, f favourite);

--- case: functions with it, and its type changes
--- a
CREATE DOMAIN id AS int;
CREATE FUNCTION f(a id) RETURNS id LANGUAGE sql AS 'SELECT a';
CREATE VIEW v AS SELECT f(1) AS x, 2::id AS y;
--- b
CREATE DOMAIN id AS uuid;
CREATE FUNCTION f(a id) RETURNS id LANGUAGE sql AS 'SELECT a';
CREATE VIEW v AS SELECT f('00000000-0000-0000-0000-000000000001'::uuid) AS x;

--- case: comments, also on a check, owner, grants
--- a
CREATE DOMAIN d AS int CONSTRAINT c CHECK (VALUE > 0);
COMMENT ON DOMAIN d IS 'before';
--- b
CREATE DOMAIN d AS int CONSTRAINT c CHECK (VALUE > 0);
COMMENT ON DOMAIN d IS 'after';
COMMENT ON CONSTRAINT c ON DOMAIN d IS 'positive';
ALTER DOMAIN d OWNER TO bob;
REVOKE USAGE ON DOMAIN d FROM PUBLIC;
GRANT USAGE ON DOMAIN d TO team;

--- case: a text becomes an array of domains over arrays
--- both
CREATE DOMAIN public.row AS int[];
--- a
CREATE TABLE public.t (a text);
--- b
CREATE DOMAIN public.rows AS public.row[];
CREATE TABLE public.t (a public.rows);
--- data
INSERT INTO public.t VALUES (NULL);
--- keep
SELECT count(*) FROM public.t;
