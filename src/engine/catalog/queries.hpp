// The queries that read the catalogs, a few for each family of kinds.
//
// Each row is an object. The columns have their meaning by their names:
//
//   classid, objid, objsubid   its address, as in pg_depend; objsubid may be left out
//   kind, schema, parent, name, arguments
//                              as in core::Object; those that are always empty may be left out
//   relation                   of a part of a relation: its oid, instead of schema and parent. Parts of relations
//                              that are not in the snapshot are left out
//   all others                 attributes, by the names they have in the rules of the kind:
//                              text, boolean, integer or bigint, text[]; regclass and pg_node_tree for what is
//                              deparsed; NULL and false say nothing
//
// Rows without a kind have more attributes of objects that are there already; those of others are left out.
//
// What there is much of is not deparsed by the server's functions for it, which take a hundred times as long:
//
//   type_id, type_modifier, collation_id
//                              the type of a column, for the attribute "type"
//   column_number              of a default: the column, which gives the name
//   definition_template        the attribute "definition", with these for the reader to put in:
//     {key}                    the columns with the numbers in key; those of an index with what the columns
//                              collations, operator_classes and orders say, as they are in pg_index
//     {referenced}, {referenced_key}
//                              the other relation of a foreign key, an oid, and columns of it
//     {condition}              an expression, of type pg_node_tree
//
// $1 is the list of what to read, or NULL for the whole database: schemas by name, and what is in no schema by kind and
// name ("extension citext"); $2, of those that have it, the oids of all others. They run with
// search_path = pg_catalog, so that what the server deparses has qualified names.
#pragma once

#include "pg/spi.hpp"

#include <vector>

