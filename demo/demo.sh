#!/usr/bin/env bash
# Walks through Linkgress with the sample application of this folder. Needs an empty database, named by
# PGHOST, PGPORT, PGUSER and PGDATABASE, on a server that has the extension installed: `make demo` makes one.
# Exits non-zero as soon as something else happens than what is told, so it is a test as well.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

heading_on='' sql_on='' error_on='' off=''
if [[ -t 1 && -z ${NO_COLOR:-} ]]; then
    heading_on=$'\e[1m' sql_on=$'\e[36m' error_on=$'\e[31m' off=$'\e[0m'
fi

trap '(($? == 0)) || echo "demo: stopped, because something else happened than what is told above" >&2' EXIT

heading() { printf '\n%s== %s%s\n' "$heading_on" "$1" "$off"; }

explain() { printf '%s\n' "$@"; }

# Turns statements into a psql script that shows each of them, as if it had been typed, before it is run.
# \warn writes to stderr, as NOTICEs do, so that all comes out in order.
typed() {
    local statement line prompt
    for statement in "$@"; do
        prompt='=# '
        while IFS= read -r line; do
            line=${line//\\/\\\\}
            printf "\\\\warn '%s%s%s%s%s'\n" "$PGDATABASE" "$prompt" "$sql_on" "${line//\'/\'\'}" "$off"
            prompt='-# '
        done <<<"$statement"
        printf '%s\n' "$statement"
    done
}

psql_plainly() { psql -X -P pager=off "$@" 2>&1; }

# Runs statements that must succeed, in one session.
run() {
    echo
    typed "$@" | psql_plainly -v ON_ERROR_STOP=1
}

# Runs a statement that must fail with the given SQLSTATE.
fails_with() {
    local sqlstate=$1 output
    output=$({ typed "$2"; echo '\warn SQLSTATE :LAST_ERROR_SQLSTATE'; } | psql_plainly) || true
    printf '\n%s\n' "${output/$'\nERROR:'/$'\n'"${error_on}ERROR:$off"}"
    [[ ${output##*$'\n'} == "SQLSTATE $sqlstate" ]] || { echo "demo: expected SQLSTATE $sqlstate" >&2; false; }
}

# Compares what a query returns with what it should.
expect() {
    local found
    found=$(psql_plainly -At -v ON_ERROR_STOP=1 -c "$2")
    [[ $found == "$1" ]] || { printf 'demo: %s\n  expected %s\n  found    %s\n' "$2" "$1" "$found" >&2; false; }
}

heading 'Everything happens inside the server'
run 'CREATE EXTENSION linkgress;'

heading 'A migration is a row'
explain 'The sample application is a blog with a history of 17 migrations. This is one of them:'
echo
cat demo/migrations/20240118-101500_user_role.sql
echo
explain 'psql registers them all. The server parses every body, but runs nothing yet.'
run '\set QUIET on' '\i demo/application.sql' 'SELECT name, state, repeatable FROM linkgress.status();'

heading 'What would happen? A dry run'
explain 'It really runs every migration, and really takes everything back.'
run 'SET linkgress.verbosity = quiet;' \
    'SELECT name, action, statements, duration FROM linkgress.migrate(dry_run => true);' \
    'SELECT count(*) AS applied FROM linkgress.applied();'
expect 0 "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"

heading 'Migrate: all or nothing'
run 'SELECT count(*) AS applied, sum(duration) AS duration FROM linkgress.migrate();'
explain 'The application can be used:'
run 'SELECT given_name, family_name, role FROM users ORDER BY id LIMIT 3;' \
    "SELECT slug, title FROM search_posts('bridges week', max_rows => 3);" \
    'SELECT * FROM popular_posts LIMIT 3;'
expect 1000,3000,9000,13500 "SELECT concat_ws(',', (SELECT count(*) FROM users), (SELECT count(*) FROM posts),
    (SELECT count(*) FROM comments), (SELECT count(*) FROM page_views))"

heading 'A mistake in syntax is refused when it is registered'
fails_with 42601 "SELECT linkgress.register('20240415-090000_bookmarks',
    up => 'CREATE TABLE bookmarks (
    user_id bigint REFERENCES users (id)
    post_id bigint REFERENCES posts (id)
);');"

heading 'A mistake in meaning is found when it runs'
explain 'Two new migrations. The second one has a wrong column name in it.'
run "SELECT linkgress.register('20240415-090000_bookmarks',
    up => 'CREATE TABLE bookmarks (
    user_id bigint REFERENCES users (id),
    post_id bigint REFERENCES posts (id),
    PRIMARY KEY (user_id, post_id)
);',
    down => 'DROP TABLE bookmarks;');" \
    "SELECT linkgress.register('20240422-100000_reading_time',
    up => 'ALTER TABLE posts ADD COLUMN minutes integer;

UPDATE posts
SET minutes = ceil(length(bdy) / 1000.0);

ALTER TABLE posts ALTER COLUMN minutes SET NOT NULL;',
    down => 'ALTER TABLE posts DROP COLUMN minutes;');"
