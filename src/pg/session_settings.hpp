// The settings of a session, as another one is to have them.
#pragma once

#include "pg/spi.hpp"

#include <string>
#include <vector>

namespace linkgress::pg {

// A setting, and by which right it was made. That of a library that is not loaded yet may be made by anybody, and is
// looked at again when the library defines it: whether that role may make it.
struct SessionSetting {
    std::string name;
    std::string value;
    Oid role = 0;                 // who has made it
    bool with_all_rights = false; // as a superuser, whoever that is by now
};

// The settings in which the session differs from a new connection of its role to
// its database: those that a session can make, but for roles,
// client_encoding, application_name and what belongs to one transaction.
std::vector<SessionSetting> settings_of_session();

// Makes one of these as if it had come with the connection, so that RESET leads
// back to it, with the rights of who has made it in the session and no others. A value that is not possible (any more)
// is a WARNING.
void set_connection_guc(const SessionSetting &setting);

} // namespace linkgress::pg
