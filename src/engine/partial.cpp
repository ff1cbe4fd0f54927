#include "engine/partial.hpp"

#include "core/sqlstate.hpp"
#include "core/text.hpp"
#include "engine/journal.hpp"
#include "pg/spi.hpp"

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

using pg::Query;
using pg::Type;

void write_statement(const core::Location &location, int statements, int number, const std::string &checksum)
{
    static Query query("WITH mark AS (INSERT INTO linkgress.partial (name, direction, done, statements, at)"
                       " VALUES ($1, $2, $3, $4, clock_timestamp())"
                       " ON CONFLICT (name) DO UPDATE SET direction = excluded.direction, done = excluded.done,"
                       " statements = excluded.statements, attempted = NULL, attempted_checksum = NULL,"
                       " builds = NULL, invalid_before = NULL, at = excluded.at)"
                       " INSERT INTO linkgress.partial_statement (name, statement, checksum) VALUES ($1, $3, $5)",
                       {Type::text, Type::text, Type::integer, Type::integer, Type::text});
    query.run({location.migration, core::to_string(location.direction), std::int32_t{number}, std::int32_t{statements},
               checksum});
}

} // namespace

std::optional<Partial> read_partial(const std::string &migration)
{
    static Query query("SELECT direction, done, statements, attempted, attempted_checksum, builds"
                       " FROM linkgress.partial WHERE name = $1",
                       {Type::text});
    pg::OwnerScope owner;
    pg::Rows rows = query.run({migration});
    if (rows.empty())
        return std::nullopt;
    return Partial{rows.text(0, 0) == "up" ? core::Direction::up : core::Direction::down,
                   rows.integer(0, 1),
                   rows.integer(0, 2),
                   rows.integer(0, 3),
                   rows.text(0, 4),
                   rows.text(0, 5)};
}

void note_attempt(const core::Location &location, int statements, const std::string &checksum,
                  const std::string &builds)
{
    static Query query(
        "INSERT INTO linkgress.partial AS p (name, direction, done, statements, attempted,"
        " attempted_checksum, builds, invalid_before, at) VALUES ($1, $2, $3 - 1, $4, $3, $6, nullif($5, ''), "
        "ARRAY(SELECT format('%I.%I', n.nspname, c.relname)"
        " FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE NOT i.indisvalid), clock_timestamp())"
        " ON CONFLICT (name) DO UPDATE SET direction = excluded.direction, statements = excluded.statements,"
        " attempted = excluded.attempted, attempted_checksum = excluded.attempted_checksum, builds = excluded.builds,"
        " at = excluded.at, invalid_before = CASE WHEN p.attempted = excluded.attempted"
        " AND p.direction = excluded.direction THEN p.invalid_before ELSE excluded.invalid_before END",
        {Type::text, Type::text, Type::integer, Type::integer, Type::text, Type::text});
    JournalWrite write;
    query.run({location.migration, core::to_string(location.direction), std::int32_t{location.statement},
               std::int32_t{statements}, builds, checksum});
}

void note_done(const core::Location &location, int statements, const std::string &checksum)
{
    JournalWrite write;
    write_statement(location, statements, location.statement, checksum);
}

void forget_partial(const std::string &migration)
{
    static Query query("WITH mark AS (DELETE FROM linkgress.partial WHERE name = $1)"
                       " DELETE FROM linkgress.partial_statement WHERE name = $1",
                       {Type::text});
    JournalWrite write;
    query.run({migration});
}

void forget_attempts()
{
    static Query query("DELETE FROM linkgress.partial WHERE done = 0", {});
    JournalWrite write;
    query.run();
}

void set_partial(const core::Location &location, int statements, const std::vector<std::string> &done)
{
    static Query attempt("SELECT attempted_checksum, builds, invalid_before::text FROM linkgress.partial"
                         " WHERE name = $1 AND direction = $2 AND attempted = $3",
                         {Type::text, Type::text, Type::integer});
    static Query keep("INSERT INTO linkgress.partial AS p (name, direction, done, statements, attempted,"
                      " attempted_checksum, builds, invalid_before, at)"
                      " VALUES ($1, $2, $3 - 1, $4, $3, $5, nullif($6, ''), $7::text[], clock_timestamp())"
                      " ON CONFLICT (name) DO UPDATE SET attempted = excluded.attempted,"
                      " attempted_checksum = excluded.attempted_checksum, builds = excluded.builds,"
                      " invalid_before = excluded.invalid_before",
                      {Type::text, Type::text, Type::integer, Type::integer, Type::text, Type::text, Type::text});
    JournalWrite write;
    auto next = static_cast<std::int32_t>(done.size()) + 1;
    pg::Rows known = attempt.run({location.migration, core::to_string(location.direction), next});
    forget_partial(location.migration);
    for (std::size_t i = 0; i < done.size(); i++)
        write_statement(location, statements, static_cast<int>(i) + 1, done[i]);
    if (!known.empty())
        keep.run({location.migration, core::to_string(location.direction), next, std::int32_t{statements},
                  known.text(0, 0), known.text(0, 1), known.text(0, 2)});
}

std::vector<std::string> changed_statements(const std::string &migration, const std::vector<std::string> &checksums)
{
    static Query query("SELECT p.statement::text FROM linkgress.partial_statement p WHERE p.name = $1"
                       " AND p.checksum IS DISTINCT FROM ($2::text[])[p.statement] ORDER BY p.statement",
                       {Type::text, Type::text_array});
    pg::OwnerScope owner;
    return query.run({migration, std::cref(checksums)}).texts(0);
}

void check_none_partial(core::Direction direction)
{
    static Query query("SELECT name, done, statements FROM linkgress.partial p WHERE direction = $1 AND done > 0"
                       " AND NOT EXISTS (SELECT FROM linkgress.migration s WHERE s.name = p.name AND s.stage)"
                       " ORDER BY name LIMIT 1",
                       {Type::text});
    pg::OwnerScope owner;
    pg::Rows rows = query.run({core::to_string(direction)});
    if (rows.empty())
        return;
    bool up = direction == core::Direction::up;
    throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                      fmt::format("migration \"{}\" is partly {}", rows.text(0, 0), up ? "applied" : "reverted"),
                      fmt::format("{} of its {} statements are done.", rows.integer(0, 1), rows.integer(0, 2)),
                      fmt::format("CALL linkgress.{}() goes on with the next one. To say by hand what is done, use"
                                  " linkgress.repair({}, done => n), or 'mark_applied' or 'forget'.",
                                  up ? "up" : "down", core::quote_literal(rows.text(0, 0))));
}

} // namespace linkgress::engine
