#include "engine/sync.hpp"

#include "core/precondition.hpp"
#include "core/sqlstate.hpp"
#include "core/text.hpp"
#include "engine/body.hpp"
#include "engine/comparison.hpp"
#include "engine/hooks.hpp"
#include "engine/journal.hpp"
#include "engine/operation_run.hpp"
#include "engine/run_lock.hpp"
#include "pg/guc.hpp"
#include "pg/report.hpp"
#include "pg/subtransaction.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

using core::Operation;
using Clock = std::chrono::steady_clock;

bool is_destructive(const Operation &operation)
{
    return operation.destructive;
}

void check_allowed(const Comparison &comparison, const SyncOptions &options)
{
    auto destructive = std::count_if(comparison.operations.begin(), comparison.operations.end(), is_destructive);
    if (destructive == 0)
        return;
    if (pg::settings::is_protected())
        throw core::Error(core::sqlstate::insufficient_privilege,
                          "destructive operations are refused in a protected database",
                          numbered_list(comparison.operations),
                          "linkgress.protected is on. SET linkgress.protected = off, if this is really meant.");
    if (options.allow_destructive || options.plan)
        return;
    throw core::Error(
        core::sqlstate::object_not_in_prerequisite_state,
        fmt::format("{} of {} operations would destroy something", destructive, comparison.operations.size()),
        numbered_list(comparison.operations),
        fmt::format("If it is meant, SELECT linkgress.sync(allow_destructive => true), or exactly this "
                    "plan: SELECT linkgress.sync(plan => '{}').",
                    comparison.plan));
}

// The id says of each side what it was.
void check_plan(const Comparison &comparison, const std::string &plan)
{
    if (plan == comparison.plan)
        return;
    constexpr std::size_t of_snapshot = 16;
    constexpr std::size_t of_plan = 64;
    if (plan.size() != of_plan || plan.find_first_not_of("0123456789abcdef") != std::string::npos)
        throw core::Error(core::sqlstate::invalid_parameter_value,
                          fmt::format("{} is not the id of a plan", core::quote_double(plan)), {},
                          "SELECT DISTINCT plan FROM linkgress.analyze() shows it.");
    auto differs = [&](std::size_t begin) {
        return plan.compare(begin, of_snapshot, comparison.plan, begin, of_snapshot) != 0;
    };
    std::string what = "Neither the database nor the model has changed; another version of Linkgress or of the server "
                       "plans another way.";
    if (comparison.operations.empty())
        what = "There is nothing to do any more.";
    else if (differs(0) && differs(of_snapshot))
        what = "Both the database and the model have changed since.";
    else if (differs(0))
        what = "The database has changed since.";
    else if (differs(of_snapshot))
        what = "The model has changed since.";
    throw core::Error(core::sqlstate::object_not_in_prerequisite_state, "the plan no longer fits", what,
                      "SELECT * FROM linkgress.analyze() shows what is to be done now.");
}

std::string rows(std::int64_t number)
{
    return number == 1 ? "1 row" : fmt::format("{} rows", number);
}

// Whoever may not see all rows leaves the answer to the server.
std::int64_t count_rows(const std::string &query)
{
    pg::Subtransaction subtransaction;
    try {
        pg::SettingScope all_rows("row_security", "off");
        std::int64_t number = pg::query_number(query);
        subtransaction.release();
        return number;
    } catch (const core::Error &error) {
        if (is_interrupt(error))
            throw;
        subtransaction.rollback();
        return 0;
    }
}

void check_rows(const Comparison &comparison)
{
    for (const core::Precondition &condition :
         core::preconditions(comparison.source, comparison.target, pg::quote_identifier))
        if (std::int64_t number = count_rows(condition.query); number > 0)
            throw core::Error(condition.sqlstate, fmt::format(fmt::runtime(condition.problem), rows(number)),
                              "Nothing has been done.", condition.hint);
}

// What is planned leads to the model; if not, that is to be known.
void verify()
{
    std::vector<Operation> rest = compare_with_model().operations;
    if (!rest.empty())
        pg::report(pg::Level::warning, "the database still differs from the model", numbered_list(rest),
                   "Call linkgress.sync() again, and please report it.");
}

std::vector<Operation> run_plan(Comparison &comparison)
{
    Clock::time_point start = Clock::now();
    RunRecord run("linkgress.sync()");
    run.begin(static_cast<int>(comparison.operations.size()));
    // Rows are asked for by the new names.
    auto others = comparison.operations.begin() + static_cast<std::ptrdiff_t>(comparison.renames.size());
    run_operations({comparison.operations.begin(), others});
    check_rows(comparison);
    run_operations({others, comparison.operations.end()}, comparison.renames.size() + 1);
    mark_used(comparison.renames);
    verify();
    record_operations(run.number(), Action::sync, comparison.plan, to_json(comparison.operations),
                      std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    run.succeed(static_cast<int>(comparison.operations.size()));
    return std::move(comparison.operations);
}

// Those of after_sync also when there was nothing to do: they hold what is run again and again.
std::vector<Operation> sync_with_hooks(const SyncOptions &options)
{
    run_hooks(HookEvent::before_sync);
    Comparison comparison = compare_with_model();
    if (options.plan)
        check_plan(comparison, *options.plan);
    check_allowed(comparison, options);
    std::vector<Operation> operations;
    if (!comparison.operations.empty())
        operations = run_plan(comparison);
    run_hooks(HookEvent::after_sync);
    return operations;
}

} // namespace

std::vector<Operation> sync(const SyncOptions &options)
{
    begin_run("linkgress.sync()");
    if (!options.dry_run)
        return sync_with_hooks(options);
    pg::Subtransaction subtransaction;
    std::vector<Operation> operations = sync_with_hooks(options);
    subtransaction.rollback();
    if (pg::settings::verbosity() != pg::Verbosity::quiet)
        pg::report(pg::Level::notice, "dry run: everything was run and rolled back");
    return operations;
}

} // namespace linkgress::engine
