// The database beside the model, and the plan that makes them equal.
#pragma once

#include "core/plan.hpp"
#include "core/snapshot.hpp"
#include "engine/renames.hpp"

#include <string>
#include <vector>

namespace linkgress::engine {

struct Comparison {
    core::Snapshot source; // the managed schemas as they are, but with the renames done
    core::Snapshot target; // as the model wants them
    Renames renames;
    std::vector<core::Operation> operations;  // first those of the renames
    std::string plan;                         // the id of the plan; "" if there is nothing to do
    std::vector<std::string> scope;           // for read_catalog()
    std::uint64_t catalog_changes = 0;        // pg::catalog_changes() before the source was read
    std::vector<std::string> created_schemas; // by the model
};

// Executes nothing. Needs an SPI session. Tells of renames that do not apply, unless it has been `told`. Errors: those
// of the model and of reading the catalogs; 25006 for open renames where nothing can be written.
Comparison compare_with_model(bool told = false);

// Without operations and plan. `with_renames`: as if they had been done; otherwise as if there were none.
Comparison read_both_sides(bool with_renames, bool told = false);

// For names that the model does not qualify: schemas of the database in which nobody could have put something who could
// not act as the caller.
std::vector<std::string> trusted_path(const Comparison &comparison);

// What turns the target into the source, and takes the renames back.
std::vector<core::Operation> way_back(const Comparison &comparison);

// The plan as one document: {"plan": …, "destructive": …, "operations": […]}.
std::string to_json(const Comparison &comparison);
// Of operations, as it may be stored: without secrets.
std::string to_stored_json(const std::vector<core::Operation> &operations);

} // namespace linkgress::engine
