-- Texts that other tools and editors have written are registered as they are, or refused with the place.
SET client_min_messages = warning;
CREATE EXTENSION linkgress;
SET client_min_messages = notice;
CREATE SCHEMA shop;

-- BEGIN and COMMIT around all of a text are left out: told once for all that a transaction registers.
INSERT INTO linkgress.migration (name, up, down) VALUES
    ('01', E'-- Deploy shop:a to pg\n\nBEGIN;\n\nCREATE TABLE shop.a (id int);\nINSERT INTO shop.a VALUES (1);\n\nCOMMIT;\n',
        E'BEGIN;\nDROP TABLE shop.a;\nEND;'),
    ('02', 'START TRANSACTION ISOLATION LEVEL READ COMMITTED READ WRITE NOT DEFERRABLE; CREATE TABLE shop.b (id int); COMMIT WORK', NULL),
    ('03', 'begin transaction; CREATE FUNCTION shop.f() RETURNS int BEGIN ATOMIC SELECT 1; END; DO $$ BEGIN NULL; END $$; commit and no chain;',
        'BEGIN; COMMIT'),
    ('04', 'BEGIN; COMMIT;', 'BEGIN; COMMIT');
SELECT name, transactional, down_transactional FROM linkgress.migration ORDER BY name;
SET linkgress.verbosity = quiet;
SELECT name, action FROM linkgress.migrate();
TABLE shop.a;
SELECT name, action FROM linkgress.rollback(1);
DELETE FROM linkgress.migration WHERE name = '04';
SELECT name, action FROM linkgress.rollback(1);
CALL linkgress.up();
SELECT name, state FROM linkgress.status();
DELETE FROM linkgress.migration WHERE name NOT IN ('01', '02', '03');
-- Errors tell numbers and lines of the text as it is.
SELECT linkgress.register('05', E'BEGIN;\nSELECT 1;\nSELECT 1/0;\nCOMMIT;');
SELECT linkgress.migrate();
CALL linkgress.up();
-- The text is kept.
SELECT up FROM linkgress.migration WHERE name = '05';
DELETE FROM linkgress.migration WHERE name = '05';

-- Other transaction control stays refused.
SELECT linkgress.register('06', E'BEGIN;\nSELECT 1;');
SELECT linkgress.register('06', E'SELECT 1;\nCOMMIT;');
SELECT linkgress.register('06', E'BEGIN;\nSELECT 1;\nCOMMIT;\nSELECT 2;');
SELECT linkgress.register('06', E'BEGIN;\nSELECT 1;\nCOMMIT;\nBEGIN;\nSELECT 2;\nCOMMIT;');
SELECT linkgress.register('06', E'SELECT 0;\nBEGIN;\nSELECT 1;\nCOMMIT;');
SELECT linkgress.register('06', E'BEGIN;\nSELECT 1;\nROLLBACK;');
SELECT linkgress.register('06', E'BEGIN;\nSAVEPOINT s;\nSELECT 1;\nCOMMIT;');
SELECT linkgress.register('06', E'BEGIN;\nSELECT 1;\nCOMMIT AND CHAIN;');
SELECT linkgress.register('06', E'BEGIN ISOLATION LEVEL SERIALIZABLE;\nSELECT 1;\nCOMMIT;');
SELECT linkgress.register('06', E'BEGIN READ ONLY;\nSELECT 1;\nCOMMIT;');
SELECT linkgress.register('06', E'BEGIN;\nSELECT 1;\nCOMMIT PREPARED ''x'';');
-- So does what asks for one transaction, and cannot run in one.
SELECT linkgress.register('06', E'BEGIN;\nCREATE INDEX CONCURRENTLY ON shop.a (id);\nCOMMIT;');
SELECT linkgress.register('06', E'BEGIN;\nSELECT 1;\nCOMMIT;', transactional => false);
SELECT linkgress.register('06', 'SELECT 1', transactional => false);
UPDATE linkgress.migration SET up = E'BEGIN;\nSELECT 1;\nCOMMIT;' WHERE name = '06';
DELETE FROM linkgress.migration WHERE name = '06';
-- A hook may have them, too.
INSERT INTO linkgress.hook (name, event, body) VALUES ('h', 'before_migrate', 'BEGIN; CREATE TABLE shop.hooked (id int); COMMIT;');
SELECT linkgress.register('06', 'SELECT 1');
SELECT name FROM linkgress.migrate();
SELECT to_regclass('shop.hooked');
DELETE FROM linkgress.hook;

