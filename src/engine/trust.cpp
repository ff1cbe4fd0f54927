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

std::string describe_role(pg::Oid role)
{
    std::optional<std::string> name = pg::role_name(role);
    return name ? fmt::format("role \"{}\"", *name) : "a role that does not exist (any more)";
}

// The arguments of the call that approves it.
std::string approval_of(TextKind kind, const std::string &name)
{
    std::string arguments = core::quote_literal(name);
    if (kind != TextKind::migration)
        arguments += fmt::format(", kind => '{}'", to_string(kind));
    return arguments;
}

} // namespace

const char *to_string(TextKind kind)
{
    switch (kind) {
    case TextKind::migration:
        return "migration";
    case TextKind::hook:
        return "hook";
    case TextKind::model:
        return "model";
    }
    return "";
}

std::optional<TextKind> parse_text_kind(const std::string &kind)
{
    for (TextKind known : {TextKind::migration, TextKind::hook, TextKind::model})
        if (kind == to_string(known))
            return known;
    return std::nullopt;
}

std::string describe(TextKind kind, const std::string &name)
{
    if (kind == TextKind::model)
        return fmt::format("part \"{}\" of the model", name);
    return fmt::format("{} \"{}\"", to_string(kind), name);
}

void check_trust(TextKind kind, const std::string &name, const Voucher &voucher)
{
    pg::Oid caller = pg::current_role();
    if (may_act_as(voucher, caller))
        return;
    throw core::Error(
        core::sqlstate::insufficient_privilege,
        fmt::format("{} must not run as {}", describe(kind, name), describe_role(caller)),
        fmt::format("It was registered by {}, which may not act as that role.", describe_role(voucher.author)),
        fmt::format("Read it, then approve its text with SELECT linkgress.approve({}).", approval_of(kind, name)));
}

pg::RoleChange role_change(const Voucher &voucher)
{
    // RESET ROLE leads to the session's role, RESET SESSION AUTHORIZATION to the
    // one that logged in.
    for (pg::Oid role : {pg::session_role(), pg::authenticated_role()})
        if (role != pg::current_role() && !may_act_as(voucher, role))
            return pg::RoleChange::never;
    return pg::RoleChange::by_statement;
}

bool is_trusted(const Voucher &voucher, pg::Oid role)
{
    return may_act_as(voucher, role);
}

} // namespace linkgress::engine
