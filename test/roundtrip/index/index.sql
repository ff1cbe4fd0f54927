--- case: added and dropped
--- a
CREATE TABLE t (a int, b text);
CREATE INDEX old ON t (a);
--- b
CREATE TABLE t (a int, b text);
CREATE INDEX new ON t (b);
--- operations: drop_index public.t.old; create_index public.t.new
--- hazards: blocks_writes

--- case: every method
--- a
CREATE TABLE t (a int, b text, c int[], d point, e jsonb, f tsvector, g int4range, h inet);
--- b
CREATE TABLE t (a int, b text, c int[], d point, e jsonb, f tsvector, g int4range, h inet);
CREATE INDEX ON t USING btree (a);
CREATE INDEX ON t USING hash (b);
CREATE INDEX ON t USING gin (c);
CREATE INDEX ON t USING gist (d);
CREATE INDEX ON t USING gin (e jsonb_path_ops);
CREATE INDEX ON t USING gin (f) WITH (fastupdate = off, gin_pending_list_limit = 128);
CREATE INDEX ON t USING spgist (g);
CREATE INDEX ON t USING brin (a int4_minmax_multi_ops (values_per_range = 16), b) WITH (pages_per_range = 32, autosummarize = on);
CREATE INDEX ON t USING brin (a int4_bloom_ops (n_distinct_per_range = 50, false_positive_rate = 0.02));
CREATE INDEX ON t USING gist (f tsvector_ops (siglen = 200));
CREATE INDEX ON t USING gist (h inet_ops);

--- case: the method changes
--- a
CREATE TABLE t (a int, b int4range);
CREATE INDEX i ON t (a);
CREATE INDEX j ON t USING gist (b);
--- b
CREATE TABLE t (a int, b int4range);
CREATE INDEX i ON t USING hash (a);
CREATE INDEX j ON t USING spgist (b);

--- case: columns: more, fewer, in another order
--- a
CREATE TABLE t (a int, b int, c int);
CREATE INDEX more ON t (a);
CREATE INDEX fewer ON t (a, b);
CREATE INDEX other_order ON t (a, b, c);
--- b
CREATE TABLE t (a int, b int, c int);
CREATE INDEX more ON t (a, b);
CREATE INDEX fewer ON t (b);
CREATE INDEX other_order ON t (c, a, b);

--- case: expressions and predicate
--- a
CREATE TABLE t (a int, b text, c timestamptz, deleted boolean);
CREATE INDEX i ON t (lower(b));
CREATE INDEX j ON t (a) WHERE NOT deleted;
CREATE INDEX k ON t (a) WHERE b = 'x';
--- b
CREATE TABLE t (a int, b text, c timestamptz, deleted boolean);
CREATE INDEX i ON t (upper(b));
CREATE INDEX j ON t (a) WHERE NOT deleted AND a > 0;
CREATE INDEX k ON t (a);
CREATE INDEX l ON t (((a + 1) * 2), (c AT TIME ZONE 'UTC'), b) WHERE b IS NOT NULL AND b <> 'it''s';
CREATE UNIQUE INDEX m ON t ((1)) WHERE deleted;

--- case: order and nulls
--- a
CREATE TABLE t (a int, b int);
CREATE INDEX i ON t (a);
CREATE INDEX j ON t (a DESC, b);
CREATE INDEX k ON t (a NULLS FIRST);
--- b
CREATE TABLE t (a int, b int);
CREATE INDEX i ON t (a DESC);
CREATE INDEX j ON t (a DESC NULLS LAST, b ASC NULLS FIRST);
CREATE INDEX k ON t (a NULLS LAST);

--- case: collation and operator class
--- a
CREATE TABLE t (a text, b varchar(10), c jsonb);
CREATE INDEX i ON t (a);
CREATE INDEX j ON t (b);
CREATE INDEX k ON t USING gin (c);
--- b
CREATE TABLE t (a text, b varchar(10), c jsonb);
CREATE INDEX i ON t (a COLLATE "C" DESC);
CREATE INDEX j ON t (b varchar_pattern_ops);
CREATE INDEX k ON t USING gin (c jsonb_path_ops);

--- case: parameters of operator classes
--- a
CREATE TABLE t (a tsvector, b int);
CREATE INDEX i ON t USING gist (a tsvector_ops (siglen = 100));
CREATE INDEX j ON t USING brin (b int4_bloom_ops);
--- b
CREATE TABLE t (a tsvector, b int);
CREATE INDEX i ON t USING gist (a tsvector_ops (siglen = 300));
CREATE INDEX j ON t USING brin (b int4_bloom_ops (n_distinct_per_range = 100));

--- case: unique, NULLS NOT DISTINCT, INCLUDE
--- a
CREATE TABLE t (a int, b int, c int);
CREATE INDEX i ON t (a);
CREATE UNIQUE INDEX j ON t (b);
CREATE UNIQUE INDEX k ON t (c);
--- b
CREATE TABLE t (a int, b int, c int);
CREATE UNIQUE INDEX i ON t (a);
CREATE UNIQUE INDEX j ON t (b) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX k ON t (c) INCLUDE (a, b);
--- data
INSERT INTO t VALUES (1, 2, 3);
--- keep
SELECT * FROM t
--- hazards: may_fail_on_data

