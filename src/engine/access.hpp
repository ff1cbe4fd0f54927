// Approving texts, and granting the rights on Linkgress itself.
#pragma once

#include <optional>
#include <string>

namespace linkgress::engine {

// The calling role stands for the present text of the migration.
// With `checksum`, only when that is the checksum of up and down in one.
void approve(const std::string &name, const std::optional<std::string> &checksum);

// Grants with the caller's rights: `level` is viewer, author, operator or none.
void grant_access(const std::string &role, const std::string &level);

} // namespace linkgress::engine
