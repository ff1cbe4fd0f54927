--- case: sessions of one database write dates, numbers and intervals in another way
--- both
CREATE SCHEMA s1;
CREATE SCHEMA s2;
--- a
DO $$ BEGIN
    EXECUTE format('ALTER DATABASE %I SET datestyle = German', current_database());
    EXECUTE format('ALTER DATABASE %I SET intervalstyle = sql_standard', current_database());
    EXECUTE format('ALTER DATABASE %I SET timezone = %L', current_database(), 'Asia/Tokyo');
    EXECUTE format('ALTER DATABASE %I SET extra_float_digits = 0', current_database());
    EXECUTE format('ALTER DATABASE %I SET bytea_output = escape', current_database());
    EXECUTE format('ALTER DATABASE %I SET search_path = s2, s1', current_database());
    EXECUTE format('ALTER DATABASE %I SET transform_null_equals = on', current_database());
    EXECUTE format('ALTER DATABASE %I SET check_function_bodies = off', current_database());
END $$;
CREATE TABLE s1.t (a date DEFAULT '2024-02-01', b interval DEFAULT '1 day 02:03:04', c float8 DEFAULT 0.1::float8 + 0.2::float8, d timestamptz DEFAULT '2024-02-01 00:00:00+00');
CREATE TABLE s1.old (a date CHECK (a > '2024-02-01'));
--- b
CREATE TABLE s1.t (a date DEFAULT '2024-02-01', b interval DEFAULT '1 day 02:03:04', c float8 DEFAULT 0.1::float8 + 0.2::float8, d timestamptz DEFAULT '2024-02-01 00:00:00+00',
    e date NOT NULL DEFAULT '2024-03-04', f interval DEFAULT '1 year -2 days 03:04:05', g float8 DEFAULT 1.1234567890123456, h bytea DEFAULT '\x00ff', i text[] DEFAULT '{NULL,"NULL"}');
CREATE TABLE s2.t (a timestamp, b int DEFAULT 3 CHECK (b IS NULL OR b > 1));
CREATE TABLE s2.parted (at timestamptz) PARTITION BY RANGE (at);
CREATE TABLE s2.parted_1 PARTITION OF s2.parted FOR VALUES FROM ('2024-02-01 00:00:00+00') TO ('2024-03-04 00:00:00+00');
CREATE TABLE s2.by_float (x float8, y bytea, z interval) PARTITION BY RANGE (x, y, z);
CREATE TABLE s2.by_float_1 PARTITION OF s2.by_float FOR VALUES FROM (0.1, '\x00', '1 day') TO (1.1234567890123456, '\xff', '1 day 02:03:04');
CREATE VIEW s2.v AS SELECT s1.t.a, s2.t.b FROM s1.t, s2.t WHERE s1.t.a > '2024-05-06' AND s2.t.a < timestamp '2024-05-06 07:08:09' AND s1.t.f = '3 days 04:05:06'::interval;
CREATE INDEX i ON s1.t (a) WHERE e > '2024-05-06' AND g > 0.30000000000000004::float8;
--- data
INSERT INTO s1.t VALUES ('2024-01-02', '2 days', 0.1, '2024-01-02 00:00:00Z');
--- keep
SELECT a, b, c, d FROM s1.t

--- case: other storage by default
--- a
DO $$ BEGIN
    EXECUTE format('ALTER DATABASE %I SET default_statistics_target = 5', current_database());
    EXECUTE format('ALTER DATABASE %I SET default_transaction_isolation = %L', current_database(), 'repeatable read');
    EXECUTE format('ALTER DATABASE %I SET default_text_search_config = %L', current_database(), 'pg_catalog.german');
    EXECUTE format('ALTER DATABASE %I SET row_security = off', current_database());
END $$;
CREATE TABLE t (id int PRIMARY KEY, a text, words tsvector GENERATED ALWAYS AS (to_tsvector('english', a)) STORED);
--- b
CREATE TABLE t (id bigint PRIMARY KEY, a varchar(20), words tsvector GENERATED ALWAYS AS (to_tsvector('german', a)) STORED);
CREATE TABLE u (id int);
ALTER TABLE u ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON u USING (id > 0);
--- data
INSERT INTO t VALUES (1, 'a');
--- keep
SELECT id, a FROM t
