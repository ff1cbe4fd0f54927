// Constraints, indexes, triggers, rules and policies.

#include "engine/catalog/queries.hpp"

namespace linkgress::engine::catalog {

namespace {

// DEFERRABLE and NOT VALID are attributes of their own, since they can be altered. That of a check that is inherited
// is that of the table above. (NOT ENFORCED is of PostgreSQL 18.)
#define NOT_ENFORCED "NOT co.convalidated AND to_jsonb(co)->>'conenforced' = 'false'"
#define CONSTRAINT_PARTS                                                                                               \
    " t.text AS definition_template, CASE WHEN t.text IS NULL THEN "                                                   \
    "  (SELECT left(d, length(d) - length(concat(CASE WHEN co.condeferred THEN ' DEFERRABLE INITIALLY DEFERRED' "      \
    "    WHEN co.condeferrable THEN ' DEFERRABLE' END, "                                                               \
    "    CASE WHEN " NOT_ENFORCED " THEN ' NOT ENFORCED' WHEN NOT co.convalidated THEN ' NOT VALID' END))) "           \
    "   FROM pg_get_constraintdef(co.oid) d) END AS definition, co.conkey AS key, "                                    \
    " CASE WHEN co.condeferred THEN 'DEFERRABLE INITIALLY DEFERRED' WHEN co.condeferrable THEN 'DEFERRABLE' END "      \
    "  AS deferrable, "                                                                                                \
    " NOT co.convalidated AND (co.conislocal OR co.contype = 'f') AS not_valid, " NOT_ENFORCED " AS not_enforced, "

pg::Query constraints(R"(
SELECT 'pg_constraint'::regclass::oid AS classid, co.oid AS objid, 'constraint' AS kind, co.conrelid AS relation,
    co.conname::text AS name,)" CONSTRAINT_PARTS R"( co.conbin AS condition,
    CASE WHEN co.contype <> 'x' THEN)" LINKGRESS_SORTED("i.reloptions") "END AS options," LINKGRESS_TABLESPACE("i") R"(,
    i.oid IS NOT NULL AS has_index, i.relkind = 'I' AS partitioned,
    co.contype = 'c' AND co.coninhcount > 0 AND NOT co.conislocal AS inherited
FROM pg_constraint co
LEFT JOIN pg_class i ON i.oid = co.conindid AND co.contype <> 'c'
LEFT JOIN pg_index x ON x.indexrelid = co.conindid AND co.contype <> 'c'
CROSS JOIN LATERAL (SELECT CASE
    WHEN co.contype = 'c' AND co.convalidated THEN
        CASE WHEN co.connoinherit THEN 'CHECK ({condition}) NO INHERIT' ELSE 'CHECK ({condition})' END
    WHEN co.contype IN ('p', 'u') AND x.indnatts = x.indnkeyatts AND i.relam = 403 THEN CASE
        WHEN co.contype = 'p' THEN 'PRIMARY KEY ({key})'
        WHEN x.indnullsnotdistinct THEN 'UNIQUE NULLS NOT DISTINCT ({key})'
        ELSE 'UNIQUE ({key})' END
    END AS text) t
WHERE co.contype IN ('p', 'u', 'c', 'x') AND co.connamespace <> ALL ($2))",
                      catalog_parameters, pg::Query::Planning::each);

// A foreign key that refers to a partitioned table has more rows, one for each partition.
pg::Query foreign_keys(R"(
SELECT 'pg_constraint'::regclass::oid AS classid, co.oid AS objid, 'foreign_key' AS kind, co.conrelid AS relation,
    co.conname::text AS name,)" CONSTRAINT_PARTS R"( co.confrelid AS referenced, co.confkey AS referenced_key,
    co.confrelid::regclass AS references,
    o.oid IS NOT NULL AS inherited
FROM pg_constraint co
LEFT JOIN pg_constraint o ON o.oid = co.conparentid AND o.conrelid <> co.conrelid
LEFT JOIN pg_class i ON i.oid = co.conindid
CROSS JOIN LATERAL (SELECT CASE WHEN co.confdelsetcols IS NULL AND i.relam = 403 AND co.convalidated THEN
    concat('FOREIGN KEY ({key}) REFERENCES {referenced}({referenced_key})',
        CASE co.confmatchtype WHEN 'f' THEN ' MATCH FULL' WHEN 'p' THEN ' MATCH PARTIAL' END,
        CASE co.confupdtype WHEN 'r' THEN ' ON UPDATE RESTRICT' WHEN 'c' THEN ' ON UPDATE CASCADE'
            WHEN 'n' THEN ' ON UPDATE SET NULL' WHEN 'd' THEN ' ON UPDATE SET DEFAULT' END,
        CASE co.confdeltype WHEN 'r' THEN ' ON DELETE RESTRICT' WHEN 'c' THEN ' ON DELETE CASCADE'
            WHEN 'n' THEN ' ON DELETE SET NULL' WHEN 'd' THEN ' ON DELETE SET DEFAULT' END) END AS text) t
WHERE co.contype = 'f' AND (co.conparentid = 0 OR o.oid IS NOT NULL) AND co.connamespace <> ALL ($2))",
                       catalog_parameters, pg::Query::Planning::each);

