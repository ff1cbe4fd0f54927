#include "core/plan.hpp"

#include "core/json.hpp"
#include "core/planner.hpp"
#include "core/poll.hpp"
#include "core/renderer.hpp"
#include "core/text.hpp"

namespace linkgress::core {

namespace {

std::string joined(const std::vector<std::string> &statements)
{
    std::string result;
    for (const std::string &statement : statements) {
        poll();
        if (!result.empty())
            result += '\n';
        result += with_semicolon(statement);
    }
    return result;
}

bool may_come_later(const Diff &diff, const Step &step)
{
    if (step.kind == StepKind::create)
        return true;
    return step.kind == StepKind::alter && !runs_in_others(diff.either(diff.items[step.item]).kind);
}

} // namespace

std::string Operation::sql() const
{
    return joined(statements);
}

std::string Operation::kept_sql() const
{
    return joined(kept.empty() ? statements : kept);
}

std::string Operation::shown_details() const
{
    if (values.empty() || details.size() < 2)
        return details;
    JsonWriter json;
    json.text = details.substr(0, details.size() - 1) + (details.size() > 2 ? ", " : "");
    json.member("values", values);
    json.close('}');
    return std::move(json.text);
}

std::vector<Operation> plan(const Snapshot &source, const Snapshot &target, Quote quote)
{
    Diff diff(source, target);
    if (diff.is_empty())
        return {};
    Renderer renderer(diff, quote);
    Schedule schedule = Planner(diff).run();
    auto followers = std::make_shared<const std::vector<std::vector<std::size_t>>>(std::move(schedule.firm_followers));
    std::vector<Operation> operations;
    for (std::size_t place = 0; place < schedule.steps.size(); place++)
        if (std::optional<Rendered> rendered = renderer.render(schedule.steps[place])) {
            Operation &operation = operations.emplace_back(std::move(rendered->operation));
            operation.may_come_later = may_come_later(diff, schedule.steps[place]);
            operation.place = place;
            operation.followers = followers;
        }
    return operations;
}

} // namespace linkgress::core
