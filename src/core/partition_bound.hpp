// Bounds of partitions, as pg_get_expr() writes them: "FOR VALUES FROM (0) TO (10)".
#pragma once

#include <string>

namespace linkgress::core {

// Does the second one take all that the first one takes? Only if that shows in the texts: false may mean that it is
// not known. `type` is that of the only column of the key, "" for keys of several columns and of expressions.
bool is_within(const std::string &bound, const std::string &other, const std::string &type);

} // namespace linkgress::core
