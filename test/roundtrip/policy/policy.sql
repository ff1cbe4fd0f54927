--- case: row security is switched on and off, by itself
--- a
CREATE TABLE t1 (id int PRIMARY KEY);
CREATE TABLE t2 (id int PRIMARY KEY);
ALTER TABLE t2 ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE TABLE t3 (id int PRIMARY KEY);
ALTER TABLE t3 FORCE ROW LEVEL SECURITY;
--- b
CREATE TABLE t1 (id int PRIMARY KEY);
ALTER TABLE t1 ENABLE ROW LEVEL SECURITY;
CREATE TABLE t2 (id int PRIMARY KEY);
CREATE TABLE t3 (id int PRIMARY KEY);
ALTER TABLE t3 ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
--- data
INSERT INTO t1 VALUES (1);
INSERT INTO t2 VALUES (2);
--- keep
SELECT t1.id, t2.id FROM t1, t2

--- case: added, with every clause
--- both
CREATE TABLE t (id int PRIMARY KEY, owner name, a text);
--- a
--- b
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p1 ON t USING (owner = current_user);
CREATE POLICY p2 ON t AS RESTRICTIVE USING (id > 0) WITH CHECK (id > 1);
CREATE POLICY p3 ON t FOR SELECT TO alice, team USING (true);
CREATE POLICY p4 ON t FOR INSERT WITH CHECK (a <> 'it''s');
CREATE POLICY p5 ON t FOR UPDATE TO PUBLIC USING (id = 1) WITH CHECK (id = 2);
CREATE POLICY p6 ON t FOR DELETE TO CURRENT_USER USING (id IN (SELECT max(x.id) FROM t x));
CREATE POLICY "P 7" ON t AS RESTRICTIVE FOR ALL TO bob;
COMMENT ON POLICY p1 ON t IS 'a comment';

--- case: dropped
--- both
CREATE TABLE t (id int PRIMARY KEY);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
--- a
CREATE POLICY p1 ON t USING (id > 0);
CREATE POLICY p2 ON t FOR SELECT USING (id > 0);
--- b
CREATE POLICY p2 ON t FOR SELECT USING (id > 0);

--- case: roles, USING and WITH CHECK change in place
--- both
CREATE TABLE t (id int PRIMARY KEY, a text);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
--- a
CREATE POLICY p1 ON t TO alice USING (id > 0);
CREATE POLICY p2 ON t USING (id > 0);
CREATE POLICY p3 ON t USING (id > 0) WITH CHECK (id > 0);
CREATE POLICY p4 ON t TO alice, bob USING (id > 0);
CREATE POLICY p5 ON t USING (id > 0);
--- b
CREATE POLICY p1 ON t TO bob USING (id > 0);
CREATE POLICY p2 ON t USING (id > 1);
CREATE POLICY p3 ON t USING (id > 0) WITH CHECK (id > 2);
CREATE POLICY p4 ON t USING (id > 0);
CREATE POLICY p5 ON t USING (id > 0) WITH CHECK (a = 'x');
--- keep
SELECT array_agg(oid ORDER BY polname) FROM pg_policy

--- case: USING and WITH CHECK go away
--- both
CREATE TABLE t (id int PRIMARY KEY, a text);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
--- a
CREATE POLICY p1 ON t USING (id > 0) WITH CHECK (id > 1);
CREATE POLICY p2 ON t USING (id > 0) WITH CHECK (id > 1);
COMMENT ON POLICY p1 ON t IS 'stays';
--- b
CREATE POLICY p1 ON t USING (id > 0);
CREATE POLICY p2 ON t WITH CHECK (id > 1);
COMMENT ON POLICY p1 ON t IS 'stays';

--- case: the command and permissive or restrictive change
--- both
CREATE TABLE t (id int PRIMARY KEY, a text);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
--- a
CREATE POLICY p1 ON t FOR SELECT USING (id > 0);
CREATE POLICY p2 ON t USING (id > 0);
CREATE POLICY p3 ON t FOR INSERT WITH CHECK (id > 0);
COMMENT ON POLICY p1 ON t IS 'stays';
--- b
CREATE POLICY p1 ON t FOR DELETE USING (id > 0);
CREATE POLICY p2 ON t AS RESTRICTIVE USING (id > 0);
CREATE POLICY p3 ON t FOR UPDATE USING (id < 5) WITH CHECK (id > 0);
COMMENT ON POLICY p1 ON t IS 'stays';

--- case: a column that policies use changes its type
--- a
CREATE TABLE t (id int PRIMARY KEY, a varchar(10), n int);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p1 ON t TO team USING (a = current_user::text);
CREATE POLICY p2 ON t FOR INSERT WITH CHECK (n > 3);
CREATE TABLE other (id int PRIMARY KEY);
ALTER TABLE other ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON other USING (EXISTS (SELECT FROM t WHERE t.id = other.id AND t.a <> ''));
COMMENT ON POLICY p1 ON t IS 'stays';
--- b
CREATE TABLE t (id int PRIMARY KEY, a text, n bigint);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p1 ON t TO team USING (a = current_user::text);
CREATE POLICY p2 ON t FOR INSERT WITH CHECK (n > 3);
CREATE TABLE other (id int PRIMARY KEY);
ALTER TABLE other ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON other USING (EXISTS (SELECT FROM t WHERE t.id = other.id AND t.a <> ''));
COMMENT ON POLICY p1 ON t IS 'stays';
--- data
INSERT INTO t VALUES (1, 'x', 5);
--- keep
SELECT id, a::text, n::text FROM t

--- case: the column that a policy uses is dropped, the policy uses another one
--- a
CREATE TABLE t (id int PRIMARY KEY, tenant int, a text);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (tenant = 1);
--- b
CREATE TABLE t (id int PRIMARY KEY, org int, a text);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (org = 1);
--- data
INSERT INTO t VALUES (1, 2, 'x');
--- keep
SELECT id, a FROM t
--- destructive: yes
--- hazards: data_loss

--- case: policies of two tables that read each other
--- a
--- b
CREATE TABLE a (id int PRIMARY KEY, b int);
CREATE TABLE b (id int PRIMARY KEY, a int);
ALTER TABLE a ENABLE ROW LEVEL SECURITY;
ALTER TABLE b ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON a USING (b IN (SELECT b.id FROM b));
CREATE POLICY p ON b USING (a IN (SELECT a.id FROM a));

--- case: with functions and views that are new
--- a
--- b
CREATE TABLE t (id int PRIMARY KEY, tenant int);
CREATE FUNCTION z_tenant() RETURNS int LANGUAGE sql STABLE AS 'SELECT current_setting(''app.tenant'', true)::int';
CREATE VIEW z_tenants AS SELECT DISTINCT tenant FROM t;
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON t USING (tenant = z_tenant()) WITH CHECK (tenant IN (SELECT tenant FROM z_tenants));

--- case: on a partitioned table and on one of its partitions
--- a
--- b
CREATE TABLE p (id int NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
ALTER TABLE p ENABLE ROW LEVEL SECURITY;
CREATE POLICY a ON p USING (id > 0);
ALTER TABLE p1 ENABLE ROW LEVEL SECURITY;
CREATE POLICY a ON p1 USING (id > 1);

--- case: a policy changes its name, and one of the same name on another table
--- both
CREATE TABLE t (id int PRIMARY KEY);
CREATE TABLE u (id int PRIMARY KEY);
--- a
CREATE POLICY p1 ON t USING (id > 0);
CREATE POLICY p2 ON u USING (id > 0);
--- b
CREATE POLICY p2 ON t USING (id > 0);
CREATE POLICY p2 ON u USING (id > 0);
