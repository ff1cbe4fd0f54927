#include "pg/lock.hpp"

#include "pg/compat.hpp"
#include "pg/postgres.hpp"

extern "C" {
#include "common/hashfn.h"
#include "storage/latch.h"
#include "storage/lock.h"
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
    LOCKTAG lock = tag();
    if (compat::lock_held_by_me(&lock, ExclusiveLock))
        LockRelease(&lock, ExclusiveLock, true);
}

// The same hash as hashtext().
StepMark::StepMark(std::string_view migration)
    : hash_(hash_bytes(reinterpret_cast<const unsigned char *>(migration.data()), static_cast<int>(migration.size()))),
      exceptions_(std::uncaught_exceptions())
{
    LOCKTAG lock = tag(hash_, step_sub_id);
    call([&]() noexcept { (void)LockAcquire(&lock, ExclusiveLock, false, true); });
}

StepMark::~StepMark()
{
    // With an error on its way, the abort of the transaction does it.
    LOCKTAG lock = tag(hash_, step_sub_id);
    if (std::uncaught_exceptions() == exceptions_ && compat::lock_held_by_me(&lock, ExclusiveLock))
        LockRelease(&lock, ExclusiveLock, false);
}

void pause(int milliseconds)
{
    call([&]() noexcept {
        (void)WaitLatch(MyLatch, WL_LATCH_SET | WL_TIMEOUT | WL_EXIT_ON_PM_DEATH, milliseconds, PG_WAIT_EXTENSION);
        ResetLatch(MyLatch);
        CHECK_FOR_INTERRUPTS();
    });
}

} // namespace linkgress::pg::lock
