--- case: the names that a plan may think of for the time being are taken
--- a
CREATE TYPE state AS ENUM ('a', 'b');
CREATE TYPE state_replaced AS ENUM ('x');
CREATE DOMAIN state_replaced_1 AS int;
CREATE TABLE t (id int PRIMARY KEY, s state, r state_replaced);
CREATE TABLE p (id int, day date);
CREATE TABLE p_replaced (id int);
CREATE VIEW p_replaced_1 AS SELECT 1 AS a;
CREATE INDEX one ON t (s);
CREATE INDEX two ON t (r);
CREATE INDEX one_replaced ON t (id);
--- b
CREATE TYPE state AS ENUM ('b', 'a');
CREATE TYPE state_replaced AS ENUM ('x');
CREATE DOMAIN state_replaced_1 AS int;
CREATE TABLE t (id int PRIMARY KEY, s state, r state_replaced);
CREATE TABLE p (id int, day date) PARTITION BY LIST (day);
CREATE TABLE p_rest PARTITION OF p DEFAULT;
CREATE TABLE p_replaced (id int);
CREATE VIEW p_replaced_1 AS SELECT 1 AS a;
CREATE INDEX two ON t (s);
CREATE INDEX one ON t (r);
CREATE INDEX one_replaced ON t (id);
--- data
INSERT INTO t VALUES (1, 'a', 'x');
INSERT INTO p VALUES (1, '2024-01-01');
--- keep
SELECT t.id, s::text, r::text, p.id, p.day FROM t, p

--- case: names as long as can be, and what they are made into for the time being
--- a
CREATE TYPE n23456789_123456789_123456789_123456789_123456789_123456789_123 AS ENUM ('a', 'b', 'c');
CREATE TYPE n23456789_123456789_123456789_123456789_123456789_123456789_12 AS ENUM ('a', 'b', 'c');
CREATE TABLE t (a n23456789_123456789_123456789_123456789_123456789_123456789_123, b n23456789_123456789_123456789_123456789_123456789_123456789_12);
--- b
CREATE TYPE n23456789_123456789_123456789_123456789_123456789_123456789_123 AS ENUM ('a', 'c');
CREATE TYPE n23456789_123456789_123456789_123456789_123456789_123456789_12 AS ENUM ('a', 'c');
CREATE TABLE t (a n23456789_123456789_123456789_123456789_123456789_123456789_123, b n23456789_123456789_123456789_123456789_123456789_123456789_12);
--- data
INSERT INTO t VALUES ('a', 'c');
--- keep
SELECT a::text, b::text FROM t

--- case: characters that mean something to somebody
--- a
CREATE SCHEMA "50%";
CREATE TABLE "50%"."a\b" ("$1" int, "%s" text, "x;y" int, "--" int, "/*" int, "{}" int, "	" int, "?" int, " " int);
--- b
CREATE SCHEMA "50%";
CREATE TYPE "50%"."%I" AS ENUM ('%L', '$$', '{', '?', ':x', '\n');
CREATE TABLE "50%"."a\b" ("$1" bigint DEFAULT 1 CHECK ("$1" > 0), "%s" varchar(10) DEFAULT '%s $1 $$ \ ?', "x;y" int NOT NULL, "--" bigint, "/*" int UNIQUE, "{}" int, "	" bigint, "?" int, " " int, e "50%"."%I" DEFAULT '$$');
CREATE INDEX "i:x" ON "50%"."a\b" ("--", ("/*" + 1)) WHERE "%s" <> '$body$';
COMMENT ON TABLE "50%"."a\b" IS 'it''s 100% $1 $$ \ {} ; -- /*';
CREATE FUNCTION "50%"."f$"("a b" text DEFAULT '$$') RETURNS text LANGUAGE plpgsql AS $x$ BEGIN RETURN $$ $function$ $$ || '$1'; END $x$;

--- case: names of system catalogs, functions and types
--- a
CREATE TABLE public.pg_class (oid int, relname text);
CREATE TYPE public.date AS ENUM ('today', 'never');
CREATE TYPE public.text AS (a int);
CREATE DOMAIN public.int4 AS bigint;
CREATE FUNCTION public.now() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION public.lower(pg_catalog.text) RETURNS pg_catalog.text LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE TABLE t (a public.date, b pg_catalog.date, c public.text, d pg_catalog.text, e public.int4, f int, g int DEFAULT public.now(), h timestamptz DEFAULT pg_catalog.now());
--- b
CREATE TABLE public.pg_class (oid bigint, relname varchar(10), relkind "char");
CREATE TYPE public.date AS ENUM ('never', 'today');
CREATE TYPE public.text AS (a int, b int);
CREATE DOMAIN public.int4 AS bigint CHECK (VALUE > 0);
CREATE FUNCTION public.now() RETURNS int LANGUAGE sql AS 'SELECT 2';
CREATE FUNCTION public.lower(pg_catalog.text) RETURNS pg_catalog.text LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE TABLE t (a public.date, b pg_catalog.date, c public.text, d pg_catalog.text, e public.int4, f int DEFAULT public.now(), g int, h timestamptz DEFAULT pg_catalog.now());
CREATE INDEX i ON t (public.lower(d), pg_catalog.lower(d));
--- data
INSERT INTO t VALUES ('today', '2024-01-01', NULL, 'd', 1, 2, 3, '2024-01-01');
--- keep
SELECT a::pg_catalog.text, b, d, e, f, g, h FROM t

--- case: keywords
--- a
CREATE TABLE "table" ("column" int PRIMARY KEY, "check" text, "user" text, "primary" int);
CREATE VIEW "view" AS SELECT "column" AS "select", "check" AS "from" FROM "table";
--- b
CREATE TYPE "type" AS ENUM ('null', 'default');
CREATE TABLE "table" ("column" bigint PRIMARY KEY, "check" text CONSTRAINT "constraint" CHECK ("check" <> 'x'), "user" varchar(10), "primary" bigint, "order" "type" DEFAULT 'default');
CREATE INDEX "index" ON "table" ("user", "primary");
CREATE VIEW "view" AS SELECT "column" AS "select", "check" AS "from", "order" AS "where" FROM "table";
CREATE FUNCTION "function"("in" int, "out" int) RETURNS int LANGUAGE sql AS 'SELECT $1';
CREATE SEQUENCE "sequence" OWNED BY "table"."primary";
--- data
INSERT INTO "table" VALUES (1, 'a', 'b', 2);
--- keep
SELECT "column", "check", "user", "primary" FROM "table"

--- case: a constraint and an index with the names of tables
--- a
CREATE TABLE t (a int CONSTRAINT u CHECK (a > 0), b int);
CREATE TABLE v (a int);
CREATE INDEX w ON t (b);
--- b
CREATE TABLE t (a int, b int CONSTRAINT w UNIQUE);
CREATE TABLE u (a int CONSTRAINT v PRIMARY KEY);

--- case: what names are made of changes, the names do not
--- a
CREATE TABLE t (id serial PRIMARY KEY, a int UNIQUE, b int REFERENCES t, c int CHECK (c > 0));
CREATE INDEX ON t (b);
ALTER TABLE t RENAME a TO x;
ALTER TABLE t RENAME c TO y;
ALTER TABLE t RENAME TO u;
--- b
CREATE TABLE u (id serial PRIMARY KEY, x int UNIQUE, b int REFERENCES u, y int CHECK (y > 0));
CREATE INDEX ON u (b);
--- data
INSERT INTO u VALUES (5, 1, NULL, 2);
--- keep
SELECT id, x, b, y FROM u
--- destructive: no
