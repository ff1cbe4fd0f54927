// Renames: which object of the database has which name in the model.
//
// The catalogs do not say whether a column that is gone and one that has come are the same; linkgress.rename does. To
// plan with a rename, the database is read as if it had been done: its catalogs are written in a subtransaction that is
// rolled back. That takes no lock on anything, and whatever mentions the object is read with its new name. It waits
// only for those who have altered that very object and not committed yet.
#pragma once

#include "core/plan.hpp"
#include "core/snapshot.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace linkgress::engine {

struct UnusedRename {
    std::int64_t id = 0;
    std::string description; // "column public.users.mail to public.users.email"
    std::string reason;
};

struct Renames {
    std::vector<core::Operation> operations;
    std::vector<std::int64_t> used;   // rows: those of the operations, and of what has its new name already
    std::vector<UnusedRename> unused; // rows that do not apply
};

// Is there any that has not been used?
bool is_any_rename_open();

// Does those that apply in the catalogs: the old object is there and not in the model, the new one is in the model and
// not there, or is itself renamed to what is. First those of schemas, then those of what is in them, then those of
// parts of tables, which may be named with the old or the new name of the table. To be called in a subtransaction that
// is rolled back. Error 22023 for a kind that cannot be renamed, or what is no name.
Renames rename_in_catalogs(const core::Snapshot &model);

// A NOTICE for each.
void tell_unused(const Renames &renames);

// Locks the rows that are used, so that marking them waits for nobody.
void hold_renames(const Renames &renames);

// They have been done for good.
void mark_used(const Renames &renames);

} // namespace linkgress::engine
