// Running operations of a plan.
#pragma once

#include "core/plan.hpp"

#include <functional>
#include <string>
#include <vector>

namespace linkgress::engine {

// Runs them in the caller's transaction, within linkgress.lock_timeout and linkgress.statement_timeout, in the scope of
// a body: as the calling role, which nothing that they evaluate can leave, and leaving nothing behind in the session.
// An error says which of them it is, counting from `first`.
void run_operations(const std::vector<core::Operation> &operations, std::size_t first = 1);

// The same, where what an operation misses may be brought by a later one: it is tried again after the others, and with
// it what has to come after it. What misses something still has the schemas that `path` gives on its search_path,
// behind the server's: bodies of functions may have names that are not qualified. If there is no way, the error is that
// of the first.
using Path = std::function<std::vector<std::string>()>;
void run_operations_patiently(const std::vector<core::Operation> &operations, const Path &path, std::size_t first = 1);

// For messages: a line for each, with its number, and whether it destroys.
std::string numbered_list(const std::vector<core::Operation> &operations);

} // namespace linkgress::engine
