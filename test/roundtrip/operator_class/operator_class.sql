--- case: btree, hash, gist, gin and brin
--- a
--- b
CREATE OPERATOR CLASS int_desc FOR TYPE int USING btree AS OPERATOR 1 >, OPERATOR 2 >=, OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <, FUNCTION 1 btint4cmp(int, int);
CREATE OPERATOR CLASS int_hash FOR TYPE int USING hash AS OPERATOR 1 =, FUNCTION 1 hashint4(int), FUNCTION 2 hashint4extended(int, bigint);
CREATE OPERATOR CLASS my_point FOR TYPE point USING gist AS
    OPERATOR 11 |>>, OPERATOR 1 <<, OPERATOR 15 <-> FOR ORDER BY float_ops,
    FUNCTION 1 gist_point_consistent(internal, point, smallint, oid, internal), FUNCTION 2 gist_box_union(internal, internal), FUNCTION 3 gist_point_compress(internal),
    FUNCTION 5 gist_box_penalty(internal, internal, internal), FUNCTION 6 gist_box_picksplit(internal, internal), FUNCTION 7 gist_box_same(box, box, internal),
    FUNCTION 8 gist_point_distance(internal, point, smallint, oid, internal), FUNCTION 9 gist_point_fetch(internal), STORAGE box;
CREATE OPERATOR CLASS my_gin FOR TYPE int[] USING gin AS
    OPERATOR 1 &&(anyarray, anyarray), OPERATOR 2 @>(anyarray, anyarray), FUNCTION 1 btint4cmp(int, int), FUNCTION 2 ginarrayextract(anyarray, internal, internal),
    FUNCTION 3 ginqueryarrayextract(anyarray, internal, smallint, internal, internal, internal, internal),
    FUNCTION 4 ginarrayconsistent(internal, smallint, anyarray, int, internal, internal, internal, internal), STORAGE int;
COMMENT ON OPERATOR CLASS int_desc USING btree IS 'backwards';
COMMENT ON OPERATOR FAMILY int_desc USING btree IS 'the family that came along';

--- case: dropped
--- a
CREATE OPERATOR FAMILY fam USING btree;
CREATE OPERATOR CLASS cls FOR TYPE int USING btree FAMILY fam AS OPERATOR 1 <, OPERATOR 3 =, FUNCTION 1 btint4cmp(int, int);
CREATE OPERATOR CLASS alone FOR TYPE int USING hash AS OPERATOR 1 =, FUNCTION 1 hashint4(int);
--- b

--- case: the class goes and the family stays
--- a
CREATE OPERATOR FAMILY fam USING btree;
CREATE OPERATOR CLASS cls FOR TYPE int USING btree FAMILY fam AS OPERATOR 1 <, OPERATOR 3 =, FUNCTION 1 btint4cmp(int, int);
--- b
CREATE OPERATOR FAMILY fam USING btree;

--- case: a family of several types with loose members
--- a
--- b
CREATE OPERATOR FAMILY ints USING btree;
CREATE OPERATOR CLASS ints4 FOR TYPE int USING btree FAMILY ints AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(int, int), FUNCTION 2 btint4sortsupport(internal);
CREATE OPERATOR CLASS ints8 FOR TYPE bigint USING btree FAMILY ints AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint8cmp(bigint, bigint), FUNCTION 4 btequalimage(oid);
ALTER OPERATOR FAMILY ints USING btree ADD
    OPERATOR 1 <(int, bigint), OPERATOR 3 =(int, bigint), OPERATOR 5 >(int, bigint), FUNCTION 1 (int, bigint) btint48cmp(int, bigint),
    OPERATOR 3 =(bigint, int), FUNCTION 1 (bigint, int) btint84cmp(bigint, int), FUNCTION 3 (int, int) in_range(int, int, int, boolean, boolean);

