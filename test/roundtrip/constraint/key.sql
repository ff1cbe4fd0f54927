--- case: a primary key is added, one is dropped
--- a
CREATE TABLE t (a int NOT NULL, b int);
CREATE TABLE u (a int PRIMARY KEY, b int);
--- b
CREATE TABLE t (a int PRIMARY KEY, b int);
CREATE TABLE u (a int, b int);
--- data
INSERT INTO t VALUES (1, 2);
INSERT INTO u VALUES (3, 4);
--- keep
SELECT a, b FROM t UNION ALL SELECT a, b FROM u

--- case: a primary key without NOT NULL before
--- a
CREATE TABLE t (a int, b int);
--- b
CREATE TABLE t (a int, b int, CONSTRAINT k PRIMARY KEY (a, b));
--- data
INSERT INTO t VALUES (1, 2);
--- keep
SELECT * FROM t
--- hazards: may_fail_on_data

--- case: the columns of a primary key change while a foreign key refers to it
--- a
CREATE TABLE p (id int PRIMARY KEY, code text NOT NULL UNIQUE);
CREATE TABLE t (p int REFERENCES p, code text);
--- b
CREATE TABLE p (id int UNIQUE, code text PRIMARY KEY);
CREATE TABLE t (p int, code text REFERENCES p);
--- data
INSERT INTO p VALUES (1, 'a');
INSERT INTO t VALUES (1, 'a');
--- keep
SELECT * FROM t

--- case: the columns of the key change under a foreign key that does not
--- a
CREATE TABLE p (id int NOT NULL, code text NOT NULL, CONSTRAINT k PRIMARY KEY (id), CONSTRAINT id_unique UNIQUE (id));
CREATE TABLE t (p int REFERENCES p (id));
--- b
CREATE TABLE p (id int NOT NULL, code text NOT NULL, CONSTRAINT k PRIMARY KEY (id, code), CONSTRAINT id_unique UNIQUE (id));
CREATE TABLE t (p int REFERENCES p (id));
--- data
INSERT INTO p VALUES (1, 'a');
INSERT INTO t VALUES (1);
--- keep
SELECT * FROM t

--- case: unique comes and goes
--- a
CREATE TABLE t (a int UNIQUE, b int, c int);
--- b
CREATE TABLE t (a int, b int UNIQUE, c int, UNIQUE (b, c));
--- data
INSERT INTO t VALUES (1, 2, 3);
--- keep
SELECT * FROM t
--- hazards: may_fail_on_data

--- case: every property of a unique constraint
--- a
CREATE TABLE t (a int, b int, c int,
    CONSTRAINT one UNIQUE (a), CONSTRAINT two UNIQUE (a, b), CONSTRAINT three UNIQUE (b) DEFERRABLE, CONSTRAINT four UNIQUE (c), CONSTRAINT five UNIQUE (c, a));
--- b
CREATE TABLE t (a int, b int, c int,
    CONSTRAINT one UNIQUE NULLS NOT DISTINCT (a), CONSTRAINT two UNIQUE (b, a), CONSTRAINT three UNIQUE (b), CONSTRAINT four UNIQUE (c) INCLUDE (a, b) WITH (fillfactor = 70),
    CONSTRAINT five UNIQUE (c, a) DEFERRABLE INITIALLY DEFERRED);
--- data
INSERT INTO t VALUES (1, 2, 3);
--- keep
SELECT * FROM t

--- case: a unique index becomes a constraint, and a constraint becomes a unique index
--- a
CREATE TABLE t (a int, b int);
CREATE UNIQUE INDEX t_a ON t (a);
ALTER TABLE t ADD CONSTRAINT t_b UNIQUE (b);
--- b
CREATE TABLE t (a int, b int);
ALTER TABLE t ADD CONSTRAINT t_a UNIQUE (a);
CREATE UNIQUE INDEX t_b ON t (b);
--- data
INSERT INTO t VALUES (1, 2);
--- keep
SELECT * FROM t

--- case: unique becomes primary, with the same columns
--- a
CREATE TABLE t (id int NOT NULL, CONSTRAINT t_id UNIQUE (id));
CREATE TABLE u (t int REFERENCES t (id));
--- b
CREATE TABLE t (id int NOT NULL, CONSTRAINT t_id PRIMARY KEY (id));
CREATE TABLE u (t int REFERENCES t (id));
--- data
INSERT INTO t VALUES (1);
INSERT INTO u VALUES (1);
--- keep
SELECT * FROM u

--- case: exclusion is added, changed and dropped
--- a
CREATE TABLE booking (id int PRIMARY KEY, room int4range, during tsrange, active boolean,
    CONSTRAINT changed EXCLUDE USING gist (during WITH &&) WHERE (active), CONSTRAINT dropped EXCLUDE USING gist (room WITH &&));
--- b
CREATE TABLE booking (id int PRIMARY KEY, room int4range, during tsrange, active boolean,
    CONSTRAINT changed EXCLUDE USING gist (room WITH =, during WITH &&) WHERE (active) DEFERRABLE, CONSTRAINT added EXCLUDE USING hash (id WITH =));
--- data
INSERT INTO booking VALUES (1, '[1,2)', '[2024-01-01,2024-01-02)', true);
--- keep
SELECT * FROM booking
--- hazards: may_fail_on_data

--- case: exclusion over expressions and a partial set, with options
--- a
--- b
CREATE TABLE stay (room text, start date, stop date,
    CONSTRAINT no_overlap EXCLUDE USING gist (daterange(start, stop, '[]') WITH &&) INCLUDE (room) WITH (fillfactor = 80) WHERE (room IS NOT NULL) INITIALLY DEFERRED);
COMMENT ON CONSTRAINT no_overlap ON stay IS 'one guest at a time';

--- case: only renamed: primary, unique, check, foreign, exclusion
--- a
CREATE TABLE p (id int CONSTRAINT p_old PRIMARY KEY, a int CONSTRAINT a_old UNIQUE, r int4range, CONSTRAINT r_old EXCLUDE USING gist (r WITH &&), CONSTRAINT c_old CHECK (a > 0));
CREATE TABLE t (p int CONSTRAINT fk_old REFERENCES p);
COMMENT ON CONSTRAINT c_old ON p IS 'stays';
--- b
CREATE TABLE p (id int CONSTRAINT p_new PRIMARY KEY, a int CONSTRAINT a_new UNIQUE, r int4range, CONSTRAINT r_new EXCLUDE USING gist (r WITH &&), CONSTRAINT c_new CHECK (a > 0));
CREATE TABLE t (p int CONSTRAINT fk_new REFERENCES p);
COMMENT ON CONSTRAINT c_new ON p IS 'stays';
--- data
INSERT INTO p VALUES (1, 2, '[1,2)');
INSERT INTO t VALUES (1);
--- keep
SELECT * FROM p, t
--- destructive: no

--- case: the names of two constraints change places
--- a
CREATE TABLE t (a int, b int, CONSTRAINT x CHECK (a > 0), CONSTRAINT y CHECK (b > 0), CONSTRAINT u UNIQUE (a), CONSTRAINT v UNIQUE (b));
--- b
CREATE TABLE t (a int, b int, CONSTRAINT y CHECK (a > 0), CONSTRAINT x CHECK (b > 0), CONSTRAINT v UNIQUE (a), CONSTRAINT u UNIQUE (b));
--- data
INSERT INTO t VALUES (1, 2);
--- keep
SELECT * FROM t
