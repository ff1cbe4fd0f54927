// What of the rows that are there would make a plan fail, asked before anything of it is run.
#pragma once

#include "core/script.hpp"
#include "core/snapshot.hpp"

#include <string>
#include <vector>

namespace linkgress::core {

struct Precondition {
    std::string query;    // of the number of rows in the way, as one bigint
    const char *sqlstate; // of the error that the server would raise
    std::string problem;  // "column public.users.email has no value in {} rows", with braces for the number
    std::string hint;
};

// Of the plan from one snapshot to the other: new NOT NULL of columns and new foreign keys, on what is there already.
// Only where the answer is certain: what the plan changes on its way there, and foreign keys over types with operators
// of their own, are left to the server.
std::vector<Precondition> preconditions(const Snapshot &source, const Snapshot &target, Quote quote);

} // namespace linkgress::core
