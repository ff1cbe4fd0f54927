#include "engine/displaced_schemas.hpp"

#include "core/error.hpp"
#include "core/sqlstate.hpp"
#include "pg/catalog.hpp"
#include "pg/role.hpp"
#include "pg/spi.hpp"

#include <array>
#include <map>

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

using pg::Query;
using pg::Type;

// The members of extensions of a class
#define MEMBERS(class)                                                                                                 \
    " (SELECT objid FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e' "                     \
    "  AND classid = '" class "'::regclass) "

#define MOVE(catalog, column)                                                                                          \
    "UPDATE " catalog " SET " column " = $2 WHERE " column " = $1 AND oid IN " MEMBERS(catalog)

// Relations of extensions have indexes and sequences, their types have types of arrays, multiranges and rows.
std::array<Query, 18> &moves()
{
    static std::array<Query, 18> queries = {{
        {R"(
WITH relation AS (SELECT objid FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
    AND classid = 'pg_class'::regclass),
type AS (SELECT objid FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
    AND classid = 'pg_type'::regclass)
UPDATE pg_class SET relnamespace = $2 WHERE relnamespace = $1 AND (
    oid IN (TABLE relation) OR reltype IN (TABLE type)
    OR oid IN (SELECT indexrelid FROM pg_index WHERE indrelid IN (TABLE relation))
    OR oid IN (SELECT objid FROM pg_depend WHERE classid = 'pg_class'::regclass AND refclassid = 'pg_class'::regclass
        AND deptype IN ('a', 'i') AND refobjid IN (TABLE relation))))",
         {Type::oid, Type::oid}},
        {"UPDATE pg_type SET typnamespace = $2 WHERE typnamespace = $1 AND (oid IN " MEMBERS(
             "pg_type") " OR typrelid IN (SELECT oid FROM pg_class WHERE relnamespace = $2))",
         {Type::oid, Type::oid}},
        {"UPDATE pg_type SET typnamespace = $2 WHERE typnamespace = $1 AND oid IN (SELECT rngmultitypid FROM pg_range"
         " JOIN pg_type y ON y.oid = rngtypid WHERE y.typnamespace = $2)",
         {Type::oid, Type::oid}},
        {"UPDATE pg_type SET typnamespace = $2 WHERE typnamespace = $1 AND oid IN (SELECT typarray FROM pg_type"
         " WHERE typnamespace = $2)",
         {Type::oid, Type::oid}},
        {"UPDATE pg_constraint SET connamespace = $2 WHERE connamespace = $1"
         " AND (conrelid IN (SELECT oid FROM pg_class WHERE relnamespace = $2)"
         " OR contypid IN (SELECT oid FROM pg_type WHERE typnamespace = $2))",
         {Type::oid, Type::oid}},
        {MOVE("pg_proc", "pronamespace"), {Type::oid, Type::oid}},
        {MOVE("pg_operator", "oprnamespace"), {Type::oid, Type::oid}},
        {MOVE("pg_opclass", "opcnamespace"), {Type::oid, Type::oid}},
        {MOVE("pg_opfamily", "opfnamespace"), {Type::oid, Type::oid}},
        {MOVE("pg_collation", "collnamespace"), {Type::oid, Type::oid}},
        {MOVE("pg_conversion", "connamespace"), {Type::oid, Type::oid}},
        {MOVE("pg_statistic_ext", "stxnamespace"), {Type::oid, Type::oid}},
        {MOVE("pg_ts_parser", "prsnamespace"), {Type::oid, Type::oid}},
        {MOVE("pg_ts_dict", "dictnamespace"), {Type::oid, Type::oid}},
        {MOVE("pg_ts_template", "tmplnamespace"), {Type::oid, Type::oid}},
        {MOVE("pg_ts_config", "cfgnamespace"), {Type::oid, Type::oid}},
        {"UPDATE pg_extension SET extnamespace = $2 WHERE extnamespace = $1", {Type::oid, Type::oid}},
        {"UPDATE pg_depend d SET refobjid = $2 WHERE refclassid = 'pg_namespace'::regclass AND refobjid = $1"
         " AND (classid = 'pg_extension'::regclass OR EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classid"
         "  AND e.objid = d.objid AND e.refclassid = 'pg_extension'::regclass AND e.deptype = 'e'))",
         {Type::oid, Type::oid}},
    }};
    return queries;
}