// Of those with operator classes of the server's own, only these access methods have no options of operator classes.
// Of the definition, what stands before the access method is names, and what can be altered in place
// or has to come last is an attribute of its own.
pg::Query indexes(R"(
SELECT 'pg_class'::regclass::oid AS classid, i.oid AS objid, 'index' AS kind, x.indrelid AS relation,
    i.relname::text AS name,
    x.indisunique AS "unique",
    t.text AS definition_template, x.indkey AS key, x.indcollation AS collations, x.indclass AS operator_classes,
    x.indoption AS orders,
    CASE WHEN t.text IS NULL THEN (
        SELECT left(d.text, length(d.text)
            - length(coalesce(' WHERE ' || pg_get_expr(x.indpred, x.indrelid), ''))
            - length(coalesce(' WITH (' || o.text || ')', '')))
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
            LATERAL substr(pg_get_indexdef(i.oid), 1 + length(format('CREATE %sINDEX %I ON %s%I.%I ',
                CASE WHEN x.indisunique THEN 'UNIQUE ' ELSE '' END, i.relname,
                CASE WHEN i.relkind = 'I' THEN 'ONLY ' ELSE '' END, n.nspname, c.relname))) d (text),
            LATERAL (SELECT string_agg(quote_ident(split_part(r, '=', 1)) || '=' || CASE WHEN quote_ident(v) = v THEN v
                ELSE quote_literal(v) END, ', ') AS text
                FROM unnest(i.reloptions) r, LATERAL substr(r, strpos(r, '=') + 1) v) o
        WHERE c.oid = x.indrelid) END AS definition,
    x.indpred AS predicate,)" LINKGRESS_SORTED("i.reloptions") "AS options," LINKGRESS_TABLESPACE("i") R"(,
    CASE WHEN x.indexprs IS NOT NULL THEN (
        SELECT array_agg(a.attnum || '=' || a.attstattarget ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = i.oid AND a.attstattarget >= 0) END AS statistics,
    NOT x.indisvalid AND i.relkind = 'i' AS invalid, i.relkind = 'I' AS partitioned
FROM pg_index x
JOIN pg_class i ON i.oid = x.indexrelid
CROSS JOIN LATERAL (SELECT
    CASE WHEN x.indexprs IS NULL AND x.indnatts = x.indnkeyatts AND 16384 > ALL (x.indclass) THEN CASE i.relam
        WHEN 403 THEN CASE WHEN x.indnullsnotdistinct THEN 'USING btree ({key}) NULLS NOT DISTINCT' ELSE 'USING btree ({key})' END
        WHEN 405 THEN 'USING hash ({key})' END END AS text) t
WHERE NOT x.indisprimary AND i.relpersistence <> 't' AND i.relnamespace <> ALL ($2)
  AND NOT EXISTS (SELECT FROM pg_constraint co WHERE co.conindid = i.oid AND co.contype IN ('u', 'x')))",
                  catalog_parameters, pg::Query::Planning::each);

