// Who stands for the text of a row: the columns registered_* (its author) and
// approved_* of the tables whose texts are run, filled in by their triggers.
#pragma once

#include "pg/trigger.hpp"

#include <functional>

namespace linkgress::api {

// Is this the row of a dump, inserted by a superuser with its author?
bool is_restore(const pg::TriggerCall &call);

// Whoever writes the row is its author, and nobody has approved it. What an
// INSERT has of its own in these columns is kept if the writer is to be believed.
void take_authorship(pg::TriggerCall &call);

// The same where there is no approval.
void take_author(pg::TriggerCall &call);

// For an UPDATE that leaves the text as it is, and what it does.
void keep_authorship(pg::TriggerCall &call);

// A restore must not fail, or it would lose the whole table: what `check` raises
// becomes a WARNING.
void warn_only(const std::function<void()> &check);

} // namespace linkgress::api
