// Sequences, for the columns that have one of their own
#pragma once

#include "core/script.hpp"

#include <cstdint>
#include <limits>
#include <string>

namespace linkgress::core {

struct SequenceBounds {
    std::int64_t increment = 1;
    std::int64_t minimum = 1;
    std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
};

SequenceBounds bounds_of(const Object &sequence);
// Of the sequence of an identity column
SequenceBounds identity_bounds(const Object &column);

// A sequence that stands before its new first value goes there; the server would refuse the bound. `type`: of the
// sequence meanwhile, "" for the one that it has.
void move_into_bounds(Script &script, const std::string &sequence, const std::string &type, const SequenceBounds &from,
                      const SequenceBounds &to);

} // namespace linkgress::core
