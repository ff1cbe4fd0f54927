// JSON, written by the server, so that it is right in any encoding.
#pragma once

#include "pg/bridge.hpp"

#include <string>

namespace linkgress::pg {

// The text as a JSON string, quotes included.
std::string json_string(const std::string &text);

} // namespace linkgress::pg
