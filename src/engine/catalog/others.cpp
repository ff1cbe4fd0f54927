// Schemas, extensions, privileges; what stands for what, and what depends on what.

#include "engine/catalog/queries.hpp"

namespace linkgress::engine::catalog {

namespace {

pg::Query
    schemas(R"(
SELECT 'pg_namespace'::regclass::oid AS classid, n.oid AS objid, 'schema' AS kind, n.nspname::text AS name,)" LINKGRESS_COMMENT(
                "pg_namespace", "n.oid",
                "0") "," LINKGRESS_LABELS("pg_namespace", "n.oid",
                                          "0") "," LINKGRESS_OWNER("n.nspowner") "," LINKGRESS_GRANTS("n.nspacl", "n",
                                                                                                      "n.nspowner") R"(
FROM pg_namespace n
WHERE )" LINKGRESS_IN_SCOPE,
            {pg::Type::text_array});

pg::Query other_schemas("SELECT n.oid FROM pg_namespace n WHERE NOT " LINKGRESS_IN_SCOPE, {pg::Type::text_array});

pg::Query extensions(R"(
SELECT 'pg_extension'::regclass::oid AS classid, x.oid AS objid, 'extension' AS kind, x.extname::text AS name,
    n.nspname::text AS in_schema, x.extversion AS version,)" LINKGRESS_COMMENT("pg_extension", "x.oid", "0") R"(
FROM pg_extension x
JOIN pg_namespace n ON n.oid = x.extnamespace
WHERE x.extname <> 'linkgress' AND )" LINKGRESS_IS_ASKED_FOR("extension", "x.extname"),
                     {pg::Type::text_array});

// Of members of extensions and of the server's own objects: what differs from the privileges that they had from the
// beginning. Those of columns are among those of the table. The information schema has no record of how it was. Its
// address is none of an object, since what depends on a member depends on the extension.
pg::Query privileges(R"(
WITH objects AS (
    SELECT 'pg_proc'::regclass::oid AS class, p.oid, 0 AS sub, pronamespace AS schema, proacl AS acl, 'f' AS letter,
        proowner AS owner, CASE prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END AS keyword,
        quote_ident(proname) || '(' || oidvectortypes(proargtypes) || ')' AS name, '' AS of
    FROM pg_proc p WHERE proacl IS NOT NULL
    UNION ALL
    SELECT 'pg_class'::regclass, oid, 0, relnamespace, relacl, CASE relkind WHEN 'S' THEN 's' ELSE 'r' END, relowner,
        CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, quote_ident(relname), ''
    FROM pg_class WHERE relacl IS NOT NULL
    UNION ALL
    SELECT 'pg_class'::regclass, c.oid, attnum, relnamespace, attacl, 'c', relowner, 'TABLE', quote_ident(relname),
        ' (' || quote_ident(attname) || ')'
    FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid WHERE attacl IS NOT NULL AND NOT attisdropped
    UNION ALL
    SELECT 'pg_type'::regclass, oid, 0, typnamespace, typacl, 'T', typowner, 'TYPE', quote_ident(typname), ''
    FROM pg_type WHERE typacl IS NOT NULL
    UNION ALL
    SELECT 'pg_namespace'::regclass, oid, 0, NULL, nspacl, 'n', nspowner, 'SCHEMA', quote_ident(nspname), ''
    FROM pg_namespace WHERE nspacl IS NOT NULL
    UNION ALL
    SELECT 'pg_language'::regclass, oid, 0, NULL, lanacl, 'l', lanowner, 'LANGUAGE', quote_ident(lanname), ''
    FROM pg_language WHERE lanacl IS NOT NULL
    UNION ALL
    SELECT 'pg_foreign_data_wrapper'::regclass, oid, 0, NULL, fdwacl, 'F', fdwowner, 'FOREIGN DATA WRAPPER',
        quote_ident(fdwname), ''
    FROM pg_foreign_data_wrapper WHERE fdwacl IS NOT NULL
    UNION ALL
    SELECT 'pg_foreign_server'::regclass, oid, 0, NULL, srvacl, 'S', srvowner, 'FOREIGN SERVER', quote_ident(srvname), ''
    FROM pg_foreign_server WHERE srvacl IS NOT NULL
), foreign_objects AS (
    SELECT o.*, coalesce(i.initprivs, acldefault(o.letter::"char", o.owner)) AS base,
        concat_ws(' ', o.keyword, concat_ws('.', quote_ident(n.nspname), o.name)) AS address
    FROM objects o
    LEFT JOIN pg_namespace n ON n.oid = o.schema
    LEFT JOIN pg_init_privs i ON i.classoid = o.class AND i.objoid = o.oid AND i.objsubid = o.sub
    LEFT JOIN pg_depend e ON e.classid = o.class AND e.objid = o.oid AND e.objsubid = 0 AND e.deptype = 'e'
    LEFT JOIN pg_extension x ON x.oid = e.refobjid
    WHERE o.acl IS DISTINCT FROM i.initprivs AND x.extname IS DISTINCT FROM 'linkgress'
      AND (x.oid IS NOT NULL OR CASE o.class WHEN 'pg_namespace'::regclass THEN o.name = 'pg_catalog'
          WHEN 'pg_language'::regclass THEN o.oid < 16384 ELSE n.nspname = 'pg_catalog' END)
)
SELECT 'pg_init_privs'::regclass::oid AS classid, o.oid AS objid, o.class::int AS objsubid, 'privileges' AS kind,
    o.address AS name,
    array_agg(g.entry ORDER BY g.entry COLLATE "C") FILTER (WHERE g.is_granted) AS grants,
    array_agg(g.entry ORDER BY g.entry COLLATE "C") FILTER (WHERE NOT g.is_granted) AS revoked
FROM foreign_objects o
CROSS JOIN LATERAL (
    SELECT true AS is_granted, entry FROM ()" LINKGRESS_GRANTED("o.acl", "o.base", "o.owner", "o.of") R"() granted
    UNION ALL
    SELECT false, entry FROM ()" LINKGRESS_REVOKED("o.acl", "o.base", "o.of") R"() revoked) g
WHERE $1 IS NULL
GROUP BY o.class, o.oid, o.address)",
                     {pg::Type::text_array});

