-- People

CREATE TABLE users (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email       email_address NOT NULL UNIQUE,
    given_name  text NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    role        user_role NOT NULL DEFAULT 'reader',
    family_name text
);

CREATE INDEX users_family_name ON users (family_name, given_name);

COMMENT ON TABLE users IS 'Everybody with an account';

-- Posts, and what is said about them

CREATE TABLE posts (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    author_id    bigint NOT NULL REFERENCES users (id),
    slug         text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9-]+$'),
    title        text NOT NULL,
    body         text NOT NULL DEFAULT '',
    status       post_status NOT NULL DEFAULT 'draft',
    published_at timestamptz,
    search       tsvector NOT NULL
);

CREATE INDEX posts_author ON posts (author_id);
CREATE INDEX posts_newest ON posts (status, published_at DESC);
CREATE INDEX posts_search ON posts USING gin (search);

COMMENT ON TABLE posts IS 'What authors write';
COMMENT ON COLUMN posts.slug IS 'The post''s part of its address';

CREATE TRIGGER posts_set_search
    BEFORE INSERT OR UPDATE OF title, body ON posts
    FOR EACH ROW EXECUTE FUNCTION posts_set_search();

-- Drafts are seen by their author only.
ALTER TABLE posts ENABLE ROW LEVEL SECURITY;

CREATE POLICY posts_published ON posts FOR SELECT
    USING (status = 'published');
CREATE POLICY posts_own ON posts
    USING (author_id = current_user_id())
    WITH CHECK (author_id = current_user_id());

CREATE TABLE tags (
    id   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE
);

CREATE TABLE post_tags (
    post_id bigint NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    tag_id  integer NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    PRIMARY KEY (post_id, tag_id)
);

CREATE INDEX post_tags_tag ON post_tags (tag_id);

CREATE TABLE comments (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    post_id    bigint NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    author_id  bigint NOT NULL REFERENCES users (id),
    parent_id  bigint REFERENCES comments (id) ON DELETE CASCADE,
    body       text NOT NULL CHECK (body <> ''),
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX comments_post ON comments (post_id, created_at);
CREATE INDEX comments_author ON comments (author_id);
CREATE INDEX comments_parent ON comments (parent_id) WHERE parent_id IS NOT NULL;

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

-- Money

CREATE TABLE plans (
    id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name        text NOT NULL UNIQUE,
    price_cents bigint NOT NULL,
    CONSTRAINT plans_price_not_negative CHECK (price_cents >= 0)
);

COMMENT ON COLUMN plans.price_cents IS 'Price of a month in euro cents';

CREATE TABLE subscriptions (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id    bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    plan_id    integer NOT NULL REFERENCES plans (id),
    started_on date NOT NULL,
    ended_on   date,
    period     daterange GENERATED ALWAYS AS (daterange(started_on, ended_on)) STORED,
    CONSTRAINT subscriptions_end_after_start CHECK (ended_on > started_on),
    UNIQUE (user_id, started_on)
);

CREATE INDEX subscriptions_period ON subscriptions USING gist (period);

CREATE TABLE payments (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subscription_id bigint NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
    amount_cents    bigint NOT NULL,
    paid_on         date NOT NULL
);

CREATE INDEX payments_subscription ON payments (subscription_id);

COMMENT ON COLUMN payments.amount_cents IS 'Amount in euro cents';
