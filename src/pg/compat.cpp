#include "pg/compat.hpp"

extern "C" {
#include "executor/executor.h"
#include "nodes/parsenodes.h"
#include "nodes/pg_list.h"
}

namespace linkgress::pg::compat {

namespace {

constexpr AclMode writing = ACL_INSERT | ACL_UPDATE | ACL_DELETE;

WriteCheck write_check = nullptr;
ExecutorCheckPerms_hook_type next_check_perms = nullptr;

} // namespace

extern "C" {

#if PG_VERSION_NUM >= 160000

static bool linkgress_check_perms(List *range_table, List *permissions, bool raise)
{
    ListCell *cell;
    foreach (cell, permissions) {
        auto *permission = lfirst_node(RTEPermissionInfo, cell);
        if ((permission->requiredPerms & writing) != 0)
            write_check(permission->relid);
    }
    return next_check_perms == nullptr || next_check_perms(range_table, permissions, raise);
}

#else

static bool linkgress_check_perms(List *range_table, bool raise)
{
    ListCell *cell;
    foreach (cell, range_table) {
        auto *entry = lfirst_node(RangeTblEntry, cell);
        if (entry->rtekind == RTE_RELATION && (entry->requiredPerms & writing) != 0)
            write_check(entry->relid);
    }
    return next_check_perms == nullptr || next_check_perms(range_table, raise);
}

#endif

} // extern "C"

void install_write_check(WriteCheck check)
{
    write_check = check;
    next_check_perms = ExecutorCheckPerms_hook;
    ExecutorCheckPerms_hook = linkgress_check_perms;
}

} // namespace linkgress::pg::compat
