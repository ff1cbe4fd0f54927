// Where the unqualified names of a model may lead to.
//
// A function or operator that fits its arguments better than the server's own is taken wherever it stands on the
// search_path. So a schema is on the path of a model only if it is managed, and therefore empty but for what the model
// itself creates, or if nobody could have put something in it who could not act as the caller anyway.
#pragma once

#include <string>
#include <vector>

namespace linkgress::engine {

// At the beginning of each part: a schema of the user's, which may be managed or not yet known to be, then those of the
// extensions.
std::vector<std::string> initial_search_path();

// The path without the schemas that are neither in `managed` nor of roles that can act as the caller. Names are as
// search_path has them, unquoted.
std::vector<std::string> without_untrusted(const std::vector<std::string> &path,
                                           const std::vector<std::string> &managed);

} // namespace linkgress::engine
