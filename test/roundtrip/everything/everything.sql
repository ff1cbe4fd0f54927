--- case: from everything to nothing, and back from nothing to everything
--- a
-- Schemas, extensions and what hardly anything depends on
CREATE SCHEMA ext;
CREATE SCHEMA shop AUTHORIZATION team;
CREATE SCHEMA billing;
CREATE SCHEMA audit;
CREATE SCHEMA api;
CREATE SCHEMA "Reporting";
COMMENT ON SCHEMA shop IS 'What is sold, to whom, and where it is';
COMMENT ON SCHEMA "Reporting" IS 'It''s for "people" only';
GRANT USAGE ON SCHEMA shop, api TO alice, bob;
GRANT USAGE, CREATE ON SCHEMA billing TO team;
CREATE EXTENSION citext SCHEMA ext;
CREATE EXTENSION hstore SCHEMA ext;
CREATE EXTENSION pg_trgm SCHEMA ext;
CREATE EXTENSION btree_gist SCHEMA ext;
COMMENT ON EXTENSION citext IS 'for mail addresses';
CREATE TRUSTED LANGUAGE plshop HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;
REVOKE USAGE ON LANGUAGE plshop FROM PUBLIC;
GRANT USAGE ON LANGUAGE plshop TO alice;
CREATE ACCESS METHOD heap_cold TYPE TABLE HANDLER heap_tableam_handler;
CREATE ACCESS METHOD gist_shop TYPE INDEX HANDLER gisthandler;
COMMENT ON ACCESS METHOD heap_cold IS 'for what is hardly read';
CREATE COLLATION shop.ignoring_case (PROVIDER = icu, LOCALE = 'und-u-ks-level2', DETERMINISTIC = false);
CREATE COLLATION shop.bytes (LOCALE = 'C');
CREATE CONVERSION api.to_latin FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
ALTER DEFAULT PRIVILEGES IN SCHEMA "Reporting" GRANT SELECT ON TABLES TO bob;
ALTER DEFAULT PRIVILEGES FOR ROLE alice REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- Types
CREATE TYPE shop.order_state AS ENUM ('new', 'paid', 'sent', 'returned', 'it''s over');
CREATE TYPE billing.payment_state AS ENUM ('open', 'done', 'failed');
CREATE TYPE shop.address AS (street text, city text COLLATE "C", zip varchar(10), country char(2));
CREATE TYPE billing.amount AS (value numeric(14,2), currency char(3));
CREATE DOMAIN shop.email AS ext.citext CONSTRAINT has_at CHECK (VALUE ~ '^[^@]+@[^@]+$');
CREATE DOMAIN shop.positive AS int DEFAULT 1 NOT NULL CONSTRAINT is_positive CHECK (VALUE > 0);
CREATE DOMAIN shop.sku AS text COLLATE shop.bytes CHECK (length(VALUE) BETWEEN 3 AND 20);
CREATE FUNCTION shop.day_difference(date, date) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT ($1 - $2)::double precision';
CREATE TYPE shop.days AS RANGE (SUBTYPE = date, SUBTYPE_DIFF = shop.day_difference, MULTIRANGE_TYPE_NAME = shop.many_days);
CREATE TYPE shop.label AS RANGE (SUBTYPE = text, COLLATION = "C");
CREATE TYPE shop.code;
CREATE FUNCTION shop.code_in(cstring) RETURNS shop.code LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textin';
CREATE FUNCTION shop.code_out(shop.code) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textout';
CREATE TYPE shop.code (INPUT = shop.code_in, OUTPUT = shop.code_out, LIKE = text, CATEGORY = 'S');
COMMENT ON TYPE shop.order_state IS 'how far an order is';
COMMENT ON DOMAIN shop.email IS 'an address of which we know no more';
COMMENT ON CONSTRAINT has_at ON DOMAIN shop.email IS 'good enough';
COMMENT ON COLUMN shop.address.zip IS 'not a number';
GRANT USAGE ON TYPE shop.order_state TO alice;
REVOKE USAGE ON TYPE billing.amount FROM PUBLIC;

