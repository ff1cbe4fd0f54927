// What goes and what comes may be the same under another name. That cannot be known, only asked.
#pragma once

#include "core/diff.hpp"
#include "core/planner.hpp"

#include <string>

namespace linkgress::core {

// For a step that drops a column or a table: how to say that it is renamed, if one of the same make comes in the same
// place, and it is the only one. "" otherwise.
std::string rename_hint(const Diff &diff, const Step &step);

} // namespace linkgress::core
