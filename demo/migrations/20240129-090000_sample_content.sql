INSERT INTO linkgress.migration (name, description, tags, up, down) VALUES (
'20240129-090000_sample_content', '1,000 users, 3,000 posts and 9,000 comments', '{data}',
$up$
INSERT INTO users (email, full_name, role, created_at)
SELECT format('user%s@example.org', n),
       CASE WHEN n % 97 = 0 THEN given   -- some people have one name only
            ELSE given || ' ' || family END,
       CASE WHEN n % 50 = 0 THEN 'editor'
            WHEN n % 5 = 0 THEN 'author'
            ELSE 'reader' END::user_role,
       timestamptz '2023-06-01 08:00:00+00' + n * interval '3 hours'
FROM generate_series(1, 1000) AS n,
     LATERAL (SELECT
         (ARRAY['Ada', 'Bruno', 'Chiara', 'Dmitri', 'Elif', 'Femi', 'Greta', 'Hiroshi', 'Anna Maria', 'Jo'])[1 + n % 10],
         (ARRAY['Almeida', 'Berg', 'Castro', 'Dubois', 'Eriksen', 'Fischer', 'O''Neill'])[1 + n % 7]
     ) AS person (given, family)
ORDER BY n;

INSERT INTO posts (author_id, slug, title, body, status, published_at)
SELECT users.id,
       format('%s-%s', lower(topic), n),
       format('%s, part %s', topic, n),
       format('What we learnt about %s in week %s. ', lower(topic), n % 52)
           || repeat('Some things took longer than planned; the result was worth it. ', 1 + n % 12),
       CASE WHEN n % 10 = 0 THEN 'draft' ELSE 'published' END::post_status,
       CASE WHEN n % 10 <> 0 THEN timestamptz '2024-01-01 08:00:00+00' + n * interval '10 minutes' END
FROM generate_series(1, 3000) AS n
JOIN users ON users.email = format('user%s@example.org', 5 * (1 + n % 200))
CROSS JOIN LATERAL (SELECT
    (ARRAY['Gardens', 'Bridges', 'Databases', 'Bicycles', 'Libraries', 'Rivers', 'Bread', 'Maps'])[1 + n % 8]
) AS subject (topic)
ORDER BY n;

INSERT INTO tags (name)
SELECT name FROM unnest(ARRAY['craft', 'history', 'how-to', 'news', 'opinion', 'science', 'travel']) AS name;

INSERT INTO post_tags (post_id, tag_id)
SELECT posts.id, tags.id FROM posts, tags WHERE (posts.id + tags.id) % 3 = 0;

INSERT INTO comments (post_id, author_id, body, created_at)
SELECT posts.id, users.id,
       (ARRAY['Thank you!', 'I did not know that.', 'Please write more of these.'])[nth],
       coalesce(posts.published_at, timestamptz '2024-01-01 08:00:00+00') + nth * interval '1 hour'
FROM posts
CROSS JOIN generate_series(1, 3) AS nth
JOIN users ON users.email = format('user%s@example.org', 1 + (posts.id * 7 + nth) % 1000)
ORDER BY posts.id, nth;

-- Every fourth comment answers the first one under the same post.
UPDATE comments
SET parent_id = first.id
FROM (SELECT post_id, min(id) AS id FROM comments GROUP BY post_id) AS first
WHERE comments.post_id = first.post_id
  AND comments.id > first.id
  AND comments.id % 4 = 0;
$up$,
$down$
TRUNCATE comments, post_tags, tags, posts, users RESTART IDENTITY;
$down$);
