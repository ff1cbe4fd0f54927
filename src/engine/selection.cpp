#include "engine/selection.hpp"

#include "core/sqlstate.hpp"
#include "core/text.hpp"
#include "engine/own_locks.hpp"
#include "engine/partial.hpp"
#include "engine/registry.hpp"
#include "pg/guc.hpp"
#include "pg/report.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

using pg::Query;
using pg::Type;

std::vector<core::Candidate> read_candidates()
{
    static Query query("SELECT name, state, repeatable, out_of_order, registry_checksum, journal_checksum,"
                       " author::oid, approvers::oid[], transactional AND state <> 'partial' FROM linkgress.overview"
                       // What was begun statement by statement, with whatever text, goes on so.
                       " WHERE state <> 'applied'",
                       {});
    pg::OwnerScope owner;
    pg::Rows rows = query.run();
    std::vector<core::Candidate> candidates;
    candidates.reserve(rows.size());
    for (std::size_t row = 0; row < rows.size(); row++)
        candidates.push_back({rows.text(row, 0), core::parse_state(rows.text(row, 1)), rows.boolean(row, 2),
                              rows.boolean(row, 3), rows.text(row, 4), rows.text(row, 5), rows.oid(row, 6),
                              rows.oid_array(row, 7), rows.boolean(row, 8)});
    return candidates;
}

std::optional<core::Target> read_target(const std::optional<std::string> &name)
{
    static Query query("SELECT o.state <> 'pending', o.repeatable,"
                       " (SELECT max(j.name) FROM linkgress.journal j WHERE NOT j.repeatable)"
                       " FROM linkgress.overview o WHERE o.name = $1",
                       {Type::text});
    if (!name)
        return std::nullopt;
    pg::OwnerScope owner;
    core::Target target;
    target.name = *name;
    pg::Rows rows = query.run({*name});
    if (!rows.empty()) {
        target.is_known = true;
        target.is_applied = rows.boolean(0, 0);
        target.repeatable = rows.boolean(0, 1);
        target.last_applied = rows.text(0, 2);
    }
    return target;
}

void check_order(const std::vector<core::Candidate> &selected)
{
    pg::OutOfOrder policy = pg::settings::out_of_order();
    if (policy == pg::OutOfOrder::allow)
        return;
    for (const std::string &name : core::out_of_order(selected)) {
        std::string message = fmt::format("migration \"{}\" is out of order", name);
        const char *detail = "Migrations with a later name have been applied already.";
        if (policy == pg::OutOfOrder::error)
            throw core::Error(core::sqlstate::object_not_in_prerequisite_state, message, detail,
                              "Register it under a later name, or SET linkgress.out_of_order = 'warn'.");
        pg::report(pg::Level::warning, message, detail);
    }
}

std::vector<core::Applied> to_applied(const pg::Rows &rows)
{
    std::vector<core::Applied> applied;
    for (std::size_t row = 0; row < rows.size(); row++)
        applied.push_back({rows.text(row, 0), rows.bigint(row, 1), rows.boolean(row, 2), rows.boolean(row, 3),
                           rows.boolean(row, 4), rows.boolean(row, 5), rows.oid(row, 6), rows.oid_array(row, 7),
                           rows.boolean(row, 8), rows.boolean(row, 9)});
    return applied;
}

// The columns of an Applied, from the registry as far as it knows it.
#define APPLIED_COLUMNS                                                                                                \
    "SELECT j.name, j.id, CASE WHEN m.name IS NULL THEN j.down IS NOT NULL ELSE m.down IS NOT NULL END, j.repeatable," \
    " m.name IS NOT NULL, j.out_of_order, coalesce(m.author, j.author)::oid,"                                          \
    " (CASE WHEN m.name IS NULL THEN j.approvers ELSE m.approvers END)::oid[],"                                        \
    " coalesce(CASE WHEN m.name IS NULL THEN j.down_transactional ELSE m.down_transactional END, true)"                \
    " AND NOT EXISTS (SELECT FROM linkgress.partial p WHERE p.name = j.name AND p.done > 0),"                          \
    " CASE WHEN m.name IS NULL THEN j.down_transactional ELSE m.down_transactional END IS NULL"                        \
    " FROM linkgress.journal j LEFT JOIN linkgress.migration m ON m.name = j.name"

