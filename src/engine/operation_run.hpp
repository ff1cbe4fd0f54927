// Running operations of a plan.
#pragma once

#include "core/plan.hpp"

#include <string>
#include <vector>

namespace linkgress::engine {

// Runs them in the caller's transaction, within linkgress.lock_timeout and linkgress.statement_timeout, in the scope of
// a body: as the calling role, which nothing that they evaluate can leave, and leaving nothing behind in the session.
// An error says which of them it is, counting from `first`.
void run_operations(const std::vector<core::Operation> &operations, std::size_t first = 1);

// For messages: a line for each, with its number, and whether it destroys.
std::string numbered_list(const std::vector<core::Operation> &operations);

} // namespace linkgress::engine
