// Functions and procedures.

#include "engine/catalog/queries.hpp"

namespace linkgress::engine::catalog {

namespace {

pg::Query functions(
    R"(
SELECT 'pg_proc'::regclass::oid AS classid, p.oid AS objid,
    CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END AS kind, n.nspname::text AS schema,
    p.proname::text AS name,
    (SELECT coalesce(string_agg(format_type(t.type, NULL), ', ' ORDER BY t.number), '')
        FROM unnest(p.proargtypes) WITH ORDINALITY t (type, number)) AS arguments,
    pg_get_functiondef(p.oid) AS definition,
    pg_get_function_result(p.oid) AS result,
    CASE WHEN p.prokind = 'w' THEN 'window' END AS routine_kind,
    p.proargnames AS argument_names,
    CASE WHEN p.proargmodes && '{o,b,t}' THEN (
        SELECT array_agg(concat_ws(' ', a.mode, quote_ident(a.name), format_type(a.type, NULL)) ORDER BY a.number)
        FROM unnest(p.proallargtypes, p.proargmodes, p.proargnames) WITH ORDINALITY a (type, mode, name, number)
        WHERE a.mode IN ('o', 'b', 't')) END AS output_arguments,
    nullif(p.pronargdefaults, 0)::int AS defaults,
    p.prosqlbody IS NOT NULL AS has_parsed_body,
    p.prosqlbody IS NOT NULL AND EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
        AND d.refclassid = 'pg_proc'::regclass AND d.refobjid = p.oid) AS calls_itself,)" LINKGRESS_COMMENT(
        "pg_proc", "p.oid",
        "0") "," LINKGRESS_LABELS("pg_proc", "p.oid",
                                  "0") "," LINKGRESS_OWNER("p.proowner") "," LINKGRESS_GRANTS("p.proacl", "f",
                                                                                              "p.proowner") R"(
FROM pg_proc p
JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.prokind <> 'a' AND )" LINKGRESS_IN_SCOPE R"(
  AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid
      AND e.deptype IN ('e', 'i')))",
    {pg::Type::text_array});

} // namespace

const Queries &routine_queries()
{
    static const Queries queries = {{&functions, "pg_proc", "" LINKGRESS_OF_USERS("pronamespace")}};
    return queries;
}

} // namespace linkgress::engine::catalog
