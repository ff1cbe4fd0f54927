// Between the server's values and C++ ones.
#pragma once

#include "pg/bridge.hpp"
#include "pg/postgres.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linkgress::pg {

// The text in a datum of type text, decompressed where it needs to be.
std::string text_from_datum(Datum datum);

// The same without a copy, where there is nothing to decompress; lives as long as
// the datum or the current memory context.
std::string_view view_of_datum(Datum datum);

Datum text_to_datum(std::string_view text);

// The texts in a datum of type text[], with and without its NULLs.
std::vector<std::optional<std::string>> nullable_texts_from_datum(Datum datum);
std::vector<std::string> texts_from_datum(Datum datum);

} // namespace linkgress::pg
