// Views and materialized views.

#include "engine/catalog/queries.hpp"

namespace linkgress::engine::catalog {

namespace {

#define VIEW_COLUMNS                                                                                                   \
    " (SELECT array_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod) "                        \
    "   || CASE WHEN a.attcollation <> y.typcollation THEN ' COLLATE ' || a.attcollation::regcollation ELSE '' END "   \
    "   ORDER BY a.attnum) "                                                                                           \
    "  FROM pg_attribute a JOIN pg_type y ON y.oid = a.atttypid "                                                      \
    "  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS column_list "

pg::Query
    views(R"(
SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, 'view' AS kind, n.nspname::text AS schema,
    c.relname::text AS name,
    pg_get_viewdef(c.oid) AS definition,)" VIEW_COLUMNS
          "," LINKGRESS_SORTED("c.reloptions") R"( AS options,)" LINKGRESS_COMMENT(
              "pg_class", "c.oid",
              "0") "," LINKGRESS_LABELS("pg_class", "c.oid",
                                        "0") "," LINKGRESS_OWNER("c.relowner") "," LINKGRESS_GRANTS("c.relacl", "r",
                                                                                                    "c.relowner") R"(
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'v' AND c.relpersistence <> 't' AND )" LINKGRESS_IN_SCOPE " AND NOT " LINKGRESS_OF_EXTENSION("pg_"
                                                                                                               "class",
                                                                                                               "c.oid"),
          {pg::Type::text_array});

pg::Query materialized_views(R"(
SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, 'materialized_view' AS kind, n.nspname::text AS schema,
    c.relname::text AS name,
    pg_get_viewdef(c.oid) AS definition,)" LINKGRESS_SORTED("c.reloptions") R"( AS options,
    (SELECT quote_ident(am.amname) FROM pg_am am WHERE am.oid = c.relam AND am.amname <> 'heap') AS access_method,
    (SELECT quote_ident(spcname) FROM pg_tablespace WHERE oid = c.reltablespace) AS tablespace,
    NOT c.relispopulated AS unpopulated,)" LINKGRESS_COMMENT("pg_class", "c.oid", "0") "," LINKGRESS_LABELS(
                                 "pg_class", "c.oid",
                                 "0") "," LINKGRESS_OWNER("c.relowner") "," LINKGRESS_GRANTS("c.relacl", "r",
                                                                                             "c.relowner") R"(
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'm' AND )" LINKGRESS_IN_SCOPE " AND NOT " LINKGRESS_OF_EXTENSION("pg_class", "c.oid"),
                             {pg::Type::text_array});

pg::Query view_columns(
    R"(
SELECT * FROM (
    SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, a.attnum::int AS objsubid, 'view_column' AS kind,
        n.nspname::text AS schema, c.relname::text AS parent, a.attname::text AS name,
)" LINKGRESS_COLUMN_STORAGE "," LINKGRESS_COLUMN_SETTINGS
    "," LINKGRESS_COMMENT("pg_class", "c.oid", "a.attnum") "," LINKGRESS_LABELS(
        "pg_class", "c.oid",
        "a.attnum") "," LINKGRESS_GRANTS("a.attacl", "c", "c.relowner") R"(
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type y ON y.oid = a.atttypid
    WHERE c.relkind IN ('v', 'm') AND c.relpersistence <> 't' AND )" LINKGRESS_IN_SCOPE " AND "
                                                                        "NOT " LINKGRESS_OF_EXTENSION("pg_class",
                                                                                                      "c.oid") R"() v
WHERE coalesce(comment, storage, compression) IS NOT NULL OR statistics IS NOT NULL
    OR coalesce(labels, grants, options) IS NOT NULL)",
    {pg::Type::text_array});

#undef VIEW_COLUMNS

} // namespace

const Queries &view_queries()
{
    static const Queries queries = {
        {&views, "pg_class", "relkind = 'v' AND " LINKGRESS_OF_USERS("relnamespace")},
        {&materialized_views, "pg_class", "relkind = 'm'"},
        {&view_columns, "pg_class", "relkind IN ('v', 'm') AND " LINKGRESS_OF_USERS("relnamespace")},
    };
    return queries;
}

} // namespace linkgress::engine::catalog
