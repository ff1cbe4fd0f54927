#include "core/location.hpp"

#include "core/text.hpp"

#include <string_view>

#include <fmt/format.h>

namespace linkgress::core {

namespace {

std::string describe_hook_failure(const Location &location)
{
    std::string text = fmt::format("hook \"{}\" failed", location.hook);
    if (location.statement > 0)
        text += fmt::format(" at statement {}, line {}", location.statement, location.line);
    if (!location.migration.empty())
        text += fmt::format(" for migration \"{}\"", location.migration);
    return text;
}

// For programs: where it is, as far as it is in a body.
std::string describe_names(const Location &location)
{
    std::string text;
    if (!location.hook.empty())
        text += fmt::format("hook={}, ", quote_double(location.hook));
    if (location.hook.empty() || !location.migration.empty())
        text += fmt::format("migration={}, ", quote_double(location.migration));
    return text + fmt::format("direction={}", to_string(location.direction));
}

// The last line of the detail says so.
bool is_located(const ErrorReport &report)
{
    std::size_t line = report.detail.rfind('\n') + 1; // npos + 1 is 0
    std::string_view last = std::string_view(report.detail).substr(line);
    return (last.starts_with("migration=\"") || last.starts_with("hook=\"")) &&
           last.find("direction=") != std::string_view::npos;
}

} // namespace

const char *to_string(Direction direction)
{
    return direction == Direction::up ? "up" : "down";
}

Location without_place(const Location &location)
{
    Location result;
    result.migration = location.migration;
    result.direction = location.direction;
    return result;
}

std::string describe_body(const Location &location)
{
    if (!location.hook.empty())
        return fmt::format("hook \"{}\"", location.hook);
    return fmt::format("{}migration \"{}\"", location.direction == Direction::down ? "down body of " : "",
                       location.migration);
}

std::string describe_failure(const Location &location)
{
    if (!location.hook.empty())
        return describe_hook_failure(location);
    std::string text = fmt::format("migration \"{}\" failed", location.migration);
    if (location.statement > 0)
        text += fmt::format(" at statement {}, line {}", location.statement, location.line);
    if (location.direction == Direction::down)
        text += location.statement > 0 ? " of its down body" : " in its down body";
    return text;
}

void add_location(ErrorReport &report, const Location &location)
{
    if (is_located(report) || (location.migration.empty() && location.hook.empty()))
        return;
    report.message = describe_failure(location) + ": " + report.message;
    if (!report.detail.empty())
        report.detail += "\n";
    report.detail += describe_names(location);
    if (location.statement > 0)
        report.detail += fmt::format(", statement={}, line={}", location.statement, location.line);
    if (location.column > 0)
        report.detail += fmt::format(", column={}", location.column);
}

} // namespace linkgress::core
