INSERT INTO linkgress.migration (name, description, up, down) VALUES (
'20240402-110000_post_functions', 'Search and unpublish, as SQL-standard routines',
$up$
CREATE FUNCTION search_posts(words text, max_rows integer DEFAULT 10)
RETURNS TABLE (slug text, title text, rank real)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT posts.slug, posts.title, ts_rank(posts.search, query)
    FROM posts, websearch_to_tsquery('english', words) AS query
    WHERE posts.search @@ query AND posts.status = 'published'
    ORDER BY ts_rank(posts.search, query) DESC, posts.slug
    LIMIT max_rows;
END;

CREATE PROCEDURE unpublish(post_slug text)
LANGUAGE sql
BEGIN ATOMIC
    DELETE FROM page_views USING posts
    WHERE page_views.post_id = posts.id AND posts.slug = post_slug;
    UPDATE posts SET status = 'draft', published_at = NULL
    WHERE posts.slug = post_slug;
END;
$up$,
$down$
DROP PROCEDURE unpublish(text);
DROP FUNCTION search_posts(text, integer);
$down$);
