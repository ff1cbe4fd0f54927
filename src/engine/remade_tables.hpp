// Tables that a plan makes anew, with parts that it does not know.
#pragma once

#include "engine/comparison.hpp"

namespace linkgress::engine {

// Error 2BP01 if such a table has columns, indexes, constraints, triggers, policies or partitions that are ignored or
// not managed, which would go with the old one. They are named.
void refuse_losing_ignored(const Comparison &comparison);

} // namespace linkgress::engine
