// Who stands for a row: its author and its approvers in
// the tables whose texts are run, filled in by their triggers. What they stand for
// is the text and whatever decides when and how it runs.
#pragma once

#include "pg/trigger.hpp"

#include <functional>
#include <initializer_list>

namespace linkgress::api {

// Is this the row of a dump, inserted by a superuser with its author?
bool is_restore(const pg::TriggerCall &call);

// Whoever writes the row is its author, and nobody has approved it. What an
// INSERT has of its own in these columns is kept if the writer is to be believed.
void take_authorship(pg::TriggerCall &call);

// The same where there is no approval.
void take_author(pg::TriggerCall &call);

// For an UPDATE: whoever changes one of these columns becomes the author, and the
// approvals are gone; otherwise both stay as they are.
void settle_authorship(pg::TriggerCall &call, std::initializer_list<const char *> columns);

// A restore must not fail, or it would lose the whole table: what `check` raises
// becomes a WARNING.
void warn_only(const std::function<void()> &check);

} // namespace linkgress::api
