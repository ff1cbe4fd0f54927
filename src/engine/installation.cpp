#include "engine/installation.hpp"

#include "core/sqlstate.hpp"
#include "engine/own_privileges.hpp"
#include "pg/catalog.hpp"
#include "pg/extension.hpp"
#include "pg/spi.hpp"

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

void check_script()
{
    if (!pg::is_own_script())
        throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                          "only the scripts of extension \"linkgress\" can call this function");
}

// Of an object of a catalog with that name and columns: does it belong to a superuser, or to the server?
#define LINKGRESS_OF_SUPERUSER(catalog, owner)                                                                         \
    " WHEN '" catalog "'::regclass THEN"                                                                               \
    " (SELECT r.rolsuper FROM " catalog " o JOIN pg_roles r ON r.oid = o." owner " WHERE o.oid = d.refobjid)"

// Objects in the schema that are not the extension's.
pg::Query strangers("SELECT DISTINCT pg_describe_object(d.classid, d.objid, 0) AS object"
                    " FROM pg_depend d"
                    " WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = 'linkgress'::regnamespace"
                    "  AND d.deptype = 'n' AND NOT (d.classid = 'pg_extension'::regclass AND d.objid = $1)"
                    "  AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classid AND e.objid = d.objid"
                    "   AND e.refclassid = 'pg_extension'::regclass AND e.refobjid = $1 AND e.deptype = 'e')"
                    " ORDER BY 1 LIMIT 10",
                    {pg::Type::oid});

// Objects of others that the extension's own ones use, which a function of somebody's in the schema could become.
pg::Query
    foreign_parts("WITH RECURSIVE own AS ("
                  " SELECT classid, objid FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND refobjid = $1"
                  "  AND deptype = 'e'"
                  " UNION SELECT d.classid, d.objid FROM pg_depend d"
                  "  JOIN own o ON d.refclassid = o.classid AND d.refobjid = o.objid WHERE d.deptype IN ('i', 'a'))"
                  " SELECT DISTINCT pg_describe_object(d.refclassid, d.refobjid, 0)"
                  " FROM own JOIN pg_depend d ON d.classid = own.classid AND d.objid = own.objid"
                  " WHERE d.deptype = 'n' AND d.refobjid >= 16384"
                  "  AND d.refclassid NOT IN ('pg_extension'::regclass, 'pg_namespace'::regclass)"
                  "  AND NOT EXISTS (SELECT FROM own o WHERE o.classid = d.refclassid AND o.objid = d.refobjid)"
                  "  AND CASE d.refclassid" LINKGRESS_OF_SUPERUSER("pg_proc", "proowner")
                      LINKGRESS_OF_SUPERUSER("pg_operator", "oprowner") LINKGRESS_OF_SUPERUSER("pg_type", "typowner")
                          LINKGRESS_OF_SUPERUSER("pg_class", "relowner")
                              LINKGRESS_OF_SUPERUSER("pg_collation", "collowner")
                                  LINKGRESS_OF_SUPERUSER("pg_opclass", "opcowner")
                                      LINKGRESS_OF_SUPERUSER("pg_opfamily", "opfowner") " ELSE false END IS NOT TRUE"
                                                                                        " ORDER BY 1 LIMIT 10",
                  {pg::Type::oid});

std::string list(const pg::Rows &objects)
{
    std::string text;
    for (const std::string &object : objects.texts(0))
        text += (text.empty() ? "" : ", ") + object;
    return text;
}

void refuse_strangers(pg::Oid extension)
{
    if (pg::Rows found = strangers.run({extension}); !found.empty())
        throw core::Error(core::sqlstate::dependent_objects_still_exist,
                          "schema \"linkgress\" has objects that do not belong to extension \"linkgress\"",
                          fmt::format("These are there: {}.", list(found)),
                          "Look at them, move them to another schema or drop them, then try again.");
    if (pg::Rows found = foreign_parts.run({extension}); !found.empty())
        throw core::Error(core::sqlstate::dependent_objects_still_exist,
                          "objects of extension \"linkgress\" depend on those of others",
                          fmt::format("They depend on: {}.", list(found)),
                          "Look at them, and at who made them. Drop the triggers that call them; or dump the tables of"
                          " linkgress, drop the extension, install it anew and restore them.");
}

