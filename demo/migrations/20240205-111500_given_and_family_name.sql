INSERT INTO linkgress.migration (name, description, breaking, estimated_duration, tags, up, down) VALUES (
'20240205-111500_given_and_family_name', 'Split the full name in two', true, '1 second', '{data}',
$up$
ALTER TABLE users RENAME COLUMN full_name TO given_name;
ALTER TABLE users ADD COLUMN family_name text;

-- The last word is the family name; who has one name only keeps it as given name.
UPDATE users
SET given_name  = substring(given_name FROM '^(.*) \S+$'),
    family_name = substring(given_name FROM ' (\S+)$')
WHERE given_name LIKE '% %';

CREATE INDEX users_family_name ON users (family_name, given_name);
$up$,
$down$
UPDATE users
SET given_name = concat_ws(' ', given_name, family_name);

ALTER TABLE users DROP COLUMN family_name;
ALTER TABLE users RENAME COLUMN given_name TO full_name;
$down$);
