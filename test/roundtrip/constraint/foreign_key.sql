--- case: added and dropped
--- a
CREATE TABLE p (id int PRIMARY KEY, code text UNIQUE);
CREATE TABLE t (a int REFERENCES p, b text);
--- b
CREATE TABLE p (id int PRIMARY KEY, code text UNIQUE);
CREATE TABLE t (a int, b text REFERENCES p (code));
--- data
INSERT INTO p VALUES (1, 'a');
INSERT INTO t VALUES (1, 'a');
--- keep
SELECT * FROM t
--- hazards: may_fail_on_data

--- case: actions
--- a
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (a int CONSTRAINT one REFERENCES p, b int CONSTRAINT two REFERENCES p ON DELETE CASCADE ON UPDATE CASCADE, c int DEFAULT 1 CONSTRAINT three REFERENCES p ON DELETE SET NULL);
--- b
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (a int CONSTRAINT one REFERENCES p ON DELETE RESTRICT ON UPDATE SET NULL, b int CONSTRAINT two REFERENCES p, c int DEFAULT 1 CONSTRAINT three REFERENCES p ON DELETE SET DEFAULT);
--- data
INSERT INTO p VALUES (1);
INSERT INTO t VALUES (1, 1, 1);
--- keep
SELECT * FROM t

--- case: SET NULL and SET DEFAULT of some columns
--- a
CREATE TABLE p (a int, b int, PRIMARY KEY (a, b));
CREATE TABLE t (a int, b int, CONSTRAINT c FOREIGN KEY (a, b) REFERENCES p ON DELETE SET NULL);
CREATE TABLE u (a int DEFAULT 1, b int DEFAULT 2, CONSTRAINT c FOREIGN KEY (a, b) REFERENCES p ON DELETE SET DEFAULT (b));
--- b
CREATE TABLE p (a int, b int, PRIMARY KEY (a, b));
CREATE TABLE t (a int, b int, CONSTRAINT c FOREIGN KEY (a, b) REFERENCES p ON DELETE SET NULL (b));
CREATE TABLE u (a int DEFAULT 1, b int DEFAULT 2, CONSTRAINT c FOREIGN KEY (a, b) REFERENCES p ON DELETE SET DEFAULT (a, b));

--- case: MATCH FULL, order of columns
--- a
CREATE TABLE p (a int, b int, PRIMARY KEY (a, b), UNIQUE (b, a));
CREATE TABLE t (a int, b int, CONSTRAINT one FOREIGN KEY (a, b) REFERENCES p, CONSTRAINT two FOREIGN KEY (a, b) REFERENCES p (a, b));
--- b
CREATE TABLE p (a int, b int, PRIMARY KEY (a, b), UNIQUE (b, a));
CREATE TABLE t (a int, b int, CONSTRAINT one FOREIGN KEY (a, b) REFERENCES p MATCH FULL, CONSTRAINT two FOREIGN KEY (b, a) REFERENCES p (a, b));

--- case: deferrable in every way
--- a
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (a int CONSTRAINT one REFERENCES p, b int CONSTRAINT two REFERENCES p DEFERRABLE, c int CONSTRAINT three REFERENCES p INITIALLY DEFERRED);
--- b
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (a int CONSTRAINT one REFERENCES p DEFERRABLE, b int CONSTRAINT two REFERENCES p INITIALLY DEFERRED, c int CONSTRAINT three REFERENCES p);
--- data
INSERT INTO p VALUES (1);
INSERT INTO t VALUES (1, 1, 1);
--- keep
SELECT * FROM t
--- destructive: no

--- case: not validated, validated
--- a
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (a int, b int);
ALTER TABLE t ADD CONSTRAINT one FOREIGN KEY (a) REFERENCES p NOT VALID;
--- b
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (a int, b int);
ALTER TABLE t ADD CONSTRAINT one FOREIGN KEY (a) REFERENCES p;
ALTER TABLE t ADD CONSTRAINT two FOREIGN KEY (b) REFERENCES p NOT VALID;
--- data
INSERT INTO p VALUES (1);
INSERT INTO t VALUES (1, 99);
--- keep
SELECT * FROM t

