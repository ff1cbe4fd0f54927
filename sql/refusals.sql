-- Texts that are refused at registration, each with line and column.
SET linkgress.verbosity = quiet;
CREATE EXTENSION linkgress;

-- syntax errors, in up and in down
INSERT INTO linkgress.migration (name, up) VALUES ('x', E'CREATE TABLE a (id int);\n\n  CREATE TABEL b (id int);\nSELECT 1');
INSERT INTO linkgress.migration (name, up, down) VALUES ('x', 'SELECT 1', E'SELECT 1;\nDROP TABEL b');
DELETE FROM linkgress.migration;
INSERT INTO linkgress.migration (name, up) VALUES ('x', E'SELECT ''é'', ''ü'' FROMM x, y WHERE');
-- unterminated: the line of the opening token
INSERT INTO linkgress.migration (name, up) VALUES ('x', E'SELECT 1;\nDO $body$ BEGIN\nEND\nSELECT 2;\n');
INSERT INTO linkgress.migration (name, up) VALUES ('x', E'SELECT 1;\nSELECT ''abc;\nSELECT 2;\n');
INSERT INTO linkgress.migration (name, up) VALUES ('x', E'SELECT 1;\n/* abc\nSELECT 2;\n');
INSERT INTO linkgress.migration (name, up) VALUES ('x', E'SELECT 1;\nSELECT (1;\nSELECT 2;\n');
-- a long statement is shown in part
INSERT INTO linkgress.migration (name, up) VALUES ('x', 'SELECT ' || repeat('1 + ', 200) || ' 1 FROMM t ' || repeat('x', 300) || ' y');

-- transaction control
INSERT INTO linkgress.migration (name, up) VALUES ('x', E'BEGIN;\nSELECT 1;\nCOMMIT;');
INSERT INTO linkgress.migration (name, up) VALUES ('x', E'SELECT 1;\n  COMMIT;');
INSERT INTO linkgress.migration (name, up) VALUES ('x', E'SELECT 1;\nEND;');
INSERT INTO linkgress.migration (name, up) VALUES ('x', E'ROLLBACK');
INSERT INTO linkgress.migration (name, up) VALUES ('x', E'SAVEPOINT a');
INSERT INTO linkgress.migration (name, up) VALUES ('x', E'PREPARE TRANSACTION ''a''');
INSERT INTO linkgress.migration (name, up) VALUES ('x', E'SET TRANSACTION ISOLATION LEVEL SERIALIZABLE');
INSERT INTO linkgress.migration (name, up) VALUES ('x', E'SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY');
INSERT INTO linkgress.migration (name, up, down) VALUES ('x', 'SELECT 1', 'COMMIT');

-- what needs a client
INSERT INTO linkgress.migration (name, up) VALUES ('x', E'CREATE TABLE a (id int);\nCOPY a FROM stdin;\n1\n2\n\\.\n');
INSERT INTO linkgress.migration (name, up) VALUES ('x', E'COPY pg_class TO STDOUT');
INSERT INTO linkgress.migration (name, up) VALUES ('x', E'SELECT 1;\n\\connect other\nSELECT 2');
INSERT INTO linkgress.migration (name, up) VALUES ('x', E'SELECT 1;\n  \\i file.sql');
INSERT INTO linkgress.migration (name, up) VALUES ('x', E'SELECT 1 \\gexec');
INSERT INTO linkgress.migration (name, up) VALUES ('x', E'\\restrictive abc');

-- nothing of all this got in
SELECT count(*) FROM linkgress.migration;

-- what only looks like it
INSERT INTO linkgress.migration (name, up) VALUES ('y', $up$
\restrict 9Kq3aBcDeFgHiJ
SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
\unrestrict 9Kq3aBcDeFgHiJ
CREATE TABLE public."we;ird" (a text DEFAULT E'it\'s; \\', b text DEFAULT U&'\0041;', c text DEFAULT '-- not; a comment');
/* a comment; /* nested; */ COMMIT; */
CREATE FUNCTION public.f(int) RETURNS int LANGUAGE plpgsql AS $body$
BEGIN
  -- COMMIT;
  EXECUTE $q$ SELECT ';' $q$;
  RETURN CASE WHEN $1 > 0 THEN 1 ELSE 2 END;
END $body$;
CREATE FUNCTION public.g(a int) RETURNS int LANGUAGE sql
BEGIN ATOMIC
  SELECT 1;
  SELECT CASE WHEN a > 0 THEN CASE a WHEN 1 THEN 2 END ELSE 3 END;
END;
CREATE PROCEDURE public.p() BEGIN ATOMIC SELECT 1 AS "end"; SELECT 2; END;
CREATE RULE r AS ON DELETE TO public."we;ird" DO ALSO (SELECT 1; SELECT 2);
INSERT INTO public."we;ird" VALUES ('\restrict', DEFAULT, DEFAULT);
\restrict
ALTER TABLE public."we;ird" ADD COLUMN after_restrict int;
REINDEX TABLE public."we;ird";
REINDEX (CONCURRENTLY false) TABLE public."we;ird";
ANALYZE public."we;ird"
$up$);
SELECT name, action, statements, error FROM linkgress.migrate();
SELECT * FROM public."we;ird";
SELECT public.f(1), public.g(1), public.g(0);

DROP TABLE public."we;ird";
DROP FUNCTION public.f, public.g;
DROP PROCEDURE public.p;
DROP EXTENSION linkgress;
