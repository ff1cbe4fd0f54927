INSERT INTO linkgress.migration (name, description, up, down) VALUES (
'20240219-093000_published_posts', 'What visitors see',
$up$
CREATE VIEW published_posts WITH (security_invoker = true) AS
SELECT posts.id,
       posts.slug,
       posts.title,
       concat_ws(' ', users.given_name, users.family_name) AS author,
       posts.published_at,
       (SELECT count(*) FROM comments WHERE comments.post_id = posts.id) AS comments
FROM posts
JOIN users ON users.id = posts.author_id
WHERE posts.status = 'published';

COMMENT ON VIEW published_posts IS 'Published posts with author and number of comments';
$up$,
$down$
DROP VIEW published_posts;
$down$);
