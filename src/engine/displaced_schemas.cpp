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
std::array<Query, 19> &moves()
{
    static std::array<Query, 19> queries = {{
        {"UPDATE pg_class SET relnamespace = $2 WHERE relnamespace = $1 AND (oid IN " MEMBERS(
             "pg_class") " OR reltype IN " MEMBERS("pg_type") " OR oid IN (SELECT indexrelid FROM pg_index WHERE "
                                                              "indrelid IN " MEMBERS("pg_class") ") OR oid IN (SELECT "
                                                                                                 "objid FROM pg_depend "
                                                                                                 "WHERE classid = "
                                                                                                 "'pg_class'::regclass "
                                                                                                 "AND refclassid = "
                                                                                                 "'pg_class'::regclass "
                                                                                                 "AND deptype IN ('a', "
                                                                                                 "'i') AND refobjid "
                                                                                                 "IN " MEMBERS(
                                                                                                     "pg_"
                                                                                                     "class") "))",
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
        // Not of an extension, but what is created in the schema is subject to it.
        {"UPDATE pg_default_acl SET defaclnamespace = $2 WHERE defaclnamespace = $1", {Type::oid, Type::oid}},
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

void displace_schema(pg::Oid schema, const std::string &name, pg::Oid owner)
{
    static Query rename("UPDATE pg_namespace SET nspname = ('linkgress_displaced_' || oid)::name WHERE oid = $1",
                        {Type::oid});
    static Query copy("UPDATE pg_namespace n SET nspacl = o.nspacl FROM pg_namespace o WHERE o.oid = $1 AND n.oid = $2",
                      {Type::oid, Type::oid});
    static Query comment("INSERT INTO pg_description SELECT $2, classoid, objsubid, description FROM pg_description"
                         " WHERE classoid = 'pg_namespace'::regclass AND objoid = $1 AND objsubid = 0",
                         {Type::oid, Type::oid});
    rename.run({schema});
    pg::Oid replacement = pg::create_schema(name, owner);
    copy.run({schema, replacement});
    comment.run({schema, replacement});
    for (Query &move : moves())
        move.run({schema, replacement});
}

void displace_in_database(const std::vector<std::string> &names, pg::Oid caller)
{
#define NAMED(kind, catalog, name, owner)                                                                              \
    "SELECT '" kind "', " name "::text, pg_has_role($2, " owner ", 'USAGE') FROM " catalog " WHERE '" kind             \
    " ' || " name " = ANY ($1)"
    static Query find(
        NAMED("publication", "pg_publication", "pubname", "pubowner") " UNION ALL " NAMED(
            "event_trigger", "pg_event_trigger", "evtname",
            "evtowner") " UNION ALL " NAMED("foreign_data_wrapper", "pg_foreign_data_wrapper", "fdwname",
                                            "fdwowner") " UNION ALL " NAMED("server", "pg_foreign_server", "srvname",
                                                                            "srvowner") " UNION ALL " NAMED("langua"
                                                                                                            "ge",
                                                                                                            "pg_"
                                                                                                            "langua"
                                                                                                            "ge",
                                                                                                            "lannam"
                                                                                                            "e",
                                                                                                            "lanown"
                                                                                                            "er") " UNI"
                                                                                                                  "ON "
                                                                                                                  "ALL "
                                                                                                                  "SELE"
                                                                                                                  "CT "
                                                                                                                  "'acc"
                                                                                                                  "ess_"
                                                                                                                  "meth"
                                                                                                                  "od',"
                                                                                                                  " amn"
                                                                                                                  "ame:"
                                                                                                                  ":tex"
                                                                                                                  "t, "
                                                                                                                  "(SEL"
                                                                                                                  "ECT "
                                                                                                                  "rols"
                                                                                                                  "uper"
                                                                                                                  " FRO"
                                                                                                                  "M "
                                                                                                                  "pg_"
                                                                                                                  "auth"
                                                                                                                  "id "
                                                                                                                  "WHER"
                                                                                                                  "E "
                                                                                                                  "oid "
                                                                                                                  "= "
                                                                                                                  "$2)"
                                                                                                                  " FRO"
                                                                                                                  "M "
                                                                                                                  "pg_"
                                                                                                                  "am "
                                                                                                                  "WHER"
                                                                                                                  "E "
                                                                                                                  "'acc"
                                                                                                                  "ess_"
                                                                                                                  "meth"
                                                                                                                  "od "
                                                                                                                  "' "
                                                                                                                  "|| "
                                                                                                                  "amna"
                                                                                                                  "me "
                                                                                                                  "= "
                                                                                                                  "ANY "
                                                                                                                  "($"
                                                                                                                  "1)",
        {Type::text_array, Type::oid});
#undef NAMED
#define RENAME(catalog, column)                                                                                        \
    "UPDATE " catalog " SET " column " = ('linkgress_displaced_' || oid)::name WHERE " column " = $1::text::name"
    static std::map<std::string, Query> renames = [] {
        std::map<std::string, Query> queries;
        auto add = [&](const char *kind, const char *sql) {
            queries.try_emplace(kind, sql, std::initializer_list<Type>{Type::text});
        };
        add("publication", RENAME("pg_publication", "pubname"));
        add("event_trigger", RENAME("pg_event_trigger", "evtname"));
        add("foreign_data_wrapper", RENAME("pg_foreign_data_wrapper", "fdwname"));
        add("server", RENAME("pg_foreign_server", "srvname"));
        add("language", RENAME("pg_language", "lanname"));
        add("access_method", RENAME("pg_am", "amname"));
        return queries;
    }();
#undef RENAME
    pg::Rows rows = find.run({std::cref(names), caller});
    check_ownership(rows, 0, 1, 2);
    for (std::size_t row = 0; row < rows.size(); row++)
        renames.at(rows.text(row, 0)).run({rows.text(row, 1)});
}

} // namespace

void displace_schemas(const std::vector<std::string> &schemas, const std::vector<std::string> &in_database)
{
    static Query find("SELECT 'schema', nspname::text, pg_has_role($2, nspowner, 'USAGE'), oid, nspowner"
                      " FROM pg_namespace WHERE nspname = ANY ($1) ORDER BY nspname",
                      {Type::text_array, Type::oid});
    pg::Oid caller = pg::current_role();
    pg::OwnerScope owner;
    pg::Rows rows = find.run({std::cref(schemas), caller});
    check_ownership(rows, 0, 1, 2);
    for (std::size_t row = 0; row < rows.size(); row++)
        displace_schema(rows.oid(row, 3), rows.text(row, 1), rows.oid(row, 4));
    if (!in_database.empty())
        displace_in_database(in_database, caller);
}

} // namespace linkgress::engine
