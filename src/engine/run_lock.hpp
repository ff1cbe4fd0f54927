// One run at a time: taking the lock of a run, and waiting for another run.
//
// Waiting is polling. A run that queued for the lock could deadlock with the
// run that holds it: its transaction may hold locks that a migration needs,
// and its mere snapshot keeps a concurrent index build from finishing. So each
// poll looks whether the other run has come to wait for us; then we give up,
// not the run that is at work. A procedure, which may, waits without a
// transaction of its own and holds nothing.
#pragma once

#include "pg/spi.hpp"

#include <string>

namespace linkgress::engine {

// Raises an error where no run can be: in a body, on a standby, in a read-only
// transaction. `call` is what the user has called. Keeps others from locking
// Linkgress's tables until the end of the transaction.
void check_may_run(const std::string &call);

// The same, then lock_run().
void begin_run(const std::string &call);

// Takes the lock until the end of the caller's transaction. Raises 55P03 when
// it cannot be had within linkgress.wait, or when waiting would block the
// other run.
void lock_run();

// Takes the lock for as long as it lives, over commits of `spi`.
class RunLock {
  public:
    explicit RunLock(pg::SpiSession &spi);
    ~RunLock();
    RunLock(const RunLock &) = delete;
    RunLock &operator=(const RunLock &) = delete;

    // Makes sure of it inside a new transaction, and of the tables; false when it
    // was lost and another run has it now.
    bool hold_in_transaction();

    // Takes it again, if it is to be had, where a transaction has failed at its commit:
    // that rollback lets go of the session's locks, too.
    void renew();
};

} // namespace linkgress::engine