--- case: members of a family are added and removed
--- both
CREATE OPERATOR FAMILY ints USING btree;
CREATE OPERATOR CLASS ints4 FOR TYPE int USING btree FAMILY ints AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(int, int);
CREATE TABLE t (id int PRIMARY KEY);
CREATE INDEX i ON t (id ints4);
--- a
ALTER OPERATOR FAMILY ints USING btree ADD OPERATOR 1 <(int, bigint), FUNCTION 1 (int, bigint) btint48cmp(int, bigint);
--- b
ALTER OPERATOR FAMILY ints USING btree ADD OPERATOR 1 <(int, smallint), OPERATOR 3 =(int, smallint), FUNCTION 1 (int, smallint) btint42cmp(int, smallint);
--- data
INSERT INTO t VALUES (1);
--- keep
SELECT id, 'i'::regclass::oid FROM t

--- case: an optional function named in the class and the same one added later are no difference
--- both
CREATE OPERATOR FAMILY ints USING btree;
--- a
CREATE OPERATOR CLASS ints4 FOR TYPE int USING btree FAMILY ints AS OPERATOR 1 <, OPERATOR 3 =, FUNCTION 1 btint4cmp(int, int), FUNCTION 2 btint4sortsupport(internal);
--- b
CREATE OPERATOR CLASS ints4 FOR TYPE int USING btree FAMILY ints AS OPERATOR 1 <, OPERATOR 3 =, FUNCTION 1 btint4cmp(int, int);
ALTER OPERATOR FAMILY ints USING btree ADD FUNCTION 2 (int, int) btint4sortsupport(internal);
--- operations:

--- case: a used class changes its members
--- a
CREATE OPERATOR CLASS c FOR TYPE int USING btree AS OPERATOR 1 <, OPERATOR 3 =, FUNCTION 1 btint4cmp(int, int);
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE INDEX i ON t (a c);
COMMENT ON OPERATOR CLASS c USING btree IS 'stays';
COMMENT ON INDEX i IS 'stays';
--- b
CREATE OPERATOR CLASS c FOR TYPE int USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(int, int);
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE INDEX i ON t (a c);
COMMENT ON OPERATOR CLASS c USING btree IS 'stays';
COMMENT ON INDEX i IS 'stays';
--- data
INSERT INTO t VALUES (1, 2);
--- keep
SELECT * FROM t

