-- What an error says survives its way through C++ frames.
CREATE SCHEMA error_fields;
SET search_path = error_fields;
CREATE FUNCTION run_sql(sql text, frames integer DEFAULT 3) RETURNS text LANGUAGE c STRICT AS 'bridge_test';
CREATE FUNCTION run_sql_raised_again(sql text, rounds integer) RETURNS text LANGUAGE c STRICT AS 'bridge_test';
CREATE FUNCTION parse(sql text) RETURNS text LANGUAGE c STRICT AS 'bridge_test';
CREATE FUNCTION report_of(sql text) RETURNS text LANGUAGE c STRICT AS 'bridge_test';
CREATE FUNCTION changes_of_server_error() RETURNS text LANGUAGE c AS 'bridge_test';
CREATE FUNCTION changes_of_own_error() RETURNS text LANGUAGE c AS 'bridge_test';
CREATE FUNCTION source_of_error(sql text) RETURNS text LANGUAGE c STRICT AS 'bridge_test';
CREATE FUNCTION memory_context_after_error() RETURNS text LANGUAGE c AS 'bridge_test';
CREATE FUNCTION send_notice(message text, detail text, hint text) RETURNS text LANGUAGE c AS 'bridge_test';
\set SHOW_CONTEXT always
\pset format unaligned
\pset tuples_only on

-- Everything that RAISE can set.
CREATE FUNCTION raise_everything() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'message with %% and "quotes"' USING
        ERRCODE = 'ZX001', DETAIL = 'Detail, %s.', HINT = 'Hint, %n.',
        SCHEMA = 'a schema', TABLE = 'a table', COLUMN = 'a column', DATATYPE = 'a type', CONSTRAINT = 'a constraint';
END
$$;
SELECT report_of('SELECT raise_everything()');

-- The same fields reach an exception handler with and without C++ in between.
CREATE FUNCTION caught(sql text) RETURNS TABLE (field text, value text) LANGUAGE plpgsql AS $$
DECLARE
    a text; b text; c text; d text; e text; f text; g text; h text; i text; j text;
BEGIN
    EXECUTE sql;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS a = RETURNED_SQLSTATE, b = MESSAGE_TEXT, c = PG_EXCEPTION_DETAIL,
        d = PG_EXCEPTION_HINT, e = SCHEMA_NAME, f = TABLE_NAME, g = COLUMN_NAME,
        h = PG_DATATYPE_NAME, i = CONSTRAINT_NAME;
    RETURN QUERY SELECT * FROM unnest(
        ARRAY['sqlstate', 'message', 'detail', 'hint', 'schema', 'table', 'column', 'datatype', 'constraint'], ARRAY[a, b, c, d, e, f, g, h, i]);
END
$$;
SELECT * FROM caught($$SELECT run_sql('SELECT raise_everything()')$$);
CREATE TABLE parent (id integer PRIMARY KEY);
CREATE TABLE child (
    id integer PRIMARY KEY,
    parent integer REFERENCES parent,
    amount integer NOT NULL CONSTRAINT amount_is_positive CHECK (amount > 0)
);
CREATE DOMAIN small AS integer CONSTRAINT is_small CHECK (VALUE < 10);
INSERT INTO parent VALUES (1);
INSERT INTO child VALUES (1, 1, 1);
WITH failing (what, sql) AS (VALUES
    ('unique', 'INSERT INTO child VALUES (1, 1, 1)'),
    ('not null', 'INSERT INTO child VALUES (2, 1, NULL)'),
    ('check', 'INSERT INTO child VALUES (2, 1, -1)'),
    ('foreign key', 'INSERT INTO child VALUES (2, 2, 1)'),
    ('restrict', 'DELETE FROM parent'),
    ('domain', 'SELECT 12::small'),
    ('no table', 'SELECT * FROM no_such_table'),
    ('syntax', 'SELEC 1'),
    ('division', 'SELECT 1/0'),
    ('everything', 'SELECT raise_everything()')
), compared AS (
    SELECT what, ARRAY(SELECT caught(sql)) AS direct, ARRAY(SELECT caught(format('SELECT run_sql(%L)', sql))) AS through
    FROM failing
)
SELECT what, cardinality(direct) AS fields, CASE WHEN direct = through THEN 'same' ELSE 'different' END FROM compared;

-- Places in queries: in the client's, and in one of our own.
SELECT parse('a syntax error');
SELECT run_sql('SELECT 1 + no_such_column');
SELECT run_sql('SELECT 1 +
  no_such_column');
SELECT run_sql('SELECT ''ä'' || no_such_column');
SELECT report_of('SELECT 1 + no_such_column');

-- Each context line comes once, however many C++ frames and rounds of catching and raising there were.
CREATE FUNCTION inner_function() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 / n FROM generate_series(0, 0) n;
END
$$;
CREATE FUNCTION middle_function() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM run_sql('SELECT inner_function()');
END
$$;
CREATE FUNCTION outer_function() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM run_sql_raised_again('SELECT middle_function()', 5);
END
$$;
SELECT outer_function();
SELECT run_sql('SELECT outer_function()', 1000);

-- A report with all fields, the log's and the source's included, raised to the server and taken back.
SELECT changes_of_server_error();
SELECT changes_of_own_error();
SELECT source_of_error('SELECT 1/0');
SELECT memory_context_after_error();

-- Texts are never formats.
SELECT send_notice('100 %s %n %m', 'Detail of %s.', 'Hint of %d.');
SELECT send_notice('message only', NULL, NULL);
SELECT run_sql($$DO 'BEGIN RAISE EXCEPTION ''%%s %%n 100 %%''; END'$$);

-- What SPI reports by a code.
SELECT run_sql('COPY parent TO STDOUT');
SELECT run_sql('COMMIT');
