#include "core/partition_bound.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>
#include <vector>

namespace linkgress::core {

namespace {

using Values = std::vector<std::string_view>;

// What is between the parentheses that follow `keyword`, one by one; none without it.
std::optional<Values> values_after(std::string_view bound, std::string_view keyword)
{
    std::size_t start = bound.find(keyword);
    if (start == bound.npos)
        return std::nullopt;
    Values values;
    bool is_quoted = false;
    std::size_t from = start + keyword.size();
    for (std::size_t i = from; i < bound.size(); i++) {
        if (bound[i] == '\'')
            is_quoted = !is_quoted;
        if (is_quoted || (bound[i] != ',' && bound[i] != ')'))
            continue;
        values.push_back(bound.substr(from, i - from));
        if (bound[i] == ')')
            return values;
        from = i + 2; // ", "
    }
    return std::nullopt;
}

std::string_view without_quotes(std::string_view value)
{
    return value.size() >= 2 && value.front() == '\'' ? value.substr(1, value.size() - 2) : value;
}

std::optional<std::int64_t> integer(std::string_view value)
{
    std::int64_t number = 0;
    auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || end != value.data() + value.size())
        return std::nullopt;
    return number;
}

// "2024-01-31", alone or before a time
bool is_date(std::string_view value)
{
    return value.size() >= 10 && value[4] == '-' && value[7] == '-' && !value.ends_with("BC");
}

// Is it known to be so? The server writes dates in the ISO style here.
bool is_at_most(std::string_view a, std::string_view b)
{
    if (a == b || a == "MINVALUE" || b == "MAXVALUE")
        return true;
    std::string_view x = without_quotes(a);
    std::string_view y = without_quotes(b);
    if (auto first = integer(x), second = integer(y); first && second)
        return *first <= *second;
    return is_date(x) && is_date(y) && x.size() == y.size() && x <= y;
}

} // namespace

bool is_within(const std::string &bound, const std::string &other)
{
    if (bound == other)
        return true;
    std::optional<Values> values = values_after(bound, " IN (");
    std::optional<Values> others = values_after(other, " IN (");
    if (values && others)
        return std::all_of(values->begin(), values->end(), [&](std::string_view value) {
            return std::find(others->begin(), others->end(), value) != others->end();
        });
    std::optional<Values> from = values_after(bound, " FROM (");
    std::optional<Values> to = values_after(bound, " TO (");
    std::optional<Values> other_from = values_after(other, " FROM (");
    std::optional<Values> other_to = values_after(other, " TO (");
    // Of several columns, the first decides where it differs; the others only where it is the same.
    return from && to && other_from && other_to && from->size() == 1 && other_from->size() == 1 &&
           is_at_most(other_from->front(), from->front()) && is_at_most(to->front(), other_to->front());
}

} // namespace linkgress::core
