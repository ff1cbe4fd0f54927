--- case: with its functions, added and dropped
--- a
CREATE TYPE old;
CREATE FUNCTION old_in(cstring) RETURNS old LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION old_out(old) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE TYPE old (INPUT = old_in, OUTPUT = old_out, INTERNALLENGTH = 4, PASSEDBYVALUE);
--- b
CREATE TYPE z_new;
CREATE FUNCTION a_in(cstring) RETURNS z_new LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION b_out(z_new) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION c_receive(internal) RETURNS z_new LANGUAGE internal STABLE STRICT AS 'textrecv';
CREATE FUNCTION d_send(z_new) RETURNS bytea LANGUAGE internal STABLE STRICT AS 'textsend';
CREATE TYPE z_new (INPUT = a_in, OUTPUT = b_out, RECEIVE = c_receive, SEND = d_send, STORAGE = extended, CATEGORY = 'S', PREFERRED = false, COLLATABLE = true, DEFAULT = 'it''s', DELIMITER = ';');
COMMENT ON TYPE z_new IS 'a comment';
ALTER TYPE z_new OWNER TO alice;
GRANT USAGE ON TYPE z_new TO bob;

--- case: used by tables, arrays, functions, operators, classes and casts
--- a
--- b
CREATE SCHEMA "S x";
CREATE TYPE "S x"."My int";
CREATE FUNCTION "S x".my_in(cstring) RETURNS "S x"."My int" LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION "S x".my_out("S x"."My int") RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE TYPE "S x"."My int" (INPUT = "S x".my_in, OUTPUT = "S x".my_out, LIKE = int);
CREATE FUNCTION "S x".lt("S x"."My int", "S x"."My int") RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4lt';
CREATE FUNCTION "S x".cmp("S x"."My int", "S x"."My int") RETURNS int LANGUAGE internal IMMUTABLE STRICT AS 'btint4cmp';
CREATE OPERATOR "S x".< (LEFTARG = "S x"."My int", RIGHTARG = "S x"."My int", FUNCTION = "S x".lt);
CREATE OPERATOR CLASS "S x".ops DEFAULT FOR TYPE "S x"."My int" USING btree AS OPERATOR 1 "S x".<, FUNCTION 1 "S x".cmp("S x"."My int", "S x"."My int");
CREATE CAST ("S x"."My int" AS int) WITHOUT FUNCTION AS IMPLICIT;
CREATE TABLE a (id int PRIMARY KEY, x "S x"."My int" DEFAULT '1', y "S x"."My int"[]);
CREATE INDEX i ON a (x);
CREATE DOMAIN d AS "S x"."My int";
CREATE TYPE pair AS (a "S x"."My int", b d);
CREATE FUNCTION f("S x"."My int") RETURNS int RETURN $1::int;
CREATE AGGREGATE agg("S x"."My int") (SFUNC = int4pl, STYPE = int);
CREATE VIEW v AS SELECT x, y FROM a WHERE x OPERATOR("S x".<) '3';

--- case: what can be set is set
--- both
CREATE TYPE t;
CREATE FUNCTION t_in(cstring) RETURNS t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION t_out(t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION t_receive(internal) RETURNS t LANGUAGE internal STABLE STRICT AS 'textrecv';
CREATE FUNCTION t_send(t) RETURNS bytea LANGUAGE internal STABLE STRICT AS 'textsend';
CREATE FUNCTION t_send2(t) RETURNS bytea LANGUAGE internal STABLE STRICT AS 'textsend';
--- a
CREATE TYPE t (INPUT = t_in, OUTPUT = t_out, SEND = t_send);
CREATE TABLE u (id int PRIMARY KEY, a t);
--- b
CREATE TYPE t (INPUT = t_in, OUTPUT = t_out, RECEIVE = t_receive, SEND = t_send2);
CREATE TABLE u (id int PRIMARY KEY, a t);
--- data
INSERT INTO u VALUES (1, 'x');
--- keep
SELECT id, a, 't'::regtype::oid FROM u

--- case: what cannot be set is made anew
--- a
CREATE TYPE t;
CREATE FUNCTION t_in(cstring) RETURNS t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION t_out(t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE t (INPUT = t_in, OUTPUT = t_out);
CREATE FUNCTION f(t) RETURNS int LANGUAGE sql AS 'SELECT 1';
COMMENT ON FUNCTION t_in(cstring) IS 'stays';
--- b
CREATE TYPE t;
CREATE FUNCTION t_in(cstring) RETURNS t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION t_out(t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE t (INPUT = t_in, OUTPUT = t_out, CATEGORY = 'S', DELIMITER = ':');
CREATE FUNCTION f(t) RETURNS int LANGUAGE sql AS 'SELECT 1';
COMMENT ON FUNCTION t_in(cstring) IS 'stays';

--- case: the body of its functions changes
--- a
CREATE TYPE t;
CREATE FUNCTION t_in(cstring) RETURNS t LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION t_out(t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE t (INPUT = t_in, OUTPUT = t_out);
--- b
CREATE TYPE t;
CREATE FUNCTION t_in(cstring) RETURNS t LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteain';
CREATE FUNCTION t_out(t) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteaout';
CREATE TYPE t (INPUT = t_in, OUTPUT = t_out);
--- keep
SELECT 't'::regtype::oid

--- case: with elements, and with a typmod
--- a
--- b
CREATE TYPE p;
CREATE FUNCTION p_in(cstring, oid, int) RETURNS p LANGUAGE internal IMMUTABLE STRICT AS 'varcharin';
CREATE FUNCTION p_out(p) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'varcharout';
CREATE FUNCTION p_typmodin(cstring[]) RETURNS int LANGUAGE internal IMMUTABLE STRICT AS 'varchartypmodin';
CREATE FUNCTION p_typmodout(int) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'varchartypmodout';
CREATE TYPE p (INPUT = p_in, OUTPUT = p_out, TYPMOD_IN = p_typmodin, TYPMOD_OUT = p_typmodout, LIKE = varchar);
CREATE TYPE q;
CREATE FUNCTION q_in(cstring) RETURNS q LANGUAGE internal IMMUTABLE STRICT AS 'point_in';
CREATE FUNCTION q_out(q) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'point_out';
CREATE TYPE q (INPUT = q_in, OUTPUT = q_out, ELEMENT = float8, INTERNALLENGTH = 16, ALIGNMENT = double);
CREATE TABLE t (id int PRIMARY KEY, a p(10), b q);