// pg_get_object_address() would raise an error for what is there no more.
pg::Query hook_objects(R"(
SELECT 'pg_class'::regclass::oid, to_regclass(format('%I.%I', names[1], names[2]))::oid, 0 FROM linkgress.hook_object
    WHERE type IN ('table', 'view', 'materialized view', 'foreign table', 'sequence', 'index')
UNION ALL
SELECT 'pg_proc'::regclass, to_regprocedure(format('%I.%I(%s)', names[1], names[2], array_to_string(arguments, ','))), 0
    FROM linkgress.hook_object WHERE type IN ('function', 'procedure', 'aggregate')
UNION ALL
SELECT 'pg_type'::regclass, to_regtype(names[1]), 0 FROM linkgress.hook_object WHERE type = 'type'
UNION ALL
SELECT 'pg_trigger'::regclass, t.oid, 0 FROM linkgress.hook_object JOIN pg_trigger t
    ON t.tgrelid = to_regclass(format('%I.%I', names[1], names[2])) AND t.tgname = names[3] WHERE type = 'trigger'
UNION ALL
SELECT 'pg_rewrite'::regclass, r.oid, 0 FROM linkgress.hook_object JOIN pg_rewrite r
    ON r.ev_class = to_regclass(format('%I.%I', names[1], names[2])) AND r.rulename = names[3] WHERE type = 'rule'
UNION ALL
SELECT 'pg_policy'::regclass, p.oid, 0 FROM linkgress.hook_object JOIN pg_policy p
    ON p.polrelid = to_regclass(format('%I.%I', names[1], names[2])) AND p.polname = names[3] WHERE type = 'policy')",
                       {});

