#include "engine/sync.hpp"

#include "core/precondition.hpp"
#include "core/sqlstate.hpp"
#include "core/text.hpp"
#include "engine/body.hpp"
#include "engine/comparison.hpp"
#include "engine/hooks.hpp"
#include "engine/journal.hpp"
#include "engine/lock_retries.hpp"
#include "engine/run_lock.hpp"
#include "pg/guc.hpp"
#include "pg/lock_watch.hpp"
#include "pg/report.hpp"
#include "pg/subtransaction.hpp"
#include "pg/text.hpp"
#include "pg/timeout.hpp"

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

// "  3. drop_column public.users.phone  -- destructive"
std::string numbered_list(const std::vector<Operation> &operations)
{
    std::string list;
    int ordinal = 0;
    for (const Operation &operation : operations)
        list += fmt::format("{}{:>3}. {} {}{}", list.empty() ? "" : "\n", ++ordinal, operation.type, operation.object,
                            operation.destructive ? "  -- destructive" : "");
    return list;
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
    auto differs = [&](std::size_t begin) {
        return plan.size() < begin + of_snapshot ||
               plan.compare(begin, of_snapshot, comparison.plan, std::min(begin, comparison.plan.size()),
                            of_snapshot) != 0;
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

void locate(core::ErrorReport &report, const Operation &operation, std::size_t ordinal, const std::string &statement)
{
    pg::Excerpt excerpt = pg::excerpt(statement, report.internal_query == statement ? report.internal_position : 0);
    report.internal_query = excerpt.text;
    report.internal_position = excerpt.position;
    report.message =
        fmt::format("operation {} ({} {}) failed: {}", ordinal, operation.type, operation.object, report.message);
    report.detail += fmt::format("{}operation={}, type={}, object={}", report.detail.empty() ? "" : "\n", ordinal,
                                 operation.type, core::quote_double(operation.object));
    name_holders(report);
}

void run_statement(const std::string &statement)
{
    pg::LockWatch watch;
    pg::StatementTimer timer(pg::settings::statement_timeout());
    pg::execute_statement(statement);
}

// The statements name everything with its schema. What they set is undone at the end.
void run_operations(const std::vector<Operation> &operations)
{
    pg::SearchPathScope search_path;
    pg::set_guc_in_level("standard_conforming_strings", "on");
    if (pg::settings::lock_timeout() > 0)
        pg::set_guc_in_level("lock_timeout", std::to_string(pg::settings::lock_timeout()));
    for (std::size_t i = 0; i < operations.size(); i++)
        for (const std::string &statement : operations[i].statements) {
            pg::check_for_interrupts();
            try {
                run_statement(statement);
            } catch (core::Error &error) {
                locate(error.report(), operations[i], i + 1, statement);
                throw;
            }
        }
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
    check_rows(comparison);
    RunRecord run("linkgress.sync()");
    run.begin(static_cast<int>(comparison.operations.size()));
    run_operations(comparison.operations);
    verify();
    record_sync(run.number(), comparison.plan, to_json(comparison.operations),
                std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    run.succeed(static_cast<int>(comparison.operations.size()));
    return std::move(comparison.operations);
}

std::vector<Operation> sync_once(const SyncOptions &options)
{
    Comparison comparison = compare_with_model();
    if (options.plan)
        check_plan(comparison, *options.plan);
    check_allowed(comparison, options);
    return comparison.operations.empty() ? std::vector<Operation>() : run_plan(comparison);
}

} // namespace

std::vector<Operation> sync(const SyncOptions &options)
{
    begin_run("linkgress.sync()");
    if (!options.dry_run)
        return sync_once(options);
    pg::Subtransaction subtransaction;
    std::vector<Operation> operations = sync_once(options);
    subtransaction.rollback();
    if (pg::settings::verbosity() != pg::Verbosity::quiet)
        pg::report(pg::Level::notice, "dry run: everything was run and rolled back");
    return operations;
}

} // namespace linkgress::engine
