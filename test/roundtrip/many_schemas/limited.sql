--- case: only one schema is compared
--- both
CREATE SCHEMA app;
CREATE SCHEMA other;
--- a
CREATE TABLE app.t (id int PRIMARY KEY);
CREATE TABLE other.only_a (id int PRIMARY KEY);
--- b
CREATE TABLE app.t (id int PRIMARY KEY, a text);
CREATE TABLE other.only_b (id int PRIMARY KEY);
CREATE EXTENSION hstore;
CREATE PUBLICATION p FOR ALL TABLES;
CREATE FOREIGN DATA WRAPPER w;
--- data
INSERT INTO app.t VALUES (1);
INSERT INTO other.only_a VALUES (1);
--- keep
SELECT t.id, o.id FROM app.t, other.only_a AS o
--- schemas: app

--- case: nothing of the named schemas differs
--- both
CREATE SCHEMA app;
CREATE TABLE app.t (id int PRIMARY KEY);
--- a
CREATE TABLE t (id int PRIMARY KEY);
--- b
CREATE SCHEMA other;
CREATE VIEW other.v AS SELECT id FROM app.t;
--- schemas: app
--- operations:

--- case: two of three
--- a
CREATE SCHEMA s1;
CREATE SCHEMA s2;
CREATE SCHEMA s3;
CREATE TABLE s1.t (id int PRIMARY KEY);
CREATE TABLE s2.t (id int PRIMARY KEY);
CREATE TABLE s3.t (id int PRIMARY KEY);
--- b
CREATE SCHEMA s1;
CREATE SCHEMA s2;
CREATE SCHEMA s3;
CREATE TABLE s1.t (id int PRIMARY KEY, a text);
CREATE TABLE s2.t (id int PRIMARY KEY, s1 int REFERENCES s1.t);
CREATE TABLE s3.t (id int PRIMARY KEY, a text);
--- schemas: s1, s2

--- case: the named schema is new
--- a
CREATE TABLE other (id int PRIMARY KEY);
--- b
CREATE SCHEMA app AUTHORIZATION alice;
CREATE TABLE app.t (id int PRIMARY KEY);
GRANT USAGE ON SCHEMA app TO bob;
COMMENT ON SCHEMA app IS 'new';
--- schemas: app

--- case: what is compared uses what is not
--- both
CREATE SCHEMA app;
CREATE SCHEMA lib;
CREATE TYPE lib.color AS ENUM ('red', 'green');
CREATE DOMAIN lib.positive AS int CHECK (VALUE > 0);
CREATE TABLE lib.base (id int PRIMARY KEY, name text);
CREATE FUNCTION lib.twice(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n * 2';
CREATE FUNCTION lib.tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE SEQUENCE lib.s;
CREATE COLLATION lib.c (LOCALE = 'C');
CREATE EXTENSION citext SCHEMA lib;
CREATE OPERATOR lib.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq);
--- a
CREATE TABLE app.old (id int PRIMARY KEY REFERENCES lib.base);
--- b
CREATE TABLE app.t (id int PRIMARY KEY DEFAULT nextval('lib.s'), c lib.color DEFAULT 'red', p lib.positive, b int REFERENCES lib.base, x text COLLATE lib.c, e lib.citext, g int GENERATED ALWAYS AS (lib.twice(b)) STORED, CONSTRAINT k CHECK (b OPERATOR(lib.===) 1));
CREATE INDEX i ON app.t (lib.twice(b), e);
CREATE VIEW app.v AS SELECT t.id, base.name, lib.twice(t.b) AS d FROM app.t JOIN lib.base ON base.id = t.b;
CREATE TRIGGER g BEFORE INSERT ON app.t FOR EACH ROW EXECUTE FUNCTION lib.tf();
CREATE FUNCTION app.f(lib.color, lib.base) RETURNS SETOF lib.base BEGIN ATOMIC SELECT * FROM lib.base; END;
CREATE TABLE app.child () INHERITS (lib.base);
--- schemas: app

--- case: what is not compared uses what is, and what is used changes
--- both
CREATE SCHEMA app;
CREATE SCHEMA rest;
CREATE TABLE app.t (id int PRIMARY KEY, a int, n int);
CREATE FUNCTION app.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TABLE rest.r (id int PRIMARY KEY REFERENCES app.t, e int DEFAULT app.f());
CREATE VIEW rest.v AS SELECT id, a FROM app.t;
GRANT SELECT ON rest.v TO alice;
--- a
--- b
ALTER TABLE app.t ADD b text;
CREATE OR REPLACE FUNCTION app.f() RETURNS int LANGUAGE sql AS 'SELECT 2';
CREATE INDEX ON app.t (n);
--- data
INSERT INTO app.t VALUES (1, 2, 3);
INSERT INTO rest.r VALUES (1, 2);
--- keep
SELECT r.id, r.e, v.a FROM rest.r JOIN rest.v USING (id)
--- schemas: app

