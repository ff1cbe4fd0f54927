--- case: of every kind, new
--- a
--- b
CREATE SCHEMA s1;
CREATE SCHEMA "S 2";
CREATE TABLE t1 (id int PRIMARY KEY, a text, b int);
CREATE TABLE t2 (id int PRIMARY KEY);
CREATE TABLE s1.t (id int PRIMARY KEY);
CREATE PUBLICATION p1 FOR ALL TABLES;
CREATE PUBLICATION p2;
CREATE PUBLICATION p3 FOR TABLE t1, t2;
CREATE PUBLICATION p4 FOR TABLE t1 (id, b) WHERE (b > 3 AND a = 'it''s'), s1.t WITH (publish = 'insert');
CREATE PUBLICATION p5 FOR TABLES IN SCHEMA s1, "S 2";
CREATE PUBLICATION p6 FOR TABLE t1, TABLES IN SCHEMA s1 WITH (publish = 'insert, truncate', publish_via_partition_root = true);
CREATE PUBLICATION "P 7" FOR ALL TABLES WITH (publish = '');
COMMENT ON PUBLICATION p1 IS 'it''s a comment';

--- case: dropped
--- both
CREATE TABLE t (id int PRIMARY KEY);
--- a
CREATE PUBLICATION p1 FOR ALL TABLES;
CREATE PUBLICATION p2 FOR TABLE t WHERE (id > 0);
CREATE PUBLICATION p3 FOR TABLES IN SCHEMA public;
--- b

--- case: tables and schemas are added and removed
--- both
CREATE SCHEMA s1;
CREATE SCHEMA s2;
CREATE TABLE t1 (id int PRIMARY KEY);
CREATE TABLE t2 (id int PRIMARY KEY);
CREATE TABLE t3 (id int PRIMARY KEY);
--- a
CREATE PUBLICATION p1 FOR TABLE t1, t2;
CREATE PUBLICATION p2 FOR TABLES IN SCHEMA s1;
CREATE PUBLICATION p3 FOR TABLE t1;
--- b
CREATE PUBLICATION p1 FOR TABLE t2, t3;
CREATE PUBLICATION p2 FOR TABLES IN SCHEMA s2;
CREATE PUBLICATION p3 FOR TABLES IN SCHEMA s1, s2;
--- keep
SELECT array_agg(oid ORDER BY pubname) FROM pg_publication

--- case: columns and row filters change
--- both
CREATE TABLE t1 (id int PRIMARY KEY, a text, b int);
CREATE TABLE t2 (id int PRIMARY KEY, a text, b int);
CREATE TABLE t3 (id int PRIMARY KEY, a text, b int);
CREATE TABLE t4 (id int PRIMARY KEY, a text, b int);
--- a
CREATE PUBLICATION p FOR TABLE t1 (id, a), t2 WHERE (b > 1), t3, t4 (id) WHERE (id = 1);
--- b
CREATE PUBLICATION p FOR TABLE t1 (id, b), t2 WHERE (b > 2), t3 (id, a, b) WHERE (a IS NULL), t4;

--- case: options change
--- both
CREATE TABLE t (id int PRIMARY KEY);
--- a
CREATE PUBLICATION p1 FOR TABLE t;
CREATE PUBLICATION p2 FOR ALL TABLES WITH (publish = 'insert', publish_via_partition_root = true);
--- b
CREATE PUBLICATION p1 FOR TABLE t WITH (publish = 'update, delete', publish_via_partition_root = true);
CREATE PUBLICATION p2 FOR ALL TABLES;
--- keep
SELECT array_agg(oid ORDER BY pubname) FROM pg_publication

--- case: all tables and back
--- both
CREATE TABLE t (id int PRIMARY KEY);
--- a
CREATE PUBLICATION p1 FOR ALL TABLES;
CREATE PUBLICATION p2 FOR TABLE t;
COMMENT ON PUBLICATION p1 IS 'stays';
--- b
CREATE PUBLICATION p1 FOR TABLE t;
CREATE PUBLICATION p2 FOR ALL TABLES;
COMMENT ON PUBLICATION p1 IS 'stays';

