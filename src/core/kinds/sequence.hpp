// Sequences, for the columns that have one of their own
#pragma once

#include "core/script.hpp"

namespace linkgress::core {

// A sequence that stands before its new lower bound goes there; the server would refuse the bound.
void advance_sequence(Script &script, const std::string &sequence, std::int64_t minimum);

} // namespace linkgress::core
