#include "engine/sync_online.hpp"

#include "core/scaffold.hpp"
#include "engine/attempt.hpp"
#include "engine/committing_run.hpp"
#include "engine/diff.hpp"
#include "engine/operation_run.hpp"
#include "engine/registry.hpp"
#include "engine/stages.hpp"
#include "engine/sync_checks.hpp"
#include "pg/guc.hpp"
#include "pg/subtransaction.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

std::vector<core::Stage> stages_of(const Comparison &comparison)
{
    std::vector<core::Stage> result;
    if (!comparison.renames.operations.empty()) {
        core::Stage stage;
        stage.operations = comparison.renames.operations;
        result.push_back(std::move(stage));
    }
    for (core::Stage &stage : stages(comparison.source, comparison.target))
        result.push_back(std::move(stage));
    return result;
}

// A stage is stored, and secrets are not. Nothing depends on what has them: that comes last, and by itself.
std::vector<core::Operation> take_secret(std::vector<core::Stage> &stages)
{
    std::vector<core::Operation> taken;
    for (core::Stage &stage : stages) {
        auto first = std::stable_partition(stage.operations.begin(), stage.operations.end(),
                                           [](const core::Operation &operation) { return operation.kept.empty(); });
        std::move(first, stage.operations.end(), std::back_inserter(taken));
        stage.operations.erase(first, stage.operations.end());
    }
    std::erase_if(stages, [](const core::Stage &stage) { return stage.operations.empty(); });
    return taken;
}

// The operations of each stage, by the name of its migration
using Stages = std::map<std::string, std::vector<core::Operation>>;

std::vector<Step> register_stages(const Comparison &comparison, std::vector<core::Stage> &&stages, Stages &registered)
{
    std::vector<Step> steps;
    std::string name = new_migration_name("sync_online");
    for (core::Stage &stage : stages) {
        Step step;
        step.location.migration = fmt::format("{}_{:03}", name, steps.size() + 1);
        step.transactional = stage.transactional;
        std::string body = core::up_body(stage.operations, comparison.plan);
        if (stage.transactional && pg::settings::lock_timeout() == 0)
            body = fmt::format("SET lock_timeout = {};\n", online_lock_timeout) + body;
        register_stage(step.location.migration, body, stage.transactional);
        registered.emplace(step.location.migration, std::move(stage.operations));
        steps.push_back(std::move(step));
    }
    return steps;
}

// After a failure, which is in the history: what is left of the plan may not be what is to be done next. The next call
// does it, too.
void give_up_stages(pg::SpiSession &spi)
{
    constexpr const char *otherwise = "the stages are in linkgress.migration until the next call";
    attempt(otherwise, forget_stages);
    attempt_commit(otherwise, spi);
}

// Rows are asked for by the new names, which their tables do not have yet.
void check_rows_as_renamed(const Comparison &comparison)
{
    if (comparison.renames.operations.empty()) {
        check_rows(comparison);
        return;
    }
    pg::Subtransaction subtransaction;
    rename_in_catalogs(comparison.target);
    check_rows(comparison);
    subtransaction.rollback();
}

void run_stages(CommittingRun &run, const Comparison &comparison, pg::SpiSession &spi)
{
    Stages registered;
    std::vector<core::Stage> stages = stages_of(comparison);
    std::vector<core::Operation> secret = take_secret(stages);
    std::vector<Step> steps = register_stages(comparison, std::move(stages), registered);
    auto check = [&](const Step &step) { hold_tables(comparison, registered.at(step.location.migration)); };
    try {
        run.run(std::move(steps), Hooks(), check);
        if (!secret.empty())
            pg::in_subtransaction([&] { run_operations(secret, comparison.operations.size() - secret.size() + 1); });
    } catch (core::Error &error) {
        give_up_stages(spi);
        core::add_hint(error.report(), "What is done stays; CALL linkgress.sync_online() goes on with the rest.");
        throw;
    }
}

} // namespace

void sync_online(const SyncOptions &options, pg::SpiSession &spi)
{
    check_may_run("linkgress.sync_online()");
    CommittingRun run("linkgress.sync_online()", std::nullopt, spi);
    Clock::time_point start = Clock::now();
    forget_stages(); // of a call that was broken off
    run_hooks(HookEvent::before_sync);
    Comparison comparison = compare_with_model();
    check_requested(comparison, options, "CALL linkgress.sync_online");
    check_rows_as_renamed(comparison);
    if (!comparison.operations.empty()) {
        run_stages(run, comparison, spi);
        mark_used(comparison.renames);
        verify();
        record_operations(run.number(), Action::sync, comparison.plan, to_stored_json(comparison.operations),
                          milliseconds_since(start));
        forget_stages();
    } else {
        mark_used(comparison.renames); // of what had its new name already
    }
    spi.commit();
    run_hooks(HookEvent::after_sync);
    spi.commit(); // before the lock of the run is let go
}

} // namespace linkgress::engine
