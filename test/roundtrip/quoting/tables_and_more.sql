--- case: upper case and a space
--- a
--- b
CREATE SCHEMA "My Name";
CREATE TYPE "My Name"."My Name" AS ENUM ('My Name', 'My Namy');
CREATE TYPE "My Name"."My Namy" AS ("My Name" int, "My Namy" "My Name"."My Name");
CREATE DOMAIN "My Name"."dMy Nam" AS "My Name"."My Name" DEFAULT 'My Name' CONSTRAINT "My Name" CHECK (VALUE <> 'My Namy');
CREATE TABLE "My Name"."tMy Nam" ("My Name" int CONSTRAINT "My Name" PRIMARY KEY, "My Namy" "My Name"."My Name"[] DEFAULT ARRAY['My Name'::"My Name"."My Name"], CONSTRAINT "My Namy" CHECK ("My Name" > 0));
CREATE TABLE "My Name"."uMy Nam" ("My Namy" int CONSTRAINT "My Name" REFERENCES "My Name"."tMy Nam" ("My Name"), "My Name" serial, "i" int GENERATED ALWAYS AS IDENTITY, g int GENERATED ALWAYS AS ("My Namy" + 1) STORED);
CREATE INDEX "iMy Nam" ON "My Name"."uMy Nam" (("My Namy" + 1), "My Name" DESC) INCLUDE (g) WHERE "My Namy" > 1;
CREATE STATISTICS "My Name"."My Name" ON "My Name", "My Namy" FROM "My Name"."tMy Nam";
CREATE VIEW "My Name"."vMy Nam" AS SELECT "My Name" AS "My Namy", "My Namy" AS "My Name" FROM "My Name"."tMy Nam" AS "My Namy";
CREATE MATERIALIZED VIEW "My Name"."mMy Nam" AS SELECT "My Namy" FROM "My Name"."vMy Nam";
CREATE FUNCTION "My Name"."My Name"("My Name" int, OUT "My Namy" "My Name"."My Name") LANGUAGE sql IMMUTABLE AS $body$SELECT 'My Name'::"My Name"."My Name"$body$;
CREATE FUNCTION "My Name"."My Namy"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION "My Name"."rMy Nam"("My Namy" int) RETURNS SETOF int BEGIN ATOMIC SELECT "My Name" FROM "My Name"."tMy Nam" WHERE "My Name" = $1; END;
CREATE PROCEDURE "My Name"."pMy Nam"("My Name" "My Name"."My Namy") LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE "My Name"."aMy Nam"("My Name" int) (SFUNC = int4pl, STYPE = int);
CREATE SEQUENCE "My Name"."sMy Nam" OWNED BY "My Name"."tMy Nam"."My Name";
ALTER TABLE "My Name"."tMy Nam" ALTER "My Name" SET DEFAULT nextval('"My Name"."sMy Nam"');
CREATE TRIGGER "My Name" BEFORE UPDATE OF "My Namy" ON "My Name"."tMy Nam" FOR EACH ROW WHEN (OLD."My Name" > 0) EXECUTE FUNCTION "My Name"."My Namy"('My Name');
CREATE RULE "My Name" AS ON DELETE TO "My Name"."tMy Nam" DO ALSO DELETE FROM "My Name"."uMy Nam" WHERE "My Namy" = OLD."My Name";
CREATE POLICY "My Name" ON "My Name"."tMy Nam" USING ("My Name" > 0);
COMMENT ON COLUMN "My Name"."tMy Nam"."My Name" IS 'My Name';
COMMENT ON TRIGGER "My Name" ON "My Name"."tMy Nam" IS 'My Name';
GRANT SELECT ("My Name") ON "My Name"."tMy Nam" TO alice;

--- case: double quotes
--- a
--- b
CREATE SCHEMA "a""b""""c";
CREATE TYPE "a""b""""c"."a""b""""c" AS ENUM ('a"b""c', 'a"b""y');
CREATE TYPE "a""b""""c"."a""b""""y" AS ("a""b""""c" int, "a""b""""y" "a""b""""c"."a""b""""c");
CREATE DOMAIN "a""b""""c"."da""b""""" AS "a""b""""c"."a""b""""c" DEFAULT 'a"b""c' CONSTRAINT "a""b""""c" CHECK (VALUE <> 'a"b""y');
CREATE TABLE "a""b""""c"."ta""b""""" ("a""b""""c" int CONSTRAINT "a""b""""c" PRIMARY KEY, "a""b""""y" "a""b""""c"."a""b""""c"[] DEFAULT ARRAY['a"b""c'::"a""b""""c"."a""b""""c"], CONSTRAINT "a""b""""y" CHECK ("a""b""""c" > 0));
CREATE TABLE "a""b""""c"."ua""b""""" ("a""b""""y" int CONSTRAINT "a""b""""c" REFERENCES "a""b""""c"."ta""b""""" ("a""b""""c"), "a""b""""c" serial, "i" int GENERATED ALWAYS AS IDENTITY, g int GENERATED ALWAYS AS ("a""b""""y" + 1) STORED);
CREATE INDEX "ia""b""""" ON "a""b""""c"."ua""b""""" (("a""b""""y" + 1), "a""b""""c" DESC) INCLUDE (g) WHERE "a""b""""y" > 1;
CREATE STATISTICS "a""b""""c"."a""b""""c" ON "a""b""""c", "a""b""""y" FROM "a""b""""c"."ta""b""""";
CREATE VIEW "a""b""""c"."va""b""""" AS SELECT "a""b""""c" AS "a""b""""y", "a""b""""y" AS "a""b""""c" FROM "a""b""""c"."ta""b""""" AS "a""b""""y";
CREATE MATERIALIZED VIEW "a""b""""c"."ma""b""""" AS SELECT "a""b""""y" FROM "a""b""""c"."va""b""""";
CREATE FUNCTION "a""b""""c"."a""b""""c"("a""b""""c" int, OUT "a""b""""y" "a""b""""c"."a""b""""c") LANGUAGE sql IMMUTABLE AS $body$SELECT 'a"b""c'::"a""b""""c"."a""b""""c"$body$;
CREATE FUNCTION "a""b""""c"."a""b""""y"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION "a""b""""c"."ra""b"""""("a""b""""y" int) RETURNS SETOF int BEGIN ATOMIC SELECT "a""b""""c" FROM "a""b""""c"."ta""b""""" WHERE "a""b""""c" = $1; END;
CREATE PROCEDURE "a""b""""c"."pa""b"""""("a""b""""c" "a""b""""c"."a""b""""y") LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE "a""b""""c"."aa""b"""""("a""b""""c" int) (SFUNC = int4pl, STYPE = int);
CREATE SEQUENCE "a""b""""c"."sa""b""""" OWNED BY "a""b""""c"."ta""b"""""."a""b""""c";
ALTER TABLE "a""b""""c"."ta""b""""" ALTER "a""b""""c" SET DEFAULT nextval('"a""b""""c"."sa""b"""""');
CREATE TRIGGER "a""b""""c" BEFORE UPDATE OF "a""b""""y" ON "a""b""""c"."ta""b""""" FOR EACH ROW WHEN (OLD."a""b""""c" > 0) EXECUTE FUNCTION "a""b""""c"."a""b""""y"('a"b""c');
CREATE RULE "a""b""""c" AS ON DELETE TO "a""b""""c"."ta""b""""" DO ALSO DELETE FROM "a""b""""c"."ua""b""""" WHERE "a""b""""y" = OLD."a""b""""c";
CREATE POLICY "a""b""""c" ON "a""b""""c"."ta""b""""" USING ("a""b""""c" > 0);
COMMENT ON COLUMN "a""b""""c"."ta""b"""""."a""b""""c" IS 'a"b""c';
COMMENT ON TRIGGER "a""b""""c" ON "a""b""""c"."ta""b""""" IS 'a"b""c';
GRANT SELECT ("a""b""""c") ON "a""b""""c"."ta""b""""" TO alice;