-- Versions, a type with operators, classes and casts of its own
CREATE TYPE shop.version AS (major int, minor int);
CREATE FUNCTION shop.version_lt(shop.version, shop.version) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT ($1.major, $1.minor) < ($2.major, $2.minor)';
CREATE FUNCTION shop.version_ge(a shop.version, b shop.version) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT ($1.major, $1.minor) >= ($2.major, $2.minor)';
CREATE FUNCTION shop.version_same(shop.version, shop.version) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT ($1.major, $1.minor) = ($2.major, $2.minor)';
CREATE FUNCTION shop.version_cmp(shop.version, shop.version) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT btint8cmp($1.major * 1000::bigint + $1.minor, $2.major * 1000::bigint + $2.minor)';
CREATE OPERATOR shop.<~ (LEFTARG = shop.version, RIGHTARG = shop.version, FUNCTION = shop.version_lt, NEGATOR = OPERATOR(shop.>=~), RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
CREATE OPERATOR shop.>=~ (LEFTARG = shop.version, RIGHTARG = shop.version, FUNCTION = shop.version_ge, NEGATOR = OPERATOR(shop.<~), RESTRICT = scalargesel, JOIN = scalargejoinsel);
CREATE OPERATOR shop.~~~ (LEFTARG = shop.version, RIGHTARG = shop.version, FUNCTION = shop.version_same, COMMUTATOR = OPERATOR(shop.~~~), RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
COMMENT ON OPERATOR shop.<~ (shop.version, shop.version) IS 'is older';
CREATE OPERATOR FAMILY shop.version_family USING btree;
CREATE OPERATOR CLASS shop.version_ops DEFAULT FOR TYPE shop.version USING btree FAMILY shop.version_family AS OPERATOR 1 shop.<~, OPERATOR 3 shop.~~~, OPERATOR 4 shop.>=~, FUNCTION 1 shop.version_cmp(shop.version, shop.version);
CREATE OPERATOR CLASS shop.boxes DEFAULT FOR TYPE box USING gist_shop AS OPERATOR 1 <<, OPERATOR 3 &&, OPERATOR 6 ~=,
    FUNCTION 1 gist_box_consistent(internal, box, smallint, oid, internal), FUNCTION 2 gist_box_union(internal, internal),
    FUNCTION 5 gist_box_penalty(internal, internal, internal), FUNCTION 6 gist_box_picksplit(internal, internal), FUNCTION 7 gist_box_same(box, box, internal);
CREATE FUNCTION shop.version_number(v shop.version) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT v.major * 1000 + v.minor';
CREATE CAST (shop.version AS int) WITH FUNCTION shop.version_number(shop.version);
CREATE CAST (text AS shop.order_state) WITH INOUT AS ASSIGNMENT;
CREATE CAST (shop.code AS text) WITHOUT FUNCTION AS IMPLICIT;
COMMENT ON CAST (shop.version AS int) IS 'to sort by';
CREATE TRANSFORM FOR shop.code LANGUAGE plshop (FROM SQL WITH FUNCTION prsd_lextype(internal));

-- Functions that tables need
CREATE FUNCTION api.current_tenant() RETURNS int LANGUAGE sql STABLE PARALLEL SAFE AS $$SELECT nullif(current_setting('shop.tenant', true), '')::int$$;
CREATE FUNCTION shop.slug(title text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    RETURN lower(regexp_replace(title, '[^[:alnum:]]+', '-', 'g'));
END
$$;
CREATE FUNCTION shop.gross(net numeric, rate numeric DEFAULT 0.19) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN round(net * (1 + rate), 2);
CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW.changed := now(); RETURN NEW; END$$;
CREATE FUNCTION audit.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = audit, pg_temp AS $$
BEGIN
    INSERT INTO audit.log (at, relation, operation) VALUES (now(), TG_RELID::regclass::text, TG_OP);
    RETURN NULL;
END
$$;
CREATE SEQUENCE billing.invoice_number START 1000 INCREMENT 10 CACHE 5;
GRANT USAGE ON SEQUENCE billing.invoice_number TO alice;

-- Text search
CREATE TEXT SEARCH PARSER shop.words (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline);
CREATE TEXT SEARCH TEMPLATE shop.plain (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY shop.stop (TEMPLATE = shop.plain, StopWords = 'english', Accept = false);
CREATE TEXT SEARCH DICTIONARY shop.stem (TEMPLATE = snowball, Language = german);
CREATE TEXT SEARCH CONFIGURATION shop.search (PARSER = shop.words);
ALTER TEXT SEARCH CONFIGURATION shop.search ADD MAPPING FOR asciiword, word WITH shop.stop, shop.stem, simple;
ALTER TEXT SEARCH CONFIGURATION shop.search ADD MAPPING FOR numword, int WITH simple;
COMMENT ON TEXT SEARCH CONFIGURATION shop.search IS 'for products';

-- Tables
CREATE TABLE shop.tenant (
    id int GENERATED ALWAYS AS IDENTITY CONSTRAINT tenant_pk PRIMARY KEY,
    name text NOT NULL CONSTRAINT tenant_name UNIQUE,
    slug text GENERATED ALWAYS AS (shop.slug(name)) STORED,
    plan text NOT NULL DEFAULT 'free' CHECK (plan IN ('free', 'paid', 'it''s complicated')),
    active daterange NOT NULL DEFAULT daterange('2024-01-01', NULL),
    created timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE shop.account (
    id bigint GENERATED BY DEFAULT AS IDENTITY (START WITH 100 INCREMENT BY 2) PRIMARY KEY,
    tenant int NOT NULL DEFAULT api.current_tenant() REFERENCES shop.tenant ON DELETE CASCADE,
    email shop.email NOT NULL,
    name text COLLATE shop.ignoring_case,
    home shop.address,
    more ext.hstore DEFAULT 'a=>1',
    manager bigint,
    changed timestamptz,
    UNIQUE (tenant, email),
    CONSTRAINT own_manager FOREIGN KEY (manager) REFERENCES shop.account DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE shop.category (
    id serial PRIMARY KEY,
    parent int REFERENCES shop.category ON UPDATE CASCADE ON DELETE SET NULL,
    title text NOT NULL,
    sort smallint DEFAULT 0 CHECK (sort >= 0) NO INHERIT
);
CREATE TABLE shop.product (
    id bigserial PRIMARY KEY,
    tenant int NOT NULL REFERENCES shop.tenant,
    sku shop.sku NOT NULL,
    title text NOT NULL,
    body text COMPRESSION pglz,
    tags text[] NOT NULL DEFAULT '{}',
    attributes jsonb NOT NULL DEFAULT '{}'::jsonb CHECK (jsonb_typeof(attributes) = 'object'),
    net numeric(12,2) NOT NULL CHECK (net >= 0),
    gross numeric GENERATED ALWAYS AS (shop.gross(net, 0.19)) STORED,
    words tsvector GENERATED ALWAYS AS (setweight(to_tsvector('shop.search'::regconfig, title), 'A') || to_tsvector('shop.search'::regconfig, coalesce(body, ''))) STORED,
    place box,
    firmware shop.version DEFAULT ROW(1, 0),
    changed timestamptz,
    UNIQUE NULLS NOT DISTINCT (tenant, sku)
) WITH (fillfactor = 90, autovacuum_enabled = false);
CREATE TABLE shop.product_category (
    product bigint REFERENCES shop.product ON DELETE CASCADE,
    category int REFERENCES shop.category ON DELETE CASCADE,
    PRIMARY KEY (product, category)
);
CREATE TABLE shop.price (
    product bigint NOT NULL REFERENCES shop.product,
    valid shop.days NOT NULL,
    net numeric(12,2) NOT NULL,
    CONSTRAINT one_at_a_time EXCLUDE USING gist (product ext.gist_int8_ops WITH OPERATOR(pg_catalog.=), valid WITH &&) WHERE (net > 0)
);
CREATE TABLE shop.warehouse (id int PRIMARY KEY, name text, place shop.address, area box, CONSTRAINT apart EXCLUDE USING gist_shop (area WITH &&));
CREATE TABLE shop.stock (warehouse int REFERENCES shop.warehouse, product bigint REFERENCES shop.product, quantity shop.positive, reserved int DEFAULT 0, CHECK (reserved <= quantity), PRIMARY KEY (warehouse, product));
CREATE TABLE shop.customer (id bigint PRIMARY KEY, tenant int NOT NULL REFERENCES shop.tenant, email shop.email, addresses shop.address[], favourite bigint, vip boolean DEFAULT false) USING heap_cold;
CREATE TABLE shop.wishlist (customer bigint REFERENCES shop.customer, product bigint REFERENCES shop.product, note text, added timestamptz DEFAULT now(), PRIMARY KEY (customer, product));
ALTER TABLE shop.customer ADD CONSTRAINT favourite_is_wished FOREIGN KEY (id, favourite) REFERENCES shop.wishlist (customer, product) DEFERRABLE;
CREATE TABLE shop.orders (
    id bigint GENERATED ALWAYS AS IDENTITY,
    tenant int NOT NULL REFERENCES shop.tenant,
    customer bigint REFERENCES shop.customer,
    at timestamptz NOT NULL DEFAULT now(),
    state shop.order_state NOT NULL DEFAULT 'new',
    total billing.amount,
    CONSTRAINT orders_pk PRIMARY KEY (at, id)
) PARTITION BY RANGE (at);
CREATE TABLE shop.orders_2023 PARTITION OF shop.orders FOR VALUES FROM ('2023-01-01 00:00+00') TO ('2024-01-01 00:00+00');
CREATE TABLE shop.orders_2024 PARTITION OF shop.orders (CONSTRAINT has_customer CHECK (customer IS NOT NULL)) FOR VALUES FROM ('2024-01-01 00:00+00') TO ('2025-01-01 00:00+00') PARTITION BY RANGE (at);
CREATE TABLE shop.orders_2024_spring PARTITION OF shop.orders_2024 FOR VALUES FROM ('2024-01-01 00:00+00') TO ('2024-06-01 00:00+00');
CREATE TABLE shop.orders_2024_rest PARTITION OF shop.orders_2024 DEFAULT;
CREATE TABLE shop.order_item (order_at timestamptz NOT NULL, order_id bigint NOT NULL, line smallint NOT NULL, product bigint NOT NULL REFERENCES shop.product, quantity shop.positive, net numeric NOT NULL,
    PRIMARY KEY (order_at, order_id, line), FOREIGN KEY (order_at, order_id) REFERENCES shop.orders ON DELETE CASCADE) PARTITION BY HASH (order_id);
CREATE TABLE shop.order_item_0 PARTITION OF shop.order_item FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE shop.order_item_1 PARTITION OF shop.order_item FOR VALUES WITH (MODULUS 2, REMAINDER 1) WITH (fillfactor = 80);
CREATE TABLE billing.invoice (number bigint PRIMARY KEY DEFAULT nextval('billing.invoice_number'), order_at timestamptz, order_id bigint, issued date DEFAULT CURRENT_DATE, total billing.amount NOT NULL, storno bigint REFERENCES billing.invoice,
    CONSTRAINT for_order FOREIGN KEY (order_at, order_id) REFERENCES shop.orders MATCH FULL);
ALTER SEQUENCE billing.invoice_number OWNED BY billing.invoice.number;
CREATE TABLE billing.payment (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), invoice bigint NOT NULL, state billing.payment_state DEFAULT 'open', amount numeric NOT NULL, details xml);
ALTER TABLE billing.payment ADD CONSTRAINT payment_invoice FOREIGN KEY (invoice) REFERENCES billing.invoice NOT VALID;
CREATE TABLE billing.coupon OF billing.amount (currency DEFAULT 'EUR', CONSTRAINT coupon_value CHECK (value > 0));
CREATE TABLE audit.log (at timestamptz NOT NULL, relation text NOT NULL, operation text NOT NULL, who name DEFAULT current_user);
CREATE TABLE audit.log_of_rows (before jsonb, after jsonb) INHERITS (audit.log);
CREATE UNLOGGED TABLE api.session (token uuid PRIMARY KEY, account bigint REFERENCES shop.account, data jsonb, expires timestamptz);
CREATE TABLE "Reporting"."Daily Total" ("Day" date PRIMARY KEY, "Total in €" numeric, "select" int DEFAULT 0);
ALTER TABLE shop.product ALTER body SET STORAGE external, ALTER title SET STATISTICS 500, ALTER tags SET (n_distinct = 100);
ALTER TABLE shop.account OWNER TO alice;
ALTER TABLE billing.payment OWNER TO bob;

-- Indexes and statistics
CREATE INDEX product_words ON shop.product USING gin (words) WITH (fastupdate = off);
CREATE INDEX product_title ON shop.product USING gin (title ext.gin_trgm_ops);
CREATE INDEX product_tags ON shop.product USING gin (tags, attributes jsonb_path_ops);
CREATE INDEX product_place ON shop.product USING gist_shop (place) WHERE place IS NOT NULL;
CREATE INDEX product_firmware ON shop.product (firmware shop.version_ops, lower(title) COLLATE shop.bytes DESC NULLS LAST) INCLUDE (net);
CREATE UNIQUE INDEX account_name ON shop.account (tenant, lower(name)) WHERE name IS NOT NULL;
CREATE INDEX orders_customer ON shop.orders (customer, at DESC);
CREATE INDEX orders_2023_total ON shop.orders_2023 (((total).value));
CREATE INDEX log_at ON audit.log USING brin (at) WITH (pages_per_range = 32);
CREATE INDEX session_account ON api.session USING hash (account);
CREATE STATISTICS shop.order_kinds (ndistinct, dependencies) ON tenant, state FROM shop.orders;
CREATE STATISTICS shop.product_titles (mcv) ON (lower(title)), tenant FROM shop.product;
ALTER STATISTICS shop.product_titles SET STATISTICS 200;
ALTER TABLE shop.stock REPLICA IDENTITY FULL;
ALTER TABLE shop.product CLUSTER ON product_firmware;
ALTER TABLE audit.log REPLICA IDENTITY NOTHING;
COMMENT ON TABLE shop.product IS E'What is sold.\nOne row for each sku.';
COMMENT ON COLUMN shop.product.net IS 'without tax';
COMMENT ON CONSTRAINT one_at_a_time ON shop.price IS 'no two prices';
COMMENT ON INDEX shop.product_words IS 'full text';
COMMENT ON STATISTICS shop.order_kinds IS 'they go together';

-- Routines
CREATE FUNCTION shop.full_name(a shop.account) RETURNS text LANGUAGE sql STABLE AS $$SELECT a.name || ' <' || a.email || '>'$$;
CREATE FUNCTION shop.products_of(tenant_id int, VARIADIC wanted text[] DEFAULT '{}') RETURNS SETOF shop.product LANGUAGE sql STABLE ROWS 50
BEGIN ATOMIC
    SELECT * FROM shop.product WHERE tenant = tenant_id AND (wanted = '{}' OR tags && wanted);
END;
CREATE FUNCTION shop.tree(root int) RETURNS TABLE (id int, title text, depth int) LANGUAGE sql STABLE AS $$
    WITH RECURSIVE t (id, title, depth) AS (SELECT c.id, c.title, 0 FROM shop.category c WHERE c.id = root UNION ALL SELECT c.id, c.title, t.depth + 1 FROM shop.category c JOIN t ON c.parent = t.id)
    SELECT * FROM t
$$;
CREATE FUNCTION api.place_order(customer_id bigint, items jsonb, OUT order_id bigint, OUT total billing.amount) LANGUAGE plpgsql SECURITY DEFINER SET search_path = shop, billing, pg_temp COST 1000 AS $$
DECLARE
    item record;
    p shop.product%ROWTYPE;
BEGIN
    INSERT INTO shop.orders (tenant, customer) SELECT tenant, id FROM shop.customer WHERE id = customer_id RETURNING id INTO order_id;
    FOR item IN SELECT * FROM jsonb_to_recordset(items) AS x (sku text, quantity int) LOOP
        SELECT * INTO STRICT p FROM shop.product WHERE product.sku = item.sku;
    END LOOP;
    total := ROW(0, 'EUR');
END
$$;
REVOKE ALL ON FUNCTION api.place_order(bigint, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api.place_order(bigint, jsonb) TO alice WITH GRANT OPTION;
COMMENT ON FUNCTION api.place_order(bigint, jsonb) IS 'Places an order; it''s safe to call';
CREATE PROCEDURE billing.close_day(day date DEFAULT CURRENT_DATE, INOUT closed int DEFAULT 0) LANGUAGE plpgsql AS $$BEGIN UPDATE billing.invoice SET issued = day WHERE issued IS NULL; COMMIT; END$$;
CREATE FUNCTION shop.note(code shop.code) RETURNS text LANGUAGE plshop TRANSFORM FOR TYPE shop.code AS 'BEGIN RETURN code::text; END';
CREATE FUNCTION shop.add_amount(a billing.amount, b billing.amount) RETURNS billing.amount LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT ROW(coalesce(a.value, 0) + b.value, b.currency)::billing.amount';
CREATE AGGREGATE shop.sum(billing.amount) (SFUNC = shop.add_amount, STYPE = billing.amount, COMBINEFUNC = shop.add_amount, PARALLEL = SAFE);
CREATE AGGREGATE shop.median(ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = mode_final, FINALFUNC_EXTRA);
CREATE FUNCTION shop.nth() RETURNS bigint LANGUAGE internal WINDOW IMMUTABLE AS 'window_row_number';
COMMENT ON AGGREGATE shop.sum(billing.amount) IS 'of one currency';

-- Views
CREATE VIEW shop.open_order WITH (security_barrier) AS SELECT o.id, o.at, o.customer, o.total FROM shop.orders o WHERE o.state IN ('new', 'paid') WITH LOCAL CHECK OPTION;
CREATE VIEW api.product AS SELECT p.id, p.sku, p.title, p.gross, (SELECT array_agg(c.title ORDER BY c.sort) FROM shop.category c JOIN shop.product_category pc ON pc.category = c.id WHERE pc.product = p.id) AS categories FROM shop.product p WHERE p.tenant = api.current_tenant();
CREATE VIEW api.account WITH (security_invoker) AS SELECT a.id, shop.full_name(a) AS full_name, (a.home).city AS city FROM shop.account a;
CREATE VIEW shop.category_path AS WITH RECURSIVE p (id, path) AS (SELECT id, title FROM shop.category WHERE parent IS NULL UNION ALL SELECT c.id, p.path || '/' || c.title FROM shop.category c JOIN p ON c.parent = p.id) SEARCH DEPTH FIRST BY id SET ord SELECT id, path FROM p ORDER BY ord;
CREATE VIEW "Reporting"."By State" ("State", "Number", "Total") AS SELECT state, count(*), shop.sum(total) FROM shop.orders GROUP BY GROUPING SETS ((state), ());
CREATE MATERIALIZED VIEW "Reporting"."Best Sellers" WITH (fillfactor = 90) AS SELECT p.id, p.title, sum(i.quantity) AS sold, shop.nth() OVER (ORDER BY sum(i.quantity) DESC) AS place FROM shop.product p JOIN shop.order_item i ON i.product = p.id GROUP BY p.id, p.title;
CREATE UNIQUE INDEX best_sellers ON "Reporting"."Best Sellers" (id);
CREATE MATERIALIZED VIEW "Reporting"."Empty" AS SELECT * FROM "Reporting"."By State" WITH NO DATA;
CREATE VIEW "Reporting"."Top" AS SELECT b.title, t."Day" FROM "Reporting"."Best Sellers" b, "Reporting"."Daily Total" t WHERE b.place < 10;
COMMENT ON VIEW api.product IS 'What customers see';
COMMENT ON COLUMN api.product.gross IS 'with tax';
COMMENT ON MATERIALIZED VIEW "Reporting"."Best Sellers" IS 'refreshed at night';
ALTER VIEW shop.open_order ALTER at SET DEFAULT now();
CREATE FUNCTION api.search(q text) RETURNS SETOF api.product LANGUAGE sql STABLE AS $$SELECT * FROM api.product WHERE title ILIKE '%' || q || '%'$$;
GRANT SELECT ON api.product TO PUBLIC;
GRANT SELECT, INSERT ON shop.orders TO alice;
GRANT SELECT (id, title), UPDATE (title) ON shop.product TO bob;
GRANT SELECT ON ALL TABLES IN SCHEMA "Reporting" TO team;

-- Triggers, rules and policies
CREATE TRIGGER touch BEFORE UPDATE OF title, body, net ON shop.product FOR EACH ROW WHEN (OLD.net IS DISTINCT FROM NEW.net OR OLD.title <> NEW.title) EXECUTE FUNCTION shop.touch();
CREATE TRIGGER touch BEFORE UPDATE ON shop.account FOR EACH ROW EXECUTE FUNCTION shop.touch('x', 'it''s');
CREATE TRIGGER note AFTER INSERT OR DELETE ON shop.orders FOR EACH ROW EXECUTE FUNCTION audit.note();
CREATE TRIGGER note_all AFTER UPDATE ON billing.invoice REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.note();
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON billing.payment DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.note();
CREATE TRIGGER write INSTEAD OF INSERT OR UPDATE ON api.account FOR EACH ROW EXECUTE FUNCTION audit.note();
ALTER TABLE shop.orders_2023 DISABLE TRIGGER note;
ALTER TABLE billing.invoice ENABLE ALWAYS TRIGGER note_all;
COMMENT ON TRIGGER touch ON shop.product IS 'keeps changed';
CREATE RULE no_delete AS ON DELETE TO billing.invoice WHERE OLD.storno IS NULL DO INSTEAD NOTHING;
CREATE RULE write AS ON UPDATE TO "Reporting"."By State" DO INSTEAD UPDATE "Reporting"."Daily Total" SET "select" = NEW."Number" WHERE "Day" = '2024-01-01';
COMMENT ON RULE no_delete ON billing.invoice IS 'the law';
ALTER TABLE shop.product ENABLE ROW LEVEL SECURITY;
ALTER TABLE shop.account ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE shop.orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON shop.product USING (tenant = api.current_tenant()) WITH CHECK (tenant = api.current_tenant());
CREATE POLICY readers ON shop.product FOR SELECT TO bob, team USING (true);
CREATE POLICY self ON shop.account AS RESTRICTIVE FOR UPDATE TO alice USING (email = current_user::text) WITH CHECK (manager IS NULL);
CREATE POLICY mine ON shop.orders USING (EXISTS (SELECT FROM shop.customer c WHERE c.id = orders.customer AND c.tenant = orders.tenant));
COMMENT ON POLICY own_tenant ON shop.product IS 'each its own';

-- Everything else
CREATE FOREIGN DATA WRAPPER warehouse OPTIONS (debug 'false');
GRANT USAGE ON FOREIGN DATA WRAPPER warehouse TO alice;
CREATE SERVER erp TYPE 'erp' VERSION '7' FOREIGN DATA WRAPPER warehouse OPTIONS (host 'erp.example.org', secret 'it''s');
GRANT USAGE ON FOREIGN SERVER erp TO alice;
CREATE USER MAPPING FOR alice SERVER erp OPTIONS (user 'shop', password 'x''y');
CREATE USER MAPPING FOR PUBLIC SERVER erp;
CREATE FOREIGN TABLE shop.erp_stock (sku shop.sku OPTIONS (field 'MATNR') NOT NULL, quantity int DEFAULT 0, CHECK (quantity >= 0)) SERVER erp OPTIONS (module 'MM');
CREATE FOREIGN TABLE audit.log_remote () INHERITS (audit.log) SERVER erp;
CREATE VIEW shop.all_stock AS SELECT p.sku, s.quantity FROM shop.stock s JOIN shop.product p ON p.id = s.product UNION ALL SELECT sku, quantity FROM shop.erp_stock;
CREATE PUBLICATION products FOR TABLE shop.product (id, sku, title) WHERE (id > 0), shop.orders WITH (publish = 'insert, update', publish_via_partition_root = true);
CREATE PUBLICATION billing FOR TABLES IN SCHEMA billing, audit;
CREATE PUBLICATION everything FOR ALL TABLES;
COMMENT ON PUBLICATION products IS 'for the web shop';
CREATE SUBSCRIPTION central CONNECTION 'host=nowhere dbname=central' PUBLICATION tenants, plans WITH (connect = false, slot_name = NONE, binary = true);
CREATE FUNCTION audit.ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN PERFORM 1; END$$;
CREATE EVENT TRIGGER on_ddl ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'ALTER TABLE') EXECUTE FUNCTION audit.ddl();
CREATE EVENT TRIGGER on_drop ON sql_drop EXECUTE FUNCTION audit.ddl();
ALTER EVENT TRIGGER on_drop DISABLE;
--- b
--- data
INSERT INTO shop.tenant (name) VALUES ('Acme Inc.'), ('Other');
INSERT INTO shop.account (tenant, email, name, home) VALUES (1, 'a@example.org', 'Ann', ('Street 1', 'Town', '12345', 'DE')), (2, 'b@example.org', 'Bob', NULL);
INSERT INTO shop.category (parent, title) VALUES (NULL, 'All'), (1, 'Books'), (2, 'Novels');
INSERT INTO shop.product (tenant, sku, title, body, tags, net, place) VALUES (1, 'AB-1', 'The Book', 'A good one', '{new}', 10, '(1,1),(0,0)'), (1, 'AB-2', 'The Other Book', NULL, '{}', 20.5, NULL);
INSERT INTO shop.product_category VALUES (1, 2), (2, 3);
INSERT INTO shop.price VALUES (1, '[2024-01-01,2024-06-01)', 9), (1, '[2024-06-01,)', 10);
INSERT INTO shop.warehouse VALUES (1, 'North', NULL, '(1,1),(0,0)');
INSERT INTO shop.stock VALUES (1, 1, 5, 2), (1, 2, 7, 0);
INSERT INTO shop.customer VALUES (1, 1, 'c@example.org', ARRAY[ROW('Street 2', 'City', '1', 'AT')::shop.address], NULL, true);
INSERT INTO shop.wishlist (customer, product, note) VALUES (1, 2, 'for me');
UPDATE shop.customer SET favourite = 2;
INSERT INTO shop.orders (tenant, customer, at, state, total) VALUES (1, 1, '2023-05-01 00:00+00', 'sent', (10, 'EUR')), (1, 1, '2024-05-01 00:00+00', 'new', (20.5, 'EUR')), (1, 1, '2024-06-01 00:00+00', 'it''s over', NULL);
INSERT INTO shop.order_item SELECT at, id, 1, 1, 2, 10 FROM shop.orders WHERE at > '2024-01-01';
INSERT INTO billing.invoice (order_at, order_id, issued, total) SELECT at, id, '2024-01-01', coalesce(total, (1, 'EUR')::billing.amount) FROM shop.orders WHERE at > '2024-01-01';
INSERT INTO billing.payment (id, invoice, amount) VALUES ('00000000-0000-0000-0000-000000000001', 1000, 10);
INSERT INTO billing.coupon VALUES (5, 'EUR');
INSERT INTO audit.log_of_rows (at, relation, operation, before) VALUES ('2024-01-01', 'x', 'INSERT', '{}');
INSERT INTO api.session VALUES ('00000000-0000-0000-0000-000000000002', 100, '{}', '2030-01-01');
INSERT INTO "Reporting"."Daily Total" VALUES ('2024-01-01', 12.5, 3);
REFRESH MATERIALIZED VIEW "Reporting"."Best Sellers";
--- destructive: yes
--- hazards: data_loss

--- case: many changes at once
--- both
-- Schemas, extensions and what hardly anything depends on
CREATE SCHEMA ext;
CREATE SCHEMA shop AUTHORIZATION team;
CREATE SCHEMA billing;
CREATE SCHEMA audit;
CREATE SCHEMA api;
CREATE SCHEMA "Reporting";
COMMENT ON SCHEMA shop IS 'What is sold, to whom, and where it is';
COMMENT ON SCHEMA "Reporting" IS 'It''s for "people" only';
GRANT USAGE ON SCHEMA shop, api TO alice, bob;
GRANT USAGE, CREATE ON SCHEMA billing TO team;
CREATE EXTENSION citext SCHEMA ext;
CREATE EXTENSION hstore SCHEMA ext;
CREATE EXTENSION pg_trgm SCHEMA ext;
CREATE EXTENSION btree_gist SCHEMA ext;
COMMENT ON EXTENSION citext IS 'for mail addresses';
CREATE TRUSTED LANGUAGE plshop HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;
REVOKE USAGE ON LANGUAGE plshop FROM PUBLIC;
GRANT USAGE ON LANGUAGE plshop TO alice;
CREATE ACCESS METHOD heap_cold TYPE TABLE HANDLER heap_tableam_handler;
CREATE ACCESS METHOD gist_shop TYPE INDEX HANDLER gisthandler;
COMMENT ON ACCESS METHOD heap_cold IS 'for what is hardly read';
CREATE COLLATION shop.ignoring_case (PROVIDER = icu, LOCALE = 'und-u-ks-level2', DETERMINISTIC = false);
CREATE COLLATION shop.bytes (LOCALE = 'C');
CREATE CONVERSION api.to_latin FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;
ALTER DEFAULT PRIVILEGES IN SCHEMA "Reporting" GRANT SELECT ON TABLES TO bob;
ALTER DEFAULT PRIVILEGES FOR ROLE alice REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- Types
CREATE TYPE shop.order_state AS ENUM ('new', 'paid', 'sent', 'returned', 'it''s over');
CREATE TYPE billing.payment_state AS ENUM ('open', 'done', 'failed');
CREATE TYPE shop.address AS (street text, city text COLLATE "C", zip varchar(10), country char(2));
CREATE TYPE billing.amount AS (value numeric(14,2), currency char(3));
CREATE DOMAIN shop.email AS ext.citext CONSTRAINT has_at CHECK (VALUE ~ '^[^@]+@[^@]+$');
CREATE DOMAIN shop.positive AS int DEFAULT 1 NOT NULL CONSTRAINT is_positive CHECK (VALUE > 0);
CREATE DOMAIN shop.sku AS text COLLATE shop.bytes CHECK (length(VALUE) BETWEEN 3 AND 20);
CREATE FUNCTION shop.day_difference(date, date) RETURNS double precision LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT ($1 - $2)::double precision';
CREATE TYPE shop.days AS RANGE (SUBTYPE = date, SUBTYPE_DIFF = shop.day_difference, MULTIRANGE_TYPE_NAME = shop.many_days);
CREATE TYPE shop.label AS RANGE (SUBTYPE = text, COLLATION = "C");
CREATE TYPE shop.code;
CREATE FUNCTION shop.code_in(cstring) RETURNS shop.code LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textin';
CREATE FUNCTION shop.code_out(shop.code) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textout';
CREATE TYPE shop.code (INPUT = shop.code_in, OUTPUT = shop.code_out, LIKE = text, CATEGORY = 'S');
COMMENT ON TYPE shop.order_state IS 'how far an order is';
COMMENT ON DOMAIN shop.email IS 'an address of which we know no more';
COMMENT ON CONSTRAINT has_at ON DOMAIN shop.email IS 'good enough';
COMMENT ON COLUMN shop.address.zip IS 'not a number';
GRANT USAGE ON TYPE shop.order_state TO alice;
REVOKE USAGE ON TYPE billing.amount FROM PUBLIC;

-- Versions, a type with operators, classes and casts of its own
CREATE TYPE shop.version AS (major int, minor int);
CREATE FUNCTION shop.version_lt(shop.version, shop.version) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT ($1.major, $1.minor) < ($2.major, $2.minor)';
CREATE FUNCTION shop.version_ge(a shop.version, b shop.version) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT ($1.major, $1.minor) >= ($2.major, $2.minor)';
CREATE FUNCTION shop.version_same(shop.version, shop.version) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT ($1.major, $1.minor) = ($2.major, $2.minor)';
CREATE FUNCTION shop.version_cmp(shop.version, shop.version) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT btint8cmp($1.major * 1000::bigint + $1.minor, $2.major * 1000::bigint + $2.minor)';
CREATE OPERATOR shop.<~ (LEFTARG = shop.version, RIGHTARG = shop.version, FUNCTION = shop.version_lt, NEGATOR = OPERATOR(shop.>=~), RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
CREATE OPERATOR shop.>=~ (LEFTARG = shop.version, RIGHTARG = shop.version, FUNCTION = shop.version_ge, NEGATOR = OPERATOR(shop.<~), RESTRICT = scalargesel, JOIN = scalargejoinsel);
CREATE OPERATOR shop.~~~ (LEFTARG = shop.version, RIGHTARG = shop.version, FUNCTION = shop.version_same, COMMUTATOR = OPERATOR(shop.~~~), RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
COMMENT ON OPERATOR shop.<~ (shop.version, shop.version) IS 'is older';
CREATE OPERATOR FAMILY shop.version_family USING btree;
CREATE OPERATOR CLASS shop.version_ops DEFAULT FOR TYPE shop.version USING btree FAMILY shop.version_family AS OPERATOR 1 shop.<~, OPERATOR 3 shop.~~~, OPERATOR 4 shop.>=~, FUNCTION 1 shop.version_cmp(shop.version, shop.version);
CREATE OPERATOR CLASS shop.boxes DEFAULT FOR TYPE box USING gist_shop AS OPERATOR 1 <<, OPERATOR 3 &&, OPERATOR 6 ~=,
    FUNCTION 1 gist_box_consistent(internal, box, smallint, oid, internal), FUNCTION 2 gist_box_union(internal, internal),
    FUNCTION 5 gist_box_penalty(internal, internal, internal), FUNCTION 6 gist_box_picksplit(internal, internal), FUNCTION 7 gist_box_same(box, box, internal);
CREATE FUNCTION shop.version_number(v shop.version) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT v.major * 1000 + v.minor';
CREATE CAST (shop.version AS int) WITH FUNCTION shop.version_number(shop.version);
CREATE CAST (text AS shop.order_state) WITH INOUT AS ASSIGNMENT;
CREATE CAST (shop.code AS text) WITHOUT FUNCTION AS IMPLICIT;
COMMENT ON CAST (shop.version AS int) IS 'to sort by';
CREATE TRANSFORM FOR shop.code LANGUAGE plshop (FROM SQL WITH FUNCTION prsd_lextype(internal));

-- Functions that tables need
CREATE FUNCTION api.current_tenant() RETURNS int LANGUAGE sql STABLE PARALLEL SAFE AS $$SELECT nullif(current_setting('shop.tenant', true), '')::int$$;
CREATE FUNCTION shop.slug(title text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    RETURN lower(regexp_replace(title, '[^[:alnum:]]+', '-', 'g'));
END
$$;
CREATE FUNCTION shop.gross(net numeric, rate numeric DEFAULT 0.19) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN round(net * (1 + rate), 2);
CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW.changed := now(); RETURN NEW; END$$;
CREATE FUNCTION audit.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = audit, pg_temp AS $$
BEGIN
    INSERT INTO audit.log (at, relation, operation) VALUES (now(), TG_RELID::regclass::text, TG_OP);
    RETURN NULL;
END
$$;
CREATE SEQUENCE billing.invoice_number START 1000 INCREMENT 10 CACHE 5;
GRANT USAGE ON SEQUENCE billing.invoice_number TO alice;

-- Text search
CREATE TEXT SEARCH PARSER shop.words (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype, HEADLINE = prsd_headline);
CREATE TEXT SEARCH TEMPLATE shop.plain (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY shop.stop (TEMPLATE = shop.plain, StopWords = 'english', Accept = false);
CREATE TEXT SEARCH DICTIONARY shop.stem (TEMPLATE = snowball, Language = german);
CREATE TEXT SEARCH CONFIGURATION shop.search (PARSER = shop.words);
ALTER TEXT SEARCH CONFIGURATION shop.search ADD MAPPING FOR asciiword, word WITH shop.stop, shop.stem, simple;
ALTER TEXT SEARCH CONFIGURATION shop.search ADD MAPPING FOR numword, int WITH simple;
COMMENT ON TEXT SEARCH CONFIGURATION shop.search IS 'for products';

-- Tables
CREATE TABLE shop.tenant (
    id int GENERATED ALWAYS AS IDENTITY CONSTRAINT tenant_pk PRIMARY KEY,
    name text NOT NULL CONSTRAINT tenant_name UNIQUE,
    slug text GENERATED ALWAYS AS (shop.slug(name)) STORED,
    plan text NOT NULL DEFAULT 'free' CHECK (plan IN ('free', 'paid', 'it''s complicated')),
    active daterange NOT NULL DEFAULT daterange('2024-01-01', NULL),
    created timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE shop.account (
    id bigint GENERATED BY DEFAULT AS IDENTITY (START WITH 100 INCREMENT BY 2) PRIMARY KEY,
    tenant int NOT NULL DEFAULT api.current_tenant() REFERENCES shop.tenant ON DELETE CASCADE,
    email shop.email NOT NULL,
    name text COLLATE shop.ignoring_case,
    home shop.address,
    more ext.hstore DEFAULT 'a=>1',
    manager bigint,
    changed timestamptz,
    UNIQUE (tenant, email),
    CONSTRAINT own_manager FOREIGN KEY (manager) REFERENCES shop.account DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE shop.category (
    id serial PRIMARY KEY,
    parent int REFERENCES shop.category ON UPDATE CASCADE ON DELETE SET NULL,
    title text NOT NULL,
    sort smallint DEFAULT 0 CHECK (sort >= 0) NO INHERIT
);
CREATE TABLE shop.product (
    id bigserial PRIMARY KEY,
    tenant int NOT NULL REFERENCES shop.tenant,
    sku shop.sku NOT NULL,
    title text NOT NULL,
    body text COMPRESSION pglz,
    tags text[] NOT NULL DEFAULT '{}',
    attributes jsonb NOT NULL DEFAULT '{}'::jsonb CHECK (jsonb_typeof(attributes) = 'object'),
    net numeric(12,2) NOT NULL CHECK (net >= 0),
    gross numeric GENERATED ALWAYS AS (shop.gross(net, 0.19)) STORED,
    words tsvector GENERATED ALWAYS AS (setweight(to_tsvector('shop.search'::regconfig, title), 'A') || to_tsvector('shop.search'::regconfig, coalesce(body, ''))) STORED,
    place box,
    firmware shop.version DEFAULT ROW(1, 0),
    changed timestamptz,
    UNIQUE NULLS NOT DISTINCT (tenant, sku)
) WITH (fillfactor = 90, autovacuum_enabled = false);
CREATE TABLE shop.product_category (
    product bigint REFERENCES shop.product ON DELETE CASCADE,
    category int REFERENCES shop.category ON DELETE CASCADE,
    PRIMARY KEY (product, category)
);
CREATE TABLE shop.price (
    product bigint NOT NULL REFERENCES shop.product,
    valid shop.days NOT NULL,
    net numeric(12,2) NOT NULL,
    CONSTRAINT one_at_a_time EXCLUDE USING gist (product ext.gist_int8_ops WITH OPERATOR(pg_catalog.=), valid WITH &&) WHERE (net > 0)
);
CREATE TABLE shop.warehouse (id int PRIMARY KEY, name text, place shop.address, area box, CONSTRAINT apart EXCLUDE USING gist_shop (area WITH &&));
CREATE TABLE shop.stock (warehouse int REFERENCES shop.warehouse, product bigint REFERENCES shop.product, quantity shop.positive, reserved int DEFAULT 0, CHECK (reserved <= quantity), PRIMARY KEY (warehouse, product));
CREATE TABLE shop.customer (id bigint PRIMARY KEY, tenant int NOT NULL REFERENCES shop.tenant, email shop.email, addresses shop.address[], favourite bigint, vip boolean DEFAULT false) USING heap_cold;
CREATE TABLE shop.wishlist (customer bigint REFERENCES shop.customer, product bigint REFERENCES shop.product, note text, added timestamptz DEFAULT now(), PRIMARY KEY (customer, product));
ALTER TABLE shop.customer ADD CONSTRAINT favourite_is_wished FOREIGN KEY (id, favourite) REFERENCES shop.wishlist (customer, product) DEFERRABLE;
CREATE TABLE shop.orders (
    id bigint GENERATED ALWAYS AS IDENTITY,
    tenant int NOT NULL REFERENCES shop.tenant,
    customer bigint REFERENCES shop.customer,
    at timestamptz NOT NULL DEFAULT now(),
    state shop.order_state NOT NULL DEFAULT 'new',
    total billing.amount,
    CONSTRAINT orders_pk PRIMARY KEY (at, id)
) PARTITION BY RANGE (at);
CREATE TABLE shop.orders_2023 PARTITION OF shop.orders FOR VALUES FROM ('2023-01-01 00:00+00') TO ('2024-01-01 00:00+00');
CREATE TABLE shop.orders_2024 PARTITION OF shop.orders (CONSTRAINT has_customer CHECK (customer IS NOT NULL)) FOR VALUES FROM ('2024-01-01 00:00+00') TO ('2025-01-01 00:00+00') PARTITION BY RANGE (at);
CREATE TABLE shop.orders_2024_spring PARTITION OF shop.orders_2024 FOR VALUES FROM ('2024-01-01 00:00+00') TO ('2024-06-01 00:00+00');
CREATE TABLE shop.orders_2024_rest PARTITION OF shop.orders_2024 DEFAULT;
CREATE TABLE shop.order_item (order_at timestamptz NOT NULL, order_id bigint NOT NULL, line smallint NOT NULL, product bigint NOT NULL REFERENCES shop.product, quantity shop.positive, net numeric NOT NULL,
    PRIMARY KEY (order_at, order_id, line), FOREIGN KEY (order_at, order_id) REFERENCES shop.orders ON DELETE CASCADE) PARTITION BY HASH (order_id);
CREATE TABLE shop.order_item_0 PARTITION OF shop.order_item FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE shop.order_item_1 PARTITION OF shop.order_item FOR VALUES WITH (MODULUS 2, REMAINDER 1) WITH (fillfactor = 80);
CREATE TABLE billing.invoice (number bigint PRIMARY KEY DEFAULT nextval('billing.invoice_number'), order_at timestamptz, order_id bigint, issued date DEFAULT CURRENT_DATE, total billing.amount NOT NULL, storno bigint REFERENCES billing.invoice,
    CONSTRAINT for_order FOREIGN KEY (order_at, order_id) REFERENCES shop.orders MATCH FULL);
ALTER SEQUENCE billing.invoice_number OWNED BY billing.invoice.number;
CREATE TABLE billing.payment (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), invoice bigint NOT NULL, state billing.payment_state DEFAULT 'open', amount numeric NOT NULL, details xml);
ALTER TABLE billing.payment ADD CONSTRAINT payment_invoice FOREIGN KEY (invoice) REFERENCES billing.invoice NOT VALID;
CREATE TABLE billing.coupon OF billing.amount (currency DEFAULT 'EUR', CONSTRAINT coupon_value CHECK (value > 0));
CREATE TABLE audit.log (at timestamptz NOT NULL, relation text NOT NULL, operation text NOT NULL, who name DEFAULT current_user);
CREATE TABLE audit.log_of_rows (at timestamptz NOT NULL, relation text NOT NULL, operation text NOT NULL, who name DEFAULT current_user, before jsonb, after jsonb) INHERITS (audit.log);
CREATE UNLOGGED TABLE api.session (token uuid PRIMARY KEY, account bigint REFERENCES shop.account, data jsonb, expires timestamptz);
CREATE TABLE "Reporting"."Daily Total" ("Day" date PRIMARY KEY, "Total in €" numeric, "select" int DEFAULT 0);
ALTER TABLE shop.product ALTER body SET STORAGE external, ALTER title SET STATISTICS 500, ALTER tags SET (n_distinct = 100);
ALTER TABLE shop.account OWNER TO alice;
ALTER TABLE billing.payment OWNER TO bob;

-- Indexes and statistics
CREATE INDEX product_words ON shop.product USING gin (words) WITH (fastupdate = off);
CREATE INDEX product_title ON shop.product USING gin (title ext.gin_trgm_ops);
CREATE INDEX product_tags ON shop.product USING gin (tags, attributes jsonb_path_ops);
CREATE INDEX product_place ON shop.product USING gist_shop (place) WHERE place IS NOT NULL;
CREATE INDEX product_firmware ON shop.product (firmware shop.version_ops, lower(title) COLLATE shop.bytes DESC NULLS LAST) INCLUDE (net);
CREATE UNIQUE INDEX account_name ON shop.account (tenant, lower(name)) WHERE name IS NOT NULL;
CREATE INDEX orders_customer ON shop.orders (customer, at DESC);
CREATE INDEX orders_2023_total ON shop.orders_2023 (((total).value));
CREATE INDEX log_at ON audit.log USING brin (at) WITH (pages_per_range = 32);
CREATE INDEX session_account ON api.session USING hash (account);
CREATE STATISTICS shop.order_kinds (ndistinct, dependencies) ON tenant, state FROM shop.orders;
CREATE STATISTICS shop.product_titles (mcv) ON (lower(title)), tenant FROM shop.product;
ALTER STATISTICS shop.product_titles SET STATISTICS 200;
ALTER TABLE shop.stock REPLICA IDENTITY FULL;
ALTER TABLE shop.product CLUSTER ON product_firmware;
ALTER TABLE audit.log REPLICA IDENTITY NOTHING;
COMMENT ON TABLE shop.product IS E'What is sold.\nOne row for each sku.';
COMMENT ON COLUMN shop.product.net IS 'without tax';
COMMENT ON CONSTRAINT one_at_a_time ON shop.price IS 'no two prices';
COMMENT ON INDEX shop.product_words IS 'full text';
COMMENT ON STATISTICS shop.order_kinds IS 'they go together';

-- Routines
CREATE FUNCTION shop.full_name(a shop.account) RETURNS text LANGUAGE sql STABLE AS $$SELECT a.name || ' <' || a.email || '>'$$;
CREATE FUNCTION shop.products_of(tenant_id int, VARIADIC wanted text[] DEFAULT '{}') RETURNS SETOF shop.product LANGUAGE sql STABLE ROWS 50
BEGIN ATOMIC
    SELECT * FROM shop.product WHERE tenant = tenant_id AND (wanted = '{}' OR tags && wanted);
END;
CREATE FUNCTION shop.tree(root int) RETURNS TABLE (id int, title text, depth int) LANGUAGE sql STABLE AS $$
    WITH RECURSIVE t (id, title, depth) AS (SELECT c.id, c.title, 0 FROM shop.category c WHERE c.id = root UNION ALL SELECT c.id, c.title, t.depth + 1 FROM shop.category c JOIN t ON c.parent = t.id)
    SELECT * FROM t
$$;
CREATE FUNCTION api.place_order(customer_id bigint, items jsonb, OUT order_id bigint, OUT total billing.amount) LANGUAGE plpgsql SECURITY DEFINER SET search_path = shop, billing, pg_temp COST 1000 AS $$
DECLARE
    item record;
    p shop.product%ROWTYPE;
BEGIN
    INSERT INTO shop.orders (tenant, customer) SELECT tenant, id FROM shop.customer WHERE id = customer_id RETURNING id INTO order_id;
    FOR item IN SELECT * FROM jsonb_to_recordset(items) AS x (sku text, quantity int) LOOP
        SELECT * INTO STRICT p FROM shop.product WHERE product.sku = item.sku;
    END LOOP;
    total := ROW(0, 'EUR');
END
$$;
REVOKE ALL ON FUNCTION api.place_order(bigint, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION api.place_order(bigint, jsonb) TO alice WITH GRANT OPTION;
COMMENT ON FUNCTION api.place_order(bigint, jsonb) IS 'Places an order; it''s safe to call';
CREATE PROCEDURE billing.close_day(day date DEFAULT CURRENT_DATE, INOUT closed int DEFAULT 0) LANGUAGE plpgsql AS $$BEGIN UPDATE billing.invoice SET issued = day WHERE issued IS NULL; COMMIT; END$$;
CREATE FUNCTION shop.note(code shop.code) RETURNS text LANGUAGE plshop TRANSFORM FOR TYPE shop.code AS 'BEGIN RETURN code::text; END';
CREATE FUNCTION shop.add_amount(a billing.amount, b billing.amount) RETURNS billing.amount LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT ROW(coalesce(a.value, 0) + b.value, b.currency)::billing.amount';
CREATE AGGREGATE shop.sum(billing.amount) (SFUNC = shop.add_amount, STYPE = billing.amount, COMBINEFUNC = shop.add_amount, PARALLEL = SAFE);
CREATE AGGREGATE shop.median(ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = mode_final, FINALFUNC_EXTRA);
CREATE FUNCTION shop.nth() RETURNS bigint LANGUAGE internal WINDOW IMMUTABLE AS 'window_row_number';
COMMENT ON AGGREGATE shop.sum(billing.amount) IS 'of one currency';

-- Views
CREATE VIEW shop.open_order WITH (security_barrier) AS SELECT o.id, o.at, o.customer, o.total FROM shop.orders o WHERE o.state IN ('new', 'paid') WITH LOCAL CHECK OPTION;
CREATE VIEW api.product AS SELECT p.id, p.sku, p.title, p.gross, (SELECT array_agg(c.title ORDER BY c.sort) FROM shop.category c JOIN shop.product_category pc ON pc.category = c.id WHERE pc.product = p.id) AS categories FROM shop.product p WHERE p.tenant = api.current_tenant();
CREATE VIEW api.account WITH (security_invoker) AS SELECT a.id, shop.full_name(a) AS full_name, (a.home).city AS city FROM shop.account a;
CREATE VIEW shop.category_path AS WITH RECURSIVE p (id, path) AS (SELECT id, title FROM shop.category WHERE parent IS NULL UNION ALL SELECT c.id, p.path || '/' || c.title FROM shop.category c JOIN p ON c.parent = p.id) SEARCH DEPTH FIRST BY id SET ord SELECT id, path FROM p ORDER BY ord;
CREATE VIEW "Reporting"."By State" ("State", "Number", "Total") AS SELECT state, count(*), shop.sum(total) FROM shop.orders GROUP BY GROUPING SETS ((state), ());
CREATE MATERIALIZED VIEW "Reporting"."Best Sellers" WITH (fillfactor = 90) AS SELECT p.id, p.title, sum(i.quantity) AS sold, shop.nth() OVER (ORDER BY sum(i.quantity) DESC) AS place FROM shop.product p JOIN shop.order_item i ON i.product = p.id GROUP BY p.id, p.title;
CREATE UNIQUE INDEX best_sellers ON "Reporting"."Best Sellers" (id);
CREATE MATERIALIZED VIEW "Reporting"."Empty" AS SELECT * FROM "Reporting"."By State" WITH NO DATA;
CREATE VIEW "Reporting"."Top" AS SELECT b.title, t."Day" FROM "Reporting"."Best Sellers" b, "Reporting"."Daily Total" t WHERE b.place < 10;
COMMENT ON VIEW api.product IS 'What customers see';
COMMENT ON COLUMN api.product.gross IS 'with tax';
COMMENT ON MATERIALIZED VIEW "Reporting"."Best Sellers" IS 'refreshed at night';
ALTER VIEW shop.open_order ALTER at SET DEFAULT now();
CREATE FUNCTION api.search(q text) RETURNS SETOF api.product LANGUAGE sql STABLE AS $$SELECT * FROM api.product WHERE title ILIKE '%' || q || '%'$$;
GRANT SELECT ON api.product TO PUBLIC;
GRANT SELECT, INSERT ON shop.orders TO alice;
GRANT SELECT (id, title), UPDATE (title) ON shop.product TO bob;
GRANT SELECT ON ALL TABLES IN SCHEMA "Reporting" TO team;

-- Triggers, rules and policies
CREATE TRIGGER touch BEFORE UPDATE OF title, body, net ON shop.product FOR EACH ROW WHEN (OLD.net IS DISTINCT FROM NEW.net OR OLD.title <> NEW.title) EXECUTE FUNCTION shop.touch();
CREATE TRIGGER touch BEFORE UPDATE ON shop.account FOR EACH ROW EXECUTE FUNCTION shop.touch('x', 'it''s');
CREATE TRIGGER note AFTER INSERT OR DELETE ON shop.orders FOR EACH ROW EXECUTE FUNCTION audit.note();
CREATE TRIGGER note_all AFTER UPDATE ON billing.invoice REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.note();
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON billing.payment DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.note();
CREATE TRIGGER write INSTEAD OF INSERT OR UPDATE ON api.account FOR EACH ROW EXECUTE FUNCTION audit.note();
ALTER TABLE shop.orders_2023 DISABLE TRIGGER note;
ALTER TABLE billing.invoice ENABLE ALWAYS TRIGGER note_all;
COMMENT ON TRIGGER touch ON shop.product IS 'keeps changed';
CREATE RULE no_delete AS ON DELETE TO billing.invoice WHERE OLD.storno IS NULL DO INSTEAD NOTHING;
CREATE RULE write AS ON UPDATE TO "Reporting"."By State" DO INSTEAD UPDATE "Reporting"."Daily Total" SET "select" = NEW."Number" WHERE "Day" = '2024-01-01';
COMMENT ON RULE no_delete ON billing.invoice IS 'the law';
ALTER TABLE shop.product ENABLE ROW LEVEL SECURITY;
ALTER TABLE shop.account ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE shop.orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON shop.product USING (tenant = api.current_tenant()) WITH CHECK (tenant = api.current_tenant());
CREATE POLICY readers ON shop.product FOR SELECT TO bob, team USING (true);
CREATE POLICY self ON shop.account AS RESTRICTIVE FOR UPDATE TO alice USING (email = current_user::text) WITH CHECK (manager IS NULL);
CREATE POLICY mine ON shop.orders USING (EXISTS (SELECT FROM shop.customer c WHERE c.id = orders.customer AND c.tenant = orders.tenant));
COMMENT ON POLICY own_tenant ON shop.product IS 'each its own';

-- Everything else
CREATE FOREIGN DATA WRAPPER warehouse OPTIONS (debug 'false');
GRANT USAGE ON FOREIGN DATA WRAPPER warehouse TO alice;
CREATE SERVER erp TYPE 'erp' VERSION '7' FOREIGN DATA WRAPPER warehouse OPTIONS (host 'erp.example.org', secret 'it''s');
GRANT USAGE ON FOREIGN SERVER erp TO alice;
CREATE USER MAPPING FOR alice SERVER erp OPTIONS (user 'shop', password 'x''y');
CREATE USER MAPPING FOR PUBLIC SERVER erp;
CREATE FOREIGN TABLE shop.erp_stock (sku shop.sku OPTIONS (field 'MATNR') NOT NULL, quantity int DEFAULT 0, CHECK (quantity >= 0)) SERVER erp OPTIONS (module 'MM');
CREATE FOREIGN TABLE audit.log_remote () INHERITS (audit.log) SERVER erp;
CREATE VIEW shop.all_stock AS SELECT p.sku, s.quantity FROM shop.stock s JOIN shop.product p ON p.id = s.product UNION ALL SELECT sku, quantity FROM shop.erp_stock;
CREATE PUBLICATION products FOR TABLE shop.product (id, sku, title) WHERE (id > 0), shop.orders WITH (publish = 'insert, update', publish_via_partition_root = true);
CREATE PUBLICATION billing FOR TABLES IN SCHEMA billing, audit;
CREATE PUBLICATION everything FOR ALL TABLES;
COMMENT ON PUBLICATION products IS 'for the web shop';
CREATE SUBSCRIPTION central CONNECTION 'host=nowhere dbname=central' PUBLICATION tenants, plans WITH (connect = false, slot_name = NONE, binary = true);
CREATE FUNCTION audit.ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN PERFORM 1; END$$;
CREATE EVENT TRIGGER on_ddl ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'ALTER TABLE') EXECUTE FUNCTION audit.ddl();
CREATE EVENT TRIGGER on_drop ON sql_drop EXECUTE FUNCTION audit.ddl();
ALTER EVENT TRIGGER on_drop DISABLE;
--- a
--- b
-- Types
ALTER TYPE shop.order_state ADD VALUE 'packed' AFTER 'paid';
ALTER TYPE billing.payment_state ADD VALUE 'refunded';
ALTER TYPE shop.address ADD ATTRIBUTE state text;
ALTER DOMAIN shop.positive DROP CONSTRAINT is_positive;
ALTER DOMAIN shop.positive ADD CONSTRAINT is_in_range CHECK (VALUE BETWEEN 1 AND 1000000);
ALTER DOMAIN shop.sku DROP CONSTRAINT sku_check;
CREATE TYPE shop.delivery AS ENUM ('post', 'pick-up');
CREATE DOMAIN shop.percent AS numeric(5,2) CHECK (VALUE BETWEEN 0 AND 100);

-- Tables
ALTER TABLE shop.tenant ADD settings jsonb NOT NULL DEFAULT '{}', ALTER plan SET DEFAULT 'paid', DROP CONSTRAINT tenant_plan_check;
ALTER TABLE shop.tenant ADD CONSTRAINT known_plan CHECK (plan IN ('free', 'paid', 'it''s complicated', 'enterprise'));
ALTER TABLE shop.stock ALTER reserved SET NOT NULL;
DROP VIEW shop.all_stock;
ALTER TABLE shop.stock ALTER reserved TYPE bigint;
CREATE VIEW shop.all_stock AS SELECT p.sku, s.quantity, s.reserved FROM shop.stock s JOIN shop.product p ON p.id = s.product UNION ALL SELECT sku, quantity, 0 FROM shop.erp_stock;
DROP VIEW "Reporting"."Top";
DROP MATERIALIZED VIEW "Reporting"."Best Sellers";
DROP FUNCTION api.search(text);
DROP VIEW api.product;
DROP VIEW shop.category_path;
ALTER TABLE shop.category ALTER title TYPE varchar(200), ALTER sort DROP DEFAULT, ALTER sort TYPE int;
CREATE VIEW shop.category_path AS WITH RECURSIVE p (id, path) AS (SELECT id, title::text FROM shop.category WHERE parent IS NULL UNION ALL SELECT c.id, p.path || ' / ' || c.title FROM shop.category c JOIN p ON c.parent = p.id) SELECT id, path FROM p;
CREATE VIEW api.product AS SELECT p.id, p.sku, p.title, p.gross, p.tags, (SELECT array_agg(c.title ORDER BY c.sort) FROM shop.category c JOIN shop.product_category pc ON pc.category = c.id WHERE pc.product = p.id) AS categories FROM shop.product p WHERE p.tenant = api.current_tenant();
GRANT SELECT ON api.product TO PUBLIC;
COMMENT ON VIEW api.product IS 'What customers see now';
CREATE FUNCTION api.search(q text, max int DEFAULT 10) RETURNS SETOF api.product LANGUAGE sql STABLE AS $$SELECT * FROM api.product WHERE title ILIKE '%' || q || '%' LIMIT max$$;
CREATE MATERIALIZED VIEW "Reporting"."Best Sellers" AS SELECT p.id, p.title, p.sku, sum(i.quantity) AS sold, shop.nth() OVER (ORDER BY sum(i.quantity) DESC) AS place FROM shop.product p JOIN shop.order_item i ON i.product = p.id GROUP BY p.id, p.title, p.sku;
CREATE UNIQUE INDEX best_sellers ON "Reporting"."Best Sellers" (id);
CREATE VIEW "Reporting"."Top" AS SELECT b.title, t."Day" FROM "Reporting"."Best Sellers" b, "Reporting"."Daily Total" t WHERE b.place < 100;
ALTER TABLE shop.wishlist DROP COLUMN note, ADD priority smallint DEFAULT 1;
ALTER TABLE shop.customer ADD delivery shop.delivery NOT NULL DEFAULT 'post', SET ACCESS METHOD heap;
ALTER TABLE shop.product ADD discount shop.percent, SET (fillfactor = 80), RESET (autovacuum_enabled);
ALTER TABLE shop.product SET WITHOUT CLUSTER;
CREATE TABLE shop.orders_2025 PARTITION OF shop.orders FOR VALUES FROM ('2025-01-01 00:00+00') TO ('2026-01-01 00:00+00');
ALTER TABLE shop.orders DETACH PARTITION shop.orders_2023;
DROP INDEX shop.orders_2023_total;
CREATE TABLE shop.review (product bigint REFERENCES shop.product ON DELETE CASCADE, customer bigint REFERENCES shop.customer, stars smallint CHECK (stars BETWEEN 1 AND 5), body text, PRIMARY KEY (product, customer));
ALTER TABLE billing.payment VALIDATE CONSTRAINT payment_invoice;
ALTER TABLE api.session SET LOGGED;
ALTER TABLE audit.log_of_rows NO INHERIT audit.log;
ALTER SEQUENCE billing.invoice_number INCREMENT 1 MAXVALUE 1000000;
ALTER TABLE shop.account ALTER id SET GENERATED ALWAYS SET INCREMENT BY 1;
DROP INDEX shop.product_tags;
CREATE INDEX product_tags ON shop.product USING gin (tags);
DROP STATISTICS shop.order_kinds;
ALTER STATISTICS shop.product_titles SET STATISTICS 100;

-- Routines
CREATE OR REPLACE FUNCTION shop.slug(title text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$SELECT lower(regexp_replace(title, '\W+', '-', 'g'))$$;
DROP FUNCTION shop.tree(int);
CREATE FUNCTION shop.tree(start int) RETURNS TABLE (id int, title text) LANGUAGE sql STABLE AS $$SELECT c.id, c.title FROM shop.category c WHERE c.id = start$$;
CREATE OR REPLACE FUNCTION shop.products_of(tenant_id int, VARIADIC wanted text[] DEFAULT '{}') RETURNS SETOF shop.product LANGUAGE sql STABLE ROWS 100
BEGIN ATOMIC
    SELECT * FROM shop.product WHERE tenant = tenant_id AND discount IS NULL AND (wanted = '{}' OR tags && wanted);
END;
REVOKE EXECUTE ON FUNCTION api.place_order(bigint, jsonb) FROM alice;
GRANT EXECUTE ON FUNCTION api.place_order(bigint, jsonb) TO bob;
ALTER PROCEDURE billing.close_day(date, int) SECURITY DEFINER SET search_path = billing;
DROP AGGREGATE shop.median(ORDER BY anyelement);

-- Triggers, rules, policies
DROP TRIGGER touch ON shop.product;
CREATE TRIGGER touch BEFORE UPDATE ON shop.product FOR EACH ROW WHEN (OLD.title <> NEW.title) EXECUTE FUNCTION shop.touch();
ALTER TABLE billing.invoice DISABLE TRIGGER note_all;
DROP RULE no_delete ON billing.invoice;
CREATE RULE no_delete AS ON DELETE TO billing.invoice DO INSTEAD NOTHING;
ALTER POLICY readers ON shop.product TO team USING (net > 0);
DROP POLICY mine ON shop.orders;
ALTER TABLE shop.account NO FORCE ROW LEVEL SECURITY;

-- Everything else
ALTER TABLE shop.category OWNER TO bob;
ALTER SCHEMA api OWNER TO alice;
REVOKE USAGE ON SCHEMA shop FROM bob;
GRANT DELETE ON shop.orders TO alice;
REVOKE SELECT (title) ON shop.product FROM bob;
ALTER DEFAULT PRIVILEGES IN SCHEMA "Reporting" REVOKE SELECT ON TABLES FROM bob;
ALTER DEFAULT PRIVILEGES IN SCHEMA billing GRANT EXECUTE ON FUNCTIONS TO alice;
COMMENT ON TABLE shop.product IS NULL;
COMMENT ON TABLE shop.orders IS 'by year';
COMMENT ON TYPE shop.order_state IS 'how far it is';
ALTER TEXT SEARCH DICTIONARY shop.stop (StopWords = 'german');
ALTER TEXT SEARCH CONFIGURATION shop.search ALTER MAPPING FOR word WITH simple;
ALTER TEXT SEARCH CONFIGURATION shop.search DROP MAPPING FOR int;
ALTER SERVER erp VERSION '8' OPTIONS (SET host 'erp2.example.org', DROP secret);
ALTER USER MAPPING FOR alice SERVER erp OPTIONS (SET password 'z');
DROP USER MAPPING FOR PUBLIC SERVER erp;
ALTER FOREIGN TABLE shop.erp_stock ADD unit text OPTIONS (field 'MEINS'), ALTER sku OPTIONS (SET field 'SKU');
ALTER PUBLICATION products SET TABLE shop.product, shop.customer (id, email);
ALTER PUBLICATION products SET (publish = 'insert, update, delete');
ALTER PUBLICATION billing DROP TABLES IN SCHEMA audit;
DROP PUBLICATION everything;
ALTER SUBSCRIPTION central SET PUBLICATION tenants WITH (refresh = false);
ALTER SUBSCRIPTION central SET (binary = false);
ALTER EVENT TRIGGER on_drop ENABLE;
DROP CAST (shop.version AS int);
CREATE CAST (shop.version AS int) WITH FUNCTION shop.version_number(shop.version) AS ASSIGNMENT;
ALTER OPERATOR shop.<~ (shop.version, shop.version) SET (RESTRICT = NONE);
CREATE EXTENSION fuzzystrmatch SCHEMA ext;
--- data
INSERT INTO shop.tenant (name) VALUES ('Acme Inc.'), ('Other');
INSERT INTO shop.account (tenant, email, name, home) VALUES (1, 'a@example.org', 'Ann', ('Street 1', 'Town', '12345', 'DE')), (2, 'b@example.org', 'Bob', NULL);
INSERT INTO shop.category (parent, title) VALUES (NULL, 'All'), (1, 'Books'), (2, 'Novels');
INSERT INTO shop.product (tenant, sku, title, body, tags, net, place) VALUES (1, 'AB-1', 'The Book', 'A good one', '{new}', 10, '(1,1),(0,0)'), (1, 'AB-2', 'The Other Book', NULL, '{}', 20.5, NULL);
INSERT INTO shop.product_category VALUES (1, 2), (2, 3);
INSERT INTO shop.price VALUES (1, '[2024-01-01,2024-06-01)', 9), (1, '[2024-06-01,)', 10);
INSERT INTO shop.warehouse VALUES (1, 'North', NULL, '(1,1),(0,0)');
INSERT INTO shop.stock VALUES (1, 1, 5, 2), (1, 2, 7, 0);
INSERT INTO shop.customer VALUES (1, 1, 'c@example.org', ARRAY[ROW('Street 2', 'City', '1', 'AT')::shop.address], NULL, true);
INSERT INTO shop.wishlist (customer, product, note) VALUES (1, 2, 'for me');
UPDATE shop.customer SET favourite = 2;
INSERT INTO shop.orders (tenant, customer, at, state, total) VALUES (1, 1, '2023-05-01 00:00+00', 'sent', (10, 'EUR')), (1, 1, '2024-05-01 00:00+00', 'new', (20.5, 'EUR')), (1, 1, '2024-06-01 00:00+00', 'it''s over', NULL);
INSERT INTO shop.order_item SELECT at, id, 1, 1, 2, 10 FROM shop.orders WHERE at > '2024-01-01';
INSERT INTO billing.invoice (order_at, order_id, issued, total) SELECT at, id, '2024-01-01', coalesce(total, (1, 'EUR')::billing.amount) FROM shop.orders WHERE at > '2024-01-01';
INSERT INTO billing.payment (id, invoice, amount) VALUES ('00000000-0000-0000-0000-000000000001', 1000, 10);
INSERT INTO billing.coupon VALUES (5, 'EUR');
INSERT INTO audit.log_of_rows (at, relation, operation, before) VALUES ('2024-01-01', 'x', 'INSERT', '{}');
INSERT INTO api.session VALUES ('00000000-0000-0000-0000-000000000002', 100, '{}', '2030-01-01');
INSERT INTO "Reporting"."Daily Total" VALUES ('2024-01-01', 12.5, 3);
REFRESH MATERIALIZED VIEW "Reporting"."Best Sellers";
--- keep
SELECT jsonb_agg(x ORDER BY x::text) FROM (
    SELECT jsonb_build_object('tenant', id, 'name', name, 'slug', slug, 'created', created) FROM shop.tenant
    UNION ALL SELECT jsonb_build_object('account', id, 'email', email::text, 'city', (home).city) FROM shop.account
    UNION ALL SELECT jsonb_build_object('category', id, 'title', title, 'sort', sort) FROM shop.category
    UNION ALL SELECT jsonb_build_object('product', id, 'sku', sku::text, 'title', title, 'gross', gross, 'words', words::text) FROM shop.product
    UNION ALL SELECT jsonb_build_object('stock', product, 'quantity', quantity, 'reserved', reserved) FROM shop.stock
    UNION ALL SELECT jsonb_build_object('customer', id, 'addresses', cardinality(addresses), 'street', (addresses[1]).street) FROM shop.customer
    UNION ALL SELECT jsonb_build_object('wish', product, 'added', added) FROM shop.wishlist
    UNION ALL SELECT jsonb_build_object('order', id, 'state', state::text, 'at', at, 'total', total) FROM (SELECT id, state, at, total FROM shop.orders_2023 UNION ALL SELECT id, state, at, total FROM shop.orders_2024) o
    UNION ALL SELECT jsonb_build_object('item', order_id, 'net', net) FROM shop.order_item
    UNION ALL SELECT jsonb_build_object('payment', id, 'state', state::text) FROM billing.payment
    UNION ALL SELECT jsonb_build_object('log', at, 'before', before) FROM audit.log_of_rows
    UNION ALL SELECT jsonb_build_object('session', token) FROM api.session
    UNION ALL SELECT jsonb_build_object('day', "Day", 'total', "Total in €") FROM "Reporting"."Daily Total"
) AS all_rows (x)
--- destructive: yes
--- hazards: data_loss
