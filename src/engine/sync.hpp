// Making the database equal to the model.
#pragma once

#include "core/plan.hpp"

#include <optional>
#include <string>
#include <vector>

namespace linkgress::engine {

struct SyncOptions {
    bool allow_destructive = false;
    std::optional<std::string> plan; // run this one and no other
    bool dry_run = false;            // run it for real, then undo it
};

// Runs the plan in the caller's transaction, between the hooks of before_sync and after_sync. What it did.
//
// Errors: 55000 for destructive operations that nobody has allowed, with the list of all; 55000 if the plan is another
// one than the one given; 42501 for destructive operations in a protected database; 23502 and 23503 for rows that are
// in the way, before anything is done; those of statements, with their operation.
std::vector<core::Operation> sync(const SyncOptions &options);

} // namespace linkgress::engine
