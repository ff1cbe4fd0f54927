-- Who may do what: each object of the extension against each kind of role. The expected output is the table of
-- what is right; an object or a privilege that is not in it makes the test fail.
SET client_min_messages = warning;
SELECT current_database() AS database, current_user AS superuser \gset
CREATE ROLE regress_access_login LOGIN;
CREATE ROLE regress_access_viewer LOGIN;
CREATE ROLE regress_access_author LOGIN;
CREATE ROLE regress_access_operator LOGIN;
CREATE ROLE regress_access_both LOGIN;
CREATE ROLE regress_access_backup LOGIN;
CREATE ROLE regress_access_schema LOGIN;
CREATE ROLE regress_access_database LOGIN;
CREATE ROLE regress_access_createrole LOGIN CREATEROLE;
CREATE ROLE regress_access_reader LOGIN IN ROLE pg_read_all_data;
CREATE ROLE regress_access_writer LOGIN IN ROLE pg_write_all_data;
CREATE ROLE regress_access_default LOGIN;
CREATE SCHEMA regress_access AUTHORIZATION regress_access_schema;
ALTER DATABASE :"database" OWNER TO regress_access_database;

-- What the installing role gives to others by default does not reach the objects of the extension.
ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO regress_access_default WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES GRANT ALL ON SEQUENCES TO regress_access_default, PUBLIC;
ALTER DEFAULT PRIVILEGES GRANT ALL ON ROUTINES TO regress_access_default WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES GRANT ALL ON TYPES TO regress_access_default;
ALTER DEFAULT PRIVILEGES GRANT ALL ON SCHEMAS TO regress_access_default, PUBLIC;
CREATE EXTENSION linkgress;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON TABLES FROM regress_access_default;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON SEQUENCES FROM regress_access_default, PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON ROUTINES FROM regress_access_default;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON TYPES FROM regress_access_default;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON SCHEMAS FROM regress_access_default, PUBLIC;

SELECT linkgress.grant_access('regress_access_viewer', 'viewer');
SELECT linkgress.grant_access('regress_access_author', 'author');
SELECT linkgress.grant_access('regress_access_operator', 'operator');
SELECT linkgress.grant_access('regress_access_both', 'author, operator');
SELECT linkgress.grant_access('regress_access_backup', 'backup');

CREATE TEMP TABLE kind_of_role (role name, column_name text, position int GENERATED ALWAYS AS IDENTITY);
INSERT INTO kind_of_role VALUES ('public', 'PUBLIC'), ('regress_access_login', 'login'), ('regress_access_viewer', 'viewer'),
    ('regress_access_author', 'author'), ('regress_access_operator', 'operator'),
    ('regress_access_both', 'author,operator'), ('regress_access_backup', 'backup'),
    ('regress_access_schema', 'other schema'), ('regress_access_database', 'database'),
    ('regress_access_createrole', 'createrole'), ('regress_access_reader', 'read_all'),
    ('regress_access_writer', 'write_all'), ('regress_access_default', 'default');

CREATE TEMP TABLE own_object AS
SELECT CASE WHEN d.classid = 'pg_class'::regclass
        THEN (SELECT CASE relkind WHEN 'S' THEN 'sequence' WHEN 'r' THEN 'table' ELSE 'view' END FROM pg_class c
            WHERE c.oid = d.objid)
        ELSE i.type END AS kind, i.identity AS name, d.objid AS oid
FROM pg_extension x
JOIN pg_depend d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = x.oid AND d.deptype = 'e',
    pg_identify_object(d.classid, d.objid, 0) i
WHERE x.extname = 'linkgress' AND d.classid IN ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass,
    'pg_namespace'::regclass) AND i.identity NOT LIKE '%[]'
    -- Row types have the privileges of their tables; since PostgreSQL 17 they are members, too.
    AND NOT EXISTS (SELECT FROM pg_type t JOIN pg_class c ON c.oid = t.typrelid
        WHERE d.classid = 'pg_type'::regclass AND t.oid = d.objid AND c.relkind <> 'c');
