// Questions about rows, whose expressions are those of the model and of the tables: other people's.
#pragma once

#include <optional>
#include <string>

namespace linkgress::engine {

// The text that a query of one row and column gives, of all rows, with no operator but the server's own, within the
// scope and the time of a body. None if there is no row or it is NULL, and if the role may not ask, or the question
// fails otherwise: the plan itself will meet that.
std::optional<std::string> ask_rows(const std::string &query);

} // namespace linkgress::engine