[[noreturn]] void refuse_rollback(std::int64_t applied, int n = 0)
{
    if (applied == 0)
        throw core::Error(core::sqlstate::object_not_in_prerequisite_state, "nothing to roll back", {},
                          "No migration is applied; linkgress.status() shows them all.");
    throw core::Error(core::sqlstate::invalid_parameter_value,
                      fmt::format("cannot revert {} migrations with {} applied", n, applied), {},
                      "To revert all of them, use linkgress.reset().");
}

std::vector<core::Applied> read_last(int n)
{
    static Query count("SELECT count(*) FROM linkgress.journal WHERE NOT repeatable", {});
    static Query query(APPLIED_COLUMNS " WHERE NOT j.repeatable ORDER BY j.id DESC LIMIT $1", {Type::integer});
    if (n < 1)
        throw core::Error(core::sqlstate::invalid_parameter_value,
                          "the number of migrations to revert must be at least 1", {},
                          "To revert all of them, use linkgress.reset().");
    std::vector<core::Applied> applied = to_applied(query.run({std::int32_t{n}}));
    if (applied.size() < static_cast<std::size_t>(n))
        refuse_rollback(count.run().bigint(0, 0), n);
    return applied;
}

std::vector<core::Applied> read_after(const std::string &name)
{
    static Query find("SELECT id, repeatable FROM linkgress.journal WHERE name = $1", {Type::text});
    static Query query(APPLIED_COLUMNS " WHERE NOT j.repeatable AND j.id > $1 ORDER BY j.id DESC", {Type::bigint});
    pg::Rows found = find.run({name});
    if (found.empty())
        throw core::Error(core::sqlstate::undefined_object, fmt::format("migration \"{}\" is not applied", name), {},
                          "SELECT * FROM linkgress.applied() shows what is.");
    if (found.boolean(0, 1))
        throw core::Error(core::sqlstate::invalid_parameter_value,
                          fmt::format("migration \"{}\" is repeatable, and no place to roll back to", name), {},
                          "Name one that is not repeatable.");
    return to_applied(query.run({found.bigint(0, 0)}));
}

std::vector<core::Applied> read_last_batch()
{
    static Query query(APPLIED_COLUMNS " WHERE NOT j.repeatable AND j.batch ="
                                       " (SELECT last.batch FROM linkgress.journal last WHERE NOT last.repeatable"
                                       " ORDER BY last.id DESC LIMIT 1) ORDER BY j.id DESC",
                       {});
    std::vector<core::Applied> applied = to_applied(query.run());
    if (applied.empty())
        refuse_rollback(0);
    return applied;
}

// Repeatable migrations that ran after the first of these may build upon what
// is going to be reverted: they join them, in their place.
void add_repeatables(std::vector<core::Applied> &selected)
{
    static Query query(APPLIED_COLUMNS " WHERE j.repeatable AND j.id > $1", {Type::bigint});
    if (selected.empty())
        return;
    for (core::Applied &repeatable : to_applied(query.run({selected.back().id})))
        selected.push_back(std::move(repeatable));
    std::sort(selected.begin(), selected.end(),
              [](const core::Applied &a, const core::Applied &b) { return a.id > b.id; });
}

std::vector<core::Applied> read_all()
{
    static Query query(APPLIED_COLUMNS " ORDER BY j.id DESC", {});
    return to_applied(query.run());
}

std::vector<core::Applied> read_scope(const RevertOptions &options)
{
    pg::OwnerScope owner;
    switch (options.scope) {
    case RevertOptions::Scope::last_n:
        return read_last(options.n);
    case RevertOptions::Scope::after_name:
        return read_after(options.name);
    case RevertOptions::Scope::last_batch:
        return read_last_batch();
    case RevertOptions::Scope::everything:
        return read_all();
    }
    return {};
}

