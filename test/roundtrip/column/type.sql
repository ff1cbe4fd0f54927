--- case: int to bigint and back
--- a
CREATE TABLE t (id int PRIMARY KEY, a int, b bigint, c smallint DEFAULT 3);
CREATE INDEX t_a ON t (a);
--- b
CREATE TABLE t (id bigint PRIMARY KEY, a bigint, b int, c int DEFAULT 3);
CREATE INDEX t_a ON t (a);
--- data
INSERT INTO t VALUES (1, 2, 3, 4);
--- keep
SELECT * FROM t
--- hazards: table_rewrite

--- case: wider and narrower varchar, char, numeric, bit, time
--- a
CREATE TABLE t (id int PRIMARY KEY, a varchar(10), b varchar(50), c numeric(5, 2), d numeric(10, 4), e char(3), f timestamptz(3), g varchar, h bit varying(5), i interval day to second);
CREATE INDEX t_a ON t (a);
CREATE UNIQUE INDEX t_b ON t (b);
--- b
CREATE TABLE t (id int PRIMARY KEY, a varchar(20), b varchar(5), c numeric(10, 2), d numeric(6, 2), e char(5), f timestamptz, g varchar(10), h bit varying(8), i interval);
CREATE INDEX t_a ON t (a);
CREATE UNIQUE INDEX t_b ON t (b);
--- data
INSERT INTO t VALUES (1, 'a', 'b', 1.25, 2.5, 'abc', '2024-01-01 00:00:00.123Z', 'g', B'101', '1 day');
--- keep
SELECT id, a, b, c, d::float8, rtrim(e), f, g, h, i FROM t

--- case: only the length gets greater: no rewrite
--- a
CREATE TABLE t (id int PRIMARY KEY, a varchar(10));
CREATE VIEW v AS SELECT id, a FROM t;
--- b
CREATE TABLE t (id int PRIMARY KEY, a varchar(20));
CREATE VIEW v AS SELECT id, a FROM t;
--- data
INSERT INTO t VALUES (1, 'abc');
--- keep
SELECT * FROM v
--- destructive: no

--- case: varchar to text and back
--- a
CREATE TABLE t (id int PRIMARY KEY, a varchar(10) DEFAULT 'x' CHECK (a <> ''), b text NOT NULL);
--- b
CREATE TABLE t (id int PRIMARY KEY, a text DEFAULT 'x' CHECK (a <> ''), b varchar(10) NOT NULL);
--- data
INSERT INTO t VALUES (1, 'a', 'b');
--- keep
SELECT * FROM t

--- case: text to integer
--- a
CREATE TABLE t (id int PRIMARY KEY, a text, b text DEFAULT '0', c varchar(5) NOT NULL DEFAULT '7');
--- b
CREATE TABLE t (id int PRIMARY KEY, a int, b int DEFAULT 0, c bigint NOT NULL DEFAULT 7);
--- data
INSERT INTO t VALUES (1, '15', '3', '9'), (2, NULL, DEFAULT, DEFAULT);
--- keep
SELECT id, a::text, b::text, c::text FROM t ORDER BY id
--- hazards: may_fail_on_data, table_rewrite

--- case: from and to types that text leads to
--- a
CREATE TABLE t (id int PRIMARY KEY, a text, b text, c text, d text, e text, f text, g text, h text[]);
--- b
CREATE TABLE t (id int PRIMARY KEY, a boolean, b date, c timestamptz, d uuid, e jsonb, f numeric(10, 2), g inet, h int[]);
--- data
INSERT INTO t VALUES (1, 'true', '2024-02-29', '2024-02-29 12:00:00+00', '00000000-0000-0000-0000-000000000001', '{"a": 1}', '1.50', '10.0.0.1', '{1,2}');
--- keep
SELECT id, a::text, b::text, c::text, d::text, e::text, f::text, host(g::inet), h::text FROM t

--- case: where there is a cast, and where there is one for assignment only
--- a
CREATE TABLE t (id int PRIMARY KEY, a timestamp, b timestamptz, c json, d jsonb, e date, f float8, g numeric, h real);
--- b
CREATE TABLE t (id int PRIMARY KEY, a timestamptz, b timestamp, c jsonb, d json, e timestamp, f numeric, g float8, h int);
--- data
INSERT INTO t VALUES (1, '2024-01-01 10:00', '2024-01-01 10:00Z', '{"a": 1}', '{"b": 2}', '2024-01-02', 1.5, 2.5, 3);
--- keep
SELECT id, a::timestamp, b::timestamp, c::text, d::text, e::date, f::float8, g::float8, h::int FROM t

--- case: boolean to integer and to text, integer to boolean
--- a
CREATE TABLE t (id int PRIMARY KEY, a boolean NOT NULL DEFAULT false, b boolean, c int DEFAULT 0);
--- b
CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL DEFAULT 0, b text, c boolean DEFAULT false);
--- data
INSERT INTO t VALUES (1, true, true, 1), (2, DEFAULT, NULL, DEFAULT);
--- keep
SELECT id, a::boolean, b::boolean, c::boolean FROM t ORDER BY id

