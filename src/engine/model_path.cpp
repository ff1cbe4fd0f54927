#include "engine/model_path.hpp"

#include "pg/guc.hpp"
#include "pg/role.hpp"
#include "pg/spi.hpp"

#include <algorithm>
#include <set>

namespace linkgress::engine {

namespace {

// Of these, those in which whoever owns something, or may create something, can act as the caller.
std::set<std::string> trusted_schemas(const std::vector<std::string> &names)
{
    static pg::Query query(
        "WITH trusted AS (SELECT r.oid FROM pg_roles r WHERE pg_has_role(r.oid, current_user, 'MEMBER')"
        "  OR r.rolname = 'pg_database_owner' AND pg_has_role((SELECT datdba FROM pg_database"
        "   WHERE datname = current_database()), current_user, 'MEMBER'))"
        " SELECT n.nspname::text FROM pg_namespace n"
        " WHERE n.nspname = ANY ($1) AND n.nspowner IN (SELECT oid FROM trusted)"
        " AND NOT EXISTS (SELECT FROM aclexplode(n.nspacl) a WHERE a.privilege_type = 'CREATE'"
        "  AND a.grantee NOT IN (SELECT oid FROM trusted))"
        " AND NOT EXISTS (SELECT FROM pg_proc p WHERE p.pronamespace = n.oid"
        "  AND p.proowner NOT IN (SELECT oid FROM trusted))"
        " AND NOT EXISTS (SELECT FROM pg_operator o WHERE o.oprnamespace = n.oid"
        "  AND o.oprowner NOT IN (SELECT oid FROM trusted))",
        {pg::Type::text_array});
    pg::SearchPathScope pinned;
    std::vector<std::string> trusted = query.run({std::cref(names)}).texts(0);
    return {trusted.begin(), trusted.end()};
}

std::vector<std::string> extension_schemas()
{
    static pg::Query query("SELECT DISTINCT n.nspname::text COLLATE \"C\" FROM pg_extension x"
                           " JOIN pg_namespace n ON n.oid = x.extnamespace"
                           " WHERE n.nspname NOT IN ('pg_catalog', 'linkgress') ORDER BY 1",
                           {});
    pg::SearchPathScope pinned;
    return query.run().texts(0);
}

// In these nobody can put anything for others.
bool is_of_server(const std::string &schema)
{
    return schema == "pg_catalog" || schema == "information_schema" || schema == "pg_temp";
}

} // namespace

std::vector<std::string> initial_search_path()
{
    std::vector<std::string> path = pg::settings::managed_schemas();
    path.resize(std::min<std::size_t>(path.size(), 1), "");
    if (path.empty())
        path.emplace_back("public");
    for (const std::string &schema : extension_schemas())
        if (schema != path.front())
            path.push_back(schema);
    return path;
}

std::vector<std::string> without_untrusted(const std::vector<std::string> &path,
                                           const std::vector<std::string> &managed)
{
    std::set<std::string> trusted = trusted_schemas(path);
    std::string user = pg::role_name(pg::current_role()).value_or("");
    std::vector<std::string> result;
    for (const std::string &each : path) {
        const std::string &schema = each == "$user" ? user : each;
        if (is_of_server(schema) || trusted.contains(schema) ||
            std::find(managed.begin(), managed.end(), schema) != managed.end())
            result.push_back(schema);
    }
    return result;
}

} // namespace linkgress::engine
