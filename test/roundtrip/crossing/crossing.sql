--- case: a view on a view on a column whose enum is replaced, with a rule, a trigger and a function on the way
--- a
CREATE TYPE state AS ENUM ('new', 'open', 'done');
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE task (id int PRIMARY KEY, state state NOT NULL DEFAULT 'new', title text);
CREATE VIEW task_state AS SELECT id, state FROM task WHERE state <> 'done';
CREATE VIEW open_task AS SELECT id FROM task_state WHERE state = 'open';
CREATE RULE close AS ON DELETE TO task_state DO INSTEAD UPDATE task SET state = 'done' WHERE id = OLD.id;
CREATE TRIGGER opened BEFORE UPDATE ON task FOR EACH ROW WHEN (NEW.state = 'open') EXECUTE FUNCTION tf();
CREATE FUNCTION tasks(state) RETURNS SETOF task LANGUAGE sql AS 'SELECT * FROM task WHERE state = $1';
CREATE POLICY no_new ON task FOR SELECT TO bob USING (state <> 'new');
ALTER TABLE task ENABLE ROW LEVEL SECURITY;
--- b
CREATE TYPE state AS ENUM ('open', 'new', 'done');
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE task (id int PRIMARY KEY, state state NOT NULL DEFAULT 'new', title text);
CREATE VIEW task_state AS SELECT id, state FROM task WHERE state <> 'done';
CREATE VIEW open_task AS SELECT id FROM task_state WHERE state = 'open';
CREATE RULE close AS ON DELETE TO task_state DO INSTEAD UPDATE task SET state = 'done' WHERE id = OLD.id;
CREATE TRIGGER opened BEFORE UPDATE ON task FOR EACH ROW WHEN (NEW.state = 'open') EXECUTE FUNCTION tf();
CREATE FUNCTION tasks(state) RETURNS SETOF task LANGUAGE sql AS 'SELECT * FROM task WHERE state = $1';
CREATE POLICY no_new ON task FOR SELECT TO bob USING (state <> 'new');
ALTER TABLE task ENABLE ROW LEVEL SECURITY;
--- data
INSERT INTO task VALUES (1, 'open', 'a'), (2, 'done', 'b');
--- keep
SELECT id, state::text, title FROM task ORDER BY id