--- case: dots
--- a
--- b
CREATE SCHEMA "a.b.c";
CREATE TYPE "a.b.c"."a.b.c" AS ENUM ('a.b.c', 'a.b.y');
CREATE TYPE "a.b.c"."a.b.y" AS ("a.b.c" int, "a.b.y" "a.b.c"."a.b.c");
CREATE DOMAIN "a.b.c"."da.b." AS "a.b.c"."a.b.c" DEFAULT 'a.b.c' CONSTRAINT "a.b.c" CHECK (VALUE <> 'a.b.y');
CREATE TABLE "a.b.c"."ta.b." ("a.b.c" int CONSTRAINT "a.b.c" PRIMARY KEY, "a.b.y" "a.b.c"."a.b.c"[] DEFAULT ARRAY['a.b.c'::"a.b.c"."a.b.c"], CONSTRAINT "a.b.y" CHECK ("a.b.c" > 0));
CREATE TABLE "a.b.c"."ua.b." ("a.b.y" int CONSTRAINT "a.b.c" REFERENCES "a.b.c"."ta.b." ("a.b.c"), "a.b.c" serial, "i" int GENERATED ALWAYS AS IDENTITY, g int GENERATED ALWAYS AS ("a.b.y" + 1) STORED);
CREATE INDEX "ia.b." ON "a.b.c"."ua.b." (("a.b.y" + 1), "a.b.c" DESC) INCLUDE (g) WHERE "a.b.y" > 1;
CREATE STATISTICS "a.b.c"."a.b.c" ON "a.b.c", "a.b.y" FROM "a.b.c"."ta.b.";
CREATE VIEW "a.b.c"."va.b." AS SELECT "a.b.c" AS "a.b.y", "a.b.y" AS "a.b.c" FROM "a.b.c"."ta.b." AS "a.b.y";
CREATE MATERIALIZED VIEW "a.b.c"."ma.b." AS SELECT "a.b.y" FROM "a.b.c"."va.b.";
CREATE FUNCTION "a.b.c"."a.b.c"("a.b.c" int, OUT "a.b.y" "a.b.c"."a.b.c") LANGUAGE sql IMMUTABLE AS $body$SELECT 'a.b.c'::"a.b.c"."a.b.c"$body$;
CREATE FUNCTION "a.b.c"."a.b.y"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION "a.b.c"."ra.b."("a.b.y" int) RETURNS SETOF int BEGIN ATOMIC SELECT "a.b.c" FROM "a.b.c"."ta.b." WHERE "a.b.c" = $1; END;
CREATE PROCEDURE "a.b.c"."pa.b."("a.b.c" "a.b.c"."a.b.y") LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE "a.b.c"."aa.b."("a.b.c" int) (SFUNC = int4pl, STYPE = int);
CREATE SEQUENCE "a.b.c"."sa.b." OWNED BY "a.b.c"."ta.b."."a.b.c";
ALTER TABLE "a.b.c"."ta.b." ALTER "a.b.c" SET DEFAULT nextval('"a.b.c"."sa.b."');
CREATE TRIGGER "a.b.c" BEFORE UPDATE OF "a.b.y" ON "a.b.c"."ta.b." FOR EACH ROW WHEN (OLD."a.b.c" > 0) EXECUTE FUNCTION "a.b.c"."a.b.y"('a.b.c');
CREATE RULE "a.b.c" AS ON DELETE TO "a.b.c"."ta.b." DO ALSO DELETE FROM "a.b.c"."ua.b." WHERE "a.b.y" = OLD."a.b.c";
CREATE POLICY "a.b.c" ON "a.b.c"."ta.b." USING ("a.b.c" > 0);
COMMENT ON COLUMN "a.b.c"."ta.b."."a.b.c" IS 'a.b.c';
COMMENT ON TRIGGER "a.b.c" ON "a.b.c"."ta.b." IS 'a.b.c';
GRANT SELECT ("a.b.c") ON "a.b.c"."ta.b." TO alice;

