#include "core/location.hpp"

#include "core/text.hpp"

#include <fmt/format.h>

namespace linkgress::core {

const char *to_string(Direction direction)
{
    return direction == Direction::up ? "up" : "down";
}

std::string describe_failure(const Location &location)
{
    std::string text = fmt::format("migration \"{}\" failed", location.migration);
    if (location.statement > 0)
        text += fmt::format(" at statement {}, line {}", location.statement, location.line);
    if (location.direction == Direction::down)
        text += location.statement > 0 ? " of its down body" : " in its down body";
    return text;
}

void add_location(ErrorReport &report, const Location &location)
{
    report.message = describe_failure(location) + ": " + report.message;
    if (!report.detail.empty())
        report.detail += "\n";
    report.detail +=
        fmt::format("migration={}, direction={}", quote_double(location.migration), to_string(location.direction));
    if (location.statement > 0)
        report.detail += fmt::format(", statement={}, line={}", location.statement, location.line);
    if (location.column > 0)
        report.detail += fmt::format(", column={}", location.column);
}

} // namespace linkgress::core
