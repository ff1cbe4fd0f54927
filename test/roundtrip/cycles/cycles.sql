--- case: two tables with foreign keys to each other
--- a
--- b
CREATE TABLE department (id int PRIMARY KEY, head int);
CREATE TABLE employee (id int PRIMARY KEY, department int REFERENCES department);
ALTER TABLE department ADD FOREIGN KEY (head) REFERENCES employee DEFERRABLE INITIALLY DEFERRED;

--- case: three tables in a ring, and one to itself
--- a
--- b
CREATE TABLE a (id int PRIMARY KEY, x int);
CREATE TABLE b (id int PRIMARY KEY, x int REFERENCES a);
CREATE TABLE c (id int PRIMARY KEY, x int REFERENCES b, parent int REFERENCES c ON DELETE CASCADE);
ALTER TABLE a ADD FOREIGN KEY (x) REFERENCES c;

--- case: a ring of foreign keys whose columns change their types
--- a
CREATE TABLE a (id int PRIMARY KEY, x int);
CREATE TABLE b (id int PRIMARY KEY, x int REFERENCES a);
ALTER TABLE a ADD CONSTRAINT f FOREIGN KEY (x) REFERENCES b;
--- b
CREATE TABLE a (id bigint PRIMARY KEY, x bigint);
CREATE TABLE b (id bigint PRIMARY KEY, x bigint REFERENCES a);
ALTER TABLE a ADD CONSTRAINT f FOREIGN KEY (x) REFERENCES b;
--- data
INSERT INTO a VALUES (1, NULL);
INSERT INTO b VALUES (1, 1);
UPDATE a SET x = 1;
--- keep
SELECT a.id::text, a.x::text, b.id::text, b.x::text FROM a, b

--- case: one table of the ring is dropped
--- a
CREATE TABLE a (id int PRIMARY KEY, x int);
CREATE TABLE b (id int PRIMARY KEY, x int REFERENCES a);
ALTER TABLE a ADD CONSTRAINT f FOREIGN KEY (x) REFERENCES b;
--- b
CREATE TABLE a (id int PRIMARY KEY, x int);
--- data
INSERT INTO a VALUES (1, NULL);
INSERT INTO b VALUES (1, 1);
UPDATE a SET x = 1;
--- keep
SELECT * FROM a
--- destructive: yes
--- hazards: data_loss

--- case: a function, the default of a table that it reads, and that table's row type
--- a
--- b
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE FUNCTION next_id() RETURNS int BEGIN ATOMIC SELECT coalesce(max(id), 0) + 1 FROM t; END;
ALTER TABLE t ALTER id SET DEFAULT next_id();

--- case: a function over a table's row type that the checks, defaults, indexes and policies of the same table use
--- a
--- b
CREATE TABLE t (id int PRIMARY KEY, a text, b text);
CREATE FUNCTION sane(r t) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT r.a <> r.b';
CREATE FUNCTION zero() RETURNS t LANGUAGE sql AS 'SELECT ROW(0, '''', '''')::t';
ALTER TABLE t ADD CONSTRAINT c CHECK (sane(t.*)), ALTER b SET DEFAULT (zero()).b;
CREATE INDEX i ON t (sane(t.*));
CREATE POLICY p ON t USING (sane(t.*));

--- case: the same, and a column of the row type changes
--- a
CREATE TABLE t (id int PRIMARY KEY, a text, b varchar(10));
CREATE FUNCTION zero() RETURNS t LANGUAGE sql AS 'SELECT ROW(0, '''', '''')::t';
ALTER TABLE t ALTER b SET DEFAULT (zero()).b;
CREATE FUNCTION read() RETURNS SETOF t BEGIN ATOMIC SELECT * FROM t; END;
CREATE VIEW v AS SELECT (zero()).id AS z, b FROM read();
--- b
CREATE TABLE t (id int PRIMARY KEY, a text, b text);
CREATE FUNCTION zero() RETURNS t LANGUAGE sql AS 'SELECT ROW(0, '''', '''')::t';
ALTER TABLE t ALTER b SET DEFAULT (zero()).b;
CREATE FUNCTION read() RETURNS SETOF t BEGIN ATOMIC SELECT * FROM t; END;
CREATE VIEW v AS SELECT (zero()).id AS z, b FROM read();
--- data
INSERT INTO t VALUES (1, 'x', 'y');
--- keep
SELECT id, a, b::text FROM t