--- case: a reserved word
--- a
--- b
CREATE SCHEMA "select";
CREATE TYPE "select"."select" AS ENUM ('select', 'order');
CREATE TYPE "select"."order" AS ("select" int, "order" "select"."select");
CREATE DOMAIN "select"."dselec" AS "select"."select" DEFAULT 'select' CONSTRAINT "select" CHECK (VALUE <> 'order');
CREATE TABLE "select"."tselec" ("select" int CONSTRAINT "select" PRIMARY KEY, "order" "select"."select"[] DEFAULT ARRAY['select'::"select"."select"], CONSTRAINT "order" CHECK ("select" > 0));
CREATE TABLE "select"."uselec" ("order" int CONSTRAINT "select" REFERENCES "select"."tselec" ("select"), "select" serial, "i" int GENERATED ALWAYS AS IDENTITY, g int GENERATED ALWAYS AS ("order" + 1) STORED);
CREATE INDEX "iselec" ON "select"."uselec" (("order" + 1), "select" DESC) INCLUDE (g) WHERE "order" > 1;
CREATE STATISTICS "select"."select" ON "select", "order" FROM "select"."tselec";
CREATE VIEW "select"."vselec" AS SELECT "select" AS "order", "order" AS "select" FROM "select"."tselec" AS "order";
CREATE MATERIALIZED VIEW "select"."mselec" AS SELECT "order" FROM "select"."vselec";
CREATE FUNCTION "select"."select"("select" int, OUT "order" "select"."select") LANGUAGE sql IMMUTABLE AS $body$SELECT 'select'::"select"."select"$body$;
CREATE FUNCTION "select"."order"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION "select"."rselec"("order" int) RETURNS SETOF int BEGIN ATOMIC SELECT "select" FROM "select"."tselec" WHERE "select" = $1; END;
CREATE PROCEDURE "select"."pselec"("select" "select"."order") LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE "select"."aselec"("select" int) (SFUNC = int4pl, STYPE = int);
CREATE SEQUENCE "select"."sselec" OWNED BY "select"."tselec"."select";
ALTER TABLE "select"."tselec" ALTER "select" SET DEFAULT nextval('"select"."sselec"');
CREATE TRIGGER "select" BEFORE UPDATE OF "order" ON "select"."tselec" FOR EACH ROW WHEN (OLD."select" > 0) EXECUTE FUNCTION "select"."order"('select');
CREATE RULE "select" AS ON DELETE TO "select"."tselec" DO ALSO DELETE FROM "select"."uselec" WHERE "order" = OLD."select";
CREATE POLICY "select" ON "select"."tselec" USING ("select" > 0);
COMMENT ON COLUMN "select"."tselec"."select" IS 'select';
COMMENT ON TRIGGER "select" ON "select"."tselec" IS 'select';
GRANT SELECT ("select") ON "select"."tselec" TO alice;

--- case: 63 bytes
--- a
--- b
CREATE SCHEMA "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
CREATE TYPE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" AS ENUM ('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy');
CREATE TYPE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" AS ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" int, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
CREATE DOMAIN "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."dxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" AS "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" DEFAULT 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' CONSTRAINT "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" CHECK (VALUE <> 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy');
CREATE TABLE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."txxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" int CONSTRAINT "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" PRIMARY KEY, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"[] DEFAULT ARRAY['xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'::"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"], CONSTRAINT "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" CHECK ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" > 0));
CREATE TABLE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."uxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" int CONSTRAINT "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" REFERENCES "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."txxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"), "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" serial, "i" int GENERATED ALWAYS AS IDENTITY, g int GENERATED ALWAYS AS ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" + 1) STORED);
CREATE INDEX "ixxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ON "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."uxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" (("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" + 1), "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" DESC) INCLUDE (g) WHERE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" > 1;
CREATE STATISTICS "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ON "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" FROM "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."txxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
CREATE VIEW "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."vxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" AS SELECT "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" AS "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" AS "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" FROM "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."txxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" AS "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy";
CREATE MATERIALIZED VIEW "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."mxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" AS SELECT "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" FROM "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."vxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
CREATE FUNCTION "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" int, OUT "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx") LANGUAGE sql IMMUTABLE AS $body$SELECT 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'::"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"$body$;
CREATE FUNCTION "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."rxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" int) RETURNS SETOF int BEGIN ATOMIC SELECT "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" FROM "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."txxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" WHERE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" = $1; END;
CREATE PROCEDURE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."pxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy") LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."axxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" int) (SFUNC = int4pl, STYPE = int);
CREATE SEQUENCE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."sxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" OWNED BY "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."txxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
ALTER TABLE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."txxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ALTER "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" SET DEFAULT nextval('"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."sxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"');
CREATE TRIGGER "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" BEFORE UPDATE OF "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" ON "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."txxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" FOR EACH ROW WHEN (OLD."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" > 0) EXECUTE FUNCTION "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy"('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx');
CREATE RULE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" AS ON DELETE TO "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."txxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" DO ALSO DELETE FROM "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."uxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" WHERE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" = OLD."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
CREATE POLICY "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ON "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."txxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" USING ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" > 0);
COMMENT ON COLUMN "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."txxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" IS 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx';
COMMENT ON TRIGGER "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ON "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."txxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" IS 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx';
GRANT SELECT ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx") ON "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."txxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" TO alice;

