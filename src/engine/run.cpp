#include "engine/run.hpp"

#include "core/progress.hpp"
#include "core/sqlstate.hpp"
#include "engine/body.hpp"
#include "engine/journal.hpp"
#include "engine/registry.hpp"
#include "engine/run_lock.hpp"
#include "engine/selection.hpp"
#include "pg/guc.hpp"
#include "pg/lock.hpp"
#include "pg/memory.hpp"
#include "pg/report.hpp"
#include "pg/subtransaction.hpp"
#include "pg/timeout.hpp"

#include <chrono>

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// One migration to be applied or reverted, and its place in the run.
struct Step {
    core::Location location;
    std::size_t number = 0;
    std::size_t total = 0;
    bool out_of_order = false;
    bool has_body = true;
};

std::vector<Step> to_steps(const std::vector<core::Candidate> &selected)
{
    std::vector<Step> steps;
    for (const core::Candidate &candidate : selected) {
        Step step;
        step.location.migration = candidate.name;
        step.out_of_order = candidate.out_of_order;
        steps.push_back(step);
    }
    return steps;
}

std::vector<Step> to_steps(const std::vector<core::Applied> &selected)
{
    std::vector<Step> steps;
    for (const core::Applied &migration : selected) {
        Step step;
        step.location.migration = migration.name;
        step.location.direction = core::Direction::down;
        step.has_body = migration.has_down;
        steps.push_back(step);
    }
    return steps;
}

void number_steps(std::vector<Step> &steps)
{
    for (std::size_t i = 0; i < steps.size(); i++) {
        steps[i].number = i + 1;
        steps[i].total = steps.size();
    }
}

void notice(const std::string &message)
{
    if (pg::settings::verbosity() != pg::Verbosity::quiet)
        pg::report(pg::Level::notice, message);
}

void tell_dropped_tables(const Step &step, const BodyResult &result)
{
    for (const std::string &table : result.dropped_tables)
        notice(fmt::format("{} dropped table {}", step.location.migration, table));
}

Outcome finish(const Step &step, const BodyResult &result, double milliseconds)
{
    const char *action = step.location.direction == core::Direction::up ? "applied" : "reverted";
    tell_dropped_tables(step, result);
    notice(core::progress_message(step.number, step.total, step.location.migration, action, milliseconds));
    Outcome outcome;
    outcome.name = step.location.migration;
    outcome.action = action;
    outcome.milliseconds = milliseconds;
    outcome.statements = result.statements;
    return outcome;
}

BodyResult run_step_body(Step &step, std::optional<Body> body)
{
    if (!step.has_body)
        return {};
    if (!body->text)
        throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                          fmt::format("migration \"{}\" cannot be reverted", step.location.migration),
                          "Its down body was taken away meanwhile.", "Try again.");
    check_trust(step.location.migration, body->voucher);
    return run_body(step.location, std::move(*body->text), body->voucher);
}

// Applies or reverts one migration and records it. Nothing when it is gone
// from the registry, or for a revert from the journal, meanwhile.
std::optional<Outcome> run_step(Step &step, RunNumber &run)
{
    pg::MemoryScope memory;
    pg::lock::StepMark mark(step.location.migration);
    pg::SettingScope shown("application_name",
                           core::progress_application_name(step.number, step.total, step.location.migration));
    Clock::time_point start = Clock::now();
    const std::string &name = step.location.migration;
    bool up = step.location.direction == core::Direction::up;
    std::optional<Body> body = up ? read_up(name) : read_down(name);
    if (!body)
        return std::nullopt;
    BodyResult result = run_step_body(step, std::move(body));
    double milliseconds = milliseconds_since(start);
    if (up)
        record_applied(run.get(), Action::apply, name, milliseconds, step.out_of_order);
    else
        record_reverted(run.get(), name, milliseconds);
    return finish(step, result, milliseconds);
}

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
std::optional<Outcome> run_step_or_raise(Step &step, RunNumber &run)
{
    try {
        return run_step(step, run);
    } catch (core::Error &error) {
        if (step.number > 1 && error.report().hint.find("linkgress.up()") == std::string::npos)
            core::add_hint(error.report(), "What this call had done before is rolled back too; CALL linkgress.up() and"
                                           " CALL linkgress.down() keep it.");
        throw;
    }
}

// Runs a step whose failure is to be survived: rolled back, reported as an
// outcome. Interrupts go up all the same.
std::optional<Outcome> run_step_or_stop(Step &step, RunNumber &run)
{
    pg::Subtransaction subtransaction;
    Clock::time_point start = Clock::now();
    try {
        std::optional<Outcome> outcome = run_step(step, run);
        subtransaction.release();
        return outcome;
    } catch (const core::Error &error) {
        if (is_interrupt(error))
            throw;
        subtransaction.rollback();
        record_failure(run.get(), step.location.direction == core::Direction::up ? Action::apply : Action::revert,
                       step.location, error.report(), milliseconds_since(start));
        return failed(step, error.report());
    }
}

// All steps in the caller's transaction.
Outcomes run_steps(std::vector<Step> steps, bool stop_on_error)
{
    RunNumber run;
    Outcomes outcomes;
    number_steps(steps);
    for (Step &step : steps) {
        pg::check_for_interrupts();
        std::optional<Outcome> outcome = stop_on_error ? run_step_or_stop(step, run) : run_step_or_raise(step, run);
        if (!outcome)
            continue;
        outcomes.push_back(std::move(*outcome));
        if (outcomes.back().error)
            break;
    }
    return outcomes;
}

