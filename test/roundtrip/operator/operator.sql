--- case: every option
--- a
--- b
CREATE FUNCTION eq(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text = $2';
CREATE FUNCTION eq(text, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $2::text = $1';
CREATE FUNCTION ne(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text <> $2';
CREATE FUNCTION half(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 / 2';
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = text, FUNCTION = eq, COMMUTATOR = ===, NEGATOR = !==, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
CREATE OPERATOR === (LEFTARG = text, RIGHTARG = int, FUNCTION = eq, COMMUTATOR = ===, RESTRICT = eqsel, JOIN = eqjoinsel);
CREATE OPERATOR !== (LEFTARG = int, RIGHTARG = text, FUNCTION = ne, NEGATOR = ===, RESTRICT = neqsel, JOIN = neqjoinsel);
CREATE OPERATOR |/ (RIGHTARG = int, FUNCTION = half);
COMMENT ON OPERATOR === (int, text) IS 'the same';
COMMENT ON OPERATOR |/ (NONE, int) IS 'a half';

--- case: dropped
--- both
CREATE FUNCTION lt(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text < $2';
CREATE FUNCTION gt(text, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > $2::text';
CREATE FUNCTION ge(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text >= $2';
--- a
CREATE OPERATOR <<< (LEFTARG = int, RIGHTARG = text, FUNCTION = lt, COMMUTATOR = >>>, NEGATOR = >>=);
CREATE OPERATOR >>> (LEFTARG = text, RIGHTARG = int, FUNCTION = gt, COMMUTATOR = <<<);
CREATE OPERATOR >>= (LEFTARG = int, RIGHTARG = text, FUNCTION = ge, NEGATOR = <<<);
--- b

--- case: the estimators change in place
--- both
CREATE FUNCTION eq(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text = $2';
--- a
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = text, FUNCTION = eq, RESTRICT = eqsel, JOIN = eqjoinsel);
CREATE OPERATOR ~== (LEFTARG = int, RIGHTARG = text, FUNCTION = eq);
CREATE VIEW v AS SELECT 1 === '1'::text AS x;
--- b
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = text, FUNCTION = eq, RESTRICT = contsel);
CREATE OPERATOR ~== (LEFTARG = int, RIGHTARG = text, FUNCTION = eq, RESTRICT = eqsel, JOIN = eqjoinsel);
CREATE VIEW v AS SELECT 1 === '1'::text AS x;
--- keep
SELECT '===(int, text)'::regoperator::oid

--- case: the function changes while a view, an index and a check use the operator
--- a
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE FUNCTION eq1(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text = $2';
CREATE FUNCTION eq2(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $2 = $1::text';
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = text, FUNCTION = eq1);
COMMENT ON OPERATOR === (int, text) IS 'stays';
CREATE VIEW v AS SELECT id === a AS x FROM t;
CREATE INDEX i ON t ((id === a));
ALTER TABLE t ADD CONSTRAINT c CHECK (NOT id === a);
CREATE FUNCTION f() RETURNS boolean RETURN 1 === '1'::text;
--- b
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE FUNCTION eq1(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text = $2';
CREATE FUNCTION eq2(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $2 = $1::text';
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = text, FUNCTION = eq2);
COMMENT ON OPERATOR === (int, text) IS 'stays';
CREATE VIEW v AS SELECT id === a AS x FROM t;
CREATE INDEX i ON t ((id === a));
ALTER TABLE t ADD CONSTRAINT c CHECK (NOT id === a);
CREATE FUNCTION f() RETURNS boolean RETURN 1 === '1'::text;
--- data
INSERT INTO t VALUES (1, 'x');
--- keep
SELECT * FROM t

--- case: commutator and negator are added and removed
--- both
CREATE FUNCTION eq(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text = $2';
CREATE FUNCTION eq(text, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $2::text = $1';
CREATE FUNCTION ne(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text <> $2';
--- a
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = text, FUNCTION = eq, NEGATOR = !==);
CREATE OPERATOR === (LEFTARG = text, RIGHTARG = int, FUNCTION = eq);
CREATE OPERATOR !== (LEFTARG = int, RIGHTARG = text, FUNCTION = ne, NEGATOR = ===);
--- b
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = text, FUNCTION = eq, COMMUTATOR = ===);
CREATE OPERATOR === (LEFTARG = text, RIGHTARG = int, FUNCTION = eq, COMMUTATOR = ===);
CREATE OPERATOR !== (LEFTARG = int, RIGHTARG = text, FUNCTION = ne);

--- case: HASHES and MERGES are added
--- both
CREATE FUNCTION eq(int, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2';
--- a
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = eq, COMMUTATOR = ===);
--- b
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = eq, COMMUTATOR = ===, HASHES, MERGES);

--- case: an operator of one's own schema in expressions, and one that is its own commutator
--- a
--- b
CREATE SCHEMA "Ops";
CREATE FUNCTION "Ops".both(boolean, boolean) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 AND $2';
CREATE OPERATOR "Ops".&&& (LEFTARG = boolean, RIGHTARG = boolean, FUNCTION = "Ops".both, COMMUTATOR = OPERATOR("Ops".&&&), RESTRICT = contsel, JOIN = contjoinsel);
CREATE TABLE t (id int PRIMARY KEY, a boolean, CONSTRAINT c CHECK (a OPERATOR("Ops".&&&) (id > 0)));
CREATE VIEW v AS SELECT a OPERATOR("Ops".&&&) true AS x FROM t WHERE id OPERATOR(pg_catalog.=) ANY ('{1,2}');
CREATE INDEX i ON t ((a OPERATOR("Ops".&&&) a));

--- case: an operator with the name of a built-in one
--- a
--- b
CREATE TYPE pair AS (a int, b int);
CREATE FUNCTION plus(pair, pair) RETURNS pair LANGUAGE sql IMMUTABLE AS 'SELECT ($1.a + $2.a, $1.b + $2.b)::pair';
CREATE OPERATOR + (LEFTARG = pair, RIGHTARG = pair, FUNCTION = plus, COMMUTATOR = +);
CREATE FUNCTION minus(pair) RETURNS pair LANGUAGE sql IMMUTABLE AS 'SELECT (-$1.a, -$1.b)::pair';
CREATE OPERATOR - (RIGHTARG = pair, FUNCTION = minus);
CREATE VIEW v AS SELECT -((1, 2)::pair + (3, 4)::pair) AS x;

--- case: a commutator that is never made
--- a
--- b
CREATE FUNCTION lt(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text < $2';
CREATE OPERATOR <<< (LEFTARG = int, RIGHTARG = text, FUNCTION = lt, COMMUTATOR = >>>);

--- case: owner and comment
--- a
CREATE FUNCTION eq(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text = $2';
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = text, FUNCTION = eq);
COMMENT ON OPERATOR === (int, text) IS 'old';
--- b
CREATE FUNCTION eq(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text = $2';
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = text, FUNCTION = eq);
ALTER OPERATOR === (int, text) OWNER TO alice;
COMMENT ON OPERATOR === (int, text) IS 'new';

--- case: over a table's row type, in a default, a policy and a rule
--- a
--- b
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE FUNCTION same(t, t) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.a = $2.a';
CREATE OPERATOR ~~~ (LEFTARG = t, RIGHTARG = t, FUNCTION = same);
CREATE RULE r AS ON UPDATE TO t WHERE OLD ~~~ NEW DO INSTEAD NOTHING;
CREATE POLICY p ON t USING (t ~~~ t);

--- case: a commutator that is only named is made
--- both
CREATE FUNCTION lt(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text < $2';
CREATE FUNCTION gt(text, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > $2::text';
--- a
CREATE OPERATOR <<< (LEFTARG = int, RIGHTARG = text, FUNCTION = lt, COMMUTATOR = >>>);
--- b
CREATE OPERATOR <<< (LEFTARG = int, RIGHTARG = text, FUNCTION = lt, COMMUTATOR = >>>);
CREATE OPERATOR >>> (LEFTARG = text, RIGHTARG = int, FUNCTION = gt, COMMUTATOR = <<<);
--- operations: create_operator public.>>>(text, integer)

--- case: one of two that name each other changes
--- both
CREATE FUNCTION lt(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text < $2';
CREATE FUNCTION gt(text, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > $2::text';
CREATE FUNCTION gt2(text, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $2::text < $1';
--- a
CREATE OPERATOR <<< (LEFTARG = int, RIGHTARG = text, FUNCTION = lt, COMMUTATOR = >>>);
CREATE OPERATOR >>> (LEFTARG = text, RIGHTARG = int, FUNCTION = gt, COMMUTATOR = <<<);
--- b
CREATE OPERATOR <<< (LEFTARG = int, RIGHTARG = text, FUNCTION = lt, COMMUTATOR = >>>);
CREATE OPERATOR >>> (LEFTARG = text, RIGHTARG = int, FUNCTION = gt2, COMMUTATOR = <<<);
--- keep
SELECT '<<<(int, text)'::regoperator::oid

--- case: dropped with its type, its schema and a commutator that was never made
--- a
CREATE SCHEMA s;
CREATE TYPE s."a, b" AS (x int);
CREATE FUNCTION s.lt(s."a, b", int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE OPERATOR s.<<< (LEFTARG = s."a, b", RIGHTARG = int, FUNCTION = s.lt, COMMUTATOR = OPERATOR(s.>>>), NEGATOR = OPERATOR(s.>>=));
CREATE FUNCTION s.minus(s."a, b") RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
CREATE OPERATOR s.- (RIGHTARG = s."a, b", FUNCTION = s.minus);
COMMENT ON OPERATOR s.- (NONE, s."a, b") IS 'minus';
--- b

--- case: its own negator by another name and the same symbol for several types
--- a
--- b
CREATE FUNCTION eq(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text = $2';
CREATE FUNCTION eq(bigint, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text = $2';
CREATE FUNCTION eq("char", bit) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE FUNCTION eq(int[], character) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = text, FUNCTION = eq);
CREATE OPERATOR === (LEFTARG = bigint, RIGHTARG = text, FUNCTION = eq);
CREATE OPERATOR === (LEFTARG = "char", RIGHTARG = bit, FUNCTION = eq);
CREATE OPERATOR === (LEFTARG = int[], RIGHTARG = character, FUNCTION = eq);
COMMENT ON OPERATOR === ("char", bit) IS 'odd types';
CREATE VIEW v AS SELECT 1 === 'x'::text AS a, 1::bigint === 'x'::text AS b;

--- case: estimators of one's own schema
--- a
CREATE FUNCTION eq(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text = $2';
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = text, FUNCTION = eq);
--- b
CREATE SCHEMA "S x";
CREATE FUNCTION "S x".rest(internal, oid, internal, int) RETURNS float8 LANGUAGE internal STABLE STRICT AS 'eqsel';
CREATE FUNCTION "S x".joins(internal, oid, internal, smallint, internal) RETURNS float8 LANGUAGE internal STABLE STRICT AS 'eqjoinsel';
CREATE FUNCTION eq(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text = $2';
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = text, FUNCTION = eq, RESTRICT = "S x".rest, JOIN = "S x".joins);
--- keep
SELECT '===(int, text)'::regoperator::oid

--- case: an estimator goes, and the operator stays
--- a
CREATE FUNCTION rest(internal, oid, internal, int) RETURNS float8 LANGUAGE internal STABLE STRICT AS 'eqsel';
CREATE FUNCTION eq(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text = $2';
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = text, FUNCTION = eq, RESTRICT = rest);
--- b
CREATE FUNCTION eq(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text = $2';
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = text, FUNCTION = eq);
--- keep
SELECT '===(int, text)'::regoperator::oid

--- case: only the first names the second
--- a
--- b
CREATE FUNCTION lt(int, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text < $2';
CREATE FUNCTION gt(text, int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > $2::text';
CREATE OPERATOR >>> (LEFTARG = text, RIGHTARG = int, FUNCTION = gt, COMMUTATOR = <<<);
CREATE OPERATOR <<< (LEFTARG = int, RIGHTARG = text, FUNCTION = lt);
