--- case: upper case and a space
--- a
--- b
CREATE SCHEMA "My Name";
CREATE COLLATION "My Name"."My Name" (LOCALE = 'C');
CREATE CONVERSION "My Name"."My Name" FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
CREATE OPERATOR "My Name".=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq, COMMUTATOR = OPERATOR("My Name".===));
CREATE OPERATOR FAMILY "My Name"."My Name" USING btree;
CREATE OPERATOR CLASS "My Name"."My Namy" FOR TYPE int USING btree FAMILY "My Name"."My Name" AS OPERATOR 1 <, OPERATOR 3 "My Name".===, FUNCTION 1 btint4cmp(int, int);
CREATE TYPE "My Name"."My Name" AS RANGE (SUBTYPE = text, COLLATION = "My Name"."My Name", MULTIRANGE_TYPE_NAME = "My Name"."mMy Nam");
CREATE CAST ("My Name"."My Name" AS date) WITH INOUT;
CREATE TEXT SEARCH PARSER "My Name"."My Name" (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE "My Name"."My Name" (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY "My Name"."My Name" (TEMPLATE = "My Name"."My Name", STOPWORDS = english);
CREATE TEXT SEARCH CONFIGURATION "My Name"."My Name" (PARSER = "My Name"."My Name");
ALTER TEXT SEARCH CONFIGURATION "My Name"."My Name" ADD MAPPING FOR asciiword WITH "My Name"."My Name";
CREATE LANGUAGE "My Name" HANDLER plpgsql_call_handler;
CREATE TRANSFORM FOR "My Name"."My Name" LANGUAGE "My Name" (FROM SQL WITH FUNCTION prsd_lextype(internal));
CREATE FUNCTION "My Name"."My Name"("My Name"."My Name") RETURNS int LANGUAGE "My Name" TRANSFORM FOR TYPE "My Name"."My Name" AS 'BEGIN RETURN 1; END';
CREATE ACCESS METHOD "My Name" TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE "My Name"."tMy Nam" ("My Name" int PRIMARY KEY, "My Namy" text COLLATE "My Name"."My Name", r "My Name"."My Name") USING "My Name";
CREATE INDEX "iMy Nam" ON "My Name"."tMy Nam" ("My Name" "My Name"."My Namy", "My Namy" COLLATE "My Name"."My Name");
CREATE FOREIGN DATA WRAPPER "My Name" OPTIONS ("My Name" 'My Name');
CREATE SERVER "My Name" TYPE 'My Name' VERSION 'My Name' FOREIGN DATA WRAPPER "My Name" OPTIONS ("My Name" 'My Name');
CREATE USER MAPPING FOR alice SERVER "My Name" OPTIONS ("My Name" 'My Name');
CREATE FOREIGN TABLE "My Name"."fMy Nam" ("My Name" int OPTIONS ("My Name" 'My Name')) SERVER "My Name" OPTIONS ("My Name" 'My Name');
CREATE PUBLICATION "My Name" FOR TABLE "My Name"."tMy Nam" ("My Name") WHERE ("My Name" > 1);
CREATE SUBSCRIPTION "My Name" CONNECTION 'host=nowhere' PUBLICATION "My Name", "My Namy" WITH (connect = false, slot_name = NONE);
CREATE FUNCTION "My Name"."My Namy"() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER "My Name" ON sql_drop EXECUTE FUNCTION "My Name"."My Namy"();
ALTER DEFAULT PRIVILEGES IN SCHEMA "My Name" GRANT SELECT ON TABLES TO alice;
COMMENT ON TEXT SEARCH CONFIGURATION "My Name"."My Name" IS 'My Name';
COMMENT ON EVENT TRIGGER "My Name" IS 'My Name';
COMMENT ON CAST ("My Name"."My Name" AS date) IS 'My Name';
COMMENT ON OPERATOR "My Name".=== (int, int) IS 'My Name';

--- case: double quotes
--- a
--- b
CREATE SCHEMA "a""b""""c";
CREATE COLLATION "a""b""""c"."a""b""""c" (LOCALE = 'C');
CREATE CONVERSION "a""b""""c"."a""b""""c" FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
CREATE OPERATOR "a""b""""c".=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq, COMMUTATOR = OPERATOR("a""b""""c".===));
CREATE OPERATOR FAMILY "a""b""""c"."a""b""""c" USING btree;
CREATE OPERATOR CLASS "a""b""""c"."a""b""""y" FOR TYPE int USING btree FAMILY "a""b""""c"."a""b""""c" AS OPERATOR 1 <, OPERATOR 3 "a""b""""c".===, FUNCTION 1 btint4cmp(int, int);
CREATE TYPE "a""b""""c"."a""b""""c" AS RANGE (SUBTYPE = text, COLLATION = "a""b""""c"."a""b""""c", MULTIRANGE_TYPE_NAME = "a""b""""c"."ma""b""""");
CREATE CAST ("a""b""""c"."a""b""""c" AS date) WITH INOUT;
CREATE TEXT SEARCH PARSER "a""b""""c"."a""b""""c" (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE "a""b""""c"."a""b""""c" (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY "a""b""""c"."a""b""""c" (TEMPLATE = "a""b""""c"."a""b""""c", STOPWORDS = english);
CREATE TEXT SEARCH CONFIGURATION "a""b""""c"."a""b""""c" (PARSER = "a""b""""c"."a""b""""c");
ALTER TEXT SEARCH CONFIGURATION "a""b""""c"."a""b""""c" ADD MAPPING FOR asciiword WITH "a""b""""c"."a""b""""c";
CREATE LANGUAGE "a""b""""c" HANDLER plpgsql_call_handler;
CREATE TRANSFORM FOR "a""b""""c"."a""b""""c" LANGUAGE "a""b""""c" (FROM SQL WITH FUNCTION prsd_lextype(internal));
CREATE FUNCTION "a""b""""c"."a""b""""c"("a""b""""c"."a""b""""c") RETURNS int LANGUAGE "a""b""""c" TRANSFORM FOR TYPE "a""b""""c"."a""b""""c" AS 'BEGIN RETURN 1; END';
CREATE ACCESS METHOD "a""b""""c" TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE "a""b""""c"."ta""b""""" ("a""b""""c" int PRIMARY KEY, "a""b""""y" text COLLATE "a""b""""c"."a""b""""c", r "a""b""""c"."a""b""""c") USING "a""b""""c";
CREATE INDEX "ia""b""""" ON "a""b""""c"."ta""b""""" ("a""b""""c" "a""b""""c"."a""b""""y", "a""b""""y" COLLATE "a""b""""c"."a""b""""c");
CREATE FOREIGN DATA WRAPPER "a""b""""c" OPTIONS ("a""b""""c" 'a"b""c');
CREATE SERVER "a""b""""c" TYPE 'a"b""c' VERSION 'a"b""c' FOREIGN DATA WRAPPER "a""b""""c" OPTIONS ("a""b""""c" 'a"b""c');
CREATE USER MAPPING FOR alice SERVER "a""b""""c" OPTIONS ("a""b""""c" 'a"b""c');
CREATE FOREIGN TABLE "a""b""""c"."fa""b""""" ("a""b""""c" int OPTIONS ("a""b""""c" 'a"b""c')) SERVER "a""b""""c" OPTIONS ("a""b""""c" 'a"b""c');
CREATE PUBLICATION "a""b""""c" FOR TABLE "a""b""""c"."ta""b""""" ("a""b""""c") WHERE ("a""b""""c" > 1);
CREATE SUBSCRIPTION "a""b""""c" CONNECTION 'host=nowhere' PUBLICATION "a""b""""c", "a""b""""y" WITH (connect = false, slot_name = NONE);
CREATE FUNCTION "a""b""""c"."a""b""""y"() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER "a""b""""c" ON sql_drop EXECUTE FUNCTION "a""b""""c"."a""b""""y"();
ALTER DEFAULT PRIVILEGES IN SCHEMA "a""b""""c" GRANT SELECT ON TABLES TO alice;
COMMENT ON TEXT SEARCH CONFIGURATION "a""b""""c"."a""b""""c" IS 'a"b""c';
COMMENT ON EVENT TRIGGER "a""b""""c" IS 'a"b""c';
COMMENT ON CAST ("a""b""""c"."a""b""""c" AS date) IS 'a"b""c';
COMMENT ON OPERATOR "a""b""""c".=== (int, int) IS 'a"b""c';

--- case: dots
--- a
--- b
CREATE SCHEMA "a.b.c";
CREATE COLLATION "a.b.c"."a.b.c" (LOCALE = 'C');
CREATE CONVERSION "a.b.c"."a.b.c" FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
CREATE OPERATOR "a.b.c".=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq, COMMUTATOR = OPERATOR("a.b.c".===));
CREATE OPERATOR FAMILY "a.b.c"."a.b.c" USING btree;
CREATE OPERATOR CLASS "a.b.c"."a.b.y" FOR TYPE int USING btree FAMILY "a.b.c"."a.b.c" AS OPERATOR 1 <, OPERATOR 3 "a.b.c".===, FUNCTION 1 btint4cmp(int, int);
CREATE TYPE "a.b.c"."a.b.c" AS RANGE (SUBTYPE = text, COLLATION = "a.b.c"."a.b.c", MULTIRANGE_TYPE_NAME = "a.b.c"."ma.b.");
CREATE CAST ("a.b.c"."a.b.c" AS date) WITH INOUT;
CREATE TEXT SEARCH PARSER "a.b.c"."a.b.c" (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE "a.b.c"."a.b.c" (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY "a.b.c"."a.b.c" (TEMPLATE = "a.b.c"."a.b.c", STOPWORDS = english);
CREATE TEXT SEARCH CONFIGURATION "a.b.c"."a.b.c" (PARSER = "a.b.c"."a.b.c");
ALTER TEXT SEARCH CONFIGURATION "a.b.c"."a.b.c" ADD MAPPING FOR asciiword WITH "a.b.c"."a.b.c";
CREATE LANGUAGE "a.b.c" HANDLER plpgsql_call_handler;
CREATE TRANSFORM FOR "a.b.c"."a.b.c" LANGUAGE "a.b.c" (FROM SQL WITH FUNCTION prsd_lextype(internal));
CREATE FUNCTION "a.b.c"."a.b.c"("a.b.c"."a.b.c") RETURNS int LANGUAGE "a.b.c" TRANSFORM FOR TYPE "a.b.c"."a.b.c" AS 'BEGIN RETURN 1; END';
CREATE ACCESS METHOD "a.b.c" TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE "a.b.c"."ta.b." ("a.b.c" int PRIMARY KEY, "a.b.y" text COLLATE "a.b.c"."a.b.c", r "a.b.c"."a.b.c") USING "a.b.c";
CREATE INDEX "ia.b." ON "a.b.c"."ta.b." ("a.b.c" "a.b.c"."a.b.y", "a.b.y" COLLATE "a.b.c"."a.b.c");
CREATE FOREIGN DATA WRAPPER "a.b.c" OPTIONS ("a.b.c" 'a.b.c');
CREATE SERVER "a.b.c" TYPE 'a.b.c' VERSION 'a.b.c' FOREIGN DATA WRAPPER "a.b.c" OPTIONS ("a.b.c" 'a.b.c');
CREATE USER MAPPING FOR alice SERVER "a.b.c" OPTIONS ("a.b.c" 'a.b.c');
CREATE FOREIGN TABLE "a.b.c"."fa.b." ("a.b.c" int OPTIONS ("a.b.c" 'a.b.c')) SERVER "a.b.c" OPTIONS ("a.b.c" 'a.b.c');
CREATE PUBLICATION "a.b.c" FOR TABLE "a.b.c"."ta.b." ("a.b.c") WHERE ("a.b.c" > 1);
CREATE SUBSCRIPTION "a.b.c" CONNECTION 'host=nowhere' PUBLICATION "a.b.c", "a.b.y" WITH (connect = false, slot_name = NONE);
CREATE FUNCTION "a.b.c"."a.b.y"() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER "a.b.c" ON sql_drop EXECUTE FUNCTION "a.b.c"."a.b.y"();
ALTER DEFAULT PRIVILEGES IN SCHEMA "a.b.c" GRANT SELECT ON TABLES TO alice;
COMMENT ON TEXT SEARCH CONFIGURATION "a.b.c"."a.b.c" IS 'a.b.c';
COMMENT ON EVENT TRIGGER "a.b.c" IS 'a.b.c';
COMMENT ON CAST ("a.b.c"."a.b.c" AS date) IS 'a.b.c';
COMMENT ON OPERATOR "a.b.c".=== (int, int) IS 'a.b.c';

--- case: a reserved word
--- a
--- b
CREATE SCHEMA "select";
CREATE COLLATION "select"."select" (LOCALE = 'C');
CREATE CONVERSION "select"."select" FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
CREATE OPERATOR "select".=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq, COMMUTATOR = OPERATOR("select".===));
CREATE OPERATOR FAMILY "select"."select" USING btree;
CREATE OPERATOR CLASS "select"."order" FOR TYPE int USING btree FAMILY "select"."select" AS OPERATOR 1 <, OPERATOR 3 "select".===, FUNCTION 1 btint4cmp(int, int);
CREATE TYPE "select"."select" AS RANGE (SUBTYPE = text, COLLATION = "select"."select", MULTIRANGE_TYPE_NAME = "select"."mselec");
CREATE CAST ("select"."select" AS date) WITH INOUT;
CREATE TEXT SEARCH PARSER "select"."select" (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE "select"."select" (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY "select"."select" (TEMPLATE = "select"."select", STOPWORDS = english);
CREATE TEXT SEARCH CONFIGURATION "select"."select" (PARSER = "select"."select");
ALTER TEXT SEARCH CONFIGURATION "select"."select" ADD MAPPING FOR asciiword WITH "select"."select";
CREATE LANGUAGE "select" HANDLER plpgsql_call_handler;
CREATE TRANSFORM FOR "select"."select" LANGUAGE "select" (FROM SQL WITH FUNCTION prsd_lextype(internal));
CREATE FUNCTION "select"."select"("select"."select") RETURNS int LANGUAGE "select" TRANSFORM FOR TYPE "select"."select" AS 'BEGIN RETURN 1; END';
CREATE ACCESS METHOD "select" TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE "select"."tselec" ("select" int PRIMARY KEY, "order" text COLLATE "select"."select", r "select"."select") USING "select";
CREATE INDEX "iselec" ON "select"."tselec" ("select" "select"."order", "order" COLLATE "select"."select");
CREATE FOREIGN DATA WRAPPER "select" OPTIONS ("select" 'select');
CREATE SERVER "select" TYPE 'select' VERSION 'select' FOREIGN DATA WRAPPER "select" OPTIONS ("select" 'select');
CREATE USER MAPPING FOR alice SERVER "select" OPTIONS ("select" 'select');
CREATE FOREIGN TABLE "select"."fselec" ("select" int OPTIONS ("select" 'select')) SERVER "select" OPTIONS ("select" 'select');
CREATE PUBLICATION "select" FOR TABLE "select"."tselec" ("select") WHERE ("select" > 1);
CREATE SUBSCRIPTION "select" CONNECTION 'host=nowhere' PUBLICATION "select", "order" WITH (connect = false, slot_name = NONE);
CREATE FUNCTION "select"."order"() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER "select" ON sql_drop EXECUTE FUNCTION "select"."order"();
ALTER DEFAULT PRIVILEGES IN SCHEMA "select" GRANT SELECT ON TABLES TO alice;
COMMENT ON TEXT SEARCH CONFIGURATION "select"."select" IS 'select';
COMMENT ON EVENT TRIGGER "select" IS 'select';
COMMENT ON CAST ("select"."select" AS date) IS 'select';
COMMENT ON OPERATOR "select".=== (int, int) IS 'select';

--- case: 63 bytes
--- a
--- b
CREATE SCHEMA "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
CREATE COLLATION "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" (LOCALE = 'C');
CREATE CONVERSION "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
CREATE OPERATOR "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx".=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq, COMMUTATOR = OPERATOR("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx".===));
CREATE OPERATOR FAMILY "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" USING btree;
CREATE OPERATOR CLASS "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" FOR TYPE int USING btree FAMILY "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" AS OPERATOR 1 <, OPERATOR 3 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx".===, FUNCTION 1 btint4cmp(int, int);
CREATE TYPE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" AS RANGE (SUBTYPE = text, COLLATION = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", MULTIRANGE_TYPE_NAME = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."mxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
CREATE CAST ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" AS date) WITH INOUT;
CREATE TEXT SEARCH PARSER "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" (TEMPLATE = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", STOPWORDS = english);
CREATE TEXT SEARCH CONFIGURATION "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" (PARSER = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
ALTER TEXT SEARCH CONFIGURATION "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ADD MAPPING FOR asciiword WITH "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
CREATE LANGUAGE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" HANDLER plpgsql_call_handler;
CREATE TRANSFORM FOR "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" LANGUAGE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" (FROM SQL WITH FUNCTION prsd_lextype(internal));
CREATE FUNCTION "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx") RETURNS int LANGUAGE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" TRANSFORM FOR TYPE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" AS 'BEGIN RETURN 1; END';
CREATE ACCESS METHOD "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."txxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" int PRIMARY KEY, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" text COLLATE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", r "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx") USING "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
CREATE INDEX "ixxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ON "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."txxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" COLLATE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
CREATE FOREIGN DATA WRAPPER "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" OPTIONS ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx');
CREATE SERVER "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" TYPE 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' VERSION 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' FOREIGN DATA WRAPPER "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" OPTIONS ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx');
CREATE USER MAPPING FOR alice SERVER "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" OPTIONS ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx');
CREATE FOREIGN TABLE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."fxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" int OPTIONS ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx')) SERVER "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" OPTIONS ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx');
CREATE PUBLICATION "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" FOR TABLE "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."txxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx") WHERE ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" > 1);
CREATE SUBSCRIPTION "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" CONNECTION 'host=nowhere' PUBLICATION "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy" WITH (connect = false, slot_name = NONE);
CREATE FUNCTION "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy"() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" ON sql_drop EXECUTE FUNCTION "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxy"();
ALTER DEFAULT PRIVILEGES IN SCHEMA "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" GRANT SELECT ON TABLES TO alice;
COMMENT ON TEXT SEARCH CONFIGURATION "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" IS 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx';
COMMENT ON EVENT TRIGGER "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" IS 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx';
COMMENT ON CAST ("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"."xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" AS date) IS 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx';
COMMENT ON OPERATOR "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx".=== (int, int) IS 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx';

--- case: 63 bytes of two-byte letters
--- a
--- b
CREATE SCHEMA "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx";
CREATE COLLATION "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" (LOCALE = 'C');
CREATE CONVERSION "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
CREATE OPERATOR "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx".=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq, COMMUTATOR = OPERATOR("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx".===));
CREATE OPERATOR FAMILY "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" USING btree;
CREATE OPERATOR CLASS "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy" FOR TYPE int USING btree FAMILY "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" AS OPERATOR 1 <, OPERATOR 3 "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx".===, FUNCTION 1 btint4cmp(int, int);
CREATE TYPE "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" AS RANGE (SUBTYPE = text, COLLATION = "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx", MULTIRANGE_TYPE_NAME = "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."müüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü");
CREATE CAST ("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" AS date) WITH INOUT;
CREATE TEXT SEARCH PARSER "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" (TEMPLATE = "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx", STOPWORDS = english);
CREATE TEXT SEARCH CONFIGURATION "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" (PARSER = "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx");
ALTER TEXT SEARCH CONFIGURATION "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" ADD MAPPING FOR asciiword WITH "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx";
CREATE LANGUAGE "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" HANDLER plpgsql_call_handler;
CREATE TRANSFORM FOR "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" LANGUAGE "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" (FROM SQL WITH FUNCTION prsd_lextype(internal));
CREATE FUNCTION "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx") RETURNS int LANGUAGE "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" TRANSFORM FOR TYPE "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" AS 'BEGIN RETURN 1; END';
CREATE ACCESS METHOD "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."tüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" ("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" int PRIMARY KEY, "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy" text COLLATE "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx", r "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx") USING "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx";
CREATE INDEX "iüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" ON "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."tüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" ("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy", "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy" COLLATE "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx");
CREATE FOREIGN DATA WRAPPER "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" OPTIONS ("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" 'üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx');
CREATE SERVER "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" TYPE 'üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx' VERSION 'üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx' FOREIGN DATA WRAPPER "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" OPTIONS ("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" 'üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx');
CREATE USER MAPPING FOR alice SERVER "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" OPTIONS ("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" 'üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx');
CREATE FOREIGN TABLE "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."füüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" ("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" int OPTIONS ("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" 'üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx')) SERVER "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" OPTIONS ("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" 'üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx');
CREATE PUBLICATION "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" FOR TABLE "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."tüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü" ("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx") WHERE ("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" > 1);
CREATE SUBSCRIPTION "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" CONNECTION 'host=nowhere' PUBLICATION "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx", "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy" WITH (connect = false, slot_name = NONE);
CREATE FUNCTION "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy"() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" ON sql_drop EXECUTE FUNCTION "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüy"();
ALTER DEFAULT PRIVILEGES IN SCHEMA "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" GRANT SELECT ON TABLES TO alice;
COMMENT ON TEXT SEARCH CONFIGURATION "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" IS 'üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx';
COMMENT ON EVENT TRIGGER "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" IS 'üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx';
COMMENT ON CAST ("üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx"."üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx" AS date) IS 'üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx';
COMMENT ON OPERATOR "üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx".=== (int, int) IS 'üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüx';

--- case: characters of other scripts
--- a
--- b
CREATE SCHEMA "名前 🐘 é";
CREATE COLLATION "名前 🐘 é"."名前 🐘 é" (LOCALE = 'C');
CREATE CONVERSION "名前 🐘 é"."名前 🐘 é" FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
CREATE OPERATOR "名前 🐘 é".=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq, COMMUTATOR = OPERATOR("名前 🐘 é".===));
CREATE OPERATOR FAMILY "名前 🐘 é"."名前 🐘 é" USING btree;
CREATE OPERATOR CLASS "名前 🐘 é"."名前 🐘 y" FOR TYPE int USING btree FAMILY "名前 🐘 é"."名前 🐘 é" AS OPERATOR 1 <, OPERATOR 3 "名前 🐘 é".===, FUNCTION 1 btint4cmp(int, int);
CREATE TYPE "名前 🐘 é"."名前 🐘 é" AS RANGE (SUBTYPE = text, COLLATION = "名前 🐘 é"."名前 🐘 é", MULTIRANGE_TYPE_NAME = "名前 🐘 é"."m名前 🐘 ");
CREATE CAST ("名前 🐘 é"."名前 🐘 é" AS date) WITH INOUT;
CREATE TEXT SEARCH PARSER "名前 🐘 é"."名前 🐘 é" (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE "名前 🐘 é"."名前 🐘 é" (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY "名前 🐘 é"."名前 🐘 é" (TEMPLATE = "名前 🐘 é"."名前 🐘 é", STOPWORDS = english);
CREATE TEXT SEARCH CONFIGURATION "名前 🐘 é"."名前 🐘 é" (PARSER = "名前 🐘 é"."名前 🐘 é");
ALTER TEXT SEARCH CONFIGURATION "名前 🐘 é"."名前 🐘 é" ADD MAPPING FOR asciiword WITH "名前 🐘 é"."名前 🐘 é";
CREATE LANGUAGE "名前 🐘 é" HANDLER plpgsql_call_handler;
CREATE TRANSFORM FOR "名前 🐘 é"."名前 🐘 é" LANGUAGE "名前 🐘 é" (FROM SQL WITH FUNCTION prsd_lextype(internal));
CREATE FUNCTION "名前 🐘 é"."名前 🐘 é"("名前 🐘 é"."名前 🐘 é") RETURNS int LANGUAGE "名前 🐘 é" TRANSFORM FOR TYPE "名前 🐘 é"."名前 🐘 é" AS 'BEGIN RETURN 1; END';
CREATE ACCESS METHOD "名前 🐘 é" TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE "名前 🐘 é"."t名前 🐘 " ("名前 🐘 é" int PRIMARY KEY, "名前 🐘 y" text COLLATE "名前 🐘 é"."名前 🐘 é", r "名前 🐘 é"."名前 🐘 é") USING "名前 🐘 é";
CREATE INDEX "i名前 🐘 " ON "名前 🐘 é"."t名前 🐘 " ("名前 🐘 é" "名前 🐘 é"."名前 🐘 y", "名前 🐘 y" COLLATE "名前 🐘 é"."名前 🐘 é");
CREATE FOREIGN DATA WRAPPER "名前 🐘 é" OPTIONS ("名前 🐘 é" '名前 🐘 é');
CREATE SERVER "名前 🐘 é" TYPE '名前 🐘 é' VERSION '名前 🐘 é' FOREIGN DATA WRAPPER "名前 🐘 é" OPTIONS ("名前 🐘 é" '名前 🐘 é');
CREATE USER MAPPING FOR alice SERVER "名前 🐘 é" OPTIONS ("名前 🐘 é" '名前 🐘 é');
CREATE FOREIGN TABLE "名前 🐘 é"."f名前 🐘 " ("名前 🐘 é" int OPTIONS ("名前 🐘 é" '名前 🐘 é')) SERVER "名前 🐘 é" OPTIONS ("名前 🐘 é" '名前 🐘 é');
CREATE PUBLICATION "名前 🐘 é" FOR TABLE "名前 🐘 é"."t名前 🐘 " ("名前 🐘 é") WHERE ("名前 🐘 é" > 1);
CREATE SUBSCRIPTION "名前 🐘 é" CONNECTION 'host=nowhere' PUBLICATION "名前 🐘 é", "名前 🐘 y" WITH (connect = false, slot_name = NONE);
CREATE FUNCTION "名前 🐘 é"."名前 🐘 y"() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER "名前 🐘 é" ON sql_drop EXECUTE FUNCTION "名前 🐘 é"."名前 🐘 y"();
ALTER DEFAULT PRIVILEGES IN SCHEMA "名前 🐘 é" GRANT SELECT ON TABLES TO alice;
COMMENT ON TEXT SEARCH CONFIGURATION "名前 🐘 é"."名前 🐘 é" IS '名前 🐘 é';
COMMENT ON EVENT TRIGGER "名前 🐘 é" IS '名前 🐘 é';
COMMENT ON CAST ("名前 🐘 é"."名前 🐘 é" AS date) IS '名前 🐘 é';
COMMENT ON OPERATOR "名前 🐘 é".=== (int, int) IS '名前 🐘 é';

--- case: quotes, backslashes and dollars
--- a
--- b
CREATE SCHEMA "it's \ $$ $1 $a$";
CREATE COLLATION "it's \ $$ $1 $a$"."it's \ $$ $1 $a$" (LOCALE = 'C');
CREATE CONVERSION "it's \ $$ $1 $a$"."it's \ $$ $1 $a$" FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
CREATE OPERATOR "it's \ $$ $1 $a$".=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq, COMMUTATOR = OPERATOR("it's \ $$ $1 $a$".===));
CREATE OPERATOR FAMILY "it's \ $$ $1 $a$"."it's \ $$ $1 $a$" USING btree;
CREATE OPERATOR CLASS "it's \ $$ $1 $a$"."it's \ $$ $1 $ay" FOR TYPE int USING btree FAMILY "it's \ $$ $1 $a$"."it's \ $$ $1 $a$" AS OPERATOR 1 <, OPERATOR 3 "it's \ $$ $1 $a$".===, FUNCTION 1 btint4cmp(int, int);
CREATE TYPE "it's \ $$ $1 $a$"."it's \ $$ $1 $a$" AS RANGE (SUBTYPE = text, COLLATION = "it's \ $$ $1 $a$"."it's \ $$ $1 $a$", MULTIRANGE_TYPE_NAME = "it's \ $$ $1 $a$"."mit's \ $$ $1 $a");
CREATE CAST ("it's \ $$ $1 $a$"."it's \ $$ $1 $a$" AS date) WITH INOUT;
CREATE TEXT SEARCH PARSER "it's \ $$ $1 $a$"."it's \ $$ $1 $a$" (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE "it's \ $$ $1 $a$"."it's \ $$ $1 $a$" (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY "it's \ $$ $1 $a$"."it's \ $$ $1 $a$" (TEMPLATE = "it's \ $$ $1 $a$"."it's \ $$ $1 $a$", STOPWORDS = english);
CREATE TEXT SEARCH CONFIGURATION "it's \ $$ $1 $a$"."it's \ $$ $1 $a$" (PARSER = "it's \ $$ $1 $a$"."it's \ $$ $1 $a$");
ALTER TEXT SEARCH CONFIGURATION "it's \ $$ $1 $a$"."it's \ $$ $1 $a$" ADD MAPPING FOR asciiword WITH "it's \ $$ $1 $a$"."it's \ $$ $1 $a$";
CREATE LANGUAGE "it's \ $$ $1 $a$" HANDLER plpgsql_call_handler;
CREATE TRANSFORM FOR "it's \ $$ $1 $a$"."it's \ $$ $1 $a$" LANGUAGE "it's \ $$ $1 $a$" (FROM SQL WITH FUNCTION prsd_lextype(internal));
CREATE FUNCTION "it's \ $$ $1 $a$"."it's \ $$ $1 $a$"("it's \ $$ $1 $a$"."it's \ $$ $1 $a$") RETURNS int LANGUAGE "it's \ $$ $1 $a$" TRANSFORM FOR TYPE "it's \ $$ $1 $a$"."it's \ $$ $1 $a$" AS 'BEGIN RETURN 1; END';
CREATE ACCESS METHOD "it's \ $$ $1 $a$" TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE "it's \ $$ $1 $a$"."tit's \ $$ $1 $a" ("it's \ $$ $1 $a$" int PRIMARY KEY, "it's \ $$ $1 $ay" text COLLATE "it's \ $$ $1 $a$"."it's \ $$ $1 $a$", r "it's \ $$ $1 $a$"."it's \ $$ $1 $a$") USING "it's \ $$ $1 $a$";
CREATE INDEX "iit's \ $$ $1 $a" ON "it's \ $$ $1 $a$"."tit's \ $$ $1 $a" ("it's \ $$ $1 $a$" "it's \ $$ $1 $a$"."it's \ $$ $1 $ay", "it's \ $$ $1 $ay" COLLATE "it's \ $$ $1 $a$"."it's \ $$ $1 $a$");
CREATE FOREIGN DATA WRAPPER "it's \ $$ $1 $a$" OPTIONS ("it's \ $$ $1 $a$" 'it''s \ $$ $1 $a$');
CREATE SERVER "it's \ $$ $1 $a$" TYPE 'it''s \ $$ $1 $a$' VERSION 'it''s \ $$ $1 $a$' FOREIGN DATA WRAPPER "it's \ $$ $1 $a$" OPTIONS ("it's \ $$ $1 $a$" 'it''s \ $$ $1 $a$');
CREATE USER MAPPING FOR alice SERVER "it's \ $$ $1 $a$" OPTIONS ("it's \ $$ $1 $a$" 'it''s \ $$ $1 $a$');
CREATE FOREIGN TABLE "it's \ $$ $1 $a$"."fit's \ $$ $1 $a" ("it's \ $$ $1 $a$" int OPTIONS ("it's \ $$ $1 $a$" 'it''s \ $$ $1 $a$')) SERVER "it's \ $$ $1 $a$" OPTIONS ("it's \ $$ $1 $a$" 'it''s \ $$ $1 $a$');
CREATE PUBLICATION "it's \ $$ $1 $a$" FOR TABLE "it's \ $$ $1 $a$"."tit's \ $$ $1 $a" ("it's \ $$ $1 $a$") WHERE ("it's \ $$ $1 $a$" > 1);
CREATE SUBSCRIPTION "it's \ $$ $1 $a$" CONNECTION 'host=nowhere' PUBLICATION "it's \ $$ $1 $a$", "it's \ $$ $1 $ay" WITH (connect = false, slot_name = NONE);
CREATE FUNCTION "it's \ $$ $1 $a$"."it's \ $$ $1 $ay"() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER "it's \ $$ $1 $a$" ON sql_drop EXECUTE FUNCTION "it's \ $$ $1 $a$"."it's \ $$ $1 $ay"();
ALTER DEFAULT PRIVILEGES IN SCHEMA "it's \ $$ $1 $a$" GRANT SELECT ON TABLES TO alice;
COMMENT ON TEXT SEARCH CONFIGURATION "it's \ $$ $1 $a$"."it's \ $$ $1 $a$" IS 'it''s \ $$ $1 $a$';
COMMENT ON EVENT TRIGGER "it's \ $$ $1 $a$" IS 'it''s \ $$ $1 $a$';
COMMENT ON CAST ("it's \ $$ $1 $a$"."it's \ $$ $1 $a$" AS date) IS 'it''s \ $$ $1 $a$';
COMMENT ON OPERATOR "it's \ $$ $1 $a$".=== (int, int) IS 'it''s \ $$ $1 $a$';

--- case: control characters and comments
--- a
--- b
CREATE SCHEMA "a	b
--c /* d */;";
CREATE COLLATION "a	b
--c /* d */;"."a	b
--c /* d */;" (LOCALE = 'C');
CREATE CONVERSION "a	b
--c /* d */;"."a	b
--c /* d */;" FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
CREATE OPERATOR "a	b
--c /* d */;".=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq, COMMUTATOR = OPERATOR("a	b
--c /* d */;".===));
CREATE OPERATOR FAMILY "a	b
--c /* d */;"."a	b
--c /* d */;" USING btree;
CREATE OPERATOR CLASS "a	b
--c /* d */;"."a	b
--c /* d */y" FOR TYPE int USING btree FAMILY "a	b
--c /* d */;"."a	b
--c /* d */;" AS OPERATOR 1 <, OPERATOR 3 "a	b
--c /* d */;".===, FUNCTION 1 btint4cmp(int, int);
CREATE TYPE "a	b
--c /* d */;"."a	b
--c /* d */;" AS RANGE (SUBTYPE = text, COLLATION = "a	b
--c /* d */;"."a	b
--c /* d */;", MULTIRANGE_TYPE_NAME = "a	b
--c /* d */;"."ma	b
--c /* d */");
CREATE CAST ("a	b
--c /* d */;"."a	b
--c /* d */;" AS date) WITH INOUT;
CREATE TEXT SEARCH PARSER "a	b
--c /* d */;"."a	b
--c /* d */;" (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE "a	b
--c /* d */;"."a	b
--c /* d */;" (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY "a	b
--c /* d */;"."a	b
--c /* d */;" (TEMPLATE = "a	b
--c /* d */;"."a	b
--c /* d */;", STOPWORDS = english);
CREATE TEXT SEARCH CONFIGURATION "a	b
--c /* d */;"."a	b
--c /* d */;" (PARSER = "a	b
--c /* d */;"."a	b
--c /* d */;");
ALTER TEXT SEARCH CONFIGURATION "a	b
--c /* d */;"."a	b
--c /* d */;" ADD MAPPING FOR asciiword WITH "a	b
--c /* d */;"."a	b
--c /* d */;";
CREATE LANGUAGE "a	b
--c /* d */;" HANDLER plpgsql_call_handler;
CREATE TRANSFORM FOR "a	b
--c /* d */;"."a	b
--c /* d */;" LANGUAGE "a	b
--c /* d */;" (FROM SQL WITH FUNCTION prsd_lextype(internal));
CREATE FUNCTION "a	b
--c /* d */;"."a	b
--c /* d */;"("a	b
--c /* d */;"."a	b
--c /* d */;") RETURNS int LANGUAGE "a	b
--c /* d */;" TRANSFORM FOR TYPE "a	b
--c /* d */;"."a	b
--c /* d */;" AS 'BEGIN RETURN 1; END';
CREATE ACCESS METHOD "a	b
--c /* d */;" TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE "a	b
--c /* d */;"."ta	b
--c /* d */" ("a	b
--c /* d */;" int PRIMARY KEY, "a	b
--c /* d */y" text COLLATE "a	b
--c /* d */;"."a	b
--c /* d */;", r "a	b
--c /* d */;"."a	b
--c /* d */;") USING "a	b
--c /* d */;";
CREATE INDEX "ia	b
--c /* d */" ON "a	b
--c /* d */;"."ta	b
--c /* d */" ("a	b
--c /* d */;" "a	b
--c /* d */;"."a	b
--c /* d */y", "a	b
--c /* d */y" COLLATE "a	b
--c /* d */;"."a	b
--c /* d */;");
CREATE FOREIGN DATA WRAPPER "a	b
--c /* d */;" OPTIONS ("a	b
--c /* d */;" 'a	b
--c /* d */;');
CREATE SERVER "a	b
--c /* d */;" TYPE 'a	b
--c /* d */;' VERSION 'a	b
--c /* d */;' FOREIGN DATA WRAPPER "a	b
--c /* d */;" OPTIONS ("a	b
--c /* d */;" 'a	b
--c /* d */;');
CREATE USER MAPPING FOR alice SERVER "a	b
--c /* d */;" OPTIONS ("a	b
--c /* d */;" 'a	b
--c /* d */;');
CREATE FOREIGN TABLE "a	b
--c /* d */;"."fa	b
--c /* d */" ("a	b
--c /* d */;" int OPTIONS ("a	b
--c /* d */;" 'a	b
--c /* d */;')) SERVER "a	b
--c /* d */;" OPTIONS ("a	b
--c /* d */;" 'a	b
--c /* d */;');
CREATE PUBLICATION "a	b
--c /* d */;" FOR TABLE "a	b
--c /* d */;"."ta	b
--c /* d */" ("a	b
--c /* d */;") WHERE ("a	b
--c /* d */;" > 1);
CREATE SUBSCRIPTION "a	b
--c /* d */;" CONNECTION 'host=nowhere' PUBLICATION "a	b
--c /* d */;", "a	b
--c /* d */y" WITH (connect = false, slot_name = NONE);
CREATE FUNCTION "a	b
--c /* d */;"."a	b
--c /* d */y"() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER "a	b
--c /* d */;" ON sql_drop EXECUTE FUNCTION "a	b
--c /* d */;"."a	b
--c /* d */y"();
ALTER DEFAULT PRIVILEGES IN SCHEMA "a	b
--c /* d */;" GRANT SELECT ON TABLES TO alice;
COMMENT ON TEXT SEARCH CONFIGURATION "a	b
--c /* d */;"."a	b
--c /* d */;" IS 'a	b
--c /* d */;';
COMMENT ON EVENT TRIGGER "a	b
--c /* d */;" IS 'a	b
--c /* d */;';
COMMENT ON CAST ("a	b
--c /* d */;"."a	b
--c /* d */;" AS date) IS 'a	b
--c /* d */;';
COMMENT ON OPERATOR "a	b
--c /* d */;".=== (int, int) IS 'a	b
--c /* d */;';

--- case: a digit in front and percent signs
--- a
--- b
CREATE SCHEMA "1st %s %I %%";
CREATE COLLATION "1st %s %I %%"."1st %s %I %%" (LOCALE = 'C');
CREATE CONVERSION "1st %s %I %%"."1st %s %I %%" FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
CREATE OPERATOR "1st %s %I %%".=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq, COMMUTATOR = OPERATOR("1st %s %I %%".===));
CREATE OPERATOR FAMILY "1st %s %I %%"."1st %s %I %%" USING btree;
CREATE OPERATOR CLASS "1st %s %I %%"."1st %s %I %y" FOR TYPE int USING btree FAMILY "1st %s %I %%"."1st %s %I %%" AS OPERATOR 1 <, OPERATOR 3 "1st %s %I %%".===, FUNCTION 1 btint4cmp(int, int);
CREATE TYPE "1st %s %I %%"."1st %s %I %%" AS RANGE (SUBTYPE = text, COLLATION = "1st %s %I %%"."1st %s %I %%", MULTIRANGE_TYPE_NAME = "1st %s %I %%"."m1st %s %I %");
CREATE CAST ("1st %s %I %%"."1st %s %I %%" AS date) WITH INOUT;
CREATE TEXT SEARCH PARSER "1st %s %I %%"."1st %s %I %%" (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE "1st %s %I %%"."1st %s %I %%" (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY "1st %s %I %%"."1st %s %I %%" (TEMPLATE = "1st %s %I %%"."1st %s %I %%", STOPWORDS = english);
CREATE TEXT SEARCH CONFIGURATION "1st %s %I %%"."1st %s %I %%" (PARSER = "1st %s %I %%"."1st %s %I %%");
ALTER TEXT SEARCH CONFIGURATION "1st %s %I %%"."1st %s %I %%" ADD MAPPING FOR asciiword WITH "1st %s %I %%"."1st %s %I %%";
CREATE LANGUAGE "1st %s %I %%" HANDLER plpgsql_call_handler;
CREATE TRANSFORM FOR "1st %s %I %%"."1st %s %I %%" LANGUAGE "1st %s %I %%" (FROM SQL WITH FUNCTION prsd_lextype(internal));
CREATE FUNCTION "1st %s %I %%"."1st %s %I %%"("1st %s %I %%"."1st %s %I %%") RETURNS int LANGUAGE "1st %s %I %%" TRANSFORM FOR TYPE "1st %s %I %%"."1st %s %I %%" AS 'BEGIN RETURN 1; END';
CREATE ACCESS METHOD "1st %s %I %%" TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE "1st %s %I %%"."t1st %s %I %" ("1st %s %I %%" int PRIMARY KEY, "1st %s %I %y" text COLLATE "1st %s %I %%"."1st %s %I %%", r "1st %s %I %%"."1st %s %I %%") USING "1st %s %I %%";
CREATE INDEX "i1st %s %I %" ON "1st %s %I %%"."t1st %s %I %" ("1st %s %I %%" "1st %s %I %%"."1st %s %I %y", "1st %s %I %y" COLLATE "1st %s %I %%"."1st %s %I %%");
CREATE FOREIGN DATA WRAPPER "1st %s %I %%" OPTIONS ("1st %s %I %%" '1st %s %I %%');
CREATE SERVER "1st %s %I %%" TYPE '1st %s %I %%' VERSION '1st %s %I %%' FOREIGN DATA WRAPPER "1st %s %I %%" OPTIONS ("1st %s %I %%" '1st %s %I %%');
CREATE USER MAPPING FOR alice SERVER "1st %s %I %%" OPTIONS ("1st %s %I %%" '1st %s %I %%');
CREATE FOREIGN TABLE "1st %s %I %%"."f1st %s %I %" ("1st %s %I %%" int OPTIONS ("1st %s %I %%" '1st %s %I %%')) SERVER "1st %s %I %%" OPTIONS ("1st %s %I %%" '1st %s %I %%');
CREATE PUBLICATION "1st %s %I %%" FOR TABLE "1st %s %I %%"."t1st %s %I %" ("1st %s %I %%") WHERE ("1st %s %I %%" > 1);
CREATE SUBSCRIPTION "1st %s %I %%" CONNECTION 'host=nowhere' PUBLICATION "1st %s %I %%", "1st %s %I %y" WITH (connect = false, slot_name = NONE);
CREATE FUNCTION "1st %s %I %%"."1st %s %I %y"() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER "1st %s %I %%" ON sql_drop EXECUTE FUNCTION "1st %s %I %%"."1st %s %I %y"();
ALTER DEFAULT PRIVILEGES IN SCHEMA "1st %s %I %%" GRANT SELECT ON TABLES TO alice;
COMMENT ON TEXT SEARCH CONFIGURATION "1st %s %I %%"."1st %s %I %%" IS '1st %s %I %%';
COMMENT ON EVENT TRIGGER "1st %s %I %%" IS '1st %s %I %%';
COMMENT ON CAST ("1st %s %I %%"."1st %s %I %%" AS date) IS '1st %s %I %%';
COMMENT ON OPERATOR "1st %s %I %%".=== (int, int) IS '1st %s %I %%';

--- case: only a space
--- a
--- b
CREATE SCHEMA " ";
CREATE COLLATION " "." " (LOCALE = 'C');
CREATE CONVERSION " "." " FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
CREATE OPERATOR " ".=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq, COMMUTATOR = OPERATOR(" ".===));
CREATE OPERATOR FAMILY " "." " USING btree;
CREATE OPERATOR CLASS " "."  " FOR TYPE int USING btree FAMILY " "." " AS OPERATOR 1 <, OPERATOR 3 " ".===, FUNCTION 1 btint4cmp(int, int);
CREATE TYPE " "." " AS RANGE (SUBTYPE = text, COLLATION = " "." ", MULTIRANGE_TYPE_NAME = " "."m");
CREATE CAST (" "." " AS date) WITH INOUT;
CREATE TEXT SEARCH PARSER " "." " (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE " "." " (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY " "." " (TEMPLATE = " "." ", STOPWORDS = english);
CREATE TEXT SEARCH CONFIGURATION " "." " (PARSER = " "." ");
ALTER TEXT SEARCH CONFIGURATION " "." " ADD MAPPING FOR asciiword WITH " "." ";
CREATE LANGUAGE " " HANDLER plpgsql_call_handler;
CREATE TRANSFORM FOR " "." " LANGUAGE " " (FROM SQL WITH FUNCTION prsd_lextype(internal));
CREATE FUNCTION " "." "(" "." ") RETURNS int LANGUAGE " " TRANSFORM FOR TYPE " "." " AS 'BEGIN RETURN 1; END';
CREATE ACCESS METHOD " " TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE " "."t" (" " int PRIMARY KEY, "  " text COLLATE " "." ", r " "." ") USING " ";
CREATE INDEX "i" ON " "."t" (" " " "."  ", "  " COLLATE " "." ");
CREATE FOREIGN DATA WRAPPER " " OPTIONS (" " ' ');
CREATE SERVER " " TYPE ' ' VERSION ' ' FOREIGN DATA WRAPPER " " OPTIONS (" " ' ');
CREATE USER MAPPING FOR alice SERVER " " OPTIONS (" " ' ');
CREATE FOREIGN TABLE " "."f" (" " int OPTIONS (" " ' ')) SERVER " " OPTIONS (" " ' ');
CREATE PUBLICATION " " FOR TABLE " "."t" (" ") WHERE (" " > 1);
CREATE SUBSCRIPTION " " CONNECTION 'host=nowhere' PUBLICATION " ", "  " WITH (connect = false, slot_name = NONE);
CREATE FUNCTION " "."  "() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER " " ON sql_drop EXECUTE FUNCTION " "."  "();
ALTER DEFAULT PRIVILEGES IN SCHEMA " " GRANT SELECT ON TABLES TO alice;
COMMENT ON TEXT SEARCH CONFIGURATION " "." " IS ' ';
COMMENT ON EVENT TRIGGER " " IS ' ';
COMMENT ON CAST (" "." " AS date) IS ' ';
COMMENT ON OPERATOR " ".=== (int, int) IS ' ';

--- case: the name of a column
--- a
--- b
CREATE SCHEMA "user";
CREATE COLLATION "user"."user" (LOCALE = 'C');
CREATE CONVERSION "user"."user" FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
CREATE OPERATOR "user".=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq, COMMUTATOR = OPERATOR("user".===));
CREATE OPERATOR FAMILY "user"."user" USING btree;
CREATE OPERATOR CLASS "user"."table" FOR TYPE int USING btree FAMILY "user"."user" AS OPERATOR 1 <, OPERATOR 3 "user".===, FUNCTION 1 btint4cmp(int, int);
CREATE TYPE "user"."user" AS RANGE (SUBTYPE = text, COLLATION = "user"."user", MULTIRANGE_TYPE_NAME = "user"."muse");
CREATE CAST ("user"."user" AS date) WITH INOUT;
CREATE TEXT SEARCH PARSER "user"."user" (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE "user"."user" (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY "user"."user" (TEMPLATE = "user"."user", STOPWORDS = english);
CREATE TEXT SEARCH CONFIGURATION "user"."user" (PARSER = "user"."user");
ALTER TEXT SEARCH CONFIGURATION "user"."user" ADD MAPPING FOR asciiword WITH "user"."user";
CREATE LANGUAGE "user" HANDLER plpgsql_call_handler;
CREATE TRANSFORM FOR "user"."user" LANGUAGE "user" (FROM SQL WITH FUNCTION prsd_lextype(internal));
CREATE FUNCTION "user"."user"("user"."user") RETURNS int LANGUAGE "user" TRANSFORM FOR TYPE "user"."user" AS 'BEGIN RETURN 1; END';
CREATE ACCESS METHOD "user" TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE "user"."tuse" ("user" int PRIMARY KEY, "table" text COLLATE "user"."user", r "user"."user") USING "user";
CREATE INDEX "iuse" ON "user"."tuse" ("user" "user"."table", "table" COLLATE "user"."user");
CREATE FOREIGN DATA WRAPPER "user" OPTIONS ("user" 'user');
CREATE SERVER "user" TYPE 'user' VERSION 'user' FOREIGN DATA WRAPPER "user" OPTIONS ("user" 'user');
CREATE USER MAPPING FOR alice SERVER "user" OPTIONS ("user" 'user');
CREATE FOREIGN TABLE "user"."fuse" ("user" int OPTIONS ("user" 'user')) SERVER "user" OPTIONS ("user" 'user');
CREATE PUBLICATION "user" FOR TABLE "user"."tuse" ("user") WHERE ("user" > 1);
CREATE SUBSCRIPTION "user" CONNECTION 'host=nowhere' PUBLICATION "user", "table" WITH (connect = false, slot_name = NONE);
CREATE FUNCTION "user"."table"() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER "user" ON sql_drop EXECUTE FUNCTION "user"."table"();
ALTER DEFAULT PRIVILEGES IN SCHEMA "user" GRANT SELECT ON TABLES TO alice;
COMMENT ON TEXT SEARCH CONFIGURATION "user"."user" IS 'user';
COMMENT ON EVENT TRIGGER "user" IS 'user';
COMMENT ON CAST ("user"."user" AS date) IS 'user';
COMMENT ON OPERATOR "user".=== (int, int) IS 'user';