--- case: 63 bytes of two-byte letters
--- a
--- b
CREATE SCHEMA "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx";
CREATE TYPE "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" AS ENUM ('üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx', 'üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy');
CREATE TYPE "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy" AS ("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" int, "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy" "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx");
CREATE DOMAIN "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."düüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" AS "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" DEFAULT 'üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx' CONSTRAINT "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" CHECK (VALUE <> 'üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy');
CREATE TABLE "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."tüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" ("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" int CONSTRAINT "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" PRIMARY KEY, "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy" "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"[] DEFAULT ARRAY['üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx'::"üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"], CONSTRAINT "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy" CHECK ("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" > 0));
CREATE TABLE "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."uüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" ("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy" int CONSTRAINT "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" REFERENCES "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."tüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" ("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"), "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" serial, "i" int GENERATED ALWAYS AS IDENTITY, g int GENERATED ALWAYS AS ("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy" + 1) STORED);
CREATE INDEX "iüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" ON "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."uüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" (("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy" + 1), "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" DESC) INCLUDE (g) WHERE "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy" > 1;
CREATE STATISTICS "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" ON "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx", "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy" FROM "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."tüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü";
CREATE VIEW "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."vüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" AS SELECT "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" AS "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy", "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy" AS "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" FROM "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."tüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" AS "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy";
CREATE MATERIALIZED VIEW "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."müüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" AS SELECT "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy" FROM "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."vüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü";
CREATE FUNCTION "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" int, OUT "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy" "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx") LANGUAGE sql IMMUTABLE AS $body$SELECT 'üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx'::"üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"$body$;
CREATE FUNCTION "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."rüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü"("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy" int) RETURNS SETOF int BEGIN ATOMIC SELECT "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" FROM "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."tüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" WHERE "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" = $1; END;
CREATE PROCEDURE "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."püüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü"("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy") LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."aüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü"("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" int) (SFUNC = int4pl, STYPE = int);
CREATE SEQUENCE "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."süüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" OWNED BY "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."tüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx";
ALTER TABLE "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."tüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" ALTER "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" SET DEFAULT nextval('"üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."süüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü"');
CREATE TRIGGER "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" BEFORE UPDATE OF "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy" ON "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."tüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" FOR EACH ROW WHEN (OLD."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" > 0) EXECUTE FUNCTION "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy"('üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx');
CREATE RULE "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" AS ON DELETE TO "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."tüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" DO ALSO DELETE FROM "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."uüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" WHERE "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy" = OLD."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx";
CREATE POLICY "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" ON "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."tüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" USING ("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" > 0);
COMMENT ON COLUMN "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."tüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" IS 'üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx';
COMMENT ON TRIGGER "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" ON "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."tüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" IS 'üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx';
GRANT SELECT ("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx") ON "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."tüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" TO alice;

--- case: characters of other scripts
--- a
--- b
CREATE SCHEMA "名前 🐘 é";
CREATE TYPE "名前 🐘 é"."名前 🐘 é" AS ENUM ('名前 🐘 é', '名前 🐘 y');
CREATE TYPE "名前 🐘 é"."名前 🐘 y" AS ("名前 🐘 é" int, "名前 🐘 y" "名前 🐘 é"."名前 🐘 é");
CREATE DOMAIN "名前 🐘 é"."d名前 🐘 " AS "名前 🐘 é"."名前 🐘 é" DEFAULT '名前 🐘 é' CONSTRAINT "名前 🐘 é" CHECK (VALUE <> '名前 🐘 y');
CREATE TABLE "名前 🐘 é"."t名前 🐘 " ("名前 🐘 é" int CONSTRAINT "名前 🐘 é" PRIMARY KEY, "名前 🐘 y" "名前 🐘 é"."名前 🐘 é"[] DEFAULT ARRAY['名前 🐘 é'::"名前 🐘 é"."名前 🐘 é"], CONSTRAINT "名前 🐘 y" CHECK ("名前 🐘 é" > 0));
CREATE TABLE "名前 🐘 é"."u名前 🐘 " ("名前 🐘 y" int CONSTRAINT "名前 🐘 é" REFERENCES "名前 🐘 é"."t名前 🐘 " ("名前 🐘 é"), "名前 🐘 é" serial, "i" int GENERATED ALWAYS AS IDENTITY, g int GENERATED ALWAYS AS ("名前 🐘 y" + 1) STORED);
CREATE INDEX "i名前 🐘 " ON "名前 🐘 é"."u名前 🐘 " (("名前 🐘 y" + 1), "名前 🐘 é" DESC) INCLUDE (g) WHERE "名前 🐘 y" > 1;
CREATE STATISTICS "名前 🐘 é"."名前 🐘 é" ON "名前 🐘 é", "名前 🐘 y" FROM "名前 🐘 é"."t名前 🐘 ";
CREATE VIEW "名前 🐘 é"."v名前 🐘 " AS SELECT "名前 🐘 é" AS "名前 🐘 y", "名前 🐘 y" AS "名前 🐘 é" FROM "名前 🐘 é"."t名前 🐘 " AS "名前 🐘 y";
CREATE MATERIALIZED VIEW "名前 🐘 é"."m名前 🐘 " AS SELECT "名前 🐘 y" FROM "名前 🐘 é"."v名前 🐘 ";
CREATE FUNCTION "名前 🐘 é"."名前 🐘 é"("名前 🐘 é" int, OUT "名前 🐘 y" "名前 🐘 é"."名前 🐘 é") LANGUAGE sql IMMUTABLE AS $body$SELECT '名前 🐘 é'::"名前 🐘 é"."名前 🐘 é"$body$;
CREATE FUNCTION "名前 🐘 é"."名前 🐘 y"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION "名前 🐘 é"."r名前 🐘 "("名前 🐘 y" int) RETURNS SETOF int BEGIN ATOMIC SELECT "名前 🐘 é" FROM "名前 🐘 é"."t名前 🐘 " WHERE "名前 🐘 é" = $1; END;
CREATE PROCEDURE "名前 🐘 é"."p名前 🐘 "("名前 🐘 é" "名前 🐘 é"."名前 🐘 y") LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE "名前 🐘 é"."a名前 🐘 "("名前 🐘 é" int) (SFUNC = int4pl, STYPE = int);
CREATE SEQUENCE "名前 🐘 é"."s名前 🐘 " OWNED BY "名前 🐘 é"."t名前 🐘 "."名前 🐘 é";
ALTER TABLE "名前 🐘 é"."t名前 🐘 " ALTER "名前 🐘 é" SET DEFAULT nextval('"名前 🐘 é"."s名前 🐘 "');
CREATE TRIGGER "名前 🐘 é" BEFORE UPDATE OF "名前 🐘 y" ON "名前 🐘 é"."t名前 🐘 " FOR EACH ROW WHEN (OLD."名前 🐘 é" > 0) EXECUTE FUNCTION "名前 🐘 é"."名前 🐘 y"('名前 🐘 é');
CREATE RULE "名前 🐘 é" AS ON DELETE TO "名前 🐘 é"."t名前 🐘 " DO ALSO DELETE FROM "名前 🐘 é"."u名前 🐘 " WHERE "名前 🐘 y" = OLD."名前 🐘 é";
CREATE POLICY "名前 🐘 é" ON "名前 🐘 é"."t名前 🐘 " USING ("名前 🐘 é" > 0);
COMMENT ON COLUMN "名前 🐘 é"."t名前 🐘 "."名前 🐘 é" IS '名前 🐘 é';
COMMENT ON TRIGGER "名前 🐘 é" ON "名前 🐘 é"."t名前 🐘 " IS '名前 🐘 é';
GRANT SELECT ("名前 🐘 é") ON "名前 🐘 é"."t名前 🐘 " TO alice;

