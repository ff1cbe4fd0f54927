// Values of the type linkgress.role: who registered or approved something.
//
// In the database a role is known by its OID, which outlives a renaming and which no later role of the same name has.
// In text, and so in dumps, it is known by the name that it has now: an OID is another role in another cluster. A role
// that is gone, or that was unknown where the text was read, is nobody: its text is its last name in parentheses, and
// stays nobody wherever that is restored.
#pragma once

#include "pg/bridge.hpp"
#include "pg/postgres.hpp"

#include <string>
#include <vector>

namespace linkgress::pg {

using Oid = unsigned int;

// As it lies in a row. For a role that is nobody, 0 or the OID of a role that is gone.
struct RoleValue {
    Oid role;
    char name[NAMEDATALEN];
};

// From and to text. What is in double quotes is a name, whatever it looks like.
RoleValue parse_role(const std::string &text);
std::string format_role(const RoleValue &value);

// The role of this OID or name as it is now; nobody when there is none.
RoleValue role_value(Oid role);
RoleValue role_value(const std::string &name);

// Its name, or the last one that it had.
std::string last_name(const RoleValue &value);

RoleValue role_from_datum(Datum datum);
Datum role_to_datum(const RoleValue &value); // in the current memory

std::vector<RoleValue> roles_from_datum(Datum datum);
Datum roles_to_datum(const std::vector<RoleValue> &values);

// The type, if it is as the extension's scripts make it, and that of its arrays; 0 otherwise.
Oid role_type();
Oid roles_type();

} // namespace linkgress::pg
