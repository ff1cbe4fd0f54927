// A plan in the way that does not block: the same changes in several stages, none of which keeps others from reading
// and writing for longer than it takes to change the catalogs. What blocks all the same has its hazards still.
#pragma once

#include "core/plan.hpp"

#include <string>
#include <vector>

namespace linkgress::core {

struct Stage {
    // Everything in one transaction; otherwise one by one, in none.
    bool transactional = true;
    std::vector<std::string> statements;
    // With the statements that they have in this stage. One that takes several stages is in each of them.
    std::vector<Operation> operations;
};

// After the last one, the schema is as plan() would have left it. After each of them it is one that can be worked with:
// what is replaced is dropped and created in the same stage. If one fails, what follows has not been done yet; the plan
// from there on is another one.
std::vector<Stage> online_plan(const Snapshot &source, const Snapshot &target, Quote quote);

} // namespace linkgress::core
