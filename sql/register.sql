-- Registering: INSERT, COPY, register(), and what is refused.
SET linkgress.verbosity = quiet;
CREATE EXTENSION linkgress;

INSERT INTO linkgress.migration (name, up, down) VALUES
    ('20240101-000000_users', 'CREATE TABLE users (id int PRIMARY KEY)', 'DROP TABLE users'),
    ('20240102-000000_posts', 'CREATE TABLE posts (id int PRIMARY KEY)', NULL);
COPY linkgress.migration (name, up, down) FROM stdin;
20240103-000000_tags	CREATE TABLE tags (id int);\nCREATE INDEX ON tags (id);	DROP TABLE tags
\.
SELECT name, registered_by, author::oid = current_user::regrole AS own, checksum = linkgress.checksum(up) AS checksum,
       registered_at = now() AS now, approved_by FROM linkgress.migration ORDER BY name;

-- the same name twice
INSERT INTO linkgress.migration (name, up) VALUES ('20240101-000000_users', 'SELECT 1');

-- register() may be called again and again
SELECT linkgress.register('20240104-000000_likes', 'CREATE TABLE likes (id int)');
SELECT linkgress.register('20240104-000000_likes', 'CREATE TABLE likes (id int)');
SELECT linkgress.register('20240104-000000_likes', E'CREATE TABLE likes (id int)\r\n  ');
SELECT linkgress.register('20240104-000000_likes', 'CREATE TABLE likes (id bigint)', 'DROP TABLE likes');
SELECT linkgress.register('20240104-000000_likes', 'CREATE TABLE likes (id bigint)', 'DROP TABLE likes',
    description => 'what users like', breaking => true, estimated_duration => '5 min', tags => '{social,"two words"}');
SELECT name, up, down, description, breaking, estimated_duration, repeatable, always, tags
FROM linkgress.migration WHERE name ~ 'likes';

-- texts that do nothing are markers; none at all is an error
SELECT linkgress.register('20240105-000000_marker', '');
SELECT linkgress.register('20240105-000000_marker', E' \n ');
SELECT linkgress.register('20240105-000000_marker', '-- nothing yet');
SELECT linkgress.register('20240105-000000_marker', ';;');
SELECT linkgress.register('20240105-000000_marker', NULL);
INSERT INTO linkgress.migration (name) VALUES ('20240106-000000_none');

-- names
INSERT INTO linkgress.migration (name, up) VALUES ('', 'SELECT 1');
INSERT INTO linkgress.migration (name, up) VALUES ('   ', 'SELECT 1');
INSERT INTO linkgress.migration (name, up) VALUES (' x', 'SELECT 1');
INSERT INTO linkgress.migration (name, up) VALUES (NULL, 'SELECT 1');
INSERT INTO linkgress.migration (name, up) VALUES (E'a\nb', 'SELECT 1');
INSERT INTO linkgress.migration (name, up) VALUES (repeat('x', 201), 'SELECT 1');
INSERT INTO linkgress.migration (name, up) VALUES ('1', ''), ('2', ''), ('10', '');
INSERT INTO linkgress.migration (name, up) VALUES ('0002_x', '');
INSERT INTO linkgress.migration (name, up) VALUES ('2_X', '');
DELETE FROM linkgress.migration WHERE name !~ '^2024';

-- large texts, which the server compresses
INSERT INTO linkgress.migration (name, up, down) VALUES ('20240107-000000_large', repeat('SELECT 1; ', 200000), repeat('SELECT 2; ', 200000));
SELECT linkgress.register('20240107-000000_large', repeat('SELECT 3; ', 200000), description => 'large');
SELECT name, length(up), down, registered_by, description FROM linkgress.migration WHERE name ~ 'large';
DELETE FROM linkgress.migration WHERE name ~ 'large';
-- the session's way to read strings makes no difference
SET standard_conforming_strings = off;
SET escape_string_warning = off;
INSERT INTO linkgress.migration (name, up) VALUES ('20240108-000000_strings', $$SELECT 'a\'; SELECT length('\\')$$);
RESET standard_conforming_strings;
RESET escape_string_warning;
DELETE FROM linkgress.migration WHERE name ~ 'strings';

-- changing and deleting what is pending
UPDATE linkgress.migration SET up = 'CREATE TABLE posts (id bigint PRIMARY KEY)' WHERE name ~ 'posts';
DELETE FROM linkgress.migration WHERE name ~ 'likes|marker';

-- and what is applied: not its text, name or kind, but the rest
SELECT name, action, statements, error FROM linkgress.migrate();
UPDATE linkgress.migration SET up = 'SELECT 1' WHERE name ~ 'users';
UPDATE linkgress.migration SET name = '20240101-000000_people' WHERE name ~ 'users';
UPDATE linkgress.migration SET repeatable = true WHERE name ~ 'users';
DELETE FROM linkgress.migration WHERE name ~ 'users';
TRUNCATE linkgress.migration;
SELECT linkgress.register('20240101-000000_users', 'SELECT 1');
UPDATE linkgress.migration SET up = up || E'\r\n' WHERE name ~ 'users';
UPDATE linkgress.migration SET down = 'DROP TABLE posts', description = 'texts' WHERE name ~ 'posts';
SELECT name, state FROM linkgress.status();

DROP TABLE users, posts, tags;
DROP EXTENSION linkgress;