--- case: a table of another schema that is compared has a column of an enum that changes
--- both
CREATE SCHEMA app;
CREATE SCHEMA rest;
--- a
CREATE TYPE app.e AS ENUM ('x', 'y');
CREATE TABLE rest.r (id int PRIMARY KEY, e app.e DEFAULT 'x');
--- b
CREATE TYPE app.e AS ENUM ('y', 'x', 'z');
CREATE TABLE rest.r (id int PRIMARY KEY, e app.e DEFAULT 'x');
--- data
INSERT INTO rest.r VALUES (1, 'x');
--- keep
SELECT id, e::text FROM rest.r
--- schemas: app, rest

--- case: a view of another schema that is compared reads a column whose type changes
--- a
CREATE SCHEMA app;
CREATE SCHEMA rest;
CREATE TABLE app.t (id int PRIMARY KEY, a int);
CREATE VIEW rest.v AS SELECT id, a FROM app.t;
GRANT SELECT ON rest.v TO alice;
COMMENT ON VIEW rest.v IS 'stays';
CREATE VIEW app.w AS SELECT a FROM rest.v;
--- b
CREATE SCHEMA app;
CREATE SCHEMA rest;
CREATE TABLE app.t (id int PRIMARY KEY, a bigint);
CREATE VIEW rest.v AS SELECT id, a FROM app.t;
GRANT SELECT ON rest.v TO alice;
COMMENT ON VIEW rest.v IS 'stays';
CREATE VIEW app.w AS SELECT a FROM rest.v;
--- data
INSERT INTO app.t VALUES (1, 2);
--- keep
SELECT id, a::text FROM rest.v
--- schemas: app, rest

--- case: a foreign key that is not compared refers to a column whose type changes
--- a
CREATE SCHEMA app;
CREATE SCHEMA rest;
CREATE TABLE app.t (id int PRIMARY KEY);
CREATE TABLE rest.r (id int PRIMARY KEY REFERENCES app.t);
--- b
CREATE SCHEMA app;
CREATE SCHEMA rest;
CREATE TABLE app.t (id bigint PRIMARY KEY);
CREATE TABLE rest.r (id int PRIMARY KEY REFERENCES app.t);
--- data
INSERT INTO app.t VALUES (1);
INSERT INTO rest.r VALUES (1);
--- keep
SELECT r.id, (SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND conrelid = 'rest.r'::regclass) FROM rest.r
--- schemas: app

--- case: a function that is not compared stands behind a check and its argument names differ
--- a
CREATE SCHEMA app;
CREATE SCHEMA lib;
CREATE FUNCTION lib.ok(a int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT a > 0';
CREATE TABLE app.t (id int PRIMARY KEY, CONSTRAINT c CHECK (lib.ok(id)));
--- b
CREATE SCHEMA app;
CREATE SCHEMA lib;
CREATE FUNCTION lib.ok(b int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT b > 0';
CREATE TABLE app.t (id int PRIMARY KEY, CONSTRAINT c CHECK (lib.ok(id)));
--- schemas: app
--- operations:

--- case: partitions outside and inside
--- both
CREATE SCHEMA app;
CREATE SCHEMA data;
--- a
CREATE TABLE app.p (id int NOT NULL, a text) PARTITION BY RANGE (id);
CREATE TABLE data.p1 PARTITION OF app.p FOR VALUES FROM (0) TO (10);
--- b
CREATE TABLE app.p (id int NOT NULL, a text) PARTITION BY RANGE (id);
CREATE TABLE data.p1 PARTITION OF app.p FOR VALUES FROM (0) TO (10);
CREATE TABLE app.p2 PARTITION OF app.p FOR VALUES FROM (10) TO (20);
CREATE INDEX i ON app.p (a);
--- data
INSERT INTO app.p VALUES (1, 'x');
--- keep
SELECT * FROM data.p1
--- schemas: app

--- case: default privileges, publications and casts of the named schemas
--- both
CREATE SCHEMA app;
CREATE SCHEMA other;
CREATE TABLE app.t (id int PRIMARY KEY);
CREATE TYPE app.e AS ENUM ('x');
CREATE TYPE other.e AS ENUM ('x');
--- a
--- b
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO alice;
ALTER TABLE app.t ADD a text;
--- schemas: app

--- case: names of schemas that need quotes
--- both
CREATE SCHEMA "My App";
CREATE SCHEMA "a.b";
CREATE SCHEMA app;
--- a
CREATE TABLE "My App".t (id int PRIMARY KEY);
--- b
CREATE TABLE "My App".t (id int PRIMARY KEY, a text);
CREATE TABLE "a.b"."c.d" (id int PRIMARY KEY);
CREATE TABLE app.t (id int PRIMARY KEY);
--- schemas: My App, a.b

--- case: a schema that is not there at all
--- a
CREATE TABLE t (id int PRIMARY KEY);
--- b
CREATE TABLE t (id int PRIMARY KEY, a text);
--- schemas: nowhere
--- operations:
