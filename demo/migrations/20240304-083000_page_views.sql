INSERT INTO linkgress.migration (name, description, up, down) VALUES (
'20240304-083000_page_views', 'Page views by day, a partition for each quarter',
$up$
CREATE TABLE page_views (
    post_id bigint NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    day     date NOT NULL,
    views   integer NOT NULL CHECK (views > 0),
    PRIMARY KEY (post_id, day)
) PARTITION BY RANGE (day);

CREATE TABLE page_views_2024_q1 PARTITION OF page_views
    FOR VALUES FROM ('2024-01-01') TO ('2024-04-01');
CREATE TABLE page_views_2024_q2 PARTITION OF page_views
    FOR VALUES FROM ('2024-04-01') TO ('2024-07-01');
CREATE TABLE page_views_other PARTITION OF page_views DEFAULT;

CREATE INDEX page_views_day ON page_views (day);

INSERT INTO page_views (post_id, day, views)
SELECT posts.id, date '2024-01-01' + n, 1 + (posts.id * 31 + n) % 89
FROM posts
CROSS JOIN generate_series(0, 240, 60) AS n
WHERE posts.status = 'published';
$up$,
$down$
DROP TABLE page_views;
$down$);
