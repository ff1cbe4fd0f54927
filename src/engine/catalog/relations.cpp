// Tables with their columns, defaults and parents; sequences.

#include "engine/catalog/queries.hpp"

namespace linkgress::engine::catalog {

namespace {

pg::Query tables(
    R"(
SELECT 'pg_class'::regclass::oid AS classid, c.oid AS objid, 'table' AS kind, n.nspname::text AS schema,
    c.relname::text AS name,
    c.relpersistence = 'u' AS unlogged,
    CASE c.relkind WHEN 'p' THEN pg_get_partkeydef(c.oid) END AS partition_key,
    CASE WHEN c.reloftype <> 0 THEN c.reloftype::regtype::text END AS of_type,
    CASE WHEN c.relam <> 2 THEN (SELECT quote_ident(am.amname) FROM pg_am am WHERE am.oid = c.relam) END
        AS access_method,)" LINKGRESS_TABLESPACE("c") R"(,
    CASE WHEN c.reloptions IS NOT NULL OR t.reloptions IS NOT NULL THEN
        (SELECT array_agg(o ORDER BY o COLLATE "C") FROM (
            SELECT unnest(c.reloptions) AS o UNION ALL SELECT 'toast.' || unnest(t.reloptions)) o) END AS options,
    c.relrowsecurity AS row_security, c.relforcerowsecurity AS force_row_security,
    CASE c.relreplident WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING' END AS replica_identity,
    c.relispartition AS "partition",)" LINKGRESS_LABELS("pg_class", "c.oid", "0") "," LINKGRESS_OWNER(
        "c.relowner") "," LINKGRESS_GRANTS("c.relacl", "r", "c.relowner") R"(
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_class t ON t.oid = c.reltoastrelid
WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND )" LINKGRESS_RELATION_IN_SCOPE
                                                                          " AND NOT " LINKGRESS_OF_EXTENSION("pg_class",
                                                                                                             "c.oid"),
    catalog_parameters, pg::Query::Planning::each);

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

pg::Query columns(R"(
SELECT 'pg_class'::regclass::oid AS classid, a.attrelid AS objid, a.attnum::int AS objsubid, 'column' AS kind,
    a.attrelid AS relation, a.attname::text AS name,
    a.atttypid AS type_id, a.atttypmod AS type_modifier, a.attcollation AS collation_id,
    a.attnotnull AS not_null, a.attnum::int AS position,
    CASE WHEN a.attcollation <> y.typcollation THEN a.attcollation::regcollation::text END AS collation,
    )" LINKGRESS_COLUMN_STORAGE R"(
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_type y ON y.oid = a.atttypid
WHERE a.attnum > 0 AND NOT a.attisdropped
  AND c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't' AND )" LINKGRESS_RELATION_IN_SCOPE,
                  catalog_parameters, pg::Query::Planning::each);

// What few columns have. The sequence of an identity column is a part of the column.
pg::Query column_details(R"(
SELECT 'pg_class'::regclass::oid AS classid, a.attrelid AS objid, a.attnum::int AS objsubid,
    CASE WHEN a.attgenerated <> '' THEN
        (SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d WHERE d.adrelid = c.oid AND d.adnum = a.attnum)
    END AS generated,
    a.attgenerated = 'v' AS virtual,
    CASE a.attidentity WHEN 'a' THEN 'ALWAYS' WHEN 'd' THEN 'BY DEFAULT' END AS identity,
    i.name AS identity_sequence, i.options AS identity_options,
    i.grants AS identity_grants, i.revoked AS identity_revoked,
    )" LINKGRESS_COLUMN_SETTINGS "," LINKGRESS_SORTED("a.attfdwoptions") R"(AS fdw_options,
    a.attinhcount > 0 AND NOT a.attislocal AS inherited,)" LINKGRESS_LABELS(
                             "pg_class", "c.oid", "a.attnum") "," LINKGRESS_GRANTS("a.attacl", "c",
                                                                                   "c."
                                                                                   "relowner") R"(
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid
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
WHERE a.attnum > 0 AND NOT a.attisdropped
  AND c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'
  AND (a.attgenerated <> '' OR a.attidentity <> '' OR a.attcompression <> '' OR a.attstattarget >= 0
    OR a.attfdwoptions IS NOT NULL OR a.attinhcount > 0 OR a.attacl IS NOT NULL
    OR cardinality(a.attoptions) > 1 OR NOT a.attoptions[1] ^@ 'pg_attver=' OR EXISTS (SELECT FROM pg_seclabel))
  AND )" LINKGRESS_RELATION_IN_SCOPE,
                         catalog_parameters, pg::Query::Planning::each);

// The expression of a generated column is said by the column.
pg::Query defaults(R"(
SELECT 'pg_attrdef'::regclass::oid AS classid, d.oid AS objid, 'default' AS kind, d.adrelid AS relation,
    d.adnum::int AS column_number, d.adbin AS expression
FROM pg_attrdef d)",
                   catalog_parameters, pg::Query::Planning::each);

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
    static constexpr const char *is_sequence = "relkind = 'S' AND" LINKGRESS_OF_USERS("relnamespace");
    static const Queries queries = {
        &tables,
        {&foreign_tables, "pg_foreign_table"},
        &columns,
        &column_details,
        &defaults,
        {&parents, "pg_inherits"},
        {&sequences, "pg_class", is_sequence},
        {&sequence_owners, "pg_class", is_sequence},
    };
    return queries;
}

} // namespace linkgress::engine::catalog
