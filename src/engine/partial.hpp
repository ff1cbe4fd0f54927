// How far a migration is that commits statement by statement: the tables
// linkgress.partial and partial_statement. A row is written in the transaction of
// the statement that it tells of.
#pragma once

#include "core/location.hpp"

#include <optional>
#include <string>
#include <vector>

namespace linkgress::engine {

struct Partial {
    core::Direction direction = core::Direction::up;
    int done = 0;
    int statements = 0;
    int attempted = 0; // the statement that was begun, if it may leave something behind
    std::string attempted_checksum;
    std::string builds; // the index that it builds, qualified and quoted
};

std::optional<Partial> read_partial(const std::string &migration);

// Before a statement that may leave an invalid index behind. Remembers which
// invalid indexes are none of its doing; a second attempt remembers no others.
void note_attempt(const core::Location &location, int statements, const std::string &checksum,
                  const std::string &builds);

// With the statement at `location`.
void note_done(const core::Location &location, int statements, const std::string &checksum);

// With the last statement.
void forget_partial(const std::string &migration);

// When the registry is emptied: what failed at once, so that nothing is done.
void forget_attempts();

// By hand: the first so many statements, with these checksums, are done. What an
// attempt at the next one has left is still known.
void set_partial(const core::Location &location, int statements, const std::vector<std::string> &done);

// Which of the statements that are done, in order, had another text then?
std::vector<std::string> changed_statements(const std::string &migration, const std::vector<std::string> &checksums);

// Raises an error when a migration is between two statements in that direction.
void check_none_partial(core::Direction direction);

} // namespace linkgress::engine
