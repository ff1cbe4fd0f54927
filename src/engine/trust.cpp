#include "engine/trust.hpp"

#include "core/sqlstate.hpp"
#include "core/text.hpp"
#include "pg/report.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

bool may_act_as(const Voucher &voucher, pg::Oid role)
{
    return pg::can_act_as(voucher.author, role) ||
           std::any_of(voucher.approvers.begin(), voucher.approvers.end(),
                       [&](pg::Oid approver) { return pg::can_act_as(approver, role); });
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

std::string ways_on(TextKind kind, const std::string &name, bool can_be_skipped)
{
    std::string text =
        fmt::format("Read it, then approve it with SELECT linkgress.approve({}).", approval_of(kind, name));
    if (can_be_skipped)
        text += " Or leave it out with skip_untrusted => true.";
    else if (kind != TextKind::migration)
        text += fmt::format(" Or remove it with DELETE FROM linkgress.{} WHERE name = {}.", to_string(kind),
                            core::quote_literal(name));
    return text;
}

core::Error refusal(TextKind kind, const std::string &name, const Voucher &voucher, std::string hint)
{
    return core::Error(
        core::sqlstate::insufficient_privilege,
        fmt::format("{} must not run as {}", describe(kind, name), describe_role(pg::current_role())),
        fmt::format("It was registered by {}, which may not act as that role.", describe_role(voucher.author)),
        std::move(hint));
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

void check_trust(TextKind kind, const std::string &name, const Voucher &voucher, bool can_be_skipped)
{
    if (!is_trusted(voucher, pg::current_role()))
        throw refusal(kind, name, voucher, ways_on(kind, name, can_be_skipped));
}

bool is_to_run(TextKind kind, const std::string &name, const Voucher &voucher, Untrusted untrusted)
{
    if (untrusted == Untrusted::refuse)
        check_trust(kind, name, voucher, kind == TextKind::migration);
    if (is_trusted(voucher, pg::current_role()))
        return true;
    core::Error error = refusal(kind, name, voucher, ways_on(kind, name, false));
    pg::report(pg::Level::warning, fmt::format("left out: {}", error.report().message), error.report().detail,
               error.report().hint);
    return false;
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
