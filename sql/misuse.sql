-- Nothing is believed of what SQL says about the extension's functions, tables and types: somebody's own trigger may
-- call a trigger function, a superuser may alter tables and types or declare a function anew. Errors, never a crash.
SET client_min_messages = warning;
CREATE EXTENSION linkgress;
INSERT INTO linkgress.migration (name, up, down) VALUES ('1', 'CREATE TABLE misuse_1 ()', 'DROP TABLE misuse_1');

-- Trigger functions on a table that is none of the extension's, with other columns and with the same.
CREATE FUNCTION pg_temp.try(command text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE command;
    RAISE EXCEPTION 'it went through' USING ERRCODE = 'ZZ000';
EXCEPTION WHEN others THEN
    RETURN SQLSTATE || ': ' || SQLERRM;
END $$;
CREATE TABLE other (name int, up int, stage int, body int, source int, format int);
INSERT INTO other VALUES (1, 2, 3);
CREATE TABLE likewise (LIKE linkgress.migration INCLUDING DEFAULTS);
INSERT INTO likewise (name, up, transactional, checksum, registered_at, registered_by, author, fingerprint)
VALUES ('1', '2', true, '', now(), 'x', 'x', '');
SELECT t.name, t.event, f.function, w.way, outcome
FROM (VALUES ('other', 'INSERT', 'INSERT INTO other VALUES (1, 2, 3)'), ('other', 'UPDATE', 'UPDATE other SET up = 4'),
    ('other', 'DELETE', 'DELETE FROM other'), ('other', 'TRUNCATE', 'TRUNCATE other'),
    ('likewise', 'INSERT', 'INSERT INTO likewise SELECT * FROM likewise'),
    ('likewise', 'UPDATE', 'UPDATE likewise SET up = ''x'''), ('likewise', 'DELETE', 'DELETE FROM likewise'))
    t(name, event, command)
CROSS JOIN unnest('{migration_trigger,hook_trigger,model_trigger,rename_trigger,log_trigger}'::name[]) f(function)
CROSS JOIN (VALUES ('BEFORE', 'ROW'), ('AFTER', 'ROW'), ('BEFORE', 'STATEMENT'), ('AFTER', 'STATEMENT')) w(way, level)
CROSS JOIN LATERAL pg_temp.try(format('CREATE TRIGGER t %s %s ON %I FOR EACH %s EXECUTE FUNCTION linkgress.%I(); %s',
    w.way, t.event, t.name, w.level, f.function, t.command)) outcome
WHERE NOT (t.event = 'TRUNCATE' AND w.level = 'ROW')
  AND outcome <> format('39P01: trigger "t" on table "%s" was not made by extension "linkgress"', t.name);
CREATE VIEW seen AS SELECT name FROM likewise;
CREATE TRIGGER t INSTEAD OF INSERT ON seen FOR EACH ROW EXECUTE FUNCTION linkgress.migration_trigger();
INSERT INTO seen VALUES ('2');
CREATE CONSTRAINT TRIGGER t AFTER INSERT ON likewise DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION linkgress.hook_trigger();
INSERT INTO likewise SELECT * FROM likewise;
DROP TRIGGER t ON likewise;
CREATE TRIGGER t BEFORE INSERT ON other FOR EACH ROW EXECUTE FUNCTION linkgress.migration_trigger();
\set VERBOSITY verbose
\set SHOW_CONTEXT never
INSERT INTO other VALUES (1, 2, 3);
\set VERBOSITY default
DROP VIEW seen;
DROP TABLE other, likewise;

-- On one of the extension's, but not as it has made them.
CREATE TRIGGER after_it AFTER INSERT OR UPDATE OR DELETE ON linkgress.migration
FOR EACH ROW EXECUTE FUNCTION linkgress.migration_trigger();
INSERT INTO linkgress.migration (name, up) VALUES ('2', '');
DROP TRIGGER after_it ON linkgress.migration;
CREATE TRIGGER at_statement BEFORE INSERT ON linkgress.migration EXECUTE FUNCTION linkgress.migration_trigger();
INSERT INTO linkgress.migration (name, up) VALUES ('2', '');
DROP TRIGGER at_statement ON linkgress.migration;
CREATE TRIGGER check_other BEFORE INSERT ON linkgress.ignore FOR EACH ROW EXECUTE FUNCTION linkgress.model_trigger();
INSERT INTO linkgress.ignore VALUES ('x');
DROP TRIGGER check_other ON linkgress.ignore;
-- Altered tables: the error is one of the checks', or the server's own where a query does not fit any more.
SELECT c.command, t.command, outcome
FROM (VALUES ('ALTER registered_by TYPE text'), ('ALTER registered_at TYPE text'), ('ALTER registered_at TYPE date'),
    ('ALTER down TYPE int USING length(down)'), ('ALTER down TYPE bytea USING ''\x01'''), ('RENAME down TO back'),
    ('DROP down'), ('DROP tags'), ('DROP registered_by'), ('DROP up CASCADE'),
    ('ALTER down_transactional TYPE text'), ('ALTER tags TYPE text'), ('ALTER approvers TYPE text'), ('ALTER author TYPE text'),
    ('ALTER author TYPE oid'), ('ALTER approvers TYPE oid[] USING NULL')) c(command)
CROSS JOIN (VALUES ('INSERT INTO linkgress.migration (name, up) VALUES (''2'', '''')'),
    ('UPDATE linkgress.migration SET up = ''SELECT 2'''), ('SELECT linkgress.register(''3'', '''')'),
    ('SELECT linkgress.migrate()'), ('SELECT linkgress.validate()'), ('SELECT linkgress.approve(''1'')'),
    ('DELETE FROM linkgress.migration'), ('TRUNCATE linkgress.migration')) t(command)
CROSS JOIN LATERAL pg_temp.try(format('ALTER TABLE linkgress.migration %s; %s', c.command, t.command)) outcome
WHERE outcome !~ '^(39P01: trigger|42804: |22P02: |42883: |42703: |0A000: cannot alter type|2BP01: |55006: |ZZ000: it went through)'
ORDER BY 1, 2;
SELECT c.command, outcome
FROM (VALUES ('journal ALTER author TYPE text'), ('journal ALTER down TYPE int USING 1'),
    ('journal ALTER name TYPE int USING 1'), ('journal DROP down CASCADE'), ('hook ALTER body TYPE int USING 1'),
    ('hook ALTER position TYPE text'), ('run ALTER id DROP IDENTITY, ALTER id TYPE text'), ('partial ALTER done TYPE text'),
    ('model ALTER source TYPE bytea USING ''\x01''')) c(command)
CROSS JOIN LATERAL pg_temp.try(format('ALTER TABLE linkgress.%s; SELECT linkgress.migrate(); SELECT linkgress.rollback(); '
    'SELECT linkgress.repair(); SELECT linkgress.validate()', c.command)) outcome
WHERE outcome !~ '^(39P01: trigger|42804: |22P02: |22023: |42883: |42703: |0A000: cannot alter type|428C9: |ZZ000: it went through)'
ORDER BY 1;

-- Result types that have been altered
SELECT count(*) FROM linkgress.migrate();
SELECT linkgress.set_model('CREATE TABLE misuse_2 ()');
SELECT a.command, t.call, outcome
FROM (VALUES ('operation', 'linkgress.diff(''{}'', ''{}'')'), ('operation', 'linkgress.sync(true)'),
    ('planned_operation', 'linkgress.analyze()'), ('outcome', 'linkgress.migrate()'), ('outcome', 'linkgress.rollback()'),
    ('repaired', 'linkgress.repair()')) t(type, call)
CROSS JOIN (VALUES ('ALTER TYPE linkgress.%1$I ADD ATTRIBUTE more text'),
    ('ALTER TYPE linkgress.%1$I ADD ATTRIBUTE more text; ALTER TYPE linkgress.%1$I DROP ATTRIBUTE more'),
    ('ALTER TYPE linkgress.%1$I DROP ATTRIBUTE %2$I'), ('ALTER TYPE linkgress.%1$I ALTER ATTRIBUTE %2$I TYPE point')) a(command)
CROSS JOIN LATERAL pg_temp.try(format(a.command, t.type, CASE WHEN t.type LIKE '%operation' THEN 'sql' ELSE 'name' END)
    || '; SELECT ' || t.call) outcome
WHERE outcome NOT LIKE '42804: function linkgress.% is not declared as the library of linkgress has it';

DELETE FROM linkgress.model;

-- Functions that are declared in another way: with each type of arguments and results
CREATE SCHEMA misuse;
CREATE TEMP TABLE symbol AS
SELECT DISTINCT p.prosrc AS name FROM pg_proc p
WHERE p.pronamespace = 'linkgress'::regnamespace AND p.prolang = (SELECT oid FROM pg_language WHERE lanname = 'c');
SELECT p.probin AS library FROM pg_proc p WHERE p.oid = 'linkgress.checksum(text)'::regprocedure \gset
SELECT s.name, k.kind, outcome
FROM symbol s
CROSS JOIN (VALUES ('text_result', 'FUNCTION', '()', 'RETURNS text', 'SELECT misuse.f()'),
    ('bigint_result', 'FUNCTION', '()', 'RETURNS bigint', 'SELECT misuse.f()'),
    ('void', 'FUNCTION', '()', 'RETURNS void', 'SELECT misuse.f()'),
    ('record', 'FUNCTION', '()', 'RETURNS record', 'SELECT misuse.f()'),
    ('set of text', 'FUNCTION', '()', 'RETURNS SETOF text', 'SELECT * FROM misuse.f()'),
    ('set of record', 'FUNCTION', '()', 'RETURNS SETOF record', 'SELECT * FROM misuse.f() AS t(a int)'),
    ('set of another type', 'FUNCTION', '(text, text)', 'RETURNS SETOF pg_class', 'SELECT * FROM misuse.f(NULL, NULL)'),
    ('numbers', 'FUNCTION', '(int, bigint, int)', 'RETURNS text', 'SELECT misuse.f(1, 2, 3)'),
    ('NULLs', 'FUNCTION', '(text, text, text)', 'RETURNS text', 'SELECT misuse.f(NULL, NULL, NULL)'),
    ('one NULL', 'FUNCTION', '(text)', 'RETURNS text', 'SELECT misuse.f(NULL)'),
    ('jsonb of numbers', 'FUNCTION', '(int, int)', 'RETURNS jsonb', 'SELECT misuse.f(1, 2)'),
    ('polymorphic', 'FUNCTION', '(anyelement)', 'RETURNS anyelement', 'SELECT misuse.f(7)'),
    ('any', 'FUNCTION', '(VARIADIC "any")', 'RETURNS text', 'SELECT misuse.f(7, 8)'),
    ('procedure', 'PROCEDURE', '()', '', 'CALL misuse.f()'),
    ('procedure with a result', 'PROCEDURE', '(OUT a int)', '', 'CALL misuse.f(NULL)'),
    ('trigger', 'FUNCTION', '()', 'RETURNS trigger', 'CREATE TABLE misuse.t (); CREATE TRIGGER t BEFORE INSERT ON misuse.t
        FOR EACH ROW EXECUTE FUNCTION misuse.f(); INSERT INTO misuse.t DEFAULT VALUES'),
    ('event trigger', 'FUNCTION', '()', 'RETURNS event_trigger',
        'CREATE EVENT TRIGGER t ON ddl_command_start EXECUTE FUNCTION misuse.f(); CREATE TABLE misuse.t ()'),
    ('aggregate', 'FUNCTION', '(text, text)', 'RETURNS text', 'CREATE AGGREGATE misuse.a(text) (SFUNC = misuse.f, STYPE = text);
        SELECT misuse.a(relname) FROM pg_class'),
    ('operator', 'FUNCTION', '(int, int)', 'RETURNS boolean', 'CREATE OPERATOR misuse.=== (FUNCTION = misuse.f,
        LEFTARG = int, RIGHTARG = int); SELECT 1 OPERATOR(misuse.===) 2'),
    ('cast', 'FUNCTION', '(text)', 'RETURNS point', 'CREATE CAST (text AS point) WITH FUNCTION misuse.f(text);
        SELECT ''1''::text::point'),
    ('handler', 'FUNCTION', '()', 'RETURNS fdw_handler', 'CREATE FOREIGN DATA WRAPPER w HANDLER misuse.f;
        CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE misuse.t (a int) SERVER s; SELECT * FROM misuse.t')
) k(kind, keyword, arguments, returns, call)
CROSS JOIN LATERAL pg_temp.try(format('CREATE %s misuse.f%s %s LANGUAGE c AS %L, %L; %s', k.keyword, k.arguments, k.returns,
    :'library', s.name, k.call)) outcome
-- What fits by chance is what it is; the rest is refused, and the server is up.
WHERE outcome !~ '^(42804: function misuse\.f.* is not declared as the library|39P01|ZZ000: it went through|22004|42704|55000|25001|0A000|42P13)'
ORDER BY 1, 2;
\set VERBOSITY verbose
CREATE FUNCTION misuse.f(int) RETURNS text LANGUAGE c AS :'library', 'linkgress_checksum';
SELECT misuse.f(1);
\set VERBOSITY default
DROP FUNCTION misuse.f;
-- NULLs in functions that are not STRICT any more
SELECT pg_temp.try('ALTER FUNCTION linkgress.checksum(text) CALLED ON NULL INPUT; SELECT linkgress.checksum(NULL)');
SELECT pg_temp.try('ALTER FUNCTION linkgress.folded_name(text) CALLED ON NULL INPUT; SELECT linkgress.folded_name(NULL)');
-- The functions that the scripts of the extension use are for these alone.
SELECT s AS symbol, pg_temp.try(format('CREATE FUNCTION misuse.f() RETURNS void LANGUAGE c AS %L, %L; SELECT misuse.f()', :'library', s))
FROM unnest('{linkgress_refuse_existing_schema,linkgress_take_over_schema,linkgress_keep_to_owner}'::text[]) s;

-- The server is up, and all is as it was.
SELECT name, action FROM linkgress.rollback();
SELECT name, action FROM linkgress.migrate();
DROP TABLE misuse_1;
DROP SCHEMA misuse;
DROP EXTENSION linkgress;
