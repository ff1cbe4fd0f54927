--- case: dropped together with the column that has it
--- a
CREATE TYPE e AS ENUM ('a', 'b');
CREATE TABLE t (id int PRIMARY KEY, x e DEFAULT 'a');
--- b
CREATE TABLE t (id int PRIMARY KEY);
--- data
INSERT INTO t VALUES (1, 'a');
--- keep
SELECT id FROM t
--- destructive: yes
--- hazards: data_loss

--- case: a new value is the new default
--- a
CREATE TYPE e AS ENUM ('a', 'b');
CREATE TABLE t (id int PRIMARY KEY, x e DEFAULT 'a');
--- b
CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE TABLE t (id int PRIMARY KEY, x e DEFAULT 'c');
--- data
INSERT INTO t VALUES (1, 'a'), (2, 'b');
--- keep
SELECT id, x::text FROM t ORDER BY id

--- case: a new value is in a check, in a view, in an index predicate and in a text body
--- a
CREATE TYPE e AS ENUM ('a', 'b');
CREATE TABLE t (id int PRIMARY KEY, x e);
--- b
CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE TABLE t (id int PRIMARY KEY, x e CONSTRAINT not_c CHECK (x <> 'c' OR id > 10));
CREATE INDEX t_c ON t (id) WHERE x = 'c';
CREATE VIEW v AS SELECT id FROM t WHERE x = 'c';
CREATE FUNCTION last_value() RETURNS e LANGUAGE sql AS $$ SELECT 'c'::e $$;
--- data
INSERT INTO t VALUES (1, 'a'), (2, 'b');
--- keep
SELECT id, x::text FROM t ORDER BY id

--- case: columns with arrays and defaults, and a value is removed
--- a
CREATE TYPE day AS ENUM ('mon', 'tue', 'wed', 'never');
CREATE TABLE shop (id int PRIMARY KEY, open_on day[] NOT NULL DEFAULT ARRAY['mon', 'tue']::day[], best day DEFAULT 'mon', grid day[][]);
CREATE INDEX shop_open_on ON shop USING gin (open_on);
--- b
CREATE TYPE day AS ENUM ('mon', 'tue', 'wed');
CREATE TABLE shop (id int PRIMARY KEY, open_on day[] NOT NULL DEFAULT ARRAY['mon', 'tue']::day[], best day DEFAULT 'mon', grid day[][]);
CREATE INDEX shop_open_on ON shop USING gin (open_on);
--- data
INSERT INTO shop VALUES (1, '{mon,wed}', 'wed', '{{mon,tue},{tue,mon}}'), (2, DEFAULT, DEFAULT, NULL);
--- keep
SELECT id, open_on::text, best::text, grid::text FROM shop ORDER BY id

--- case: views on views on a column, and a value is removed
--- a
CREATE TYPE state AS ENUM ('new', 'open', 'closed');
CREATE TABLE ticket (id int PRIMARY KEY, state state NOT NULL);
CREATE VIEW ticket_state AS SELECT id, state, state = 'open' AS is_open FROM ticket;
CREATE VIEW open_ticket AS SELECT id, state FROM ticket_state WHERE is_open;
CREATE MATERIALIZED VIEW ticket_count AS SELECT state, count(*) FROM ticket_state GROUP BY state;
CREATE UNIQUE INDEX ticket_count_state ON ticket_count (state);
GRANT SELECT ON open_ticket TO bob;
COMMENT ON VIEW open_ticket IS 'what is to be done';
ALTER VIEW ticket_state OWNER TO alice;
GRANT SELECT ON ticket TO alice;
--- b
CREATE TYPE state AS ENUM ('open', 'closed');
CREATE TABLE ticket (id int PRIMARY KEY, state state NOT NULL);
CREATE VIEW ticket_state AS SELECT id, state, state = 'open' AS is_open FROM ticket;
CREATE VIEW open_ticket AS SELECT id, state FROM ticket_state WHERE is_open;
CREATE MATERIALIZED VIEW ticket_count AS SELECT state, count(*) FROM ticket_state GROUP BY state;
CREATE UNIQUE INDEX ticket_count_state ON ticket_count (state);
GRANT SELECT ON open_ticket TO bob;
COMMENT ON VIEW open_ticket IS 'what is to be done';
ALTER VIEW ticket_state OWNER TO alice;
GRANT SELECT ON ticket TO alice;
--- data
INSERT INTO ticket VALUES (1, 'open'), (2, 'closed'), (3, 'open');
REFRESH MATERIALIZED VIEW ticket_count;
--- keep
SELECT id, state::text FROM ticket UNION ALL SELECT id, state::text FROM open_ticket UNION ALL SELECT count, state::text FROM ticket_count ORDER BY 1, 2