--- case: quotes, backslashes and dollars
--- a
--- b
CREATE SCHEMA "it's \ $$ $1 $a$";
CREATE TYPE "it's \ $$ $1 $a$"."it's \ $$ $1 $a$" AS ENUM ('it''s \ $$ $1 $a$', 'it''s \ $$ $1 $ay');
CREATE TYPE "it's \ $$ $1 $a$"."it's \ $$ $1 $ay" AS ("it's \ $$ $1 $a$" int, "it's \ $$ $1 $ay" "it's \ $$ $1 $a$"."it's \ $$ $1 $a$");
CREATE DOMAIN "it's \ $$ $1 $a$"."dit's \ $$ $1 $a" AS "it's \ $$ $1 $a$"."it's \ $$ $1 $a$" DEFAULT 'it''s \ $$ $1 $a$' CONSTRAINT "it's \ $$ $1 $a$" CHECK (VALUE <> 'it''s \ $$ $1 $ay');
CREATE TABLE "it's \ $$ $1 $a$"."tit's \ $$ $1 $a" ("it's \ $$ $1 $a$" int CONSTRAINT "it's \ $$ $1 $a$" PRIMARY KEY, "it's \ $$ $1 $ay" "it's \ $$ $1 $a$"."it's \ $$ $1 $a$"[] DEFAULT ARRAY['it''s \ $$ $1 $a$'::"it's \ $$ $1 $a$"."it's \ $$ $1 $a$"], CONSTRAINT "it's \ $$ $1 $ay" CHECK ("it's \ $$ $1 $a$" > 0));
CREATE TABLE "it's \ $$ $1 $a$"."uit's \ $$ $1 $a" ("it's \ $$ $1 $ay" int CONSTRAINT "it's \ $$ $1 $a$" REFERENCES "it's \ $$ $1 $a$"."tit's \ $$ $1 $a" ("it's \ $$ $1 $a$"), "it's \ $$ $1 $a$" serial, "i" int GENERATED ALWAYS AS IDENTITY, g int GENERATED ALWAYS AS ("it's \ $$ $1 $ay" + 1) STORED);
CREATE INDEX "iit's \ $$ $1 $a" ON "it's \ $$ $1 $a$"."uit's \ $$ $1 $a" (("it's \ $$ $1 $ay" + 1), "it's \ $$ $1 $a$" DESC) INCLUDE (g) WHERE "it's \ $$ $1 $ay" > 1;
CREATE STATISTICS "it's \ $$ $1 $a$"."it's \ $$ $1 $a$" ON "it's \ $$ $1 $a$", "it's \ $$ $1 $ay" FROM "it's \ $$ $1 $a$"."tit's \ $$ $1 $a";
CREATE VIEW "it's \ $$ $1 $a$"."vit's \ $$ $1 $a" AS SELECT "it's \ $$ $1 $a$" AS "it's \ $$ $1 $ay", "it's \ $$ $1 $ay" AS "it's \ $$ $1 $a$" FROM "it's \ $$ $1 $a$"."tit's \ $$ $1 $a" AS "it's \ $$ $1 $ay";
CREATE MATERIALIZED VIEW "it's \ $$ $1 $a$"."mit's \ $$ $1 $a" AS SELECT "it's \ $$ $1 $ay" FROM "it's \ $$ $1 $a$"."vit's \ $$ $1 $a";
CREATE FUNCTION "it's \ $$ $1 $a$"."it's \ $$ $1 $a$"("it's \ $$ $1 $a$" int, OUT "it's \ $$ $1 $ay" "it's \ $$ $1 $a$"."it's \ $$ $1 $a$") LANGUAGE sql IMMUTABLE AS $body$SELECT 'it''s \ $$ $1 $a$'::"it's \ $$ $1 $a$"."it's \ $$ $1 $a$"$body$;
CREATE FUNCTION "it's \ $$ $1 $a$"."it's \ $$ $1 $ay"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION "it's \ $$ $1 $a$"."rit's \ $$ $1 $a"("it's \ $$ $1 $ay" int) RETURNS SETOF int BEGIN ATOMIC SELECT "it's \ $$ $1 $a$" FROM "it's \ $$ $1 $a$"."tit's \ $$ $1 $a" WHERE "it's \ $$ $1 $a$" = $1; END;
CREATE PROCEDURE "it's \ $$ $1 $a$"."pit's \ $$ $1 $a"("it's \ $$ $1 $a$" "it's \ $$ $1 $a$"."it's \ $$ $1 $ay") LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE "it's \ $$ $1 $a$"."ait's \ $$ $1 $a"("it's \ $$ $1 $a$" int) (SFUNC = int4pl, STYPE = int);
CREATE SEQUENCE "it's \ $$ $1 $a$"."sit's \ $$ $1 $a" OWNED BY "it's \ $$ $1 $a$"."tit's \ $$ $1 $a"."it's \ $$ $1 $a$";
ALTER TABLE "it's \ $$ $1 $a$"."tit's \ $$ $1 $a" ALTER "it's \ $$ $1 $a$" SET DEFAULT nextval('"it''s \ $$ $1 $a$"."sit''s \ $$ $1 $a"');
CREATE TRIGGER "it's \ $$ $1 $a$" BEFORE UPDATE OF "it's \ $$ $1 $ay" ON "it's \ $$ $1 $a$"."tit's \ $$ $1 $a" FOR EACH ROW WHEN (OLD."it's \ $$ $1 $a$" > 0) EXECUTE FUNCTION "it's \ $$ $1 $a$"."it's \ $$ $1 $ay"('it''s \ $$ $1 $a$');
CREATE RULE "it's \ $$ $1 $a$" AS ON DELETE TO "it's \ $$ $1 $a$"."tit's \ $$ $1 $a" DO ALSO DELETE FROM "it's \ $$ $1 $a$"."uit's \ $$ $1 $a" WHERE "it's \ $$ $1 $ay" = OLD."it's \ $$ $1 $a$";
CREATE POLICY "it's \ $$ $1 $a$" ON "it's \ $$ $1 $a$"."tit's \ $$ $1 $a" USING ("it's \ $$ $1 $a$" > 0);
COMMENT ON COLUMN "it's \ $$ $1 $a$"."tit's \ $$ $1 $a"."it's \ $$ $1 $a$" IS 'it''s \ $$ $1 $a$';
COMMENT ON TRIGGER "it's \ $$ $1 $a$" ON "it's \ $$ $1 $a$"."tit's \ $$ $1 $a" IS 'it''s \ $$ $1 $a$';
GRANT SELECT ("it's \ $$ $1 $a$") ON "it's \ $$ $1 $a$"."tit's \ $$ $1 $a" TO alice;