pg::Query index_attachments(R"(
SELECT 'pg_inherits'::regclass::oid AS classid, i.oid AS objid, 'index_attachment' AS kind, n.nspname::text AS schema,
    c.relname::text AS parent, i.relname::text AS name,
    h.inhparent::regclass::text AS "to"
FROM pg_inherits h
JOIN pg_class i ON i.oid = h.inhrelid
JOIN pg_index x ON x.indexrelid = i.oid
JOIN pg_class c ON c.oid = x.indrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE i.relkind IN ('i', 'I') AND )" LINKGRESS_IN_SCOPE " AND NOT " LINKGRESS_OF_EXTENSION("pg_class", "c.oid"),
                            {pg::Type::text_array});

pg::Query uses_of_indexes(R"(
SELECT 'pg_index'::regclass::oid AS classid, i.oid AS objid, u.number AS objsubid, u.kind, n.nspname::text AS schema,
    c.relname::text AS parent, i.relname::text AS name
FROM pg_index x
JOIN pg_class i ON i.oid = x.indexrelid
JOIN pg_class c ON c.oid = x.indrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (VALUES (1, 'clustering', x.indisclustered), (2, 'replica_identity', x.indisreplident))
    u (number, kind, is_so)
WHERE (x.indisclustered OR x.indisreplident) AND u.is_so AND c.relpersistence <> 't' AND )" LINKGRESS_IN_SCOPE
                          " AND NOT " LINKGRESS_OF_EXTENSION("pg_class", "c.oid"),
                          {pg::Type::text_array});

// The trigger that a partition has from its table counts where it is not enabled in the same way.
pg::Query triggers(R"(
SELECT 'pg_trigger'::regclass::oid AS classid, t.oid AS objid, 'trigger' AS kind, n.nspname::text AS schema,
    c.relname::text AS parent, t.tgname::text AS name,
    CASE WHEN t.tgparentid = 0 THEN pg_get_triggerdef(t.oid) END AS definition,
    CASE WHEN t.tgenabled <> 'O' OR t.tgparentid <> 0 THEN
        CASE t.tgenabled WHEN 'O' THEN 'ENABLE' WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA'
            ELSE 'ENABLE ALWAYS' END END AS enabled,
    t.tgparentid <> 0 AS inherited,)" LINKGRESS_COMMENT("pg_trigger", "t.oid", "0") R"(
FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_trigger o ON o.oid = t.tgparentid
WHERE (NOT t.tgisinternal OR t.tgparentid <> 0) AND (t.tgparentid = 0 OR (t.tgenabled <> o.tgenabled AND NOT o.tgisinternal))
  AND c.relpersistence <> 't' AND )" LINKGRESS_IN_SCOPE " AND NOT " LINKGRESS_OF_EXTENSION("pg_class", "c.oid"),
                   {pg::Type::text_array});

pg::Query rules(R"(
SELECT 'pg_rewrite'::regclass::oid AS classid, r.oid AS objid, 'rule' AS kind, n.nspname::text AS schema,
    c.relname::text AS parent, r.rulename::text AS name,
    pg_get_ruledef(r.oid) AS definition,
    CASE r.ev_enabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' END AS enabled,)" LINKGRESS_COMMENT(
                    "pg_rewrite", "r.oid", "0") R"(
FROM pg_rewrite r
JOIN pg_class c ON c.oid = r.ev_class
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE r.ev_type <> '1' AND c.relpersistence <> 't' AND )" LINKGRESS_IN_SCOPE
                                                " AND NOT " LINKGRESS_OF_EXTENSION("pg_class", "c.oid"),
                {pg::Type::text_array});

