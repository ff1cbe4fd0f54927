--- case: added and dropped
--- a
CREATE ACCESS METHOD old TYPE INDEX HANDLER bthandler;
--- b
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
CREATE ACCESS METHOD gist2 TYPE INDEX HANDLER gisthandler;
CREATE ACCESS METHOD "Bt 3" TYPE INDEX HANDLER bthandler;
COMMENT ON ACCESS METHOD heap2 IS 'a comment';

--- case: with operator classes, indexes, tables and matviews
--- a
--- b
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
CREATE ACCESS METHOD gist2 TYPE INDEX HANDLER gisthandler;
CREATE OPERATOR CLASS box_ops2 DEFAULT FOR TYPE box USING gist2 AS OPERATOR 1 <<, OPERATOR 3 &&, OPERATOR 6 ~=,
    FUNCTION 1 gist_box_consistent(internal, box, smallint, oid, internal), FUNCTION 2 gist_box_union(internal, internal),
    FUNCTION 5 gist_box_penalty(internal, internal, internal), FUNCTION 6 gist_box_picksplit(internal, internal), FUNCTION 7 gist_box_same(box, box, internal);
CREATE TABLE t (id int PRIMARY KEY, b box) USING heap2;
CREATE INDEX i ON t USING gist2 (b) WITH (fillfactor = 70);
CREATE MATERIALIZED VIEW m USING heap2 AS SELECT b FROM t;
CREATE INDEX mi ON m USING gist2 (b box_ops2);
ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING gist2 (b WITH &&);

--- case: the access method of a table and of a matview changes
--- both
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
--- a
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE TABLE u (id int PRIMARY KEY, a text) USING heap2;
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
--- b
CREATE TABLE t (id int PRIMARY KEY, a text) USING heap2;
CREATE TABLE u (id int PRIMARY KEY, a text);
CREATE MATERIALIZED VIEW m USING heap2 AS SELECT a FROM t;
--- data
INSERT INTO t VALUES (1, 'x');
INSERT INTO u VALUES (2, 'y');
--- keep
SELECT * FROM t, u
--- hazards: table_rewrite

--- case: the handler changes
--- both
CREATE FUNCTION my_handler(internal) RETURNS index_am_handler LANGUAGE internal STRICT AS 'gisthandler';
--- a
CREATE ACCESS METHOD gist2 TYPE INDEX HANDLER gisthandler;
COMMENT ON ACCESS METHOD gist2 IS 'stays';
CREATE OPERATOR FAMILY f USING gist2;
--- b
CREATE ACCESS METHOD gist2 TYPE INDEX HANDLER my_handler;
COMMENT ON ACCESS METHOD gist2 IS 'stays';
CREATE OPERATOR FAMILY f USING gist2;

--- case: from index to table
--- a
CREATE ACCESS METHOD am TYPE INDEX HANDLER bthandler;
--- b
CREATE ACCESS METHOD am TYPE TABLE HANDLER heap_tableam_handler;

--- case: the access method of an index changes and the old one goes away
--- a
CREATE ACCESS METHOD gist2 TYPE INDEX HANDLER gisthandler;
CREATE OPERATOR CLASS box_ops2 DEFAULT FOR TYPE box USING gist2 AS OPERATOR 1 <<,
    FUNCTION 1 gist_box_consistent(internal, box, smallint, oid, internal), FUNCTION 2 gist_box_union(internal, internal),
    FUNCTION 5 gist_box_penalty(internal, internal, internal), FUNCTION 6 gist_box_picksplit(internal, internal), FUNCTION 7 gist_box_same(box, box, internal);
CREATE TABLE t (id int PRIMARY KEY, b box);
CREATE INDEX i ON t USING gist2 (b);
--- b
CREATE TABLE t (id int PRIMARY KEY, b box);
CREATE INDEX i ON t USING gist (b);
--- data
INSERT INTO t VALUES (1, '(1,1),(0,0)');
--- keep
SELECT id, b::text FROM t

--- case: the default access method of the session makes no difference
--- a
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE t (id int PRIMARY KEY);
--- b
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
SET default_table_access_method = heap2;
CREATE TABLE t (id int PRIMARY KEY) USING heap;
CREATE TABLE u (id int PRIMARY KEY);
RESET default_table_access_method;

--- case: tables leave an access method, which goes away
--- a
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE t (id int PRIMARY KEY, a text) USING heap2;
CREATE MATERIALIZED VIEW m USING heap2 AS SELECT a FROM t;
--- b
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
--- data
INSERT INTO t VALUES (1, 'x');
--- keep
SELECT * FROM t

--- case: only the comment, and a handler of one's own schema
--- both
CREATE SCHEMA "S x";
CREATE FUNCTION "S x"."H"(internal) RETURNS table_am_handler LANGUAGE internal STRICT AS 'heap_tableam_handler';
--- a
CREATE ACCESS METHOD am TYPE TABLE HANDLER "S x"."H";
--- b
CREATE ACCESS METHOD am TYPE TABLE HANDLER "S x"."H";
COMMENT ON ACCESS METHOD am IS 'new';
--- keep
SELECT oid FROM pg_am WHERE amname = 'am'
