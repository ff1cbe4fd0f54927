// Enums, composite types, domains and ranges.

#include "engine/catalog/queries.hpp"

namespace linkgress::engine::catalog {

namespace {

#define TYPE_COMMON                                                                                                    \
    LINKGRESS_COMMENT("pg_type", "t.oid", "0")                                                                         \
    "," LINKGRESS_LABELS("pg_type", "t.oid",                                                                           \
                         "0") "," LINKGRESS_OWNER("t.typowner") "," LINKGRESS_GRANTS("t.typacl", "T", "t.typowner")

#define OF_TYPES " FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace "

pg::Query enums(R"(
SELECT 'pg_type'::regclass::oid AS classid, t.oid AS objid, 'enum' AS kind, n.nspname::text AS schema,
    t.typname::text AS name,
    (SELECT array_agg(e.enumlabel::text ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid) AS values,)" TYPE_COMMON
                    OF_TYPES "WHERE t.typtype = 'e' AND " LINKGRESS_IN_SCOPE
                " AND NOT " LINKGRESS_OF_EXTENSION("pg_type", "t.oid"),
                {pg::Type::text_array});

pg::Query composites(R"(
SELECT 'pg_type'::regclass::oid AS classid, t.oid AS objid, 'composite' AS kind, n.nspname::text AS schema,
    t.typname::text AS name,
    (SELECT array_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
            || CASE WHEN a.attcollation <> y.typcollation THEN ' COLLATE ' || a.attcollation::regcollation ELSE '' END
            ORDER BY a.attnum)
        FROM pg_attribute a JOIN pg_type y ON y.oid = a.atttypid
        WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped) AS attributes,)" TYPE_COMMON OF_TYPES
                     "JOIN pg_class c ON c.oid = t.typrelid AND c.relkind = 'c' "
                     "WHERE t.typtype = 'c' AND " LINKGRESS_IN_SCOPE
                     " AND NOT " LINKGRESS_OF_EXTENSION("pg_type", "t.oid"),
                     {pg::Type::text_array});

pg::Query attribute_comments(R"(
SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, a.attnum::int AS objsubid, 'attribute' AS kind,
    n.nspname::text AS schema, c.relname::text AS parent, a.attname::text AS name, d.description AS comment
FROM pg_description d
JOIN pg_class c ON d.classoid = 'pg_class'::regclass AND c.oid = d.objoid AND c.relkind = 'c'
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE d.objsubid > 0 AND )" LINKGRESS_IN_SCOPE " AND NOT " LINKGRESS_OF_EXTENSION("pg_type", "c.reltype"),
                             {pg::Type::text_array});

pg::Query domains(R"(
SELECT 'pg_type'::regclass::oid AS classid, t.oid AS objid, 'domain' AS kind, n.nspname::text AS schema,
    t.typname::text AS name,
    format_type(t.typbasetype, t.typtypmod) AS type,
    CASE WHEN t.typcollation <> b.typcollation THEN t.typcollation::regcollation::text END AS collation,
    CASE WHEN t.typdefaultbin IS NOT NULL THEN pg_get_expr(t.typdefaultbin, 0)
        ELSE quote_literal(t.typdefault) END AS default,
    t.typnotnull AS not_null,)" TYPE_COMMON OF_TYPES "JOIN pg_type b ON b.oid = t.typbasetype "
                  "WHERE t.typtype = 'd' AND " LINKGRESS_IN_SCOPE
                  " AND NOT " LINKGRESS_OF_EXTENSION("pg_type", "t.oid"),
                  {pg::Type::text_array});

pg::Query domain_constraints(R"(
SELECT 'pg_constraint'::regclass::oid AS classid, co.oid AS objid, 'domain_constraint' AS kind,
    n.nspname::text AS schema, t.typname::text AS parent, co.conname::text AS name,
    left(d.text, length(d.text) - length(CASE WHEN co.convalidated THEN '' ELSE ' NOT VALID' END)) AS definition,
    NOT co.convalidated AS not_valid,)" LINKGRESS_COMMENT("pg_constraint", "co.oid", "0") OF_TYPES R"(
JOIN pg_constraint co ON co.contypid = t.oid AND co.contype = 'c'
CROSS JOIN LATERAL (SELECT pg_get_constraintdef(co.oid) AS text) d
WHERE )" LINKGRESS_IN_SCOPE " AND NOT " LINKGRESS_OF_EXTENSION("pg_type", "t.oid"),
                             {pg::Type::text_array});

pg::Query ranges(R"(
SELECT 'pg_type'::regclass::oid AS classid, t.oid AS objid, 'range' AS kind, n.nspname::text AS schema,
    t.typname::text AS name,
    array_remove(ARRAY[
        'SUBTYPE = ' || format_type(r.rngsubtype, NULL),
        (SELECT format('SUBTYPE_OPCLASS = %I.%I', on_.nspname, o.opcname) FROM pg_opclass o
            JOIN pg_namespace on_ ON on_.oid = o.opcnamespace WHERE o.oid = r.rngsubopc AND NOT o.opcdefault),
        CASE WHEN r.rngcollation <> s.typcollation THEN 'COLLATION = ' || r.rngcollation::regcollation END,
        CASE WHEN r.rngcanonical <> 0 THEN 'CANONICAL = ' || r.rngcanonical::regproc END,
        CASE WHEN r.rngsubdiff <> 0 THEN 'SUBTYPE_DIFF = ' || r.rngsubdiff::regproc END,
        format('MULTIRANGE_TYPE_NAME = %I.%I', mn.nspname, m.typname)], NULL) AS parameters,
    m.typname::text AS multirange,
    CASE WHEN mn.oid <> n.oid THEN mn.nspname::text END AS multirange_schema,)" TYPE_COMMON OF_TYPES R"(
JOIN pg_range r ON r.rngtypid = t.oid
JOIN pg_type s ON s.oid = r.rngsubtype
JOIN pg_type m ON m.oid = r.rngmultitypid
JOIN pg_namespace mn ON mn.oid = m.typnamespace
WHERE t.typtype = 'r' AND )" LINKGRESS_IN_SCOPE " AND NOT " LINKGRESS_OF_EXTENSION("pg_type", "t.oid"),
                 {pg::Type::text_array});

#undef TYPE_COMMON
#undef OF_TYPES

} // namespace

const Queries &type_queries()
{
    static const Queries queries = {
        {&enums, "pg_type", "typtype = 'e' AND" LINKGRESS_OF_USERS("typnamespace")},
        {&composites, "pg_class", "relkind = 'c' AND " LINKGRESS_OF_USERS("relnamespace")},
        {&attribute_comments, "pg_class", "relkind = 'c' AND " LINKGRESS_OF_USERS("relnamespace")},
        {&domains, "pg_type", "typtype = 'd' AND " LINKGRESS_OF_USERS("typnamespace")},
        {&domain_constraints, "pg_type", "typtype = 'd' AND " LINKGRESS_OF_USERS("typnamespace")},
        {&ranges, "pg_range", "rngtypid >= 16384"},
    };
    return queries;
}

} // namespace linkgress::engine::catalog
