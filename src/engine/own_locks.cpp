#include "engine/own_locks.hpp"

#include "core/sqlstate.hpp"
#include "engine/clock.hpp"
#include "engine/notice.hpp"
#include "pg/guc.hpp"
#include "pg/lock.hpp"
#include "pg/lock_watch.hpp"
#include "pg/memory.hpp"
#include "pg/role.hpp"
#include "pg/spi.hpp"
#include "pg/subtransaction.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

using pg::Query;
using pg::Type;

constexpr int first_pause = 10; // ms
constexpr int longest_pause = 200;
constexpr int usual_wait = 500; // as long as the others' ordinary business may take

constexpr const char *own_tables[] = {"migration", "journal", "history", "run",    "partial",    "partial_statement",
                                      "hook",      "model",   "rename",  "ignore", "hook_object"};

// In milliseconds; nothing: for ever.
std::optional<int> limit()
{
    std::optional<int> limit = pg::settings::wait();
    int timeout = pg::settings::lock_timeout() > 0 ? pg::settings::lock_timeout() : pg::lock_timeout();
    if (timeout > 0)
        limit = std::min(limit.value_or(timeout), timeout);
    return limit;
}

// Whoever holds the lock.
struct Holder {
    std::string description = "another transaction";
    bool waits_for_us = false;
};

#define HOLDER                                                                                                         \
    "SELECT CASE WHEN l.pid IS NULL THEN 'a prepared transaction' ELSE format('pid %s (role %I, application %L,"       \
    " since %s)', l.pid, a.usename, a.application_name, to_char(a.xact_start, 'YYYY-MM-DD HH24:MI:SS TZ')) END,"       \
    " coalesce(pg_backend_pid() = ANY (pg_blocking_pids(l.pid)), false)"                                               \
    " FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.granted AND l.pid IS DISTINCT FROM"        \
    " pg_backend_pid() AND "
#define LOCKS_TABLE(modes)                                                                                             \
    "l.locktype = 'relation' AND l.relation = ('linkgress.' || $1)::regclass AND l.mode IN (" modes ")"                \
    " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"                               \
    " ORDER BY a.xact_start, l.pid LIMIT 1"

Holder to_holder(const pg::Rows &rows)
{
    return rows.empty() ? Holder() : Holder{rows.text(0, 0), rows.boolean(0, 1)};
}

Holder find_holder_of_table(const std::string &table)
{
    static Query query(
        HOLDER LOCKS_TABLE("'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'"),
        {Type::text});
    pg::OwnerScope owner;
    return to_holder(query.run({table}));
}

// By the transaction that the row's version names, if it has locked the row alone; or else the oldest one that has
// locked rows of that table.
Holder find_holder_of_row(const OwnRow &row)
{
    static Query by_name(HOLDER "l.locktype = 'transactionid' AND l.transactionid IN ("
                                " SELECT xmax FROM linkgress.migration WHERE $1 = 'migration' AND name = $2"
                                " UNION ALL SELECT xmax FROM linkgress.hook WHERE $1 = 'hook' AND name = $2"
                                " UNION ALL SELECT xmax FROM linkgress.model WHERE $1 = 'model' AND name = $2"
                                " UNION ALL SELECT xmax FROM linkgress.rename WHERE $1 = 'rename' AND id::text = $2"
                                " UNION ALL SELECT xmax FROM linkgress.journal WHERE $1 = 'journal' AND name = $2)",
                         {Type::text, Type::text});
    static Query by_table(HOLDER LOCKS_TABLE("'RowShareLock', 'RowExclusiveLock'"), {Type::text});
    pg::OwnerScope owner;
    pg::Rows rows = by_name.run({row.table, row.key});
    return rows.empty() ? to_holder(by_table.run({row.table})) : to_holder(rows);
}

std::string describe_limit()
{
    return fmt::format("linkgress.lock_timeout is \"{}\", lock_timeout \"{}\", linkgress.wait \"{}\".",
                       pg::show_guc("linkgress.lock_timeout"), pg::show_guc("lock_timeout"),
                       pg::show_guc("linkgress.wait"));
}

