#include "pg/role.hpp"

#include "core/sqlstate.hpp"
#include "pg/compat.hpp"
#include "pg/postgres.hpp"

extern "C" {
#include "access/htup_details.h"
#include "catalog/namespace.h"
#include "catalog/pg_authid.h"
#include "catalog/pg_class.h"
#include "utils/acl.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"
}

namespace linkgress::pg {

namespace {

// The owner of the journal is the owner of the extension: ALTER EXTENSION …
// OWNER does not exist, and the tables are created by one script.
::Oid owner_of_tables()
{
    ::Oid owner = call([]() noexcept {
        ::Oid relation = get_relname_relid("journal", get_namespace_oid("linkgress", true));
        HeapTuple tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(relation));
        if (!HeapTupleIsValid(tuple))
            return InvalidOid;
        ::Oid result = reinterpret_cast<Form_pg_class>(GETSTRUCT(tuple))->relowner;
        ReleaseSysCache(tuple);
        return result;
    });
    if (owner == InvalidOid)
        throw core::Error(core::sqlstate::undefined_object, "extension \"linkgress\" is not installed in this database",
                          {}, "Run CREATE EXTENSION linkgress.");
    return owner;
}

} // namespace

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
    return superuser();
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

OwnerScope::OwnerScope() : role_(owner_of_tables()) {}

void use_indexes(const OwnerScope &)
{
    set_guc_in_level("enable_seqscan", "off");
}

} // namespace linkgress::pg
