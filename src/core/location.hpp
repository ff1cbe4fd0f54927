// Where in a migration something is, and how an error says so.
#pragma once

#include "core/error.hpp"

#include <string>

namespace linkgress::core {

enum class Direction { up, down };

const char *to_string(Direction direction);

// 0 means unknown for all numbers; all count from 1.
struct Location {
    std::string migration;
    Direction direction = Direction::up;
    std::string hook; // when it is in a hook's body; the migration is then what it was called for, if any
    int statement = 0;
    int line = 0;
    int column = 0;
};

// The same migration and direction, but no place in a body.
Location without_place(const Location &location);

// "migration "x"", "down body of migration "x"", "hook "x"".
std::string describe_body(const Location &location);

// "migration "x" failed at statement 3, line 4".
std::string describe_failure(const Location &location);

// Puts the place into an error, where it has none: in words before its message, and
// for programs as the last line of its detail, e.g.
// migration="x", direction=up, statement=3, line=4, column=15
// A location that names no migration and no hook is none.
void add_location(ErrorReport &report, const Location &location);

} // namespace linkgress::core
