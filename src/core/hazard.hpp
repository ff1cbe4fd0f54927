// What an operation risks. One rule is one function, with its text beside it.
#pragma once

#include "core/conversion.hpp"
#include "core/diff.hpp"
#include "core/plan.hpp"
#include "core/planner.hpp"

#include <vector>

namespace linkgress::core {

// Of one step; in a fixed order, each hazard once. `online`: it is done in the way that does not block.
std::vector<Hazard> find_hazards(const Diff &diff, const Converter &converter, const Step &step, bool online = false);

// Is something lost for good that cannot be had from anywhere else?
bool is_destructive(const Diff &diff, const Converter &converter, const Step &step);

} // namespace linkgress::core
