#include "engine/own_privileges.hpp"

#include "pg/extension.hpp"

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

// A NULL in place of privileges stands for the default ones, which PUBLIC may have some of. Types include those of
// the tables' rows: who can use one in a table keeps ours from being altered. The levels below are
// those of engine/access.cpp, and are a little wider.
constexpr const char *sql = R"(
WITH member AS (
    SELECT d.classid, d.objid, d.xmin::text::oid AS xmin -- xid cannot be sorted
    FROM pg_depend d
    JOIN pg_extension x ON x.oid = d.refobjid
    WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND x.extname = 'linkgress'
), object AS (
    SELECT m.xmin, CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind, c.oid::regclass::text AS name,
        '' AS of, c.relname::text AS short_name, c.relowner AS owner,
        coalesce(c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner)) AS acl
    FROM member m
    JOIN pg_class c ON m.classid = 'pg_class'::regclass AND c.oid = m.objid AND c.relkind IN ('r', 'v', 'm', 'p', 'S')
    UNION ALL
    SELECT m.xmin, 'TABLE', c.oid::regclass::text, format(' (%I)', a.attname), 'column', c.relowner, a.attacl
    FROM member m
    JOIN pg_class c ON m.classid = 'pg_class'::regclass AND c.oid = m.objid
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attacl IS NOT NULL AND NOT a.attisdropped
    UNION ALL
    SELECT m.xmin, 'ROUTINE', p.oid::regprocedure::text, '', '', p.proowner,
        coalesce(p.proacl, acldefault('f', p.proowner))
    FROM member m
    JOIN pg_proc p ON m.classid = 'pg_proc'::regclass AND p.oid = m.objid
    UNION ALL
    SELECT m.xmin, 'TYPE', format('%I.%I', n.nspname, t.typname), '', CASE m.classid WHEN 'pg_class'::regclass THEN 'row' ELSE '' END,
        t.typowner,
        coalesce(t.typacl, acldefault('T', t.typowner))
    FROM member m
    JOIN pg_type t ON (m.classid = 'pg_type'::regclass AND t.oid = m.objid)
        OR (m.classid = 'pg_class'::regclass AND t.typrelid = m.objid)
    JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typtype <> 'm' AND NOT (t.typelem <> 0 AND t.typlen = -1)
    UNION ALL
    -- which an upgrade from 1.0 makes a member, though it is as old as the tables
    SELECT (SELECT t.xmin FROM member t WHERE t.objid = 'linkgress.journal'::regclass), 'SCHEMA', quote_ident(n.nspname), '', '', n.nspowner, coalesce(n.nspacl, acldefault('n', n.nspowner))
    FROM member m
    JOIN pg_namespace n ON m.classid = 'pg_namespace'::regclass AND n.oid = m.objid
), entry AS (
    SELECT o.*, a.grantor, a.grantee, a.privilege_type || o.of AS privilege,
        a.grantee <> 0 AND CASE o.kind
            WHEN 'ROUTINE' THEN true
            WHEN 'SCHEMA' THEN a.privilege_type = 'USAGE'
            WHEN 'TABLE' THEN CASE a.privilege_type
                WHEN 'SELECT' THEN o.short_name NOT IN ('materialised', 'current_run')
                WHEN 'DELETE' THEN o.short_name IN ('migration', 'hook', 'model', 'ignore', 'rename')
                WHEN 'INSERT' THEN o.short_name IN ('migration', 'hook', 'model', 'ignore', 'column')
                WHEN 'UPDATE' THEN o.short_name IN ('migration', 'hook', 'model', 'ignore', 'column')
                ELSE false
            END
            ELSE false
        END AS is_of_a_level
    FROM object o, aclexplode(o.acl) a
    WHERE a.grantee <> o.owner AND ($1 = 0 OR a.grantee = $1)
)
SELECT string_agg(e.privilege, ', ' ORDER BY e.privilege), e.kind || ' ' || e.name, e.xmin,
    CASE e.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(e.grantee)) END,
    CASE WHEN e.grantor <> e.owner THEN e.grantor ELSE 0 END,
    string_agg(e.privilege, ', ' ORDER BY e.privilege) FILTER (WHERE NOT e.is_of_a_level),
    e.kind = 'TYPE' AND e.short_name = 'row'
FROM entry e
GROUP BY e.kind, e.name, e.of, e.kind = 'TYPE' AND e.short_name = 'row', e.xmin, e.grantee, e.grantor, e.owner
ORDER BY e.grantor = e.owner, e.kind, e.name, e.of)";

} // namespace

std::vector<OwnPrivileges> own_privileges(std::optional<pg::Oid> grantee)
{
    static pg::Query query(sql, {pg::Type::oid});
    pg::Rows rows = query.run({grantee.value_or(0)});
    std::vector<OwnPrivileges> all;
    for (std::size_t i = 0; i < rows.size(); i++) {
        pg::Oid grantor = rows.oid(i, 4);
        all.push_back({rows.text(i, 0), rows.text(i, 1), pg::is_own_transaction(rows.oid(i, 2)), rows.text(i, 3),
                       grantor == 0 ? std::nullopt : std::optional<pg::Oid>(grantor), rows.text(i, 5),
                       rows.boolean(i, 6)});
    }
    return all;
}

void revoke(const OwnPrivileges &privileges)
{
    std::optional<pg::RoleScope> grantor;
    if (privileges.grantor)
        grantor.emplace(*privileges.grantor);
    pg::execute_statement(
        fmt::format("REVOKE {} ON {} FROM {} CASCADE", privileges.privileges, privileges.object, privileges.grantee));
}

} // namespace linkgress::engine