-- A down body that does not parse keeps no up body out, but every revert that needs it.
SELECT linkgress.register('07', 'CREATE TABLE shop.c (id int)', E'DROP TABLE shop.c;\nDROP TABEL shop.c;');
SELECT linkgress.register('08', 'SELECT 1', E'SELECT ''unterminated');
SELECT linkgress.register('09', 'SELECT 1', 'SELECT 1');
SELECT name, down_transactional FROM linkgress.migration WHERE name >= '07' ORDER BY name;
SELECT name, severity, problem, line, col, message FROM linkgress.validate() WHERE severity = 'error';
SELECT name FROM linkgress.migrate();
SELECT name, note FROM linkgress.status() WHERE name >= '07';
SELECT name FROM linkgress.rollback(1);
SELECT linkgress.rollback(2);
CALL linkgress.down(2);
SELECT linkgress.reset();
SELECT name, state FROM linkgress.status() WHERE name >= '07';
UPDATE linkgress.migration SET down = 'SELECT 1' WHERE name = '08';
UPDATE linkgress.migration SET down = 'DROP TABLE shop.c' WHERE name = '07';
SELECT name FROM linkgress.rollback(2);
-- What is refused for another reason is refused there, too.
SELECT linkgress.register('10', 'SELECT 1', 'COPY shop.a FROM STDIN');

-- A byte order mark is no part of the text.
SELECT linkgress.register('11', U&'\FEFFSELECT 1', U&'\FEFFSELECT 2');
SELECT linkgress.register('12', U&'\FEFF-- a comment\000ASELECT 1/0');
SELECT name FROM linkgress.migrate();
DELETE FROM linkgress.migration WHERE name IN ('10', '12');
-- What looks like white space and is none is named.
SELECT linkgress.register('13', U&'SELECT 1;\000ASELECT\00A0 2;');
SELECT linkgress.register('13', U&'CREATE TABLE\2028shop.d (id int);');
SELECT linkgress.register('13', U&'SELECT 1;\FEFFSELECT 2 FROM');
SELECT linkgress.register('13', U&'SELECT \2018a\2019 FROM b c d');
SELECT linkgress.register('13', U&'SELECT ''\00A0''');

-- Both halves of a file of another tool
SELECT linkgress.register('14', E'-- migrate:up\nCREATE TABLE shop.e (id int);\n\n-- migrate:down\nDROP TABLE shop.e;\n');
SELECT linkgress.register('14', E'-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;\n');
SELECT linkgress.register('14', E'-- +migrate Up\nSELECT 1;\n-- +migrate Down\nSELECT 2;\n');
SELECT linkgress.register('14', E'-- Up Migration\nSELECT 1;\n-- Down Migration\nSELECT 2;\n');
SELECT linkgress.register('14', E'SELECT 1;\n---- create above / drop below ----\nSELECT 2;\n');
SELECT linkgress.register('14', E'SELECT 1;\n--//@UNDO\nSELECT 2;\n');
SELECT linkgress.register('14', E'--liquibase formatted sql\n--changeset a:1\nSELECT 1;\n--rollback SELECT 2;\n');
SELECT linkgress.register('14', 'SELECT 1', E'-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;');
-- But not where it is a piece of a literal or of another comment.
SELECT linkgress.register('14', E'-- migrate:up\nSELECT ''\n-- migrate:down\n'', $$\n-- +goose Down\n$$ /*\n-- Down Migration\n*/ AS "\n--//@UNDO\n"');
DROP SCHEMA shop CASCADE;
DROP EXTENSION linkgress;
