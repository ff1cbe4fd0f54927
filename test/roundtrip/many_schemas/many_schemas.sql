--- case: the same names in several schemas
--- both
CREATE SCHEMA s1;
CREATE SCHEMA s2;
CREATE SCHEMA s3;
--- a
CREATE TYPE s1.e AS ENUM ('a');
CREATE TABLE s1.t (id int PRIMARY KEY, x s1.e);
CREATE FUNCTION s1.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE VIEW s1.v AS SELECT id FROM s1.t;
CREATE TYPE s2.e AS ENUM ('b');
CREATE TABLE s2.t (id int PRIMARY KEY, x s2.e, CONSTRAINT c FOREIGN KEY (id) REFERENCES s1.t);
CREATE INDEX i ON s2.t (x);
CREATE VIEW s2.v AS SELECT t1.id FROM s1.t AS t1 JOIN s2.t AS t2 USING (id);
--- b
CREATE TYPE s1.e AS ENUM ('a', 'c');
CREATE TABLE s1.t (id int PRIMARY KEY, x s1.e);
CREATE FUNCTION s1.f() RETURNS int LANGUAGE sql AS 'SELECT 11';
CREATE INDEX i ON s1.t (x);
CREATE TYPE s2.e AS ENUM ('b');
CREATE TABLE s2.t (id int PRIMARY KEY, x s2.e, y s1.e);
CREATE FUNCTION s2.f() RETURNS int LANGUAGE sql AS 'SELECT 2';
CREATE INDEX i ON s2.t (x, y);
CREATE VIEW s2.v AS SELECT t2.id FROM s2.t AS t2;
CREATE TYPE s3.e AS ENUM ('z');
CREATE TABLE s3.t (id int PRIMARY KEY, x s3.e, CONSTRAINT c FOREIGN KEY (id) REFERENCES s2.t);
CREATE VIEW s3.v AS SELECT id FROM s2.v;
--- data
INSERT INTO s1.t VALUES (1, 'a');
INSERT INTO s2.t VALUES (1, 'b');
--- keep
SELECT s1.t.*, s2.t.id, s2.t.x FROM s1.t, s2.t

--- case: schemas come and go with all that is in them
--- a
CREATE SCHEMA old;
CREATE TABLE old.t (id serial PRIMARY KEY);
CREATE VIEW old.v AS SELECT id FROM old.t;
CREATE FUNCTION old.f() RETURNS SETOF old.t LANGUAGE sql AS 'SELECT * FROM old.t';
CREATE VIEW public.v AS SELECT id FROM old.v;
--- b
CREATE SCHEMA new;
CREATE TABLE new.t (id serial PRIMARY KEY);
CREATE VIEW new.v AS SELECT id FROM new.t;
CREATE FUNCTION new.f() RETURNS SETOF new.t LANGUAGE sql AS 'SELECT * FROM new.t';
CREATE VIEW public.v AS SELECT id FROM new.v;

--- case: objects of every kind in another schema
--- both
CREATE SCHEMA s1;
CREATE SCHEMA s2;
--- a
CREATE TYPE s1.e AS ENUM ('a');
CREATE TYPE s1.c AS (x int);
CREATE DOMAIN s1.d AS int CHECK (VALUE > 0);
CREATE TYPE s1.r AS RANGE (SUBTYPE = int);
CREATE SEQUENCE s1.s;
CREATE FUNCTION s1.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE s1.a(int) (SFUNC = int4pl, STYPE = int);
CREATE OPERATOR s1.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq);
CREATE VIEW s1.v AS SELECT 1 AS x;
CREATE MATERIALIZED VIEW s1.m AS SELECT 1 AS x;
CREATE TEXT SEARCH CONFIGURATION s1.tc (COPY = simple);
CREATE COLLATION s1.co (LOCALE = 'C');
CREATE TABLE user_of_them (e s1.e, c s1.c, d s1.d, r s1.r, s int DEFAULT nextval('s1.s'), f int DEFAULT s1.f(), t text COLLATE s1.co, CONSTRAINT c CHECK (f OPERATOR(s1.===) 1));
--- b
CREATE TYPE s2.e AS ENUM ('a');
CREATE TYPE s2.c AS (x int);
CREATE DOMAIN s2.d AS int CHECK (VALUE > 0);
CREATE TYPE s2.r AS RANGE (SUBTYPE = int);
CREATE SEQUENCE s2.s;
CREATE FUNCTION s2.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE s2.a(int) (SFUNC = int4pl, STYPE = int);
CREATE OPERATOR s2.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq);
CREATE VIEW s2.v AS SELECT 1 AS x;
CREATE MATERIALIZED VIEW s2.m AS SELECT 1 AS x;
CREATE TEXT SEARCH CONFIGURATION s2.tc (COPY = simple);
CREATE COLLATION s2.co (LOCALE = 'C');
CREATE TABLE user_of_them (e s2.e, c s2.c, d s2.d, r s2.r, s int DEFAULT nextval('s2.s'), f int DEFAULT s2.f(), t text COLLATE s2.co, CONSTRAINT c CHECK (f OPERATOR(s2.===) 1));

