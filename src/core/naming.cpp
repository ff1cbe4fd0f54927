#include "core/naming.hpp"

#include <algorithm>

namespace linkgress::core {

namespace {

constexpr std::size_t max_name_size = 200;

std::string_view without_zeros(std::string_view digits)
{
    return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

// Compares numbers of any length. Both without leading zeros.
bool is_greater(std::string_view a, std::string_view b)
{
    return a.size() != b.size() ? a.size() > b.size() : a > b;
}

} // namespace

std::string_view leading_digits(std::string_view name)
{
    return name.substr(0, std::min(name.find_first_not_of("0123456789"), name.size()));
}

std::string folded_name(std::string_view name)
{
    std::string_view digits = leading_digits(name);
    std::string folded(without_zeros(digits));
    if (!digits.empty() && folded.empty())
        folded.assign(1, '0');
    folded += name.substr(digits.size());
    std::transform(folded.begin(), folded.end(), folded.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return folded;
}

std::optional<OrderConflict> order_conflict(std::string_view before, std::string_view after)
{
    std::string_view first = leading_digits(before);
    std::string_view second = leading_digits(after);
    if (first.empty() || second.empty() || !is_greater(without_zeros(first), without_zeros(second)))
        return std::nullopt;
    std::string padded(first.size() - second.size(), '0');
    padded += after;
    return OrderConflict{std::string(after), padded};
}

std::optional<std::string> name_problem(std::string_view name)
{
    if (name.find_first_not_of(" \t") == name.npos)
        return "the name of a migration must not be empty";
    if (name.front() == ' ' || name.back() == ' ')
        return "the name of a migration must not begin or end with a blank";
    if (std::any_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }))
        return "the name of a migration must not contain control characters";
    if (name.size() > max_name_size)
        return "the name of a migration must not be longer than 200 bytes";
    return std::nullopt;
}

} // namespace linkgress::core
