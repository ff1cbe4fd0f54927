--- case: by range, list and hash, from nothing
--- a
CREATE TABLE old (a int) PARTITION BY LIST (a);
CREATE TABLE old_1 PARTITION OF old FOR VALUES IN (1);
--- b
CREATE TABLE event (id bigint NOT NULL, at timestamptz NOT NULL DEFAULT now(), kind text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE event_2024 PARTITION OF event FOR VALUES FROM ('2024-01-01 00:00:00+00') TO ('2025-01-01 00:00:00+00');
CREATE TABLE event_2025 PARTITION OF event FOR VALUES FROM ('2025-01-01 00:00:00+00') TO ('2026-01-01 00:00:00+00');
CREATE TABLE event_rest PARTITION OF event DEFAULT;
CREATE TABLE sale (id int, region text) PARTITION BY LIST (region);
CREATE TABLE sale_north PARTITION OF sale FOR VALUES IN ('n', 'north');
CREATE TABLE sale_none PARTITION OF sale FOR VALUES IN (NULL);
CREATE TABLE hit (id uuid, page text) PARTITION BY HASH (id);
CREATE TABLE hit_0 PARTITION OF hit FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE hit_1 PARTITION OF hit FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE nothing_yet (a int) PARTITION BY RANGE (a);

--- case: keys of several columns, of expressions, with collations and operator classes
--- a
--- b
CREATE TABLE t (a int, b text, c date) PARTITION BY RANGE (a, lower(b) COLLATE "C", c);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (MINVALUE, MINVALUE, MINVALUE) TO (10, 'm', '2024-01-01');
CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (10, 'm', '2024-01-01') TO (10, MAXVALUE, MAXVALUE);
CREATE TABLE t_3 PARTITION OF t FOR VALUES FROM (10, MAXVALUE, MAXVALUE) TO (MAXVALUE, MAXVALUE, MAXVALUE);
CREATE TABLE u (a text) PARTITION BY LIST (a text_pattern_ops);
CREATE TABLE u_1 PARTITION OF u FOR VALUES IN ('it''s', 'x');
CREATE TABLE v (a int, b int) PARTITION BY LIST ((a % 3));
CREATE TABLE v_0 PARTITION OF v FOR VALUES IN (0);
CREATE TABLE w (a boolean) PARTITION BY LIST (a);
CREATE TABLE w_true PARTITION OF w FOR VALUES IN (true);

--- case: a partition is added
--- a
CREATE TABLE t (a int PRIMARY KEY, b text DEFAULT 'x' CHECK (b <> '')) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE INDEX t_b ON t (b);
--- b
CREATE TABLE t (a int PRIMARY KEY, b text DEFAULT 'x' CHECK (b <> '')) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (10) TO (20);
CREATE INDEX t_b ON t (b);
--- data
INSERT INTO t VALUES (1), (2);
--- keep
SELECT * FROM t ORDER BY a
--- destructive: no

--- case: a partition is dropped
--- a
CREATE TABLE t (a int PRIMARY KEY) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (10) TO (20);
--- b
CREATE TABLE t (a int PRIMARY KEY) PARTITION BY RANGE (a);
CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (10) TO (20);
--- data
INSERT INTO t VALUES (11), (12);
--- keep
SELECT * FROM t ORDER BY a
--- destructive: yes
--- hazards: data_loss

--- case: a table is attached
--- a
CREATE TABLE t (a int NOT NULL, b text) PARTITION BY RANGE (a);
CREATE TABLE old (a int NOT NULL, b text);
--- b
CREATE TABLE t (a int NOT NULL, b text) PARTITION BY RANGE (a);
CREATE TABLE old PARTITION OF t FOR VALUES FROM (0) TO (100);
--- data
INSERT INTO old VALUES (1, 'a'), (2, 'b');
--- keep
SELECT * FROM old ORDER BY a
--- destructive: no

--- case: a table with its own order of columns, indexes, key and checks is attached
--- a
CREATE TABLE t (a int NOT NULL, b text, c date, CONSTRAINT t_pk PRIMARY KEY (a), CONSTRAINT b_is_set CHECK (b <> '')) PARTITION BY RANGE (a);
CREATE INDEX t_b ON t (b);
CREATE TABLE old (c date, b text, a int NOT NULL, CONSTRAINT old_pk PRIMARY KEY (a), CONSTRAINT b_is_set CHECK (b <> ''));
CREATE INDEX old_b ON old (b);
CREATE INDEX old_c ON old (c);
--- b
CREATE TABLE t (a int NOT NULL, b text, c date, CONSTRAINT t_pk PRIMARY KEY (a), CONSTRAINT b_is_set CHECK (b <> '')) PARTITION BY RANGE (a);
CREATE INDEX t_b ON t (b);
CREATE TABLE old (c date, b text, a int NOT NULL, CONSTRAINT old_pk PRIMARY KEY (a), CONSTRAINT b_is_set CHECK (b <> ''));
CREATE INDEX old_b ON old (b);
CREATE INDEX old_c ON old (c);
ALTER TABLE t ATTACH PARTITION old FOR VALUES FROM (0) TO (100);
--- data
INSERT INTO old VALUES ('2024-01-01', 'a', 1);
--- keep
SELECT a, b, c FROM old

--- case: a partition is detached
--- a
CREATE TABLE t (a int PRIMARY KEY, b text) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (10) TO (20);
CREATE INDEX t_b ON t (b);
--- b
CREATE TABLE t (a int PRIMARY KEY, b text) PARTITION BY RANGE (a);
CREATE TABLE t_1 (a int PRIMARY KEY, b text);
CREATE INDEX t_1_b_idx ON t_1 (b);
CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (10) TO (20);
CREATE INDEX t_b ON t (b);
--- data
INSERT INTO t VALUES (1, 'a'), (11, 'b');
--- keep
SELECT * FROM t_1
--- destructive: no

--- case: bounds change
--- a
CREATE TABLE t (a int) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (20) TO (30);
--- b
CREATE TABLE t (a int) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (MINVALUE) TO (15);
CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (15) TO (30);
--- data
INSERT INTO t VALUES (1), (25);
--- keep
SELECT a, tableoid::regclass FROM t ORDER BY a
--- destructive: no

--- case: bounds of a list change places
--- a
CREATE TABLE t (a text) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN ('a', 'b');
CREATE TABLE t_2 PARTITION OF t FOR VALUES IN ('c');
--- b
CREATE TABLE t (a text) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN ('a', 'c');
CREATE TABLE t_2 PARTITION OF t FOR VALUES IN ('b', NULL);
--- data
INSERT INTO t VALUES ('a');
--- keep
SELECT a FROM t
--- hazards: may_fail_on_data

--- case: a default partition is added, and one is dropped
--- a
CREATE TABLE t (a int) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
CREATE TABLE u (a int) PARTITION BY LIST (a);
CREATE TABLE u_1 PARTITION OF u FOR VALUES IN (1);
CREATE TABLE u_rest PARTITION OF u DEFAULT;
--- b
CREATE TABLE t (a int) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
CREATE TABLE t_rest PARTITION OF t DEFAULT;
CREATE TABLE u (a int) PARTITION BY LIST (a);
CREATE TABLE u_1 PARTITION OF u FOR VALUES IN (1);
--- data
INSERT INTO t VALUES (1);
--- keep
SELECT * FROM t

--- case: the default partition becomes one with bounds, and the other way round
--- a
CREATE TABLE t (a int) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
CREATE TABLE t_2 PARTITION OF t DEFAULT;
--- b
CREATE TABLE t (a int) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t DEFAULT;
CREATE TABLE t_2 PARTITION OF t FOR VALUES IN (2);
--- data
INSERT INTO t VALUES (1), (2);
--- keep
SELECT a, tableoid::regclass FROM t ORDER BY a

--- case: hash with another modulus
--- a
CREATE TABLE t (a int) PARTITION BY HASH (a);
CREATE TABLE t_0 PARTITION OF t FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE t_1 PARTITION OF t FOR VALUES WITH (MODULUS 2, REMAINDER 1);
--- b
CREATE TABLE t (a int) PARTITION BY HASH (a);
CREATE TABLE t_0 PARTITION OF t FOR VALUES WITH (MODULUS 4, REMAINDER 0);
CREATE TABLE t_1 PARTITION OF t FOR VALUES WITH (MODULUS 4, REMAINDER 1);
CREATE TABLE t_2 PARTITION OF t FOR VALUES WITH (MODULUS 4, REMAINDER 2);
CREATE TABLE t_3 PARTITION OF t FOR VALUES WITH (MODULUS 4, REMAINDER 3);
--- hazards: may_fail_on_data

--- case: a partition of a partition
--- a
CREATE TABLE log (day date NOT NULL, level text, message text) PARTITION BY RANGE (day);
CREATE TABLE log_2024 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY LIST (level);
CREATE TABLE log_2024_error PARTITION OF log_2024 FOR VALUES IN ('error');
CREATE INDEX log_message ON log (message);
--- b
CREATE TABLE log (day date NOT NULL, level text, message text) PARTITION BY RANGE (day);
CREATE TABLE log_2024 PARTITION OF log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY LIST (level);
CREATE TABLE log_2024_error PARTITION OF log_2024 FOR VALUES IN ('error', 'panic');
CREATE TABLE log_2024_rest PARTITION OF log_2024 DEFAULT PARTITION BY HASH (message);
CREATE TABLE log_2024_rest_0 PARTITION OF log_2024_rest FOR VALUES WITH (MODULUS 1, REMAINDER 0);
CREATE TABLE log_2025 PARTITION OF log FOR VALUES FROM ('2025-01-01') TO ('2026-01-01') PARTITION BY LIST (level);
CREATE INDEX log_message ON log (message);
--- data
INSERT INTO log VALUES ('2024-02-29', 'error', 'm');
--- keep
SELECT * FROM log

--- case: a partition becomes partitioned
--- a
CREATE TABLE t (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE INDEX t_b ON t (b);
--- b
CREATE TABLE t (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (b);
CREATE TABLE t_1_1 PARTITION OF t_1 FOR VALUES FROM (0) TO (10);
CREATE INDEX t_b ON t (b);
--- data
INSERT INTO t VALUES (1, 2), (3, 4);
--- keep
SELECT * FROM t ORDER BY a

--- case: a plain table becomes partitioned
--- a
CREATE TABLE measure (id bigint NOT NULL, day date NOT NULL, value float8, CONSTRAINT measure_pk PRIMARY KEY (id, day));
CREATE INDEX measure_day ON measure (day);
CREATE VIEW last_measure AS SELECT max(day) AS day FROM measure;
GRANT SELECT ON measure TO bob;
COMMENT ON TABLE measure IS 'stays';
--- b
CREATE TABLE measure (id bigint NOT NULL, day date NOT NULL, value float8, CONSTRAINT measure_pk PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
CREATE TABLE measure_2023 PARTITION OF measure FOR VALUES FROM (MINVALUE) TO ('2024-01-01');
CREATE TABLE measure_2024 PARTITION OF measure FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX measure_day ON measure (day);
CREATE VIEW last_measure AS SELECT max(day) AS day FROM measure;
GRANT SELECT ON measure TO bob;
COMMENT ON TABLE measure IS 'stays';
--- data
INSERT INTO measure VALUES (1, '2023-06-01', 1.5), (2, '2024-06-01', 2.5);
--- keep
SELECT * FROM measure ORDER BY id

--- case: a partitioned table becomes a plain one
--- a
CREATE TABLE t (a int, b text) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
CREATE TABLE t_2 PARTITION OF t FOR VALUES IN (2);
--- b
CREATE TABLE t (a int, b text);
--- data
INSERT INTO t VALUES (1, 'a'), (2, 'b');
--- keep
SELECT * FROM t ORDER BY a

--- case: the key changes
--- a
CREATE TABLE t (a int NOT NULL, b int NOT NULL) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (10) TO (20);
--- b
CREATE TABLE t (a int NOT NULL, b int NOT NULL) PARTITION BY RANGE (b);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (10) TO (20);
--- data
INSERT INTO t VALUES (1, 11), (12, 2);
--- keep
SELECT * FROM t ORDER BY a

--- case: from range to list
--- a
CREATE TABLE t (a int NOT NULL) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (1) TO (2);
--- b
CREATE TABLE t (a int NOT NULL) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1, 2);
--- data
INSERT INTO t VALUES (1), (1);
--- keep
SELECT * FROM t

--- case: a partition goes to another table
--- a
CREATE TABLE one (a int) PARTITION BY LIST (a);
CREATE TABLE two (a int) PARTITION BY LIST (a);
CREATE TABLE part PARTITION OF one FOR VALUES IN (1);
--- b
CREATE TABLE one (a int) PARTITION BY LIST (a);
CREATE TABLE two (a int) PARTITION BY LIST (a);
CREATE TABLE part PARTITION OF two FOR VALUES IN (1, 2);
--- data
INSERT INTO one VALUES (1);
--- keep
SELECT * FROM part

--- case: partitions in a schema of their own, each with its own settings
--- a
CREATE SCHEMA parts;
CREATE TABLE t (a int, b text) PARTITION BY LIST (a);
CREATE TABLE parts.t_1 PARTITION OF t FOR VALUES IN (1);
--- b
CREATE SCHEMA parts;
CREATE TABLE t (a int, b text) PARTITION BY LIST (a);
CREATE TABLE parts.t_1 PARTITION OF t FOR VALUES IN (1) WITH (fillfactor = 50);
CREATE UNLOGGED TABLE parts.t_2 PARTITION OF t FOR VALUES IN (2);
ALTER TABLE parts.t_1 ENABLE ROW LEVEL SECURITY;
ALTER TABLE parts.t_1 REPLICA IDENTITY FULL;
ALTER TABLE parts.t_1 ALTER b SET DEFAULT 'x';
ALTER TABLE parts.t_2 ALTER b SET NOT NULL;
ALTER TABLE parts.t_2 ADD CHECK (b <> '');
GRANT SELECT ON parts.t_1 TO bob;
COMMENT ON TABLE parts.t_1 IS 'the first';
ALTER TABLE parts.t_2 OWNER TO alice;
--- data
INSERT INTO t VALUES (1, 'a');
--- keep
SELECT * FROM t

--- case: a column is added, one is dropped, one gets another type, one another default
--- a
CREATE TABLE t (a int NOT NULL, b int, c text, d text DEFAULT 'x') PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t_2 (d text, c text, b int, a int NOT NULL);
ALTER TABLE t ATTACH PARTITION t_2 FOR VALUES FROM (10) TO (20);
--- b
CREATE TABLE t (a int NOT NULL, b bigint NOT NULL, d text DEFAULT 'y', e date DEFAULT '2024-01-01') PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t_2 (d text, e date DEFAULT '2024-01-01', b bigint NOT NULL, a int NOT NULL);
ALTER TABLE t ATTACH PARTITION t_2 FOR VALUES FROM (10) TO (20);
--- data
INSERT INTO t VALUES (1, 2, 'c', 'd'), (11, 12, 'cc', 'dd');
--- keep
SELECT a, b, d FROM t ORDER BY a

--- case: a column of the key gets another type
--- a
CREATE TABLE t (a int NOT NULL, b text) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (10) TO (20);
--- b
CREATE TABLE t (a bigint NOT NULL, b text) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);
CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (10) TO (20);
--- data
INSERT INTO t VALUES (1, 'a'), (11, 'b');
--- keep
SELECT * FROM t ORDER BY a

--- case: a month goes and another one comes
--- both
CREATE TABLE log (at timestamptz NOT NULL, message text) PARTITION BY RANGE (at);
CREATE TABLE log_2024_02 PARTITION OF log FOR VALUES FROM ('2024-02-01 00:00:00+00') TO ('2024-03-01 00:00:00+00');
CREATE INDEX log_at ON log (at);
--- a
CREATE TABLE log_2024_01 PARTITION OF log FOR VALUES FROM ('2024-01-01 00:00:00+00') TO ('2024-02-01 00:00:00+00');
--- b
CREATE TABLE log_2024_03 PARTITION OF log FOR VALUES FROM ('2024-03-01 00:00:00+00') TO ('2024-04-01 00:00:00+00');
--- data
INSERT INTO log VALUES ('2024-02-10 00:00:00+00', 'stays');
--- keep
SELECT * FROM log
--- destructive: yes

--- case: identity, serial and generated columns
--- a
--- b
CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, s serial, a int, g int GENERATED ALWAYS AS (a * 2) STORED) PARTITION BY RANGE (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (10);

--- case: the row type of a partitioned table, and of a partition
--- a
CREATE TABLE t (a int, b text) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
CREATE VIEW v AS SELECT t FROM t;
CREATE FUNCTION f(t_1) RETURNS text LANGUAGE sql AS 'SELECT $1.b';
--- b
CREATE TABLE t (a int, b text, c int) PARTITION BY LIST (a);
CREATE TABLE t_1 PARTITION OF t FOR VALUES IN (1);
CREATE VIEW v AS SELECT t FROM t;
CREATE FUNCTION f(t_1) RETURNS text LANGUAGE sql AS 'SELECT $1.b';
--- data
INSERT INTO t VALUES (1, 'a');
--- keep
SELECT a, b FROM t