void check_ownership(const pg::Rows &rows, int kind, int name, int is_owner)
{
    for (std::size_t row = 0; row < rows.size(); row++)
        if (!rows.boolean(row, is_owner))
            throw core::Error(
                core::sqlstate::insufficient_privilege,
                fmt::format("must be owner of {} {}", rows.text(row, kind), pg::quote_identifier(rows.text(row, name))),
                "The model manages it.",
                "Call as its owner, or set linkgress.managed_schemas to the schemas that are yours.");
}

// What is in no schema and stands under its own name
struct Named {
    const char *kind;
    const char *catalog;
    const char *name;
    const char *owner;
};

constexpr std::array<Named, 6> named = {{
    {"publication", "pg_publication", "pubname", "pubowner"},
    {"subscription", "pg_subscription", "subname", "subowner"},
    {"event_trigger", "pg_event_trigger", "evtname", "evtowner"},
    {"foreign_data_wrapper", "pg_foreign_data_wrapper", "fdwname", "fdwowner"},
    {"server", "pg_foreign_server", "srvname", "srvowner"},
    {"language", "pg_language", "lanname", "lanowner"},
}};

// Access methods belong to nobody, casts to the owners of their types.
std::string query_for_in_database()
{
    std::string sql =
        "SELECT 'access_method', amname::text, (SELECT rolsuper FROM pg_roles WHERE oid = $2), oid"
        " FROM pg_am WHERE 'access_method ' || amname = ANY ($1)"
        " UNION ALL SELECT 'default_privileges', defaclrole::regrole::text,"
        "  pg_has_role($2, defaclrole, 'USAGE'), oid FROM pg_default_acl"
        " WHERE defaclnamespace = 0 AND 'default_privileges ' || pg_get_userbyid(defaclrole) = ANY ($1)"
        " UNION ALL SELECT * FROM (SELECT 'cast',"
        "   format('(%s AS %s)', format_type(c.castsource, NULL), format_type(c.casttarget, NULL)) AS name,"
        "   pg_has_role($2, s.typowner, 'USAGE') OR pg_has_role($2, t.typowner, 'USAGE'), c.oid"
        "  FROM pg_cast c JOIN pg_type s ON s.oid = c.castsource JOIN pg_type t ON t.oid = c.casttarget"
        "  WHERE c.oid >= 16384 AND c.oid NOT IN " MEMBERS("pg_cast") ") c"
                                                                      " WHERE 'cast ' || name = ANY ($1)";
    for (const Named &each : named)
        sql += fmt::format(" UNION ALL SELECT '{0}', {2}::text, pg_has_role($2, {3}, 'USAGE'), oid FROM {1}"
                           " WHERE '{0} ' || {2} = ANY ($1)",
                           each.kind, each.catalog, each.name, each.owner);
    return sql;
}

// What has no name of its own goes; with what it depends on, or DROP would look for it.
std::string removal(const char *catalog)
{
    return fmt::format("WITH gone AS (DELETE FROM {0} WHERE oid = $1 RETURNING oid) DELETE FROM pg_depend"
                       " USING gone WHERE classid = '{0}'::regclass AND objid = gone.oid",
                       catalog);
}

std::string renaming(const char *catalog, const char *name)
{
    return fmt::format("UPDATE {} SET {} = ('linkgress_displaced_' || oid)::name WHERE oid = $1", catalog, name);
}

std::map<std::string, std::string> displacements()
{
    std::map<std::string, std::string> of_kinds = {
        {"access_method", renaming("pg_am", "amname")},
        {"default_privileges", removal("pg_default_acl")},
        {"cast", removal("pg_cast")},
    };
    for (const Named &each : named)
        of_kinds.emplace(each.kind, renaming(each.catalog, each.name));
    return of_kinds;
}

Query &displacement(const std::string &kind)
{
    static const std::map<std::string, std::string> texts = displacements();
    static std::map<std::string, Query> queries;
    return queries.try_emplace(kind, texts.at(kind).c_str(), std::initializer_list<Type>{Type::oid}).first->second;
}

void displace_in_database(const std::vector<std::string> &names, pg::Oid caller)
{
    static const std::string sql = query_for_in_database();
    static Query find(sql.c_str(), {Type::text_array, Type::oid});
    pg::Rows rows = find.run({std::cref(names), caller});
    check_ownership(rows, 0, 1, 2);
    for (std::size_t row = 0; row < rows.size(); row++)
        displacement(rows.text(row, 0)).run({rows.oid(row, 3)});
}

