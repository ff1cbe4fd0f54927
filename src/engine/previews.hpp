// What would become of the values that a plan may change.
#pragma once

#include "engine/comparison.hpp"

namespace linkgress::engine {

// Looks at the rows behind each operation that may lose a part of values, at linkgress.preview_rows of each table, and
// says in its details and hint how many would change. Nothing is said where they cannot be read.
void add_previews(Comparison &comparison);

} // namespace linkgress::engine
