INSERT INTO linkgress.migration (name, description, up, down) VALUES (
'20240325-090000_post_privacy', 'Drafts are seen by their author only',
$up$
CREATE FUNCTION current_user_id() RETURNS bigint
LANGUAGE sql STABLE
RETURN nullif(current_setting('blog.user_id', true), '')::bigint;

COMMENT ON FUNCTION current_user_id() IS 'Who is logged in: the application sets blog.user_id';

ALTER TABLE posts ENABLE ROW LEVEL SECURITY;

CREATE POLICY posts_published ON posts FOR SELECT
    USING (status = 'published');
CREATE POLICY posts_own ON posts
    USING (author_id = current_user_id())
    WITH CHECK (author_id = current_user_id());
$up$,
$down$
DROP POLICY posts_own ON posts;
DROP POLICY posts_published ON posts;
ALTER TABLE posts DISABLE ROW LEVEL SECURITY;
DROP FUNCTION current_user_id();
$down$);
