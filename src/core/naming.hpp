// Names of migrations. Their order is the order of their bytes; this finds the
// names for which that is not what their author had in mind.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace linkgress::core {

// The digits that a name begins with, "" when there are none.
std::string_view leading_digits(std::string_view name);

// What two names share that differ only in case or in the zeros before their
// leading number.
std::string folded_name(std::string_view name);

// Do the two names, given in byte order, begin with numbers that are in the
// other order? Then `padded` is the later name's number written so that it
// would sort right ("2_x" before "10_y" wants "02_x").
struct OrderConflict {
    std::string should_be_renamed;
    std::string padded;
};
std::optional<OrderConflict> order_conflict(std::string_view before, std::string_view after);

// Why a name cannot be one, or nothing when it can.
std::optional<std::string> name_problem(std::string_view name);

} // namespace linkgress::core