--- case: control characters and comments
--- a
--- b
CREATE SCHEMA "a	b
--c /* d */;";
CREATE TYPE "a	b
--c /* d */;"."a	b
--c /* d */;" AS ENUM ('a	b
--c /* d */;', 'a	b
--c /* d */y');
CREATE TYPE "a	b
--c /* d */;"."a	b
--c /* d */y" AS ("a	b
--c /* d */;" int, "a	b
--c /* d */y" "a	b
--c /* d */;"."a	b
--c /* d */;");
CREATE DOMAIN "a	b
--c /* d */;"."da	b
--c /* d */" AS "a	b
--c /* d */;"."a	b
--c /* d */;" DEFAULT 'a	b
--c /* d */;' CONSTRAINT "a	b
--c /* d */;" CHECK (VALUE <> 'a	b
--c /* d */y');
CREATE TABLE "a	b
--c /* d */;"."ta	b
--c /* d */" ("a	b
--c /* d */;" int CONSTRAINT "a	b
--c /* d */;" PRIMARY KEY, "a	b
--c /* d */y" "a	b
--c /* d */;"."a	b
--c /* d */;"[] DEFAULT ARRAY['a	b
--c /* d */;'::"a	b
--c /* d */;"."a	b
--c /* d */;"], CONSTRAINT "a	b
--c /* d */y" CHECK ("a	b
--c /* d */;" > 0));
CREATE TABLE "a	b
--c /* d */;"."ua	b
--c /* d */" ("a	b
--c /* d */y" int CONSTRAINT "a	b
--c /* d */;" REFERENCES "a	b
--c /* d */;"."ta	b
--c /* d */" ("a	b
--c /* d */;"), "a	b
--c /* d */;" serial, "i" int GENERATED ALWAYS AS IDENTITY, g int GENERATED ALWAYS AS ("a	b
--c /* d */y" + 1) STORED);
CREATE INDEX "ia	b
--c /* d */" ON "a	b
--c /* d */;"."ua	b
--c /* d */" (("a	b
--c /* d */y" + 1), "a	b
--c /* d */;" DESC) INCLUDE (g) WHERE "a	b
--c /* d */y" > 1;
CREATE STATISTICS "a	b
--c /* d */;"."a	b
--c /* d */;" ON "a	b
--c /* d */;", "a	b
--c /* d */y" FROM "a	b
--c /* d */;"."ta	b
--c /* d */";
CREATE VIEW "a	b
--c /* d */;"."va	b
--c /* d */" AS SELECT "a	b
--c /* d */;" AS "a	b
--c /* d */y", "a	b
--c /* d */y" AS "a	b
--c /* d */;" FROM "a	b
--c /* d */;"."ta	b
--c /* d */" AS "a	b
--c /* d */y";
CREATE MATERIALIZED VIEW "a	b
--c /* d */;"."ma	b
--c /* d */" AS SELECT "a	b
--c /* d */y" FROM "a	b
--c /* d */;"."va	b
--c /* d */";
CREATE FUNCTION "a	b
--c /* d */;"."a	b
--c /* d */;"("a	b
--c /* d */;" int, OUT "a	b
--c /* d */y" "a	b
--c /* d */;"."a	b
--c /* d */;") LANGUAGE sql IMMUTABLE AS $body$SELECT 'a	b
--c /* d */;'::"a	b
--c /* d */;"."a	b
--c /* d */;"$body$;
CREATE FUNCTION "a	b
--c /* d */;"."a	b
--c /* d */y"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION "a	b
--c /* d */;"."ra	b
--c /* d */"("a	b
--c /* d */y" int) RETURNS SETOF int BEGIN ATOMIC SELECT "a	b
--c /* d */;" FROM "a	b
--c /* d */;"."ta	b
--c /* d */" WHERE "a	b
--c /* d */;" = $1; END;
CREATE PROCEDURE "a	b
--c /* d */;"."pa	b
--c /* d */"("a	b
--c /* d */;" "a	b
--c /* d */;"."a	b
--c /* d */y") LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE "a	b
--c /* d */;"."aa	b
--c /* d */"("a	b
--c /* d */;" int) (SFUNC = int4pl, STYPE = int);
CREATE SEQUENCE "a	b
--c /* d */;"."sa	b
--c /* d */" OWNED BY "a	b
--c /* d */;"."ta	b
--c /* d */"."a	b
--c /* d */;";
ALTER TABLE "a	b
--c /* d */;"."ta	b
--c /* d */" ALTER "a	b
--c /* d */;" SET DEFAULT nextval('"a	b
--c /* d */;"."sa	b
--c /* d */"');
CREATE TRIGGER "a	b
--c /* d */;" BEFORE UPDATE OF "a	b
--c /* d */y" ON "a	b
--c /* d */;"."ta	b
--c /* d */" FOR EACH ROW WHEN (OLD."a	b
--c /* d */;" > 0) EXECUTE FUNCTION "a	b
--c /* d */;"."a	b
--c /* d */y"('a	b
--c /* d */;');
CREATE RULE "a	b
--c /* d */;" AS ON DELETE TO "a	b
--c /* d */;"."ta	b
--c /* d */" DO ALSO DELETE FROM "a	b
--c /* d */;"."ua	b
--c /* d */" WHERE "a	b
--c /* d */y" = OLD."a	b
--c /* d */;";
CREATE POLICY "a	b
--c /* d */;" ON "a	b
--c /* d */;"."ta	b
--c /* d */" USING ("a	b
--c /* d */;" > 0);
COMMENT ON COLUMN "a	b
--c /* d */;"."ta	b
--c /* d */"."a	b
--c /* d */;" IS 'a	b
--c /* d */;';
COMMENT ON TRIGGER "a	b
--c /* d */;" ON "a	b
--c /* d */;"."ta	b
--c /* d */" IS 'a	b
--c /* d */;';
GRANT SELECT ("a	b
--c /* d */;") ON "a	b
--c /* d */;"."ta	b
--c /* d */" TO alice;

--- case: a digit in front and percent signs
--- a
--- b
CREATE SCHEMA "1st %s %I %%";
CREATE TYPE "1st %s %I %%"."1st %s %I %%" AS ENUM ('1st %s %I %%', '1st %s %I %y');
CREATE TYPE "1st %s %I %%"."1st %s %I %y" AS ("1st %s %I %%" int, "1st %s %I %y" "1st %s %I %%"."1st %s %I %%");
CREATE DOMAIN "1st %s %I %%"."d1st %s %I %" AS "1st %s %I %%"."1st %s %I %%" DEFAULT '1st %s %I %%' CONSTRAINT "1st %s %I %%" CHECK (VALUE <> '1st %s %I %y');
CREATE TABLE "1st %s %I %%"."t1st %s %I %" ("1st %s %I %%" int CONSTRAINT "1st %s %I %%" PRIMARY KEY, "1st %s %I %y" "1st %s %I %%"."1st %s %I %%"[] DEFAULT ARRAY['1st %s %I %%'::"1st %s %I %%"."1st %s %I %%"], CONSTRAINT "1st %s %I %y" CHECK ("1st %s %I %%" > 0));
CREATE TABLE "1st %s %I %%"."u1st %s %I %" ("1st %s %I %y" int CONSTRAINT "1st %s %I %%" REFERENCES "1st %s %I %%"."t1st %s %I %" ("1st %s %I %%"), "1st %s %I %%" serial, "i" int GENERATED ALWAYS AS IDENTITY, g int GENERATED ALWAYS AS ("1st %s %I %y" + 1) STORED);
CREATE INDEX "i1st %s %I %" ON "1st %s %I %%"."u1st %s %I %" (("1st %s %I %y" + 1), "1st %s %I %%" DESC) INCLUDE (g) WHERE "1st %s %I %y" > 1;
CREATE STATISTICS "1st %s %I %%"."1st %s %I %%" ON "1st %s %I %%", "1st %s %I %y" FROM "1st %s %I %%"."t1st %s %I %";
CREATE VIEW "1st %s %I %%"."v1st %s %I %" AS SELECT "1st %s %I %%" AS "1st %s %I %y", "1st %s %I %y" AS "1st %s %I %%" FROM "1st %s %I %%"."t1st %s %I %" AS "1st %s %I %y";
CREATE MATERIALIZED VIEW "1st %s %I %%"."m1st %s %I %" AS SELECT "1st %s %I %y" FROM "1st %s %I %%"."v1st %s %I %";
CREATE FUNCTION "1st %s %I %%"."1st %s %I %%"("1st %s %I %%" int, OUT "1st %s %I %y" "1st %s %I %%"."1st %s %I %%") LANGUAGE sql IMMUTABLE AS $body$SELECT '1st %s %I %%'::"1st %s %I %%"."1st %s %I %%"$body$;
CREATE FUNCTION "1st %s %I %%"."1st %s %I %y"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION "1st %s %I %%"."r1st %s %I %"("1st %s %I %y" int) RETURNS SETOF int BEGIN ATOMIC SELECT "1st %s %I %%" FROM "1st %s %I %%"."t1st %s %I %" WHERE "1st %s %I %%" = $1; END;
CREATE PROCEDURE "1st %s %I %%"."p1st %s %I %"("1st %s %I %%" "1st %s %I %%"."1st %s %I %y") LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE "1st %s %I %%"."a1st %s %I %"("1st %s %I %%" int) (SFUNC = int4pl, STYPE = int);
CREATE SEQUENCE "1st %s %I %%"."s1st %s %I %" OWNED BY "1st %s %I %%"."t1st %s %I %"."1st %s %I %%";
ALTER TABLE "1st %s %I %%"."t1st %s %I %" ALTER "1st %s %I %%" SET DEFAULT nextval('"1st %s %I %%"."s1st %s %I %"');
CREATE TRIGGER "1st %s %I %%" BEFORE UPDATE OF "1st %s %I %y" ON "1st %s %I %%"."t1st %s %I %" FOR EACH ROW WHEN (OLD."1st %s %I %%" > 0) EXECUTE FUNCTION "1st %s %I %%"."1st %s %I %y"('1st %s %I %%');
CREATE RULE "1st %s %I %%" AS ON DELETE TO "1st %s %I %%"."t1st %s %I %" DO ALSO DELETE FROM "1st %s %I %%"."u1st %s %I %" WHERE "1st %s %I %y" = OLD."1st %s %I %%";
CREATE POLICY "1st %s %I %%" ON "1st %s %I %%"."t1st %s %I %" USING ("1st %s %I %%" > 0);
COMMENT ON COLUMN "1st %s %I %%"."t1st %s %I %"."1st %s %I %%" IS '1st %s %I %%';
COMMENT ON TRIGGER "1st %s %I %%" ON "1st %s %I %%"."t1st %s %I %" IS '1st %s %I %%';
GRANT SELECT ("1st %s %I %%") ON "1st %s %I %%"."t1st %s %I %" TO alice;

--- case: only a space
--- a
--- b
CREATE SCHEMA " ";
CREATE TYPE " "." " AS ENUM (' ', '  ');
CREATE TYPE " "."  " AS (" " int, "  " " "." ");
CREATE DOMAIN " "."d" AS " "." " DEFAULT ' ' CONSTRAINT " " CHECK (VALUE <> '  ');
CREATE TABLE " "."t" (" " int CONSTRAINT " " PRIMARY KEY, "  " " "." "[] DEFAULT ARRAY[' '::" "." "], CONSTRAINT "  " CHECK (" " > 0));
CREATE TABLE " "."u" ("  " int CONSTRAINT " " REFERENCES " "."t" (" "), " " serial, "i" int GENERATED ALWAYS AS IDENTITY, g int GENERATED ALWAYS AS ("  " + 1) STORED);
CREATE INDEX "i" ON " "."u" (("  " + 1), " " DESC) INCLUDE (g) WHERE "  " > 1;
CREATE STATISTICS " "." " ON " ", "  " FROM " "."t";
CREATE VIEW " "."v" AS SELECT " " AS "  ", "  " AS " " FROM " "."t" AS "  ";
CREATE MATERIALIZED VIEW " "."m" AS SELECT "  " FROM " "."v";
CREATE FUNCTION " "." "(" " int, OUT "  " " "." ") LANGUAGE sql IMMUTABLE AS $body$SELECT ' '::" "." "$body$;
CREATE FUNCTION " "."  "() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION " "."r"("  " int) RETURNS SETOF int BEGIN ATOMIC SELECT " " FROM " "."t" WHERE " " = $1; END;
CREATE PROCEDURE " "."p"(" " " "."  ") LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE " "."a"(" " int) (SFUNC = int4pl, STYPE = int);
CREATE SEQUENCE " "."s" OWNED BY " "."t"." ";
ALTER TABLE " "."t" ALTER " " SET DEFAULT nextval('" "."s"');
CREATE TRIGGER " " BEFORE UPDATE OF "  " ON " "."t" FOR EACH ROW WHEN (OLD." " > 0) EXECUTE FUNCTION " "."  "(' ');
CREATE RULE " " AS ON DELETE TO " "."t" DO ALSO DELETE FROM " "."u" WHERE "  " = OLD." ";
CREATE POLICY " " ON " "."t" USING (" " > 0);
COMMENT ON COLUMN " "."t"." " IS ' ';
COMMENT ON TRIGGER " " ON " "."t" IS ' ';
GRANT SELECT (" ") ON " "."t" TO alice;

--- case: the name of a column
--- a
--- b
CREATE SCHEMA "user";
CREATE TYPE "user"."user" AS ENUM ('user', 'table');
CREATE TYPE "user"."table" AS ("user" int, "table" "user"."user");
CREATE DOMAIN "user"."duse" AS "user"."user" DEFAULT 'user' CONSTRAINT "user" CHECK (VALUE <> 'table');
CREATE TABLE "user"."tuse" ("user" int CONSTRAINT "user" PRIMARY KEY, "table" "user"."user"[] DEFAULT ARRAY['user'::"user"."user"], CONSTRAINT "table" CHECK ("user" > 0));
CREATE TABLE "user"."uuse" ("table" int CONSTRAINT "user" REFERENCES "user"."tuse" ("user"), "user" serial, "i" int GENERATED ALWAYS AS IDENTITY, g int GENERATED ALWAYS AS ("table" + 1) STORED);
CREATE INDEX "iuse" ON "user"."uuse" (("table" + 1), "user" DESC) INCLUDE (g) WHERE "table" > 1;
CREATE STATISTICS "user"."user" ON "user", "table" FROM "user"."tuse";
CREATE VIEW "user"."vuse" AS SELECT "user" AS "table", "table" AS "user" FROM "user"."tuse" AS "table";
CREATE MATERIALIZED VIEW "user"."muse" AS SELECT "table" FROM "user"."vuse";
CREATE FUNCTION "user"."user"("user" int, OUT "table" "user"."user") LANGUAGE sql IMMUTABLE AS $body$SELECT 'user'::"user"."user"$body$;
CREATE FUNCTION "user"."table"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION "user"."ruse"("table" int) RETURNS SETOF int BEGIN ATOMIC SELECT "user" FROM "user"."tuse" WHERE "user" = $1; END;
CREATE PROCEDURE "user"."puse"("user" "user"."table") LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE "user"."ause"("user" int) (SFUNC = int4pl, STYPE = int);
CREATE SEQUENCE "user"."suse" OWNED BY "user"."tuse"."user";
ALTER TABLE "user"."tuse" ALTER "user" SET DEFAULT nextval('"user"."suse"');
CREATE TRIGGER "user" BEFORE UPDATE OF "table" ON "user"."tuse" FOR EACH ROW WHEN (OLD."user" > 0) EXECUTE FUNCTION "user"."table"('user');
CREATE RULE "user" AS ON DELETE TO "user"."tuse" DO ALSO DELETE FROM "user"."uuse" WHERE "table" = OLD."user";
CREATE POLICY "user" ON "user"."tuse" USING ("user" > 0);
COMMENT ON COLUMN "user"."tuse"."user" IS 'user';
COMMENT ON TRIGGER "user" ON "user"."tuse" IS 'user';
GRANT SELECT ("user") ON "user"."tuse" TO alice;
