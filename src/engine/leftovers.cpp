#include "engine/leftovers.hpp"

#include "core/error_class.hpp"
#include "core/sqlstate.hpp"
#include "engine/body.hpp"
#include "pg/index.hpp"
#include "pg/role.hpp"
#include "pg/subtransaction.hpp"

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

using pg::Query;
using pg::Type;

std::string qualified_name(pg::Oid relation)
{
    static Query query("SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n"
                       " ON n.oid = c.relnamespace WHERE c.oid = $1",
                       {Type::oid});
    pg::OwnerScope owner;
    pg::Rows rows = query.run({relation});
    return rows.empty() ? std::string() : rows.text(0, 0);
}

} // namespace

pg::Oid find_relation(const std::string &name)
{
    static Query query("SELECT pg_catalog.to_regclass($1)::pg_catalog.oid", {Type::text});
    return query.run({name}).oid(0, 0);
}

std::string name_of_built_index(const pg::ConcurrentWork &work)
{
    static Query query("SELECT format('%I.%I', n.nspname, $2) FROM pg_class c JOIN pg_namespace n"
                       " ON n.oid = c.relnamespace WHERE c.oid = $1",
                       {Type::oid, Type::text});
    pg::Oid table = find_relation(work.table);
    if (table == 0)
        return {};
    std::string name = work.index.empty() ? pg::choose_index_name(table, work.columns) : work.index;
    pg::OwnerScope owner;
    return query.run({table, name}).text(0, 0);
}

std::string bare_name(const std::string &qualified)
{
    static Query query("SELECT (parse_ident($1))[2]", {Type::text});
    pg::OwnerScope owner;
    return qualified.empty() ? std::string() : query.run({qualified}).text(0, 0);
}

IndexState state_of_index(const std::string &qualified)
{
    static Query query("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass($1)", {Type::text});
    pg::OwnerScope owner;
    pg::Rows rows = query.run({qualified});
    if (rows.empty())
        return IndexState::none;
    return rows.boolean(0, 0) ? IndexState::valid : IndexState::invalid;
}

std::vector<std::string> invalid_indexes_left(const std::string &migration, const std::string &builds,
                                              const pg::ConcurrentWork &work)
{
    static Query query(
        "SELECT x.name, b.pid FROM linkgress.partial p, pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
        " JOIN pg_namespace n ON n.oid = c.relnamespace,"
        " LATERAL (SELECT format('%I.%I', n.nspname, c.relname)) x(name)"
        " LEFT JOIN LATERAL (SELECT pid FROM pg_stat_progress_create_index WHERE index_relid = i.indexrelid LIMIT 1) b"
        " ON true"
        " WHERE p.name = $1 AND NOT i.indisvalid AND x.name <> ALL (p.invalid_before)"
        " AND (x.name = $2 OR ($3 AND c.relname ~ '_cc(new|old)[0-9]*$'"
        // The index or table that the statement names; a schema or database is not looked into.
        " AND ($4 = 0 OR i.indrelid = $4 OR i.indrelid = (SELECT o.indrelid FROM pg_index o WHERE o.indexrelid = $4)"
        " OR i.indrelid = (SELECT t.reltoastrelid FROM pg_class t WHERE t.oid = $4))))",
        {Type::text, Type::text, Type::boolean, Type::oid});
    bool rebuilds = work.kind == pg::ConcurrentWork::Kind::rebuild_index;
    pg::Oid relation = rebuilds && !work.table.empty() ? find_relation(work.table) : pg::Oid{0};
    if (relation == 0 && !work.table.empty())
        rebuilds = false;
    pg::OwnerScope owner;
    pg::Rows rows = query.run({migration, builds, rebuilds, relation});
    for (std::size_t row = 0; row < rows.size(); row++)
        if (!rows.is_null(row, 1))
            throw core::Error(core::sqlstate::object_in_use,
                              fmt::format("index {} is being built by pid {}", rows.text(row, 0), rows.integer(row, 1)),
                              {}, "Call again when that has ended.");
    return rows.texts(0);
}

std::string find_leftover(const std::string &migration)
{
    static Query query(
        "SELECT p.builds FROM linkgress.partial p JOIN pg_index i ON i.indexrelid = to_regclass(p.builds)"
        " WHERE p.name = $1 AND NOT i.indisvalid AND p.builds <> ALL (p.invalid_before)",
        {Type::text});
    pg::OwnerScope owner;
    pg::Rows rows = query.run({migration});
    return rows.empty() ? std::string() : rows.text(0, 0);
}

std::string describe_leftover(const std::string &index)
{
    return fmt::format("The invalid index {} is left behind; the next attempt drops it first.", index);
}

bool is_same_definition(const std::string &sql, const pg::ConcurrentWork &work, const std::string &qualified)
{
    // What comes behind the names of index and table.
    static Query query(
        "SELECT count(*) = 2 AND bool_or(i.indrelid = $3)"
        " AND count(DISTINCT substr(pg_get_indexdef(i.indexrelid),"
        " length(format('CREATE %sINDEX %I ON %s.%I', CASE WHEN i.indisunique THEN 'UNIQUE ' END, c.relname,"
        " CASE WHEN pg_is_other_temp_schema(n.oid) OR n.oid = pg_my_temp_schema() THEN 'pg_temp'"
        " ELSE quote_ident(n.nspname) END, t.relname)) + 1) || i.indisunique) = 1"
        " FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid"
        " JOIN pg_namespace n ON n.oid = t.relnamespace WHERE i.indexrelid IN ($1, $2)",
        {Type::oid, Type::oid, Type::oid});
    pg::Oid existing = find_relation(qualified);
    pg::Oid table = find_relation(work.table);
    std::string index = bare_name(qualified);
    // With a table of the same name, made for it: the text may qualify columns.
    pg::Subtransaction subtransaction;
    bool is_same = false;
    try {
        std::string probe = bare_name(qualified_name(table));
        pg::execute_statement(
            fmt::format("CREATE TEMPORARY TABLE {} (LIKE {})", pg::quote_identifier(probe), work.table));
        pg::create_index_on_temporary_table(sql, probe, index);
        pg::Oid made = find_relation("pg_temp." + pg::quote_identifier(index));
        pg::OwnerScope owner;
        is_same = query.run({existing, made, table}).boolean(0, 0);
    } catch (const core::Error &error) {
        if (!core::is_of_statement(error.report()))
            throw;
        // The statement that fails here, or may not be tried out, does not speak for itself.
    }
    subtransaction.rollback();
    return is_same;
}

bool is_detach_pending(const pg::ConcurrentWork &work)
{
    static Query query("SELECT FROM pg_inherits WHERE inhrelid = $1 AND inhparent = $2 AND inhdetachpending",
                       {Type::oid, Type::oid});
    if (work.kind != pg::ConcurrentWork::Kind::detach_partition)
        return false;
    pg::Oid partition = find_relation(work.partition);
    pg::Oid table = find_relation(work.table);
    pg::OwnerScope owner;
    return !query.run({partition, table}).empty();
}

} // namespace linkgress::engine