// `query` locks the row if nobody else has, and finds nothing otherwise; `find` tells whether there is one.
struct BodyQueries {
    Query read;
    Query find;
};

pg::Rows read_locked(BodyQueries &queries, const OwnRow &row)
{
    std::optional<pg::Rows> rows;
    wait_for_row(row, [&] {
        pg::OwnerScope owner;
        pg::use_indexes(owner); // the plans outlive an empty table's statistics
        rows.emplace(queries.read.run({row.key}));
        return !rows->empty() || queries.find.run({row.key}).empty();
    });
    return std::move(*rows);
}

std::optional<Body> read_body(BodyQueries &queries, const char *table, const std::string &migration)
{
    pg::Rows rows = read_locked(queries, {fmt::format("migration \"{}\"", migration), table, migration});
    if (rows.empty())
        return std::nullopt;
    Body body{rows.optional_text(0, 0), {rows.oid(0, 1), rows.oid_array(0, 2)}, std::nullopt, rows.boolean(0, 4)};
    if (!rows.is_null(0, 3))
        body.statement_timeout = rows.integer(0, 3);
    return body;
}

// In milliseconds, as much as a timer takes. (least() passes NULL over.)
#define MILLISECONDS(timeout)                                                                                          \
    "CASE WHEN " timeout " IS NOT NULL THEN least(extract(epoch FROM " timeout ") * 1000, 2147483647) END::integer"

// Raises an error for the first one that must not run, unless it is to be left out. What is partly applied cannot be.
void leave_out_untrusted(std::vector<core::Candidate> &selected, Untrusted untrusted)
{
    std::erase_if(selected, [&](const core::Candidate &candidate) {
        bool is_partial = candidate.state == core::State::partial;
        return !is_to_run(TextKind::migration, candidate.name, {candidate.author, candidate.approvers},
                          is_partial ? Untrusted::refuse : untrusted);
    });
}

struct Refusal {
    std::string name;
    core::Direction direction;
};

[[noreturn]] void refuse_nontransactional(const Refusal &refusal)
{
    bool up = refusal.direction == core::Direction::up;
    std::optional<Body> body = up ? read_up(refusal.name) : read_down(refusal.name);
    core::Location location;
    location.migration = refusal.name;
    location.direction = refusal.direction;
    std::optional<Partial> partial = read_partial(refusal.name);
    std::string why = partial ? "It was begun statement by statement." : "It is registered as not transactional.";
    if (body && body->text)
        if (BodyTraits traits = check_body(location, *body->text); !traits.runs_in_transaction())
            why = traits.describe() + ".";
    if (partial && partial->done > 0)
        why += fmt::format(" {} of its {} statements are done.", partial->done, partial->statements);
    throw core::Error(
        core::sqlstate::active_sql_transaction,
        fmt::format("migration \"{}\" cannot be {} in a transaction", refusal.name, up ? "applied" : "reverted"), why,
        partial && partial->done > 0
            ? fmt::format("CALL linkgress.{}() goes on with the next one. To say by hand what is done, use"
                          " linkgress.repair({}, done => n), or 'mark_applied' or 'forget'.",
                          up ? "up" : "down", core::quote_literal(refusal.name))
            : fmt::format("Nothing was run. CALL linkgress.{}() runs such a migration statement by statement,"
                          " outside of a transaction.",
                          up ? "up" : "down"));
}

} // namespace

void check_transactional(const std::vector<core::Candidate> &selected)
{
    for (const core::Candidate &candidate : selected)
        if (!candidate.transactional)
            refuse_nontransactional({candidate.name, core::Direction::up});
}

void check_transactional(const std::vector<core::Applied> &selected)
{
    for (const core::Applied &migration : selected)
        if (migration.has_down && !migration.transactional)
            refuse_nontransactional({migration.name, core::Direction::down});
}

