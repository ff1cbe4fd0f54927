#include "engine/run.hpp"

#include "core/progress.hpp"
#include "core/sqlstate.hpp"
#include "engine/background.hpp"
#include "engine/body.hpp"
#include "engine/hooks.hpp"
#include "engine/journal.hpp"
#include "engine/leftovers.hpp"
#include "engine/lock_retries.hpp"
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
#include <functional>

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

using Clock = std::chrono::steady_clock;
using pg::lock::Fact;
using pg::lock::Span;

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
    bool transactional = true;
};

std::vector<Step> to_steps(const std::vector<core::Candidate> &selected)
{
    std::vector<Step> steps;
    for (const core::Candidate &candidate : selected) {
        Step step;
        step.location.migration = candidate.name;
        step.out_of_order = candidate.out_of_order;
        step.transactional = candidate.transactional;
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
        step.transactional = migration.transactional || !migration.has_down;
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

// What other sessions see of a step, while it lives.
class StepMarks {
  public:
    StepMarks(const Step &step, Span span)
        : migration_(Fact::migration, pg::lock::hash_of_name(step.location.migration), span),
          number_(Fact::step, static_cast<std::uint32_t>(step.number), span),
          total_(Fact::steps, static_cast<std::uint32_t>(step.total), span)
    {}

  private:
    pg::lock::Mark migration_;
    pg::lock::Mark number_;
    pg::lock::Mark total_;
};

BodyResult run_step_body(Step &step, std::optional<Body> body)
{
    if (!step.has_body)
        return {};
    if (!body->transactional)
        refuse_changed(step.location.migration);
    check_may_run_body(step.location, *body);
    return run_body(step.location, std::move(*body));
}

Hooks read_hooks()
{
    return Hooks::read({HookEvent::before_migrate, HookEvent::before_each, HookEvent::after_each,
                        HookEvent::after_migrate, HookEvent::after_failure});
}

// What the hooks of a whole run are told: which way it goes, at first or at last.
core::Location way_of(const Step &step)
{
    core::Location location;
    location.direction = step.location.direction;
    return location;
}

// Applies or reverts one migration, with its hooks, and records it. Nothing when it
// is gone from the registry, or for a revert from the journal, meanwhile.
std::optional<Outcome> run_step(Step &step, const RunRecord &run, const Hooks &hooks)
{
    pg::MemoryScope memory;
    step.location = core::without_place(step.location); // not where an attempt before failed
    StepMarks marks(step, Span::transaction);
    pg::SettingScope shown("application_name",
                           core::progress_application_name(step.number, step.total, step.location.migration));
    const std::string &name = step.location.migration;
    bool up = step.location.direction == core::Direction::up;
    std::optional<Body> body = up ? read_up(name) : read_down(name);
    if (!body)
        return std::nullopt;
    hooks.run(HookEvent::before_each, step.location);
    Clock::time_point start = Clock::now();
    BodyResult result = run_step_body(step, std::move(body));
    double milliseconds = milliseconds_since(start);
    if (up)
        record_applied(run.number(), Action::apply, name, milliseconds, step.out_of_order);
    else
        record_reverted(run.number(), name, milliseconds);
    hooks.run(HookEvent::after_each, step.location);
    return finish(step, result, milliseconds);
}

Action action_of(const Step &step)
{
    return step.location.direction == core::Direction::up ? Action::apply : Action::revert;
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
std::optional<Outcome> run_step_or_raise(Step &step, const RunRecord &run, const Hooks &hooks)
{
    try {
        return run_step(step, run, hooks);
    } catch (core::Error &error) {
        name_holders(error.report());
        if (step.number > 1 && error.report().hint.find("linkgress.up()") == std::string::npos)
            core::add_hint(error.report(), "What this call had done before is rolled back too; CALL linkgress.up() and"
                                           " CALL linkgress.down() keep it.");
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
        describe_holders(error.report());
        record_failure(run.number(), action_of(step), step.location, error.report(), milliseconds_since(start));
        return failed(step, error.report());
    }
}

void run_hooks_of_run(HookEvent event, const Step &step, const Hooks &hooks)
{
    core::Location location = way_of(step);
    hooks.run(event, location);
}

// All steps in the caller's transaction.
Outcomes run_steps(std::vector<Step> steps, bool stop_on_error, RunRecord &run)
{
    Outcomes outcomes;
    if (steps.empty())
        return outcomes;
    number_steps(steps);
    Hooks hooks = read_hooks();
    run.begin(static_cast<int>(steps.size()));
    run_hooks_of_run(HookEvent::before_migrate, steps.front(), hooks);
    for (Step &step : steps) {
        pg::check_for_interrupts();
        std::optional<Outcome> outcome =
            stop_on_error ? run_step_or_stop(step, run, hooks) : run_step_or_raise(step, run, hooks);
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
Outcomes run_dry(std::vector<Step> steps, bool stop_on_error, RunRecord &run)
{
    pg::Subtransaction subtransaction;
    Outcomes outcomes = run_steps(std::move(steps), stop_on_error, run);
    subtransaction.rollback();
    for (Outcome &outcome : outcomes)
        if (!outcome.error)
            outcome.action = "dry run";
    notice("dry run: everything was run and rolled back, nothing is applied or reverted");
    return outcomes;
}

Outcomes run(std::vector<Step> steps, bool stop_on_error, bool dry_run, RunRecord &&record)
{
    return dry_run ? run_dry(std::move(steps), stop_on_error, record)
                   : run_steps(std::move(steps), stop_on_error, record);
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
    if (tables > 0 && pg::settings::verbosity() != pg::Verbosity::quiet)
        pg::report(pg::Level::notice, fmt::format("tables in this database that no migration has made: {}", tables), {},
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
    return run(to_steps(selected), options.stop_on_error, options.dry_run,
               RunRecord("linkgress.migrate()", options.target));
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
    return run(to_steps(selected), false, options.dry_run, RunRecord(options.call, target));
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
    return run(std::move(steps), false, options.dry_run, RunRecord("linkgress.redo()"));
}

namespace {

// A run of steps that commit one by one.
class CommittingRun {
  public:
    CommittingRun(const char *call, std::optional<std::string> target, pg::SpiSession &spi)
        : spi_(spi), lock_(spi), record_(call, std::move(target), Span::session), background_(spi)
    {}

    void run(std::vector<Step> steps)
    {
        if (steps.empty())
            return;
        number_steps(steps);
        hooks_ = read_hooks();
        record_.begin(static_cast<int>(steps.size()));
        spi_.commit();
        run_hooks_alone(HookEvent::before_migrate, way_of(steps.front()));
        for (Step &step : steps) {
            pg::check_for_interrupts();
            if (step.transactional)
                run_in_transaction(step);
            else
                run_outside_transaction(step);
        }
        run_hooks_alone(HookEvent::after_migrate, way_of(steps.back()));
        record_.succeed(done_);
    }

  private:
    void run_in_transaction(Step &step)
    {
        noting_failure(action_of(step), step.location,
                       [&] { run_with_retries(step.location, &step, [&] { run_step(step, record_, hooks_); }); });
        done_++;
    }

    void run_outside_transaction(Step &step)
    {
        core::Location location = step.location;
        run_hooks_alone(HookEvent::before_each, location);
        noting_failure(action_of(step), step.location, [&] { run_in_background(step); });
        done_++;
        run_hooks_alone(HookEvent::after_each, location);
    }

    // Hooks that have no migration's transaction to run in.
    void run_hooks_alone(HookEvent event, core::Location location)
    {
        if (!hooks_.has(event))
            return;
        spi_.commit();
        noting_failure(Action::hook, location,
                       [&] { run_with_retries(location, nullptr, [&] { hooks_.run(event, location); }); });
    }

    // A failure of `work` is noted before it goes up, and the hooks are told.
    void noting_failure(Action action, const core::Location &location, const std::function<void()> &work)
    {
        Clock::time_point start = Clock::now();
        try {
            work();
        } catch (core::Error &error) {
            note_failure(action, location, error.report(), milliseconds_since(start));
            spi_.commit();
            if (!is_interrupt(error))
                run_after_failure(location, error.report());
            throw;
        }
    }

    // In a transaction of its own. `step`, if any, is what others see meanwhile.
    void run_with_retries(core::Location &location, const Step *step, const std::function<void()> &work)
    {
        LockRetries retries(location);
        for (;;) {
            if (!lock_.hold_in_transaction())
                throw core::Error(core::sqlstate::lock_not_available, "another run has begun meanwhile", {},
                                  "Call again; what is applied stays applied.");
            try {
                run_in_subtransaction(work);
                commit(location);
                return;
            } catch (core::Error &error) {
                if (is_interrupt(error) || !retries.try_again(error.report()))
                    throw;
            }
            std::optional<StepMarks> marks;
            if (step != nullptr)
                marks.emplace(*step, Span::session);
            spi_.commit();
            retries.pause();
        }
    }

    void run_in_subtransaction(const std::function<void()> &work)
    {
        pg::Subtransaction subtransaction;
        work();
        subtransaction.release();
    }

    void commit(const core::Location &location)
    {
        try {
            spi_.commit();
        } catch (core::Error &error) {
            core::add_location(error.report(), location);
            throw;
        }
    }

    void run_in_background(Step &step)
    {
        Clock::time_point start = Clock::now();
        Task task{step.location, record_.number(), step.number, step.total, step.out_of_order};
        try {
            BodyResult result = background_.run(task);
            finish(step, result, milliseconds_since(start));
        } catch (core::Error &error) {
            step.location = task.location;
            tell_leftover(step, error.report());
            throw;
        }
    }

    // The worker does it as well, unless it was ended. If at all possible, like the
    // note of the failure.
    void tell_leftover(const Step &step, core::ErrorReport &report)
    {
        try {
            pg::Subtransaction subtransaction;
            std::string index = find_leftover(step.location.migration);
            subtransaction.release();
            if (!index.empty() && report.hint.find(index) == std::string::npos)
                core::add_hint(report, describe_leftover(index));
        } catch (const core::Error &) {
            // Rolled back by the subtransaction's destructor.
        }
    }

    // If at all possible: the error that it tells of matters more than one that
    // comes in between.
    void note_failure(Action action, const core::Location &location, const core::ErrorReport &report,
                      double milliseconds)
    {
        try {
            pg::Subtransaction subtransaction;
            if (action != Action::hook || !location.hook.empty()) // nothing failed that has a name
                record_failure(record_.number(), action, location, report, milliseconds);
            record_.fail(report, done_);
            subtransaction.release();
        } catch (const core::Error &) {
            // Rolled back by the subtransaction's destructor.
        }
    }

    // Likewise.
    void run_after_failure(const core::Location &location, const core::ErrorReport &report)
    {
        if (!hooks_.has(HookEvent::after_failure))
            return;
        try {
            pg::Subtransaction subtransaction;
            hooks_.run_after_failure(location, report);
            subtransaction.release();
        } catch (const core::Error &) {
            // Rolled back by the subtransaction's destructor.
        }
        spi_.commit();
    }

    pg::SpiSession &spi_;
    RunLock lock_;
    RunRecord record_;
    Background background_;
    Hooks hooks_;
    int done_ = 0;
};

} // namespace

void up(const ApplyOptions &options, pg::SpiSession &spi)
{
    check_may_run("linkgress.up()");
    if (!is_anything_pending(options))
        return;
    CommittingRun run("linkgress.up()", options.target, spi);
    std::vector<core::Candidate> selected = read_pending(options);
    if (!selected.empty())
        tell_about_existing_tables();
    run.run(to_steps(selected));
}

void down(int n, pg::SpiSession &spi)
{
    check_may_run("linkgress.down()");
    CommittingRun run("linkgress.down()", std::nullopt, spi);
    RevertOptions options;
    options.n = n;
    run.run(to_steps(to_revert(options, read_applied(options))));
}

} // namespace linkgress::engine