--- case: a column of a row filter and of a column list changes its type
--- a
CREATE TABLE t (id int PRIMARY KEY, a int, b varchar(10), c int);
CREATE PUBLICATION p1 FOR TABLE t WHERE (a > 5);
CREATE PUBLICATION p2 FOR TABLE t (id, b);
CREATE PUBLICATION p3 FOR TABLE t WHERE (c > 5);
--- b
CREATE TABLE t (id int PRIMARY KEY, a bigint, b text, c int);
CREATE PUBLICATION p1 FOR TABLE t WHERE (a > 5);
CREATE PUBLICATION p2 FOR TABLE t (id, b);
CREATE PUBLICATION p3 FOR TABLE t WHERE (c > 5);
--- data
INSERT INTO t VALUES (1, 2, 'x', 3);
--- keep
SELECT id, a::text, b::text, c FROM t

--- case: a published column is dropped
--- a
CREATE TABLE t (id int PRIMARY KEY, a int, b int);
CREATE PUBLICATION p1 FOR TABLE t (id, a) WHERE (b > 1);
CREATE PUBLICATION p2 FOR TABLE t;
--- b
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE PUBLICATION p1 FOR TABLE t (id, a);
CREATE PUBLICATION p2 FOR TABLE t;
--- data
INSERT INTO t VALUES (1, 2, 3);
--- keep
SELECT id, a FROM t
--- destructive: yes
--- hazards: data_loss

--- case: a published table is dropped, another one is created anew
--- a
CREATE TABLE t1 (id int PRIMARY KEY);
CREATE TABLE t2 (id int PRIMARY KEY);
CREATE PUBLICATION p FOR TABLE t1, t2;
--- b
CREATE TABLE t2 (id int NOT NULL) PARTITION BY RANGE (id);
CREATE PUBLICATION p FOR TABLE t2;
--- destructive: yes
--- hazards: data_loss

--- case: partitions and their root
--- a
--- b
CREATE TABLE p (id int NOT NULL, a text) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);
CREATE PUBLICATION root FOR TABLE p WHERE (id > 0) WITH (publish_via_partition_root = true);
CREATE PUBLICATION one FOR TABLE p1;

--- case: a published schema is dropped
--- a
CREATE SCHEMA s;
CREATE TABLE s.t (id int PRIMARY KEY);
CREATE PUBLICATION p FOR TABLES IN SCHEMA s;
--- b
CREATE PUBLICATION p;

--- case: owner and comment
--- both
CREATE TABLE t (id int PRIMARY KEY);
--- a
CREATE PUBLICATION p FOR TABLE t;
COMMENT ON PUBLICATION p IS 'old';
--- b
CREATE PUBLICATION p FOR TABLE t;
COMMENT ON PUBLICATION p IS 'new';
ALTER TABLE t OWNER TO alice;
ALTER PUBLICATION p OWNER TO alice;

--- case: a row filter with a type, an operator and quotes
--- a
--- b
CREATE TABLE "T 1" (id int PRIMARY KEY, "A b" text, at date);
CREATE PUBLICATION p FOR TABLE "T 1" ("A b", id) WHERE ("A b" ~ '^''x' AND id = ANY ('{1,2}'::int[]) AND at > '2024-01-01'::date OR id IS NULL);

--- case: a partitioned table with a filter, and via_root comes and goes
--- both
CREATE TABLE p (id int NOT NULL, a text) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
--- a
CREATE PUBLICATION x FOR TABLE p;
--- b
CREATE PUBLICATION x FOR TABLE p WHERE (id > 0) WITH (publish_via_partition_root = true);

