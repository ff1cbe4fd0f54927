// Publications, subscriptions, event triggers and default privileges.

#include "engine/catalog/queries.hpp"

namespace linkgress::engine::catalog {

namespace {

// to_jsonb() reads what only PostgreSQL 18 has.
pg::Query publications(R"(
SELECT 'pg_publication'::regclass::oid AS classid, p.oid AS objid, 'publication' AS kind, p.pubname::text AS name,
    p.puballtables AS all_tables,
    CASE WHEN NOT (p.pubinsert AND p.pubupdate AND p.pubdelete AND p.pubtruncate) THEN
        concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
            CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END) END AS publish,
    CASE WHEN p.pubviaroot THEN 'true' END AS publish_via_partition_root,
    CASE WHEN to_jsonb(p) ->> 'pubgencols' = 's' THEN 'stored' END AS publish_generated_columns,)" LINKGRESS_COMMENT(
                           "pg_publication", "p.oid",
                           "0") "," LINKGRESS_LABELS("pg_publication", "p.oid",
                                                     "0") "," LINKGRESS_OWNER("p.pubowner") R"(
FROM pg_publication p
WHERE )" LINKGRESS_IS_ASKED_FOR("publication", "p.pubname") R"( AND NOT )" LINKGRESS_OF_EXTENSION("pg_publication",
                                                                                                  "p.oid"),
                       {pg::Type::text_array});

pg::Query publication_tables(R"(
SELECT 'pg_publication_rel'::regclass::oid AS classid, r.oid AS objid, 'publication_table' AS kind,
    p.pubname::text AS parent, r.prrelid::regclass::text AS name,
    (SELECT array_agg(a.attname::text ORDER BY a.attname) FROM pg_attribute a
        WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs::smallint[])) AS columns,
    pg_get_expr(r.prqual, r.prrelid) AS "where"
FROM pg_publication_rel r
JOIN pg_publication p ON p.oid = r.prpubid
WHERE )" LINKGRESS_IS_ASKED_FOR("publication", "p.pubname") R"( AND NOT )" LINKGRESS_OF_EXTENSION("pg_publication",
                                                                                                  "p.oid"),
                             {pg::Type::text_array});

pg::Query publication_schemas(R"(
SELECT 'pg_publication_namespace'::regclass::oid AS classid, s.oid AS objid, 'publication_schema' AS kind,
    p.pubname::text AS parent, n.nspname::text AS name
FROM pg_publication_namespace s
JOIN pg_publication p ON p.oid = s.pnpubid
JOIN pg_namespace n ON n.oid = s.pnnspid
WHERE )" LINKGRESS_IS_ASKED_FOR("publication", "p.pubname") R"( AND NOT )" LINKGRESS_OF_EXTENSION("pg_publication",
                                                                                                  "p.oid"),
                              {pg::Type::text_array});

// Not all columns can be read by everybody, so that they have to be named. Those that only newer versions have
// are found in `newer`, or else taken from `older`.
#define SUBSCRIPTIONS(connection)                                                                                      \
    "SELECT 'pg_subscription'::regclass::oid AS classid, s.oid AS objid, 'subscription' AS kind, "                     \
    " s.subname::text AS name, " connection " s.subpublications AS publications, s.subenabled AS enabled, "            \
    " CASE WHEN s.subslotname IS NULL THEN 'none' WHEN s.subslotname <> s.subname THEN s.subslotname::text END "       \
    "  AS slot_name, "                                                                                                 \
    " CASE WHEN s.subbinary THEN 'true' END AS binary, "                                                               \
    " CASE s.substream::text WHEN 'true' THEN 'on' WHEN 't' THEN 'on' WHEN 'p' THEN 'parallel' END AS streaming, "     \
    " nullif(s.subsynccommit, 'off') AS synchronous_commit, "                                                          \
    " CASE WHEN s.subdisableonerr THEN 'true' END AS disable_on_error, "                                               \
    " nullif(newer.suborigin, 'any') AS origin, "                                                                      \
    " CASE WHEN NOT newer.subpasswordrequired THEN 'false' END AS password_required, "                                 \
    " CASE WHEN newer.subrunasowner THEN 'true' END AS run_as_owner, "                                                 \
    " s.subtwophasestate <> 'd' AS two_phase, newer.subfailover AS failover, " LINKGRESS_COMMENT(                      \
        "pg_subscription", "s.oid",                                                                                    \
        "0") "," LINKGRESS_OWNER("s.subowner") ", "                                                                    \
                                               " (SELECT array_agg(l.provider || '=' || l.label ORDER BY l.provider) " \
                                               "FROM pg_shseclabel l "                                                 \
                                               "  WHERE l.classoid = 'pg_subscription'::regclass AND l.objoid = "      \
                                               "s.oid) AS labels "                                                     \
                                               "FROM (SELECT 'any' AS suborigin, true AS subpasswordrequired, false "  \
                                               "AS subrunasowner, false AS subfailover) "                              \
                                               " older "                                                               \
                                               "CROSS JOIN (SELECT oid, subdbid, subname, subowner, subenabled, "      \
                                               "subbinary, substream, subtwophasestate, "                              \
                                               "  subdisableonerr, subslotname, subsynccommit, subpublications FROM "  \
                                               "pg_subscription) s "                                                   \
                                               "CROSS JOIN LATERAL (SELECT suborigin, subpasswordrequired, "           \
                                               "subrunasowner, subfailover FROM pg_subscription x "                    \
                                               "  WHERE x.oid = s.oid) newer "                                         \
                                               "WHERE " LINKGRESS_IS_ASKED_FOR(                                        \
                                                   "subscription",                                                     \
                                                   "s.subname") " AND s.subdbid = (SELECT d.oid FROM pg_database d "   \
                                                                "WHERE d.datname = current_database())"

