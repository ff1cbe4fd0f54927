// Foreign-data wrappers, servers and user mappings.

#include "engine/catalog/queries.hpp"

namespace linkgress::engine::catalog {

namespace {

pg::Query wrappers(
    R"(
SELECT 'pg_foreign_data_wrapper'::regclass::oid AS classid, w.oid AS objid, 'foreign_data_wrapper' AS kind,
    w.fdwname::text AS name,
    CASE WHEN w.fdwhandler <> 0 THEN w.fdwhandler::regproc::text END AS handler,
    CASE WHEN w.fdwvalidator <> 0 THEN w.fdwvalidator::regproc::text END AS validator,)" LINKGRESS_SORTED(
        "w.fdwoptions") R"( AS options,)" LINKGRESS_COMMENT("pg_foreign_data_wrapper", "w.oid",
                                                            "0") "," LINKGRESS_OWNER("w.fdwowner") "," LINKGRESS_GRANTS("w.fdwacl",
                                                                                                                        "F",
                                                                                                                        "w.fdwowner") R"(
FROM pg_foreign_data_wrapper w
WHERE w.oid >= 16384 AND )" LINKGRESS_IS_ASKED_FOR("foreign_data_wrapper",
                                                   "w.fdwname") R"( AND NOT )" LINKGRESS_OF_EXTENSION("pg_foreign_data_"
                                                                                                      "wrapper",
                                                                                                      "w.oid"),
    {pg::Type::text_array});

pg::Query servers(
    R"(
SELECT 'pg_foreign_server'::regclass::oid AS classid, s.oid AS objid, 'server' AS kind, s.srvname::text AS name,
    quote_ident(w.fdwname) AS wrapper, s.srvtype AS type, s.srvversion AS version,)" LINKGRESS_SORTED(
        "s.srvoptions") R"( AS options,)" LINKGRESS_COMMENT("pg_foreign_server", "s.oid",
                                                            "0") "," LINKGRESS_OWNER("s.srvowner") "," LINKGRESS_GRANTS("s.srvacl",
                                                                                                                        "S",
                                                                                                                        "s.srvowner") R"(
FROM pg_foreign_server s
JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
WHERE )" LINKGRESS_IS_ASKED_FOR("server", "s.srvname") R"( AND NOT )" LINKGRESS_OF_EXTENSION("pg_foreign_server",
                                                                                             "s.oid"),
    {pg::Type::text_array});

// The one for PUBLIC has the user "public", which no role can be named. Whose options pg_user_mappings shows:
// those of all to superusers, of PUBLIC to the owner of the server, one's own to oneself.
pg::Query user_mappings(R"(
SELECT 'pg_user_mapping'::regclass::oid AS classid, m.umid AS objid, 'user_mapping' AS kind, m.srvname::text AS parent,
    m.usename::text AS name,)" LINKGRESS_SORTED("m.umoptions") R"( AS options,
    m.umoptions IS NULL AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
        AND NOT CASE WHEN m.umuser = 0 THEN pg_has_role(s.srvowner, 'USAGE')
            ELSE m.usename = current_user
                AND (pg_has_role(s.srvowner, 'USAGE') OR has_server_privilege(s.oid, 'USAGE')) END AS hidden
FROM pg_user_mappings m
JOIN pg_foreign_server s ON s.oid = m.srvid
WHERE )" LINKGRESS_IS_ASKED_FOR("server", "s.srvname") R"( AND NOT )" LINKGRESS_OF_EXTENSION("pg_foreign_server",
                                                                                             "s.oid"),
                        {pg::Type::text_array});

} // namespace

const Queries &foreign_data_queries()
{
    static const Queries queries = {
        {&wrappers, "pg_foreign_data_wrapper"}, {&servers, "pg_foreign_server"}, {&user_mappings, "pg_foreign_server"}};
    return queries;
}

} // namespace linkgress::engine::catalog
