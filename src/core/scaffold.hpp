// A plan as the text of a migration.
#pragma once

#include "core/plan.hpp"

#include <string>
#include <vector>

namespace linkgress::core {

// The statements of the operations, each with what it is and its hazards as comments.
std::string up_body(const std::vector<Operation> &operations, const std::string &plan);

// The statements of the way back: the operations from the target to the source. What `up` loses for good is said as
// "-- cannot be reverted: …".
std::string down_body(const std::vector<Operation> &back, const std::vector<Operation> &up);

// "Add phone numbers!" → "add_phone_numbers". "" if nothing is left.
std::string label_in_name(std::string_view label);

} // namespace linkgress::core
