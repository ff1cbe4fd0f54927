#include "pg/lock_watch.hpp"

#include "pg/postgres.hpp"
#include "pg/role.hpp"
#include "pg/spi.hpp"

#include <csignal>

extern "C" {
#include "lib/stringinfo.h"
#include "storage/lmgr.h"
#include "storage/lock.h"
#include "storage/proc.h"
#include "utils/timeout.h"
#include "utils/timestamp.h"
}

namespace linkgress::pg {

namespace {

TimeoutId timer_id;
bool registered = false;

// Written by the signal handler.
LOCKTAG seen_tag;
LOCKMODE seen_mode = NoLock;
volatile std::sig_atomic_t seen = 0;

} // namespace

extern "C" {
// In a signal handler. The lock cannot go away while this process is in its queue
// or has been given it, and it can do nothing about either before the handler
// has returned.
static void lock_watch_handler(void)
{
    const LOCK *lock = MyProc->waitLock;
    seen = lock != nullptr ? 1 : 0;
    if (lock == nullptr)
        return;
    seen_tag = lock->tag;
    seen_mode = MyProc->waitLockMode;
}
}

LockWatch::LockWatch() : armed_(LockTimeout > 0)
{
    seen = 0;
    if (!armed_)
        return;
    call([]() noexcept {
        if (!registered)
            timer_id = RegisterTimeout(USER_TIMEOUT, lock_watch_handler);
        registered = true;
        int interval = Max(LockTimeout / 4, 1);
        enable_timeout_every(timer_id, TimestampTzPlusMilliseconds(GetCurrentTimestamp(), interval), interval);
    });
}

LockWatch::~LockWatch()
{
    if (armed_)
        disable_timeout(timer_id, false);
}

namespace {

bool is_same(const LOCKTAG &a, const LOCKTAG &b)
{
    return std::memcmp(&a, &b, sizeof a) == 0;
}

bool conflicts(LOCKMASK held, LOCKMODE wanted)
{
    for (LOCKMODE mode = 1; mode <= MaxLockMode; mode++)
        if ((held & LOCKBIT_ON(mode)) != 0 && DoLockModesConflict(mode, wanted))
            return true;
    return false;
}

} // namespace

std::vector<std::string> holders_of_awaited_lock()
{
    std::vector<std::string> pids;
    if (seen == 0)
        return pids;
    // Apart: it reads shared memory and nothing else. It takes lightweight locks, of which an error that came of
    // waiting for a lock has left none.
    LockData *data = call_apart([]() noexcept { return GetLockStatusData(); });
    for (int i = 0; i < data->nelements; i++) {
        const LockInstanceData &lock = data->locks[i];
        if (lock.pid != MyProcPid && is_same(lock.locktag, seen_tag) && conflicts(lock.holdMask, seen_mode))
            pids.push_back(std::to_string(lock.pid));
    }
    return pids;
}

namespace {

// "table public.posts", for the user.
std::string describe_object()
{
    static Query relation(
        "SELECT CASE WHEN relkind IN ('r', 'p') THEN 'table ' WHEN relkind IN ('i', 'I') THEN 'index '"
        " ELSE 'relation ' END || oid::pg_catalog.regclass FROM pg_catalog.pg_class WHERE oid = $1",
        {Type::oid});
    LockTagType type = static_cast<LockTagType>(seen_tag.locktag_type);
    if (type == LOCKTAG_RELATION || type == LOCKTAG_TUPLE) {
        Rows rows = relation.run({Oid{seen_tag.locktag_field2}});
        if (!rows.empty())
            return (type == LOCKTAG_TUPLE ? "a row of " : "") + rows.text(0, 0);
    }
    if (type == LOCKTAG_TRANSACTION || type == LOCKTAG_VIRTUALTRANSACTION)
        return "the end of another transaction";
    return call([]() noexcept {
        StringInfoData text;
        initStringInfo(&text);
        DescribeLockTag(&text, &seen_tag);
        return text.data;
    });
}

std::string describe_holders(const std::vector<std::string> &pids)
{
    static Query sessions(
        "SELECT string_agg(format('pid %s (role %s, application %L, %s%s)', pid, usename, application_name,"
        " CASE WHEN state = 'active' THEN 'query since ' ELSE state || ', last query since ' END,"
        " to_char(query_start, 'YYYY-MM-DD HH24:MI:SS TZ')), ', ' ORDER BY pid)"
        " FROM pg_catalog.pg_stat_activity WHERE pid = ANY ($1::int[])",
        {Type::text_array});
    if (pids.empty())
        return "It has been let go of meanwhile.";
    Rows rows = sessions.run({std::cref(pids)});
    std::string holders = rows.text(0, 0);
    return holders.empty() ? "It is held by a prepared transaction." : fmt::format("It is held by {}.", holders);
}

} // namespace

std::string describe_awaited_lock()
{
    if (seen == 0)
        return {};
    OwnerScope owner; // who sees every session
    return fmt::format("The lock is on {}. {}", describe_object(), describe_holders(holders_of_awaited_lock()));
}

} // namespace linkgress::pg
