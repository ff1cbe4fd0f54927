--- case: a table with everything on it becomes partitioned, with its rows
--- a
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE owner (id int PRIMARY KEY);
CREATE TABLE t (
    id bigint GENERATED ALWAYS AS IDENTITY,
    n serial,
    owner int REFERENCES owner,
    day date NOT NULL,
    twice int GENERATED ALWAYS AS (owner * 2) STORED,
    note text DEFAULT 'x' COLLATE "C",
    CONSTRAINT t_pk PRIMARY KEY (id, day),
    CONSTRAINT note_is_short CHECK (length(note) < 10));
CREATE INDEX t_note ON t (note) WHERE owner > 0;
CREATE STATISTICS s ON owner, day FROM t;
CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION tf();
CREATE VIEW v AS SELECT id, note FROM t;
CREATE TABLE child (t bigint, day date, FOREIGN KEY (t, day) REFERENCES t);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t TO bob USING (owner = 1);
ALTER TABLE t ALTER note SET STORAGE EXTERNAL, ALTER owner SET STATISTICS 50;
COMMENT ON TABLE t IS 'stays';
COMMENT ON COLUMN t.note IS 'stays';
COMMENT ON CONSTRAINT t_pk ON t IS 'stays';
GRANT SELECT ON t TO bob;
GRANT UPDATE (note) ON t TO alice;
GRANT USAGE ON SEQUENCE t_id_seq, t_n_seq TO alice;
--- b
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE owner (id int PRIMARY KEY);
CREATE TABLE t (
    id bigint GENERATED ALWAYS AS IDENTITY,
    n serial,
    owner int REFERENCES owner,
    day date NOT NULL,
    twice int GENERATED ALWAYS AS (owner * 2) STORED,
    note text DEFAULT 'x' COLLATE "C",
    CONSTRAINT t_pk PRIMARY KEY (id, day),
    CONSTRAINT note_is_short CHECK (length(note) < 10)) PARTITION BY RANGE (day);
CREATE TABLE t_2024 PARTITION OF t FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE t_rest PARTITION OF t DEFAULT;
CREATE INDEX t_note ON t (note) WHERE owner > 0;
CREATE STATISTICS s ON owner, day FROM t;
CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION tf();
CREATE VIEW v AS SELECT id, note FROM t;
CREATE TABLE child (t bigint, day date, FOREIGN KEY (t, day) REFERENCES t);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t TO bob USING (owner = 1);
ALTER TABLE t ALTER note SET STORAGE EXTERNAL, ALTER owner SET STATISTICS 50;
COMMENT ON TABLE t IS 'stays';
COMMENT ON COLUMN t.note IS 'stays';
COMMENT ON CONSTRAINT t_pk ON t IS 'stays';
GRANT SELECT ON t TO bob;
GRANT UPDATE (note) ON t TO alice;
GRANT USAGE ON SEQUENCE t_id_seq, t_n_seq TO alice;
--- data
INSERT INTO owner VALUES (7);
INSERT INTO t (owner, day) VALUES (7, '2024-01-01'), (7, '2023-01-01'), (NULL, '2024-01-02');
INSERT INTO child VALUES (2, '2023-01-01');
--- keep
SELECT t.id, n, owner, t.day, twice, note, child.t, (SELECT last_value FROM t_id_seq), (SELECT last_value FROM t_n_seq) FROM t LEFT JOIN child ON child.t = t.id ORDER BY t.id

--- case: a table becomes partitioned, and functions, views and columns have its row type
--- a
CREATE TABLE t (a int, b text);
CREATE FUNCTION f(t) RETURNS text LANGUAGE sql AS 'SELECT $1.b';
CREATE FUNCTION all_of() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';
CREATE TABLE history (id int PRIMARY KEY, was t);
CREATE VIEW v AS SELECT f(t) AS x, t FROM t;
--- b
CREATE TABLE t (a int, b text) PARTITION BY LIST (a);
CREATE TABLE t_rest PARTITION OF t DEFAULT;
CREATE FUNCTION f(t) RETURNS text LANGUAGE sql AS 'SELECT $1.b';
CREATE FUNCTION all_of() RETURNS SETOF t LANGUAGE sql AS 'SELECT * FROM t';
CREATE TABLE history (id int PRIMARY KEY, was t);
CREATE VIEW v AS SELECT f(t) AS x, t FROM t;
--- data
INSERT INTO t VALUES (1, 'b');
INSERT INTO history VALUES (1, (2, 'c'));
--- keep
SELECT t.a, t.b, (was).a, (was).b FROM t, history

