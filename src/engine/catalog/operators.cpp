// Aggregates, operators, their classes and families.

#include "engine/catalog/queries.hpp"

namespace linkgress::engine::catalog {

namespace {

#define MODIFY(letter) " CASE " letter " WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END "

#define OPERATOR_NAME(oid)                                                                                             \
    " (SELECT format('OPERATOR(%I.%s)', x.nspname, y.oprname) FROM pg_operator y "                                     \
    "  JOIN pg_namespace x ON x.oid = y.oprnamespace WHERE y.oid = " oid ") "

pg::Query aggregates(R"(
SELECT 'pg_proc'::regclass::oid AS classid, p.oid AS objid, 'aggregate' AS kind, n.nspname::text AS schema,
    p.proname::text AS name,
    oidvectortypes(p.proargtypes) AS arguments,
    nullif(pg_get_function_identity_arguments(p.oid), oidvectortypes(p.proargtypes)) AS signature,
    pg_get_function_result(p.oid) AS result,
    a.aggkind = 'h' AS hypothetical,
    array_remove(ARRAY[
        'SFUNC = ' || a.aggtransfn,
        'STYPE = ' || format_type(a.aggtranstype, NULL),
        CASE WHEN a.aggtransspace <> 0 THEN 'SSPACE = ' || a.aggtransspace END,
        CASE WHEN a.aggfinalfn <> 0 THEN 'FINALFUNC = ' || a.aggfinalfn END,
        CASE WHEN a.aggfinalextra THEN 'FINALFUNC_EXTRA' END,
        CASE WHEN a.aggfinalmodify <> d.modify THEN 'FINALFUNC_MODIFY = ' ||)" MODIFY("a.aggfinalmodify") R"(END,
        CASE WHEN a.aggcombinefn <> 0 THEN 'COMBINEFUNC = ' || a.aggcombinefn END,
        CASE WHEN a.aggserialfn <> 0 THEN 'SERIALFUNC = ' || a.aggserialfn END,
        CASE WHEN a.aggdeserialfn <> 0 THEN 'DESERIALFUNC = ' || a.aggdeserialfn END,
        'INITCOND = ' || quote_literal(a.agginitval),
        CASE WHEN a.aggmtransfn <> 0 THEN 'MSFUNC = ' || a.aggmtransfn END,
        CASE WHEN a.aggminvtransfn <> 0 THEN 'MINVFUNC = ' || a.aggminvtransfn END,
        CASE WHEN a.aggmtranstype <> 0 THEN 'MSTYPE = ' || format_type(a.aggmtranstype, NULL) END,
        CASE WHEN a.aggmtransspace <> 0 THEN 'MSSPACE = ' || a.aggmtransspace END,
        CASE WHEN a.aggmfinalfn <> 0 THEN 'MFINALFUNC = ' || a.aggmfinalfn END,
        CASE WHEN a.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END,
        CASE WHEN a.aggmfinalmodify <> d.modify THEN 'MFINALFUNC_MODIFY = ' ||)" MODIFY("a.aggmfinalmodify") R"(END,
        'MINITCOND = ' || quote_literal(a.aggminitval),
        'SORTOP = ' ||)" OPERATOR_NAME("a.aggsortop") R"(,
        CASE p.proparallel WHEN 's' THEN 'PARALLEL = SAFE' WHEN 'r' THEN 'PARALLEL = RESTRICTED' END], NULL)
        AS parameters,)" LINKGRESS_COMMENT("pg_proc", "p.oid", "0") "," LINKGRESS_LABELS(
                         "pg_proc", "p.oid",
                         "0") "," LINKGRESS_OWNER("p.proowner") "," LINKGRESS_GRANTS("p.proacl", "f", "p.proowner") R"(
FROM pg_aggregate a
JOIN pg_proc p ON p.oid = a.aggfnoid
JOIN pg_namespace n ON n.oid = p.pronamespace
CROSS JOIN LATERAL (SELECT CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END::"char" AS modify) d
WHERE )" LINKGRESS_IN_SCOPE " AND NOT " LINKGRESS_OF_EXTENSION("pg_proc", "p.oid"),
                     {pg::Type::text_array});

// What only another operator names as its commutator or negator is no object: a shell.
pg::Query operators(R"(
SELECT 'pg_operator'::regclass::oid AS classid, o.oid AS objid, 'operator' AS kind, n.nspname::text AS schema,
    o.oprname::text AS name,
    t.left_type || ', ' || t.right_type AS arguments,
    array_remove(ARRAY[
        'FUNCTION = ' || o.oprcode,
        'LEFTARG = ' || nullif(t.left_type, 'NONE'),
        'RIGHTARG = ' || t.right_type,
        'COMMUTATOR = ' ||)" OPERATOR_NAME("o.oprcom") R"(,
        'NEGATOR = ' ||)" OPERATOR_NAME("o.oprnegate") R"(,
        CASE WHEN o.oprcanhash THEN 'HASHES' END,
        CASE WHEN o.oprcanmerge THEN 'MERGES' END], NULL) AS parameters,
    CASE WHEN o.oprrest <> 0 THEN o.oprrest::text END AS restrict,
    CASE WHEN o.oprjoin <> 0 THEN o.oprjoin::text END AS join,
    (SELECT array_agg(format('%I.%s (%s, %s)', x.nspname, y.oprname, format_type(y.oprleft, NULL),
            format_type(y.oprright, NULL)) ORDER BY y.oprname COLLATE "C")
        FROM pg_operator y JOIN pg_namespace x ON x.oid = y.oprnamespace
        WHERE y.oid IN (o.oprcom, o.oprnegate) AND y.oprcode = 0) AS shells,)" LINKGRESS_COMMENT(
                        "pg_operator", "o.oid", "0") "," LINKGRESS_OWNER("o.oprowner") R"(
