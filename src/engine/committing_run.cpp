#include "engine/committing_run.hpp"

#include "core/sqlstate.hpp"
#include "engine/attempt.hpp"
#include "engine/leftovers.hpp"
#include "engine/own_locks.hpp"
#include "pg/subtransaction.hpp"

namespace linkgress::engine {

using pg::lock::Span;

CommittingRun::CommittingRun(const char *call, std::optional<std::string> target, pg::SpiSession &spi)
    : spi_(spi), lock_(spi), record_(call, std::move(target), Span::session), background_(spi)
{}

void CommittingRun::run(std::vector<Step> steps, Hooks hooks, Check check)
{
    if (steps.empty())
        return;
    number_steps(steps);
    hooks_ = std::move(hooks);
    check_ = std::move(check);
    pg::in_subtransaction([&] { record_.begin(static_cast<int>(steps.size())); });
    spi_.commit();
    run_hooks_alone(HookEvent::before_migrate, way_of(steps.front()));
    for (Step &step : steps) {
        pg::in_subtransaction(pg::check_for_interrupts);
        if (step.transactional)
            run_in_transaction(step);
        else
            run_outside_transaction(step);
    }
    run_hooks_alone(HookEvent::after_migrate, way_of(steps.back()));
    pg::in_subtransaction([&] { record_.succeed(done_); });
}

void CommittingRun::run_in_transaction(Step &step)
{
    auto work = [&] {
        if (check_)
            check_(step);
        run_step(step, record_, hooks_);
    };
    noting_failure(action_of(step), step.location, [&] { run_with_retries(step.location, &step, work); });
    done_++;
}

void CommittingRun::run_outside_transaction(Step &step)
{
    core::Location location = step.location;
    run_hooks_alone(HookEvent::before_each, location);
    noting_failure(action_of(step), step.location, [&] { run_in_background(step); });
    done_++;
    run_hooks_alone(HookEvent::after_each, location);
}

void CommittingRun::run_hooks_alone(HookEvent event, core::Location location)
{
    if (!hooks_.has(event))
        return;
    spi_.commit();
    noting_failure(Action::hook, location,
                   [&] { run_with_retries(location, nullptr, [&] { hooks_.run(event, location); }); });
}

void CommittingRun::noting_failure(Action action, const core::Location &location, const std::function<void()> &work)
{
    Clock::time_point start = Clock::now();
    try {
        work();
    } catch (core::Error &error) {
        name_migration(error.report(), location);
        note_failure(action, location, error.report(), milliseconds_since(start));
        if (!is_interrupt(error))
            run_after_failure(location, error.report());
        throw;
    }
}

void CommittingRun::run_with_retries(core::Location &location, const Step *step, const std::function<void()> &work)
{
    LockRetries retries(location);
    for (;;) {
        hold_lock();
        try {
            pg::in_subtransaction(work);
            commit(location);
            return;
        } catch (const OwnLockError &) {
            throw;
        } catch (core::Error &error) {
            if (is_interrupt(error) || !retries.try_again(error.report()))
                throw;
        }
        pause(retries, step);
    }
}

void CommittingRun::hold_lock()
{
    if (!pg::in_subtransaction([&] { return lock_.hold_in_transaction(); }))
        throw core::Error(core::sqlstate::lock_not_available, "another run has begun meanwhile", {},
                          "Call again; what is applied stays applied.");
}

void CommittingRun::pause(LockRetries &retries, const Step *step)
{
    std::optional<StepMarks> marks;
    if (step != nullptr)
        attempt("linkgress.status() does not show this", [&] { marks.emplace(*step, Span::session); });
    spi_.commit();
    pg::in_subtransaction([&] { retries.pause(); });
}

void CommittingRun::commit(const core::Location &location)
{
    try {
        spi_.commit();
    } catch (core::Error &error) {
        core::add_location(error.report(), location);
        attempt("other sessions do not see this run", [&] {
            lock_.renew();
            record_.renew_mark();
        });
        throw;
    }
}

void CommittingRun::run_in_background(Step &step)
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

void CommittingRun::tell_leftover(const Step &step, core::ErrorReport &report)
{
    attempt("what is left behind is not known", [&] {
        std::string index = find_leftover(step.location.migration);
        if (!index.empty() && report.hint.find(index) == std::string::npos)
            core::add_hint(report, describe_leftover(index));
    });
}

void CommittingRun::note_failure(Action action, const core::Location &location, const core::ErrorReport &report,
                                 double milliseconds)
{
    constexpr const char *otherwise = "the failure is not in linkgress.history";
    attempt(otherwise, [&] {
        if (action != Action::hook || !location.hook.empty()) // nothing failed that has a name
            record_failure(record_.number(), action, location, report, milliseconds);
        record_.fail(report, done_);
    });
    attempt_commit(otherwise, spi_);
}

void CommittingRun::run_after_failure(const core::Location &location, const core::ErrorReport &report)
{
    if (!hooks_.has(HookEvent::after_failure))
        return;
    constexpr const char *otherwise = "the after_failure hooks were not run";
    attempt(otherwise, [&] { hooks_.run_after_failure(location, report); });
    attempt_commit(otherwise, spi_);
}

} // namespace linkgress::engine
