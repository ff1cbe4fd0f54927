// Who has what privileges on the members of the extension itself.
#pragma once

#include "pg/role.hpp"

#include <optional>
#include <string>
#include <vector>

namespace linkgress::engine {

// Privileges on one object, or on columns of it, of one grantee who is not its owner.
struct OwnPrivileges {
    std::string privileges;         // as GRANT has them: SELECT, UPDATE; or SELECT (name)
    std::string object;             // likewise: TABLE linkgress.migration
    bool is_new = false;            // was the object created by the current transaction?
    std::string grantee;            // quoted, or PUBLIC
    std::optional<pg::Oid> grantor; // nothing for the owner
    // Those that no level gives, where there are some
    std::string beyond_levels;
    bool is_row_type = false; // of a table
};

// All of them, or those of one grantee; those that depend on others first.
std::vector<OwnPrivileges> own_privileges(std::optional<pg::Oid> grantee = std::nullopt);

// Revokes these privileges, and what the grantee has granted on. As their grantor, for which the caller answers.
void revoke(const OwnPrivileges &privileges);

} // namespace linkgress::engine