--- case: functions, a procedure and an aggregate with it, and a value is removed
--- a
CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE FUNCTION next_of(x e) RETURNS e LANGUAGE sql IMMUTABLE AS $$ SELECT CASE x WHEN 'a' THEN 'b'::e ELSE 'a'::e END $$;
CREATE FUNCTION all_of() RETURNS SETOF e LANGUAGE sql AS $$ SELECT unnest(enum_range(NULL::e)) $$;
CREATE FUNCTION table_of(VARIADIC xs e[]) RETURNS TABLE (x e, n int) LANGUAGE sql AS $$ SELECT x, 1 FROM unnest(xs) x $$;
CREATE PROCEDURE p(INOUT x e) LANGUAGE plpgsql AS $$ BEGIN x := next_of(x); END $$;
CREATE AGGREGATE last_of(e) (SFUNC = enum_larger, STYPE = e);
--- b
CREATE TYPE e AS ENUM ('a', 'b');
CREATE FUNCTION next_of(x e) RETURNS e LANGUAGE sql IMMUTABLE AS $$ SELECT CASE x WHEN 'a' THEN 'b'::e ELSE 'a'::e END $$;
CREATE FUNCTION all_of() RETURNS SETOF e LANGUAGE sql AS $$ SELECT unnest(enum_range(NULL::e)) $$;
CREATE FUNCTION table_of(VARIADIC xs e[]) RETURNS TABLE (x e, n int) LANGUAGE sql AS $$ SELECT x, 1 FROM unnest(xs) x $$;
CREATE PROCEDURE p(INOUT x e) LANGUAGE plpgsql AS $$ BEGIN x := next_of(x); END $$;
CREATE AGGREGATE last_of(e) (SFUNC = enum_larger, STYPE = e);

--- case: in a check, a key, an exclusion, a generated column and a trigger, and a value is removed
--- a
CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE t (x e, y int, is_a boolean GENERATED ALWAYS AS (x = 'a') STORED,
    CONSTRAINT t_pk PRIMARY KEY (x, y), CONSTRAINT t_check CHECK (x IN ('a', 'b') OR y > 0),
    CONSTRAINT t_exclusion EXCLUDE USING btree (x WITH =, y WITH =) WHERE (x = 'b'));
CREATE TABLE u (x e, y int, CONSTRAINT u_fk FOREIGN KEY (x, y) REFERENCES t);
CREATE TRIGGER g BEFORE UPDATE OF x ON t FOR EACH ROW WHEN (NEW.x = 'a') EXECUTE FUNCTION tf();
--- b
CREATE TYPE e AS ENUM ('a', 'b');
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE t (x e, y int, is_a boolean GENERATED ALWAYS AS (x = 'a') STORED,
    CONSTRAINT t_pk PRIMARY KEY (x, y), CONSTRAINT t_check CHECK (x IN ('a', 'b') OR y > 0),
    CONSTRAINT t_exclusion EXCLUDE USING btree (x WITH =, y WITH =) WHERE (x = 'b'));
CREATE TABLE u (x e, y int, CONSTRAINT u_fk FOREIGN KEY (x, y) REFERENCES t);
CREATE TRIGGER g BEFORE UPDATE OF x ON t FOR EACH ROW WHEN (NEW.x = 'a') EXECUTE FUNCTION tf();
--- data
INSERT INTO t VALUES ('a', 1), ('b', 2);
INSERT INTO u VALUES ('b', 2), (NULL, 1);
--- keep
SELECT x::text, y, is_a FROM t UNION ALL SELECT x::text, y, NULL FROM u ORDER BY 1, 2, 3

--- case: in a composite type and in a domain that columns have, and a value is removed
--- a
CREATE TYPE unit AS ENUM ('kg', 'g', 'stone');
CREATE TYPE amount AS (value numeric, unit unit);
CREATE DOMAIN metric AS unit CHECK (VALUE <> 'stone');
CREATE TABLE t (id int PRIMARY KEY, a amount, d metric DEFAULT 'kg');
--- b
CREATE TYPE unit AS ENUM ('kg', 'g');
CREATE TYPE amount AS (value numeric, unit unit);
CREATE DOMAIN metric AS unit CHECK (VALUE <> 'g');
CREATE TABLE t (id int PRIMARY KEY, a amount, d metric DEFAULT 'kg');
--- data
INSERT INTO t VALUES (1, (1.5, 'g'), 'kg'), (2, NULL, NULL);
--- keep
SELECT id, (a).value, (a).unit::text, d::text FROM t ORDER BY id

