INSERT INTO linkgress.migration (name, description, estimated_duration, up, down) VALUES (
'20240212-140000_post_search', 'Full-text search in posts', '2 seconds',
$up$
ALTER TABLE posts ADD COLUMN search tsvector;

CREATE FUNCTION posts_set_search() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    NEW.search := setweight(to_tsvector('english', NEW.title), 'A')
               || setweight(to_tsvector('english', NEW.body), 'B');
    RETURN NEW;
END;
$$;

CREATE TRIGGER posts_set_search
    BEFORE INSERT OR UPDATE OF title, body ON posts
    FOR EACH ROW EXECUTE FUNCTION posts_set_search();

UPDATE posts SET title = title;   -- the trigger fills in the new column

ALTER TABLE posts ALTER COLUMN search SET NOT NULL;

CREATE INDEX posts_search ON posts USING gin (search);
$up$,
$down$
DROP TRIGGER posts_set_search ON posts;
DROP FUNCTION posts_set_search();
ALTER TABLE posts DROP COLUMN search;
$down$);