--- case: the table referred to is another one
--- a
CREATE TABLE one (id int PRIMARY KEY);
CREATE TABLE two (id int PRIMARY KEY);
CREATE TABLE t (a int CONSTRAINT c REFERENCES one);
--- b
CREATE TABLE one (id int PRIMARY KEY);
CREATE TABLE two (id int PRIMARY KEY);
CREATE TABLE t (a int CONSTRAINT c REFERENCES two);

--- case: both sides change their type
--- a
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (id int PRIMARY KEY, p int NOT NULL REFERENCES p ON DELETE CASCADE);
CREATE TABLE u (t int REFERENCES t, p int REFERENCES p);
CREATE INDEX t_p ON t (p);
--- b
CREATE TABLE p (id bigint PRIMARY KEY);
CREATE TABLE t (id bigint PRIMARY KEY, p bigint NOT NULL REFERENCES p ON DELETE CASCADE);
CREATE TABLE u (t bigint REFERENCES t, p bigint REFERENCES p);
CREATE INDEX t_p ON t (p);
--- data
INSERT INTO p VALUES (1);
INSERT INTO t VALUES (2, 1);
INSERT INTO u VALUES (2, 1);
--- keep
SELECT * FROM t, u

--- case: both sides go from int to uuid by way of text
--- a
CREATE TABLE p (id text PRIMARY KEY);
CREATE TABLE t (p text REFERENCES p);
--- b
CREATE TABLE p (id uuid PRIMARY KEY);
CREATE TABLE t (p uuid REFERENCES p);
--- data
INSERT INTO p VALUES ('00000000-0000-0000-0000-000000000001');
INSERT INTO t SELECT id FROM p;
--- keep
SELECT p::text FROM t

--- case: a ring of three, all new
--- a
--- b
CREATE TABLE a (id int PRIMARY KEY, b int);
CREATE TABLE b (id int PRIMARY KEY, c int);
CREATE TABLE c (id int PRIMARY KEY, a int REFERENCES a);
ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;
ALTER TABLE b ADD FOREIGN KEY (c) REFERENCES c;

--- case: a ring whose key columns change their type
--- a
CREATE TABLE a (id int PRIMARY KEY, b int);
CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a);
ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;
--- b
CREATE TABLE a (id bigint PRIMARY KEY, b bigint);
CREATE TABLE b (id bigint PRIMARY KEY, a bigint REFERENCES a);
ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;
--- data
INSERT INTO a VALUES (1, NULL);
INSERT INTO b VALUES (2, 1);
UPDATE a SET b = 2;
--- keep
SELECT a.id, a.b, b.id, b.a FROM a, b

--- case: to itself
--- a
CREATE TABLE node (id int PRIMARY KEY, parent int REFERENCES node);
--- b
CREATE TABLE node (id bigint PRIMARY KEY, parent bigint REFERENCES node ON DELETE CASCADE);
--- data
INSERT INTO node VALUES (1, NULL), (2, 1);
--- keep
SELECT * FROM node ORDER BY id

--- case: to a unique index that is no constraint
--- a
CREATE TABLE p (a int);
CREATE UNIQUE INDEX p_a ON p (a);
CREATE TABLE t (a int REFERENCES p (a));
--- b
CREATE TABLE p (a int);
CREATE UNIQUE INDEX p_a ON p (a) INCLUDE (a);
CREATE UNIQUE INDEX p_other ON p (a);
CREATE TABLE t (a int REFERENCES p (a));
--- data
INSERT INTO p VALUES (1);
INSERT INTO t VALUES (1);
--- keep
SELECT * FROM t

--- case: the column is dropped on one side and added on the other
--- a
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (id int PRIMARY KEY, p int REFERENCES p);
--- b
CREATE TABLE p (id int PRIMARY KEY, t int);
CREATE TABLE t (id int PRIMARY KEY);
ALTER TABLE p ADD FOREIGN KEY (t) REFERENCES t;
--- data
INSERT INTO p VALUES (1);
INSERT INTO t VALUES (2, 1);
--- keep
SELECT p.id, t.id FROM p, t
