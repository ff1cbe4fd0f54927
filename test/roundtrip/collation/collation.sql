--- case: added and dropped
--- a
CREATE COLLATION old (PROVIDER = libc, LOCALE = 'C');
--- b
CREATE COLLATION c1 (LOCALE = 'C');
CREATE COLLATION c2 (LC_COLLATE = 'C', LC_CTYPE = 'POSIX');
CREATE COLLATION c3 FROM "C";
CREATE COLLATION i1 (PROVIDER = icu, LOCALE = 'und');
CREATE COLLATION i2 (PROVIDER = icu, LOCALE = 'de-u-co-phonebk');
CREATE COLLATION ci (PROVIDER = icu, LOCALE = 'und-u-ks-level2', DETERMINISTIC = false);
COMMENT ON COLLATION ci IS 'case does not matter';

--- case: provider, locale and determinism change
--- a
CREATE COLLATION c1 (PROVIDER = libc, LOCALE = 'C');
CREATE COLLATION c2 (PROVIDER = icu, LOCALE = 'und');
CREATE COLLATION c3 (PROVIDER = icu, LOCALE = 'de');
CREATE COLLATION c4 (PROVIDER = libc, LC_COLLATE = 'C', LC_CTYPE = 'C');
COMMENT ON COLLATION c1 IS 'stays';
--- b
CREATE COLLATION c1 (PROVIDER = icu, LOCALE = 'und');
CREATE COLLATION c2 (PROVIDER = icu, LOCALE = 'und', DETERMINISTIC = false);
CREATE COLLATION c3 (PROVIDER = icu, LOCALE = 'sv');
CREATE COLLATION c4 (PROVIDER = libc, LC_COLLATE = 'POSIX', LC_CTYPE = 'C');
COMMENT ON COLLATION c1 IS 'stays';

--- case: a used collation changes
--- a
CREATE COLLATION c (PROVIDER = icu, LOCALE = 'de');
CREATE TABLE t (id int PRIMARY KEY, a text COLLATE c, b text);
CREATE INDEX i ON t (b COLLATE c);
CREATE DOMAIN d AS text COLLATE c;
CREATE TYPE ct AS (x text COLLATE c);
CREATE VIEW v AS SELECT a, b COLLATE c AS b FROM t ORDER BY b COLLATE c;
ALTER TABLE t ADD CONSTRAINT ck CHECK (b COLLATE c > 'a');
CREATE FUNCTION f(x text) RETURNS boolean RETURN x COLLATE c > 'a';
--- b
CREATE COLLATION c (PROVIDER = icu, LOCALE = 'de-u-co-phonebk');
CREATE TABLE t (id int PRIMARY KEY, a text COLLATE c, b text);
CREATE INDEX i ON t (b COLLATE c);
CREATE DOMAIN d AS text COLLATE c;
CREATE TYPE ct AS (x text COLLATE c);
CREATE VIEW v AS SELECT a, b COLLATE c AS b FROM t ORDER BY b COLLATE c;
ALTER TABLE t ADD CONSTRAINT ck CHECK (b COLLATE c > 'a');
CREATE FUNCTION f(x text) RETURNS boolean RETURN x COLLATE c > 'a';
--- data
INSERT INTO t VALUES (1, 'x', 'y'), (2, 'y', 'z');
--- keep
SELECT * FROM t ORDER BY id

--- case: columns take a new collation and leave an old one, which is dropped
--- a
CREATE COLLATION old (PROVIDER = icu, LOCALE = 'de');
CREATE TABLE t (id int PRIMARY KEY, a text COLLATE old, b text);
CREATE INDEX i ON t (a, b);
CREATE VIEW v AS SELECT a FROM t;
--- b
CREATE COLLATION new (PROVIDER = icu, LOCALE = 'und', DETERMINISTIC = false);
CREATE TABLE t (id int PRIMARY KEY, a text, b text COLLATE new);
CREATE INDEX i ON t (a, b);
CREATE VIEW v AS SELECT a FROM t;
--- data
INSERT INTO t VALUES (1, 'x', 'y'), (2, 'y', 'z');
--- keep
SELECT id, a, b FROM t ORDER BY id

