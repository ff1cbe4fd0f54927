INSERT INTO linkgress.migration (name, description, up, down) VALUES (
'20240115-093000_users', 'People who read and write',
$up$
CREATE DOMAIN email_address AS text
    CHECK (VALUE ~ '^[^@\s]+@[^@\s]+$');

CREATE TABLE users (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email      email_address NOT NULL UNIQUE,
    full_name  text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE users IS 'Everybody with an account';
$up$,
$down$
DROP TABLE users;
DROP DOMAIN email_address;
$down$);
