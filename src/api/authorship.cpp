#include "api/authorship.hpp"

#include "core/error_class.hpp"
#include "pg/report.hpp"
#include "pg/role.hpp"
#include "pg/subtransaction.hpp"

namespace linkgress::api {

namespace {

using pg::TriggerCall;

// A role that the row names as author or approver. Only one that the writer
// could act as is believed; a restore by a superuser keeps them all.
std::optional<pg::Oid> believed_role(const std::optional<std::string> &name)
{
    if (!name)
        return std::nullopt;
    std::optional<pg::Oid> role = pg::find_role(*name);
    if (!role) // restored where the role does not exist: kept as a name, worth nothing
        return pg::is_superuser() ? std::optional<pg::Oid>(0) : std::nullopt;
    return pg::can_act_as(pg::current_role(), *role) ? role : std::nullopt;
}

// What an INSERT says itself.
std::optional<std::string> given(const TriggerCall &call, const char *column)
{
    return call.event() == TriggerCall::Event::insert ? call.new_text(column) : std::nullopt;
}

void set_approver(TriggerCall &call)
{
    std::optional<pg::Oid> approver = believed_role(given(call, "approved_by"));
    if (approver) {
        call.set_oid("approved_by_oid", *approver);
        return;
    }
    call.set_null("approved_at");
    call.set_null("approved_by");
    call.set_null("approved_by_oid");
}

} // namespace

bool is_restore(const TriggerCall &call)
{
    return pg::is_superuser() && given(call, "registered_by");
}

void take_author(TriggerCall &call)
{
    std::optional<std::string> name = given(call, "registered_by");
    std::optional<pg::Oid> author = believed_role(name);
    if (!author)
        call.set_now("registered_at");
    call.set_name("registered_by", author ? *name : pg::role_name(pg::current_role()).value_or(""));
    call.set_oid("registered_by_oid", author.value_or(pg::current_role()));
    if (author && call.is_null("registered_at"))
        call.set_now("registered_at");
}

void take_authorship(TriggerCall &call)
{
    take_author(call);
    set_approver(call);
}

void keep_authorship(TriggerCall &call)
{
    for (const char *column :
         {"registered_at", "registered_by", "registered_by_oid", "approved_at", "approved_by", "approved_by_oid"})
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
