// Primary keys and unique constraints whose index is built beforehand.
#pragma once

#include "core/script.hpp"

#include <optional>

namespace linkgress::core {

struct Key {
    bool is_primary;
    std::string index; // what comes after the table in CREATE UNIQUE INDEX: "(a, b) INCLUDE (c)"
};

// Nothing, if the constraint has no index that could be built in advance: exclusion constraints, temporal keys.
std::optional<Key> key_of(const Object &constraint);

// The index is built, under its own name or the provisional one, and then becomes that of the constraint.
void create_key_online(Script &script, const Object &constraint);

} // namespace linkgress::core
