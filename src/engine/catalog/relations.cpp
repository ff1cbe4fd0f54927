// Tables with their columns, defaults and parents; sequences.

#include "engine/catalog/queries.hpp"

namespace linkgress::engine::catalog {

namespace {

pg::Query tables(
    R"(
SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, 'table' AS kind, n.nspname::text AS schema,
    c.relname::text AS name,
    c.relpersistence = 'u' AS unlogged,
    pg_get_partkeydef(c.oid) AS partition_key,
    CASE WHEN c.reloftype <> 0 THEN c.reloftype::regtype::text END AS of_type,
    (SELECT quote_ident(am.amname) FROM pg_am am WHERE am.oid = c.relam AND am.amname <> 'heap') AS access_method,
    (SELECT quote_ident(spcname) FROM pg_tablespace WHERE oid = c.reltablespace) AS tablespace,
    CASE WHEN c.reloptions IS NOT NULL OR t.reloptions IS NOT NULL THEN
        (SELECT array_agg(o ORDER BY o COLLATE "C") FROM (
            SELECT unnest(c.reloptions) AS o UNION ALL SELECT 'toast.' || unnest(t.reloptions)) o) END AS options,
    c.relrowsecurity AS row_security, c.relforcerowsecurity AS force_row_security,
    CASE c.relreplident WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING' END AS replica_identity,
    c.relispartition AS "partition",)" LINKGRESS_COMMENT("pg_class", "c.oid", "0") "," LINKGRESS_LABELS(
        "pg_class", "c.oid",
        "0") "," LINKGRESS_OWNER("c.relowner") "," LINKGRESS_GRANTS("c.relacl", "r",
                                                                    "c.relowner") R"(
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_class t ON t.oid = c.reltoastrelid
WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND )" LINKGRESS_IN_SCOPE
                                                                                  " AND NOT " LINKGRESS_OF_EXTENSION(
                                                                                      "pg_class", "c.oid"),
    {pg::Type::text_array});

pg::Query foreign_tables(R"(
SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, 'foreign_table' AS kind, n.nspname::text AS schema,
    c.relname::text AS name,
    quote_ident(s.srvname) AS server,)" LINKGRESS_SORTED("ft.ftoptions") R"( AS fdw_options,
    c.relispartition AS "partition",)" LINKGRESS_COMMENT("pg_class", "c.oid", "0") "," LINKGRESS_LABELS(
                             "pg_class", "c.oid",
                             "0") "," LINKGRESS_OWNER("c.relowner") "," LINKGRESS_GRANTS("c.relacl", "r",
                                                                                         "c.relowner") R"(
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_foreign_table ft ON ft.ftrelid = c.oid
JOIN pg_foreign_server s ON s.oid = ft.ftserver
WHERE c.relkind = 'f' AND )" LINKGRESS_IN_SCOPE " AND NOT " LINKGRESS_OF_EXTENSION("pg_class", "c.oid"),
                         {pg::Type::text_array});

// The sequence of an identity column is a part of the column.
pg::Query columns(R"(
SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, a.attnum::int AS objsubid, 'column' AS kind,
    n.nspname::text AS schema, c.relname::text AS parent, a.attname::text AS name,
    format_type(a.atttypid, a.atttypmod) AS type,
    CASE WHEN a.attcollation <> y.typcollation THEN a.attcollation::regcollation::text END AS collation,
    a.attnotnull AS not_null,
    CASE WHEN a.attgenerated <> '' THEN
        (SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d WHERE d.adrelid = c.oid AND d.adnum = a.attnum)
    END AS generated,
    a.attgenerated = 'v' AS virtual,
    CASE a.attidentity WHEN 'a' THEN 'ALWAYS' WHEN 'd' THEN 'BY DEFAULT' END AS identity,
    i.name AS identity_sequence, i.options AS identity_options,
    i.grants AS identity_grants, i.revoked AS identity_revoked,
    )" LINKGRESS_COLUMN_SETTINGS R"(,
    CASE WHEN a.attfdwoptions IS NOT NULL THEN )" LINKGRESS_SORTED("a.attfdwoptions") R"( END AS fdw_options,
    a.attinhcount > 0 AND NOT a.attislocal AS inherited,
    a.attnum::int AS position,)" LINKGRESS_COMMENT("pg_class", "c.oid", "a.attnum") "," LINKGRESS_LABELS(
                      "pg_class", "c.oid", "a.attnum") "," LINKGRESS_GRANTS("a.attacl", "c", "c.relowner") R"(
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type y ON y.oid = a.atttypid
LEFT JOIN LATERAL (
    SELECT d.objid::regclass::text AS name,
        nullif(concat_ws(' ',
            CASE WHEN s.seqincrement <> 1 THEN 'INCREMENT BY ' || s.seqincrement END,
            CASE WHEN s.seqmin <> CASE WHEN s.seqincrement > 0 THEN 1 ELSE l.least END THEN 'MINVALUE ' || s.seqmin END,
            CASE WHEN s.seqmax <> CASE WHEN s.seqincrement > 0 THEN l.greatest ELSE -1 END THEN 'MAXVALUE ' || s.seqmax END,
            CASE WHEN s.seqstart <> CASE WHEN s.seqincrement > 0 THEN s.seqmin ELSE s.seqmax END
                OR s.seqincrement <> 1 OR s.seqmin <> 1 THEN 'START WITH ' || s.seqstart END,
            CASE WHEN s.seqcache <> 1 THEN 'CACHE ' || s.seqcache END,
            CASE WHEN s.seqcycle THEN 'CYCLE' END), '') AS options,)" LINKGRESS_GRANTS("q.relacl", "s",
                                                                                       "q.relowner") R"(
    FROM pg_depend d
    JOIN pg_sequence s ON s.seqrelid = d.objid
    JOIN pg_class q ON q.oid = s.seqrelid
    CROSS JOIN LATERAL (SELECT
        CASE s.seqtypid WHEN 'smallint'::regtype THEN -32768 WHEN 'integer'::regtype THEN -2147483648
            ELSE -9223372036854775808 END::bigint AS least,
        CASE s.seqtypid WHEN 'smallint'::regtype THEN 32767 WHEN 'integer'::regtype THEN 2147483647
            ELSE 9223372036854775807 END::bigint AS greatest) l
    WHERE a.attidentity <> '' AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid = a.attnum
      AND d.classid = 'pg_class'::regclass AND d.deptype = 'i'
) i ON a.attidentity <> ''
WHERE c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't' AND )" LINKGRESS_IN_SCOPE " AND "
                                                                                                     "NOT"
                                                                                                     " " LINKGRESS_OF_EXTENSION(
                                                                                                         "pg_class",
                                                                                                         "c.oid"),
                  {pg::Type::text_array});