// Casts and transforms by functions in the schema, or of types in it: the model says which there are.
void remove_casts(pg::Oid schema)
{
    static Query casts(R"(
WITH gone AS (
    DELETE FROM pg_cast c WHERE c.oid >= 16384
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_cast'::regclass AND d.objid = c.oid
            AND d.deptype IN ('e', 'i'))
        AND (EXISTS (SELECT FROM pg_proc p WHERE p.oid = c.castfunc AND p.pronamespace = $1)
            OR EXISTS (SELECT FROM pg_type t WHERE t.oid IN (c.castsource, c.casttarget) AND t.typnamespace = $1))
    RETURNING oid)
DELETE FROM pg_depend USING gone WHERE classid = 'pg_cast'::regclass AND objid = gone.oid)",
                       {Type::oid});
    static Query transforms(R"(
WITH gone AS (
    DELETE FROM pg_transform f WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_transform'::regclass
            AND d.objid = f.oid AND d.deptype = 'e')
        AND (EXISTS (SELECT FROM pg_proc p WHERE p.oid IN (f.trffromsql, f.trftosql) AND p.pronamespace = $1)
            OR EXISTS (SELECT FROM pg_type t WHERE t.oid = f.trftype AND t.typnamespace = $1))
    RETURNING oid)
DELETE FROM pg_depend USING gone WHERE classid = 'pg_transform'::regclass AND objid = gone.oid)",
                            {Type::oid});
    casts.run({schema});
    transforms.run({schema});
}

// The owner of an extension can make a function of his own a member of it. Names of the model do not lead to those of
// somebody who could not act as the caller.
void leave_behind(pg::Oid schema, pg::Oid replacement, pg::Oid caller)
{
    static Query functions("UPDATE pg_proc SET pronamespace = $1 WHERE pronamespace = $2"
                           " AND NOT pg_has_role(proowner, $3, 'MEMBER')",
                           {Type::oid, Type::oid, Type::oid});
    static Query operators("UPDATE pg_operator SET oprnamespace = $1 WHERE oprnamespace = $2"
                           " AND NOT pg_has_role(oprowner, $3, 'MEMBER')",
                           {Type::oid, Type::oid, Type::oid});
    functions.run({schema, replacement, caller});
    operators.run({schema, replacement, caller});
}

void displace_schema(pg::Oid schema, const std::string &name, pg::Oid owner, pg::Oid caller,
                     bool says_default_privileges)
{
    static Query rename("UPDATE pg_namespace SET nspname = ('linkgress_displaced_' || oid)::name WHERE oid = $1",
                        {Type::oid});
    static Query copy("UPDATE pg_namespace n SET nspacl = o.nspacl FROM pg_namespace o WHERE o.oid = $1 AND n.oid = $2",
                      {Type::oid, Type::oid});
    static Query comment("INSERT INTO pg_description SELECT $2, classoid, objsubid, description FROM pg_description"
                         " WHERE classoid = 'pg_namespace'::regclass AND objoid = $1 AND objsubid = 0",
                         {Type::oid, Type::oid});
    // Not of an extension, but what is created in the schema is subject to it.
    static Query default_privileges("UPDATE pg_default_acl SET defaclnamespace = $2 WHERE defaclnamespace = $1",
                                    {Type::oid, Type::oid});
    remove_casts(schema);
    rename.run({schema});
    pg::Oid replacement = pg::create_schema(name, owner);
    copy.run({schema, replacement});
    comment.run({schema, replacement});
    for (Query &move : moves())
        move.run({schema, replacement});
    leave_behind(schema, replacement, caller);
    if (!says_default_privileges)
        default_privileges.run({schema, replacement});
}

} // namespace

void displace_schemas(const Model &model)
{
    static Query find("SELECT 'schema', nspname::text, pg_has_role($2, nspowner, 'USAGE'), oid, nspowner"
                      " FROM pg_namespace WHERE nspname = ANY ($1) ORDER BY nspname",
                      {Type::text_array, Type::oid});
    pg::Oid caller = pg::current_role();
    pg::OwnerScope owner;
    pg::Rows rows = find.run({std::cref(model.schemas), caller});
    check_ownership(rows, 0, 1, 2);
    for (std::size_t row = 0; row < rows.size(); row++)
        displace_schema(rows.oid(row, 3), rows.text(row, 1), rows.oid(row, 4), caller, model.says_default_privileges);
    if (!model.in_database.empty())
        displace_in_database(model.in_database, caller);
}

} // namespace linkgress::engine
