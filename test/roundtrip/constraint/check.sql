--- case: added, changed and dropped
--- a
CREATE TABLE t (a int, b int, c text, CONSTRAINT dropped CHECK (a > 0), CONSTRAINT changed CHECK (b > 0));
--- b
CREATE TABLE t (a int, b int, c text, CONSTRAINT changed CHECK (b > 0 AND a < 100), CONSTRAINT added CHECK (c ~ '^[a-z''\\]*$' AND length(c) BETWEEN 1 AND 10 OR c IS NULL));
--- data
INSERT INTO t VALUES (1, 2, 'abc');
--- keep
SELECT * FROM t
--- hazards: may_fail_on_data

--- case: not validated, validated
--- a
CREATE TABLE t (a int, b int);
ALTER TABLE t ADD CONSTRAINT one CHECK (a > 0) NOT VALID;
ALTER TABLE t ADD CONSTRAINT two CHECK (b > 0);
--- b
CREATE TABLE t (a int, b int);
ALTER TABLE t ADD CONSTRAINT one CHECK (a > 0);
ALTER TABLE t ADD CONSTRAINT two CHECK (b > 0) NOT VALID;
--- data
INSERT INTO t VALUES (1, 2);
--- keep
SELECT * FROM t

--- case: a new one that is not validated
--- a
CREATE TABLE t (a int);
--- b
CREATE TABLE t (a int);
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
--- data
INSERT INTO t VALUES (-1);
--- keep
SELECT * FROM t

--- case: NO INHERIT
--- a
CREATE TABLE t (a int, CONSTRAINT one CHECK (a > 0), CONSTRAINT two CHECK (a < 10) NO INHERIT);
--- b
CREATE TABLE t (a int, CONSTRAINT one CHECK (a > 0) NO INHERIT, CONSTRAINT two CHECK (a < 10));

--- case: the same condition written in another way is no difference
--- a
CREATE TABLE t (a int, CONSTRAINT c CHECK (a IN (1, 2)), CONSTRAINT d CHECK ((a) > (0)));
--- b
CREATE TABLE t (a int, CONSTRAINT c CHECK (a = ANY (ARRAY[1, 2])), CONSTRAINT d CHECK (a > 0));
--- operations:

--- case: the whole row
--- a
CREATE TABLE t (a int, b int);
--- b
CREATE TABLE t (a int, b int, CONSTRAINT not_all_null CHECK (num_nonnulls(a, b) > 0), CONSTRAINT row_is_set CHECK (t IS NOT NULL));

--- case: comments
--- a
CREATE TABLE t (a int, CONSTRAINT one CHECK (a > 0), CONSTRAINT two CHECK (a < 10));
COMMENT ON CONSTRAINT one ON t IS 'before';
--- b
CREATE TABLE t (a int, CONSTRAINT one CHECK (a > 0), CONSTRAINT two CHECK (a < 20));
COMMENT ON CONSTRAINT one ON t IS 'after';
COMMENT ON CONSTRAINT two ON t IS 'new';