FROM pg_operator o
JOIN pg_namespace n ON n.oid = o.oprnamespace
CROSS JOIN LATERAL (SELECT CASE o.oprleft WHEN 0 THEN 'NONE' ELSE format_type(o.oprleft, NULL) END AS left_type,
    format_type(o.oprright, NULL) AS right_type) t
WHERE o.oprcode <> 0 AND )" LINKGRESS_IN_SCOPE " AND NOT " LINKGRESS_OF_EXTENSION("pg_operator", "o.oid"),
                    {pg::Type::text_array});

pg::Query families(R"(
SELECT 'pg_opfamily'::regclass::oid AS classid, f.oid AS objid, 'operator_family' AS kind, n.nspname::text AS schema,
    f.opfname::text AS name, am.amname::text AS arguments,)" LINKGRESS_COMMENT(
                       "pg_opfamily", "f.oid", "0") "," LINKGRESS_OWNER("f.opfowner") R"(
FROM pg_opfamily f
JOIN pg_am am ON am.oid = f.opfmethod
JOIN pg_namespace n ON n.oid = f.opfnamespace
WHERE )" LINKGRESS_IN_SCOPE " AND NOT " LINKGRESS_OF_EXTENSION("pg_opfamily", "f.oid"),
                   {pg::Type::text_array});

// The members of all families, with the addresses under which they depend on their class, or else on their family.
#define MEMBERS                                                                                                        \
    " (SELECT 'pg_amop'::regclass::oid AS classid, o.oid AS objid, o.amopfamily AS family, "                           \
    "   format('OPERATOR %s (%s, %s)', o.amopstrategy, format_type(o.amoplefttype, NULL), "                            \
    "    format_type(o.amoprighttype, NULL)) AS name, "                                                                \
    "   format('OPERATOR %s %s', o.amopstrategy, o.amopopr::regoperator) || coalesce(( "                               \
    "    SELECT format(' FOR ORDER BY %I.%I', x.nspname, y.opfname) FROM pg_opfamily y "                               \
    "    JOIN pg_namespace x ON x.oid = y.opfnamespace WHERE y.oid = o.amopsortfamily), '') AS definition "            \
    "  FROM pg_amop o WHERE o.oid >= 16384 "                                                                           \
    "  UNION ALL "                                                                                                     \
    "  SELECT 'pg_amproc'::regclass, p.oid, p.amprocfamily, s.name, s.name || ' ' || p.amproc::regprocedure "          \
    "  FROM pg_amproc p CROSS JOIN LATERAL (SELECT format('FUNCTION %s (%s, %s)', p.amprocnum, "                       \
    "   format_type(p.amproclefttype, NULL), format_type(p.amprocrighttype, NULL)) AS name) s "                        \
    "  WHERE p.oid >= 16384) "

pg::Query classes(R"(
SELECT 'pg_opclass'::regclass::oid AS classid, c.oid AS objid, 'operator_class' AS kind, n.nspname::text AS schema,
    c.opcname::text AS name, am.amname::text AS arguments,
    format_type(c.opcintype, NULL) AS type,
    c.opcdefault AS default,
    format('%I.%I', fn.nspname, f.opfname) AS family,
    (SELECT array_agg(m.definition ORDER BY m.classid, m.name COLLATE "C") FROM pg_depend d
        JOIN)" MEMBERS R"(m ON m.classid = d.classid AND m.objid = d.objid
        WHERE d.refclassid = 'pg_opclass'::regclass AND d.refobjid = c.oid) AS members,
    CASE WHEN c.opckeytype <> 0 THEN format_type(c.opckeytype, NULL) END AS storage,)" LINKGRESS_COMMENT(
                      "pg_opclass", "c.oid", "0") "," LINKGRESS_OWNER("c.opcowner") R"(
FROM pg_opclass c
JOIN pg_am am ON am.oid = c.opcmethod
JOIN pg_opfamily f ON f.oid = c.opcfamily
JOIN pg_namespace fn ON fn.oid = f.opfnamespace
JOIN pg_namespace n ON n.oid = c.opcnamespace
WHERE )" LINKGRESS_IN_SCOPE " AND NOT " LINKGRESS_OF_EXTENSION("pg_opclass", "c.oid"),
                  {pg::Type::text_array});

// Those that belong to no class.
pg::Query family_members(R"(
SELECT m.classid, m.objid, 'operator_family_member' AS kind, n.nspname::text AS schema, f.opfname::text AS parent,
    m.name, am.amname::text AS arguments, m.definition
FROM pg_opfamily f
JOIN pg_am am ON am.oid = f.opfmethod
JOIN pg_namespace n ON n.oid = f.opfnamespace
JOIN pg_depend d ON d.refclassid = 'pg_opfamily'::regclass AND d.refobjid = f.oid
JOIN)" MEMBERS R"(m ON m.classid = d.classid AND m.objid = d.objid AND m.family = f.oid
WHERE )" LINKGRESS_IN_SCOPE " AND NOT " LINKGRESS_OF_EXTENSION("pg_opfamily", "f.oid"),
                         {pg::Type::text_array});

#undef MODIFY
#undef OPERATOR_NAME
#undef MEMBERS

} // namespace

const Queries &operator_queries()
{
    static const Queries queries = {
        {&aggregates, "pg_aggregate", "aggfnoid >= 16384"}, {&operators, "pg_operator", "oid >= 16384"},
        {&families, "pg_opfamily", "oid >= 16384"},         {&classes, "pg_opclass", "oid >= 16384"},
        {&family_members, "pg_opfamily", "oid >= 16384"},
    };
    return queries;
}

} // namespace linkgress::engine::catalog
