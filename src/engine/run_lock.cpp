#include "engine/run_lock.hpp"

#include "core/sqlstate.hpp"
#include "engine/clock.hpp"
#include "engine/registry.hpp"
#include "pg/guc.hpp"
#include "pg/lock.hpp"
#include "pg/memory.hpp"
#include "pg/report.hpp"
#include "pg/role.hpp"
#include "pg/transaction.hpp"

#include <algorithm>
#include <chrono>
#include <functional>

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

namespace lock = pg::lock;

constexpr int first_pause = 10; // ms
constexpr int longest_pause = 200;

// Whoever holds the lock of a run.
struct Holder {
    std::string description; // "pid 123 (application "psql", since …)"
    bool waits_for_us = false;
};

// `keeps_snapshot`: our snapshot, which this query has too, stays when it is done.
std::optional<Holder> find_holder(bool keeps_snapshot)
{
    static pg::Query query(
        "SELECT CASE WHEN l.pid IS NULL THEN 'prepared transaction ' || quote_literal((SELECT p.gid FROM"
        " pg_prepared_xacts p WHERE '-1/' || p.transaction = l.virtualtransaction))"
        " ELSE 'pid ' || l.pid END || coalesce(' (role ' || quote_ident(a.usename) || ', application '"
        " || quote_literal(a.application_name) || ', since ' || to_char(a.xact_start, 'YYYY-MM-DD HH24:MI:SS TZ') || "
        "')',"
        " ''),"
        // Directly or by way of others, the run or its worker, which has a mark of it.
        " EXISTS (WITH RECURSIVE blocker(pid) AS (SELECT unnest(pg_blocking_pids(w.pid)) FROM pg_locks w"
        " WHERE w.locktype = 'advisory' AND w.classid = $1 AND w.database = l.database AND w.pid <> pg_backend_pid()"
        " AND ($4 OR NOT EXISTS (SELECT FROM pg_locks v WHERE v.pid = w.pid AND v.locktype = 'virtualxid' AND NOT "
        "v.granted))"
        " UNION SELECT unnest(pg_blocking_pids(b.pid)) FROM blocker b"
        " WHERE $4 OR NOT EXISTS (SELECT FROM pg_locks v WHERE v.pid = b.pid AND v.locktype = 'virtualxid' AND NOT "
        "v.granted)"
        ") SELECT FROM blocker WHERE pid = pg_backend_pid())"
        " FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid"
        " WHERE l.locktype = 'advisory' AND l.classid = $1 AND l.objid = $2 AND l.objsubid = $3 AND l.granted"
        " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) LIMIT 1",
        {pg::Type::oid, pg::Type::oid, pg::Type::integer, pg::Type::boolean});
    pg::OwnerScope owner;
    pg::Rows rows = query.run(
        {pg::Oid{lock::class_id}, pg::Oid{lock::object_id}, std::int32_t{lock::object_sub_id}, keeps_snapshot});
    if (rows.empty())
        return std::nullopt;
    return Holder{rows.text(0, 0), rows.boolean(0, 1)};
}

[[noreturn]] void give_up(const Holder &holder, const std::string &why, const std::string &hint)
{
    throw core::Error(core::sqlstate::lock_not_available,
                      fmt::format("another run is in progress: {}", holder.description), why, hint);
}

// The decisions of a waiting run, poll by poll.
class Waiting {
  public:
    explicit Waiting(lock::Span span) : keeps_snapshot_(span == lock::Span::transaction) {}

    // Looks at who has the lock; raises when there is no point in waiting on.
    void poll()
    {
        std::optional<Holder> holder = find_holder(keeps_snapshot_);
        if (!holder)
            return;
        if (limit_ && Clock::now() - start_ >= std::chrono::milliseconds(*limit_))
            give_up(*holder, fmt::format("The setting linkgress.wait is \"{}\".", pg::show_guc("linkgress.wait")),
                    "Try again when it has ended; linkgress.status() shows how far it is.");
        polls_in_its_way_ = holder->waits_for_us ? polls_in_its_way_ + 1 : 0;
        if (polls_in_its_way_ > (keeps_snapshot_ ? 0 : 2))
            give_up(*holder, "It waits for locks or a snapshot of this session, so waiting for it would never end.",
                    "Try again when it has ended, with CALL linkgress.up() or outside of a transaction block.");
        if (!told_ && pg::settings::verbosity() != pg::Verbosity::quiet)
            pg::report(pg::Level::notice, "waiting for another run: " + holder->description);
        told_ = true;
    }

    int next_pause()
    {
        pause_ = std::min(pause_ * 2, longest_pause);
        return pause_;
    }

  private:
    // A procedure lets go of its snapshot between two polls. The other run may have
    // come to wait for just that one, in the middle of a query that sees its locks.
    bool keeps_snapshot_;
    int polls_in_its_way_ = 0; // in a row
    Clock::time_point start_ = Clock::now();
    std::optional<int> limit_ = pg::settings::wait();
    int pause_ = first_pause / 2;
    bool told_ = false;
};

void wait_for_lock(lock::Span span, const std::function<void()> &between_polls)
{
    if (lock::try_acquire(span))
        return;
    Waiting waiting(span);
    while (!lock::try_acquire(span)) {
        {
            pg::MemoryScope memory;
            waiting.poll();
        }
        between_polls();
        lock::pause(waiting.next_pause());
    }
}

// In REPEATABLE READ and SERIALIZABLE the transaction does not see what a run
// has committed since it began.
void check_snapshot()
{
    static pg::Query query("SELECT max(id) FROM linkgress.history", {});
    if (!pg::snapshot_is_fixed())
        return;
    pg::OwnerScope owner;
    if (query.run().bigint(0, 0) != query.run_with_latest_snapshot().bigint(0, 0))
        throw core::Error(core::sqlstate::serialization_failure,
                          "could not serialize access due to another run since this transaction began", {},
                          "Try again in a new transaction.");
}

} // namespace

void check_may_run(const std::string &call)
{
    refuse_inside_migration("call " + call);
    if (pg::in_recovery())
        throw core::Error(core::sqlstate::read_only_sql_transaction,
                          fmt::format("cannot execute {} on a standby server", call), {},
                          "Run it on the primary; the standby follows.");
    if (pg::transaction_is_read_only())
        throw core::Error(core::sqlstate::read_only_sql_transaction,
                          fmt::format("cannot execute {} in a read-only transaction", call), {},
                          "Use BEGIN READ WRITE, or SET default_transaction_read_only = off.");
}

void begin_run(const std::string &call)
{
    check_may_run(call);
    lock_run();
}

void lock_run()
{
    wait_for_lock(lock::Span::transaction, [] {});
    check_snapshot();
}

RunLock::RunLock(pg::SpiSession &spi)
{
    wait_for_lock(lock::Span::session, [&] { spi.commit(); });
}

RunLock::~RunLock()
{
    lock::release_session();
}

bool RunLock::hold_in_transaction()
{
    return lock::try_acquire(lock::Span::transaction);
}

void RunLock::renew()
{
    (void)lock::try_acquire(lock::Span::session); // else hold_in_transaction() is going to say so
}

} // namespace linkgress::engine
