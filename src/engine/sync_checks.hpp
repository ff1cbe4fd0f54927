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

// Keeps others from the tables that the plan takes something away from, and makes sure that these, and all the rest,
// are as they were compared: what somebody else has added meanwhile must not go with what is dropped. Error 40001.
// After the renames, before anything else of the plan.
void hold_still(const Comparison &comparison, const std::vector<core::Operation> &operations);

// The lock timeout of sync_online() where linkgress.lock_timeout is 0, in milliseconds
inline constexpr int online_lock_timeout = 2000;

// The same for a part of the plan, when others of it are done already: of the tables that are taken away from, nothing
// may be there that neither side of the comparison knew.
void hold_tables(const Comparison &comparison, const std::vector<core::Operation> &operations);

// Sends a WARNING if the database is not as the model wants it.
void verify();

} // namespace linkgress::engine
