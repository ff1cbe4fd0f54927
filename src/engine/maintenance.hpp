// Finding and mending what is wrong with registry and journal, and adopting a
// database that was there before. Nothing here runs a migration.
#pragma once

#include "engine/run.hpp"

#include <optional>
#include <string>
#include <vector>

namespace linkgress::engine {

struct Problem {
    std::string name;
    std::string severity; // error, warning, info
    std::string problem;  // changed, missing, partial, failed, invalid, not trusted, out of order, no down, trigger
    int line = 0;         // 0: does not apply
    int column = 0;
    std::string message;
    std::string hint;
};

// Everything that is found, errors first.
std::vector<Problem> validate();

// Why the database is not what its registry says, with the migrations that each reason is about, in the order in which
// they run.
struct Reason {
    std::string what; // "pending", "failed", "partial", "changed", "missing" or "out of order"
    std::vector<std::string> migrations;
};
std::vector<Reason> read_reasons();

// Error LG002 with the reasons, if there are any.
void check_current();

// Records the migrations up to and including `name` as applied. Raises an
// error when the journal is not empty.
Outcomes baseline(const std::string &name);

struct RepairRequest {
    std::optional<std::string> name;   // nothing: all that are changed or missing
    std::optional<std::string> action; // nothing: what the state calls for
    std::optional<std::string> rename_to;
    std::optional<int> done; // so many of its statements
    bool dry_run = false;
};

struct Repaired {
    std::string name;
    std::string problem; // the state before
    std::string action;
};

std::vector<Repaired> repair(const RepairRequest &request);

} // namespace linkgress::engine