pg::Query aliases(R"(
SELECT 'pg_type'::regclass::oid, typarray, 0, 'pg_type'::regclass::oid, oid, 0 FROM pg_type
    WHERE typarray >= 16384
UNION ALL
SELECT 'pg_type'::regclass, c.reltype, 0, 'pg_class'::regclass, c.oid, 0 FROM pg_class c
    WHERE c.reltype >= 16384 AND c.relkind <> 'c'
UNION ALL
SELECT 'pg_class'::regclass, c.oid, 0, 'pg_type'::regclass, c.reltype, 0 FROM pg_class c
    WHERE c.oid >= 16384 AND c.relkind = 'c'
UNION ALL
SELECT 'pg_type'::regclass, rngmultitypid, 0, 'pg_type'::regclass, rngtypid, 0 FROM pg_range WHERE rngtypid >= 16384
UNION ALL
SELECT 'pg_rewrite'::regclass, oid, 0, 'pg_class'::regclass, ev_class, 0 FROM pg_rewrite
    WHERE oid >= 16384 AND ev_type = '1'
UNION ALL
SELECT 'pg_class'::regclass, conindid, 0, 'pg_constraint'::regclass, oid, 0 FROM pg_constraint
    WHERE conindid >= 16384 AND contype IN ('p', 'u', 'x')
UNION ALL
SELECT 'pg_constraint'::regclass, co.oid, 0, 'pg_constraint'::regclass, co.conparentid, 0
    FROM pg_constraint co JOIN pg_constraint o ON o.oid = co.conparentid
    WHERE co.contype = 'f' AND co.conparentid <> 0 AND o.conrelid = co.conrelid
UNION ALL
SELECT 'pg_trigger'::regclass, oid, 0, 'pg_trigger'::regclass, tgparentid, 0 FROM pg_trigger WHERE tgparentid <> 0
UNION ALL
SELECT classid, objid, 0, refclassid, refobjid, refobjsubid FROM pg_depend
    WHERE deptype = 'e' AND objid >= 16384
       OR classid IN ('pg_class'::regclass, 'pg_attrdef'::regclass) AND deptype = 'i' AND refclassid = 'pg_class'::regclass AND refobjsubid > 0
       OR refclassid = 'pg_opclass'::regclass AND deptype = 'i')",
                  {});

// What is internal of triggers and types is those of constraints, and the types of rows and arrays; of relations, the
// tables behind tables where long values are. Inheritance,
// ownership of sequences and attached indexes are objects of their own, which depend on both ends. A thesaurus names
// another dictionary in an option only.
pg::Query dependencies(R"(
SELECT d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid, d.refobjsubid,
    d.deptype = 'n' OR d.classid = d.refclassid AND d.objsubid = 0 AND d.refobjsubid = 0
FROM pg_depend d
WHERE d.objid >= 16384 AND d.refobjid >= 16384 AND d.deptype IN ('n', 'a', 'i')
    AND NOT (d.deptype = 'i' AND (d.classid IN ('pg_trigger'::regclass, 'pg_type'::regclass)
        OR d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid = 0))
UNION ALL
SELECT 'pg_class'::regclass, p.partrelid, 0, 'pg_class'::regclass, p.partrelid, k, false
    FROM pg_partitioned_table p, unnest(p.partattrs) k WHERE k > 0
UNION ALL
SELECT 'pg_inherits'::regclass, i.inhrelid, i.inhseqno, 'pg_class'::regclass, i.inhparent, 0, false
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE c.relkind IN ('r', 'p', 'f')
UNION ALL
SELECT 'pg_inherits'::regclass, h.inhrelid, 0, 'pg_class'::regclass, u.objid, 0, false
    FROM pg_inherits h JOIN pg_class i ON i.oid = h.inhrelid
    CROSS JOIN LATERAL (VALUES (h.inhrelid), (h.inhparent)) u (objid) WHERE i.relkind IN ('i', 'I')
UNION ALL
SELECT 'pg_inherits'::regclass, h.inhrelid, 0, 'pg_inherits'::regclass, x.indrelid, 1, false
    FROM pg_inherits h JOIN pg_index x ON x.indexrelid = h.inhrelid
UNION ALL
SELECT 'pg_index'::regclass, x.indexrelid, u.number, 'pg_class'::regclass, x.indexrelid, 0, false
    FROM pg_index x CROSS JOIN (VALUES (1), (2)) u (number) WHERE x.indisclustered OR x.indisreplident
UNION ALL
SELECT 'pg_sequence'::regclass, d.objid, 0, d.refclassid, d.refobjid, d.refobjsubid, false
    FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.deptype = 'a' AND d.refclassid = 'pg_class'::regclass
        AND d.refobjsubid > 0
UNION ALL
SELECT 'pg_trigger'::regclass, oid, 0, 'pg_trigger'::regclass, tgparentid, 0, false FROM pg_trigger WHERE tgparentid <> 0
UNION ALL
SELECT 'pg_init_privs'::regclass, d.objid, d.classid::int, d.refclassid, d.refobjid, 0, false
    FROM pg_depend d WHERE d.deptype = 'e'
UNION ALL
SELECT 'pg_ts_dict'::regclass, d.oid, 0, 'pg_ts_dict'::regclass, o.oid, 0, false
    FROM pg_ts_dict d JOIN pg_ts_dict o ON o.oid >= 16384 JOIN pg_namespace n ON n.oid = o.dictnamespace
    WHERE substring(d.dictinitoption FROM '\mdictionary = ''([^'']+)''')
        IN (quote_ident(o.dictname), quote_ident(n.nspname) || '.' || quote_ident(o.dictname)))",
                       {});

