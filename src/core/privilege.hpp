// What may be done with an object, beyond and short of what goes without saying for objects of its kind;
// and the way from one state to another.
#pragma once

#include <compare>
#include <string>
#include <vector>

namespace linkgress::core {

// An entry of `grants`, "SELECT TO alice WITH GRANT OPTION GRANTED BY bob", or of `revoked`, "SELECT FROM alice".
// Roles are quoted where they need it.
struct Privilege {
    std::string right; // "SELECT"; of a column, "SELECT (a)"
    std::string grantee;
    std::string grantor; // "" is the owner
    bool with_option = false;

    auto operator<=>(const Privilege &) const = default;
};

Privilege parse_privilege(const std::string &entry);

struct Privileges {
    std::string owner; // "" if it does not matter
    std::vector<Privilege> granted;
    std::vector<Privilege> revoked; // of what goes without saying

    // With entries of one meaning made one, and none that go without saying
    void normalize();
};

// The same after ALTER … OWNER TO: what the old owner had and gave, the new one has and has given.
Privileges with_owner(Privileges privileges, const std::string &owner);

// GRANT or REVOKE of several rights from one role to one role
struct PrivilegeStep {
    enum class Verb { revoke, revoke_option, grant } verb;
    std::string grantor;
    std::string grantee;
    bool with_option;
    std::vector<std::string> rights;
};

// In an order in which everyone may take and give what he takes and gives
std::vector<PrivilegeStep> privilege_steps(const Privileges &from, const Privileges &to);

} // namespace linkgress::core
