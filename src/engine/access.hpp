// Approving texts, and granting the rights on Linkgress itself.
#pragma once

#include "engine/trust.hpp"

#include <optional>
#include <string>

namespace linkgress::engine {

// The calling role stands for what has that name, as it is and as it runs, beside
// those that do so already. With `fingerprint`, only when it is of that. Its
// fingerprint.
std::string approve(TextKind kind, const std::string &name, const std::optional<std::string> &fingerprint);

// Leaves the role exactly what the level gives, whoever has granted it something before: `level` is viewer, author,
// operator, backup, a list of these, or none. What it has as a member of other roles is not looked at. 42501 unless the
// caller can act as the owner of the extension.
void grant_access(const std::string &role, const std::string &level);

} // namespace linkgress::engine
