--- case: plain, with every option
--- a
--- b
CREATE FUNCTION add_sq(s numeric, x numeric) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT coalesce(s, 0) + x * x';
CREATE FUNCTION fin(s numeric) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT sqrt(s)';
CREATE AGGREGATE a1(numeric) (SFUNC = add_sq, STYPE = numeric);
CREATE AGGREGATE a2(x numeric) (SFUNC = add_sq, STYPE = numeric, SSPACE = 64, FINALFUNC = fin, INITCOND = '0');
CREATE AGGREGATE a3(numeric) (SFUNC = add_sq, STYPE = numeric, FINALFUNC = fin, FINALFUNC_MODIFY = SHAREABLE, COMBINEFUNC = numeric_add, INITCOND = '1.5', PARALLEL = SAFE);
CREATE AGGREGATE a4(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
CREATE AGGREGATE a5(int) (SFUNC = int4larger, STYPE = int, SORTOP = >);

--- case: the final function takes more
--- a
--- b
CREATE FUNCTION collect(s text[], x text, sep text) RETURNS text[] LANGUAGE sql IMMUTABLE AS 'SELECT s || (x || sep)';
CREATE FUNCTION joined(s text[], x text, sep text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT array_to_string(s, '''')';
CREATE AGGREGATE join_all(x text, sep text) (SFUNC = collect, STYPE = text[], FINALFUNC = joined, FINALFUNC_EXTRA, FINALFUNC_MODIFY = READ_WRITE, INITCOND = '{}');
COMMENT ON AGGREGATE join_all(text, text) IS 'joins';

--- case: serialized, in parallel
--- a
--- b
CREATE AGGREGATE my_avg(numeric) (SFUNC = numeric_avg_accum, STYPE = internal, SSPACE = 128, FINALFUNC = numeric_avg, COMBINEFUNC = numeric_avg_combine,
    SERIALFUNC = numeric_avg_serialize, DESERIALFUNC = numeric_avg_deserialize, PARALLEL = SAFE);

--- case: moving
--- a
--- b
CREATE AGGREGATE my_sum(int) (SFUNC = int4_sum, STYPE = bigint, MSFUNC = int4_avg_accum, MINVFUNC = int4_avg_accum_inv, MSTYPE = bigint[], MSSPACE = 32,
    MFINALFUNC = int2int4_sum, MFINALFUNC_MODIFY = READ_ONLY, MINITCOND = '{0,0}');

--- case: ordered-set and hypothetical
--- a
--- b
CREATE AGGREGATE my_disc(float8 ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA);
CREATE AGGREGATE my_mode(ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = mode_final, FINALFUNC_EXTRA);
CREATE AGGREGATE my_rank(VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = ordered_set_transition_multi, STYPE = internal, FINALFUNC = rank_final, FINALFUNC_EXTRA, HYPOTHETICAL);
COMMENT ON AGGREGATE my_disc(float8 ORDER BY anyelement) IS 'ordered';
GRANT EXECUTE ON FUNCTION my_rank("any") TO alice;

--- case: variadic, polymorphic and with named arguments
--- a
--- b
CREATE AGGREGATE gather(anycompatible) (SFUNC = array_append, STYPE = anycompatiblearray, INITCOND = '{}');
CREATE FUNCTION least_of(s int, VARIADIC x int[]) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT s';
CREATE AGGREGATE any_least(VARIADIC "Items" int[]) (SFUNC = least_of, STYPE = int);

--- case: the transition function, the initial value and the final function change
--- a
CREATE FUNCTION s1(s int, x int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT s + x';
CREATE FUNCTION s2(s int, x int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT s - x';
CREATE FUNCTION f1(s int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT s';
CREATE AGGREGATE a1(int) (SFUNC = s1, STYPE = int, INITCOND = '0');
CREATE AGGREGATE a2(int) (SFUNC = s1, STYPE = int, INITCOND = '0');
CREATE AGGREGATE a3(int) (SFUNC = s1, STYPE = int);
CREATE AGGREGATE a4(int) (SFUNC = s1, STYPE = int, FINALFUNC = f1, PARALLEL = SAFE);
COMMENT ON AGGREGATE a1(int) IS 'stays';
GRANT EXECUTE ON FUNCTION a1(int) TO alice;
--- b
CREATE FUNCTION s1(s int, x int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT s + x';
CREATE FUNCTION s2(s int, x int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT s - x';
CREATE FUNCTION f1(s int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT s';
CREATE AGGREGATE a1(int) (SFUNC = s2, STYPE = int, INITCOND = '0');
CREATE AGGREGATE a2(int) (SFUNC = s1, STYPE = int, INITCOND = '1');
CREATE AGGREGATE a3(int) (SFUNC = s1, STYPE = int, FINALFUNC = f1);
CREATE AGGREGATE a4(int) (SFUNC = s1, STYPE = int, FINALFUNC = f1, FINALFUNC_MODIFY = READ_WRITE, PARALLEL = RESTRICTED);
COMMENT ON AGGREGATE a1(int) IS 'stays';
GRANT EXECUTE ON FUNCTION a1(int) TO alice;

--- case: the transition type changes while a view uses the aggregate
--- a
CREATE TABLE t (g text, n int);
CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
CREATE VIEW v AS SELECT g, total(n ORDER BY n) FILTER (WHERE n > 0) AS sum FROM t GROUP BY g;
GRANT SELECT ON v TO alice;
--- b
CREATE TABLE t (g text, n int);
CREATE AGGREGATE total(int) (SFUNC = int84pl, STYPE = bigint, INITCOND = '0');
CREATE VIEW v AS SELECT g, total(n ORDER BY n) FILTER (WHERE n > 0) AS sum FROM t GROUP BY g;
GRANT SELECT ON v TO alice;

--- case: the body of the transition function changes in place
--- a
CREATE FUNCTION s(s int, x int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT s + x';
CREATE AGGREGATE a(int) (SFUNC = s, STYPE = int, INITCOND = '0');
CREATE VIEW v AS SELECT a(x) AS n FROM generate_series(1, 3) x;
--- b
CREATE FUNCTION s(s int, x int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT s + x * 1';
CREATE AGGREGATE a(int) (SFUNC = s, STYPE = int, INITCOND = '0');
CREATE VIEW v AS SELECT a(x) AS n FROM generate_series(1, 3) x;
--- keep
SELECT 'a(int)'::regprocedure::oid, n FROM v

--- case: the name of an argument changes
--- a
CREATE AGGREGATE a(x int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
--- b
CREATE AGGREGATE a(y int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');

--- case: plain becomes ordered-set
--- a
CREATE FUNCTION same(s anyelement, x anyelement) RETURNS anyelement LANGUAGE sql AS 'SELECT x';
CREATE AGGREGATE a(anyelement) (SFUNC = same, STYPE = anyelement);
--- b
CREATE AGGREGATE a(ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = mode_final, FINALFUNC_EXTRA);

--- case: over a table's row type and with an operator of its own
--- a
--- b
CREATE TABLE point3 (x int, y int, z int);
CREATE FUNCTION bigger(a point3, b point3) RETURNS point3 LANGUAGE sql IMMUTABLE AS 'SELECT CASE WHEN a.x > b.x THEN a ELSE b END';
CREATE FUNCTION p_gt(a point3, b point3) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT a.x > b.x';
CREATE OPERATOR @> (LEFTARG = point3, RIGHTARG = point3, FUNCTION = p_gt);
CREATE AGGREGATE max3(point3) (SFUNC = bigger, STYPE = point3, SORTOP = @>);

--- case: owner, comment and grants change
--- a
CREATE AGGREGATE a(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
COMMENT ON AGGREGATE a(int) IS 'old';
--- b
CREATE AGGREGATE a(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
ALTER AGGREGATE a(int) OWNER TO alice;
REVOKE ALL ON FUNCTION a(int) FROM PUBLIC;
COMMENT ON AGGREGATE a(int) IS 'new';
--- keep
SELECT 'a(int)'::regprocedure::oid

--- case: the initial value with quotes, blanks and nothing
--- a
CREATE AGGREGATE a1(text) (SFUNC = textcat, STYPE = text, INITCOND = '');
CREATE AGGREGATE a2(text) (SFUNC = textcat, STYPE = text);
--- b
CREATE AGGREGATE a1(text) (SFUNC = textcat, STYPE = text);
CREATE AGGREGATE a2(text) (SFUNC = textcat, STYPE = text, INITCOND = E' it''s\n"\\');

--- case: a function becomes an aggregate, and the other way round
--- a
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE AGGREGATE g(int) (SFUNC = int4pl, STYPE = int);
--- b
CREATE AGGREGATE f(int) (SFUNC = int4pl, STYPE = int);
CREATE FUNCTION g(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';

--- case: the transition type changes in place, and the result stays
--- a
CREATE FUNCTION last8(bigint) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1::int';
CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
CREATE VIEW v AS SELECT total(x) AS n FROM generate_series(1, 3) x;
--- b
CREATE FUNCTION last8(bigint) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1::int';
CREATE AGGREGATE total(int) (SFUNC = int84pl, STYPE = bigint, FINALFUNC = last8, INITCOND = '0');
CREATE VIEW v AS SELECT total(x) AS n FROM generate_series(1, 3) x;
--- keep
SELECT 'total(int)'::regprocedure::oid, 'v'::regclass::oid, n FROM v
--- operations: alter_aggregate public.total(integer)

--- case: ordered-set becomes hypothetical
--- a
CREATE AGGREGATE a(VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = ordered_set_transition_multi, STYPE = internal, FINALFUNC = rank_final, FINALFUNC_EXTRA);
--- b
CREATE AGGREGATE a(VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = ordered_set_transition_multi, STYPE = internal, FINALFUNC = rank_final, FINALFUNC_EXTRA, HYPOTHETICAL);

--- case: what the final function may modify
--- a
CREATE AGGREGATE a(float8 ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA);
CREATE AGGREGATE m(int) (SFUNC = int4_sum, STYPE = bigint, MSFUNC = int4_avg_accum, MINVFUNC = int4_avg_accum_inv, MSTYPE = bigint[], MFINALFUNC = int2int4_sum, MINITCOND = '{0,0}');
--- b
CREATE AGGREGATE a(float8 ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA, FINALFUNC_MODIFY = SHAREABLE);
CREATE AGGREGATE m(int) (SFUNC = int4_sum, STYPE = bigint, MSFUNC = int4_avg_accum, MINVFUNC = int4_avg_accum_inv, MSTYPE = bigint[], MFINALFUNC = int2int4_sum, MFINALFUNC_EXTRA = false, MFINALFUNC_MODIFY = READ_WRITE, MINITCOND = '{0,0}');
--- keep
SELECT 'm(int)'::regprocedure::oid

--- case: names that have to be quoted, and the same name for other arguments
--- a
--- b
CREATE SCHEMA "S x";
CREATE TYPE "S x"."a, b" AS (x int);
CREATE FUNCTION "S x"."F, g"(s int, x "S x"."a, b") RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT s';
CREATE AGGREGATE "S x"."A ""b"""("X y" "S x"."a, b") (SFUNC = "S x"."F, g", STYPE = int);
CREATE AGGREGATE "S x"."A ""b"""(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
CREATE AGGREGATE "S x"."A ""b"""(int) (SFUNC = int4pl, STYPE = int);
COMMENT ON AGGREGATE "S x"."A ""b"""(*) IS 'all';
COMMENT ON AGGREGATE "S x"."A ""b"""("S x"."a, b") IS 'one';
GRANT EXECUTE ON FUNCTION "S x"."A ""b"""() TO alice;

--- case: the old functions go, and the aggregate stays
--- a
CREATE FUNCTION s1(s int, x int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT s + x';
CREATE AGGREGATE a(int) (SFUNC = s1, STYPE = int);
CREATE VIEW v AS SELECT a(x) AS n FROM generate_series(1, 3) x;
--- b
CREATE FUNCTION s2(s int, x int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT x + s';
CREATE AGGREGATE a(int) (SFUNC = s2, STYPE = int);
CREATE VIEW v AS SELECT a(x) AS n FROM generate_series(1, 3) x;
--- keep
SELECT 'a(int)'::regprocedure::oid, 'v'::regclass::oid, n FROM v
--- operations: create_function public.s2(integer, integer); alter_aggregate public.a(integer); drop_function public.s1(integer, integer)
