#include "pg/lock.hpp"

#include "pg/compat.hpp"
#include "pg/postgres.hpp"
#include "pg/rollback.hpp"

#include <chrono>

extern "C" {
#include "catalog/namespace.h"
#include "common/hashfn.h"
#include "storage/latch.h"
#include "storage/lmgr.h"
#include "storage/lock.h"
#include "utils/lsyscache.h"
#include "utils/wait_event.h"
}

namespace linkgress::pg::lock {

namespace {

LOCKTAG tag(std::uint32_t id = object_id, std::uint16_t sub_id = object_sub_id)
{
    LOCKTAG tag;
    SET_LOCKTAG_ADVISORY(tag, MyDatabaseId, class_id, id, sub_id);
    // pg_advisory_unlock_all() releases every lock of the user's method.
    tag.locktag_lockmethodid = DEFAULT_LOCKMETHOD;
    return tag;
}

// Shared: two runs of a session that is inside another one would show the same.
constexpr LOCKMODE mark_mode = ShareLock;

void show(Fact fact, std::uint32_t value, Span span)
{
    LOCKTAG lock = tag(value, static_cast<std::uint16_t>(fact));
    call([&]() noexcept { (void)LockAcquire(&lock, mark_mode, span == Span::session, true); });
}

void hide(Fact fact, std::uint32_t value, Span span)
{
    LOCKTAG lock = tag(value, static_cast<std::uint16_t>(fact));
    if (compat::lock_held_by_me(&lock, mark_mode))
        LockRelease(&lock, mark_mode, span == Span::session);
}

} // namespace

bool try_acquire(Span span)
{
    LOCKTAG lock = tag();
    LockAcquireResult result =
        call([&]() noexcept { return LockAcquire(&lock, ExclusiveLock, span == Span::session, true); });
    return result != LOCKACQUIRE_NOT_AVAIL;
}

void release_session() noexcept
{
    after_rollback([] {
        LOCKTAG lock = tag();
        if (compat::lock_held_by_me(&lock, ExclusiveLock))
            LockRelease(&lock, ExclusiveLock, true);
    });
}

bool try_hold_table(const char *table, bool for_writing)
{
    return call([&]() noexcept {
        ::Oid relation = get_relname_relid(table, get_namespace_oid("linkgress", true));
        return !OidIsValid(relation) ||
               ConditionalLockRelationOid(relation, for_writing ? RowExclusiveLock : AccessShareLock);
    });
}

bool is_shown(Fact fact, std::uint32_t value)
{
    LOCKTAG lock = tag(value, static_cast<std::uint16_t>(fact));
    return call([&]() noexcept {
        if (LockAcquire(&lock, ExclusiveLock, false, true) == LOCKACQUIRE_NOT_AVAIL)
            return true;
        LockRelease(&lock, ExclusiveLock, false);
        return false;
    });
}

Mark::Mark(Fact fact, std::uint32_t value, Span span) : fact_(fact), value_(value), span_(span)
{
    show(fact_, value_, span_);
}

Mark::~Mark()
{
    // The abort of a subtransaction does not let go of what is the session's.
    if (span_ == Span::session || !is_broken())
        after_rollback([fact = fact_, value = value_, span = span_] { hide(fact, value, span); });
}

void Mark::change(std::uint32_t value)
{
    hide(fact_, value_, span_);
    value_ = value;
    show(fact_, value_, span_);
}

void Mark::renew()
{
    change(value_);
}

std::uint32_t hash_of_name(std::string_view migration)
{
    return hash_bytes(reinterpret_cast<const unsigned char *>(migration.data()), static_cast<int>(migration.size()));
}

void pause(int milliseconds)
{
    using Clock = std::chrono::steady_clock;
    Clock::time_point end = Clock::now() + std::chrono::milliseconds(milliseconds);
    for (;;) {
        // Anything may set the latch, a timeout that has just gone off for one.
        auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
        call([&]() noexcept {
            ResetLatch(MyLatch);
            CHECK_FOR_INTERRUPTS();
            if (left > 0)
                (void)WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH, static_cast<long>(left),
                                PG_WAIT_EXTENSION);
        });
        if (left <= 0)
            return;
    }
}

} // namespace linkgress::pg::lock
