-- C++ exceptions become errors, and every object on their way is destroyed.
CREATE SCHEMA exceptions;
SET search_path = exceptions;
CREATE FUNCTION throw_exception(kind text) RETURNS text LANGUAGE c STRICT AS 'bridge_test';
CREATE FUNCTION throw_exception_in_callback(kind text) RETURNS text LANGUAGE c STRICT AS 'bridge_test';
CREATE FUNCTION throw_exception_in_trigger() RETURNS trigger LANGUAGE c AS 'bridge_test';
CREATE FUNCTION objects() RETURNS text LANGUAGE c AS 'bridge_test';
\pset format unaligned
\pset tuples_only on
\set VERBOSITY sqlstate

SELECT throw_exception('none');
SELECT throw_exception('bad_alloc');
SELECT throw_exception('out of memory');
SELECT throw_exception('length_error');
SELECT throw_exception('runtime_error');
SELECT throw_exception('variant');
SELECT throw_exception('int');
SELECT throw_exception('foreign');
SELECT throw_exception('all fields');
SELECT throw_exception('no sqlstate');
SELECT throw_exception('bad sqlstate');
SELECT objects();

-- Their texts.
\set VERBOSITY default
\set SHOW_CONTEXT always
SELECT throw_exception('bad_alloc');
SELECT throw_exception('out of memory');
SELECT throw_exception('runtime_error');
SELECT throw_exception('empty');
SELECT throw_exception('nested');
SELECT throw_exception('int');
SELECT throw_exception('foreign');
SELECT throw_exception('no message');
SELECT objects();
DO $$
BEGIN
    PERFORM throw_exception('long');
EXCEPTION WHEN internal_error THEN
    RAISE NOTICE 'a message of % characters', length(SQLERRM);
END
$$;
SELECT objects();

-- An error of Linkgress's own: its fields, and the context of where it was raised.
SELECT throw_exception('all fields');
SELECT throw_exception('inner query');
DO $$
DECLARE
    a text; b text; c text; d text; e text; f text; g text; h text; i text; j text;
BEGIN
    PERFORM throw_exception('all fields');
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS a = RETURNED_SQLSTATE, b = MESSAGE_TEXT, c = PG_EXCEPTION_DETAIL,
        d = PG_EXCEPTION_HINT, e = SCHEMA_NAME, f = TABLE_NAME, g = COLUMN_NAME,
        h = PG_DATATYPE_NAME, i = CONSTRAINT_NAME, j = PG_EXCEPTION_CONTEXT;
    RAISE NOTICE '%', concat_ws(E'\n', a, b, c, d, e, f, g, h, i, j);
END
$$;
SELECT objects();

-- Thrown in a callback: an error for the server's frames, a C++ exception again above them.
SELECT throw_exception_in_callback('bad_alloc');
SELECT throw_exception_in_callback('runtime_error');
SELECT throw_exception_in_callback('int');
SELECT throw_exception_in_callback('all fields');
SELECT objects();

-- Thrown in a trigger.
CREATE TABLE guarded (n integer);
CREATE TRIGGER guard BEFORE INSERT ON guarded FOR EACH ROW EXECUTE FUNCTION throw_exception_in_trigger();
INSERT INTO guarded VALUES (1);
COPY guarded FROM stdin;
1
\.
SELECT objects();

-- An aborted transaction is aborted, a savepoint saves.
BEGIN;
INSERT INTO guarded VALUES (1);
SELECT 1;
ROLLBACK;
BEGIN;
SAVEPOINT before;
SELECT throw_exception('int');
ROLLBACK TO before;
SELECT 'usable' AS transaction;
COMMIT;