// Runs it for real, then undoes it.
Outcomes run_dry(std::vector<Step> steps, bool stop_on_error)
{
    pg::Subtransaction subtransaction;
    Outcomes outcomes = run_steps(std::move(steps), stop_on_error);
    subtransaction.rollback();
    for (Outcome &outcome : outcomes)
        if (!outcome.error)
            outcome.action = "dry run";
    notice("dry run: everything was run and rolled back, nothing is applied or reverted");
    return outcomes;
}

Outcomes run(std::vector<Step> steps, bool stop_on_error, bool dry_run)
{
    return dry_run ? run_dry(std::move(steps), stop_on_error) : run_steps(std::move(steps), stop_on_error);
}

// The first run in a database that is not new may be a mistake.
void tell_about_existing_tables()
{
    static pg::Query query(
        "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('linkgress', 'information_schema')"
        " AND n.nspname !~ '^pg_' AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass"
        " AND d.objid = c.oid AND d.deptype = 'e')"
        " AND NOT EXISTS (SELECT FROM linkgress.history)",
        {});
    pg::OwnerScope owner;
    std::int64_t tables = query.run().bigint(0, 0);
    if (tables > 0 && pg::settings::verbosity() != pg::Verbosity::quiet)
        pg::report(pg::Level::notice, fmt::format("tables in this database that no migration has made: {}", tables), {},
                   "If the first migrations describe them, adopt them with linkgress.baseline().");
}

// Pending migrations as steps, under the lock of the run.
std::vector<Step> pending_steps(const ApplyOptions &options)
{
    std::vector<Step> steps = to_steps(read_pending(options));
    if (!steps.empty() && !is_any_applied())
        tell_about_existing_tables();
    return steps;
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
    return run(pending_steps(options), options.stop_on_error, options.dry_run);
}

Outcomes rollback(const RevertOptions &options)
{
    check_may_run(options.call);
    if (options.scope == RevertOptions::Scope::everything)
        check_not_protected();
    lock_run();
    return run(to_steps(to_revert(options, read_applied(options))), false, options.dry_run);
}

Outcomes redo(const RevertOptions &options)
{
    begin_run("linkgress.redo()");
    std::vector<core::Applied> applied = read_applied(options);
    core::check_registered(applied);
    std::vector<Step> steps = to_steps(to_revert(options, applied));
    for (auto migration = applied.rbegin(); migration != applied.rend(); ++migration) {
        Step again;
        again.location.migration = migration->name;
        again.out_of_order = migration->out_of_order;
        steps.push_back(again);
    }
    return run(std::move(steps), false, options.dry_run);
}

namespace {

void commit(const Step &step, pg::SpiSession &spi)
{
    try {
        spi.commit();
    } catch (core::Error &error) {
        core::add_location(error.report(), step.location);
        throw;
    }
}

// In the history, if at all possible: the error that it tells of matters more
// than one that comes in between.
void note_failure(RunNumber &run, Action action, const Step &step, const core::ErrorReport &report, double milliseconds)
{
    try {
        pg::Subtransaction subtransaction;
        record_failure(run.get(), action, step.location, report, milliseconds);
        subtransaction.release();
    } catch (const core::Error &) {
        // Rolled back by the subtransaction's destructor.
    }
}

void run_step_in_subtransaction(Step &step, RunNumber &run)
{
    pg::Subtransaction subtransaction;
    run_step(step, run);
    subtransaction.release();
}

// One step in a transaction of its own, its failure noted in the history.
void run_step_and_commit(Step &step, RunNumber &run, RunLock &lock, pg::SpiSession &spi)
{
    if (!lock.hold_in_transaction())
        throw core::Error(core::sqlstate::lock_not_available, "another run has begun meanwhile", {},
                          "Call again; what is applied stays applied.");
    Clock::time_point start = Clock::now();
    Action action = step.location.direction == core::Direction::up ? Action::apply : Action::revert;
    try {
        run_step_in_subtransaction(step, run);
        commit(step, spi);
    } catch (core::Error &error) {
        note_failure(run, action, step, error.report(), milliseconds_since(start));
        spi.commit();
        throw;
    }
}

void run_steps_and_commit(std::vector<Step> steps, RunLock &lock, pg::SpiSession &spi)
{
    RunNumber run;
    number_steps(steps);
    for (Step &step : steps) {
        pg::check_for_interrupts();
        run_step_and_commit(step, run, lock, spi);
    }
}

} // namespace

void up(const ApplyOptions &options, pg::SpiSession &spi)
{
    check_may_run("linkgress.up()");
    if (!is_anything_pending(options))
        return;
    RunLock lock(spi);
    run_steps_and_commit(pending_steps(options), lock, spi);
}

void down(int n, pg::SpiSession &spi)
{
    check_may_run("linkgress.down()");
    RunLock lock(spi);
    RevertOptions options;
    options.n = n;
    run_steps_and_commit(to_steps(to_revert(options, read_applied(options))), lock, spi);
}

} // namespace linkgress::engine
