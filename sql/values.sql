-- What becomes of the values that are there: looked at, before a plan is run.
SET client_min_messages = error;
CREATE EXTENSION linkgress;
SET linkgress.verbosity = quiet;
CREATE SCHEMA val;
CREATE FUNCTION want(model text) RETURNS text LANGUAGE sql AS $$
    SELECT linkgress.set_model('CREATE SCHEMA val; SET search_path = val; ' || model)
$$;

-- Values that would change
CREATE TABLE val.price (id int PRIMARY KEY, amount numeric, at text, code varchar(9));
INSERT INTO val.price VALUES (1, 2.675, '2026-01-01', 'a'), (2, 1.5, '2026-01-02 10:00', 'abc      '), (3, NULL, NULL, NULL);
SELECT want('CREATE TABLE price (id int PRIMARY KEY, amount numeric(8, 2), at date, code varchar(9))');
SELECT object, destructive, details->>'values' AS values FROM linkgress.analyze();
CREATE FUNCTION refusal() RETURNS text LANGUAGE plpgsql AS $$
DECLARE detail text;
BEGIN
    PERFORM linkgress.sync();
EXCEPTION WHEN object_not_in_prerequisite_state THEN
    GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
    RETURN concat_ws(E'\n', SQLERRM, detail);
END $$;
SELECT refusal();
SET linkgress.preview_rows = 1;
SELECT object, details->>'values' AS values FROM linkgress.analyze() WHERE object LIKE '%at';
SET linkgress.preview_rows = 0;
SELECT object, details->>'values' AS values FROM linkgress.analyze();
RESET linkgress.preview_rows;
-- A value that cannot be converted says so when it is
UPDATE val.price SET at = 'soon' WHERE id = 1;
SELECT object, details->>'values' AS values FROM linkgress.analyze() WHERE object LIKE '%at';
-- Keys that come twice
CREATE TABLE val.doc (d json);
INSERT INTO val.doc VALUES ('{"a":1,"b":[{"c":1, "c":2}]}'), ('{"a":1e2}'), ('[1]');
SELECT want('CREATE TABLE price (id int PRIMARY KEY, amount numeric, at text, code varchar(9)); CREATE TABLE doc (d jsonb)');
SELECT object, destructive, details->>'values' AS values FROM linkgress.analyze();
DROP TABLE val.doc;
-- What is too long, of a domain too; spaces count
SELECT want('CREATE TABLE price (id int PRIMARY KEY, amount numeric, at text, code varchar(5))');
SELECT linkgress.sync();
CREATE DOMAIN val.code AS varchar(9);
CREATE TABLE val.coded (c val.code);
INSERT INTO val.coded VALUES ('abcdefgh');
SELECT want('CREATE DOMAIN code AS varchar(5); CREATE TABLE price (id int PRIMARY KEY, amount numeric, at text, code varchar(9)); CREATE TABLE coded (c code)');
SELECT object, destructive FROM linkgress.analyze() WHERE type = 'alter_column';
SELECT linkgress.sync();
DROP TABLE val.coded, val.price;
DROP DOMAIN val.code;

