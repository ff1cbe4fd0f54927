#include "engine/selection.hpp"

#include "core/sqlstate.hpp"
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
                       " author_oid, approver_oid FROM linkgress.overview WHERE state <> 'applied'",
                       {});
    pg::OwnerScope owner;
    pg::Rows rows = query.run();
    std::vector<core::Candidate> candidates;
    candidates.reserve(rows.size());
    for (std::size_t row = 0; row < rows.size(); row++)
        candidates.push_back({rows.text(row, 0), core::parse_state(rows.text(row, 1)), rows.boolean(row, 2),
                              rows.boolean(row, 3), rows.text(row, 4), rows.text(row, 5), rows.oid(row, 6),
                              rows.oid(row, 7)});
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
                           rows.boolean(row, 4), rows.boolean(row, 5), rows.oid(row, 6), rows.oid(row, 7)});
    return applied;
}

// The columns of an Applied, from the registry as far as it knows it.
#define APPLIED_COLUMNS                                                                                                \
    "SELECT j.name, j.id, CASE WHEN m.name IS NULL THEN j.down IS NOT NULL ELSE m.down IS NOT NULL END, j.repeatable," \
    " m.name IS NOT NULL, j.out_of_order, coalesce(m.registered_by_oid, j.author_oid),"                                \
    " CASE WHEN m.name IS NULL THEN j.approver_oid ELSE m.approved_by_oid END"                                         \
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

std::optional<Body> read_body(Query &query, const std::string &migration)
{
    pg::OwnerScope owner;
    pg::use_indexes(owner); // the plan outlives an empty table's statistics
    pg::Rows rows = query.run({migration});
    if (rows.empty())
        return std::nullopt;
    return Body{rows.optional_text(0, 0), {rows.oid(0, 1), rows.oid(0, 2)}};
}

} // namespace

bool is_anything_pending(const ApplyOptions &options)
{
    return options.target || !read_candidates().empty();
}

std::vector<core::Candidate> read_pending(const ApplyOptions &options)
{
    std::vector<core::Candidate> selected =
        core::select_pending(read_candidates(), read_target(options.target), options.ignore_missing);
    for (const core::Candidate &candidate : selected)
        check_trust(candidate.name, {candidate.author, candidate.approver});
    check_order(selected);
    return selected;
}

std::vector<core::Applied> read_applied(const RevertOptions &options)
{
    std::vector<core::Applied> selected = read_scope(options);
    if (options.scope != RevertOptions::Scope::everything) {
        pg::OwnerScope owner;
        add_repeatables(selected);
    }
    core::check_reversible(selected);
    for (const core::Applied &migration : selected)
        if (migration.has_down)
            check_trust(migration.name, {migration.author, migration.approver});
    return selected;
}

std::optional<Body> read_up(const std::string &migration)
{
    // The row lock keeps the text that is run the one that is recorded. The
    // journal needs no second look: it changes under the lock of the run only.
    static Query query(
        "SELECT up, registered_by_oid, approved_by_oid FROM linkgress.migration WHERE name = $1 FOR SHARE",
        {Type::text});
    return read_body(query, migration);
}

std::optional<Body> read_down(const std::string &migration)
{
    static Query query("SELECT CASE WHEN m.name IS NULL THEN j.down ELSE m.down END,"
                       " coalesce(m.registered_by_oid, j.author_oid),"
                       " CASE WHEN m.name IS NULL THEN j.approver_oid ELSE m.approved_by_oid END"
                       " FROM linkgress.journal j LEFT JOIN linkgress.migration m ON m.name = j.name"
                       " WHERE j.name = $1 FOR UPDATE OF j",
                       {Type::text});
    return read_body(query, migration);
}

} // namespace linkgress::engine
