#include "core/plan.hpp"

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

} // namespace

std::string Operation::sql() const
{
    return joined(statements);
}

std::string Operation::kept_sql() const
{
    return joined(kept.empty() ? statements : kept);
}

std::vector<Operation> plan(const Snapshot &source, const Snapshot &target, Quote quote)
{
    Diff diff(source, target);
    if (diff.is_empty())
        return {};
    Renderer renderer(diff, quote);
    std::vector<Operation> operations;
    for (const Step &step : Planner(diff).run().steps)
        if (std::optional<Rendered> rendered = renderer.render(step))
            operations.push_back(std::move(rendered->operation));
    return operations;
}

} // namespace linkgress::core