namespace linkgress::engine::catalog {

// Of pg_namespace n: is it asked for?
#define LINKGRESS_IN_SCOPE                                                                                             \
    " CASE WHEN $1 IS NULL THEN n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'linkgress') "         \
    "  AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_namespace'::regclass AND e.objid = n.oid "        \
    "   AND e.deptype = 'e') "                                                                                         \
    " ELSE n.nspname = ANY ($1) END "

// Of what is in no schema: is it asked for?
#define LINKGRESS_IS_ASKED_FOR(kind, name) " ($1 IS NULL OR '" kind " ' || " name " = ANY ($1)) "

// Of what is said of types, in a list of oids: is one of them in a schema that is asked for?
#define LINKGRESS_TYPES_IN_SCOPE(types)                                                                                \
    " ($1 IS NULL OR EXISTS (SELECT FROM pg_type y JOIN pg_namespace n ON n.oid = y.typnamespace "                     \
    "  WHERE y.oid IN (" types ") AND n.nspname = ANY ($1))) "

// The same of functions
#define LINKGRESS_ROUTINES_IN_SCOPE(routines)                                                                          \
    " ($1 IS NULL OR EXISTS (SELECT FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace "                     \
    "  WHERE f.oid IN (" routines ") AND n.nspname = ANY ($1))) "

// The same of pg_class c, for queries with catalog_parameters. Said of the schemas that are not asked for, it
// lets the planner assume, while it knows nothing, that there is much to join.
#define LINKGRESS_RELATION_IN_SCOPE " c.relnamespace <> ALL ($2) "
inline constexpr std::initializer_list<pg::Type> catalog_parameters = {pg::Type::text_array, pg::Type::oid_array};

// Does it belong to an extension?
#define LINKGRESS_OF_EXTENSION(class, oid)                                                                             \
    " EXISTS (SELECT FROM pg_depend e WHERE e.classid = '" class "'::regclass AND e.objid = " oid                      \
                                                                 " AND e.deptype = 'e') "

// The comment, as an attribute
#define LINKGRESS_COMMENT(class, oid, sub)                                                                             \
    " (SELECT description FROM pg_description d WHERE d.classoid = '" class "'::regclass AND d.objoid = " oid          \
                                                                            "  AND d.objsubid = " sub ") AS comment "

#define LINKGRESS_LABELS(class, oid, sub)                                                                              \
    " CASE WHEN EXISTS (SELECT FROM pg_seclabel) THEN (SELECT array_agg(s.provider || '=' || s.label ORDER BY "        \
    "s.provider) FROM pg_seclabel s "                                                                                  \
    "  WHERE s.classoid = '" class "'::regclass AND s.objoid = " oid " AND s.objsubid = " sub ") END AS labels "

#define LINKGRESS_ROLE(role) " CASE " role " WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(" role ")) END "

// What an ACL grants beyond another one, and what it does not, as entries; `of` is what comes after the privilege
#define LINKGRESS_GRANTED(acl, base, owner, of)                                                                        \
    " SELECT a.privilege_type || " of " || ' TO ' || " LINKGRESS_ROLE(                                                 \
        "a.grantee") " || CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END "                             \
                     " || CASE WHEN a.grantor <> " owner                                                               \
                     " THEN ' GRANTED BY ' || " LINKGRESS_ROLE("a.grantor") " ELSE '' END AS entry "                   \
                                                                            "FROM (SELECT * FROM aclexplode(" acl      \
                                                                            ") EXCEPT SELECT * FROM aclexplode(" base  \
                                                                            ")) a "
#define LINKGRESS_REVOKED(acl, base, of)                                                                               \
    " SELECT a.privilege_type || " of " || ' FROM ' || " LINKGRESS_ROLE(                                               \
        "a.grantee") " AS entry "                                                                                      \
                     "FROM (SELECT grantor, grantee, privilege_type FROM aclexplode(" base ") "                        \
                     " EXCEPT SELECT grantor, grantee, privilege_type FROM aclexplode(" acl ")) a "
#define LINKGRESS_ENTRIES(entries) " (SELECT array_agg(entry ORDER BY entry COLLATE \"C\") FROM (" entries ") e) "

#define LINKGRESS_GRANTS_BEYOND(acl, base, owner)                                                                      \
    " CASE WHEN " acl " IS NOT NULL THEN " LINKGRESS_ENTRIES(                                                          \
        LINKGRESS_GRANTED(acl, base, owner, "''")) "END AS grants, "                                                   \
                                                   " CASE WHEN " acl " IS NOT NULL THEN " LINKGRESS_ENTRIES(           \
                                                       LINKGRESS_REVOKED(acl, base, "''")) "END AS revoked "

// … beyond the default of its kind, a letter of acldefault()
#define LINKGRESS_GRANTS(acl, letter, owner) LINKGRESS_GRANTS_BEYOND(acl, "acldefault('" letter "', " owner ")", owner)

#define LINKGRESS_OWNER(owner) " pg_get_userbyid(" owner ")::text AS owner "

// How the values of a column, pg_attribute a of pg_type y, are stored
#define LINKGRESS_STORAGE(storage)                                                                                     \
    " CASE " storage " WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END "
#define LINKGRESS_COLUMN_STORAGE                                                                                       \
    " CASE WHEN a.attstorage <> y.typstorage THEN" LINKGRESS_STORAGE(                                                  \
        "a.attstorage") "END AS storage, "                                                                             \
                        " CASE WHEN a.attstorage <> y.typstorage THEN" LINKGRESS_STORAGE(                              \
                            "y.typstorage") "END AS type_storage "

// What else can be set for it. The option pg_attver is the server's own bookkeeping, which pg_dump leaves out, too.
#define LINKGRESS_COLUMN_SETTINGS                                                                                      \
    " CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END AS compression, "                             \
    " nullif(a.attstattarget, -1)::int AS statistics, "                                                                \
    " CASE WHEN a.attoptions IS NOT NULL THEN (SELECT array_agg(o ORDER BY o COLLATE \"C\") "                          \
    "  FROM unnest(a.attoptions) o WHERE o NOT LIKE 'pg\\_attver=%') END AS options "

// A list in an order of its own
#define LINKGRESS_SORTED(list)                                                                                         \
    " CASE WHEN " list " IS NOT NULL THEN "                                                                            \
    "  (SELECT array_agg(o::text ORDER BY o::text COLLATE \"C\") FROM unnest(" list ") o) END "

#define LINKGRESS_TABLESPACE(relation)                                                                                 \
    " CASE WHEN " relation ".reltablespace <> 0 THEN "                                                                 \
    "  (SELECT quote_ident(spcname) FROM pg_tablespace WHERE oid = " relation ".reltablespace) END AS tablespace "

// Is it neither the server's nor our own? Of a catalog with an oid and that column for the schema.
#define LINKGRESS_OF_USERS(schema) " oid >= 16384 AND " schema " <> 'linkgress'::regnamespace "

struct Source {
    Source(pg::Query *query, const char *catalog = nullptr, const char *condition = "true")
        : query(query), catalog(catalog), condition(condition)
    {}

    pg::Query *query;
    // It has rows only if this catalog has some for which that holds; always, if none is named. Most databases have
    // objects of a few kinds only, and planning a query takes longer than to find that out.
    const char *catalog;
    const char *condition;
};
using Queries = std::vector<Source>;

// Those that can have rows in this database, each catalog looked through once; and all of them.
std::vector<pg::Query *> needed_queries(const Queries &sources);
std::vector<pg::Query *> queries_of(const Queries &sources);

const Queries &relation_queries();
const Queries &table_part_queries();
const Queries &view_queries();
const Queries &type_queries();
const Queries &routine_queries();
const Queries &operator_queries();
const Queries &language_queries();
const Queries &text_search_queries();
const Queries &foreign_data_queries();
const Queries &publication_queries();
const Queries &other_queries();

// The oids of the schemas that are not asked for.
pg::Query &other_schemas_query();

// Addresses that stand for another: classid, objid, objsubid, and those of the other.
// An index for its constraint, a row type for its table, a member for its extension.
pg::Query &alias_query();

// What depends on what: the addresses of both, and whether the one cannot stay without the other (FROM a catalog; what
// is said by an object of its own is no such).
pg::Query &dependency_query();

// The addresses of what managed hooks have made, as far as it is there.
pg::Query &hook_object_query();

// What some of them are that are in none of the schemas: kind, schema, name, arguments by their number in the list.
pg::Query &outsider_query();

} // namespace linkgress::engine::catalog
