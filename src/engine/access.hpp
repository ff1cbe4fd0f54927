// Approving texts, and granting the rights on Linkgress itself.
#pragma once

#include "engine/trust.hpp"

#include <optional>
#include <string>

namespace linkgress::engine {

// The calling role stands for the present text of that name. With `checksum`, only
// when that is the text's; a migration's text is up and down in one.
void approve(TextKind kind, const std::string &name, const std::optional<std::string> &checksum);

// Grants with the caller's rights: `level` is viewer, author, operator or none.
void grant_access(const std::string &role, const std::string &level);

} // namespace linkgress::engine
