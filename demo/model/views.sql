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

CREATE VIEW popular_posts AS
SELECT published_posts.slug,
       published_posts.title,
       sum(page_views.views) AS views
FROM published_posts
JOIN page_views ON page_views.post_id = published_posts.id
GROUP BY published_posts.slug, published_posts.title
ORDER BY views DESC, published_posts.slug;

-- Refreshed every night
CREATE MATERIALIZED VIEW author_statistics AS
SELECT posts.author_id,
       count(DISTINCT posts.id) AS posts,
       count(comments.id) AS comments,
       max(posts.published_at) AS last_published_at
FROM posts
LEFT JOIN comments ON comments.post_id = posts.id
GROUP BY posts.author_id;

-- REFRESH MATERIALIZED VIEW CONCURRENTLY needs a unique index.
CREATE UNIQUE INDEX author_statistics_author ON author_statistics (author_id);
