--- case: added, changed and dropped
--- a
CREATE PROCEDURE p1() LANGUAGE plpgsql AS 'BEGIN COMMIT; END';
CREATE PROCEDURE p2(a int) LANGUAGE sql AS 'SELECT 1';
--- b
CREATE PROCEDURE p2(a int) LANGUAGE plpgsql AS 'BEGIN NULL; END';
CREATE PROCEDURE p3(IN a int, INOUT b text, OUT c date, VARIADIC d int[]) LANGUAGE plpgsql AS 'BEGIN c := ''2024-01-01''; END';

--- case: security definer and settings
--- a
CREATE PROCEDURE p(a int) LANGUAGE plpgsql AS 'BEGIN END';
GRANT EXECUTE ON PROCEDURE p(int) TO alice;
COMMENT ON PROCEDURE p(int) IS 'a comment';
--- b
CREATE PROCEDURE p(a int) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'BEGIN END';
GRANT EXECUTE ON PROCEDURE p(int) TO alice;
COMMENT ON PROCEDURE p(int) IS 'a comment';
--- keep
SELECT 'p(int)'::regprocedure::oid

--- case: an argument gets another name, another default, another mode
--- a
CREATE PROCEDURE p1(a int) LANGUAGE plpgsql AS 'BEGIN END';
CREATE PROCEDURE p2(a int DEFAULT 1) LANGUAGE plpgsql AS 'BEGIN END';
CREATE PROCEDURE p3(a int) LANGUAGE plpgsql AS 'BEGIN END';
--- b
CREATE PROCEDURE p1(b int) LANGUAGE plpgsql AS 'BEGIN END';
CREATE PROCEDURE p2(a int DEFAULT 2) LANGUAGE plpgsql AS 'BEGIN END';
CREATE PROCEDURE p3(INOUT a int) LANGUAGE plpgsql AS 'BEGIN END';
ALTER PROCEDURE p3(int) OWNER TO alice;

--- case: a procedure becomes a function
--- a
CREATE PROCEDURE p(a int) LANGUAGE plpgsql AS 'BEGIN END';
COMMENT ON PROCEDURE p(int) IS 'a comment';
GRANT EXECUTE ON PROCEDURE p(int) TO alice;
--- b
CREATE FUNCTION p(a int) RETURNS void LANGUAGE plpgsql AS 'BEGIN END';
COMMENT ON FUNCTION p(int) IS 'a comment';
GRANT EXECUTE ON FUNCTION p(int) TO alice;

--- case: an SQL body that uses a new table and a new function
--- a
--- b
CREATE TABLE log (at timestamptz DEFAULT now(), what text);
CREATE FUNCTION z(what text) RETURNS text RETURN upper(what);
CREATE PROCEDURE a(what text) BEGIN ATOMIC INSERT INTO log (what) VALUES (z(what)); END;
