// What the scripts of the extension, which install and upgrade it, cannot do in SQL.
// Each of these is called by them alone, and raises 55000 elsewhere.
#pragma once

#include <string>

namespace linkgress::engine {

// Raises 42P06 when there is a schema of the extension's name: whoever made it could put into it, and drop, what the
// extension's code relies on.
void refuse_existing_schema();

// Version 1.0 went into a schema that was there, if there was one, and that was no member of the extension. Makes it
// the extension's; refuses, and names them, when others have objects in it or have put them under the extension's own.
void take_over_schema();

// What the running script has created belongs to the owner of the extension, and nobody else has privileges on it,
// whatever default privileges there are. On what was there before, nobody has privileges that no level gives.
void keep_to_owner();

// Runs a GRANT of what an upgrade has dropped and made anew, or of what a level has now: it is dumped as others are.
void grant_outside(const std::string &statement);

} // namespace linkgress::engine
