#include "api/outcome.hpp"

#include "pg/json.hpp"

namespace linkgress::api {

namespace {

void add_member(std::string &json, const char *key, const std::string &value)
{
    if (!value.empty())
        json += fmt::format("{}{}: {}", json.size() > 1 ? ", " : "", pg::json_string(key), pg::json_string(value));
}

std::string error_json(const engine::Outcome &outcome)
{
    const core::ErrorReport &report = *outcome.error;
    std::string json = "{";
    add_member(json, "sqlstate", report.sqlstate);
    add_member(json, "message", report.message);
    add_member(json, "detail", report.detail);
    add_member(json, "hint", report.hint);
    add_member(json, "context", report.context);
    if (outcome.location.statement > 0)
        json += fmt::format(R"(, "statement": {}, "line": {})", outcome.location.statement, outcome.location.line);
    return json + "}";
}

std::vector<std::optional<std::string>> to_row(const engine::Outcome &outcome)
{
    std::vector<std::optional<std::string>> row = {outcome.name, outcome.action, std::nullopt, std::nullopt,
                                                   std::nullopt};
    if (outcome.milliseconds)
        row[2] = fmt::format("{:.6f} seconds", *outcome.milliseconds / 1000);
    if (outcome.statements)
        row[3] = std::to_string(*outcome.statements);
    if (outcome.error)
        row[4] = error_json(outcome);
    return row;
}

} // namespace

Datum add_outcomes(FunctionCallInfo call_info, const engine::Outcomes &outcomes)
{
    using pg::Column;
    pg::ResultSet result(call_info, {Column::text, Column::text, Column::interval, Column::integer, Column::jsonb});
    for (const engine::Outcome &outcome : outcomes)
        result.add(to_row(outcome));
    return 0;
}

} // namespace linkgress::api
