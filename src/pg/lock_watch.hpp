// Which lock did a statement wait for that ran out of lock_timeout, and who has
// it? The error does not say, and by then the server has forgotten. So while a
// statement runs, a timer looks now and then what this process is waiting for.
#pragma once

#include "pg/bridge.hpp"

#include <string>
#include <vector>

namespace linkgress::pg {

class LockWatch {
  public:
    // Looks several times within lock_timeout; where that is off, never.
    LockWatch();
    ~LockWatch();
    LockWatch(const LockWatch &) = delete;
    LockWatch &operator=(const LockWatch &) = delete;

  private:
    bool armed_;
};

// The processes that hold the lock that the last LockWatch has seen. After an error
// of waiting for a lock it may be called in the broken transaction.
std::vector<std::string> holders_of_awaited_lock();

// The lock that the last LockWatch has seen, and who holds it now, as two
// sentences. "" when nothing was seen. Needs a transaction and an SPI session.
std::string describe_awaited_lock();

} // namespace linkgress::pg
