--- case: added and dropped
--- a
CREATE EXTENSION hstore;
--- b
CREATE SCHEMA ext;
CREATE EXTENSION citext;
CREATE EXTENSION pg_trgm SCHEMA ext;
COMMENT ON EXTENSION citext IS 'it''s my comment';

--- case: members do not show up
--- a
--- b
CREATE EXTENSION citext;
CREATE EXTENSION hstore;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION btree_gist;
CREATE EXTENSION btree_gin;
--- operations: create_extension btree_gin; create_extension btree_gist; create_extension citext; create_extension hstore; create_extension pg_trgm

--- case: another schema
--- both
CREATE SCHEMA s1;
CREATE SCHEMA s2;
--- a
CREATE EXTENSION citext SCHEMA s1;
CREATE TABLE t (id int PRIMARY KEY, a s1.citext DEFAULT 'x');
CREATE INDEX i ON t (lower(a));
CREATE VIEW v AS SELECT a FROM t WHERE a OPERATOR(s1.=) 'Y'::s1.citext;
CREATE FUNCTION f(s1.citext) RETURNS int LANGUAGE sql AS 'SELECT 1';
--- b
CREATE EXTENSION citext SCHEMA s2;
CREATE TABLE t (id int PRIMARY KEY, a s2.citext DEFAULT 'x');
CREATE INDEX i ON t (lower(a));
CREATE VIEW v AS SELECT a FROM t WHERE a OPERATOR(s2.=) 'Y'::s2.citext;
CREATE FUNCTION f(s2.citext) RETURNS int LANGUAGE sql AS 'SELECT 1';
--- data
INSERT INTO t VALUES (1, 'Abc');
--- keep
SELECT id, a::text, 't'::regclass::oid FROM t

--- case: a later version
--- a
CREATE EXTENSION pg_trgm VERSION '1.5';
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE INDEX i ON t USING gin (a gin_trgm_ops);
--- b
CREATE EXTENSION pg_trgm VERSION '1.6';
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE INDEX i ON t USING gin (a gin_trgm_ops);
--- data
INSERT INTO t VALUES (1, 'abc');
--- keep
SELECT *, 'i'::regclass::oid FROM t
--- one way
There is no script from 1.6 to 1.5, so an extension that is used cannot go back.

--- case: a later version over several steps
--- a
CREATE EXTENSION citext VERSION '1.4';
--- b
CREATE EXTENSION citext VERSION '1.6';
--- one way
There is no script from 1.6 to 1.4.

--- case: tables, indexes, constraints, views and functions over types of extensions
--- a
--- b
CREATE EXTENSION citext;
CREATE EXTENSION hstore;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION btree_gist;
CREATE TABLE t (id int PRIMARY KEY, email citext UNIQUE, attrs hstore DEFAULT 'a=>1', during tsrange, CONSTRAINT x EXCLUDE USING gist (id WITH =, during WITH &&), CONSTRAINT c CHECK (attrs ? 'a'));
CREATE INDEX i1 ON t USING gin (email gin_trgm_ops, attrs);
CREATE INDEX i2 ON t USING gist (lower(email) gist_trgm_ops (siglen = 32));
CREATE DOMAIN email_t AS citext CHECK (VALUE ~ '@');
CREATE TYPE contact AS (mail email_t, more hstore);
CREATE VIEW v AS SELECT email || '' AS e, attrs -> 'a' AS a, similarity(email::text, 'x') AS s FROM t WHERE email = 'X';
CREATE FUNCTION f(e citext, h hstore) RETURNS SETOF hstore BEGIN ATOMIC SELECT h || attrs FROM t WHERE email = e; END;
CREATE AGGREGATE merge_all(hstore) (SFUNC = hs_concat, STYPE = hstore, INITCOND = '');
CREATE CAST (hstore AS contact) WITH INOUT;

--- case: the extension stays, what uses it changes
--- both
CREATE EXTENSION citext;
CREATE EXTENSION pg_trgm;
--- a
CREATE TABLE t (id int PRIMARY KEY, a citext, b text);
CREATE INDEX i ON t USING gin (b gin_trgm_ops);
CREATE VIEW v AS SELECT a FROM t WHERE a = 'x';
--- b
CREATE TABLE t (id int PRIMARY KEY, a text, b citext);
CREATE INDEX i ON t USING gist (b gist_trgm_ops);
CREATE VIEW v AS SELECT b FROM t WHERE b = 'x';
--- data
INSERT INTO t VALUES (1, 'Abc', 'Def');
--- keep
SELECT id, a::text, b::text FROM t