--- case: the default class of a type of one's own
--- a
--- b
CREATE TYPE ver AS (major int, minor int);
CREATE FUNCTION ver_lt(ver, ver) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT ($1.major, $1.minor) < ($2.major, $2.minor)';
CREATE FUNCTION ver_le(ver, ver) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT ($1.major, $1.minor) <= ($2.major, $2.minor)';
CREATE FUNCTION ver_eq(ver, ver) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT ($1.major, $1.minor) = ($2.major, $2.minor)';
CREATE FUNCTION ver_ge(ver, ver) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT ($1.major, $1.minor) >= ($2.major, $2.minor)';
CREATE FUNCTION ver_gt(ver, ver) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT ($1.major, $1.minor) > ($2.major, $2.minor)';
CREATE FUNCTION ver_cmp(ver, ver) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT btint8cmp($1.major * 1000::bigint + $1.minor, $2.major * 1000::bigint + $2.minor)';
CREATE FUNCTION ver_hash(ver) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT hashint4($1.major)';
CREATE OPERATOR < (LEFTARG = ver, RIGHTARG = ver, FUNCTION = ver_lt, COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
CREATE OPERATOR <= (LEFTARG = ver, RIGHTARG = ver, FUNCTION = ver_le, COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel);
CREATE OPERATOR = (LEFTARG = ver, RIGHTARG = ver, FUNCTION = ver_eq, COMMUTATOR = =, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
CREATE OPERATOR >= (LEFTARG = ver, RIGHTARG = ver, FUNCTION = ver_ge, COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel);
CREATE OPERATOR > (LEFTARG = ver, RIGHTARG = ver, FUNCTION = ver_gt, COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel);
CREATE OPERATOR CLASS ver_ops DEFAULT FOR TYPE ver USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 ver_cmp(ver, ver);
CREATE OPERATOR CLASS ver_ops DEFAULT FOR TYPE ver USING hash AS OPERATOR 1 =, FUNCTION 1 ver_hash(ver);
CREATE TABLE release (v ver PRIMARY KEY, n ver UNIQUE, EXCLUDE USING hash (v WITH =));
CREATE INDEX i ON release (v DESC, n ver_ops);
CREATE TYPE ver_range AS RANGE (SUBTYPE = ver, SUBTYPE_OPCLASS = ver_ops);
CREATE VIEW v AS SELECT v FROM release ORDER BY v DESC;
CREATE TABLE p (v ver) PARTITION BY RANGE (v);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('(1,0)') TO ('(2,0)');

--- case: DEFAULT goes and comes
--- a
CREATE OPERATOR FAMILY f USING btree;
CREATE TYPE ver AS (major int);
CREATE FUNCTION ver_lt(ver, ver) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.major < $2.major';
CREATE FUNCTION ver_cmp(ver, ver) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT btint4cmp($1.major, $2.major)';
CREATE OPERATOR <~ (LEFTARG = ver, RIGHTARG = ver, FUNCTION = ver_lt);
CREATE OPERATOR CLASS c DEFAULT FOR TYPE ver USING btree FAMILY f AS OPERATOR 1 <~, FUNCTION 1 ver_cmp(ver, ver);
--- b
CREATE OPERATOR FAMILY f USING btree;
CREATE TYPE ver AS (major int);
CREATE FUNCTION ver_lt(ver, ver) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.major < $2.major';
CREATE FUNCTION ver_cmp(ver, ver) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT btint4cmp($1.major, $2.major)';
CREATE OPERATOR <~ (LEFTARG = ver, RIGHTARG = ver, FUNCTION = ver_lt);
CREATE OPERATOR CLASS c FOR TYPE ver USING btree FAMILY f AS OPERATOR 1 <~, FUNCTION 1 ver_cmp(ver, ver);

--- case: the same names for other access methods and in other schemas
--- a
--- b
CREATE SCHEMA s;
CREATE OPERATOR FAMILY same USING btree;
CREATE OPERATOR FAMILY same USING hash;
CREATE OPERATOR FAMILY s.same USING btree;
CREATE OPERATOR CLASS same FOR TYPE int USING btree FAMILY s.same AS OPERATOR 1 <, FUNCTION 1 btint4cmp(int, int);
CREATE OPERATOR CLASS s.same FOR TYPE int USING hash FAMILY same AS OPERATOR 1 =, FUNCTION 1 hashint4(int);
CREATE TABLE t (a int);
CREATE INDEX i ON t (a same);
CREATE INDEX j ON t USING hash (a s.same);
COMMENT ON OPERATOR FAMILY s.same USING btree IS 'a comment';

--- case: the class moves to another family
--- both
CREATE OPERATOR FAMILY f1 USING btree;
CREATE OPERATOR FAMILY f2 USING btree;
--- a
CREATE OPERATOR CLASS c FOR TYPE int USING btree FAMILY f1 AS OPERATOR 1 <, FUNCTION 1 btint4cmp(int, int);
--- b
CREATE OPERATOR CLASS c FOR TYPE int USING btree FAMILY f2 AS OPERATOR 1 <, FUNCTION 1 btint4cmp(int, int);

--- case: options of a class with a function for them, in an index
--- a
--- b
CREATE TABLE t (id int PRIMARY KEY, v tsvector);
CREATE INDEX i ON t USING gist (v tsvector_ops (siglen = 100));
CREATE OPERATOR CLASS my_ts FOR TYPE tsvector USING gist AS OPERATOR 1 @@(tsvector, tsquery),
    FUNCTION 1 gtsvector_consistent(internal, tsvector, smallint, oid, internal), FUNCTION 2 gtsvector_union(internal, internal), FUNCTION 3 gtsvector_compress(internal),
    FUNCTION 4 gtsvector_decompress(internal), FUNCTION 5 gtsvector_penalty(internal, internal, internal), FUNCTION 6 gtsvector_picksplit(internal, internal),
    FUNCTION 7 gtsvector_same(gtsvector, gtsvector, internal), FUNCTION 10 gtsvector_options(internal), STORAGE gtsvector;
CREATE INDEX j ON t USING gist (v my_ts (siglen = 50));

--- case: owner and comment of both
--- a
CREATE OPERATOR FAMILY f USING btree;
CREATE OPERATOR CLASS c FOR TYPE int USING btree FAMILY f AS OPERATOR 1 <, FUNCTION 1 btint4cmp(int, int);
COMMENT ON OPERATOR CLASS c USING btree IS 'old';
--- b
CREATE OPERATOR FAMILY f USING btree;
CREATE OPERATOR CLASS c FOR TYPE int USING btree FAMILY f AS OPERATOR 1 <, FUNCTION 1 btint4cmp(int, int);
ALTER OPERATOR FAMILY f USING btree OWNER TO alice;
ALTER OPERATOR CLASS c USING btree OWNER TO bob;
COMMENT ON OPERATOR CLASS c USING btree IS 'new';
COMMENT ON OPERATOR FAMILY f USING btree IS 'new';

--- case: a function of a used class gets another body, an operator another function
--- a
CREATE TYPE ver AS (major int);
CREATE FUNCTION ver_lt(ver, ver) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.major < $2.major';
CREATE FUNCTION ver_lt2(ver, ver) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.major < $2.major';
CREATE FUNCTION ver_cmp(ver, ver) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT btint4cmp($1.major, $2.major)';
CREATE OPERATOR <~ (LEFTARG = ver, RIGHTARG = ver, FUNCTION = ver_lt);
CREATE OPERATOR CLASS c DEFAULT FOR TYPE ver USING btree AS OPERATOR 1 <~, FUNCTION 1 ver_cmp(ver, ver);
CREATE TABLE t (id int PRIMARY KEY, v ver);
CREATE INDEX i ON t (v);
--- b
CREATE TYPE ver AS (major int);
CREATE FUNCTION ver_lt(ver, ver) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.major < $2.major';
CREATE FUNCTION ver_lt2(ver, ver) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.major < $2.major';
CREATE FUNCTION ver_cmp(ver, ver) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN btint4cmp($1.major, $2.major); END';
CREATE OPERATOR <~ (LEFTARG = ver, RIGHTARG = ver, FUNCTION = ver_lt2);
CREATE OPERATOR CLASS c DEFAULT FOR TYPE ver USING btree AS OPERATOR 1 <~, FUNCTION 1 ver_cmp(ver, ver);
CREATE TABLE t (id int PRIMARY KEY, v ver);
CREATE INDEX i ON t (v);
--- data
INSERT INTO t VALUES (1, '(2)');
--- keep
SELECT * FROM t

--- case: members are added to a used class
--- both
CREATE OPERATOR FAMILY f USING btree;
--- a
CREATE OPERATOR CLASS c FOR TYPE int USING btree FAMILY f AS OPERATOR 1 <, OPERATOR 3 =;
CREATE OPERATOR CLASS h FOR TYPE int USING hash AS OPERATOR 1 =;
CREATE OPERATOR CLASS b FOR TYPE int USING brin AS OPERATOR 1 <;
--- b
CREATE OPERATOR CLASS c FOR TYPE int USING btree FAMILY f AS OPERATOR 1 <, OPERATOR 3 =, OPERATOR 5 >, FUNCTION 1 btint4cmp(int, int);
CREATE OPERATOR CLASS h FOR TYPE int USING hash AS OPERATOR 1 =, FUNCTION 1 hashint4(int);
CREATE OPERATOR CLASS b FOR TYPE int USING brin AS OPERATOR 1 <, OPERATOR 2 <=;
--- keep
SELECT oid FROM pg_opclass WHERE opcname IN ('c', 'h') ORDER BY opcname
--- operations: drop_operator_class public.b brin; alter_operator_class public.c btree; alter_operator_class public.h hash; create_operator_class public.b brin

--- case: a class of nothing but its type, and one of a domain's or row type
--- a
--- b
CREATE OPERATOR CLASS empty FOR TYPE int USING btree AS STORAGE int;
CREATE TABLE t (id int PRIMARY KEY);
CREATE FUNCTION t_cmp(t, t) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT btint4cmp($1.id, $2.id)';
CREATE OPERATOR CLASS rows FOR TYPE t USING btree AS FUNCTION 1 t_cmp(t, t);
COMMENT ON OPERATOR CLASS empty USING btree IS 'empty';

--- case: a class in a built-in family
--- a
--- b
CREATE TYPE ver AS (major int);
CREATE FUNCTION ver_cmp(ver, ver) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT btint4cmp($1.major, $2.major)';
CREATE FUNCTION ver_lt(ver, ver) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.major < $2.major';
CREATE OPERATOR <~ (LEFTARG = ver, RIGHTARG = ver, FUNCTION = ver_lt);
CREATE OPERATOR CLASS ver_ops FOR TYPE ver USING btree FAMILY integer_ops AS OPERATOR 1 <~, FUNCTION 1 ver_cmp(ver, ver);

--- case: families of the same name with members of their own, and names that have to be quoted
--- a
CREATE OPERATOR FAMILY same USING btree;
CREATE OPERATOR FAMILY same USING hash;
ALTER OPERATOR FAMILY same USING btree ADD OPERATOR 3 =(int, bigint);
--- b
CREATE SCHEMA "S x";
CREATE OPERATOR FAMILY "S x"."F, g" USING btree;
CREATE TYPE "S x"."a, b" AS (x int);
CREATE FUNCTION "S x"."c (d"("S x"."a, b", "S x"."a, b") RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
ALTER OPERATOR FAMILY "S x"."F, g" USING btree ADD FUNCTION 1 ("S x"."a, b", "S x"."a, b") "S x"."c (d"("S x"."a, b", "S x"."a, b");
CREATE OPERATOR CLASS "S x"."C" FOR TYPE int USING btree FAMILY "S x"."F, g" AS OPERATOR 1 <, FUNCTION 1 btint4cmp(int, int);
CREATE OPERATOR FAMILY same USING btree;
CREATE OPERATOR FAMILY same USING hash;
ALTER OPERATOR FAMILY same USING btree ADD OPERATOR 3 =(int, bigint);
ALTER OPERATOR FAMILY same USING hash ADD OPERATOR 1 =(int, bigint);

--- case: a member is sorted by another family
--- a
CREATE OPERATOR FAMILY f USING gist;
ALTER OPERATOR FAMILY f USING gist ADD OPERATOR 15 <->(point, point) FOR ORDER BY float_ops;
--- b
CREATE OPERATOR FAMILY mine USING btree;
CREATE OPERATOR FAMILY f USING gist;
ALTER OPERATOR FAMILY f USING gist ADD OPERATOR 15 <->(point, point) FOR ORDER BY mine;

--- case: the operator and the function of a loose member change
--- a
CREATE FUNCTION lt1(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE FUNCTION cmp(int, text) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE OPERATOR <~ (LEFTARG = int, RIGHTARG = text, FUNCTION = lt1);
CREATE OPERATOR FAMILY f USING btree;
ALTER OPERATOR FAMILY f USING btree ADD OPERATOR 1 <~(int, text), FUNCTION 1 (int, text) cmp(int, text);
--- b
CREATE FUNCTION lt2(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE FUNCTION cmp2(int, text) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE OPERATOR <~ (LEFTARG = int, RIGHTARG = text, FUNCTION = lt2);
CREATE OPERATOR FAMILY f USING btree;
ALTER OPERATOR FAMILY f USING btree ADD OPERATOR 1 <~(int, text), FUNCTION 1 (int, text) cmp2(int, text);
--- keep
SELECT oid FROM pg_opfamily WHERE opfname = 'f'

--- case: DEFAULT moves from one class to another
--- both
CREATE TYPE ver AS (major int);
CREATE FUNCTION ver_cmp(ver, ver) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT btint4cmp($1.major, $2.major)';
CREATE FUNCTION ver_lt(ver, ver) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.major < $2.major';
CREATE OPERATOR <~ (LEFTARG = ver, RIGHTARG = ver, FUNCTION = ver_lt);
CREATE TABLE t (id int PRIMARY KEY, v ver);
--- a
CREATE OPERATOR CLASS c1 DEFAULT FOR TYPE ver USING btree AS OPERATOR 1 <~, FUNCTION 1 ver_cmp(ver, ver);
CREATE OPERATOR CLASS c2 FOR TYPE ver USING btree AS OPERATOR 1 <~, FUNCTION 1 ver_cmp(ver, ver);
CREATE INDEX i ON t (v);
--- b
CREATE OPERATOR CLASS c1 FOR TYPE ver USING btree AS OPERATOR 1 <~, FUNCTION 1 ver_cmp(ver, ver);
CREATE OPERATOR CLASS c2 DEFAULT FOR TYPE ver USING btree AS OPERATOR 1 <~, FUNCTION 1 ver_cmp(ver, ver);
CREATE INDEX i ON t (v);
--- data
INSERT INTO t VALUES (1, '(2)');
--- keep
SELECT * FROM t

--- case: of one schema only, with members of another
--- both
CREATE SCHEMA s;
--- a
--- b
CREATE FUNCTION s.lt(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE OPERATOR s.<~ (LEFTARG = int, RIGHTARG = text, FUNCTION = s.lt);
CREATE OPERATOR FAMILY s.f USING btree;
ALTER OPERATOR FAMILY s.f USING btree ADD OPERATOR 1 s.<~(int, text);
CREATE OPERATOR CLASS s.c FOR TYPE int USING btree FAMILY s.f AS OPERATOR 1 <, FUNCTION 1 btint4cmp(int, int);
CREATE AGGREGATE s.a(int) (SFUNC = int4pl, STYPE = int);
CREATE COLLATION s.co (LOCALE = 'C');
CREATE CONVERSION s.cv FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
CREATE OPERATOR public.<~ (LEFTARG = int, RIGHTARG = text, FUNCTION = s.lt);
CREATE AGGREGATE public.a(int) (SFUNC = int4pl, STYPE = int);
CREATE CAST (json AS bytea) WITHOUT FUNCTION;
CREATE TRUSTED LANGUAGE l HANDLER plpgsql_call_handler;
CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
CREATE TRANSFORM FOR int LANGUAGE sql (TO SQL WITH FUNCTION int4recv(internal));
--- schemas: s
--- one way
What is in no schema, or in another, stays.

--- case: functions that sort, group and compare need the class, and the class needs functions
--- a
--- b
CREATE TYPE ver AS (major int);
CREATE TABLE t (v ver);
CREATE FUNCTION z_lt(ver, ver) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.major < $2.major';
CREATE FUNCTION z_eq(ver, ver) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.major = $2.major';
CREATE OPERATOR <~ (LEFTARG = ver, RIGHTARG = ver, FUNCTION = z_lt);
CREATE OPERATOR =~ (LEFTARG = ver, RIGHTARG = ver, FUNCTION = z_eq, MERGES, COMMUTATOR = =~);
CREATE FUNCTION z_cmp(a ver, b ver) RETURNS int IMMUTABLE RETURN CASE WHEN a <~ b THEN -1 WHEN a =~ b THEN 0 ELSE 1 END;
CREATE OPERATOR CLASS ver_ops DEFAULT FOR TYPE ver USING btree AS OPERATOR 1 <~, OPERATOR 3 =~, FUNCTION 1 z_cmp(ver, ver);
CREATE FUNCTION a_sorted() RETURNS SETOF ver BEGIN ATOMIC SELECT v FROM t ORDER BY v; END;
CREATE FUNCTION b_distinct() RETURNS bigint BEGIN ATOMIC SELECT count(DISTINCT v) FROM t; END;
CREATE FUNCTION c_grouped() RETURNS SETOF bigint BEGIN ATOMIC SELECT count(*) FROM t GROUP BY v; END;
CREATE FUNCTION d_union() RETURNS SETOF ver BEGIN ATOMIC SELECT v FROM t UNION SELECT v FROM t; END;
CREATE VIEW a AS SELECT DISTINCT v FROM t;
CREATE POLICY p ON t USING (v =~ (SELECT v FROM t ORDER BY v LIMIT 1));