[[noreturn]] void give_up(const std::string &what, const std::string &holder, const std::string &why)
{
    throw OwnLockError(core::sqlstate::lock_not_available, fmt::format("could not lock {}, held by {}", what, holder),
                       why, "Try again when that transaction has ended; pg_terminate_backend(pid) ends it.");
}

void poll_until(const std::string &what, const std::function<bool()> &attempt,
                const std::function<Holder()> &find_holder)
{
    Clock::time_point start = Clock::now();
    std::optional<int> limit = engine::limit();
    bool told = false;
    for (int pause = first_pause; !attempt(); pause = std::min(pause * 2, longest_pause)) {
        pg::MemoryScope memory;
        Holder holder = find_holder();
        double waited = milliseconds_since(start);
        if (limit && waited >= *limit)
            give_up(what, holder.description, describe_limit());
        if (holder.waits_for_us)
            give_up(what, holder.description, "It waits for this session, so waiting for it would never end.");
        if (!told && waited >= usual_wait) {
            notice(fmt::format("waiting for the lock of {}, held by {}", what, holder.description));
            told = true;
        }
        pg::lock::pause(limit ? std::min(pause, static_cast<int>(*limit - waited) + 1) : pause);
    }
}

} // namespace

void hold_own_tables(Holding holding)
{
    for (const char *table : own_tables)
        poll_until(
            fmt::format("table linkgress.{}", table),
            [&] { return pg::lock::try_hold_table(table, holding == Holding::write); },
            [&] { return find_holder_of_table(table); });
}

void wait_for_row(const OwnRow &row, const std::function<bool()> &attempt)
{
    poll_until(row.description, attempt, [&] { return find_holder_of_row(row); });
}

namespace {

#define LOCKING(table, key)                                                                                            \
    {"SELECT FROM linkgress." table " WHERE " key " = $1 FOR UPDATE SKIP LOCKED", {Type::text}},                       \
    {                                                                                                                  \
        "SELECT FROM linkgress." table " WHERE " key " = $1",                                                          \
        {                                                                                                              \
            Type::text                                                                                                 \
        }                                                                                                              \
    }

struct RowQueries {
    Query lock;
    Query find;
};

RowQueries &queries_of(const std::string &table)
{
    static RowQueries migration{LOCKING("migration", "name")};
    static RowQueries hook{LOCKING("hook", "name")};
    static RowQueries model{LOCKING("model", "name")};
    static RowQueries rename{LOCKING("rename", "id::text")};
    if (table == "hook")
        return hook;
    if (table == "model")
        return model;
    return table == "rename" ? rename : migration;
}
#undef LOCKING

} // namespace

void lock_row(const OwnRow &row)
{
    RowQueries &queries = queries_of(row.table);
    wait_for_row(row, [&] {
        pg::OwnerScope owner;
        return !queries.lock.run({row.key}).empty() || queries.find.run({row.key}).empty();
    });
}

void naming_holders(const std::string &what, const std::function<void()> &work)
{
    std::optional<int> limit = engine::limit();
    if (!limit) {
        work();
        return;
    }
    pg::Subtransaction subtransaction;
    try {
        pg::SettingScope timeout("lock_timeout", std::to_string(std::max(*limit, 1)));
        pg::LockWatch watch;
        work();
        subtransaction.release();
    } catch (core::Error &error) {
        if (error.report().sqlstate != core::sqlstate::lock_not_available)
            throw;
        subtransaction.rollback();
        std::string awaited = pg::describe_awaited_lock();
        throw OwnLockError(core::sqlstate::lock_not_available, fmt::format("could not lock {}", what),
                           awaited.empty() ? describe_limit() : awaited,
                           "Try again when that transaction has ended; pg_terminate_backend(pid) ends it.");
    }
}

} // namespace linkgress::engine