--- case: the extension goes together with everything that used it, the rows stay
--- a
CREATE EXTENSION citext;
CREATE EXTENSION pg_trgm;
CREATE TABLE t (id int PRIMARY KEY, a citext);
CREATE INDEX i ON t USING gin (a gin_trgm_ops);
CREATE VIEW v AS SELECT a FROM t;
--- b
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE VIEW v AS SELECT a FROM t;
--- data
INSERT INTO t VALUES (1, 'Abc');
--- keep
SELECT id, a::text FROM t

--- case: an extension that needs another one
--- a
--- b
CREATE EXTENSION cube;
CREATE EXTENSION earthdistance;
CREATE TABLE t (id int PRIMARY KEY, p earth);

--- case: in a schema that is new, with a name that needs quotes, and the schema goes with it
--- a
CREATE SCHEMA "Ext 1";
CREATE EXTENSION "uuid-ossp" SCHEMA "Ext 1";
CREATE TABLE t (id uuid PRIMARY KEY DEFAULT "Ext 1".uuid_generate_v4());
--- b
CREATE SCHEMA "Ext 2";
CREATE EXTENSION "uuid-ossp" SCHEMA "Ext 2";
CREATE TABLE t (id uuid PRIMARY KEY DEFAULT "Ext 2".uuid_generate_v4());
--- data
INSERT INTO t VALUES ('00000000-0000-0000-0000-000000000001');
--- keep
SELECT id FROM t

--- case: a comment is changed and removed
--- a
CREATE EXTENSION citext;
CREATE EXTENSION hstore;
CREATE EXTENSION pg_trgm;
COMMENT ON EXTENSION citext IS 'old';
--- b
CREATE EXTENSION citext;
CREATE EXTENSION hstore;
CREATE EXTENSION pg_trgm;
COMMENT ON EXTENSION citext IS 'new';
COMMENT ON EXTENSION hstore IS NULL;

--- case: grants on members
--- both
CREATE EXTENSION hstore;
--- a
--- b
REVOKE ALL ON FUNCTION hs_concat(hstore, hstore) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION hs_concat(hstore, hstore) TO alice;
GRANT USAGE ON TYPE hstore TO bob;

--- case: objects of one's own in the extension's schema and with names of members
--- a
CREATE SCHEMA ext;
CREATE EXTENSION hstore SCHEMA ext;
CREATE FUNCTION ext.mine() RETURNS int LANGUAGE sql AS 'SELECT 1';
--- b
CREATE SCHEMA ext;
CREATE EXTENSION hstore SCHEMA ext;
CREATE TABLE hstore (id int PRIMARY KEY, a ext.hstore);
CREATE FUNCTION skeys(text) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION ext.akeys(text) RETURNS int LANGUAGE sql AS 'SELECT 2';

--- case: an extension whose functions are used for triggers and text search
--- a
--- b
CREATE EXTENSION unaccent;
CREATE EXTENSION moddatetime;
CREATE TEXT SEARCH CONFIGURATION fr (COPY = french);
ALTER TEXT SEARCH CONFIGURATION fr ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;
CREATE TABLE t (id int PRIMARY KEY, at timestamp);
CREATE TRIGGER m BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION moddatetime(at);

--- case: grants on members of extensions that come, go and move, of all kinds
--- a
CREATE SCHEMA s1;
CREATE EXTENSION citext;
GRANT EXECUTE ON FUNCTION citext_eq(citext, citext) TO alice WITH GRANT OPTION;
SET ROLE alice;
GRANT EXECUTE ON FUNCTION citext_eq(citext, citext) TO bob;
RESET ROLE;
CREATE EXTENSION hstore SCHEMA s1;
REVOKE ALL ON FUNCTION s1.hs_concat(s1.hstore, s1.hstore) FROM PUBLIC;
GRANT USAGE ON TYPE s1.hstore TO bob;
CREATE TABLE t (id int PRIMARY KEY, a citext);
CREATE VIEW v AS SELECT a FROM t WHERE a = 'x';
--- b
CREATE SCHEMA s2;
CREATE EXTENSION hstore SCHEMA s2;
REVOKE ALL ON FUNCTION s2.hs_concat(s2.hstore, s2.hstore) FROM PUBLIC;
GRANT USAGE ON TYPE s2.hstore TO alice;
CREATE EXTENSION pg_stat_statements;
GRANT SELECT ON pg_stat_statements TO alice;
GRANT SELECT (dealloc) ON pg_stat_statements_info TO bob;
GRANT EXECUTE ON FUNCTION pg_stat_statements_reset(oid, oid, bigint) TO bob;
CREATE EXTENSION postgres_fdw;
GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO alice;
REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;
CREATE TABLE t (id int PRIMARY KEY);
