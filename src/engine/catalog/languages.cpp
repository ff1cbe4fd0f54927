// Languages, base types, transforms, casts, access methods, collations and conversions.

#include "engine/catalog/queries.hpp"

namespace linkgress::engine::catalog {

namespace {

pg::Query languages(
    R"(
SELECT 'pg_language'::regclass::oid AS classid, l.oid AS objid, 'language' AS kind, l.lanname::text AS name,
    l.lanpltrusted AS trusted,
    l.lanplcallfoid::regproc::text AS handler,
    CASE WHEN l.laninline <> 0 THEN l.laninline::regproc::text END AS inline,
    CASE WHEN l.lanvalidator <> 0 THEN l.lanvalidator::regproc::text END AS validator,)" LINKGRESS_COMMENT(
        "pg_language", "l.oid",
        "0") "," LINKGRESS_LABELS("pg_language", "l.oid",
                                  "0") "," LINKGRESS_OWNER("l.lanowner") "," LINKGRESS_GRANTS("l.lanacl", "l",
                                                                                              "l.lanowner") R"(
FROM pg_language l
WHERE l.oid >= 16384 AND )" LINKGRESS_IS_ASKED_FOR("language",
                                                   "l.lanname") R"( AND NOT )" LINKGRESS_OF_EXTENSION("pg_language",
                                                                                                      "l.oid"),
    {pg::Type::text_array});

// Every type has a type of its arrays, which looks like a base type.
pg::Query base_types(
    R"(
SELECT 'pg_type'::regclass::oid AS classid, t.oid AS objid, 'base_type' AS kind, n.nspname::text AS schema,
    t.typname::text AS name,
    array_remove(ARRAY[
        'INPUT = ' || t.typinput,
        'OUTPUT = ' || t.typoutput,
        CASE WHEN t.typreceive <> 0 THEN 'RECEIVE = ' || t.typreceive END,
        CASE WHEN t.typsend <> 0 THEN 'SEND = ' || t.typsend END,
        CASE WHEN t.typmodin <> 0 THEN 'TYPMOD_IN = ' || t.typmodin END,
        CASE WHEN t.typmodout <> 0 THEN 'TYPMOD_OUT = ' || t.typmodout END,
        CASE WHEN t.typanalyze <> 0 THEN 'ANALYZE = ' || t.typanalyze END,
        CASE WHEN t.typsubscript <> 0 THEN 'SUBSCRIPT = ' || t.typsubscript END,
        'INTERNALLENGTH = ' || nullif(t.typlen, -1),
        CASE WHEN t.typbyval THEN 'PASSEDBYVALUE' END,
        CASE t.typalign WHEN 'c' THEN 'ALIGNMENT = char' WHEN 's' THEN 'ALIGNMENT = int2'
            WHEN 'd' THEN 'ALIGNMENT = double' END,
        CASE t.typstorage WHEN 'e' THEN 'STORAGE = external' WHEN 'x' THEN 'STORAGE = extended'
            WHEN 'm' THEN 'STORAGE = main' END,
        CASE WHEN t.typcategory <> 'U' THEN 'CATEGORY = ' || quote_literal(t.typcategory::text) END,
        CASE WHEN t.typispreferred THEN 'PREFERRED = true' END,
        'DEFAULT = ' || quote_literal(t.typdefault),
        CASE WHEN t.typelem <> 0 THEN 'ELEMENT = ' || format_type(t.typelem, NULL) END,
        CASE WHEN t.typdelim <> ',' THEN 'DELIMITER = ' || quote_literal(t.typdelim::text) END,
        CASE WHEN t.typcollation <> 0 THEN 'COLLATABLE = true' END], NULL) AS parameters,)" LINKGRESS_COMMENT(
        "pg_type", "t.oid",
        "0") "," LINKGRESS_LABELS("pg_type", "t.oid",
                                  "0") "," LINKGRESS_OWNER("t.typowner") "," LINKGRESS_GRANTS("t.typacl", "T",
                                                                                              "t.typowner") R"(
FROM pg_type t
JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.typtype = 'b' AND t.typisdefined AND NOT EXISTS (SELECT FROM pg_type y WHERE y.typarray = t.oid) AND )" LINKGRESS_IN_SCOPE
                                                                                                            " AND "
                                                                                                            "NOT"
                                                                                                            " " LINKGRESS_OF_EXTENSION(
                                                                                                                "pg_"
                                                                                                                "type",
                                                                                                                "t."
                                                                                                                "oid"),
    {pg::Type::text_array});

pg::Query transforms(R"(
SELECT 'pg_transform'::regclass::oid AS classid, t.oid AS objid, 'transform' AS kind,
    format('FOR %s LANGUAGE %I', format_type(t.trftype, NULL), l.lanname) AS name,
    CASE WHEN t.trffromsql <> 0 THEN t.trffromsql::regprocedure::text END AS from_sql,
    CASE WHEN t.trftosql <> 0 THEN t.trftosql::regprocedure::text END AS to_sql,)" LINKGRESS_COMMENT("pg_transform", "t.oid", "0") R"(
FROM pg_transform t
JOIN pg_language l ON l.oid = t.trflang
WHERE ()" LINKGRESS_TYPES_IN_SCOPE("t.trftype, 0") " OR " LINKGRESS_ROUTINES_IN_SCOPE(
                         "t.trffromsql, t.trftosql") R"() AND NOT )" LINKGRESS_OF_EXTENSION("pg_transform", "t.oid"),
                     {pg::Type::text_array});

