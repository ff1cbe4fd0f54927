-- The sample application as a model: what its schema is to be, instead of how it came about. Four parts:
-- types.sql, tables.sql, views.sql and functions.sql, in whatever order.

CREATE DOMAIN email_address AS text
    CHECK (VALUE ~ '^[^@\s]+@[^@\s]+$');

CREATE TYPE user_role AS ENUM ('reader', 'author', 'editor');

CREATE TYPE post_status AS ENUM ('draft', 'published', 'archived');
