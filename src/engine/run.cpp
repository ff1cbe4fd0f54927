#include "engine/run.hpp"

#include "core/sqlstate.hpp"
#include "engine/attempt.hpp"
#include "engine/committing_run.hpp"
#include "engine/lock_retries.hpp"
#include "engine/notice.hpp"
#include "engine/registry.hpp"
#include "engine/run_lock.hpp"
#include "engine/selection.hpp"
#include "engine/step.hpp"
#include "pg/guc.hpp"
#include "pg/subtransaction.hpp"

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

Outcome failed(const Step &step, const core::ErrorReport &report)
{
    Outcome outcome;
    outcome.name = step.location.migration;
    outcome.action = "failed";
    outcome.error = report;
    outcome.location = step.location;
    return outcome;
}

// Runs a step whose failure takes the whole call along.
std::optional<Outcome> run_step_or_raise(Step &step, const RunRecord &run, const Hooks &hooks)
{
    try {
        return run_step(step, run, hooks);
    } catch (core::Error &error) {
        name_migration(error.report(), step.location);
        name_holders(error.report());
        if (step.number > 1 && error.report().hint.find("linkgress.up()") == std::string::npos)
            core::add_hint(error.report(), "What this call had done before is rolled back too; CALL linkgress.up() and"
                                           " CALL linkgress.down() keep it.");
        throw;
    }
}

void record_failed_step(const Step &step, const RunRecord &run, const core::ErrorReport &report, double milliseconds)
{
    try {
        record_failure(run.number(), action_of(step), step.location, report, milliseconds);
    } catch (core::Error &error) {
        name_migration(error.report(), step.location);
        throw;
    }
}

// Runs a step whose failure is to be survived: rolled back, reported as an
// outcome. Interrupts go up all the same.
std::optional<Outcome> run_step_or_stop(Step &step, const RunRecord &run, const Hooks &hooks)
{
    pg::Subtransaction subtransaction;
    Clock::time_point start = Clock::now();
    try {
        std::optional<Outcome> outcome = run_step(step, run, hooks);
        subtransaction.release();
        return outcome;
    } catch (core::Error &error) {
        if (is_interrupt(error))
            throw;
        subtransaction.rollback();
        name_migration(error.report(), step.location);
        describe_holders(error.report());
        record_failed_step(step, run, error.report(), milliseconds_since(start));
        return failed(step, error.report());
    }
}

void run_hooks_of_run(HookEvent event, const Step &step, const Hooks &hooks)
{
    core::Location location = way_of(step);
    hooks.run(event, location);
}

// All steps in the caller's transaction.
Outcomes run_steps(std::vector<Step> steps, const ApplyOptions &options, RunRecord &run)
{
    Outcomes outcomes;
    if (steps.empty())
        return outcomes;
    number_steps(steps);
    Hooks hooks = read_hooks(options.untrusted);
    run.begin(static_cast<int>(steps.size()));
    run_hooks_of_run(HookEvent::before_migrate, steps.front(), hooks);
    for (Step &step : steps) {
        pg::check_for_interrupts();
        std::optional<Outcome> outcome =
            options.stop_on_error ? run_step_or_stop(step, run, hooks) : run_step_or_raise(step, run, hooks);
        if (!outcome)
            continue;
        outcomes.push_back(std::move(*outcome));
        if (const std::optional<core::ErrorReport> &error = outcomes.back().error) {
            run.fail(*error, static_cast<int>(outcomes.size()) - 1);
            hooks.run_after_failure(step.location, *error);
            return outcomes;
        }
    }
    run_hooks_of_run(HookEvent::after_migrate, steps.back(), hooks);
    run.succeed(static_cast<int>(outcomes.size()));
    return outcomes;
}

// Runs it for real, then undoes it.
Outcomes run_dry(std::vector<Step> steps, const ApplyOptions &options, RunRecord &run)
{
    pg::Subtransaction subtransaction;
    Outcomes outcomes = run_steps(std::move(steps), options, run);
    subtransaction.rollback();
    for (Outcome &outcome : outcomes)
        if (!outcome.error)
            outcome.action = "dry run";
    notice("dry run: everything was run and rolled back, nothing is applied or reverted");
    return outcomes;
}

