// Which steps of a plan can be done without blocking.
#pragma once

#include "core/diff.hpp"
#include "core/planner.hpp"

namespace linkgress::core {

enum class Way : std::uint8_t {
    as_it_is,
    build,        // an index, concurrently; a key gets its constraint afterwards
    validate,     // not before the constraint is there for new rows
    check_nulls,  // by a constraint, before NOT NULL is set
    check_passed, // the same, by that of the table above
    drop_index,   // concurrently
    compute,      // a materialized view, beside the one whose place it takes
    build_aside,  // an index of such a view
};

// Of a table that others work with, that is: there before and afterwards, and not made anew. Nobody waits for others.
Way way_of(const Diff &diff, const Step &step);

// Is it an alteration that an index, a constraint or its absence has nothing to do with?
bool is_harmless(const Diff &diff, const Item &item);

// A column that gets NOT NULL, and can have its default before that
bool can_have_default_first(const Diff &diff, const Item &column);

bool gets_not_null(const Diff &diff, const Item &column);

// A unique index, a key or the like
bool is_unique_key(const Object &object);

// An index or a key of a partitioned table
bool is_partitioned_key(const Snapshot &snapshot, const Object &object);

// Is the index, or that of the constraint, a part of that of a partitioned table?
bool is_attached(const Snapshot &snapshot, ObjectIndex index);

} // namespace linkgress::core
