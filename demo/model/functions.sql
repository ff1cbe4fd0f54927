CREATE FUNCTION current_user_id() RETURNS bigint
LANGUAGE sql STABLE
RETURN nullif(current_setting('blog.user_id', true), '')::bigint;

COMMENT ON FUNCTION current_user_id() IS 'Who is logged in: the application sets blog.user_id';

CREATE FUNCTION posts_set_search() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    NEW.search := setweight(to_tsvector('english', NEW.title), 'A')
               || setweight(to_tsvector('english', NEW.body), 'B');
    RETURN NEW;
END;
$$;

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
