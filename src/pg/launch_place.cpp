#include "pg/launch_place.hpp"

#include "pg/compat.hpp"
#include "pg/lock.hpp"
#include "pg/postgres.hpp"

extern "C" {
#include "miscadmin.h"
#include "storage/lock.h"
}

namespace linkgress::pg::lock {

namespace {

constexpr std::uint16_t place_sub_id = 10; // behind those of facts

// As the lock of a run: out of reach of the functions for advisory locks.
LOCKTAG place_tag()
{
    LOCKTAG tag;
    SET_LOCKTAG_ADVISORY(tag, MyDatabaseId, class_id, object_id, place_sub_id);
    tag.locktag_lockmethodid = DEFAULT_LOCKMETHOD;
    return tag;
}

} // namespace

bool try_place()
{
    LOCKTAG tag = place_tag();
    return call([&]() noexcept { return LockAcquire(&tag, ExclusiveLock, true, true); }) != LOCKACQUIRE_NOT_AVAIL;
}

void release_place() noexcept
{
    LOCKTAG tag = place_tag();
    if (compat::lock_held_by_me(&tag, ExclusiveLock))
        LockRelease(&tag, ExclusiveLock, true);
}

} // namespace linkgress::pg::lock
