--- case: added and dropped
--- both
CREATE FUNCTION ef() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
--- a
CREATE EVENT TRIGGER old ON ddl_command_start EXECUTE FUNCTION ef();
--- b
CREATE EVENT TRIGGER e1 ON ddl_command_end EXECUTE FUNCTION ef();
CREATE EVENT TRIGGER e2 ON ddl_command_start WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION ef();
CREATE EVENT TRIGGER e3 ON sql_drop EXECUTE FUNCTION ef();
CREATE EVENT TRIGGER "E 4" ON table_rewrite WHEN TAG IN ('ALTER TABLE') EXECUTE FUNCTION ef();
COMMENT ON EVENT TRIGGER e1 IS 'it''s a comment';

--- case: states
--- both
CREATE FUNCTION ef() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER e1 ON ddl_command_end EXECUTE FUNCTION ef();
CREATE EVENT TRIGGER e2 ON ddl_command_end EXECUTE FUNCTION ef();
CREATE EVENT TRIGGER e3 ON ddl_command_end EXECUTE FUNCTION ef();
--- a
ALTER EVENT TRIGGER e1 DISABLE;
ALTER EVENT TRIGGER e2 ENABLE REPLICA;
--- b
ALTER EVENT TRIGGER e1 ENABLE ALWAYS;
ALTER EVENT TRIGGER e3 DISABLE;
--- keep
SELECT array_agg(oid ORDER BY evtname) FROM pg_event_trigger WHERE evtname ~ '^e[123]$'

--- case: tags and event change
--- both
CREATE FUNCTION ef() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
--- a
CREATE EVENT TRIGGER e1 ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION ef();
CREATE EVENT TRIGGER e2 ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION ef();
CREATE EVENT TRIGGER e3 ON ddl_command_end EXECUTE FUNCTION ef();
ALTER EVENT TRIGGER e3 DISABLE;
COMMENT ON EVENT TRIGGER e3 IS 'stays';
--- b
CREATE EVENT TRIGGER e1 ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'ALTER TABLE', 'CREATE INDEX') EXECUTE FUNCTION ef();
CREATE EVENT TRIGGER e2 ON ddl_command_end EXECUTE FUNCTION ef();
CREATE EVENT TRIGGER e3 ON ddl_command_start EXECUTE FUNCTION ef();
ALTER EVENT TRIGGER e3 DISABLE;
COMMENT ON EVENT TRIGGER e3 IS 'stays';

--- case: the function changes its body, another one takes its place
--- a
CREATE FUNCTION ef() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER e1 ON ddl_command_end EXECUTE FUNCTION ef();
CREATE EVENT TRIGGER e2 ON ddl_command_end EXECUTE FUNCTION ef();
--- b
CREATE FUNCTION ef() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN NULL; END';
CREATE FUNCTION ef2() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER e1 ON ddl_command_end EXECUTE FUNCTION ef();
CREATE EVENT TRIGGER e2 ON ddl_command_end EXECUTE FUNCTION ef2();

--- case: the function moves to another schema
--- a
CREATE FUNCTION ef() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION ef();
--- b
CREATE SCHEMA s;
CREATE FUNCTION s.ef() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION s.ef();

--- case: a trigger that logs what the plan itself does
--- both
CREATE TABLE ddl_log (n int GENERATED ALWAYS AS IDENTITY, tag text);
CREATE FUNCTION ef() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO public.ddl_log (tag) SELECT command_tag FROM pg_event_trigger_ddl_commands(); END';
CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION ef();
--- a
CREATE TABLE t (id int PRIMARY KEY);
--- b
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE VIEW v AS SELECT a FROM t;

--- case: a trigger that forbids tables, new together with tables
--- a
--- b
CREATE TABLE t (id int PRIMARY KEY);
CREATE VIEW v AS SELECT id FROM t;
COMMENT ON TABLE t IS 'a comment';
CREATE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';
CREATE EVENT TRIGGER a_no ON ddl_command_start WHEN TAG IN ('CREATE TABLE', 'CREATE VIEW', 'COMMENT', 'GRANT', 'ALTER TABLE') EXECUTE FUNCTION no();

--- case: a trigger that forbids everything is dropped, and another is disabled, before what they forbid
--- both
CREATE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';
--- a
CREATE TABLE t (id int);
CREATE EVENT TRIGGER gone ON ddl_command_start EXECUTE FUNCTION no();
CREATE EVENT TRIGGER off ON ddl_command_start EXECUTE FUNCTION no();
--- b
CREATE TABLE t (id int, a text);
CREATE VIEW v AS SELECT a FROM t;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO alice;
CREATE EVENT TRIGGER off ON ddl_command_start EXECUTE FUNCTION no();
ALTER EVENT TRIGGER off DISABLE;

--- case: a trigger that forbids everything is new, together with default privileges and a replaced table
--- both
CREATE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';
--- a
CREATE TABLE t (id int);
--- b
CREATE TABLE t (id int) PARTITION BY LIST (id);
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO alice;
CREATE EVENT TRIGGER e1 ON ddl_command_start EXECUTE FUNCTION no();
CREATE EVENT TRIGGER e2 ON sql_drop EXECUTE FUNCTION no();

--- case: owner and comment
--- both
CREATE FUNCTION ef() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER e ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION ef();
--- a
COMMENT ON EVENT TRIGGER e IS 'old';
--- b
COMMENT ON EVENT TRIGGER e IS 'new';

--- case: a trigger at login
--- both
CREATE FUNCTION ef() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
--- a
--- b
CREATE EVENT TRIGGER e ON login EXECUTE FUNCTION ef();
--- version: 17
