#include "engine/sync_online.hpp"

#include "core/scaffold.hpp"
#include "engine/committing_run.hpp"
#include "engine/diff.hpp"
#include "engine/partial.hpp"
#include "engine/registry.hpp"
#include "engine/sync_checks.hpp"
#include "pg/guc.hpp"
#include "pg/subtransaction.hpp"

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

// Where no time limit for locks is set, there has to be one: what waits for a lock on a table holds up everybody else.
constexpr const char *lock_timeout = "SET lock_timeout = '2s';\n";

void forget_stages()
{
    for (const std::string &name : registered_stages()) {
        forget(name);
        forget_partial(name);
        unregister_stage(name);
    }
}

std::vector<core::Stage> stages_of(const Comparison &comparison)
{
    std::vector<core::Stage> result;
    if (!comparison.renames.empty()) {
        core::Stage stage;
        for (const Rename &rename : comparison.renames)
            stage.operations.push_back(rename.operation);
        result.push_back(std::move(stage));
    }
    for (core::Stage &stage : stages(comparison.source, comparison.target))
        result.push_back(std::move(stage));
    return result;
}

std::vector<Step> register_stages(const Comparison &comparison)
{
    std::vector<Step> steps;
    std::string name = new_migration_name("sync_online");
    for (const core::Stage &stage : stages_of(comparison)) {
        Step step;
        step.location.migration = fmt::format("{}_{:03}", name, steps.size() + 1);
        step.transactional = stage.transactional;
        std::string body = core::up_body(stage.operations, comparison.plan);
        if (stage.transactional && pg::settings::lock_timeout() == 0)
            body = lock_timeout + body;
        register_stage(step.location.migration, body, stage.transactional);
        steps.push_back(std::move(step));
    }
    return steps;
}

// After a failure, which is in the history: what is left of the plan may not be what is to be done next. If at all
// possible; the next call does it, too.
void give_up_stages(pg::SpiSession &spi)
{
    try {
        pg::Subtransaction subtransaction;
        forget_stages();
        subtransaction.release();
    } catch (const core::Error &) {
        // Rolled back by the subtransaction's destructor.
    }
    spi.commit();
}

void run_stages(CommittingRun &run, const Comparison &comparison, pg::SpiSession &spi)
{
    std::vector<Step> steps = register_stages(comparison);
    try {
        run.run(std::move(steps), Hooks());
    } catch (const core::Error &) {
        give_up_stages(spi);
        throw;
    }
}

} // namespace

void sync_online(const SyncOptions &options, pg::SpiSession &spi)
{
    check_may_run("linkgress.sync_online()");
    CommittingRun run("linkgress.sync_online()", std::nullopt, spi);
    Clock::time_point start = Clock::now();
    forget_stages();
    run_hooks(HookEvent::before_sync);
    Comparison comparison = compare_with_model();
    check_requested(comparison, options, "CALL linkgress.sync_online");
    if (comparison.renames.empty()) // rows are asked for by the new names
        check_rows(comparison);
    if (!comparison.operations.empty()) {
        run_stages(run, comparison, spi);
        mark_used(comparison.renames);
        verify();
        record_operations(run.number(), Action::sync, comparison.plan, to_json(comparison.operations),
                          milliseconds_since(start));
        forget_stages();
        spi.commit();
    }
    run_hooks(HookEvent::after_sync);
    spi.commit(); // before the lock of the run is let go
}

} // namespace linkgress::engine
