--- case: only one schema is compared
--- both
CREATE SCHEMA app;
--- a
CREATE TABLE app.t (a int);
--- b
CREATE TABLE app.t (a int, b text);
CREATE TABLE public.other (a int);
CREATE SCHEMA third;
--- schemas: app
--- operations: add_column app.t.b

--- case: the only schema is created
--- a
--- b
CREATE SCHEMA app;
CREATE TABLE app.t (id int PRIMARY KEY);
COMMENT ON SCHEMA app IS 'new';
--- schemas: app

--- case: two of three schemas
--- both
CREATE SCHEMA app;
CREATE SCHEMA log;
CREATE SCHEMA tmp;
--- a
CREATE TABLE app.t (id int PRIMARY KEY);
CREATE TABLE tmp.t (id int);
--- b
CREATE TABLE app.t (id int PRIMARY KEY, name text);
CREATE TABLE log.entry (t int REFERENCES app.t);
--- schemas: app, log

--- case: what is selected uses a type, a function, a table and a sequence of another schema
--- both
CREATE SCHEMA app;
CREATE SCHEMA lib;
CREATE TYPE lib.color AS ENUM ('red', 'green');
CREATE FUNCTION lib.is_good(c lib.color) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE TABLE lib.country (code text PRIMARY KEY);
CREATE SEQUENCE lib.counter;
--- a
CREATE TABLE app.t (id int PRIMARY KEY);
--- b
CREATE TABLE app.t (id int PRIMARY KEY DEFAULT nextval('lib.counter'), color lib.color CHECK (lib.is_good(color)),
    country text REFERENCES lib.country);
CREATE VIEW app.v AS SELECT t.id, c.code FROM app.t JOIN lib.country c ON c.code = t.country WHERE lib.is_good(t.color);
--- schemas: app

--- case: with a name that needs quotes
--- both
CREATE SCHEMA "My App";
--- a
--- b
CREATE TABLE "My App"."T" (a int);
--- schemas: My App
--- operations: create_table "My App"."T"