Outcomes run(std::vector<Step> steps, const ApplyOptions &options, RunRecord &&record)
{
    return options.dry_run ? run_dry(std::move(steps), options, record) : run_steps(std::move(steps), options, record);
}

// Reverting stops for nothing and leaves nothing out.
ApplyOptions run_options(const RevertOptions &options)
{
    ApplyOptions result;
    result.dry_run = options.dry_run;
    return result;
}

// The first run in a database that is not new may be a mistake.
void tell_about_existing_tables()
{
    if (is_any_applied())
        return;
    static pg::Query query(
        "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('linkgress', 'information_schema')"
        " AND n.nspname !~ '^pg_' AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass"
        " AND d.objid = c.oid AND d.deptype = 'e')"
        " AND NOT EXISTS (SELECT FROM linkgress.history)",
        {});
    pg::OwnerScope owner;
    std::int64_t tables = query.run().bigint(0, 0);
    if (tables > 0)
        notice(fmt::format("tables in this database that no migration has made: {}", tables), {},
               "If the first migrations describe them, adopt them with linkgress.baseline().");
}

// A repeatable migration without a down body is not reverted, only run again
// later; but where everything goes, its journal row goes too.
std::vector<core::Applied> to_revert(const RevertOptions &options, const std::vector<core::Applied> &applied)
{
    std::vector<core::Applied> result;
    for (const core::Applied &migration : applied)
        if (migration.has_down || options.scope == RevertOptions::Scope::everything)
            result.push_back(migration);
    return result;
}

void check_not_protected()
{
    if (pg::settings::is_protected())
        throw core::Error(core::sqlstate::insufficient_privilege, "reset() is refused in a protected database",
                          "linkgress.protected is on.", "SET linkgress.protected = off, if this is really meant.");
}

} // namespace

Outcomes migrate(const ApplyOptions &options)
{
    check_may_run("linkgress.migrate()");
    if (!is_anything_pending(options)) // without the lock: nothing to do is nothing to wait for
        return {};
    lock_run();
    std::vector<core::Candidate> selected = read_pending(options);
    check_transactional(selected);
    if (!selected.empty())
        tell_about_existing_tables();
    return run(to_steps(selected), options, RunRecord("linkgress.migrate()", options.target));
}

Outcomes rollback(const RevertOptions &options)
{
    check_may_run(options.call);
    if (options.scope == RevertOptions::Scope::everything)
        check_not_protected();
    lock_run();
    std::vector<core::Applied> selected = to_revert(options, read_applied(options));
    check_transactional(selected);
    std::optional<std::string> target;
    if (options.scope == RevertOptions::Scope::after_name)
        target = options.name;
    return run(to_steps(selected), run_options(options), RunRecord(options.call, target));
}

Outcomes redo(const RevertOptions &options)
{
    begin_run("linkgress.redo()");
    std::vector<core::Applied> applied = read_applied(options);
    core::check_registered(applied);
    std::vector<core::Applied> reverted = to_revert(options, applied);
    check_transactional(reverted);
    check_up_transactional(applied);
    std::vector<Step> steps = to_steps(reverted);
    for (auto migration = applied.rbegin(); migration != applied.rend(); ++migration) {
        Step again;
        again.location.migration = migration->name;
        again.out_of_order = migration->out_of_order;
        steps.push_back(again);
    }
    return run(std::move(steps), run_options(options), RunRecord("linkgress.redo()"));
}

void up(const ApplyOptions &options, pg::SpiSession &spi)
{
    check_may_run("linkgress.up()");
    if (!is_anything_pending(options))
        return;
    CommittingRun run("linkgress.up()", options.target, spi);
    std::vector<core::Candidate> selected = read_pending(options);
    if (!selected.empty())
        tell_about_existing_tables();
    run.run(to_steps(selected), read_hooks(options.untrusted));
}

void down(int n, pg::SpiSession &spi)
{
    check_may_run("linkgress.down()");
    CommittingRun run("linkgress.down()", std::nullopt, spi);
    RevertOptions options;
    options.n = n;
    run.run(to_steps(to_revert(options, read_applied(options))), read_hooks());
}

} // namespace linkgress::engine