pg::Query defaults(R"(
SELECT 'pg_attrdef'::regclass::oid AS classid, d.oid AS objid, 'default' AS kind, n.nspname::text AS schema,
    c.relname::text AS parent, a.attname::text AS name,
    pg_get_expr(d.adbin, d.adrelid) AS expression
FROM pg_attrdef d
JOIN pg_class c ON c.oid = d.adrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
WHERE a.attgenerated = '' AND c.relpersistence <> 't' AND )" LINKGRESS_IN_SCOPE
                   " AND NOT " LINKGRESS_OF_EXTENSION("pg_class", "c.oid"),
                   {pg::Type::text_array});

pg::Query parents(R"(
SELECT 'pg_inherits'::regclass::oid AS classid, i.inhrelid AS objid, i.inhseqno AS objsubid, 'inheritance' AS kind,
    n.nspname::text AS schema, c.relname::text AS parent, i.inhparent::regclass::text AS name,
    i.inhparent::regclass::text AS of,
    pg_get_expr(c.relpartbound, c.oid) AS bound,
    i.inhseqno AS position
FROM pg_inherits i
JOIN pg_class c ON c.oid = i.inhrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'f') AND NOT i.inhdetachpending AND )" LINKGRESS_IN_SCOPE
                  " AND NOT " LINKGRESS_OF_EXTENSION("pg_class", "c.oid"),
                  {pg::Type::text_array});

pg::Query sequences(
    R"(
SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, 'sequence' AS kind, n.nspname::text AS schema,
    c.relname::text AS name,
    CASE WHEN s.seqtypid <> 'bigint'::regtype THEN format_type(s.seqtypid, NULL) END AS type,
    s.seqstart AS start, s.seqincrement AS increment,
    CASE WHEN s.seqmin <> CASE WHEN s.seqincrement > 0 THEN 1 ELSE l.least END THEN s.seqmin END AS minimum,
    CASE WHEN s.seqmax <> CASE WHEN s.seqincrement > 0 THEN l.greatest ELSE -1 END THEN s.seqmax END AS maximum,
    s.seqcache AS cache, s.seqcycle AS cycle, c.relpersistence = 'u' AS unlogged,)" LINKGRESS_COMMENT(
        "pg_class", "c.oid",
        "0") "," LINKGRESS_LABELS("pg_class", "c.oid",
                                  "0") "," LINKGRESS_OWNER("c.relowner") "," LINKGRESS_GRANTS("c.relacl", "s",
                                                                                              "c.relowner") R"(
FROM pg_sequence s
JOIN pg_class c ON c.oid = s.seqrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (SELECT
    CASE s.seqtypid WHEN 'smallint'::regtype THEN -32768 WHEN 'integer'::regtype THEN -2147483648
        ELSE -9223372036854775808 END::bigint AS least,
    CASE s.seqtypid WHEN 'smallint'::regtype THEN 32767 WHEN 'integer'::regtype THEN 2147483647
        ELSE 9223372036854775807 END::bigint AS greatest) l
WHERE c.relpersistence <> 't'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'i')
  AND )" LINKGRESS_IN_SCOPE " AND NOT " LINKGRESS_OF_EXTENSION("pg_class", "c.oid"),
    {pg::Type::text_array});

pg::Query sequence_owners(R"(
SELECT 'pg_sequence'::regclass::oid AS classid, c.oid AS objid, 'sequence_owner' AS kind, n.nspname::text AS schema,
    c.relname::text AS parent, 'owner' AS name,
    d.refobjid::regclass::text AS "table", a.attname::text AS "column"
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass
    AND d.refobjsubid > 0 AND d.deptype = 'a'
JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND )" LINKGRESS_IN_SCOPE
                          " AND NOT " LINKGRESS_OF_EXTENSION("pg_class", "c.oid"),
                          {pg::Type::text_array});

} // namespace

const Queries &relation_queries()
{
    static const Queries queries = {&tables,  &foreign_tables, &columns,        &defaults,
                                    &parents, &sequences,      &sequence_owners};
    return queries;
}

} // namespace linkgress::engine::catalog
