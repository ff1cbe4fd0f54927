--- case: added and dropped
--- both
CREATE TYPE pair AS (a int, b int);
CREATE FUNCTION from_sql(internal) RETURNS internal LANGUAGE internal IMMUTABLE STRICT AS 'prsd_lextype';
CREATE FUNCTION to_pair(internal) RETURNS pair LANGUAGE internal IMMUTABLE STRICT AS 'int4recv';
--- a
CREATE TRANSFORM FOR int LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int4recv(internal));
--- b
CREATE TRANSFORM FOR pair LANGUAGE sql (FROM SQL WITH FUNCTION from_sql(internal), TO SQL WITH FUNCTION to_pair(internal));
CREATE TRANSFORM FOR pair LANGUAGE plpgsql (FROM SQL WITH FUNCTION from_sql(internal));
CREATE TRANSFORM FOR bigint LANGUAGE plpgsql (TO SQL WITH FUNCTION int8recv(internal));
COMMENT ON TRANSFORM FOR pair LANGUAGE sql IS 'a comment';

--- case: its functions change
--- both
CREATE FUNCTION from_sql(internal) RETURNS internal LANGUAGE internal IMMUTABLE STRICT AS 'prsd_lextype';
--- a
CREATE TRANSFORM FOR int LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int4recv(internal));
CREATE TRANSFORM FOR int LANGUAGE plpgsql (TO SQL WITH FUNCTION int4recv(internal));
COMMENT ON TRANSFORM FOR int LANGUAGE sql IS 'stays';
--- b
CREATE TRANSFORM FOR int LANGUAGE sql (FROM SQL WITH FUNCTION from_sql(internal), TO SQL WITH FUNCTION int4recv(internal));
CREATE TRANSFORM FOR int LANGUAGE plpgsql (FROM SQL WITH FUNCTION from_sql(internal));
COMMENT ON TRANSFORM FOR int LANGUAGE sql IS 'stays';

--- case: a function that uses it
--- a
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT $1';
--- b
CREATE FUNCTION from_sql(internal) RETURNS internal LANGUAGE internal IMMUTABLE STRICT AS 'prsd_lextype';
CREATE TRANSFORM FOR int LANGUAGE sql (FROM SQL WITH FUNCTION from_sql(internal), TO SQL WITH FUNCTION int4recv(internal));
CREATE TRANSFORM FOR bigint LANGUAGE sql (FROM SQL WITH FUNCTION from_sql(internal), TO SQL WITH FUNCTION int8recv(internal));
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql TRANSFORM FOR TYPE int AS 'SELECT $1';
CREATE FUNCTION a(int, bigint) RETURNS int LANGUAGE sql TRANSFORM FOR TYPE int, FOR TYPE bigint AS 'SELECT $1';

--- case: a used one changes
--- a
CREATE TRANSFORM FOR int LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int4recv(internal));
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql TRANSFORM FOR TYPE int AS 'SELECT $1';
CREATE VIEW v AS SELECT f(1) AS x;
--- b
CREATE TRANSFORM FOR int LANGUAGE sql (TO SQL WITH FUNCTION int4recv(internal));
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql TRANSFORM FOR TYPE int AS 'SELECT $1';
CREATE VIEW v AS SELECT f(1) AS x;

--- case: together with its language and its type
--- a
--- b
CREATE SCHEMA s;
CREATE TRUSTED LANGUAGE plx HANDLER plpgsql_call_handler;
CREATE TYPE s."My Type" AS ENUM ('x');
CREATE FUNCTION s.from_sql(internal) RETURNS internal LANGUAGE internal IMMUTABLE STRICT AS 'prsd_lextype';
CREATE FUNCTION s.to_sql(internal) RETURNS s."My Type" LANGUAGE internal IMMUTABLE STRICT AS 'int4recv';
CREATE TRANSFORM FOR s."My Type" LANGUAGE plx (FROM SQL WITH FUNCTION s.from_sql(internal), TO SQL WITH FUNCTION s.to_sql(internal));
CREATE FUNCTION f(s."My Type") RETURNS int LANGUAGE plx TRANSFORM FOR TYPE s."My Type" AS 'BEGIN RETURN 1; END';

--- case: the type of a transform is replaced
--- a
CREATE TYPE e AS ENUM ('a', 'b');
CREATE FUNCTION to_e(internal) RETURNS e LANGUAGE internal IMMUTABLE STRICT AS 'int4recv';
CREATE TRANSFORM FOR e LANGUAGE sql (TO SQL WITH FUNCTION to_e(internal));
COMMENT ON TRANSFORM FOR e LANGUAGE sql IS 'stays';
--- b
CREATE TYPE e AS ENUM ('b', 'a');
CREATE FUNCTION to_e(internal) RETURNS e LANGUAGE internal IMMUTABLE STRICT AS 'int4recv';
CREATE TRANSFORM FOR e LANGUAGE sql (TO SQL WITH FUNCTION to_e(internal));
COMMENT ON TRANSFORM FOR e LANGUAGE sql IS 'stays';

--- case: only the comment
--- a
CREATE TRANSFORM FOR int LANGUAGE sql (TO SQL WITH FUNCTION int4recv(internal));
--- b
CREATE TRANSFORM FOR int LANGUAGE sql (TO SQL WITH FUNCTION int4recv(internal));
COMMENT ON TRANSFORM FOR int LANGUAGE sql IS 'new';
--- keep
SELECT oid FROM pg_transform WHERE oid >= 16384