--- case: two functions in standard SQL that call each other
--- a
--- b
CREATE FUNCTION is_even(n int) RETURNS boolean RETURN NULL::boolean;
CREATE FUNCTION is_odd(n int) RETURNS boolean RETURN CASE WHEN n = 0 THEN false ELSE is_even(n - 1) END;
CREATE OR REPLACE FUNCTION is_even(n int) RETURNS boolean RETURN CASE WHEN n = 0 THEN true ELSE is_odd(n - 1) END;

--- case: a function in standard SQL that calls itself
--- a
--- b
CREATE FUNCTION fact(n int) RETURNS bigint RETURN 1;
CREATE OR REPLACE FUNCTION fact(n int) RETURNS bigint RETURN CASE WHEN n <= 1 THEN 1 ELSE n * fact(n - 1) END;

--- case: two functions that call each other change their return types
--- a
CREATE FUNCTION f(n int) RETURNS int RETURN NULL::int;
CREATE FUNCTION g(n int) RETURNS int RETURN CASE WHEN n = 0 THEN 0 ELSE f(n - 1) END;
CREATE OR REPLACE FUNCTION f(n int) RETURNS int RETURN CASE WHEN n = 0 THEN 1 ELSE g(n - 1) END;
CREATE VIEW v AS SELECT f(1) AS x;
--- b
CREATE FUNCTION f(n int) RETURNS bigint RETURN NULL::bigint;
CREATE FUNCTION g(n int) RETURNS bigint RETURN CASE WHEN n = 0 THEN 0 ELSE f(n - 1) END;
CREATE OR REPLACE FUNCTION f(n int) RETURNS bigint RETURN CASE WHEN n = 0 THEN 1 ELSE g(n - 1) END;
CREATE VIEW v AS SELECT f(1) AS x;

--- case: a sequence owned by a column whose default it is, and another table's default across
--- a
--- b
CREATE SEQUENCE s1;
CREATE SEQUENCE s2;
CREATE TABLE a (id int PRIMARY KEY DEFAULT nextval('s2'));
CREATE TABLE b (id int PRIMARY KEY DEFAULT nextval('s1'));
ALTER SEQUENCE s1 OWNED BY a.id;
ALTER SEQUENCE s2 OWNED BY b.id;

--- case: the table that owns the sequence of another table's default goes
--- a
CREATE SEQUENCE s;
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (id int PRIMARY KEY DEFAULT nextval('s'));
ALTER SEQUENCE s OWNED BY a.id;
--- b
CREATE SEQUENCE s;
CREATE TABLE b (id int PRIMARY KEY DEFAULT nextval('s'));
ALTER SEQUENCE s OWNED BY b.id;
--- data
INSERT INTO b DEFAULT VALUES;
INSERT INTO b DEFAULT VALUES;
--- keep
SELECT max(b.id), (SELECT last_value FROM s) FROM b

--- case: a view that reads itself by way of a rule and a function
--- a
--- b
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE VIEW v AS SELECT id, a FROM t;
CREATE FUNCTION f() RETURNS SETOF v BEGIN ATOMIC SELECT * FROM v; END;
CREATE RULE r AS ON INSERT TO v DO INSTEAD INSERT INTO t SELECT NEW.id, f.a FROM f() WHERE f.id = NEW.id;
CREATE RULE r AS ON UPDATE TO t DO ALSO INSERT INTO v VALUES (NEW.id, NEW.a);

--- case: two views that use each other
--- a
--- b
-- pg_dump takes the older one apart.
CREATE VIEW v2 AS SELECT 1 AS x;
CREATE VIEW v1 AS SELECT x FROM v2;
CREATE OR REPLACE VIEW v2 AS SELECT x FROM v1;

--- case: a type that a function takes and a domain over it that the function checks
--- a
--- b
CREATE TYPE pair AS (a int, b int);
CREATE FUNCTION ok(p pair) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT p.a < p.b';
CREATE DOMAIN ordered_pair AS pair CHECK (ok(VALUE));
CREATE TABLE t (p ordered_pair);
CREATE FUNCTION f(t) RETURNS ordered_pair LANGUAGE sql AS 'SELECT $1.p';
CREATE DOMAIN again AS ordered_pair CHECK (VALUE IS NOT NULL);
ALTER TYPE pair ADD ATTRIBUTE c text;

--- case: a domain whose default calls a function that returns the domain
--- a
--- b
CREATE DOMAIN d AS int;
CREATE FUNCTION f() RETURNS d LANGUAGE sql AS 'SELECT 1::d';
ALTER DOMAIN d SET DEFAULT f();
ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE <> f() + 1);

