INSERT INTO linkgress.migration (name, description, up, down) VALUES (
'20240125-160000_comments', 'Comments, and answers to them',
$up$
CREATE TABLE comments (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    post_id    bigint NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    author_id  bigint NOT NULL REFERENCES users (id),
    parent_id  bigint REFERENCES comments (id) ON DELETE CASCADE,
    body       text NOT NULL CHECK (body <> ''),
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX comments_post ON comments (post_id, created_at);
CREATE INDEX comments_author ON comments (author_id);
CREATE INDEX comments_parent ON comments (parent_id) WHERE parent_id IS NOT NULL;
$up$,
$down$
DROP TABLE comments;
$down$);
