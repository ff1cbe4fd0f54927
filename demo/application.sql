-- Registers the sample application, a blog with a history of 17 migrations:
-- psql -1 -f demo/application.sql

\ir migrations/20240115-093000_users.sql
\ir migrations/20240118-101500_user_role.sql
\ir migrations/20240120-143052_posts.sql
\ir migrations/20240122-084500_tags.sql
\ir migrations/20240125-160000_comments.sql
\ir migrations/20240129-090000_sample_content.sql
\ir migrations/20240205-111500_given_and_family_name.sql
\ir migrations/20240209-150000_archived_posts.sql
\ir migrations/20240212-140000_post_search.sql
\ir migrations/20240219-093000_published_posts.sql
\ir migrations/20240226-150000_author_statistics.sql
\ir migrations/20240304-083000_page_views.sql
\ir migrations/20240311-120000_subscriptions.sql
\ir migrations/20240318-101000_prices_in_cents.sql
\ir migrations/20240325-090000_post_privacy.sql
\ir migrations/20240402-110000_post_functions.sql
\ir migrations/20240408-130000_popular_posts.sql