--- case: becomes partitioned, and other changes at once
--- a
CREATE TABLE t (id int PRIMARY KEY, kind text, gone text, size int);
CREATE INDEX t_size ON t (size);
CREATE TABLE u (t int REFERENCES t);
--- b
CREATE TYPE kind AS ENUM ('a', 'b');
CREATE TABLE t (id bigint, kind kind NOT NULL DEFAULT 'a', size numeric, added text NOT NULL DEFAULT 'new', PRIMARY KEY (id, kind)) PARTITION BY LIST (kind);
CREATE TABLE t_a PARTITION OF t FOR VALUES IN ('a');
CREATE TABLE t_b PARTITION OF t FOR VALUES IN ('b');
CREATE INDEX t_size ON t (size);
CREATE TABLE u (t bigint);
--- data
INSERT INTO t VALUES (1, 'a', 'g', 10), (2, 'b', 'h', 20);
INSERT INTO u VALUES (1);
--- keep
SELECT id, kind::text, size, u.t FROM t, u ORDER BY id

--- case: a parent with children becomes partitioned with partitions
--- a
CREATE TABLE log (id int NOT NULL, year int NOT NULL, message text);
CREATE TABLE log_2023 (CHECK (year = 2023)) INHERITS (log);
CREATE TABLE log_2024 (CHECK (year = 2024)) INHERITS (log);
CREATE INDEX log_2023_id ON log_2023 (id);
CREATE INDEX log_2024_id ON log_2024 (id);
CREATE VIEW messages AS SELECT year, message FROM log;
--- b
CREATE TABLE log (id int NOT NULL, year int NOT NULL, message text) PARTITION BY LIST (year);
CREATE TABLE log_2023 PARTITION OF log FOR VALUES IN (2023);
CREATE TABLE log_2024 PARTITION OF log FOR VALUES IN (2024);
CREATE INDEX log_id ON log (id);
CREATE VIEW messages AS SELECT year, message FROM log;
--- data
INSERT INTO log_2023 VALUES (1, 2023, 'a');
INSERT INTO log_2024 VALUES (2, 2024, 'b');
--- keep
SELECT id, year, message FROM log ORDER BY id
--- one way
A column that is the child's own cannot become one that it has only from the parent.

--- case: a serial and an identity sequence go on when the table is made again
--- a
CREATE TABLE t (id serial, n int GENERATED BY DEFAULT AS IDENTITY (START WITH 50 INCREMENT BY 5), a int);
--- b
CREATE TABLE t (id serial, n int GENERATED BY DEFAULT AS IDENTITY (START WITH 50 INCREMENT BY 5), a int) PARTITION BY LIST (a);
CREATE TABLE t_rest PARTITION OF t DEFAULT;
--- data
INSERT INTO t (a) VALUES (1), (2);
--- keep
SELECT id, n, a, (SELECT last_value FROM t_id_seq), (SELECT last_value FROM t_n_seq) FROM t ORDER BY id

--- case: a column of a table whose row type another one has gets another type
--- a
CREATE TABLE t (a int, b text);
CREATE TABLE history (id int PRIMARY KEY, was t, all_of t[], old int DEFAULT 0);
CREATE VIEW v AS SELECT id, (was).b FROM history;
CREATE INDEX i ON history (was);
--- b
CREATE TABLE t (a bigint, b varchar(10));
CREATE TABLE history (id int PRIMARY KEY, was t, all_of t[], old int DEFAULT 0);
CREATE VIEW v AS SELECT id, (was).b FROM history;
CREATE INDEX i ON history (was);
--- data
INSERT INTO history VALUES (1, '(1,x)', '{"(2,y)"}'), (2, '(3,z)', NULL);
--- keep
SELECT id, (was).a::text, (was).b::text, all_of::text FROM history ORDER BY id