-- Nothing of another kind has privileges.
SELECT DISTINCT d.classid::regclass FROM pg_extension x
JOIN pg_depend d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = x.oid AND d.deptype = 'e'
WHERE x.extname = 'linkgress' AND d.classid NOT IN ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass,
    'pg_namespace'::regclass, 'pg_rewrite'::regclass);

CREATE FUNCTION pg_temp.letters(role name, kind text, object oid) RETURNS text LANGUAGE sql AS $$
SELECT string_agg(letter, '' ORDER BY position) FROM (
    SELECT 'S' AS letter, 1 AS position WHERE kind IN ('table', 'view') AND has_table_privilege(role, object, 'SELECT')
    UNION ALL SELECT 'I', 2 WHERE kind IN ('table', 'view') AND has_table_privilege(role, object, 'INSERT')
    UNION ALL SELECT 'U', 3 WHERE kind IN ('table', 'view') AND has_table_privilege(role, object, 'UPDATE')
    UNION ALL SELECT 'D', 4 WHERE kind IN ('table', 'view') AND has_table_privilege(role, object, 'DELETE')
    UNION ALL SELECT 'T', 5 WHERE kind IN ('table', 'view') AND has_table_privilege(role, object, 'TRUNCATE')
    UNION ALL SELECT 'R', 6 WHERE kind IN ('table', 'view') AND has_table_privilege(role, object, 'REFERENCES')
    UNION ALL SELECT 'G', 7 WHERE kind IN ('table', 'view') AND has_table_privilege(role, object, 'TRIGGER')
    UNION ALL SELECT 'S', 1 WHERE kind = 'sequence' AND has_sequence_privilege(role, object, 'SELECT')
    UNION ALL SELECT 'U', 2 WHERE kind = 'sequence' AND has_sequence_privilege(role, object, 'USAGE')
    UNION ALL SELECT 'W', 3 WHERE kind = 'sequence' AND has_sequence_privilege(role, object, 'UPDATE')
    UNION ALL SELECT 'X', 1 WHERE kind IN ('function', 'procedure') AND has_function_privilege(role, object, 'EXECUTE')
    UNION ALL SELECT 'U', 1 WHERE kind = 'type' AND has_type_privilege(role, object, 'USAGE')
    UNION ALL SELECT 'U', 1 WHERE kind = 'schema' AND has_schema_privilege(role, object, 'USAGE')
    UNION ALL SELECT 'C', 2 WHERE kind = 'schema' AND has_schema_privilege(role, object, 'CREATE')) l $$;

-- S: select, I: insert, U: update (of types, schemas and sequences: usage), D: delete, T: truncate, R: references,
-- G: trigger, W: update of a sequence, X: execute, C: create
SELECT o.kind || ' ' || regexp_replace(o.name, '(linkgress|pg_catalog)\.', '', 'g') COLLATE "C" AS object, r.column_name,
    pg_temp.letters(r.role, o.kind, o.oid), r.position
FROM own_object o, kind_of_role r
ORDER BY 1, r.position \crosstabview object column_name letters position

-- What columns have beyond their table
SELECT a.attrelid::regclass AS "table", e.privilege_type AS privilege, e.grantee::regrole AS grantee, e.is_grantable,
    string_agg(a.attname, ' ' ORDER BY a.attnum) AS columns
FROM own_object o JOIN pg_attribute a ON a.attrelid = o.oid, aclexplode(a.attacl) e
WHERE o.kind IN ('table', 'view') GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3;

