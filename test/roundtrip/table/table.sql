--- case: added and dropped
--- a
CREATE TABLE old (id int);
--- b
CREATE TABLE new (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email varchar(200) NOT NULL UNIQUE,
    name text COLLATE "C" NOT NULL DEFAULT '',
    price numeric(12, 2) CHECK (price >= 0),
    tags text[] NOT NULL DEFAULT '{}',
    data jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    total numeric GENERATED ALWAYS AS (price * 2) STORED
);
CREATE INDEX ON new (lower(name));
CREATE TABLE nothing ();
--- destructive: yes
--- hazards: data_loss

--- case: an application's tables, from nothing
--- a
--- b
CREATE TYPE order_state AS ENUM ('cart', 'ordered', 'paid', 'sent');
CREATE DOMAIN email AS text CHECK (VALUE ~ '^[^@]+@[^@]+$');
CREATE TABLE customer (id bigserial PRIMARY KEY, email email NOT NULL UNIQUE, name text NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE product (id bigserial PRIMARY KEY, sku varchar(30) NOT NULL UNIQUE, title text NOT NULL, price numeric(10, 2) NOT NULL CHECK (price >= 0), attributes jsonb NOT NULL DEFAULT '{}');
CREATE TABLE purchase (id bigserial PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customer ON DELETE RESTRICT, state order_state NOT NULL DEFAULT 'cart', ordered_at timestamptz);
CREATE TABLE purchase_item (purchase_id bigint REFERENCES purchase ON DELETE CASCADE, line int, product_id bigint NOT NULL REFERENCES product, quantity int NOT NULL DEFAULT 1 CHECK (quantity > 0), price numeric(10, 2) NOT NULL, PRIMARY KEY (purchase_id, line));
CREATE INDEX purchase_customer_id ON purchase (customer_id);
CREATE INDEX purchase_open ON purchase (ordered_at DESC NULLS LAST) WHERE state <> 'sent';
CREATE INDEX product_attributes ON product USING gin (attributes jsonb_path_ops);
CREATE VIEW purchase_total AS SELECT p.id, p.customer_id, sum(i.quantity * i.price) AS total FROM purchase p JOIN purchase_item i ON i.purchase_id = p.id GROUP BY p.id;
CREATE MATERIALIZED VIEW customer_total AS SELECT customer_id, sum(total) AS total FROM purchase_total GROUP BY customer_id;
CREATE UNIQUE INDEX customer_total_customer_id ON customer_total (customer_id);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.ordered_at := coalesce(NEW.ordered_at, now()); RETURN NEW; END $$;
CREATE TRIGGER touch BEFORE UPDATE OF state ON purchase FOR EACH ROW WHEN (NEW.state = 'ordered') EXECUTE FUNCTION touch();
GRANT SELECT, INSERT, UPDATE ON customer, product, purchase, purchase_item TO team;
GRANT USAGE ON SEQUENCE customer_id_seq, purchase_id_seq TO team;

--- case: dropped while others refer to it
--- a
CREATE TABLE country (code char(2) PRIMARY KEY, name text);
CREATE TABLE city (id int PRIMARY KEY, country char(2) REFERENCES country ON DELETE CASCADE, name text);
CREATE VIEW city_of AS SELECT city.name, country.name AS country FROM city JOIN country ON country.code = city.country;
CREATE FUNCTION country_name(c country) RETURNS text LANGUAGE sql AS 'SELECT c.name';
--- b
CREATE TABLE city (id int PRIMARY KEY, country char(2), name text);
--- data
INSERT INTO country VALUES ('fr', 'France');
INSERT INTO city VALUES (1, 'fr', 'Paris');
--- keep
SELECT * FROM city
--- destructive: yes
--- hazards: data_loss

--- case: two that refer to each other are added, and two are dropped
--- a
CREATE TABLE chicken (id int PRIMARY KEY, egg int);
CREATE TABLE egg (id int PRIMARY KEY, chicken int REFERENCES chicken);
ALTER TABLE chicken ADD FOREIGN KEY (egg) REFERENCES egg;
--- b
CREATE TABLE department (id int PRIMARY KEY, head int NOT NULL);
CREATE TABLE employee (id int PRIMARY KEY, department int NOT NULL REFERENCES department DEFERRABLE INITIALLY DEFERRED, boss int REFERENCES employee);
ALTER TABLE department ADD FOREIGN KEY (head) REFERENCES employee DEFERRABLE INITIALLY DEFERRED;

--- case: unlogged, logged
--- a
CREATE UNLOGGED TABLE one (id serial PRIMARY KEY, a text);
CREATE TABLE two (id serial PRIMARY KEY, a text);
--- b
CREATE TABLE one (id serial PRIMARY KEY, a text);
CREATE UNLOGGED TABLE two (id serial PRIMARY KEY, a text);
--- data
INSERT INTO one (a) VALUES ('a');
INSERT INTO two (a) VALUES ('b');
--- keep
SELECT id, a FROM one UNION ALL SELECT id, a FROM two
--- hazards: table_rewrite

--- case: unlogged and logged, with foreign keys between them
--- a
CREATE UNLOGGED TABLE one (id int PRIMARY KEY);
CREATE UNLOGGED TABLE two (one int REFERENCES one);
--- b
CREATE TABLE one (id int PRIMARY KEY);
CREATE TABLE two (one int REFERENCES one);
--- data
INSERT INTO one VALUES (1);
INSERT INTO two VALUES (1);
--- keep
SELECT one FROM two

--- case: storage parameters, also those of TOAST
--- a
CREATE TABLE t (a text) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01);
--- b
CREATE TABLE t (a text) WITH (fillfactor = 90, autovacuum_enabled = off, toast.autovacuum_enabled = off, toast_tuple_target = 1000);
--- destructive: no

