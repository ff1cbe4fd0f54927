INSERT INTO linkgress.migration (name, description, up, down) VALUES (
'20240122-084500_tags', 'Tags on posts',
$up$
CREATE TABLE tags (
    id   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE
);

CREATE TABLE post_tags (
    post_id bigint NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    tag_id  integer NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    PRIMARY KEY (post_id, tag_id)
);

CREATE INDEX post_tags_tag ON post_tags (tag_id);
$up$,
$down$
DROP TABLE post_tags, tags;
$down$);
