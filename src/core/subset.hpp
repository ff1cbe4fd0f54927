// Snapshots put together from a database and a model, for what is only to create, or only to drop.
#pragma once

#include "core/script.hpp"
#include "core/snapshot.hpp"

#include <string>
#include <vector>

namespace linkgress::core {

struct Addition {
    Snapshot snapshot;                // the source, and what it lacks of the target
    std::vector<std::string> differs; // ids of what is there, but not as the target has it, or cannot be added
};

// What is altered by it is no addition: columns and constraints of tables that are there, what depends on those, and
// what would need a name that something else has.
Addition with_missing(const Snapshot &source, const Snapshot &target);

// The target, and what managed hooks have made in the source, as far as it can be there still: nobody wants it dropped.
Snapshot with_hook_objects(const Snapshot &source, Snapshot &&target);

// The target with the indexes that the source has: new ones are not there yet, and those that go are there still, as
// far as they can be built and dropped by themselves, beside what else changes.
Snapshot with_old_indexes(const Snapshot &source, const Snapshot &target);

struct Removal {
    Snapshot snapshot;                   // the source without what the target has, too
    std::vector<std::string> dependents; // ids of what depends on that and is not of the target
    std::vector<std::string> schemas;    // that the target has, in which nothing else is left
    std::vector<std::string> outside;    // statements that drop those dependents that are in other schemas
    Snapshot source;                     // what is left after these
};

// Extensions stay: others may use them. With `cascade` the dependents go, too.
Removal without_named(const Snapshot &source, const Snapshot &target, bool cascade, Quote quote);

} // namespace linkgress::core