--- case: a partitioned table with foreign keys both ways, and the columns change their type
--- a
CREATE TABLE customer (id int PRIMARY KEY);
CREATE TABLE purchase (id int, day date, customer int REFERENCES customer, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
CREATE TABLE purchase_2024 PARTITION OF purchase FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE purchase_2025 PARTITION OF purchase FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE item (purchase int, day date, n int, FOREIGN KEY (purchase, day) REFERENCES purchase ON DELETE CASCADE);
CREATE INDEX purchase_customer ON purchase (customer);
CREATE VIEW last_purchase AS SELECT customer, max(id) AS id FROM purchase GROUP BY customer;
--- b
CREATE TABLE customer (id bigint PRIMARY KEY);
CREATE TABLE purchase (id bigint, day date, customer bigint REFERENCES customer, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
CREATE TABLE purchase_2024 PARTITION OF purchase FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE purchase_2025 PARTITION OF purchase FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE item (purchase bigint, day date, n int, FOREIGN KEY (purchase, day) REFERENCES purchase ON DELETE CASCADE);
CREATE INDEX purchase_customer ON purchase (customer);
CREATE VIEW last_purchase AS SELECT customer, max(id) AS id FROM purchase GROUP BY customer;
--- data
INSERT INTO customer VALUES (7);
INSERT INTO purchase VALUES (1, '2024-06-01', 7), (2, '2025-06-01', 7);
INSERT INTO item VALUES (1, '2024-06-01', 3);
--- keep
SELECT p.id, p.day, p.customer, i.n FROM purchase p LEFT JOIN item i ON i.purchase = p.id ORDER BY 1

--- case: a function in a check, a default, an index, a generated column, a domain and a policy gets other arguments
--- a
CREATE FUNCTION norm(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower(t)';
CREATE DOMAIN normal AS text CHECK (VALUE = norm(VALUE));
CREATE TABLE t (id int PRIMARY KEY, a text DEFAULT norm('X') CHECK (norm(a) <> ''), b text GENERATED ALWAYS AS (norm(a)) STORED, c normal DEFAULT norm('Y'));
CREATE UNIQUE INDEX t_norm ON t (norm(a)) WHERE norm(b) > 'a';
CREATE POLICY p ON t USING (norm(a) = a);
CREATE VIEW v AS SELECT norm(a) AS a, c FROM t;
--- b
CREATE FUNCTION norm(t text, how int DEFAULT 1) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower(t)';
CREATE DOMAIN normal AS text CHECK (VALUE = norm(VALUE));
CREATE TABLE t (id int PRIMARY KEY, a text DEFAULT norm('X') CHECK (norm(a) <> ''), b text GENERATED ALWAYS AS (norm(a)) STORED, c normal DEFAULT norm('Y'));
CREATE UNIQUE INDEX t_norm ON t (norm(a)) WHERE norm(b) > 'a';
CREATE POLICY p ON t USING (norm(a) = a);
CREATE VIEW v AS SELECT norm(a) AS a, c FROM t;
--- data
INSERT INTO t (id, a, c) VALUES (1, 'B', 'c');
--- keep
SELECT id, a, b, c FROM t

--- case: foreign keys both ways between tables, one of which is dropped and another one added
--- a
CREATE TABLE team_of (id int PRIMARY KEY, lead int);
CREATE TABLE person (id int PRIMARY KEY, team_id int REFERENCES team_of);
ALTER TABLE team_of ADD CONSTRAINT lead_fk FOREIGN KEY (lead) REFERENCES person;
--- b
CREATE TABLE person (id int PRIMARY KEY, squad int);
CREATE TABLE squad (id int PRIMARY KEY, lead int REFERENCES person);
ALTER TABLE person ADD FOREIGN KEY (squad) REFERENCES squad;
--- data
INSERT INTO person VALUES (1, NULL);
--- keep
SELECT id FROM person
--- destructive: yes

--- case: a table with a policy, a trigger and a rule that use a column that is dropped
--- a
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE log (m text);
CREATE TABLE t (id int PRIMARY KEY, tenant int, secret text);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_tenant ON t USING (tenant = current_setting('app.tenant')::int) WITH CHECK (secret IS NULL);
CREATE POLICY all_of ON t FOR SELECT TO alice USING (id > 0);
CREATE TRIGGER secret BEFORE UPDATE OF secret ON t FOR EACH ROW WHEN (NEW.secret <> '') EXECUTE FUNCTION tf();
CREATE RULE written AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (NEW.secret);
--- b
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE log (m text);
CREATE TABLE t (id int PRIMARY KEY, tenant int);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE POLICY by_tenant ON t USING (tenant = current_setting('app.tenant')::int);
CREATE POLICY all_of ON t FOR SELECT TO alice USING (id > 0);
CREATE RULE written AS ON INSERT TO t DO ALSO INSERT INTO log VALUES (NEW.tenant::text);
--- data
INSERT INTO t VALUES (1, 2, NULL);
--- keep
SELECT id, tenant FROM t

--- case: an enum as an array, in a domain, in a composite type, in a range, in functions and in a partition key, with values that change
--- a
CREATE TYPE level AS ENUM ('low', 'high', 'none');
CREATE DOMAIN known AS level CHECK (VALUE <> 'none');
CREATE TYPE reading AS (at date, level level);
CREATE TYPE levels AS RANGE (SUBTYPE = level);
CREATE FUNCTION is_high(l level) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT l = 'high' $$;
CREATE TABLE sensor (id int PRIMARY KEY, l level DEFAULT 'low', ls level[] DEFAULT '{low,high}', k known DEFAULT 'low', r reading, g levels, CHECK (is_high(l) OR l <> 'none'));
CREATE INDEX sensor_high ON sensor (id) WHERE is_high(l);
CREATE VIEW high AS SELECT id, ls[1] AS first FROM sensor WHERE is_high(l);
--- b
CREATE TYPE level AS ENUM ('low', 'middle', 'high');
CREATE DOMAIN known AS level CHECK (VALUE IS NOT NULL);
CREATE TYPE reading AS (at date, level level);
CREATE TYPE levels AS RANGE (SUBTYPE = level);
CREATE FUNCTION is_high(l level) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT l = 'high' $$;
CREATE TABLE sensor (id int PRIMARY KEY, l level DEFAULT 'low', ls level[] DEFAULT '{low,high}', k known DEFAULT 'low', r reading, g levels, CHECK (is_high(l) OR l <> 'middle'));
CREATE INDEX sensor_high ON sensor (id) WHERE is_high(l);
CREATE VIEW high AS SELECT id, ls[1] AS first FROM sensor WHERE is_high(l);
--- data
INSERT INTO sensor VALUES (1, 'high', '{high}', 'low', ('2024-01-01', 'low'), '[low,high]');
--- keep
SELECT id, l::text, ls::text, k::text, r::text, g::text FROM sensor

--- case: a table that is referred to is dropped, and another one takes its place and name
--- a
CREATE TABLE kind (id int PRIMARY KEY, name text);
CREATE TABLE t (id int PRIMARY KEY, kind int REFERENCES kind);
CREATE VIEW v AS SELECT t.id, kind.name FROM t JOIN kind ON kind.id = t.kind;
--- b
CREATE TYPE kind AS ENUM ('a', 'b');
CREATE TABLE t (id int PRIMARY KEY, kind_of kind);
CREATE VIEW v AS SELECT id, kind_of::text AS name FROM t;
--- data
INSERT INTO kind VALUES (1, 'a');
INSERT INTO t VALUES (1, 1);
--- keep
SELECT id FROM t
--- destructive: yes

--- case: names go round: a table, a view, a sequence, an index and a type
--- a
CREATE TABLE n1 (a int);
CREATE VIEW n2 AS SELECT 1 AS a;
CREATE SEQUENCE n3;
CREATE TABLE t (a int);
CREATE INDEX n4 ON t (a);
CREATE TYPE n5 AS (a int);
--- b
CREATE VIEW n1 AS SELECT 1 AS a;
CREATE SEQUENCE n2;
CREATE TABLE t (a int);
CREATE INDEX n3 ON t (a);
CREATE TYPE n4 AS (a int);
CREATE TABLE n5 (a int);

--- case: a column of one table moves to another one with its constraints
--- a
CREATE TABLE country (code text PRIMARY KEY);
CREATE TABLE person (id int PRIMARY KEY, name text, country text NOT NULL DEFAULT 'fr' REFERENCES country, zip text CHECK (zip <> ''));
CREATE INDEX person_country ON person (country);
--- b
CREATE TABLE country (code text PRIMARY KEY);
CREATE TABLE person (id int PRIMARY KEY, name text);
CREATE TABLE address (person int PRIMARY KEY REFERENCES person ON DELETE CASCADE, country text NOT NULL DEFAULT 'fr' REFERENCES country, zip text CHECK (zip <> ''));
CREATE INDEX address_country ON address (country);
--- data
INSERT INTO country VALUES ('fr');
INSERT INTO person VALUES (1, 'a', 'fr', '75000');
--- keep
SELECT id, name FROM person
--- destructive: yes
--- hazards: data_loss

--- case: int keys become uuid keys all over
--- a
CREATE TABLE account (id int PRIMARY KEY, email text UNIQUE);
CREATE TABLE session (id int PRIMARY KEY, account int NOT NULL REFERENCES account ON DELETE CASCADE);
CREATE VIEW session_of AS SELECT s.id, a.email FROM session s JOIN account a ON a.id = s.account;
--- b
CREATE TABLE account (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), email text UNIQUE);
CREATE TABLE session (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), account uuid NOT NULL REFERENCES account ON DELETE CASCADE);
CREATE VIEW session_of AS SELECT s.id, a.email FROM session s JOIN account a ON a.id = s.account;

--- case: everything goes, then everything comes
--- a
CREATE SCHEMA app;
CREATE TYPE app.color AS ENUM ('red');
CREATE DOMAIN app.size AS int CHECK (VALUE > 0);
CREATE SEQUENCE app.counter;
CREATE FUNCTION app.next() RETURNS bigint LANGUAGE sql AS $$ SELECT nextval('app.counter') $$;
CREATE TABLE app.p (id bigint PRIMARY KEY DEFAULT app.next(), color app.color, size app.size) PARTITION BY RANGE (id);
CREATE TABLE app.p_1 PARTITION OF app.p FOR VALUES FROM (0) TO (100);
CREATE TABLE app.t (p bigint REFERENCES app.p, q int4range, EXCLUDE USING gist (q WITH &&));
CREATE VIEW app.v AS SELECT t.q, p.color FROM app.t JOIN app.p ON p.id = t.p;
CREATE MATERIALIZED VIEW app.m AS SELECT color, count(*) FROM app.v GROUP BY color;
CREATE INDEX m_color ON app.m (color);
CREATE STATISTICS app.s ON color, size FROM app.p;
CREATE FUNCTION app.rows_of(app.color) RETURNS SETOF app.v LANGUAGE sql AS 'SELECT * FROM app.v WHERE color = $1';
ALTER SEQUENCE app.counter OWNED BY app.t.p;
--- b

--- case: many tables, each with a change or two
--- a
CREATE TABLE tag (id serial PRIMARY KEY, name varchar(50) NOT NULL);
CREATE TABLE post (id serial PRIMARY KEY, title varchar(200), body text, author_id int, published boolean DEFAULT false, views int DEFAULT 0);
CREATE TABLE author (id serial PRIMARY KEY, name text, email text);
CREATE TABLE post_tag (post_id int REFERENCES post, tag_id int REFERENCES tag, PRIMARY KEY (post_id, tag_id));
CREATE TABLE comment (id serial PRIMARY KEY, post_id int REFERENCES post ON DELETE CASCADE, body text NOT NULL, at timestamp DEFAULT now());
CREATE INDEX comment_post ON comment (post_id);
CREATE VIEW post_view AS SELECT p.id, p.title, a.name AS author FROM post p LEFT JOIN author a ON a.id = p.author_id;
--- b
CREATE TABLE tag (id bigserial PRIMARY KEY, name varchar(80) NOT NULL UNIQUE, slug text GENERATED ALWAYS AS (lower(name)) STORED);
CREATE TYPE post_state AS ENUM ('draft', 'published');
CREATE TABLE author (id bigserial PRIMARY KEY, name text NOT NULL, email text UNIQUE CHECK (email ~ '@'), joined timestamptz NOT NULL DEFAULT now());
CREATE TABLE post (id bigserial PRIMARY KEY, title varchar(200) NOT NULL, body text, author_id bigint REFERENCES author ON DELETE SET NULL, state post_state NOT NULL DEFAULT 'draft', views bigint NOT NULL DEFAULT 0);
CREATE TABLE post_tag (post_id bigint REFERENCES post ON DELETE CASCADE, tag_id bigint REFERENCES tag ON DELETE CASCADE, PRIMARY KEY (post_id, tag_id));
CREATE TABLE comment (id bigserial PRIMARY KEY, post_id bigint NOT NULL REFERENCES post ON DELETE CASCADE, parent bigint REFERENCES comment, body text NOT NULL, at timestamptz DEFAULT now());
CREATE INDEX comment_post ON comment (post_id, at DESC);
CREATE INDEX post_tag_tag ON post_tag (tag_id);
CREATE VIEW post_view AS SELECT p.id, p.title, p.state, a.name AS author FROM post p LEFT JOIN author a ON a.id = p.author_id;
--- data
INSERT INTO author (name, email) VALUES ('a', 'a@b');
INSERT INTO post (title, body, author_id) VALUES ('t', 'b', 1);
INSERT INTO tag (name) VALUES ('X');
INSERT INTO post_tag VALUES (1, 1);
INSERT INTO comment (post_id, body, at) VALUES (1, 'c', '2024-01-01');
--- keep
SELECT p.id, p.title, p.body, p.author_id, p.views, t.name, c.body, c.at::date, a.email FROM post p, tag t, comment c, author a, post_tag
--- destructive: yes
--- hazards: data_loss, table_rewrite, may_fail_on_data
