-- What is evaluated while a plan runs cannot become more than the role that the plan runs as
SET client_min_messages = warning;
CREATE EXTENSION linkgress;
SET linkgress.verbosity = quiet;
CREATE ROLE regress_lg_owner;
CREATE ROLE regress_lg_climber;
GRANT regress_lg_owner TO regress_lg_climber;
SELECT linkgress.grant_access('regress_lg_owner', 'author,operator');
CREATE SCHEMA own AUTHORIZATION regress_lg_owner;
CREATE SCHEMA app AUTHORIZATION regress_lg_owner;

-- It tries every way out, is silent where there is none, and counts by the place in which it is called.
SET SESSION AUTHORIZATION regress_lg_climber;
SET ROLE regress_lg_owner;
CREATE FUNCTION own.climb(place text, value int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    way text;
BEGIN
    PERFORM nextval(('own.' || place)::regclass);
    FOREACH way IN ARRAY ARRAY['role=none', 'session_authorization=default'] LOOP
        BEGIN
            PERFORM set_config(split_part(way, '=', 1), split_part(way, '=', 2), false);
        EXCEPTION WHEN OTHERS THEN NULL;
        END;
    END LOOP;
    IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        RAISE WARNING '% became superuser', place;
    END IF;
    RETURN value;
END $$;
CREATE FUNCTION own.same(place text, value int) RETURNS int IMMUTABLE LANGUAGE plpgsql
    AS 'BEGIN RETURN own.climb(place, value); END';
DO $$
DECLARE
    place text;
BEGIN
    FOREACH place IN ARRAY '{column_default,column_check,generated,expression_index,domain_check,bound,body}'::text[] LOOP
        EXECUTE format('CREATE SEQUENCE own.%I', place);
    END LOOP;
END $$;
CREATE DOMAIN app.positive AS int;
CREATE TABLE app.t (id int, d app.positive);
CREATE TABLE app.p (id int) PARTITION BY RANGE (id);
INSERT INTO app.t VALUES (1, 1);
RESET SESSION AUTHORIZATION;

CREATE FUNCTION pg_temp.reached() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    found text;
BEGIN
    EXECUTE (SELECT 'SELECT concat_ws('' '', ' || string_agg(format('(SELECT %L FROM own.%I WHERE is_called)', relname, relname),
        ', ' ORDER BY relname COLLATE "C") || ')' FROM pg_class WHERE relnamespace = 'own'::regnamespace AND relkind = 'S') INTO found;
    PERFORM setval(oid::regclass, 1, false) FROM pg_class WHERE relnamespace = 'own'::regnamespace AND relkind = 'S';
    RETURN found;
END $$;
CREATE FUNCTION pg_temp.define_model() RETURNS text LANGUAGE sql AS $$
    SELECT linkgress.set_model($m$
CREATE DOMAIN app.positive AS int CHECK (own.same('domain_check', VALUE) > 0);
CREATE TABLE app.t (id int, d app.positive, a int DEFAULT own.climb('column_default', 1),
    g int GENERATED ALWAYS AS (own.same('generated', id)) STORED,
    CONSTRAINT c CHECK (own.same('column_check', id) > 0));
CREATE INDEX i ON app.t (own.same('expression_index', id));
CREATE TABLE app.p (id int) PARTITION BY RANGE (id);
CREATE TABLE app.p1 PARTITION OF app.p FOR VALUES FROM (own.same('bound', 1)) TO (10);
$m$)
$$;
CREATE FUNCTION pg_temp.is_anybody_superuser() RETURNS boolean LANGUAGE sql
    AS $$ SELECT bool_or(rolsuper) FROM pg_roles WHERE rolname ~ '^regress_lg' $$;

-- A superuser who has taken the weaker role
SET ROLE regress_lg_owner;
SELECT pg_temp.define_model();
RESET ROLE;
SELECT pg_temp.reached();
SET ROLE regress_lg_owner;
SELECT count(*) > 0 AS planned FROM linkgress.analyze();
SELECT count(*) > 0 AS done FROM linkgress.sync(dry_run => true);
SELECT current_user;
RESET ROLE;
SELECT pg_temp.reached();
-- by SET SESSION AUTHORIZATION
SET SESSION AUTHORIZATION regress_lg_owner;
SELECT count(*) > 0 AS done FROM linkgress.sync(dry_run => true);
SELECT current_user, session_user;
RESET SESSION AUTHORIZATION;
SELECT pg_temp.reached();
-- in a function that runs as its owner
CREATE FUNCTION app.deploy() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM linkgress.sync(dry_run => true)';
ALTER FUNCTION app.deploy() OWNER TO regress_lg_owner;
SET linkgress.managed_schemas = 'app';
SELECT app.deploy() > 0 AS done;
RESET linkgress.managed_schemas;
DROP FUNCTION app.deploy();
SELECT pg_temp.reached();
-- a scaffold of the superuser's own, run in the weaker role, and rolled back; the calls in the bodies are not his
SELECT linkgress.approve('main', kind => 'model');
SELECT linkgress.scaffold('x') ~ 'x' AS registered;
SET ROLE regress_lg_owner;
SELECT count(*) FROM linkgress.migrate();
SELECT count(*) FROM linkgress.rollback();
RESET ROLE;
SELECT pg_temp.reached();
DELETE FROM linkgress.migration;
-- stage by stage
SET ROLE regress_lg_owner;
CALL linkgress.sync_online(allow_destructive => true);
RESET ROLE;
SELECT pg_temp.reached();
-- what is dropped, and created again
SET ROLE regress_lg_owner;
SELECT count(*) > 0 AS done FROM linkgress.ensure_deleted(current_database());
SELECT count(*) > 0 AS done FROM linkgress.ensure_created();
SELECT current_user;
RESET ROLE;
SELECT pg_temp.reached();

-- A body may leave its role by statements of its own where its author may, but not by what these call.
SET ROLE regress_lg_owner;
INSERT INTO app.t (id) VALUES (1);
RESET ROLE;
SELECT pg_temp.reached() <> '' AS is_reached;
INSERT INTO linkgress.migration (name, up, down) VALUES
('01', 'SET ROLE regress_lg_owner; UPDATE app.t SET a = own.climb(''body'', 1); RESET ROLE;
    CREATE TABLE app.by_superuser ()', 'DROP TABLE app.by_superuser');
SELECT name FROM linkgress.migrate();
SELECT pg_temp.reached();
SELECT rolsuper FROM pg_roles r JOIN pg_class c ON c.relowner = r.oid WHERE c.relname = 'by_superuser';
SELECT count(*) FROM linkgress.rollback();
DELETE FROM linkgress.migration;

-- Nor by what it puts off: deferred triggers run in the role that the body has come to, as at a commit.
INSERT INTO linkgress.migration (name, up) VALUES ('02', $m$
SET ROLE regress_lg_owner;
CREATE SEQUENCE own.put_off;
CREATE TABLE own.later (id int);
CREATE FUNCTION own.put_off() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM own.climb(''put_off'', 1); RETURN NULL; END';
CREATE CONSTRAINT TRIGGER t AFTER INSERT ON own.later DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION own.put_off();
INSERT INTO own.later VALUES (1);
$m$);
SELECT name FROM linkgress.migrate();
SELECT pg_temp.reached();
SELECT current_user = session_user AS is_back;

-- What a plan evaluates leaves nothing in the session.
SET ROLE regress_lg_owner;
CREATE FUNCTION own.litter() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('work_mem', '77MB', false);
    PERFORM set_config('search_path', 'own', false);
    PERFORM pg_advisory_lock(77);
    CREATE TEMPORARY TABLE litter ();
    RETURN 1;
END $$;
DROP TABLE app.t;
CREATE TABLE app.t (id int);
INSERT INTO app.t VALUES (1);
SELECT linkgress.set_model('CREATE TABLE app.t (id int, l int DEFAULT own.litter())');
SELECT count(*) > 0 AS done FROM linkgress.sync(allow_destructive => true);
RESET ROLE;
SELECT current_setting('work_mem') <> '77MB' AS is_as_before, current_setting('search_path') AS search_path,
    to_regclass('pg_temp.litter') IS NULL AS is_gone,
    (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND objid = 77) AS locks;
-- Linkgress is out of its reach.
SET ROLE regress_lg_owner;
CREATE FUNCTION own.go_on() RETURNS int LANGUAGE sql AS 'SELECT count(*)::int FROM linkgress.migrate()';
SELECT linkgress.set_model('CREATE TABLE app.t (id int, l int DEFAULT own.litter(), m int DEFAULT own.go_on())');
SELECT * FROM linkgress.sync();
RESET ROLE;

-- The plan's own changes of role are made only as far as the role of the plan could make them.
CREATE ROLE regress_lg_grantor;
CREATE ROLE regress_lg_reader;
GRANT USAGE ON SCHEMA app TO regress_lg_grantor;
SET ROLE regress_lg_owner;
SELECT linkgress.set_model('CREATE TABLE app.t (id int)');
SELECT count(*) > 0 AS done FROM linkgress.sync(allow_destructive => true);
GRANT SELECT ON app.t TO regress_lg_grantor WITH GRANT OPTION;
RESET ROLE;
SET SESSION AUTHORIZATION regress_lg_grantor;
GRANT SELECT ON app.t TO regress_lg_reader;
RESET SESSION AUTHORIZATION;
SET ROLE regress_lg_owner;
SELECT linkgress.set_model('CREATE TABLE app.t (id int); GRANT SELECT ON app.t TO regress_lg_grantor WITH GRANT OPTION');
SELECT sql FROM linkgress.analyze();
SELECT * FROM linkgress.sync(allow_destructive => true);
RESET ROLE;
GRANT regress_lg_grantor TO regress_lg_owner;
SET ROLE regress_lg_owner;
SELECT count(*) FROM linkgress.sync(allow_destructive => true);
SELECT current_user;
RESET ROLE;
SELECT count(*) AS rights_left FROM pg_class, aclexplode(relacl) WHERE oid = 'app.t'::regclass
    AND grantee = 'regress_lg_reader'::regrole;

-- Names of a model do not lead to what somebody has placed in a schema that it does not manage, public or not.
DELETE FROM linkgress.model;
DROP SCHEMA app CASCADE;
CREATE SCHEMA app;
CREATE TABLE app.t (v varchar(10));
INSERT INTO app.t VALUES ('a');
GRANT CREATE ON SCHEMA public TO regress_lg_climber;
SET SESSION AUTHORIZATION regress_lg_climber;
CREATE FUNCTION public.lower(varchar) RETURNS text LANGUAGE plpgsql IMMUTABLE
    AS $$ BEGIN RAISE WARNING 'lower() runs as %', current_user; RETURN $1; END $$;
RESET SESSION AUTHORIZATION;
SELECT linkgress.set_model('CREATE TABLE app.t (v varchar(10), CONSTRAINT c CHECK (lower(v) = v))');
SELECT sql FROM linkgress.sync();
ALTER TABLE app.t DROP CONSTRAINT c;
-- Nor when the right to place it there is gone again.
REVOKE CREATE ON SCHEMA public FROM regress_lg_climber;
SELECT sql FROM linkgress.sync();
-- Nor where the model says the path itself; what is missing then is explained.
ALTER TABLE app.t DROP CONSTRAINT c;
SELECT linkgress.set_model('SET search_path = app, public; CREATE TABLE t (v varchar(10), CONSTRAINT c CHECK (lower(v) = v))');
SELECT sql FROM linkgress.sync();
SELECT linkgress.set_model($$SELECT set_config('search_path', 'public, app', false); CREATE TABLE app.t (v varchar(10), CONSTRAINT c CHECK (lower(v) = v))$$);
SELECT count(*) FROM linkgress.analyze();
SELECT linkgress.set_model('SET search_path = app, public; CREATE TABLE t (v varchar(10), CONSTRAINT c CHECK (only_there(v)))');
-- Who could act as the caller is trusted.
DROP TABLE app.t;
ALTER SCHEMA app OWNER TO regress_lg_climber;
ALTER SCHEMA public OWNER TO regress_lg_climber;
SELECT linkgress.grant_access('regress_lg_climber', 'author,operator');
REVOKE ALL ON SCHEMA public FROM PUBLIC;
DELETE FROM linkgress.model;
SET SESSION AUTHORIZATION regress_lg_climber;
SELECT linkgress.set_model('CREATE TABLE app.t (v varchar(10), CONSTRAINT c CHECK (lower(v) = v))');
SELECT sql FROM linkgress.sync();
RESET SESSION AUTHORIZATION;
ALTER SCHEMA public OWNER TO pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
-- A managed schema is empty while the model is built, but for what extensions have in it: not what their owners add.
DROP TABLE app.t;
DELETE FROM linkgress.model;
ALTER FUNCTION public.lower(varchar) OWNER TO regress_lg_climber;
CREATE EXTENSION citext SCHEMA public;
ALTER EXTENSION citext ADD FUNCTION public.lower(varchar);
SELECT linkgress.set_model('CREATE TABLE public.t (v varchar(10), w public.citext, CONSTRAINT c CHECK (lower(v) = v))');
SELECT sql FROM linkgress.analyze();
DELETE FROM linkgress.model;
DROP EXTENSION citext;

-- Whoever says which schemas are managed does not say that they are to be emptied.
CREATE SCHEMA precious;
CREATE VIEW precious.v AS SELECT 1 AS one;
CREATE FUNCTION precious.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
SELECT linkgress.set_model('CREATE TABLE app.t (id int)');
SELECT count(*) FROM linkgress.sync();
SET linkgress.managed_schemas = 'app, precious';
\set VERBOSITY terse
SELECT * FROM linkgress.sync();
CALL linkgress.sync_online();
\set VERBOSITY default
SELECT to_regclass('precious.v') IS NOT NULL AS is_there;
SELECT linkgress.set_model('CREATE SCHEMA precious', 'precious');
SELECT count(*) FROM linkgress.sync();
RESET linkgress.managed_schemas;

SELECT pg_temp.is_anybody_superuser();
DROP SCHEMA app, own, precious CASCADE;
DROP OWNED BY regress_lg_owner, regress_lg_climber, regress_lg_grantor, regress_lg_reader;
DROP EXTENSION linkgress;
DROP ROLE regress_lg_climber, regress_lg_owner, regress_lg_grantor, regress_lg_reader;