--- case: storage parameters
--- a
CREATE TABLE t (a int, b int[]);
CREATE INDEX i ON t (a) WITH (fillfactor = 70);
CREATE INDEX j ON t (a) WITH (deduplicate_items = off);
CREATE INDEX k ON t USING gin (b);
--- b
CREATE TABLE t (a int, b int[]);
CREATE INDEX i ON t (a) WITH (fillfactor = 90, deduplicate_items = off);
CREATE INDEX j ON t (a);
CREATE INDEX k ON t USING gin (b) WITH (fastupdate = off);

--- case: CLUSTER ON
--- a
CREATE TABLE t (a int PRIMARY KEY, b int);
CREATE INDEX i ON t (b);
CREATE TABLE u (a int PRIMARY KEY);
ALTER TABLE u CLUSTER ON u_pkey;
--- b
CREATE TABLE t (a int PRIMARY KEY, b int);
CREATE INDEX i ON t (b);
ALTER TABLE t CLUSTER ON i;
CREATE TABLE u (a int PRIMARY KEY);

--- case: CLUSTER ON and replica identity outlive that the index is made again
--- a
CREATE TABLE t (a int NOT NULL, b int NOT NULL);
CREATE UNIQUE INDEX i ON t (a);
CREATE UNIQUE INDEX j ON t (b);
ALTER TABLE t CLUSTER ON i;
ALTER TABLE t REPLICA IDENTITY USING INDEX j;
COMMENT ON INDEX i IS 'stays';
--- b
CREATE TABLE t (a int NOT NULL, b int NOT NULL);
CREATE UNIQUE INDEX i ON t (a DESC);
CREATE UNIQUE INDEX j ON t (b) INCLUDE (a);
ALTER TABLE t CLUSTER ON i;
ALTER TABLE t REPLICA IDENTITY USING INDEX j;
COMMENT ON INDEX i IS 'stays';

--- case: CLUSTER ON, replica identity, statistics and comments outlive a change of the type
--- a
CREATE TABLE t (a int NOT NULL, b int NOT NULL, c int, CONSTRAINT t_c UNIQUE (c));
CREATE UNIQUE INDEX i ON t (a);
CREATE INDEX j ON t ((b + 1));
ALTER TABLE t CLUSTER ON j;
ALTER TABLE t REPLICA IDENTITY USING INDEX i;
ALTER INDEX j ALTER COLUMN 1 SET STATISTICS 500;
COMMENT ON INDEX i IS 'stays';
COMMENT ON CONSTRAINT t_c ON t IS 'stays';
--- b
CREATE TABLE t (a bigint NOT NULL, b bigint NOT NULL, c bigint, CONSTRAINT t_c UNIQUE (c));
CREATE UNIQUE INDEX i ON t (a);
CREATE INDEX j ON t ((b + 1));
ALTER TABLE t CLUSTER ON j;
ALTER TABLE t REPLICA IDENTITY USING INDEX i;
ALTER INDEX j ALTER COLUMN 1 SET STATISTICS 500;
COMMENT ON INDEX i IS 'stays';
COMMENT ON CONSTRAINT t_c ON t IS 'stays';

--- case: statistics target of an expression
--- a
CREATE TABLE t (a int);
CREATE INDEX i ON t ((a + 1), (a + 2));
ALTER INDEX i ALTER COLUMN 1 SET STATISTICS 100;
--- b
CREATE TABLE t (a int);
CREATE INDEX i ON t ((a + 1), (a + 2));
ALTER INDEX i ALTER COLUMN 2 SET STATISTICS 200;

--- case: only renamed
--- a
CREATE TABLE t (a int, b int);
CREATE INDEX old_a ON t (a);
CREATE UNIQUE INDEX old_b ON t (b) WHERE a > 0;
COMMENT ON INDEX old_a IS 'stays';
--- b
CREATE TABLE t (a int, b int);
CREATE INDEX new_a ON t (a);
CREATE UNIQUE INDEX new_b ON t (b) WHERE a > 0;
COMMENT ON INDEX new_a IS 'stays';
--- destructive: no

--- case: the names of two change places
--- a
CREATE TABLE t (a int, b int);
CREATE INDEX one ON t (a);
CREATE INDEX two ON t (b);
--- b
CREATE TABLE t (a int, b int);
CREATE INDEX one ON t (b);
CREATE INDEX two ON t (a);

--- case: moves to another table, under its name
--- a
CREATE TABLE t (a int);
CREATE TABLE u (a int);
CREATE INDEX i ON t (a);
--- b
CREATE TABLE t (a int);
CREATE TABLE u (a int);
CREATE INDEX i ON u (a);

--- case: two of the same definition
--- a
CREATE TABLE t (a int);
CREATE INDEX one ON t (a);
--- b
CREATE TABLE t (a int);
CREATE INDEX one ON t (a);
CREATE INDEX two ON t (a);

--- case: comments
--- a
CREATE TABLE t (a int);
CREATE INDEX i ON t (a);
CREATE INDEX j ON t (a);
COMMENT ON INDEX j IS 'before';
--- b
CREATE TABLE t (a int);
CREATE INDEX i ON t (a);
CREATE INDEX j ON t (a);
COMMENT ON INDEX i IS 'new';
--- destructive: no
