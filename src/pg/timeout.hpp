// A time limit for a statement that runs inside another one, where the
// server's statement_timeout only knows the outer statement.
#pragma once

#include "pg/bridge.hpp"

namespace linkgress::pg {

// While it lives, the work is cancelled when it takes longer than that many
// milliseconds; 0 sets no limit. The error is an ordinary cancel (57014);
// expired() tells it from one that somebody asked for.
class StatementTimer {
  public:
    explicit StatementTimer(int milliseconds);
    ~StatementTimer();
    StatementTimer(const StatementTimer &) = delete;
    StatementTimer &operator=(const StatementTimer &) = delete;

    static bool expired() noexcept;

  private:
    bool armed_;
};

// The present value of the setting statement_timeout, in milliseconds; 0: none.
int session_statement_timeout() noexcept;

// While it lives, the time limit that the server has set for the session's statement does not run; then it goes on with
// what is left of it.
class SessionTimerPause {
  public:
    SessionTimerPause();
    ~SessionTimerPause();
    SessionTimerPause(const SessionTimerPause &) = delete;
    SessionTimerPause &operator=(const SessionTimerPause &) = delete;

  private:
    long left_ = 0; // milliseconds; 0: it was not running
};

} // namespace linkgress::pg
