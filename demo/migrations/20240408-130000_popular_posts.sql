-- A repeatable migration: it runs after all others, and again whenever its text has changed.
INSERT INTO linkgress.migration (name, description, repeatable, up, down) VALUES (
'20240408-130000_popular_posts', 'Posts by number of page views', true,
$up$
CREATE OR REPLACE VIEW popular_posts AS
SELECT published_posts.slug,
       published_posts.title,
       sum(page_views.views) AS views
FROM published_posts
JOIN page_views ON page_views.post_id = published_posts.id
GROUP BY published_posts.slug, published_posts.title
ORDER BY views DESC, published_posts.slug;
$up$,
$down$
DROP VIEW popular_posts;
$down$);
