INSERT INTO linkgress.migration (name, description, up, down) VALUES (
'20240209-150000_archived_posts', 'Posts can be archived',
$up$
ALTER TYPE post_status ADD VALUE 'archived';
$up$,
-- PostgreSQL cannot take a value out of an enum, so the type is made anew.
$down$
ALTER TYPE post_status RENAME TO post_status_with_archived;
CREATE TYPE post_status AS ENUM ('draft', 'published');

ALTER TABLE posts
    ALTER COLUMN status DROP DEFAULT,
    ALTER COLUMN status TYPE post_status
        USING CASE status::text WHEN 'archived' THEN 'draft' ELSE status::text END::post_status,
    ALTER COLUMN status SET DEFAULT 'draft';

DROP TYPE post_status_with_archived;
$down$);