-- No grant but these: none of MAINTAIN, none to be passed on, no type of a table's rows, none of another grantor.
SELECT o.name, e.privilege_type, e.grantee::regrole FROM own_object o JOIN pg_class c ON c.oid = o.oid, aclexplode(c.relacl) e
WHERE e.grantee <> c.relowner AND (e.privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE') OR e.is_grantable);
SELECT t.typname, r.role FROM own_object o JOIN pg_type t ON t.typrelid = o.oid, kind_of_role r
WHERE has_type_privilege(r.role, t.oid, 'USAGE');

-- Each function is called by each role, with NULLs or empty texts: who has no privilege is refused for that reason,
-- nobody else. (Trigger functions are refused to all by another one.)
CREATE FUNCTION pg_temp.is_refused(role name, call text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('SET LOCAL ROLE %I', role);
    EXECUTE call;
    RAISE EXCEPTION 'all of this is undone' USING ERRCODE = 'ZZ000';
EXCEPTION WHEN others THEN
    RETURN SQLSTATE = '42501' AND SQLERRM ~ '^permission denied for (function|procedure|schema)';
END $$;
SET client_min_messages = error;
SELECT o.name, r.column_name AS role, is_refused
FROM own_object o
JOIN pg_proc p ON p.oid = o.oid
CROSS JOIN kind_of_role r
CROSS JOIN LATERAL pg_temp.is_refused(r.role, format(CASE p.prokind WHEN 'p' THEN 'CALL %s(%s)' ELSE 'SELECT FROM %s(%s)' END,
    p.oid::regproc, (SELECT string_agg(CASE WHEN p.proisstrict THEN quote_literal(CASE t.oid WHEN 'oid'::regtype THEN '0' ELSE '' END) ELSE 'NULL' END || '::' || format_type(t.oid, NULL), ', ' ORDER BY t.position)
        FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY t(oid, position)))) is_refused
WHERE o.kind IN ('function', 'procedure') AND p.prorettype <> 'trigger'::regtype AND r.role <> 'public'
  AND is_refused IS DISTINCT FROM NOT (has_function_privilege(r.role, p.oid, 'EXECUTE')
      AND has_schema_privilege(r.role, 'linkgress', 'USAGE'))
ORDER BY 1, 2;
RESET client_min_messages;
SET client_min_messages = warning;

-- Nobody takes the extension away, or puts something into its schema.
CREATE FUNCTION pg_temp.try(role name, command text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('SET LOCAL ROLE %I', role);
    EXECUTE command;
    RAISE EXCEPTION 'it can' USING ERRCODE = 'ZZ000';
EXCEPTION WHEN others THEN
    RETURN CASE WHEN SQLSTATE <> '42501' THEN SQLSTATE || ': ' || SQLERRM END;
END $$;
SELECT r.column_name AS role, c.command, outcome
FROM kind_of_role r
CROSS JOIN unnest(ARRAY[
    'DROP SCHEMA linkgress CASCADE', 'DROP EXTENSION linkgress', 'ALTER EXTENSION linkgress UPDATE',
    'ALTER EXTENSION linkgress DROP FUNCTION linkgress.status()', 'ALTER SCHEMA linkgress RENAME TO elsewhere',
    'ALTER SCHEMA linkgress OWNER TO CURRENT_USER',
    'CREATE FUNCTION linkgress.format(text, bigint, bigint) RETURNS text LANGUAGE sql RETURN 1',
    'CREATE TABLE linkgress.more ()', 'CREATE TYPE linkgress.more AS (a int)',
    'CREATE TRIGGER more BEFORE INSERT ON linkgress.journal EXECUTE FUNCTION linkgress.log_trigger()',
    'ALTER TABLE linkgress.journal DISABLE TRIGGER ALL', 'DROP TRIGGER check_write ON linkgress.journal',
    'ALTER FUNCTION linkgress.status() OWNER TO CURRENT_USER', 'DROP FUNCTION linkgress.status()',
    'COMMENT ON TABLE linkgress.journal IS ''mine''', 'LOCK TABLE linkgress.journal IN ACCESS EXCLUSIVE MODE']) c(command)
CROSS JOIN LATERAL pg_temp.try(r.role, c.command) outcome
WHERE r.role NOT IN ('public') AND outcome IS NOT NULL AND NOT (c.command LIKE 'LOCK%' AND r.column_name = 'write_all')
ORDER BY 1, 2;

-- grant_access() leaves exactly the level, whatever there was before.
GRANT ALL ON ALL TABLES IN SCHEMA linkgress TO regress_access_login WITH GRANT OPTION;
GRANT ALL ON ALL SEQUENCES IN SCHEMA linkgress TO regress_access_login;
GRANT ALL ON ALL ROUTINES IN SCHEMA linkgress TO regress_access_login WITH GRANT OPTION;
GRANT ALL ON SCHEMA linkgress TO regress_access_login;
GRANT ALL ON TYPE linkgress.operation TO regress_access_login;
GRANT UPDATE (up), REFERENCES (name) ON linkgress.migration TO regress_access_login;
SET ROLE regress_access_login;
-- by another grantor, and passed on to a third
GRANT INSERT ON linkgress.journal TO regress_access_viewer WITH GRANT OPTION;
GRANT UPDATE (name) ON linkgress.journal TO regress_access_viewer;
GRANT EXECUTE ON FUNCTION linkgress.migrate TO regress_access_viewer;
SET ROLE regress_access_viewer;
GRANT INSERT ON linkgress.journal TO regress_access_default;
RESET ROLE;
CREATE FUNCTION pg_temp.differences(of name, from_ name) RETURNS SETOF text LANGUAGE sql AS $$
SELECT format('%s %s: %s, %s', kind, name, pg_temp.letters(of, kind, oid), pg_temp.letters(from_, kind, oid))
FROM own_object WHERE pg_temp.letters(of, kind, oid) IS DISTINCT FROM pg_temp.letters(from_, kind, oid)
UNION ALL
SELECT format('%s.%s', attrelid::regclass, attname) FROM pg_attribute a JOIN own_object o ON o.oid = a.attrelid
WHERE EXISTS (SELECT FROM aclexplode(attacl) WHERE grantee = of::regrole)
  <> EXISTS (SELECT FROM aclexplode(attacl) WHERE grantee = from_::regrole) $$;
SELECT linkgress.grant_access('regress_access_viewer', 'viewer');
SELECT has_any_column_privilege('regress_access_viewer', 'linkgress.journal', 'UPDATE') AS column,
    has_table_privilege('regress_access_viewer', 'linkgress.journal', 'INSERT') AS table,
    has_table_privilege('regress_access_default', 'linkgress.journal', 'INSERT') AS passed_on,
    has_function_privilege('regress_access_viewer', 'linkgress.migrate(text, boolean, text, boolean, boolean)', 'EXECUTE') AS function;
SELECT linkgress.grant_access('regress_access_login', 'operator');
SELECT pg_temp.differences('regress_access_login', 'regress_access_operator');
SELECT linkgress.grant_access('regress_access_login', 'author');
SELECT pg_temp.differences('regress_access_login', 'regress_access_author');
SELECT linkgress.grant_access('regress_access_login', 'operator,author');
SELECT pg_temp.differences('regress_access_login', 'regress_access_both');
SELECT linkgress.grant_access('regress_access_login', 'viewer');
SELECT pg_temp.differences('regress_access_login', 'regress_access_viewer');
SELECT linkgress.grant_access('regress_access_login', 'none');
SELECT pg_temp.differences('regress_access_login', 'regress_access_default');
SELECT linkgress.grant_access('regress_access_login', '');
SELECT linkgress.grant_access('regress_access_login', 'author,none');
SELECT linkgress.grant_access('regress_access_login', 'author,');
SELECT linkgress.grant_access('regress_access_login', NULL);
-- Whom somebody has let call it still needs to be one who can act as the owner.
GRANT USAGE ON SCHEMA linkgress TO regress_access_login;
GRANT EXECUTE ON FUNCTION linkgress.grant_access TO regress_access_login;
SET ROLE regress_access_login;
SELECT linkgress.grant_access('regress_access_login', 'operator');
RESET ROLE;

DROP EXTENSION linkgress;
DROP SCHEMA regress_access;
ALTER DATABASE :"database" OWNER TO :"superuser";
DROP ROLE regress_access_login, regress_access_viewer, regress_access_author, regress_access_operator, regress_access_both, regress_access_backup,
    regress_access_schema, regress_access_database, regress_access_createrole, regress_access_reader,
    regress_access_writer, regress_access_default;
