INSERT INTO linkgress.migration (name, description, up, down) VALUES (
'20240118-101500_user_role', 'Readers, authors and editors',
$up$
CREATE TYPE user_role AS ENUM ('reader', 'author', 'editor');

ALTER TABLE users ADD COLUMN role user_role NOT NULL DEFAULT 'reader';
$up$,
$down$
ALTER TABLE users DROP COLUMN role;
DROP TYPE user_role;
$down$);
