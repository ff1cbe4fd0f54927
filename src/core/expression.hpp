// Expressions as the server deparses them.
#pragma once

#include "core/object.hpp"

#include <string>
#include <string_view>

namespace linkgress::core {

// An expression that was parsed once is not always deparsed as it is when it is parsed
// again: (a AND b) AND c becomes a AND b AND c, and a cast of ARRAY[…] one of each element.
// This gives the form that stays, so that an original and its copy do not differ.
std::string settle(std::string expression);

// The same for those attributes that hold expressions, or definitions with expressions
// in them; not for bodies that are strings.
void settle_definition(Object &object);

} // namespace linkgress::core
