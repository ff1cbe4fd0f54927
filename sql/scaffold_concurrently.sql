-- Migrations with the indexes of a plan apart: built and dropped without blocking, in a migration of their own.
SET client_min_messages = warning;
CREATE EXTENSION linkgress;
SET linkgress.verbosity = quiet;
\pset format unaligned
\pset tuples_only on
CREATE FUNCTION of_shop(what text) RETURNS text LANGUAGE sql AS $$
	SELECT linkgress.set_model('CREATE SCHEMA shop; SET search_path = shop; ' || what) $$;
-- Without comments and empty lines
CREATE FUNCTION statements(body text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(line, E'\n') FROM string_to_table(body, E'\n') line WHERE line !~ '^(--.*|SET search_path.*|)$' $$;
-- The name that is returned is the last one's. Each is in a transaction or in none.
\set scaffold 'CREATE TEMPORARY TABLE scaffolded AS SELECT linkgress.scaffold(''changes'', concurrently => true) AS name; SELECT name = (SELECT max(m.name) FROM linkgress.migration m) FROM scaffolded; DROP TABLE scaffolded;'
\set show 'SELECT regexp_replace(name, ''^[0-9-]+_'', '''') || '' '' || coalesce(transactional, true) || E''\\n'' || statements(up) || E''\\n-- back:\\n'' || statements(down) FROM linkgress.migration ORDER BY name;'
\set apply 'CALL linkgress.up(); SELECT count(*) FROM linkgress.analyze();'
\set revert 'CALL linkgress.down(:n); SELECT linkgress.fingerprint() = :''before''; DELETE FROM linkgress.migration; DROP SCHEMA shop CASCADE;'

-- Indexes alone: one migration
CREATE SCHEMA shop;
SET search_path = shop;
CREATE TABLE t (a int, b int);
CREATE INDEX t_a ON t (a);
CREATE TABLE u (a int);
RESET search_path;
SELECT linkgress.fingerprint() AS before \gset
SELECT of_shop($$
	CREATE TABLE t (a int, b int);
	CREATE INDEX t_b ON t (b) WHERE a > 0;
	CREATE UNIQUE INDEX ON t ((a + b));
	CREATE TABLE u (a int);
	CREATE INDEX ON u (a)
$$);
:scaffold
:show
SELECT count(*) AS n FROM linkgress.migration \gset
:apply
:revert

-- No indexes: one migration
CREATE SCHEMA shop;
SET search_path = shop;
CREATE TABLE t (a int);
RESET search_path;
SELECT linkgress.fingerprint() AS before \gset
SELECT of_shop($$
	CREATE TABLE t (a int, b int)
$$);
:scaffold
:show
SELECT count(*) AS n FROM linkgress.migration \gset
:apply
:revert

-- Both: two of them. What is new has its indexes in the first, and keys are there, too.
CREATE SCHEMA shop;
SET search_path = shop;
CREATE TABLE t (a int, b int);
CREATE INDEX t_a ON t (a);
RESET search_path;
SELECT linkgress.fingerprint() AS before \gset
SELECT of_shop($$
	CREATE TABLE t (a int NOT NULL, b int UNIQUE, c int, CHECK (a > 0));
	CREATE INDEX t_b ON t (b);
	CREATE INDEX t_c ON t (c);
	CREATE TABLE u (a int PRIMARY KEY);
	CREATE INDEX ON u (a)
$$);
:scaffold
:show
SELECT count(*) AS n FROM linkgress.migration \gset
:apply
:revert

-- An index of a column that goes, changes its type; an index on an expression that a new function is in
CREATE SCHEMA shop;
SET search_path = shop;
CREATE TABLE t (a int, b int, c text);
CREATE INDEX t_a ON t (a);
CREATE INDEX t_b ON t (b);
RESET search_path;
SELECT linkgress.fingerprint() AS before \gset
SELECT of_shop($$
	CREATE TABLE t (b bigint, c text);
	CREATE INDEX t_b ON t (b);
	CREATE INDEX t_c ON t (c);
	CREATE FUNCTION f(text) RETURNS text IMMUTABLE LANGUAGE sql RETURN lower($1);
	CREATE INDEX t_f ON t (f(c))
$$);
:scaffold
:show
SELECT count(*) AS n FROM linkgress.migration \gset
:apply
:revert

-- An index of the same name, made anew; one that becomes a constraint, and the other way round
CREATE SCHEMA shop;
SET search_path = shop;
CREATE TABLE t (a int, b int, c int, CONSTRAINT t_c UNIQUE (c));
CREATE INDEX t_a ON t (a);
CREATE UNIQUE INDEX t_b ON t (b);
RESET search_path;
SELECT linkgress.fingerprint() AS before \gset
SELECT of_shop($$
	CREATE TABLE t (a int, b int, c int, CONSTRAINT t_b UNIQUE (b));
	CREATE INDEX t_a ON t (a DESC);
	CREATE UNIQUE INDEX t_c ON t (c)
$$);
:scaffold
:show
SELECT count(*) AS n FROM linkgress.migration \gset
:apply
:revert

-- What foreign keys, clustering and replica identities need
CREATE SCHEMA shop;
SET search_path = shop;
CREATE TABLE t (a int NOT NULL, b int NOT NULL);
CREATE UNIQUE INDEX t_a ON t (a);
CREATE INDEX t_b ON t (b);
CREATE TABLE u (a int REFERENCES t (a));
CREATE INDEX u_a ON u (a);
ALTER TABLE u CLUSTER ON u_a;
RESET search_path;
SELECT linkgress.fingerprint() AS before \gset
SELECT of_shop($$
	CREATE TABLE t (a int NOT NULL, b int NOT NULL);
	CREATE UNIQUE INDEX t_b2 ON t (b);
	ALTER TABLE t REPLICA IDENTITY USING INDEX t_b2;
	CREATE TABLE u (a int REFERENCES t (b));
	CREATE INDEX u_a2 ON u (a);
	CREATE INDEX u_a3 ON u (a) WHERE a > 0
$$);
:scaffold
:show
SELECT count(*) AS n FROM linkgress.migration \gset
:apply
:revert

-- Partitioned tables, and a partition's own; a materialized view
CREATE SCHEMA shop;
SET search_path = shop;
CREATE TABLE p (a int, b int) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE INDEX p_a ON p (a);
CREATE INDEX p1_b ON p1 (b);
CREATE MATERIALIZED VIEW m AS SELECT 1 AS a;
RESET search_path;
SELECT linkgress.fingerprint() AS before \gset
SELECT of_shop($$
	CREATE TABLE p (a int, b int) PARTITION BY LIST (a);
	CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
	CREATE INDEX p_b ON p (b);
	CREATE INDEX p1_ab ON p1 (a, b);
	CREATE MATERIALIZED VIEW m AS SELECT 1 AS a;
	CREATE UNIQUE INDEX m_a ON m (a)
$$);
:scaffold
:show
SELECT count(*) AS n FROM linkgress.migration \gset
:apply
:revert

-- An index with the name of one of another table; one that a table or key gets the name of
CREATE SCHEMA shop;
SET search_path = shop;
CREATE TABLE t (a int, b int);
CREATE TABLE u (a int);
CREATE INDEX one ON t (a);
CREATE INDEX two ON t (b);
CREATE INDEX three ON u (a);
RESET search_path;
SELECT linkgress.fingerprint() AS before \gset
SELECT of_shop($$
	CREATE TABLE t (a int, b int, CONSTRAINT three PRIMARY KEY (b));
	CREATE TABLE u (a int);
	CREATE INDEX one ON u (a);
	CREATE TABLE two (a int)
$$);
:scaffold
:show
SELECT count(*) AS n FROM linkgress.migration \gset
:apply
:revert

-- Comments and statistics of an index; one that others get by a rename
CREATE SCHEMA shop;
SET search_path = shop;
CREATE TABLE t (a int);
CREATE INDEX t_a ON t (a);
CREATE INDEX other ON t ((a + 1));
RESET search_path;
SELECT linkgress.fingerprint() AS before \gset
SELECT of_shop($$
	CREATE TABLE t (a int);
	CREATE INDEX t_a2 ON t (a);
	CREATE INDEX one ON t ((a * 2));
	COMMENT ON INDEX one IS 'twice';
	ALTER INDEX one ALTER COLUMN 1 SET STATISTICS 100
$$);
:scaffold
:show
SELECT count(*) AS n FROM linkgress.migration \gset
:apply
:revert

-- Nothing to do
CREATE SCHEMA shop;
SELECT of_shop('');
SELECT linkgress.scaffold('nothing', concurrently => true);
-- Two in a row have names in their order.
SELECT of_shop('CREATE TABLE t (a int); CREATE INDEX ON t (a)');
:scaffold
:show
CALL linkgress.up();
SELECT of_shop('CREATE TABLE t (a int, b int); CREATE INDEX ON t (a, b); CREATE INDEX t_a2 ON t (a DESC)');
:scaffold
CALL linkgress.up();
SELECT count(*) FROM linkgress.analyze();
SELECT regexp_replace(name, '^[0-9-]+_', '') FROM linkgress.journal ORDER BY name;
CALL linkgress.down(3);
SELECT to_regclass('shop.t') IS NULL;

DROP SCHEMA IF EXISTS shop CASCADE;
DROP FUNCTION of_shop, statements;
DROP EXTENSION linkgress;
