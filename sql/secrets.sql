-- What not everyone may read is not stored: options of user mappings, connections of subscriptions. Values of rows in
-- details of errors are for those who could have read them.
SET linkgress.verbosity = quiet;
SET client_min_messages = error;
CREATE EXTENSION linkgress;
\pset format unaligned
\pset tuples_only on
CREATE ROLE regress_lg_viewer;
CREATE ROLE regress_lg_operator;
CREATE ROLE regress_lg_member IN ROLE regress_lg_operator;
CREATE SCHEMA app;
GRANT USAGE, CREATE ON SCHEMA app TO regress_lg_operator;
SELECT linkgress.grant_access('regress_lg_viewer', 'viewer');
SELECT linkgress.grant_access('regress_lg_member', 'viewer');
SELECT linkgress.grant_access('regress_lg_operator', 'author, operator');
-- The tables of Linkgress, but for the model that somebody has written, in which this is
CREATE FUNCTION public.tables_with(secret text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE relation regclass; found bigint;
BEGIN
    FOR relation IN SELECT oid FROM pg_class WHERE relnamespace = 'linkgress'::regnamespace AND relkind = 'r' AND relname <> 'model' LOOP
        EXECUTE format('SELECT count(*) FROM %s t WHERE t::text LIKE %L', relation, '%' || secret || '%') INTO found;
        IF found > 0 THEN RETURN NEXT relation; END IF;
    END LOOP;
END $$;
SET linkgress.managed_schemas = 'app';

-- sync(): the mapping has its password; nothing that is stored has
CREATE FOREIGN DATA WRAPPER lg_w;
\set server 'CREATE SERVER lg_s FOREIGN DATA WRAPPER lg_w OPTIONS (host ''a'');'
SELECT linkgress.set_model(:'server' || $$CREATE USER MAPPING FOR regress_lg_operator SERVER lg_s OPTIONS ("user" 'u', password 'hunter2');
CREATE SUBSCRIPTION lg_sub CONNECTION 'host=nowhere password=hunter3' PUBLICATION p WITH (connect = false, slot_name = NONE);$$);
SELECT sql, details #>> '{to,options}', details #>> '{to,connection}' FROM linkgress.analyze() WHERE sql ~ 'hunter' AND type <> 'create_subscription';
SELECT count(*) FROM linkgress.sync();
SELECT umoptions FROM pg_user_mappings WHERE srvname = 'lg_s';
SELECT subconninfo FROM pg_subscription WHERE subname = 'lg_sub' AND subdbid = (SELECT oid FROM pg_database WHERE datname = current_database());
SELECT public.tables_with('hunter');
SELECT o ->> 'type', o ->> 'sql' ~ 'not kept' FROM linkgress.history, jsonb_array_elements(operations) o;

-- another password: the plan has it, its id has not
SELECT linkgress.set_model(replace(source, 'hunter', 'hunted')) FROM linkgress.model;
SELECT sql, details #>> '{to,options}', details #>> '{to,connection}', details ->> 'irreversible' FROM linkgress.analyze();
SELECT linkgress.scaffold('secrets') ~ 'secrets';
SELECT regexp_replace(up, '-- plan .*?\n', ''), down FROM linkgress.migration;
SELECT count(*) FROM (SELECT linkgress.migrate(on_error => 'stop')) m;
SELECT state FROM linkgress.status();
SELECT count(*) FROM linkgress.sync();
SELECT umoptions FROM pg_user_mappings WHERE srvname = 'lg_s';
SELECT subconninfo FROM pg_subscription WHERE subname = 'lg_sub' AND subdbid = (SELECT oid FROM pg_database WHERE datname = current_database());
DELETE FROM linkgress.migration;
SELECT public.tables_with('hunte');

-- they go: the way back says that it cannot have them again
SELECT linkgress.set_model(:'server');
SELECT type, hazards, details ->> 'inverse', details ->> 'irreversible' FROM linkgress.analyze();
SELECT linkgress.scaffold('without') ~ 'without';
SELECT down FROM linkgress.migration;
SELECT public.tables_with('hunte');
DELETE FROM linkgress.migration;

-- The message has no secret, and whoever asks what it was run with has none either.
SELECT linkgress.set_model(:'server' || $$CREATE USER MAPPING FOR regress_lg_operator SERVER lg_s OPTIONS (password 'hunter4');$$);
CREATE FUNCTION app.refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused: %', current_query() USING DETAIL = 'password hunter4'; END $$;
INSERT INTO linkgress.ignore (pattern) VALUES ('app.refuse*'), ('lg_refuse');
CREATE EVENT TRIGGER lg_refuse ON ddl_command_start WHEN TAG IN ('ALTER USER MAPPING') EXECUTE FUNCTION app.refuse();
SELECT linkgress.sync();
DROP EVENT TRIGGER lg_refuse;

-- sync_online() stores its stages, and does by itself what has secrets.
SELECT linkgress.set_model(source || 'CREATE TABLE app.online (a int);') FROM linkgress.model;
CALL linkgress.sync_online();
SELECT umoptions FROM pg_user_mappings WHERE srvname = 'lg_s';
SELECT count(*) FROM linkgress.analyze();
SELECT public.tables_with('hunt');

-- The snapshot of somebody who may not read them has none.
SET ROLE regress_lg_viewer;
SELECT linkgress.snapshot()::text ~ 'hunt', has_table_privilege('linkgress.materialised', 'SELECT');
RESET ROLE;

-- Values of rows: viewers see the message, members of the role that ran and superusers all of it.
SET ROLE regress_lg_operator;
INSERT INTO linkgress.migration (name, up) VALUES ('m1', 'CREATE TABLE app.t (who text PRIMARY KEY); INSERT INTO app.t VALUES (''ada''), (''ada'')');
SELECT count(*) FROM (SELECT linkgress.migrate(on_error => 'stop')) m;
RESET ROLE;
SELECT message ~ 'ada', detail ~ 'ada' FROM linkgress.failure WHERE name = 'm1';
SET ROLE regress_lg_member;
SELECT message ~ 'ada', detail ~ 'ada' FROM linkgress.failure WHERE name = 'm1';
SET ROLE regress_lg_viewer;
SELECT message ~ 'ada', detail, context, hint IS NULL FROM linkgress.failure WHERE name = 'm1';
SELECT count(*) FROM linkgress.failure WHERE detail ~ 'ada' OR context ~ 'ada';
SELECT detail FROM linkgress.history;
SELECT context FROM linkgress.history;
SELECT detail FROM linkgress.run;
SELECT h FROM linkgress.history h;
SELECT count(*) FROM (SELECT id, run, name, action, at, by, duration, checksum, sqlstate, message, hint, statement, line, operations FROM linkgress.history) h;
SELECT note ~ 'ada' FROM linkgress.status();
SELECT bool_or(r::text ~ 'ada') FROM linkgress.runs() r;
RESET ROLE;

-- nobody is superuser, the server is up
SELECT count(*) FROM pg_roles WHERE rolname LIKE 'regress\_lg\_%' AND rolsuper;
SELECT linkgress.grant_access(role, 'none') FROM unnest(ARRAY['regress_lg_viewer', 'regress_lg_operator', 'regress_lg_member']::name[]) role;
DROP SUBSCRIPTION lg_sub;
DROP FUNCTION public.tables_with(text);
DROP SCHEMA app CASCADE;
DROP SERVER lg_s CASCADE;
DROP EXTENSION linkgress;
DROP FOREIGN DATA WRAPPER lg_w;
DROP ROLE regress_lg_viewer, regress_lg_operator, regress_lg_member;
