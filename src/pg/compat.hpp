// What differs between the PostgreSQL versions that Linkgress runs on
// (15 to 18). The only place that looks at PG_VERSION_NUM.
#pragma once

#include "pg/postgres.hpp"

extern "C" {
#include "nodes/nodeFuncs.h"
#include "storage/lock.h"
#include "storage/proc.h"
#include "tcop/pquery.h"
#include "utils/acl.h"
#include "utils/guc_tables.h"
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

// The number of the transaction among those of this session; 0 outside of one.
inline std::uint32_t local_transaction_id()
{
#if PG_VERSION_NUM >= 170000
    return MyProc->vxid.lxid;
#else
    return MyProc->lxid;
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

// Can a value that was added to an enum be used in the transaction that has
// created the enum?
#if PG_VERSION_NUM >= 170000
inline constexpr bool new_enum_takes_values = true;
#else
inline constexpr bool new_enum_takes_values = false;
#endif

// Every setting there is, those without a definition too.
inline std::vector<config_generic *> all_settings()
{
#if PG_VERSION_NUM >= 160000
    int count = 0;
    config_generic **settings = get_guc_variables(&count);
#else
    config_generic **settings = get_guc_variables();
    int count = GetNumConfigOptions();
#endif
    return {settings, settings + count};
}

// expression_tree_walker(), which has had no prototype for the walker.
inline bool walk_expression(Node *node, bool (*walker)(Node *, void *), void *context)
{
#if PG_VERSION_NUM >= 160000
    return expression_tree_walker(node, walker, context);
#else
    return expression_tree_walker(node, reinterpret_cast<bool (*)()>(reinterpret_cast<void (*)()>(walker)), context);
#endif
}

// Runs a portal to its end, as a client's would be.
inline void run_portal_at_top_level(Portal portal, DestReceiver *receiver, QueryCompletion *completion)
{
#if PG_VERSION_NUM >= 180000
    PortalRun(portal, FETCH_ALL, true, receiver, receiver, completion);
#else
    PortalRun(portal, FETCH_ALL, true, true, receiver, receiver, completion);
#endif
}

// Called with a relation that a query is about to write; raises an error by
// itself when it must not.
using WriteCheck = void (*)(Oid relation);

// From now on every query's relations are checked. Called once.
void install_write_check(WriteCheck check);

} // namespace linkgress::pg::compat
