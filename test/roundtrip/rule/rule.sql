--- case: added and dropped
--- both
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE TABLE log (id int, what text);
--- a
CREATE RULE old AS ON DELETE TO t DO ALSO INSERT INTO log VALUES (OLD.id, 'del');
--- b
CREATE RULE instead AS ON DELETE TO t DO INSTEAD NOTHING;
CREATE RULE also AS ON INSERT TO t DO INSERT INTO log VALUES (NEW.id, 'it''s new');
CREATE RULE conditional AS ON UPDATE TO t WHERE OLD.a IS DISTINCT FROM NEW.a DO ALSO (INSERT INTO log VALUES (OLD.id, OLD.a); INSERT INTO log VALUES (NEW.id, NEW.a));
CREATE RULE "Notify" AS ON UPDATE TO t DO ALSO NOTIFY changed;
COMMENT ON RULE also ON t IS 'a comment';

--- case: the action, the condition, the event and INSTEAD change
--- both
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE TABLE log (id int, what text);
--- a
CREATE RULE r1 AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (NEW.id, 'a');
CREATE RULE r2 AS ON UPDATE TO t WHERE NEW.id > 0 DO INSTEAD NOTHING;
CREATE RULE r3 AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (NEW.id, 'a');
CREATE RULE r4 AS ON DELETE TO t DO INSTEAD INSERT INTO log VALUES (OLD.id, 'a');
COMMENT ON RULE r1 ON t IS 'stays';
--- b
CREATE RULE r1 AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (NEW.id, 'b');
CREATE RULE r2 AS ON UPDATE TO t WHERE NEW.id > 1 DO INSTEAD NOTHING;
CREATE RULE r3 AS ON UPDATE TO t DO ALSO INSERT INTO log VALUES (NEW.id, 'a');
CREATE RULE r4 AS ON DELETE TO t DO ALSO INSERT INTO log VALUES (OLD.id, 'a');
COMMENT ON RULE r1 ON t IS 'stays';

--- case: states
--- both
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE RULE r1 AS ON INSERT TO t DO ALSO NOTIFY x;
CREATE RULE r2 AS ON INSERT TO t DO ALSO NOTIFY x;
CREATE RULE r3 AS ON INSERT TO t DO ALSO NOTIFY x;
--- a
ALTER TABLE t DISABLE RULE r1;
ALTER TABLE t ENABLE REPLICA RULE r2;
--- b
ALTER TABLE t ENABLE ALWAYS RULE r1;
ALTER TABLE t DISABLE RULE r3;

--- case: a new one that is disabled, and one that is replaced and stays disabled
--- both
CREATE TABLE t (id int PRIMARY KEY, a text);
--- a
CREATE RULE r2 AS ON INSERT TO t DO ALSO NOTIFY x;
ALTER TABLE t DISABLE RULE r2;
--- b
CREATE RULE r1 AS ON INSERT TO t DO ALSO NOTIFY x;
ALTER TABLE t ENABLE REPLICA RULE r1;
CREATE RULE r2 AS ON INSERT TO t DO ALSO NOTIFY y;
ALTER TABLE t DISABLE RULE r2;

--- case: a view that is written to by rules
--- a
--- b
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE VIEW v AS SELECT id, upper(a) AS a FROM t;
CREATE RULE ins AS ON INSERT TO v DO INSTEAD INSERT INTO t VALUES (NEW.id, lower(NEW.a)) RETURNING id, upper(a);
CREATE RULE upd AS ON UPDATE TO v DO INSTEAD UPDATE t SET a = lower(NEW.a) WHERE id = OLD.id;
CREATE RULE del AS ON DELETE TO v DO INSTEAD DELETE FROM t WHERE id = OLD.id RETURNING OLD.*;
COMMENT ON RULE ins ON v IS 'on a view';

--- case: the view is created anew, its rules come along
--- a
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE VIEW v AS SELECT id, a FROM t;
CREATE RULE ins AS ON INSERT TO v DO INSTEAD INSERT INTO t VALUES (NEW.id, NEW.a);
CREATE RULE del AS ON DELETE TO v DO INSTEAD NOTHING;
COMMENT ON RULE ins ON v IS 'stays';
--- b
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE VIEW v AS SELECT a, id FROM t;
CREATE RULE ins AS ON INSERT TO v DO INSTEAD INSERT INTO t VALUES (NEW.id, NEW.a);
CREATE RULE del AS ON DELETE TO v DO INSTEAD NOTHING;
COMMENT ON RULE ins ON v IS 'stays';

--- case: a column of the rule's table and one of the table that it writes to change their types
--- a
CREATE TABLE t (id int PRIMARY KEY, a varchar(5));
CREATE TABLE log (id int, what text);
CREATE RULE r AS ON UPDATE TO t WHERE NEW.a <> OLD.a DO ALSO INSERT INTO log VALUES (NEW.id, NEW.a);
--- b
CREATE TABLE t (id bigint PRIMARY KEY, a text);
CREATE TABLE log (id bigint, what text);
CREATE RULE r AS ON UPDATE TO t WHERE NEW.a <> OLD.a DO ALSO INSERT INTO log VALUES (NEW.id, NEW.a);
--- data
INSERT INTO t VALUES (1, 'x');
INSERT INTO log VALUES (1, 'y');
--- keep
SELECT t.id, a, what FROM t, log

--- case: two rules that write to each other's table
--- a
--- b
CREATE TABLE a (id int PRIMARY KEY, v int);
CREATE TABLE b (id int PRIMARY KEY, v int);
CREATE RULE r AS ON DELETE TO a DO ALSO DELETE FROM b WHERE b.id = OLD.id;
CREATE RULE r AS ON INSERT TO b DO ALSO UPDATE a SET v = NEW.v WHERE a.id = NEW.id;

--- case: a rule with a subquery, a function and a view
--- a
--- b
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE TABLE log (id int, what text);
CREATE VIEW big AS SELECT id FROM t WHERE id > 100;
CREATE FUNCTION f(x text) RETURNS text LANGUAGE sql AS 'SELECT x';
CREATE RULE r AS ON UPDATE TO t WHERE EXISTS (SELECT FROM big WHERE big.id = NEW.id)
    DO ALSO INSERT INTO log SELECT NEW.id, f(t.a) FROM t WHERE t.id = OLD.id AND NEW.a = ANY ('{x,y}');

--- case: the table's rule is dropped together with a table that it writes to
--- a
CREATE TABLE t (id int PRIMARY KEY, a text);
CREATE TABLE log (id int, what text);
CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (NEW.id, 'x');
--- b
CREATE TABLE t (id int PRIMARY KEY, a text);
--- data
INSERT INTO t VALUES (1, 'x');
--- keep
SELECT * FROM t
--- destructive: yes
