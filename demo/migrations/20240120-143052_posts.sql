INSERT INTO linkgress.migration (name, description, up, down) VALUES (
'20240120-143052_posts', 'Posts, each by one author',
$up$
CREATE TYPE post_status AS ENUM ('draft', 'published');

CREATE TABLE posts (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    author_id    bigint NOT NULL REFERENCES users (id),
    slug         text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9-]+$'),
    title        text NOT NULL,
    body         text NOT NULL DEFAULT '',
    status       post_status NOT NULL DEFAULT 'draft',
    published_at timestamptz
);

CREATE INDEX posts_author ON posts (author_id);
CREATE INDEX posts_newest ON posts (status, published_at DESC);

COMMENT ON TABLE posts IS 'What authors write';
COMMENT ON COLUMN posts.slug IS 'The post''s part of its address';
$up$,
$down$
DROP TABLE posts;
DROP TYPE post_status;
$down$);