--- case: a table in another schema is another table
--- both
CREATE SCHEMA s1;
CREATE SCHEMA s2;
--- a
CREATE TABLE s1.t (id int PRIMARY KEY, a text);
CREATE TABLE stays (id int PRIMARY KEY, t int REFERENCES s1.t);
--- b
CREATE TABLE s2.t (id int PRIMARY KEY, a text);
CREATE TABLE stays (id int PRIMARY KEY, t int REFERENCES s2.t);
--- data
INSERT INTO s1.t VALUES (1, 'x');
INSERT INTO stays VALUES (1, NULL);
--- keep
SELECT * FROM stays
--- destructive: yes
--- hazards: data_loss

--- case: the schema changes what an unqualified name in the search path would mean
--- both
CREATE SCHEMA s1;
CREATE SCHEMA s2;
--- a
CREATE TABLE s1.t (id int PRIMARY KEY);
CREATE TABLE s2.t (id text PRIMARY KEY);
SET search_path = s1, s2;
CREATE VIEW s1.v AS SELECT id FROM t;
RESET search_path;
--- b
CREATE TABLE s1.t (id int PRIMARY KEY);
CREATE TABLE s2.t (id text PRIMARY KEY);
SET search_path = s2, s1;
CREATE VIEW s1.v AS SELECT id FROM t;
RESET search_path;

--- case: partitions and children in other schemas
--- a
--- b
CREATE SCHEMA data;
CREATE SCHEMA archive;
CREATE TABLE data.p (id int NOT NULL, at date) PARTITION BY RANGE (at);
CREATE TABLE archive.p_2023 PARTITION OF data.p FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE public.p_2024 PARTITION OF data.p FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX p_at ON data.p (at);
CREATE TABLE data.parent (id int PRIMARY KEY);
CREATE TABLE archive.parent (more text) INHERITS (data.parent);
CREATE SEQUENCE archive.s;
CREATE TABLE data.q (id bigint PRIMARY KEY DEFAULT nextval('archive.s'), FOREIGN KEY (id) REFERENCES data.parent);

--- case: a multirange type in another schema than its range type
--- a
--- b
CREATE SCHEMA s1;
CREATE SCHEMA s2;
CREATE TYPE s1.r AS RANGE (SUBTYPE = int, MULTIRANGE_TYPE_NAME = s2.many);
CREATE TABLE t (a s1.r, b s2.many, c s2.many[]);
CREATE FUNCTION f(s2.many) RETURNS s1.r LANGUAGE sql AS 'SELECT range_merge($1)';

--- case: a multirange type that goes to another schema
--- a
CREATE SCHEMA s1;
CREATE SCHEMA s2;
CREATE TYPE s1.r AS RANGE (SUBTYPE = int, MULTIRANGE_TYPE_NAME = s2.many);
CREATE TABLE t (id int PRIMARY KEY, a s1.r);
--- b
CREATE SCHEMA s1;
CREATE SCHEMA s3;
CREATE TYPE s1.r AS RANGE (SUBTYPE = int, MULTIRANGE_TYPE_NAME = s3.many);
CREATE TABLE t (id int PRIMARY KEY, a s1.r);
--- data
INSERT INTO t VALUES (1, '[1,3)');
--- keep
SELECT id, a::text FROM t
