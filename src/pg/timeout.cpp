#include "pg/timeout.hpp"

#include "pg/postgres.hpp"

#include <algorithm>
#include <climits>
#include <csignal>

extern "C" {
#include "storage/proc.h"
#include "storage/procsignal.h"
#include "utils/timeout.h"
#include "utils/timestamp.h"
}

namespace linkgress::pg {

namespace {

TimeoutId timer_id;
bool registered = false;
volatile std::sig_atomic_t timer_expired = 0;

} // namespace

extern "C" {
// In a signal handler: what the server's own statement timeout does.
static void statement_timer_handler(void)
{
    timer_expired = 1;
    kill(MyProcPid, SIGINT);
}
}

StatementTimer::StatementTimer(int milliseconds) : armed_(milliseconds > 0)
{
    timer_expired = 0;
    if (!armed_)
        return;
    call([&]() noexcept {
        if (!registered) {
            timer_id = RegisterTimeout(USER_TIMEOUT, statement_timer_handler);
            registered = true;
        }
        enable_timeout_after(timer_id, milliseconds);
    });
}

StatementTimer::~StatementTimer()
{
    if (armed_)
        disable_timeout(timer_id, false);
}

bool StatementTimer::expired() noexcept
{
    return timer_expired != 0;
}

int session_statement_timeout() noexcept
{
    return StatementTimeout;
}

SessionTimerPause::SessionTimerPause()
{
    call([&]() noexcept {
        if (!get_timeout_active(STATEMENT_TIMEOUT))
            return;
        TimestampTz end = get_timeout_finish_time(STATEMENT_TIMEOUT);
        left_ = std::max<long>(1, TimestampDifferenceMilliseconds(GetCurrentTimestamp(), end));
        disable_timeout(STATEMENT_TIMEOUT, false);
    });
}

SessionTimerPause::~SessionTimerPause()
{
    if (left_ > 0)
        enable_timeout_after(STATEMENT_TIMEOUT, static_cast<int>(std::min<long>(left_, INT_MAX)));
}

} // namespace linkgress::pg
