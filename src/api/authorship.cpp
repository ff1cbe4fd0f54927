#include "api/authorship.hpp"

#include "core/error_class.hpp"
#include "pg/report.hpp"
#include "pg/role.hpp"
#include "pg/subtransaction.hpp"

#include <algorithm>

namespace linkgress::api {

namespace {

using pg::RoleValue;
using pg::TriggerCall;

bool is_insert(const TriggerCall &call)
{
    return call.event() == TriggerCall::Event::insert;
}

// May the writer of the row name this role as its author or approver? Only who could act as that role; a restore keeps
// them all, those too who are nobody here.
bool is_believed(const RoleValue &role)
{
    return pg::is_superuser() || (role.role != 0 && pg::can_act_as(pg::current_role(), role.role));
}

// As an INSERT names it: by its value, or else by its name alone.
std::optional<RoleValue> given_role(const TriggerCall &call, const char *value, const char *name)
{
    if (!is_insert(call))
        return std::nullopt;
    if (std::optional<RoleValue> role = call.new_role(value))
        return role;
    std::optional<std::string> text = call.new_text(name);
    return text ? std::optional<RoleValue>(pg::role_value(*text)) : std::nullopt;
}

std::vector<RoleValue> given_approvers(const TriggerCall &call)
{
    if (!is_insert(call))
        return {};
    std::vector<RoleValue> roles = call.new_roles("approvers");
    if (std::optional<std::string> name = call.new_text("approved_by"); name && roles.empty())
        roles.push_back(pg::role_value(*name));
    return roles;
}

void set_approvers(TriggerCall &call)
{
    std::vector<RoleValue> approvers = given_approvers(call);
    std::erase_if(approvers, [](const RoleValue &role) { return !is_believed(role); });
    if (approvers.empty()) {
        for (const char *column : {"approved_at", "approved_by", "approvers"})
            call.set_null(column);
        return;
    }
    call.set_roles("approvers", approvers);
    call.set_name("approved_by", pg::last_name(approvers.back()));
    if (!is_restore(call) || call.is_null("approved_at"))
        call.set_now("approved_at");
}

} // namespace

bool is_restore(const TriggerCall &call)
{
    return is_insert(call) && pg::is_superuser() && !(call.is_null("author") && call.is_null("registered_by"));
}

void take_author(TriggerCall &call)
{
    if (!is_restore(call) || call.is_null("registered_at"))
        call.set_now("registered_at");
    std::optional<RoleValue> author = given_role(call, "author", "registered_by");
    if (!author || !is_believed(*author))
        author = pg::role_value(pg::current_role());
    call.set_role("author", *author);
    call.set_name("registered_by", pg::last_name(*author));
}

void take_authorship(TriggerCall &call)
{
    set_approvers(call); // first: it asks whether there was an author
    take_author(call);
}

void settle_authorship(TriggerCall &call, std::initializer_list<const char *> columns)
{
    bool is_changed =
        std::any_of(columns.begin(), columns.end(), [&](const char *column) { return call.is_changed(column); });
    if (is_changed) {
        take_authorship(call);
        return;
    }
    for (const char *column : {"registered_at", "registered_by", "author", "approved_at", "approved_by", "approvers"})
        call.keep_old(column);
}

void warn_only(const std::function<void()> &check)
{
    pg::Subtransaction subtransaction;
    try {
        check();
        subtransaction.release();
    } catch (const core::Error &error) {
        if (!core::is_of_statement(error.report()))
            throw;
        subtransaction.rollback();
        pg::report(pg::Level::warning, error.report().message, error.report().detail, error.report().hint);
    }
}

} // namespace linkgress::api
