// What of the rows that are there would make a plan fail, asked before anything of it is run.
#pragma once

#include "core/script.hpp"
#include "core/snapshot.hpp"

#include <string>
#include <vector>

namespace linkgress::core {

struct Precondition {
    std::string query;    // of the number of rows in the way, as one text
    const char *sqlstate; // of the error that the server would raise
    std::string problem;  // "column public.users.email is NULL in ", before "3 rows"
    std::string rest;     // what comes behind that
    std::string hint;
    bool counts_rows = true; // otherwise the number is a value itself, and there is a row only if it is in the way
};

// Of the plan from one snapshot to the other: new columns and NOT NULL of columns, keys, checks and foreign keys, new
// checks of domains, values that are too long, rows of a default partition, positions of sequences. Only where the
// answer is certain: what the plan changes on its way there, and foreign keys over types with operators of their own,
// are left to the server.
std::vector<Precondition> preconditions(const Snapshot &source, const Snapshot &target, Quote quote);

} // namespace linkgress::core
