#include "pg/advisory_lock.hpp"

#include "pg/bridge.hpp"
#include "pg/postgres.hpp"

#include <algorithm>

extern "C" {
#include "storage/lock.h"
#include "storage/proc.h"
#include "utils/elog.h"
#include "utils/guc.h"
}

namespace linkgress::pg {

std::vector<AdvisoryLock> held_advisory_locks()
{
    // It reads shared memory, which no abort has to put right.
    const LockData *data = call_apart([]() noexcept { return GetLockStatusData(); });
    std::vector<AdvisoryLock> held;
    for (int i = 0; i < data->nelements; i++) {
        const LockInstanceData &lock = data->locks[i];
        if (lock.pid != MyProcPid || lock.locktag.locktag_lockmethodid != USER_LOCKMETHOD)
            continue;
        const LOCKTAG &tag = lock.locktag;
        for (int mode = 1; mode <= MaxLockMode; mode++)
            if ((lock.holdMask & LOCKBIT_ON(mode)) != 0)
                held.push_back({tag.locktag_field1, tag.locktag_field2, tag.locktag_field3, tag.locktag_field4, mode});
    }
    std::sort(held.begin(), held.end());
    return held;
}

void release_advisory_lock(const AdvisoryLock &lock) noexcept
{
    LOCKTAG tag;
    SET_LOCKTAG_ADVISORY(tag, lock.database, lock.key1, lock.key2, lock.key_form);
    // The only way to learn that the session does not hold it is a WARNING, which nobody is to see.
    int to_client = std::exchange(client_min_messages, ERROR);
    int to_log = std::exchange(log_min_messages, ERROR);
    while (LockRelease(&tag, lock.mode, true))
        ;
    client_min_messages = to_client;
    log_min_messages = to_log;
}

} // namespace linkgress::pg
