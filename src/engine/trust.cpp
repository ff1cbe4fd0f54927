#include "engine/trust.hpp"

#include "core/sqlstate.hpp"
#include "core/text.hpp"

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

bool may_act_as(const Voucher &voucher, pg::Oid role)
{
    return pg::can_act_as(voucher.author, role) || pg::can_act_as(voucher.approver, role);
}

std::string describe(pg::Oid role)
{
    std::optional<std::string> name = pg::role_name(role);
    return name ? fmt::format("role \"{}\"", *name) : "a role that does not exist (any more)";
}

} // namespace

void check_trust(const std::string &migration, const Voucher &voucher)
{
    pg::Oid caller = pg::current_role();
    if (may_act_as(voucher, caller))
        return;
    throw core::Error(core::sqlstate::insufficient_privilege,
                      fmt::format("migration \"{}\" must not run as {}", migration, describe(caller)),
                      fmt::format("It was registered by {}, which may not act as that role.", describe(voucher.author)),
                      fmt::format("Read it, then approve its text with SELECT linkgress.approve({}).",
                                  core::quote_literal(migration)));
}

bool may_change_role(const Voucher &voucher)
{
    // RESET ROLE leads to the session's role, RESET SESSION AUTHORIZATION to the
    // one that logged in.
    for (pg::Oid role : {pg::session_role(), pg::authenticated_role()})
        if (role != pg::current_role() && !may_act_as(voucher, role))
            return false;
    return true;
}

} // namespace linkgress::engine