--- case: all storage parameters go
--- a
CREATE TABLE t (a text) WITH (fillfactor = 70, toast.autovacuum_vacuum_threshold = 1000, parallel_workers = 3, user_catalog_table = on);
--- b
CREATE TABLE t (a text);

--- case: replica identity
--- a
CREATE TABLE t (id int PRIMARY KEY);
CREATE TABLE u (id int PRIMARY KEY);
ALTER TABLE u REPLICA IDENTITY FULL;
CREATE TABLE v (id int PRIMARY KEY, a int NOT NULL);
CREATE UNIQUE INDEX v_a ON v (a);
ALTER TABLE v REPLICA IDENTITY USING INDEX v_a;
--- b
CREATE TABLE t (id int PRIMARY KEY);
ALTER TABLE t REPLICA IDENTITY FULL;
CREATE TABLE u (id int PRIMARY KEY);
ALTER TABLE u REPLICA IDENTITY NOTHING;
CREATE TABLE v (id int PRIMARY KEY, a int NOT NULL);
CREATE UNIQUE INDEX v_a ON v (a);
ALTER TABLE v REPLICA IDENTITY USING INDEX v_pkey;

--- case: row security
--- a
CREATE TABLE t (id int PRIMARY KEY);
CREATE TABLE u (id int PRIMARY KEY);
ALTER TABLE u ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE TABLE v (id int PRIMARY KEY);
ALTER TABLE v FORCE ROW LEVEL SECURITY;
--- b
CREATE TABLE t (id int PRIMARY KEY);
ALTER TABLE t ENABLE ROW LEVEL SECURITY;
CREATE TABLE u (id int PRIMARY KEY);
CREATE TABLE v (id int PRIMARY KEY);
ALTER TABLE v ENABLE ROW LEVEL SECURITY;

--- case: comment, owner and grants
--- a
CREATE TABLE t (id int PRIMARY KEY, a text);
COMMENT ON TABLE t IS 'before';
GRANT SELECT ON t TO bob WITH GRANT OPTION;
--- b
CREATE TABLE t (id int PRIMARY KEY, a text);
COMMENT ON TABLE t IS 'it''s after';
ALTER TABLE t OWNER TO alice;
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON t TO team;
GRANT SELECT ON t TO PUBLIC;

--- case: a table becomes a view, and a view becomes a table
--- a
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE TABLE one AS SELECT id FROM t;
CREATE VIEW two AS SELECT id FROM t;
--- b
CREATE TABLE t (id int PRIMARY KEY, a int);
CREATE VIEW one AS SELECT id FROM t;
CREATE TABLE two (id int);

--- case: the names of two tables change places
--- a
CREATE TABLE one (a int PRIMARY KEY);
CREATE TABLE two (b text PRIMARY KEY);
--- b
CREATE TABLE one (b text PRIMARY KEY);
CREATE TABLE two (a int PRIMARY KEY);

--- case: the order of columns alone is no difference
--- a
CREATE TABLE t (a int, b text, c date);
CREATE VIEW v AS SELECT a, b, c FROM t;
--- b
CREATE TABLE t (c date, a int, b text);
CREATE VIEW v AS SELECT a, b, c FROM t;
--- operations:

--- case: a table like many: a column of every kind of change
--- a
CREATE TABLE account (
    id int PRIMARY KEY,
    login varchar(20) NOT NULL,
    balance int DEFAULT 0,
    note text,
    fax text,
    state int DEFAULT 1,
    created timestamp DEFAULT now()
);
CREATE INDEX account_login ON account (login);
CREATE INDEX account_fax ON account (fax);
--- b
CREATE TABLE account (
    id bigint PRIMARY KEY,
    login varchar(50) NOT NULL,
    balance numeric(12, 2) NOT NULL DEFAULT 0.0,
    note varchar(500),
    state text DEFAULT 'active',
    created timestamptz DEFAULT now(),
    updated timestamptz
);
CREATE UNIQUE INDEX account_login ON account (login);
CREATE INDEX account_updated ON account (updated);
--- data
INSERT INTO account VALUES (1, 'one', 5, 'n', '123', 2, '2024-01-01'), (2, 'two', 0, NULL, NULL, 1, '2024-01-02');
--- keep
SELECT id, login, balance::int, note, state::text, created::date FROM account ORDER BY id
--- destructive: yes
--- hazards: data_loss, table_rewrite, may_fail_on_data