explain 'CALL linkgress.up() commits one by one, so what worked stays. (migrate() would have taken back both.)'
fails_with 42703 'CALL linkgress.up();'
run "SELECT name, state FROM linkgress.status() WHERE name > '20240415';" \
    'SELECT name, action, sqlstate, statement, line FROM linkgress.history ORDER BY id DESC LIMIT 2;'
expect t,0 "SELECT concat_ws(',', to_regclass('bookmarks') IS NOT NULL, (SELECT count(*)
    FROM pg_attribute WHERE attrelid = 'posts'::regclass AND attname = 'minutes'))"

heading 'Mend it and go on'
run "UPDATE linkgress.migration SET up = replace(up, 'bdy', 'body')
WHERE name = '20240422-100000_reading_time';" \
    'CALL linkgress.up();'
expect 0 'SELECT count(*) FROM posts WHERE minutes IS NULL'

heading 'What is applied cannot be rewritten unnoticed'
fails_with 55000 "UPDATE linkgress.migration SET up = 'SELECT 1' WHERE name = '20240115-093000_users';"

heading 'Back, and forth again'
run 'SELECT name, action FROM linkgress.rollback();' \
    "SELECT name, state FROM linkgress.status() WHERE name > '20240415';" \
    'CALL linkgress.up();' \
    'SELECT name, action FROM linkgress.redo(2);'

heading 'A repeatable migration runs again when its text changes'
run "UPDATE linkgress.migration SET up = replace(up, 'AS views', 'AS views, count(*) AS days')
WHERE name = '20240408-130000_popular_posts';" \
    'SELECT name, action FROM linkgress.migrate();' \
    'SELECT * FROM popular_posts LIMIT 1;'

heading 'The whole history down to nothing and up again, in one transaction'
run 'SET linkgress.verbosity = quiet;' \
    'BEGIN;' \
    'SELECT count(*) AS reverted FROM linkgress.reset();' \
    "SELECT count(*) AS relations_left FROM pg_class WHERE relnamespace = 'public'::regnamespace;" \
    'SELECT count(*) AS applied FROM linkgress.migrate();' \
    'COMMIT;'

heading 'Statements that cannot run in a transaction'
explain 'Indexes on busy tables are built concurrently, which no transaction allows. The server sees that at once.'
run "SELECT linkgress.register('20240502-070000_indexes',
    up => 'CREATE INDEX CONCURRENTLY posts_minutes ON posts (minutes);
CREATE UNIQUE INDEX CONCURRENTLY comments_once ON comments (author_id, body);
ANALYZE posts, comments;',
    down => 'DROP INDEX CONCURRENTLY comments_once;
DROP INDEX CONCURRENTLY posts_minutes;');"
fails_with 25001 'SELECT linkgress.migrate();'
explain 'A worker of the server runs it, statement by statement. People say the same thing more than once, so the second index fails.'
fails_with 23505 'CALL linkgress.up();'
run "SELECT name, state, left(note, 17) AS note FROM linkgress.status() WHERE state <> 'applied';"
explain 'Mended, it goes on with that statement; what it has left behind is cleared away first.'
run "UPDATE linkgress.migration SET up = replace(up, 'UNIQUE ', '') WHERE name = '20240502-070000_indexes';" \
    'CALL linkgress.up();' \
    "SELECT indexrelid::regclass AS index, indisvalid FROM pg_index
WHERE indexrelid::regclass::text IN ('posts_minutes', 'comments_once');" \
    'SELECT run, call, state, progress, elapsed FROM linkgress.runs() LIMIT 3;'
expect 0 'SELECT count(*) FROM pg_index WHERE NOT indisvalid'

heading 'Where we are'
run 'SELECT name, state, batch, duration FROM linkgress.status();' \
    'SELECT name, problem FROM linkgress.validate();' \
    "SELECT action, count(*), count(sqlstate) AS failed FROM linkgress.history GROUP BY action ORDER BY action;"
expect 20,0 "SELECT concat_ws(',', count(*) FILTER (WHERE state = 'applied'),
    count(*) FILTER (WHERE state <> 'applied')) FROM linkgress.status()"
expect 0 'SELECT count(*) FROM linkgress.validate()'
expect 20 'SELECT count(*) FROM linkgress.journal'
expect 1000,3000,9000,13500,0 "SELECT concat_ws(',', (SELECT count(*) FROM users), (SELECT count(*) FROM posts),
    (SELECT count(*) FROM comments), (SELECT count(*) FROM page_views), (SELECT count(*) FROM bookmarks))"

heading 'Done: everything came out as it should'
if [[ -t 0 && -t 1 ]]; then
    read -r -p 'Look around in psql on this server, until \q ends it? [Y/n] ' answer || answer=n
    [[ $answer == [Nn]* ]] || psql || true
fi