--- case: the key of a list-partitioned table, and a value is removed
--- a
CREATE TYPE region AS ENUM ('north', 'south', 'west');
CREATE TABLE sale (id int, r region) PARTITION BY LIST (r);
CREATE TABLE sale_north PARTITION OF sale FOR VALUES IN ('north');
CREATE TABLE sale_other PARTITION OF sale DEFAULT;
CREATE INDEX sale_r ON sale (r);
--- b
CREATE TYPE region AS ENUM ('north', 'south');
CREATE TABLE sale (id int, r region) PARTITION BY LIST (r);
CREATE TABLE sale_north PARTITION OF sale FOR VALUES IN ('north');
CREATE TABLE sale_other PARTITION OF sale DEFAULT;
CREATE INDEX sale_r ON sale (r);
--- data
INSERT INTO sale VALUES (1, 'north'), (2, 'south');
--- keep
SELECT id, r::text FROM sale ORDER BY id

--- case: a new value gets a partition
--- a
CREATE TYPE region AS ENUM ('north', 'south');
CREATE TABLE sale (id int, r region) PARTITION BY LIST (r);
CREATE TABLE sale_north PARTITION OF sale FOR VALUES IN ('north');
--- b
CREATE TYPE region AS ENUM ('north', 'south', 'west');
CREATE TABLE sale (id int, r region) PARTITION BY LIST (r);
CREATE TABLE sale_north PARTITION OF sale FOR VALUES IN ('north');
CREATE TABLE sale_west PARTITION OF sale FOR VALUES IN ('west');
--- data
INSERT INTO sale VALUES (1, 'north');
--- keep
SELECT id, r::text FROM sale ORDER BY id

--- case: a text column becomes an enum
--- a
CREATE TABLE t (id int PRIMARY KEY, s text NOT NULL DEFAULT 'new', CONSTRAINT s_is_known CHECK (s IN ('new', 'old')));
--- b
CREATE TYPE state AS ENUM ('new', 'old');
CREATE TABLE t (id int PRIMARY KEY, s state NOT NULL DEFAULT 'new');
--- data
INSERT INTO t VALUES (1, 'old'), (2, DEFAULT);
--- keep
SELECT id, s::text FROM t ORDER BY id

--- case: a column gets another enum with other values
--- a
CREATE TYPE one AS ENUM ('a', 'b');
CREATE TYPE two AS ENUM ('b', 'a', 'c');
CREATE TABLE t (id int PRIMARY KEY, x one DEFAULT 'a', xs one[]);
--- b
CREATE TYPE one AS ENUM ('a', 'b');
CREATE TYPE two AS ENUM ('b', 'a', 'c');
CREATE TABLE t (id int PRIMARY KEY, x two DEFAULT 'a', xs two[]);
--- data
INSERT INTO t VALUES (1, 'a', '{a,b}'), (2, 'b', NULL);
--- keep
SELECT id, x::text, xs::text FROM t ORDER BY id

--- case: in another schema
--- both
CREATE SCHEMA types;
--- a
CREATE TYPE public.e AS ENUM ('a', 'b');
CREATE TABLE t (id int PRIMARY KEY, x public.e DEFAULT 'a');
--- b
CREATE TYPE types.e AS ENUM ('a', 'b');
CREATE TABLE t (id int PRIMARY KEY, x types.e DEFAULT 'a');
--- data
INSERT INTO t VALUES (1, 'b');
--- keep
SELECT id, x::text FROM t

--- case: an enum becomes a domain, and a domain becomes an enum
--- a
CREATE TYPE color AS ENUM ('red', 'green');
CREATE DOMAIN size AS text CHECK (VALUE IN ('s', 'm'));
CREATE TABLE t (id int PRIMARY KEY, c color DEFAULT 'red', s size DEFAULT 's');
--- b
CREATE DOMAIN color AS text CHECK (VALUE IN ('red', 'green'));
CREATE TYPE size AS ENUM ('s', 'm');
CREATE TABLE t (id int PRIMARY KEY, c color DEFAULT 'red', s size DEFAULT 's');
--- data
INSERT INTO t VALUES (1, 'green', 'm'), (2, DEFAULT, DEFAULT);
--- keep
SELECT id, c::text, s::text FROM t ORDER BY id