-- Rows in the way
CREATE TABLE val.t (id int, a int, b text);
INSERT INTO val.t VALUES (1, 1, 'x'), (1, -1, 'x'), (2, NULL, NULL), (3, NULL, NULL);
SELECT want('CREATE TABLE t (id int, a int, b text, c int NOT NULL)');
SELECT linkgress.sync();
CALL linkgress.sync_online();
SELECT want('CREATE TABLE t (id int, a int, b text, c int NOT NULL DEFAULT 0, d serial, e int GENERATED ALWAYS AS IDENTITY)');
SELECT count(*) > 0 AS done FROM linkgress.sync();
SELECT want('CREATE TABLE t (id int UNIQUE, a int, b text)');
SELECT linkgress.sync(allow_destructive => true);
SELECT want('CREATE TABLE t (id int, a int, b text); CREATE UNIQUE INDEX t_b ON t (b) WHERE id < 2');
SELECT linkgress.sync(allow_destructive => true);
CALL linkgress.sync_online(allow_destructive => true);
SELECT want('CREATE TABLE t (id int, a int, b text, UNIQUE NULLS NOT DISTINCT (b))');
SELECT linkgress.sync(allow_destructive => true);
SELECT want('CREATE TABLE t (id int, a int, b text); CREATE UNIQUE INDEX t_b ON t (b) WHERE id > 1');
SELECT count(*) > 0 AS done FROM linkgress.sync(allow_destructive => true);
SELECT want('CREATE TABLE t (id int, a int CHECK (a > 0), b text)');
SELECT linkgress.sync(allow_destructive => true);
SELECT want('CREATE DOMAIN positive AS int CHECK (VALUE > 0 AND ''VALUE'' <> ''''); CREATE TABLE t (id int, a positive, b text)');
SELECT linkgress.sync(allow_destructive => true);
SELECT want('CREATE DOMAIN positive AS int; CREATE TABLE t (id int, a positive, b text)');
SELECT count(*) > 0 AS done FROM linkgress.sync(allow_destructive => true);
SELECT want('CREATE DOMAIN positive AS int CONSTRAINT is_positive CHECK (VALUE > 0); CREATE TABLE t (id int, a positive, b text)');
SELECT linkgress.sync(allow_destructive => true);
CALL linkgress.sync_online(allow_destructive => true);
DROP TABLE val.t;
DROP DOMAIN val.positive;

-- Whatever the rows are in the way of: domains, arrays of them, expressions, functions, columns that are new
CREATE DOMAIN val.d AS int;
CREATE FUNCTION val.is_good(int) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT $1 > 0';
CREATE TABLE val.t (a val.d[], b val.d, c text, "n{}" int, e int GENERATED ALWAYS AS IDENTITY);
INSERT INTO val.t (a, b, c, "n{}") VALUES ('{1,-2}', NULL, 'x', -1), ('{3}', 4, 'X', NULL), ('{5}', 6, 'y', 1);
CREATE FUNCTION want_of(domain text, columns text, more text DEFAULT '') RETURNS text LANGUAGE sql AS $$
    SELECT want(format('CREATE DOMAIN d AS int %s; CREATE FUNCTION is_good(int) RETURNS bool LANGUAGE sql IMMUTABLE AS ''SELECT $1 > 0'';
        CREATE TABLE t (a d[], b d, c text, "n{}" int, %s); %s', domain, columns, more))
$$;
SELECT want_of('CHECK (VALUE > 0)', 'e int GENERATED ALWAYS AS IDENTITY');
SELECT linkgress.sync();
SELECT want_of('NOT NULL', 'e int GENERATED ALWAYS AS IDENTITY');
SELECT linkgress.sync();
SELECT want_of('', 'e int GENERATED ALWAYS AS IDENTITY', 'CREATE DOMAIN needed AS int NOT NULL; ALTER TABLE t ADD f needed');
CALL linkgress.sync_online();
SELECT want_of('', 'e int GENERATED ALWAYS AS IDENTITY, f int DEFAULT 0 CHECK (f > 0)');
CALL linkgress.sync_online();
SELECT want_of('', 'e int GENERATED ALWAYS AS IDENTITY', 'CREATE UNIQUE INDEX t_c ON t (lower(c) DESC)');
CALL linkgress.sync_online();
SELECT want_of('', 'e int GENERATED ALWAYS AS IDENTITY, CHECK (is_good("n{}"))');
CALL linkgress.sync_online();
SELECT want_of('', 'e int GENERATED ALWAYS AS IDENTITY (MAXVALUE 2)');
CALL linkgress.sync_online();
SELECT want(''); -- nothing of it has been done
SELECT a, b, c, "n{}", e FROM val.t;
DROP FUNCTION want_of(text, text, text);
DROP TABLE val.t;
DROP FUNCTION val.is_good(int);
DROP DOMAIN val.d;

-- Positions of sequences
CREATE SEQUENCE val.s;
CREATE SEQUENCE val.back INCREMENT -1;
SELECT setval('val.s', 60), setval('val.back', -60);
SELECT want('CREATE SEQUENCE s MAXVALUE 50; CREATE SEQUENCE back INCREMENT -1');
SELECT linkgress.sync();
SELECT want('CREATE SEQUENCE s; CREATE SEQUENCE back INCREMENT -1 MINVALUE -50');
SELECT linkgress.sync();
SELECT want('CREATE SEQUENCE s MINVALUE 100 MAXVALUE 200 START 100; CREATE SEQUENCE back INCREMENT -1 MINVALUE -200 MAXVALUE -100 START -100');
SELECT count(*) FROM linkgress.sync();
SELECT nextval('val.s'), nextval('val.back');
DROP SEQUENCE val.s, val.back;

-- What is ignored, of a table that has to be made anew
CREATE TABLE val.t (id int, legacy text);
CREATE INDEX legacy_index ON val.t (legacy);
INSERT INTO val.t VALUES (1, 'precious');
INSERT INTO linkgress.ignore VALUES ('val.t.legacy'), ('val.t.legacy_index');
SELECT want('CREATE TABLE t (id int) PARTITION BY LIST (id); CREATE TABLE t_1 PARTITION OF t DEFAULT');
SELECT linkgress.sync(allow_destructive => true);
SELECT * FROM val.t;
DROP TABLE val.t;
DELETE FROM linkgress.ignore;
-- Its partitions: the rows go along where they are read, and hold it back where they would not be
CREATE TABLE val.p (id int, n int) PARTITION BY LIST (id);
CREATE TABLE val.p_1 PARTITION OF val.p FOR VALUES IN (1);
INSERT INTO val.p VALUES (1, 2);
INSERT INTO linkgress.ignore VALUES ('val.p_1');
SELECT want('CREATE TABLE p (id int, n int)');
SELECT count(*) > 0 AS done FROM linkgress.sync(allow_destructive => true);
SELECT * FROM val.p;
DELETE FROM linkgress.ignore;
DROP TABLE val.p;

-- Rows of a default partition that a new one takes
CREATE TABLE val.p (id int, at date) PARTITION BY RANGE (at);
CREATE TABLE val.p_others PARTITION OF val.p DEFAULT;
INSERT INTO val.p VALUES (1, '2026-01-15'), (2, '2026-02-01');
SELECT want('CREATE TABLE p (id int, at date) PARTITION BY RANGE (at); CREATE TABLE p_others PARTITION OF p DEFAULT;
    CREATE TABLE p_1 PARTITION OF p FOR VALUES FROM (''2026-01-01'') TO (''2026-02-01'')');
SELECT linkgress.sync();
CALL linkgress.sync_online();
DELETE FROM val.p WHERE id = 1;
SELECT count(*) > 0 AS done FROM linkgress.sync();
DROP TABLE val.p;

-- By more columns, by an expression, with NULL
CREATE TABLE val.p (id int, at date) PARTITION BY RANGE (at, id);
CREATE TABLE val.p_others PARTITION OF val.p DEFAULT;
CREATE TABLE val.q (name text) PARTITION BY LIST (lower(name));
CREATE TABLE val.q_others PARTITION OF val.q DEFAULT;
INSERT INTO val.p VALUES (1, '2026-01-15'), (2, '2026-02-01'), (3, '2026-02-01');
INSERT INTO val.q VALUES ('A'), (NULL), ('b');
CREATE FUNCTION want_of(p text, q text) RETURNS text LANGUAGE sql AS $$
    SELECT want(format('CREATE TABLE p (id int, at date) PARTITION BY RANGE (at, id); CREATE TABLE p_others PARTITION OF p DEFAULT;
        CREATE TABLE q (name text) PARTITION BY LIST (lower(name)); CREATE TABLE q_others PARTITION OF q DEFAULT;
        CREATE TABLE p_1 PARTITION OF p FOR VALUES %s; CREATE TABLE q_1 PARTITION OF q FOR VALUES %s', p, q))
$$;
SELECT want_of('FROM (''2026-01-01'', MINVALUE) TO (''2026-02-01'', 3)', 'IN (''c'')');
SELECT linkgress.sync();
SELECT want_of('FROM (''2026-02-01'', 4) TO (MAXVALUE, MAXVALUE)', 'IN (''a'', NULL)');
SELECT linkgress.sync();
SELECT want_of('FROM (''2026-02-01'', 4) TO (MAXVALUE, MAXVALUE)', 'IN (''c'')');
SELECT count(*) > 0 AS done FROM linkgress.sync();
DROP FUNCTION want_of(text, text);
DROP TABLE val.p, val.q;

-- A setting decides
CREATE TABLE val.t (at timestamp, amount numeric);
SELECT want('CREATE TABLE t (at timestamptz, amount money)');
SELECT object, destructive, details->'hazards'->>'depends_on_setting' AS depends FROM linkgress.analyze();
DROP SCHEMA val CASCADE;
DELETE FROM linkgress.model;
DROP FUNCTION want(text), refusal();
DROP EXTENSION linkgress;
