--- case: everything that can be altered in place
--- both
CREATE SCHEMA "It's a ""b"".c";
SET search_path = "It's a ""b"".c", public;
CREATE FUNCTION "Tr'""ig.f"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION "Ev'""t.f"() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
RESET search_path;
--- a
SET search_path = "It's a ""b"".c", public;
CREATE TYPE "E'""n.m" AS ENUM ('O''"n.e', 'select');
CREATE TYPE "C'""o.m" AS ("A'""t.t" int, "Drop ""it" text);
CREATE DOMAIN "D'""o.m" AS text DEFAULT 'it''s' CONSTRAINT "C'""h.k" CHECK (VALUE <> '''');
CREATE SEQUENCE "S'""e.q" INCREMENT 1;
CREATE TABLE "T'""a.b" ("I'""d.x" int CONSTRAINT "P'""k.x" PRIMARY KEY, "N'""u.m" int DEFAULT 1, "G'""o.ne" text, CONSTRAINT "Ch'""k.c" CHECK ("N'""u.m" > 0));
CREATE INDEX "In'""d.x" ON "T'""a.b" ("N'""u.m");
CREATE VIEW "V'""i.w" AS SELECT "I'""d.x" FROM "T'""a.b";
CREATE FUNCTION "F'""n.c"("a'""r.g" int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TRIGGER "Tr'""ig.t" BEFORE UPDATE OF "N'""u.m" ON "T'""a.b" FOR EACH ROW EXECUTE FUNCTION "Tr'""ig.f"('it''s');
CREATE POLICY "P'""o.l" ON "T'""a.b" USING ("N'""u.m" > 0);
CREATE TEXT SEARCH DICTIONARY "Di'""c.t" (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION "Co'""n.f" (COPY = simple);
CREATE FOREIGN DATA WRAPPER "W'""r.p" OPTIONS ("O'""p.t" 'it''s');
CREATE SERVER "Se'""r.v" VERSION 'it''s' FOREIGN DATA WRAPPER "W'""r.p" OPTIONS ("O'""p.t" 'it''s');
CREATE USER MAPPING FOR alice SERVER "Se'""r.v" OPTIONS ("O'""p.t" 'it''s');
CREATE FOREIGN TABLE "Ft'""a.b" ("C'""o.l" int OPTIONS ("O'""p.t" 'it''s')) SERVER "Se'""r.v" OPTIONS ("O'""p.t" 'it''s');
CREATE PUBLICATION "Pu'""b.l" FOR TABLE "T'""a.b";
CREATE EVENT TRIGGER "Ev'""t.t" ON sql_drop EXECUTE FUNCTION "Ev'""t.f"();
--- b
SET search_path = "It's a ""b"".c", public;
CREATE TYPE "E'""n.m" AS ENUM ('O''"n.e', 'n''"e.w', 'select');
CREATE TYPE "C'""o.m" AS ("A'""t.t" bigint, "N'""e.w" text);
CREATE DOMAIN "D'""o.m" AS text DEFAULT 'it''s not' NOT NULL CONSTRAINT "C'""h.k2" CHECK (VALUE <> '"');
CREATE SEQUENCE "S'""e.q" INCREMENT 2 OWNED BY NONE;
CREATE TABLE "T'""a.b" ("I'""d.x" bigint CONSTRAINT "P'""k.x" PRIMARY KEY, "N'""u.m" int NOT NULL DEFAULT nextval('"It''s a ""b"".c"."S''""e.q"'), "A'""d.d" text COLLATE "C", CONSTRAINT "Ch'""k.c" CHECK ("N'""u.m" > 1));
CREATE INDEX "In'""d.x" ON "T'""a.b" ("N'""u.m" DESC) WITH (fillfactor = 70);
ALTER TABLE "T'""a.b" CLUSTER ON "In'""d.x", ALTER "A'""d.d" SET STATISTICS 50, ALTER "A'""d.d" SET STORAGE external, REPLICA IDENTITY USING INDEX "P'""k.x", ENABLE ROW LEVEL SECURITY;
CREATE VIEW "V'""i.w" WITH (security_barrier) AS SELECT "I'""d.x", "A'""d.d" AS "Co'""l.x" FROM "T'""a.b";
CREATE FUNCTION "F'""n.c"("a'""r.g" int) RETURNS int LANGUAGE sql STABLE SET search_path = "It's a ""b"".c" AS 'SELECT 2';
ALTER FUNCTION "F'""n.c"(int) OWNER TO alice;
CREATE TRIGGER "Tr'""ig.t" BEFORE UPDATE OF "N'""u.m" ON "T'""a.b" FOR EACH ROW EXECUTE FUNCTION "Tr'""ig.f"('it''s');
ALTER TABLE "T'""a.b" DISABLE TRIGGER "Tr'""ig.t";
CREATE POLICY "P'""o.l" ON "T'""a.b" TO bob USING ("A'""d.d" = 'it''s');
COMMENT ON POLICY "P'""o.l" ON "T'""a.b" IS 'it''s';
CREATE TEXT SEARCH DICTIONARY "Di'""c.t" (TEMPLATE = simple, StopWords = english);
CREATE TEXT SEARCH CONFIGURATION "Co'""n.f" (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION "Co'""n.f" ALTER MAPPING FOR asciiword WITH "Di'""c.t", simple;
CREATE FOREIGN DATA WRAPPER "W'""r.p" OPTIONS ("O'""p.t" 'it''s not', "N'""e.w" '"');
CREATE SERVER "Se'""r.v" VERSION 'it''s not' FOREIGN DATA WRAPPER "W'""r.p" OPTIONS ("N'""e.w" 'it''s');
CREATE USER MAPPING FOR alice SERVER "Se'""r.v" OPTIONS ("N'""e.w" 'it''s');
CREATE FOREIGN TABLE "Ft'""a.b" ("C'""o.l" int OPTIONS ("N'""e.w" 'it''s')) SERVER "Se'""r.v" OPTIONS ("N'""e.w" 'it''s');
CREATE PUBLICATION "Pu'""b.l" FOR TABLE "T'""a.b" WHERE ("A'""d.d" = 'it''s') WITH (publish = 'insert');
CREATE EVENT TRIGGER "Ev'""t.t" ON sql_drop EXECUTE FUNCTION "Ev'""t.f"();
ALTER EVENT TRIGGER "Ev'""t.t" DISABLE;
GRANT SELECT ("A'""d.d"), UPDATE ("N'""u.m") ON "T'""a.b" TO alice;
COMMENT ON COLUMN "T'""a.b"."A'""d.d" IS 'it''s "x"';
COMMENT ON CONSTRAINT "C'""h.k2" ON DOMAIN "D'""o.m" IS 'it''s';
--- data
INSERT INTO "It's a ""b"".c"."T'""a.b" VALUES (1, 2, 'x');
--- keep
SELECT "I'""d.x"::text, "N'""u.m" FROM "It's a ""b"".c"."T'""a.b"

--- case: names that differ in case only
--- a
CREATE TABLE users (id int PRIMARY KEY, name text);
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
--- b
CREATE TABLE users (id int PRIMARY KEY, name text, "Name" text, "NAME" text);
CREATE TABLE "Users" (id int PRIMARY KEY, "ID" int);
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION "F"() RETURNS int LANGUAGE sql AS 'SELECT 2';
CREATE INDEX users_name ON users (name);
CREATE INDEX "users_Name" ON users ("Name");
CREATE VIEW v AS SELECT users.name, users."Name", "Users".id FROM users, "Users";

--- case: names of types that the grammar treats as its own
--- a
--- b
CREATE TYPE "char" AS ENUM ('a');
CREATE TYPE "timestamp" AS (x int);
CREATE TYPE "interval" AS ENUM ('i');
CREATE DOMAIN "int" AS text;
CREATE DOMAIN "bit" AS int;
CREATE DOMAIN "numeric" AS int;
CREATE TABLE t (a public."char", b public."timestamp", c public."interval", d public."int", e public."bit", f public."numeric", g "char", h timestamp, i int, j "public"."interval"[]);
CREATE FUNCTION f(a public."int", b int, c public."char", d "char") RETURNS public."bit" LANGUAGE sql AS 'SELECT 1::public."bit"';
CREATE CAST (public."timestamp" AS text) WITH INOUT;

--- case: tables and functions with the names of the system's
--- a
--- b
CREATE TABLE pg_class_copy (oid oid, relname name);
CREATE TABLE "user" (id int PRIMARY KEY);
CREATE TABLE "table" ("column" int, "check" int CHECK ("check" > 0), "default" int DEFAULT 1, "primary" int PRIMARY KEY);
CREATE VIEW pg_tables AS SELECT 1 AS x;
CREATE FUNCTION lower(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION count(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE TABLE t (id int PRIMARY KEY, a text, CONSTRAINT c CHECK (public.lower(a) <> lower('X')));
CREATE INDEX i ON t (public.lower(a), pg_catalog.lower(a));
CREATE VIEW v AS SELECT public.lower(a) AS l1, lower(a) AS l2, count(*) AS n, public.count(1) AS m FROM t GROUP BY a;