--- case: moved to another schema, used
--- both
CREATE SCHEMA s1;
CREATE SCHEMA s2;
--- a
CREATE COLLATION s1.c (LOCALE = 'C');
CREATE TABLE t (id int PRIMARY KEY, a text COLLATE s1.c);
--- b
CREATE COLLATION s2.c (LOCALE = 'C');
CREATE TABLE t (id int PRIMARY KEY, a text COLLATE s2.c);
--- data
INSERT INTO t VALUES (1, 'x'), (2, 'y');
--- keep
SELECT * FROM t ORDER BY id

--- case: in a range type, a partition key and a unique constraint
--- a
--- b
CREATE COLLATION c (PROVIDER = icu, LOCALE = 'und');
CREATE TYPE textrange AS RANGE (SUBTYPE = text, COLLATION = c);
CREATE TABLE p (a text COLLATE "C", b text COLLATE "C", UNIQUE (a, b)) PARTITION BY RANGE (a COLLATE "C", b COLLATE "C");
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('a', 'a') TO ('m', 'm');
CREATE TABLE q (a text, x textrange) PARTITION BY LIST (a COLLATE c);
CREATE TABLE q1 PARTITION OF q FOR VALUES IN ('x');

--- case: owner, comment and name
--- a
CREATE COLLATION c1 (LOCALE = 'C');
CREATE COLLATION c2 (LOCALE = 'C');
COMMENT ON COLLATION c1 IS 'old';
--- b
CREATE COLLATION c1 (LOCALE = 'C');
ALTER COLLATION c1 OWNER TO alice;
COMMENT ON COLLATION c1 IS 'new';
CREATE COLLATION c3 (LOCALE = 'C');

--- case: changes under domains, composite types, arrays and generated columns that tables use
--- a
CREATE COLLATION c (PROVIDER = icu, LOCALE = 'de');
CREATE DOMAIN d AS text COLLATE c;
CREATE TYPE ct AS (x text COLLATE c);
CREATE TABLE t (id int PRIMARY KEY, a d, b ct, e text[] COLLATE c, f text, g boolean GENERATED ALWAYS AS (f COLLATE c < 'm') STORED);
ALTER TABLE t ALTER f SET DEFAULT lower('X' COLLATE c);
CREATE STATISTICS s ON (f COLLATE c), e FROM t;
CREATE MATERIALIZED VIEW m AS SELECT a, e FROM t ORDER BY e;
--- b
CREATE COLLATION c (PROVIDER = icu, LOCALE = 'sv');
CREATE DOMAIN d AS text COLLATE c;
CREATE TYPE ct AS (x text COLLATE c);
CREATE TABLE t (id int PRIMARY KEY, a d, b ct, e text[] COLLATE c, f text, g boolean GENERATED ALWAYS AS (f COLLATE c < 'm') STORED);
ALTER TABLE t ALTER f SET DEFAULT lower('X' COLLATE c);
CREATE STATISTICS s ON (f COLLATE c), e FROM t;
CREATE MATERIALIZED VIEW m AS SELECT a, e FROM t ORDER BY e;
--- data
INSERT INTO t VALUES (1, 'x', '(y)', '{z}', 'w'), (2, NULL, NULL, NULL, 'x');
--- keep
SELECT id, a, b, e, f, g FROM t ORDER BY id

--- case: changes under a partition key
--- a
CREATE COLLATION c (PROVIDER = icu, LOCALE = 'de');
CREATE TABLE p (id int, a text) PARTITION BY LIST (a COLLATE c);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN ('x');
--- b
CREATE COLLATION c (PROVIDER = icu, LOCALE = 'sv');
CREATE TABLE p (id int, a text) PARTITION BY LIST (a COLLATE c);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN ('x');
--- data
INSERT INTO p VALUES (1, 'x');
--- keep
SELECT * FROM p

--- case: rules for the order
--- a
CREATE COLLATION c (PROVIDER = icu, LOCALE = 'und');
--- b
CREATE COLLATION c (PROVIDER = icu, LOCALE = 'und', RULES = '&a < g');
--- version: 16

--- case: built in
--- a
--- b
CREATE COLLATION b1 (PROVIDER = builtin, LOCALE = 'C');
CREATE COLLATION b2 (PROVIDER = builtin, LOCALE = 'C.UTF-8');
--- version: 17
