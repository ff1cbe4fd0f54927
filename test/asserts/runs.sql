-- Migrations that are registered, applied and reverted while no cache lives.
SELECT linkgress.register('a', 'CREATE TABLE a (id int)', 'DROP TABLE a');
INSERT INTO linkgress.hook (name, event, body) VALUES ('h', 'before_migrate', 'SELECT 1');
SELECT name, action FROM linkgress.migrate();
SELECT name, state FROM linkgress.status();
SELECT linkgress.register('b', 'CREATE INDEX CONCURRENTLY a_id ON a (id)', 'DROP INDEX CONCURRENTLY a_id');
CALL linkgress.up();
CALL linkgress.down();
SELECT name, action FROM linkgress.rollback();
SELECT count(*) FROM linkgress.validate();