// $1 are addresses, "classid objid objsubid". Parts of a table stand for the table, but for foreign keys, which can
// stay when the column that they refer to gets another type.
pg::Query outsiders(R"(
SELECT a.number::int AS number, x.kind, x.schema, x.name, coalesce(x.arguments, '') AS arguments,
    (SELECT conname::text FROM pg_constraint
        WHERE d.classid = 'pg_constraint'::regclass AND oid = d.objid AND contype = 'f') AS foreign_key
FROM unnest($1) WITH ORDINALITY a (address, number)
CROSS JOIN LATERAL (SELECT split_part(a.address, ' ', 1)::oid AS classid, split_part(a.address, ' ', 2)::oid AS objid) d
CROSS JOIN LATERAL (
    SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized_view' WHEN 'f' THEN 'foreign_table'
            WHEN 'c' THEN 'composite' ELSE 'table' END AS kind, n.nspname::text AS schema, c.relname::text AS name,
        NULL AS arguments
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.oid = CASE d.classid
        WHEN 'pg_class'::regclass THEN coalesce((SELECT indrelid FROM pg_index WHERE indexrelid = d.objid), d.objid)
        WHEN 'pg_rewrite'::regclass THEN (SELECT ev_class FROM pg_rewrite WHERE oid = d.objid)
        WHEN 'pg_attrdef'::regclass THEN (SELECT adrelid FROM pg_attrdef WHERE oid = d.objid)
        WHEN 'pg_constraint'::regclass THEN (SELECT conrelid FROM pg_constraint WHERE oid = d.objid)
        WHEN 'pg_trigger'::regclass THEN (SELECT tgrelid FROM pg_trigger WHERE oid = d.objid)
        WHEN 'pg_policy'::regclass THEN (SELECT polrelid FROM pg_policy WHERE oid = d.objid)
        WHEN 'pg_statistic_ext'::regclass THEN (SELECT stxrelid FROM pg_statistic_ext WHERE oid = d.objid) END
    UNION ALL
    SELECT CASE p.prokind WHEN 'a' THEN 'aggregate' WHEN 'p' THEN 'procedure' ELSE 'function' END, n.nspname, p.proname,
        pg_get_function_identity_arguments(p.oid)
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE d.classid = 'pg_proc'::regclass AND p.oid = d.objid
    UNION ALL
    SELECT CASE t.typtype WHEN 'r' THEN 'range' ELSE 'domain' END, n.nspname, t.typname, NULL
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typtype IN ('d', 'r') AND t.oid = CASE d.classid WHEN 'pg_type'::regclass THEN d.objid
        WHEN 'pg_constraint'::regclass THEN (SELECT contypid FROM pg_constraint WHERE oid = d.objid) END) x
WHERE x.schema !~ '^pg_' AND x.schema <> ALL ($2))",
                    {pg::Type::text_array, pg::Type::text_array});

} // namespace

const Queries &other_queries()
{
    static const Queries queries = {&schemas, &extensions, &privileges};
    return queries;
}

pg::Query &other_schemas_query()
{
    return other_schemas;
}

pg::Query &alias_query()
{
    return aliases;
}

pg::Query &dependency_query()
{
    return dependencies;
}

pg::Query &hook_object_query()
{
    return hook_objects;
}

pg::Query &outsider_query()
{
    return outsiders;
}

} // namespace linkgress::engine::catalog
