// Waiting for locks on Linkgress's own tables and their rows.
//
// Whoever may register can also lock: a row by changing it, a table with LOCK TABLE, both for as long as his
// transaction is open. A call that stood in the server's queue for such a lock could not say for whom it waits. So the
// calls poll: they take what is free, tell at once who has the rest, and give up after linkgress.lock_timeout (or where
// that is 0 the server's lock_timeout) or linkgress.wait, whichever is shorter. With the tables held, and the rows
// locked that a call is going to work on, none of its own queries waits for anybody.
#pragma once

#include "core/error.hpp"

#include <functional>
#include <string>

namespace linkgress::engine {

// 55P03, with whoever holds the lock. Waiting for it has blocked nobody, so there is no point in trying again.
class OwnLockError : public core::Error {
  public:
    using core::Error::Error;
};

enum class Holding { read, write };

// Keeps others from locking the tables until the end of the transaction. Raises OwnLockError.
void hold_own_tables(Holding holding = Holding::write);

// Of a row: "migration "x"", its table, and its key.
struct OwnRow {
    std::string description;
    std::string table;
    std::string key;
};

// Calls `attempt`, which is to lock the row but not to wait, until it returns true. Raises OwnLockError.
void wait_for_row(const OwnRow &row, const std::function<bool()> &attempt);

// Locks the row of migration, hook or model (by its name) or rename (by its id) against changes by others, if there is
// one.
void lock_row(const OwnRow &row);

// For what can wait for a lock only in the server's queue, as for a unique key: does `work`; 55P03 is raised as
// OwnLockError.
void naming_holders(const std::string &what, const std::function<void()> &work);

} // namespace linkgress::engine