--- case: a table whose trigger's condition, function and row type belong together
--- a
--- b
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE FUNCTION changed(x t, y t) RETURNS boolean LANGUAGE sql AS 'SELECT x.a <> y.a';
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'DECLARE o t; BEGIN o := OLD; RETURN NEW; END';
CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW WHEN (changed(OLD, NEW)) EXECUTE FUNCTION tf();

--- case: a table with a column of the row type of another one, whose function takes the first
--- a
--- b
CREATE TABLE a (id int PRIMARY KEY);
CREATE TABLE b (id int PRIMARY KEY, x a, y a[]);
CREATE FUNCTION f(b) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1.id';
CREATE FUNCTION g(a) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1.id';
ALTER TABLE a ADD n int;
ALTER TABLE b ADD CONSTRAINT c CHECK (g(x) > 0);
CREATE VIEW v AS SELECT f(b) AS f, g(b.x) AS g, (b.x).id AS h FROM b;

--- case: a materialized view's row type in a function that a second matview calls
--- a
--- b
CREATE MATERIALIZED VIEW m1 AS SELECT 1 AS x;
CREATE FUNCTION f(m1) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1.x';
CREATE INDEX i ON m1 (f(m1.*));
CREATE MATERIALIZED VIEW m2 AS SELECT f(m1) AS y FROM m1;

--- case: two tables exchange a column, a view reads both
--- a
CREATE TABLE a (id int PRIMARY KEY, x int);
CREATE TABLE b (id int PRIMARY KEY, y text);
CREATE VIEW v AS SELECT a.id, x, y FROM a JOIN b USING (id);
--- b
CREATE TABLE a (id int PRIMARY KEY, y text);
CREATE TABLE b (id int PRIMARY KEY, x int);
CREATE VIEW v AS SELECT a.id, x, y FROM a JOIN b USING (id);
--- data
INSERT INTO a VALUES (1, 1);
INSERT INTO b VALUES (1, 'y');
--- keep
SELECT a.id, b.id FROM a, b
--- destructive: yes

--- case: two tables exchange their names
--- a
CREATE TABLE a (id int PRIMARY KEY, x int);
CREATE TABLE b (id int PRIMARY KEY, y text);
CREATE VIEW v AS SELECT x FROM a;
--- b
CREATE TABLE b (id int PRIMARY KEY, x int);
CREATE TABLE a (id int PRIMARY KEY, y text);
CREATE VIEW v AS SELECT x FROM b;

--- case: an operator, the function of its negator that uses it, and both in a class
--- a
--- b
CREATE TYPE ver AS (major int);
CREATE FUNCTION ver_lt(ver, ver) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.major < $2.major';
CREATE OPERATOR <~ (LEFTARG = ver, RIGHTARG = ver, FUNCTION = ver_lt, NEGATOR = >=~);
CREATE FUNCTION ver_ge(a ver, b ver) RETURNS boolean RETURN NOT a <~ b;
CREATE OPERATOR >=~ (LEFTARG = ver, RIGHTARG = ver, FUNCTION = ver_ge, NEGATOR = <~);
CREATE FUNCTION ver_cmp(a ver, b ver) RETURNS int RETURN CASE WHEN a <~ b THEN -1 WHEN b <~ a THEN 1 ELSE 0 END;
ALTER FUNCTION ver_cmp(ver, ver) IMMUTABLE;
CREATE OPERATOR CLASS ver_ops DEFAULT FOR TYPE ver USING btree AS OPERATOR 1 <~, OPERATOR 4 >=~, FUNCTION 1 ver_cmp(ver, ver);
CREATE TABLE t (v ver);
CREATE INDEX i ON t (v);
CREATE FUNCTION newest() RETURNS ver BEGIN ATOMIC SELECT v FROM t ORDER BY v LIMIT 1; END;

--- case: a base type, its functions and a table with a default of it
--- a
--- b
CREATE TYPE mytext;
CREATE FUNCTION mytext_in(cstring) RETURNS mytext LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION mytext_out(mytext) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE FUNCTION mytext_recv(internal) RETURNS mytext LANGUAGE internal STABLE STRICT AS 'textrecv';
CREATE FUNCTION mytext_send(mytext) RETURNS bytea LANGUAGE internal STABLE STRICT AS 'textsend';
CREATE TYPE mytext (INPUT = mytext_in, OUTPUT = mytext_out, RECEIVE = mytext_recv, SEND = mytext_send, LIKE = text, CATEGORY = 'S', DEFAULT = 'it''s', COLLATABLE = true);
CREATE TABLE t (id int PRIMARY KEY, a mytext DEFAULT 'x', b mytext[]);
CREATE FUNCTION f(mytext) RETURNS SETOF t BEGIN ATOMIC SELECT * FROM t; END;
