--- case: the expression changes
--- a
CREATE TABLE t (id int PRIMARY KEY, a int, g int GENERATED ALWAYS AS (a * 2) STORED);
CREATE INDEX t_g ON t (g);
CREATE VIEW v AS SELECT g FROM t;
COMMENT ON COLUMN t.g IS 'stays';
--- b
CREATE TABLE t (id int PRIMARY KEY, a int, g int GENERATED ALWAYS AS (a * 3) STORED);
CREATE INDEX t_g ON t (g);
CREATE VIEW v AS SELECT g FROM t;
COMMENT ON COLUMN t.g IS 'stays';
--- data
INSERT INTO t VALUES (1, 5);
--- keep
SELECT id, a FROM t

--- case: ceases to be generated, and keeps its values
--- a
CREATE TABLE t (id int PRIMARY KEY, g int GENERATED ALWAYS AS (id * 2) STORED);
--- b
CREATE TABLE t (id int PRIMARY KEY, g int);
--- data
INSERT INTO t VALUES (1), (2);
--- keep
SELECT id, g FROM t ORDER BY id
--- one way
The way back puts other values into the column.

--- case: becomes generated
--- a
CREATE TABLE t (id int PRIMARY KEY, g int DEFAULT 5 NOT NULL);
--- b
CREATE TABLE t (id int PRIMARY KEY, g int NOT NULL GENERATED ALWAYS AS (id * 2) STORED);
--- data
INSERT INTO t VALUES (1, 3);
--- keep
SELECT id FROM t
--- destructive: yes

--- case: the type of the column that it is made from changes
--- a
CREATE TABLE t (id int PRIMARY KEY, first text, last varchar(20), whole text GENERATED ALWAYS AS (first || ' ' || last) STORED, size int);
CREATE INDEX t_whole ON t (whole);
--- b
CREATE TABLE t (id int PRIMARY KEY, first varchar(30), last varchar(30), whole text GENERATED ALWAYS AS (first || ' ' || last) STORED, size bigint);
CREATE INDEX t_whole ON t (whole);
--- data
INSERT INTO t VALUES (1, 'a', 'b', DEFAULT, 3);
--- keep
SELECT id, first, last, whole, size FROM t

--- case: its own type changes
--- a
CREATE TABLE t (id int PRIMARY KEY, g int GENERATED ALWAYS AS (id * 2) STORED);
--- b
CREATE TABLE t (id int PRIMARY KEY, g bigint GENERATED ALWAYS AS (id * 2) STORED);
--- data
INSERT INTO t VALUES (1);
--- keep
SELECT id, g FROM t

--- case: the column that it is made from is dropped
--- a
CREATE TABLE t (id int PRIMARY KEY, a int, g int GENERATED ALWAYS AS (a * 2) STORED);
--- b
CREATE TABLE t (id int PRIMARY KEY, g int GENERATED ALWAYS AS (id * 2) STORED);
--- data
INSERT INTO t VALUES (1, 2);
--- keep
SELECT id FROM t

--- case: a text search column
--- a
CREATE TABLE page (id int PRIMARY KEY, title text, body text);
--- b
CREATE TABLE page (id int PRIMARY KEY, title text, body text,
    words tsvector GENERATED ALWAYS AS (setweight(to_tsvector('english', coalesce(title, '')), 'A') || setweight(to_tsvector('english', coalesce(body, '')), 'B')) STORED);
CREATE INDEX page_words ON page USING gin (words);
--- data
INSERT INTO page VALUES (1, 'A title', 'A body');
--- keep
SELECT id, title, body FROM page

--- case: the function that it uses is replaced
--- a
CREATE FUNCTION norm(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower(t)';
CREATE TABLE t (id int PRIMARY KEY, a text, g text GENERATED ALWAYS AS (norm(a)) STORED);
--- b
CREATE FUNCTION norm(word text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT upper(word)';
CREATE TABLE t (id int PRIMARY KEY, a text, g text GENERATED ALWAYS AS (norm(a)) STORED);
--- data
INSERT INTO t VALUES (1, 'aB');
--- keep
SELECT id, a FROM t