pg::Query policies(R"(
SELECT 'pg_policy'::regclass::oid AS classid, p.oid AS objid, 'policy' AS kind, n.nspname::text AS schema,
    c.relname::text AS parent, p.polname::text AS name,
    NOT p.polpermissive AS restrictive,
    CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' END
        AS command,
    CASE WHEN p.polroles <> '{0}' THEN (SELECT array_agg(quote_ident(pg_get_userbyid(r)) ORDER BY pg_get_userbyid(r))
        FROM unnest(p.polroles) r) END AS roles,
    pg_get_expr(p.polqual, p.polrelid) AS using,
    pg_get_expr(p.polwithcheck, p.polrelid) AS check,)" LINKGRESS_COMMENT("pg_policy", "p.oid", "0") R"(
FROM pg_policy p
JOIN pg_class c ON c.oid = p.polrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE )" LINKGRESS_IN_SCOPE " AND NOT " LINKGRESS_OF_EXTENSION("pg_class", "c.oid"),
                   {pg::Type::text_array});

// The columns by name: their order in the table makes no difference.
pg::Query statistics(R"(
SELECT 'pg_statistic_ext'::regclass::oid AS classid, s.oid AS objid, 'statistics' AS kind, n.nspname::text AS schema,
    s.stxname::text AS name,
    concat(CASE WHEN s.stxkind @> '{d,f,m}' THEN '' ELSE (SELECT '(' || string_agg(
            CASE k WHEN 'd' THEN 'ndistinct' WHEN 'f' THEN 'dependencies' WHEN 'm' THEN 'mcv' END, ', ') || ') '
            FROM unnest(s.stxkind) k WHERE k <> 'e') END,
        'ON ', (SELECT string_agg(part, ', ' ORDER BY part COLLATE "C") FROM (
            SELECT quote_ident(a.attname) AS part FROM pg_attribute a
                WHERE a.attrelid = s.stxrelid AND a.attnum = ANY (s.stxkeys)
            UNION ALL SELECT '(' || e || ')' FROM unnest(pg_get_statisticsobjdef_expressions(s.oid)) e) p),
        ' FROM ', s.stxrelid::regclass) AS definition,
    nullif(s.stxstattarget, -1)::int AS target,)" LINKGRESS_COMMENT("pg_statistic_ext", "s.oid",
                                                                    "0") "," LINKGRESS_OWNER("s.stxowner") R"(
FROM pg_statistic_ext s
JOIN pg_namespace n ON n.oid = s.stxnamespace
WHERE )" LINKGRESS_IN_SCOPE " AND NOT " LINKGRESS_OF_EXTENSION("pg_statistic_ext", "s.oid"),
                     {pg::Type::text_array});

// Of relations and their parts; there are too many to look for each.
pg::Query comments(R"(
SELECT d.classoid AS classid, d.objoid AS objid, d.objsubid, d.description AS comment
FROM pg_description d
WHERE d.classoid IN ('pg_class'::regclass, 'pg_constraint'::regclass))",
                   {});

pg::Query comments_of_key_indexes(R"(
SELECT 'pg_constraint'::regclass::oid AS classid, co.oid AS objid, d.description AS index_comment
FROM pg_constraint co
JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = co.conindid AND d.objsubid = 0
WHERE co.contype IN ('p', 'u', 'x'))",
                                  {});

#undef CONSTRAINT_PARTS
#undef NOT_ENFORCED

} // namespace

const Queries &table_part_queries()
{
    static const Queries queries = {
        &constraints,
        &foreign_keys,
        &indexes,
        {&index_attachments, "pg_inherits"},
        {&uses_of_indexes, "pg_index", "indisclustered OR indisreplident"},
        {&triggers, "pg_trigger", "NOT tgisinternal OR tgparentid <> 0"},
        {&rules, "pg_rewrite", "ev_type <> '1' AND oid >= 16384"},
        {&policies, "pg_policy"},
        {&statistics, "pg_statistic_ext"},
        &comments,
        &comments_of_key_indexes,
    };
    return queries;
}

} // namespace linkgress::engine::catalog
