// What differs between the PostgreSQL versions that Linkgress runs on
// (15 to 18). The only place that looks at PG_VERSION_NUM.
#pragma once

#include "pg/postgres.hpp"

extern "C" {
#include "storage/lock.h"
#include "utils/acl.h"
}

namespace linkgress::pg::compat {

// May `member` become `role` with SET ROLE? Always for superusers.
inline bool can_set_role(Oid member, Oid role)
{
#if PG_VERSION_NUM >= 160000
    return member_can_set_role(member, role);
#else
    return is_member_of_role(member, role);
#endif
}

inline bool lock_held_by_me(const LOCKTAG *tag, LOCKMODE mode)
{
#if PG_VERSION_NUM >= 170000
    return LockHeldByMe(tag, mode, false);
#else
    return LockHeldByMe(tag, mode);
#endif
}

// Called with a relation that a query is about to write; raises an error by
// itself when it must not.
using WriteCheck = void (*)(Oid relation);

// From now on every query's relations are checked. Called once.
void install_write_check(WriteCheck check);

} // namespace linkgress::pg::compat
