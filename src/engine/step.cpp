#include "engine/step.hpp"

#include "core/progress.hpp"
#include "engine/notice.hpp"
#include "engine/selection.hpp"
#include "pg/guc.hpp"
#include "pg/memory.hpp"

#include <fmt/format.h>

namespace linkgress::engine {

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

namespace {

void tell_dropped_tables(const Step &step, const BodyResult &result)
{
    for (const std::string &table : result.dropped_tables)
        notice(fmt::format("{} dropped table {}", step.location.migration, table));
}

BodyResult run_step_body(Step &step, std::optional<Body> body)
{
    if (!step.has_body)
        return {};
    if (!body->transactional)
        refuse_changed(step.location.migration);
    check_may_run_body(step.location, *body);
    return run_body(step.location, std::move(*body));
}

} // namespace

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

Action action_of(const Step &step)
{
    return step.location.direction == core::Direction::up ? Action::apply : Action::revert;
}

Hooks read_hooks(Untrusted untrusted)
{
    return Hooks::read({HookEvent::before_migrate, HookEvent::before_each, HookEvent::after_each,
                        HookEvent::after_migrate, HookEvent::after_failure},
                       untrusted);
}

core::Location way_of(const Step &step)
{
    core::Location location;
    location.direction = step.location.direction;
    return location;
}

std::optional<Outcome> run_step(Step &step, const RunRecord &run, const Hooks &hooks)
{
    pg::MemoryScope memory;
    step.location = core::without_place(step.location); // not where an attempt before failed
    StepMarks marks(step, pg::lock::Span::transaction);
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

} // namespace linkgress::engine
