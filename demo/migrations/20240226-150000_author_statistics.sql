INSERT INTO linkgress.migration (name, description, up, down) VALUES (
'20240226-150000_author_statistics', 'Figures for each author, refreshed every night',
$up$
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
$up$,
$down$
DROP MATERIALIZED VIEW author_statistics;
$down$);
