#include "core/partition_bound.hpp"

#include "core/lists.hpp"

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
    std::size_t start = 0;
    Steps steps;
    for (bool is_quoted = false; start < bound.size(); start++) {
        steps.take();
        is_quoted = is_quoted != (bound[start] == '\'');
        if (!is_quoted && bound.substr(start, keyword.size()) == keyword)
            break;
    }
    if (start == bound.size())
        return std::nullopt;
    Values values;
    bool is_quoted = false;
    std::size_t from = start + keyword.size();
    for (std::size_t i = from; i < bound.size(); i++) {
        steps.take();
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

// Is it known to be so? Only numbers and times are compared. The server writes times in the ISO style here, those of
// one length in the order of their characters.
bool is_at_most(std::string_view a, std::string_view b, std::string_view type)
{
    if (a == b || a == "MINVALUE" || b == "MAXVALUE")
        return true;
    if (a == "MAXVALUE" || b == "MINVALUE")
        return false;
    std::string_view x = without_quotes(a);
    std::string_view y = without_quotes(b);
    if (type == "smallint" || type == "integer" || type == "bigint") {
        auto first = integer(x);
        auto second = integer(y);
        return first && second && *first <= *second;
    }
    bool is_time = type == "date" || type.starts_with("timestamp");
    auto is_plain = [](std::string_view value) {
        return value.size() >= 10 && value[4] == '-' && !value.ends_with("BC");
    };
    return is_time && is_plain(x) && is_plain(y) && x.size() == y.size() && x <= y;
}

bool are_among(const Values &values, const Values &others)
{
    TextSet known;
    for (std::string_view value : others)
        known.add(value);
    return std::all_of(values.begin(), values.end(), [&](std::string_view value) { return known.contains(value); });
}

} // namespace

bool is_within(const std::string &bound, const std::string &other, const std::string &type)
{
    if (bound == other)
        return true;
    std::optional<Values> values = values_after(bound, " IN (");
    std::optional<Values> others = values_after(other, " IN (");
    if (values && others)
        return are_among(*values, *others);
    std::optional<Values> from = values_after(bound, " FROM (");
    std::optional<Values> to = values_after(bound, " TO (");
    std::optional<Values> other_from = values_after(other, " FROM (");
    std::optional<Values> other_to = values_after(other, " TO (");
    return from && to && other_from && other_to && from->size() == 1 && other_from->size() == 1 &&
           is_at_most(other_from->front(), from->front(), type) && is_at_most(to->front(), other_to->front(), type);
}

} // namespace linkgress::core
