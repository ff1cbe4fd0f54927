#include "pg/role.hpp"

#include "pg/compat.hpp"
#include "pg/extension.hpp"
#include "pg/postgres.hpp"

extern "C" {
#include "catalog/pg_authid.h"
#include "utils/acl.h"
#include "utils/syscache.h"
}

namespace linkgress::pg {

Oid current_role()
{
    return GetUserId();
}

Oid session_role()
{
    return GetSessionUserId();
}

Oid authenticated_role()
{
    return GetAuthenticatedUserId();
}

bool is_superuser()
{
    return superuser() && !InLocalUserIdChange();
}

std::optional<std::string> role_name(Oid role)
{
    char *name = call([&]() noexcept { return GetUserNameFromId(role, true); });
    return name == nullptr ? std::nullopt : std::optional<std::string>(name);
}

std::optional<Oid> find_role(const std::string &name)
{
    ::Oid role = call([&]() noexcept { return get_role_oid(name.c_str(), true); });
    return role == InvalidOid ? std::nullopt : std::optional<Oid>(role);
}

bool can_act_as(Oid member, Oid role)
{
    return call([&]() noexcept {
        if (!SearchSysCacheExists1(AUTHOID, ObjectIdGetDatum(member)))
            return false;
        return compat::can_set_role(member, role);
    });
}

RoleScope::RoleScope(Oid role)
{
    ::Oid before;
    GetUserIdAndSecContext(&before, &security_context_);
    role_ = before;
    SetUserIdAndSecContext(role, security_context_ | SECURITY_LOCAL_USERID_CHANGE);
}

RoleScope::~RoleScope()
{
    SetUserIdAndSecContext(role_, security_context_);
}

OwnerScope::OwnerScope() : role_(own_tables_owner())
{
    // Compiling takes longer than it saves; and where there is no index, use_indexes() makes a plan look expensive.
    set_guc_in_level("jit", "off");
}

void use_indexes(const OwnerScope &)
{
    set_guc_in_level("enable_seqscan", "off");
}

} // namespace linkgress::pg
