#include "engine/maintenance.hpp"

#include "api/outcome.hpp"

using namespace linkgress;

namespace {

std::optional<std::string> number_or_null(int number)
{
    return number > 0 ? std::optional<std::string>(std::to_string(number)) : std::nullopt;
}

std::optional<std::string> text_or_null(const std::string &text)
{
    return text.empty() ? std::nullopt : std::optional<std::string>(text);
}

} // namespace

LINKGRESS_FUNCTION(linkgress_validate)
{
    pg::SpiSession spi;
    std::vector<engine::Problem> problems = engine::validate();
    using pg::Column;
    pg::ResultSet result(call_info, {Column::text, Column::text, Column::text, Column::integer, Column::integer,
                                     Column::text, Column::text});
    for (const engine::Problem &problem : problems)
        result.add({problem.name, problem.severity, problem.problem, number_or_null(problem.line),
                    number_or_null(problem.column), problem.message, text_or_null(problem.hint)});
    return 0;
}

LINKGRESS_FUNCTION(linkgress_is_current)
{
    pg::SpiSession spi;
    pg::Arguments arguments(call_info);
    return pg::boolean_result(engine::read_reasons().empty());
}

LINKGRESS_FUNCTION(linkgress_check)
{
    pg::SpiSession spi;
    engine::check_current();
    return 0;
}

LINKGRESS_FUNCTION(linkgress_baseline)
{
    pg::SpiSession spi;
    pg::Arguments arguments(call_info);
    return api::add_outcomes(call_info, engine::baseline(pg::required_text(arguments, 0, "name")));
}

LINKGRESS_FUNCTION(linkgress_repair)
{
    pg::SpiSession spi;
    pg::Arguments arguments(call_info);
    engine::RepairRequest request;
    request.name = arguments.text(0);
    request.action = arguments.text(1);
    request.rename_to = arguments.text(2);
    request.dry_run = arguments.boolean(3).value_or(false);
    request.done = arguments.integer(4);
    std::vector<engine::Repaired> repairs = engine::repair(request);
    pg::ResultSet result(call_info, {pg::Column::text, pg::Column::text, pg::Column::text});
    for (const engine::Repaired &repair : repairs)
        result.add({repair.name, repair.problem, repair.action});
    return 0;
}
