// Trying again what could not get its locks.
//
// A migration that waits for a table's lock makes every later query of that
// table wait behind it. So it waits for linkgress.lock_timeout at most, lets go of
// everything, and tries again after a pause, in which the others go on.
#pragma once

#include "core/location.hpp"

namespace linkgress::engine {

// Complete the report of a lock failure, if it is one, by who holds the lock: in a
// transaction that is broken by their pids, after its rollback by all that is to
// be known.
void name_holders(core::ErrorReport &report);
void describe_holders(core::ErrorReport &report);

class LockRetries {
  public:
    explicit LockRetries(const core::Location &location) : location_(location) {}

    // After an attempt that failed and was rolled back: is there to be another one?
    // Says so to the client. If not, the report of a lock failure is completed.
    // Needs a transaction and an SPI session.
    bool try_again(core::ErrorReport &report);

    // Before the next attempt, with no lock held.
    void pause();

  private:
    const core::Location &location_;
    int retries_ = 0;
    int pause_ = 0; // ms
};

} // namespace linkgress::engine