pg::Query subscriptions(SUBSCRIPTIONS("true AS hidden, "), {pg::Type::text_array});
pg::Query subscriptions_with_connection(
    SUBSCRIPTIONS("(SELECT c.subconninfo FROM pg_subscription c WHERE c.oid = s.oid) AS connection, "),
    {pg::Type::text_array});

#undef SUBSCRIPTIONS

pg::Query connection_privilege("SELECT has_column_privilege('pg_subscription', 'subconninfo', 'SELECT')", {});

pg::Query event_triggers(R"(
SELECT 'pg_event_trigger'::regclass::oid AS classid, t.oid AS objid, 'event_trigger' AS kind, t.evtname::text AS name,
    t.evtevent::text AS event, t.evttags AS tags, t.evtfoid::regproc::text AS function,
    CASE t.evtenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' END
        AS enabled,)" LINKGRESS_COMMENT("pg_event_trigger", "t.oid",
                                        "0") "," LINKGRESS_LABELS("pg_event_trigger", "t.oid",
                                                                  "0") "," LINKGRESS_OWNER("t.evtowner") R"(
FROM pg_event_trigger t
WHERE )" LINKGRESS_IS_ASKED_FOR("event_trigger", "t.evtname") R"( AND NOT )" LINKGRESS_OF_EXTENSION("pg_event_trigger",
                                                                                                    "t.oid"),
                         {pg::Type::text_array});

// Those of all schemas start from what the server grants by itself, those of one schema add to them.
pg::Query default_privileges(
    R"(
SELECT 'pg_default_acl'::regclass::oid AS classid, d.oid AS objid, 'default_privileges' AS kind,
    n.nspname::text AS schema, pg_get_userbyid(d.defaclrole)::text AS name,
    CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES'
        WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END AS arguments,
)" LINKGRESS_GRANTS_BEYOND("d.defaclacl", "base.acl", "d.defaclrole") R"(
FROM pg_default_acl d
LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
CROSS JOIN LATERAL (SELECT CASE WHEN n.oid IS NULL THEN
    acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END, d.defaclrole) END AS acl) base
WHERE CASE WHEN n.oid IS NULL THEN )" LINKGRESS_IS_ASKED_FOR(
        "default_privileges", "pg_get_userbyid(d.defaclrole)") " ELSE " LINKGRESS_IN_SCOPE " END",
    {pg::Type::text_array});

} // namespace

const Queries &publication_queries()
{
    static const Queries of_all = {{&publications, "pg_publication"},
                                   {&publication_tables, "pg_publication_rel"},
                                   {&publication_schemas, "pg_publication_namespace"},
                                   {&subscriptions, "pg_subscription"},
                                   {&event_triggers, "pg_event_trigger"},
                                   {&default_privileges, "pg_default_acl"}};
    static const Queries with_connections = {{&publications, "pg_publication"},
                                             {&publication_tables, "pg_publication_rel"},
                                             {&publication_schemas, "pg_publication_namespace"},
                                             {&subscriptions_with_connection, "pg_subscription"},
                                             {&event_triggers, "pg_event_trigger"},
                                             {&default_privileges, "pg_default_acl"}};
    return connection_privilege.run_with_active_snapshot().boolean(0, 0) ? with_connections : of_all;
}

} // namespace linkgress::engine::catalog
