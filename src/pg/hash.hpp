// Hashes, with the server's own code.
#pragma once

#include "pg/bridge.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace linkgress::pg {

// The SHA-256 of the pieces one after the other, as 64 hexadecimal digits. The
// pieces are text in the server's encoding and are hashed as UTF-8, so that
// databases of different encodings agree; in SQL_ASCII, the bytes as they are.
std::string sha256(const std::vector<std::string_view> &pieces);

} // namespace linkgress::pg
