// Text search: parsers, templates, dictionaries and configurations.

#include "engine/catalog/queries.hpp"

namespace linkgress::engine::catalog {

namespace {

pg::Query parsers(R"(
SELECT 'pg_ts_parser'::regclass::oid AS classid, p.oid AS objid, 'text_search_parser' AS kind,
    n.nspname::text AS schema, p.prsname::text AS name,
    array_remove(ARRAY['START = ' || p.prsstart::regproc, 'GETTOKEN = ' || p.prstoken::regproc,
        'END = ' || p.prsend::regproc, 'LEXTYPES = ' || p.prslextype::regproc,
        CASE WHEN p.prsheadline <> 0 THEN 'HEADLINE = ' || p.prsheadline::regproc END], NULL) AS parameters,)" LINKGRESS_COMMENT(
                      "pg_ts_parser", "p.oid", "0") R"(
FROM pg_ts_parser p
JOIN pg_namespace n ON n.oid = p.prsnamespace
WHERE )" LINKGRESS_IN_SCOPE " AND NOT " LINKGRESS_OF_EXTENSION("pg_ts_parser", "p.oid"),
                  {pg::Type::text_array});

pg::Query templates(R"(
SELECT 'pg_ts_template'::regclass::oid AS classid, t.oid AS objid, 'text_search_template' AS kind,
    n.nspname::text AS schema, t.tmplname::text AS name,
    array_remove(ARRAY[CASE WHEN t.tmplinit <> 0 THEN 'INIT = ' || t.tmplinit::regproc END,
        'LEXIZE = ' || t.tmpllexize::regproc], NULL) AS parameters,)" LINKGRESS_COMMENT("pg_ts_template", "t.oid",
                                                                                        "0") R"(
FROM pg_ts_template t
JOIN pg_namespace n ON n.oid = t.tmplnamespace
WHERE )" LINKGRESS_IN_SCOPE " AND NOT " LINKGRESS_OF_EXTENSION("pg_ts_template", "t.oid"),
                    {pg::Type::text_array});

// The server keeps the options as SQL.
pg::Query dictionaries(R"(
SELECT 'pg_ts_dict'::regclass::oid AS classid, y.oid AS objid, 'text_search_dictionary' AS kind,
    n.nspname::text AS schema, y.dictname::text AS name,
    CASE WHEN tn.nspname <> 'pg_catalog' THEN quote_ident(tn.nspname) || '.' ELSE '' END || quote_ident(t.tmplname)
        AS template,
    (SELECT array_agg(o.part[1] ORDER BY o.number)
        FROM regexp_matches(y.dictinitoption, '((?:"(?:[^"]|"")+"|[^", ]+) = (?:E?''(?:[^'']|'''')*''|[^'', ]+))', 'g')
            WITH ORDINALITY o (part, number)) AS options,)" LINKGRESS_COMMENT(
                           "pg_ts_dict", "y.oid", "0") "," LINKGRESS_OWNER("y.dictowner") R"(
FROM pg_ts_dict y
JOIN pg_namespace n ON n.oid = y.dictnamespace
JOIN pg_ts_template t ON t.oid = y.dicttemplate
JOIN pg_namespace tn ON tn.oid = t.tmplnamespace
WHERE )" LINKGRESS_IN_SCOPE " AND NOT " LINKGRESS_OF_EXTENSION("pg_ts_dict", "y.oid"),
                       {pg::Type::text_array});

pg::Query configurations(
    R"(
SELECT 'pg_ts_config'::regclass::oid AS classid, c.oid AS objid, 'text_search_configuration' AS kind,
    n.nspname::text AS schema, c.cfgname::text AS name,
    CASE WHEN pn.nspname <> 'pg_catalog' THEN quote_ident(pn.nspname) || '.' ELSE '' END || quote_ident(p.prsname)
        AS parser,
    (SELECT array_agg(m.token || ' WITH ' || m.dictionaries ORDER BY m.number) FROM (
        SELECT k.tokid AS number, quote_ident(k.alias) AS token,
            string_agg(m.mapdict::regdictionary::text, ', ' ORDER BY m.mapseqno) AS dictionaries
        FROM pg_ts_config_map m JOIN ts_token_type(c.cfgparser) k ON k.tokid = m.maptokentype
        WHERE m.mapcfg = c.oid GROUP BY k.tokid, k.alias) m) AS mappings,)" LINKGRESS_COMMENT(
        "pg_ts_config", "c.oid", "0") "," LINKGRESS_OWNER("c.cfgowner") R"(
FROM pg_ts_config c
JOIN pg_namespace n ON n.oid = c.cfgnamespace
JOIN pg_ts_parser p ON p.oid = c.cfgparser
JOIN pg_namespace pn ON pn.oid = p.prsnamespace
WHERE )" LINKGRESS_IN_SCOPE " AND NOT " LINKGRESS_OF_EXTENSION("pg_ts_config", "c.oid"),
    {pg::Type::text_array});

} // namespace

const Queries &text_search_queries()
{
    static const Queries queries = {
        {&parsers, "pg_ts_parser", "oid >= 16384"},
        {&templates, "pg_ts_template", "oid >= 16384"},
        {&dictionaries, "pg_ts_dict", "oid >= 16384"},
        {&configurations, "pg_ts_config", "oid >= 16384"},
    };
    return queries;
}

} // namespace linkgress::engine::catalog
