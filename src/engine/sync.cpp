#include "engine/sync.hpp"

#include "engine/body.hpp"
#include "engine/clock.hpp"
#include "engine/comparison.hpp"
#include "engine/hooks.hpp"
#include "engine/journal.hpp"
#include "engine/notice.hpp"
#include "engine/operation_run.hpp"
#include "engine/run_lock.hpp"
#include "engine/sync_checks.hpp"
#include "pg/guc.hpp"
#include "pg/report.hpp"
#include "pg/subtransaction.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace linkgress::engine {

namespace {

using core::Operation;

std::vector<Operation> run_plan(Comparison &comparison)
{
    Clock::time_point start = Clock::now();
    RunRecord run("linkgress.sync()");
    run.begin(static_cast<int>(comparison.operations.size()));
    hold_renames(comparison.renames); // before others wait for what is changed
    // Rows are asked for by the new names.
    auto others = comparison.operations.begin() + static_cast<std::ptrdiff_t>(comparison.renames.operations.size());
    run_operations({comparison.operations.begin(), others});
    hold_still(comparison, comparison.operations);
    check_rows(comparison);
    run_operations_patiently(
        {others, comparison.operations.end()}, [&] { return trusted_path(comparison); },
        comparison.renames.operations.size() + 1);
    mark_used(comparison.renames);
    verify();
    record_operations(run.number(), Action::sync, comparison.plan, to_stored_json(comparison.operations),
                      milliseconds_since(start));
    run.succeed(static_cast<int>(comparison.operations.size()));
    return std::move(comparison.operations);
}

// Those of after_sync also when there was nothing to do: they hold what is run again and again.
std::vector<Operation> sync_with_hooks(const SyncOptions &options)
{
    run_hooks(HookEvent::before_sync);
    Comparison comparison = compare_with_model();
    check_requested(comparison, options, "SELECT linkgress.sync");
    std::vector<Operation> operations;
    if (!comparison.operations.empty())
        operations = run_plan(comparison);
    else
        mark_used(comparison.renames); // of what had its new name already
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
    notice("dry run: everything was run and rolled back");
    return operations;
}

} // namespace linkgress::engine