--- case: types with no way between them: a row of nulls
--- a
CREATE TABLE t (id int PRIMARY KEY, a point, b date);
--- b
CREATE TABLE t (id int PRIMARY KEY, a uuid, b interval);
--- keep
SELECT count(*) FROM t

--- case: a value becomes an array
--- a
CREATE TABLE t (id int PRIMARY KEY, a int[], b text[] DEFAULT '{}', c varchar(5)[]);
--- b
CREATE TABLE t (id int PRIMARY KEY, a bigint[], b varchar(10)[] DEFAULT '{}', c text[]);
CREATE INDEX i ON t USING gin (a);
--- data
INSERT INTO t VALUES (1, '{1,2}', '{a}', '{b,NULL}');
--- keep
SELECT id, a::text, b::text, c::text FROM t

--- case: the default changes with the type
--- a
CREATE TABLE t (id int PRIMARY KEY, a text DEFAULT 'none', b int DEFAULT 1, c text DEFAULT now()::text, d int DEFAULT 0 NOT NULL);
--- b
CREATE TABLE t (id int PRIMARY KEY, a int DEFAULT -1, b text DEFAULT 'one', c timestamptz DEFAULT now(), d uuid);
--- hazards: may_fail_on_data

--- case: collation
--- a
CREATE TABLE t (id int PRIMARY KEY, a text, b text COLLATE "C", c varchar(10) COLLATE "POSIX");
CREATE INDEX t_a ON t (a);
--- b
CREATE TABLE t (id int PRIMARY KEY, a text COLLATE "C", b text, c varchar(20) COLLATE "C");
CREATE INDEX t_a ON t (a);
--- data
INSERT INTO t VALUES (1, 'a', 'b', 'c');
--- keep
SELECT * FROM t

--- case: everything that depends on the column
--- a
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (id int PRIMARY KEY, a int DEFAULT 1, b text, CONSTRAINT a_positive CHECK (a > 0), CONSTRAINT a_unique UNIQUE (a),
    CONSTRAINT a_fk FOREIGN KEY (a) REFERENCES p, g int GENERATED ALWAYS AS (a * 2) STORED);
CREATE INDEX t_a_partial ON t (b) WHERE a > 10;
CREATE INDEX t_a_expression ON t ((a + 1));
CREATE STATISTICS s ON a, b FROM t;
CREATE VIEW v AS SELECT id, a FROM t;
CREATE RULE r AS ON UPDATE TO t WHERE NEW.a = 5 DO ALSO UPDATE p SET id = NEW.a WHERE id = OLD.a;
CREATE TRIGGER g BEFORE UPDATE OF a ON t FOR EACH ROW WHEN (OLD.a IS DISTINCT FROM NEW.a) EXECUTE FUNCTION tf();
CREATE POLICY p ON t USING (a > 0);
CREATE FUNCTION sum_of_a() RETURNS bigint LANGUAGE sql RETURN (SELECT sum(a) FROM t);
COMMENT ON COLUMN t.a IS 'stays';
COMMENT ON CONSTRAINT a_positive ON t IS 'stays';
COMMENT ON INDEX t_a_expression IS 'stays';
COMMENT ON TRIGGER g ON t IS 'stays';
GRANT SELECT (a) ON t TO bob;
--- b
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (id int PRIMARY KEY, a bigint DEFAULT 1, b text, CONSTRAINT a_positive CHECK (a > 0), CONSTRAINT a_unique UNIQUE (a),
    CONSTRAINT a_fk FOREIGN KEY (a) REFERENCES p, g int GENERATED ALWAYS AS (a * 2) STORED);
CREATE INDEX t_a_partial ON t (b) WHERE a > 10;
CREATE INDEX t_a_expression ON t ((a + 1));
CREATE STATISTICS s ON a, b FROM t;
CREATE VIEW v AS SELECT id, a FROM t;
CREATE RULE r AS ON UPDATE TO t WHERE NEW.a = 5 DO ALSO UPDATE p SET id = NEW.a WHERE id = OLD.a;
CREATE TRIGGER g BEFORE UPDATE OF a ON t FOR EACH ROW WHEN (OLD.a IS DISTINCT FROM NEW.a) EXECUTE FUNCTION tf();
CREATE POLICY p ON t USING (a > 0);
CREATE FUNCTION sum_of_a() RETURNS bigint LANGUAGE sql RETURN (SELECT sum(a) FROM t);
COMMENT ON COLUMN t.a IS 'stays';
COMMENT ON CONSTRAINT a_positive ON t IS 'stays';
COMMENT ON INDEX t_a_expression IS 'stays';
COMMENT ON TRIGGER g ON t IS 'stays';
GRANT SELECT (a) ON t TO bob;
--- data
INSERT INTO p VALUES (3);
INSERT INTO t VALUES (1, 3, 'b');
--- keep
SELECT id, a, b, g FROM t
