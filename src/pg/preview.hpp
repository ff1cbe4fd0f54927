// Looking at rows, to tell people what would become of them.
#pragma once

#include <cstdint>
#include <string>

namespace linkgress::pg {

// The setting linkgress.preview_rows: at how many rows of a table at most. 0: at none.
std::int64_t preview_rows();

// The text that a query of one row and column gives, run once; "" for NULL.
std::string query_text(const std::string &sql);

} // namespace linkgress::pg
