// Renames: which object of the database has which name in the model.
//
// The catalogs do not say whether a column that is gone and one that has come are the same; linkgress.rename does. To
// plan with a rename, the database is read as if it had been done: its catalogs are written in a subtransaction that is
// rolled back. That takes no lock on anything, and whatever mentions the object is read with its new name.
#pragma once

#include "core/plan.hpp"
#include "core/snapshot.hpp"

#include <cstdint>
#include <vector>

namespace linkgress::engine {

struct Rename {
    std::int64_t id = 0; // its row
    core::Operation operation;
};

// Is there any that has not been used?
bool is_any_rename_open();

// Does those that apply in the catalogs: the old object is there and not in the model, the new one is in the model and
// not there. Others are left alone. First those of schemas, then those of what is in them, then those of parts of
// tables, which may be named with the old or the new name of the table. To be called in a subtransaction that is rolled
// back. Error 22023 for a kind that cannot be renamed, or what is no name.
std::vector<Rename> rename_in_catalogs(const core::Snapshot &model);

// They have been done for good.
void mark_used(const std::vector<Rename> &renames);

} // namespace linkgress::engine
