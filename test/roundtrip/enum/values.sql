--- case: added and dropped
--- a
CREATE TYPE mood AS ENUM ('sad', 'ok');
--- b
CREATE TYPE color AS ENUM ('red', 'it''s green', '');
CREATE TYPE nothing AS ENUM ();

--- case: a value is added at the end
--- a
CREATE TYPE state AS ENUM ('new', 'open');
CREATE TABLE t (id int PRIMARY KEY, s state NOT NULL DEFAULT 'new');
--- b
CREATE TYPE state AS ENUM ('new', 'open', 'closed');
CREATE TABLE t (id int PRIMARY KEY, s state NOT NULL DEFAULT 'new');
--- data
INSERT INTO t VALUES (1, 'open'), (2, 'new');
--- keep
SELECT id, s::text FROM t ORDER BY s
--- operations: alter_enum public.state
--- destructive: no

--- case: values are added first, in the middle and at the end
--- a
CREATE TYPE size AS ENUM ('s', 'm', 'l');
CREATE TABLE shirt (id int PRIMARY KEY, size size);
CREATE INDEX ON shirt (size);
--- b
CREATE TYPE size AS ENUM ('xxs', 'xs', 's', 's/m', 'm', 'm/l', 'l', 'xl', 'xxl');
CREATE TABLE shirt (id int PRIMARY KEY, size size);
CREATE INDEX ON shirt (size);
--- data
INSERT INTO shirt VALUES (1, 'l'), (2, 's'), (3, 'm');
--- keep
SELECT id, size::text FROM shirt ORDER BY size
--- destructive: no

--- case: values are added to an empty one
--- a
CREATE TYPE e AS ENUM ();
CREATE TABLE t (a e);
--- b
CREATE TYPE e AS ENUM ('b', 'a');
CREATE TABLE t (a e);

--- case: a value is removed
--- a
CREATE TYPE state AS ENUM ('new', 'open', 'closed');
CREATE TABLE t (id int PRIMARY KEY, s state NOT NULL DEFAULT 'new');
--- b
CREATE TYPE state AS ENUM ('new', 'closed');
CREATE TABLE t (id int PRIMARY KEY, s state NOT NULL DEFAULT 'new');
--- data
INSERT INTO t VALUES (1, 'closed'), (2, 'new');
--- keep
SELECT id, s::text FROM t ORDER BY s
--- hazards: may_fail_on_data

--- case: a value is removed that no column can have
--- a
CREATE TYPE state AS ENUM ('new', 'open', 'closed');
CREATE FUNCTION f(s state) RETURNS text LANGUAGE sql AS 'SELECT s::text';
--- b
CREATE TYPE state AS ENUM ('new', 'closed');
CREATE FUNCTION f(s state) RETURNS text LANGUAGE sql AS 'SELECT s::text';

--- case: the default was the value that is removed
--- a
CREATE TYPE state AS ENUM ('draft', 'new', 'closed');
CREATE TABLE t (id int PRIMARY KEY, s state NOT NULL DEFAULT 'draft');
--- b
CREATE TYPE state AS ENUM ('new', 'closed');
CREATE TABLE t (id int PRIMARY KEY, s state NOT NULL DEFAULT 'new');
--- data
INSERT INTO t VALUES (1, 'closed'), (2, 'new');
--- keep
SELECT id, s::text FROM t ORDER BY s

--- case: the order changes
--- a
CREATE TYPE priority AS ENUM ('high', 'low', 'middle');
CREATE TABLE task (id int PRIMARY KEY, p priority);
CREATE INDEX task_p ON task (p);
--- b
CREATE TYPE priority AS ENUM ('low', 'middle', 'high');
CREATE TABLE task (id int PRIMARY KEY, p priority);
CREATE INDEX task_p ON task (p);
--- data
INSERT INTO task VALUES (1, 'high'), (2, 'low'), (3, NULL);
--- keep
SELECT id, p::text FROM task ORDER BY id

--- case: one value goes and another one comes
--- a
CREATE TYPE role_name AS ENUM ('admin', 'user', 'guest');
CREATE TABLE member (id int PRIMARY KEY, r role_name DEFAULT 'user');
--- b
CREATE TYPE role_name AS ENUM ('admin', 'member', 'user');
CREATE TABLE member (id int PRIMARY KEY, r role_name DEFAULT 'user');
--- data
INSERT INTO member VALUES (1, 'admin'), (2, 'user');
--- keep
SELECT id, r::text FROM member ORDER BY r

--- case: values that differ in case, with quotes and backslashes
--- a
CREATE TYPE e AS ENUM ('a', 'A', 'it''s', 'back\slash');
CREATE TABLE t (a e DEFAULT 'it''s');
--- b
CREATE TYPE e AS ENUM ('A', 'it''s', 'new "value"', 'back\slash', 'ä');
CREATE TABLE t (a e DEFAULT 'back\slash');
--- data
INSERT INTO t VALUES ('A'), ('it''s'), ('back\slash');
--- keep
SELECT a::text FROM t ORDER BY a::text COLLATE "C"

--- case: comment, owner and grants
--- a
CREATE TYPE e AS ENUM ('a');
COMMENT ON TYPE e IS 'before';
--- b
CREATE TYPE e AS ENUM ('a', 'b');
COMMENT ON TYPE e IS 'after';
ALTER TYPE e OWNER TO alice;
REVOKE USAGE ON TYPE e FROM PUBLIC;
GRANT USAGE ON TYPE e TO bob;

--- case: comment, owner and grants stay when it is replaced
--- a
CREATE TYPE e AS ENUM ('a', 'b');
COMMENT ON TYPE e IS 'stays';
ALTER TYPE e OWNER TO alice;
REVOKE USAGE ON TYPE e FROM PUBLIC;
GRANT USAGE ON TYPE e TO bob;
CREATE TABLE t (a e);
COMMENT ON COLUMN t.a IS 'stays, too';
GRANT SELECT (a) ON t TO bob;
--- b
CREATE TYPE e AS ENUM ('b');
COMMENT ON TYPE e IS 'stays';
ALTER TYPE e OWNER TO alice;
REVOKE USAGE ON TYPE e FROM PUBLIC;
GRANT USAGE ON TYPE e TO bob;
CREATE TABLE t (a e);
COMMENT ON COLUMN t.a IS 'stays, too';
GRANT SELECT (a) ON t TO bob;
