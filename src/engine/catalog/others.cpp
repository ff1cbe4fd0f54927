// Schemas and extensions; what stands for what, and what depends on what.

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

pg::Query extensions(R"(
SELECT 'pg_extension'::regclass::oid AS classid, x.oid AS objid, 'extension' AS kind, x.extname::text AS name,
    n.nspname::text AS in_schema, x.extversion AS version,)" LINKGRESS_COMMENT("pg_extension", "x.oid", "0") R"(
FROM pg_extension x
JOIN pg_namespace n ON n.oid = x.extnamespace
WHERE x.extname <> 'linkgress' AND $1 IS NULL)",
                     {pg::Type::text_array});

pg::Query aliases(R"(
SELECT 'pg_type'::regclass::oid, typarray, 0, 'pg_type'::regclass::oid, oid, 0 FROM pg_type
    WHERE typarray >= 16384
UNION ALL
SELECT 'pg_type'::regclass, t.oid, 0, 'pg_class'::regclass, t.typrelid, 0
    FROM pg_type t JOIN pg_class c ON c.oid = t.typrelid WHERE t.oid >= 16384 AND c.relkind <> 'c'
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
    WHERE co.contype = 'f' AND o.conrelid = co.conrelid
UNION ALL
SELECT 'pg_trigger'::regclass, oid, 0, 'pg_trigger'::regclass, tgparentid, 0 FROM pg_trigger WHERE tgparentid <> 0
UNION ALL
SELECT 'pg_attrdef'::regclass, d.oid, 0, 'pg_class'::regclass, d.adrelid, d.adnum
    FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
    WHERE a.attgenerated <> '' AND d.oid >= 16384
UNION ALL
SELECT classid, objid, 0, refclassid, refobjid, refobjsubid FROM pg_depend
    WHERE deptype = 'e' AND objid >= 16384
       OR classid = 'pg_class'::regclass AND deptype = 'i' AND refclassid = 'pg_class'::regclass AND refobjsubid > 0
       OR refclassid = 'pg_opclass'::regclass AND deptype = 'i')",
                  {});

// Inheritance, ownership of sequences and attached indexes are objects of their own, which depend on both ends. A
// thesaurus names another dictionary in an option only.
pg::Query dependencies(R"(
SELECT d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid, d.refobjsubid
FROM pg_depend d
WHERE d.objid >= 16384 AND d.refobjid >= 16384 AND d.deptype IN ('n', 'a', 'i')
UNION ALL
SELECT 'pg_class'::regclass, p.partrelid, 0, 'pg_class'::regclass, p.partrelid, k
    FROM pg_partitioned_table p, unnest(p.partattrs) k WHERE k > 0
UNION ALL
SELECT 'pg_inherits'::regclass, i.inhrelid, i.inhseqno, 'pg_class'::regclass, i.inhparent, 0
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE c.relkind IN ('r', 'p', 'f')
UNION ALL
SELECT 'pg_inherits'::regclass, h.inhrelid, 0, 'pg_class'::regclass, u.objid, 0
    FROM pg_inherits h JOIN pg_class i ON i.oid = h.inhrelid
    CROSS JOIN LATERAL (VALUES (h.inhrelid), (h.inhparent)) u (objid) WHERE i.relkind IN ('i', 'I')
UNION ALL
SELECT 'pg_inherits'::regclass, h.inhrelid, 0, 'pg_inherits'::regclass, x.indrelid, 1
    FROM pg_inherits h JOIN pg_index x ON x.indexrelid = h.inhrelid
UNION ALL
SELECT 'pg_index'::regclass, x.indexrelid, u.number, 'pg_class'::regclass, x.indexrelid, 0
    FROM pg_index x CROSS JOIN (VALUES (1), (2)) u (number) WHERE x.indisclustered OR x.indisreplident
UNION ALL
SELECT 'pg_sequence'::regclass, d.objid, 0, d.refclassid, d.refobjid, d.refobjsubid
    FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.deptype = 'a' AND d.refclassid = 'pg_class'::regclass
        AND d.refobjsubid > 0
UNION ALL
SELECT 'pg_trigger'::regclass, oid, 0, 'pg_trigger'::regclass, tgparentid, 0 FROM pg_trigger WHERE tgparentid <> 0
UNION ALL
SELECT 'pg_ts_dict'::regclass, d.oid, 0, 'pg_ts_dict'::regclass, o.oid, 0
    FROM pg_ts_dict d JOIN pg_ts_dict o ON o.oid >= 16384 JOIN pg_namespace n ON n.oid = o.dictnamespace
    WHERE substring(d.dictinitoption FROM '\mdictionary = ''([^'']+)''')
        IN (quote_ident(o.dictname), quote_ident(n.nspname) || '.' || quote_ident(o.dictname)))",
                       {});

} // namespace

const Queries &other_queries()
{
    static const Queries queries = {&schemas, &extensions};
    return queries;
}

pg::Query &alias_query()
{
    return aliases;
}

pg::Query &dependency_query()
{
    return dependencies;
}

} // namespace linkgress::engine::catalog