--- case: a table with a list of columns makes room for a schema
--- both
CREATE SCHEMA s;
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE TABLE s.t (id int PRIMARY KEY, a text);
--- a
CREATE PUBLICATION p FOR TABLE t (id);
--- b
CREATE PUBLICATION p FOR TABLE t, TABLES IN SCHEMA s;

--- case: a table of a published schema is published by itself as well
--- both
CREATE SCHEMA s;
CREATE TABLE s.t (id int PRIMARY KEY, a text);
--- a
CREATE PUBLICATION p FOR TABLES IN SCHEMA s;
--- b
CREATE PUBLICATION p FOR TABLES IN SCHEMA s, TABLE s.t;

--- case: parents and children of inheritance, each for itself
--- both
CREATE TABLE parent (id int PRIMARY KEY);
CREATE TABLE child (b text) INHERITS (parent);
--- a
CREATE PUBLICATION p1 FOR TABLE ONLY parent;
CREATE PUBLICATION p2 FOR TABLE parent;
CREATE PUBLICATION p3 FOR TABLE child;
--- b
CREATE PUBLICATION p1 FOR TABLE parent;
CREATE PUBLICATION p2 FOR TABLE child;
CREATE PUBLICATION p3 FOR TABLE ONLY parent;

--- case: a table moves to a schema, and its publication with it
--- both
CREATE SCHEMA s;
--- a
CREATE TABLE t (id int PRIMARY KEY);
CREATE PUBLICATION p FOR TABLE t WHERE (id > 1);
--- b
CREATE TABLE s.t (id int PRIMARY KEY);
CREATE PUBLICATION p FOR TABLE s.t WHERE (id > 1);

--- case: a row filter with a type and a function that are new, too
--- a
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE PUBLICATION p FOR TABLE t;
--- b
CREATE TYPE e AS ENUM ('x', 'y');
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE PUBLICATION p FOR TABLE t WHERE (length(a) > 3 AND substr(a, 1, 1) <> 'x');

--- case: publications of tables that are dropped, replaced and new at once
--- a
CREATE TABLE t1 (id int PRIMARY KEY, a text, b int);
CREATE TABLE t2 (id int PRIMARY KEY);
CREATE PUBLICATION p1 FOR TABLE t1 (id, a), t2;
CREATE PUBLICATION p2 FOR TABLE t2 WITH (publish = 'delete');
COMMENT ON PUBLICATION p1 IS 'one';
--- b
CREATE TABLE t1 (id bigint PRIMARY KEY, b int);
CREATE TABLE t3 (id int PRIMARY KEY);
CREATE PUBLICATION p1 FOR TABLE t1 (id, b), t3;
CREATE PUBLICATION p3 FOR TABLE t3 WITH (publish = 'truncate');
COMMENT ON PUBLICATION p3 IS 'three';

--- case: all operations but one
--- both
CREATE TABLE t (id int PRIMARY KEY);
--- a
CREATE PUBLICATION p1 FOR TABLE t WITH (publish = 'update, delete, truncate');
CREATE PUBLICATION p2 FOR TABLE t WITH (publish = '');
--- b
CREATE PUBLICATION p1 FOR TABLE t WITH (publish = 'insert, delete, truncate');
CREATE PUBLICATION p2 FOR TABLE t WITH (publish = 'insert, update, delete, truncate');

--- case: generated columns
--- both
CREATE TABLE t (id int PRIMARY KEY, g int GENERATED ALWAYS AS (id * 2) STORED);
--- a
CREATE PUBLICATION p1 FOR TABLE t;
CREATE PUBLICATION p2 FOR TABLE t WITH (publish_generated_columns = stored);
--- b
CREATE PUBLICATION p1 FOR TABLE t WITH (publish_generated_columns = stored);
CREATE PUBLICATION p2 FOR TABLE t;
CREATE PUBLICATION p3 FOR TABLE t WITH (publish_generated_columns = stored, publish = 'insert');
--- version: 18