void check_up_transactional(const std::vector<core::Applied> &selected)
{
    static Query query("SELECT name FROM linkgress.migration WHERE name = ANY ($1) AND NOT transactional"
                       " ORDER BY name LIMIT 1",
                       {Type::text_array});
    std::vector<std::string> names;
    for (const core::Applied &migration : selected)
        names.push_back(migration.name);
    std::vector<std::string> found;
    {
        pg::OwnerScope owner;
        found = query.run({std::cref(names)}).texts(0);
    }
    if (!found.empty())
        refuse_nontransactional({found.front(), core::Direction::up});
}

bool is_anything_pending(const ApplyOptions &options)
{
    return options.target || !read_candidates().empty();
}

std::vector<core::Candidate> read_pending(const ApplyOptions &options)
{
    check_none_partial(core::Direction::down);
    std::vector<core::Candidate> selected =
        core::select_pending(read_candidates(), read_target(options.target), options.ignore_missing);
    leave_out_untrusted(selected, options.untrusted);
    check_order(selected);
    return selected;
}

// Before anything is reverted. The server may be another one since, which takes it.
void check_parses(const core::Applied &migration)
{
    core::Location location;
    location.migration = migration.name;
    location.direction = core::Direction::down;
    std::optional<Body> body = read_down(migration.name);
    if (!body || !body->text)
        return;
    try {
        check_body(location, std::move(*body->text));
    } catch (core::Error &error) {
        core::add_hint(error.report(), "Nothing was reverted. Mend it with UPDATE linkgress.migration SET down = ...");
        throw;
    }
}

std::vector<core::Applied> read_applied(const RevertOptions &options)
{
    check_none_partial(core::Direction::up);
    std::vector<core::Applied> selected = read_scope(options);
    if (options.scope != RevertOptions::Scope::everything) {
        pg::OwnerScope owner;
        add_repeatables(selected);
    }
    core::check_reversible(selected);
    for (const core::Applied &migration : selected)
        if (migration.has_down)
            check_trust(TextKind::migration, migration.name, {migration.author, migration.approvers});
    for (const core::Applied &migration : selected)
        if (migration.has_down && migration.is_unparsed)
            check_parses(migration);
    return selected;
}

std::optional<Body> read_up(const std::string &migration)
{
    // The row lock keeps the text that is run the one that is recorded. The
    // journal needs no second look: it changes under the lock of the run only.
    static BodyQueries queries{
        {"SELECT up, author::oid, approvers::oid[], " MILLISECONDS(
             "statement_timeout") ", transactional FROM linkgress.migration WHERE name = $1 FOR SHARE SKIP LOCKED",
         {Type::text}},
        {"SELECT FROM linkgress.migration WHERE name = $1", {Type::text}}};
    return read_body(queries, "migration", migration);
}

std::optional<Body> read_down(const std::string &migration)
{
    static BodyQueries queries{{"SELECT CASE WHEN m.name IS NULL THEN j.down ELSE m.down END,"
                                " coalesce(m.author, j.author)::oid,"
                                " (CASE WHEN m.name IS NULL THEN j.approvers ELSE m.approvers "
                                "END)::oid[], " MILLISECONDS("(CASE WHEN m.name IS NULL THEN j.statement_timeout ELSE "
                                                             "m.statement_timeout END)") ", coalesce(CASE WHEN m.name "
                                                                                         "IS NULL THEN "
                                                                                         "j.down_transactional ELSE "
                                                                                         "m.down_transactional END, "
                                                                                         "true)"
                                                                                         " FROM linkgress.journal j "
                                                                                         "LEFT JOIN "
                                                                                         "linkgress.migration m ON "
                                                                                         "m.name = j.name"
                                                                                         " WHERE j.name = $1 FOR "
                                                                                         "UPDATE OF j SKIP LOCKED",
                                {Type::text}},
                               {"SELECT FROM linkgress.journal WHERE name = $1", {Type::text}}};
    return read_body(queries, "journal", migration);
}

} // namespace linkgress::engine
