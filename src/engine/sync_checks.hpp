// What has to hold before a plan is run, and after it.
#pragma once

#include "engine/comparison.hpp"
#include "engine/sync.hpp"

#include <string>

namespace linkgress::engine {

// Is it the plan that was reviewed, and has somebody allowed what it destroys? Errors: see sync(). `call` is for the
// hint: "SELECT linkgress.sync".
void check_requested(const Comparison &comparison, const SyncOptions &options, const std::string &call);

// Raises 23502 or 23503 if rows are in the way of the plan.
void check_rows(const Comparison &comparison);

// Sends a WARNING if the database is not as the model wants it.
void verify();

} // namespace linkgress::engine
