--- case: added, empty
--- a
--- b
CREATE SCHEMA billing;
--- operations: create_schema billing
--- destructive: no

--- case: dropped with all that is in it
--- a
CREATE SCHEMA billing;
CREATE TYPE billing.state AS ENUM ('open', 'paid');
CREATE TABLE billing.invoice (id int PRIMARY KEY, state billing.state NOT NULL DEFAULT 'open');
CREATE FUNCTION billing.count_open() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM billing.invoice';
CREATE VIEW billing.open_invoice AS SELECT id FROM billing.invoice WHERE state = 'open';
--- b
--- destructive: yes
--- hazards: data_loss

--- case: dropped, and another schema used what was in it
--- a
CREATE SCHEMA lib;
CREATE FUNCTION lib.slug(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower(t)';
CREATE TABLE page (id int PRIMARY KEY, title text, CONSTRAINT title_is_lower CHECK (title = lib.slug(title)));
CREATE INDEX page_slug ON page (lib.slug(title));
--- b
CREATE TABLE page (id int PRIMARY KEY, title text);
--- data
INSERT INTO page VALUES (1, 'a'), (2, 'b');
--- keep
SELECT id, title FROM page ORDER BY id

--- case: owner, comment and grants change
--- a
CREATE SCHEMA s;
COMMENT ON SCHEMA s IS 'before';
GRANT USAGE ON SCHEMA s TO bob;
--- b
CREATE SCHEMA s AUTHORIZATION alice;
COMMENT ON SCHEMA s IS 'after';
GRANT USAGE, CREATE ON SCHEMA s TO team WITH GRANT OPTION;
--- destructive: no

--- case: a schema of a role's own, and objects of that role
--- a
--- b
CREATE SCHEMA AUTHORIZATION alice;
CREATE TABLE alice.note (id int PRIMARY KEY);
ALTER TABLE alice.note OWNER TO alice;
GRANT USAGE ON SCHEMA alice TO bob;
GRANT SELECT ON alice.note TO bob;

--- case: names that need quotes
--- a
CREATE SCHEMA "My Schema";
CREATE TABLE "My Schema"."Order" ("Id" int PRIMARY KEY, "user" text, "a ""b""" int);
CREATE VIEW "My Schema"."View" AS SELECT "user" FROM "My Schema"."Order";
--- b
CREATE SCHEMA "My Schema";
CREATE SCHEMA "a.b";
CREATE SCHEMA "select";
CREATE TABLE "My Schema"."Order" ("Id" int PRIMARY KEY, "user" varchar(20), "a ""b""" bigint, "it's" int DEFAULT 1);
CREATE INDEX "An Index" ON "My Schema"."Order" ("user", ("a ""b""" + 1));
CREATE VIEW "My Schema"."View" AS SELECT "user" FROM "My Schema"."Order";
CREATE TABLE "a.b"."c.d" ("e.f" int CONSTRAINT "g.h" CHECK ("e.f" > 0));
CREATE TABLE "select"."from" ("where" int REFERENCES "My Schema"."Order");
--- data
INSERT INTO "My Schema"."Order" VALUES (1, 'x', 2);
--- keep
SELECT "Id", "user", "a ""b""" FROM "My Schema"."Order"

--- case: names in other alphabets, and names as long as can be
--- a
CREATE SCHEMA "données";
CREATE TABLE "données"."Größe" ("höhe" int);
--- b
CREATE SCHEMA "données";
CREATE TABLE "données"."Größe" ("höhe" bigint, "ширина" int CHECK ("ширина" > 0));
CREATE TABLE "表" ("列" text DEFAULT '値');
COMMENT ON TABLE "表" IS 'コメント';
CREATE TABLE n23456789_123456789_123456789_123456789_123456789_123456789_123
    (c23456789_123456789_123456789_123456789_123456789_123456789_123 serial PRIMARY KEY, x int UNIQUE);

--- case: the same names in two schemas
--- both
CREATE SCHEMA one;
CREATE SCHEMA two;
--- a
CREATE TYPE one.kind AS ENUM ('a', 'b');
CREATE TABLE one.item (id int PRIMARY KEY, kind one.kind);
CREATE TABLE two.item (id int PRIMARY KEY, kind one.kind);
CREATE INDEX item_kind ON one.item (kind);
--- b
CREATE TYPE one.kind AS ENUM ('a', 'b');
CREATE TYPE two.kind AS ENUM ('a', 'b', 'c');
CREATE TABLE one.item (id int PRIMARY KEY, kind one.kind);
CREATE TABLE two.item (id int PRIMARY KEY, kind two.kind);
CREATE INDEX item_kind ON two.item (kind);
--- data
INSERT INTO one.item VALUES (1, 'a');
INSERT INTO two.item VALUES (2, 'b');
--- keep
SELECT id, kind::text FROM one.item UNION ALL SELECT id, kind::text FROM two.item ORDER BY 1

--- case: public is dropped
--- a
CREATE TABLE public.t (a int);
CREATE SCHEMA app;
CREATE TABLE app.t (a int);
--- b
DROP SCHEMA public;
CREATE SCHEMA app;
CREATE TABLE app.t (a int);

--- case: the grants of public change
--- a
CREATE TABLE t (a int);
--- b
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO team;
CREATE TABLE t (a int);

--- case: tables of several schemas that refer to one another
--- a
CREATE SCHEMA auth;
CREATE TABLE auth.account (id bigint PRIMARY KEY);
--- b
CREATE SCHEMA auth;
CREATE SCHEMA shop;
CREATE TABLE auth.account (id bigint PRIMARY KEY);
CREATE TABLE shop.purchase (id bigint PRIMARY KEY, account bigint NOT NULL REFERENCES auth.account ON DELETE RESTRICT);
ALTER TABLE auth.account ADD last_purchase bigint REFERENCES shop.purchase ON DELETE SET NULL;
CREATE VIEW auth.buyer AS SELECT a.id, count(p.id) AS purchases
    FROM auth.account a JOIN shop.purchase p ON p.account = a.id GROUP BY a.id;

--- case: a table is in another schema
--- both
CREATE SCHEMA old;
CREATE SCHEMA new;
--- a
CREATE TABLE old.t (id int PRIMARY KEY);
CREATE TABLE u (t int REFERENCES old.t);
CREATE VIEW v AS SELECT id FROM old.t;
--- b
CREATE TABLE new.t (id int PRIMARY KEY);
CREATE TABLE u (t int REFERENCES new.t);
CREATE VIEW v AS SELECT id FROM new.t;
