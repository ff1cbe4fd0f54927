// Approving texts, and granting the rights on Linkgress itself.
#pragma once

#include <string>

namespace linkgress::engine {

// The calling role stands for the present text of the migration.
void approve(const std::string &name);

// Grants with the caller's rights: `level` is viewer, author, operator or none.
void grant_access(const std::string &role, const std::string &level);

} // namespace linkgress::engine