// A range type has a cast of its own to its multirange.
pg::Query casts(R"(
SELECT 'pg_cast'::regclass::oid AS classid, c.oid AS objid, 'cast' AS kind,
    format('(%s AS %s)', format_type(c.castsource, NULL), format_type(c.casttarget, NULL)) AS name,
    CASE c.castmethod WHEN 'f' THEN 'WITH FUNCTION ' || c.castfunc::regprocedure WHEN 'i' THEN 'WITH INOUT'
        ELSE 'WITHOUT FUNCTION' END AS method,
    CASE c.castcontext WHEN 'a' THEN 'ASSIGNMENT' WHEN 'i' THEN 'IMPLICIT' END AS context,)" LINKGRESS_COMMENT(
                    "pg_cast", "c.oid", "0") R"(
FROM pg_cast c
WHERE c.oid >= 16384 AND ()" LINKGRESS_TYPES_IN_SCOPE("c.castsource, c.casttarget") " OR " LINKGRESS_ROUTINES_IN_SCOPE("c.castfunc, 0") " OR " LINKGRESS_IS_ASKED_FOR("cast",
                                                                                                                                                                      "format('(%s AS %s)', format_type(c.castsource, NULL), format_type(c.casttarget, NULL))") R"() AND NOT EXISTS (
    SELECT FROM pg_depend e WHERE e.classid = 'pg_cast'::regclass AND e.objid = c.oid AND e.deptype IN ('e', 'i')))",
                {pg::Type::text_array});

pg::Query access_methods(R"(
SELECT 'pg_am'::regclass::oid AS classid, a.oid AS objid, 'access_method' AS kind, a.amname::text AS name,
    CASE a.amtype WHEN 't' THEN 'TABLE' ELSE 'INDEX' END AS type,
    a.amhandler::text AS handler,)" LINKGRESS_COMMENT("pg_am", "a.oid", "0") R"(
FROM pg_am a
WHERE a.oid >= 16384 AND )" LINKGRESS_IS_ASKED_FOR("access_method",
                                                   "a.amname") R"( AND NOT )" LINKGRESS_OF_EXTENSION("pg_am", "a.oid"),
                         {pg::Type::text_array});

// The locale of a provider other than libc is in a column of another name in each version. Those for other encodings
// cannot be used here.
pg::Query collations(R"(
SELECT 'pg_collation'::regclass::oid AS classid, c.oid AS objid, 'collation' AS kind, n.nspname::text AS schema,
    c.collname::text AS name,
    array_remove(ARRAY[
        'PROVIDER = ' || CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
        'LOCALE = ' || quote_literal(l.locale),
        CASE WHEN l.locale IS NULL THEN 'LC_COLLATE = ' || quote_literal(c.collcollate) END,
        CASE WHEN l.locale IS NULL THEN 'LC_CTYPE = ' || quote_literal(c.collctype) END,
        CASE WHEN NOT c.collisdeterministic THEN 'DETERMINISTIC = false' END,
        'RULES = ' || quote_literal(v.row->>'collicurules')], NULL) AS parameters,)" LINKGRESS_COMMENT(
                         "pg_collation", "c.oid",
                         "0") "," LINKGRESS_OWNER("c.collowner") R"(
FROM pg_collation c
JOIN pg_namespace n ON n.oid = c.collnamespace
CROSS JOIN LATERAL (SELECT to_jsonb(c) AS row) v
CROSS JOIN LATERAL (SELECT coalesce(v.row->>'colllocale', v.row->>'colliculocale',
    CASE WHEN c.collcollate = c.collctype THEN c.collcollate END) AS locale) l
WHERE c.collencoding IN (-1, pg_char_to_encoding(getdatabaseencoding())) AND )" LINKGRESS_IN_SCOPE
                                                                 " AND NOT " LINKGRESS_OF_EXTENSION("pg_collation",
                                                                                                    "c.oid"),
                     {pg::Type::text_array});

pg::Query conversions(R"(
SELECT 'pg_conversion'::regclass::oid AS classid, c.oid AS objid, 'conversion' AS kind, n.nspname::text AS schema,
    c.conname::text AS name,
    c.condefault AS default,
    pg_encoding_to_char(c.conforencoding)::text AS from,
    pg_encoding_to_char(c.contoencoding)::text AS to,
    c.conproc::text AS function,)" LINKGRESS_COMMENT("pg_conversion", "c.oid",
                                                     "0") "," LINKGRESS_OWNER("c.conowner") R"(
FROM pg_conversion c
JOIN pg_namespace n ON n.oid = c.connamespace
WHERE )" LINKGRESS_IN_SCOPE " AND NOT " LINKGRESS_OF_EXTENSION("pg_conversion", "c.oid"),
                      {pg::Type::text_array});

} // namespace

const Queries &language_queries()
{
    static const Queries queries = {
        {&languages, "pg_language", "oid >= 16384"},
        {&base_types, "pg_type", "typtype = 'b' AND typinput <> 'array_in'::regproc AND oid >= 16384"},
        {&transforms, "pg_transform"},
        {&casts, "pg_cast", "oid >= 16384"},
        {&access_methods, "pg_am", "oid >= 16384"},
        {&collations, "pg_collation", "oid >= 16384"},
        {&conversions, "pg_conversion", "oid >= 16384"},
    };
    return queries;
}

} // namespace linkgress::engine::catalog
