// Which tables a table inherits from, or is a partition of, and what it has from them.
#pragma once

#include "core/snapshot.hpp"

#include <vector>

namespace linkgress::core {

// The tables at the other end of an "inheritance"; none if they are not in the snapshot.
ObjectIndex table_above(const Snapshot &snapshot, ObjectIndex link);

// The links of a table to those above it, in their order.
std::vector<ObjectIndex> links_of(const Snapshot &snapshot, ObjectIndex table);

// Error 22023 for tables that inherit from each other in a circle, or over more levels than can be worked through: a
// snapshot that somebody has made up.
void check_levels(const Snapshot &snapshot);

// What has the kind and the name of this part of a table in another one, or no_object.
ObjectIndex counterpart(const Snapshot &snapshot, ObjectIndex part, ObjectIndex table);

// The part of the same kind and name of the first table above that has one, or no_object.
ObjectIndex part_above(const Snapshot &snapshot, ObjectIndex part);

// The table above all that the table is below of, going by the first parent of each
ObjectIndex root_above(const Snapshot &snapshot, ObjectIndex table);

} // namespace linkgress::core