// ALTER EXTENSION SET SCHEMA refuses, since the objects stay where they are.
void move_extension(pg::Oid extension)
{
    static pg::Query move("UPDATE pg_extension SET extnamespace = 'pg_catalog'::regnamespace WHERE oid = $1",
                          {pg::Type::oid});
    static pg::Query forget("DELETE FROM pg_depend WHERE classid = 'pg_extension'::regclass AND objid = $1"
                            " AND refclassid = 'pg_namespace'::regclass AND refobjid = 'linkgress'::regnamespace",
                            {pg::Type::oid});
    move.run({extension});
    forget.run({extension});
}

void give_to_owner()
{
    static pg::Query query(
        "SELECT format('ALTER %s %s OWNER TO %I', o.kind, o.name, r.rolname), d.xmin"
        " FROM pg_extension x"
        " JOIN pg_roles r ON r.oid = x.extowner"
        " JOIN pg_depend d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = x.oid"
        "  AND d.deptype = 'e'"
        " CROSS JOIN LATERAL ("
        "  SELECT 'TABLE' AS kind, c.oid::regclass::text AS name, c.relowner AS owner FROM pg_class c"
        "   WHERE d.classid = 'pg_class'::regclass AND c.oid = d.objid AND c.relkind IN ('r', 'v')"
        "  UNION ALL SELECT 'ROUTINE', p.oid::regprocedure::text, p.proowner FROM pg_proc p"
        "   WHERE d.classid = 'pg_proc'::regclass AND p.oid = d.objid"
        "  UNION ALL SELECT 'TYPE', t.oid::regtype::text, t.typowner FROM pg_type t"
        "   WHERE d.classid = 'pg_type'::regclass AND t.oid = d.objid AND t.typelem = 0) o"
        " WHERE x.extname = 'linkgress' AND o.owner <> x.extowner",
        {});
    pg::Rows rows = query.run();
    for (std::size_t i = 0; i < rows.size(); i++)
        if (pg::is_own_transaction(rows.oid(i, 1)))
            pg::execute_statement(rows.text(i, 0));
}

} // namespace

void refuse_existing_schema()
{
    check_script();
    if (pg::schema_exists("linkgress"))
        throw core::Error(core::sqlstate::duplicate_schema, "schema \"linkgress\" already exists",
                          "Extension \"linkgress\" creates this schema itself, so that nobody else owns it or has put"
                          " anything into it.",
                          "Look at what is in it, then rename it with ALTER SCHEMA or drop it with DROP SCHEMA.");
}

void take_over_schema()
{
    check_script();
    pg::SearchPathScope search_path;
    pg::Oid extension = pg::own_extension();
    pg::lock_schema("linkgress");
    refuse_strangers(extension);
    move_extension(extension);
    pg::execute_statement(
        fmt::format("ALTER SCHEMA linkgress OWNER TO {}", pg::quote_identifier(pg::own_extension_owner())));
    pg::execute_statement("ALTER EXTENSION linkgress ADD SCHEMA linkgress");
    // What has been granted on it since is to be dumped.
    pg::forget_initial_privileges_of_schema("linkgress");
}

// GRANT and REVOKE in a script make what is left the privileges that the object has from the beginning, which are not
// dumped. That is right for what is left to the owner alone. What was granted since the installation is to be dumped.
// pg_dump expects no such record of the types of tables' rows.
void keep_to_owner()
{
    check_script();
    pg::SearchPathScope search_path;
    give_to_owner();
    for (OwnPrivileges &each : own_privileges()) {
        bool is_all = each.is_new || each.object.starts_with("TYPE ");
        if (!is_all && each.beyond_levels.empty())
            continue;
        std::optional<pg::OutsideScript> outside;
        if (!is_all || each.is_row_type)
            outside.emplace();
        if (!is_all)
            each.privileges = each.beyond_levels;
        revoke(each);
    }
}

void grant_outside(const std::string &statement)
{
    check_script();
    pg::SearchPathScope search_path;
    pg::OutsideScript outside;
    pg::execute_statement(statement);
}

} // namespace linkgress::engine
