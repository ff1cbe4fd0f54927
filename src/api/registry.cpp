#include "engine/registry.hpp"
#include "core/naming.hpp"
#include "core/sqlstate.hpp"
#include "engine/body.hpp"
#include "pg/entry.hpp"
#include "pg/report.hpp"
#include "pg/subtransaction.hpp"
#include "pg/trigger.hpp"

using namespace linkgress;
using pg::TriggerCall;

namespace {

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

void set_author(TriggerCall &call, bool is_insert)
{
    std::optional<std::string> given = is_insert ? call.new_text("registered_by") : std::nullopt;
    std::optional<pg::Oid> author = believed_role(given);
    if (!author)
        call.set_now("registered_at");
    call.set_name("registered_by", author ? *given : pg::role_name(pg::current_role()).value_or(""));
    call.set_oid("registered_by_oid", author.value_or(pg::current_role()));
    if (author && call.is_null("registered_at"))
        call.set_now("registered_at");
}

void set_approver(TriggerCall &call, bool is_insert)
{
    std::optional<pg::Oid> approver = believed_role(is_insert ? call.new_text("approved_by") : std::nullopt);
    if (approver) {
        call.set_oid("approved_by_oid", *approver);
        return;
    }
    call.set_null("approved_at");
    call.set_null("approved_by");
    call.set_null("approved_by_oid");
}

void check_text(TriggerCall &call, core::Direction direction)
{
    core::Location location;
    location.migration = call.new_text("name").value_or("");
    location.direction = direction;
    if (std::optional<std::string> body = call.new_text(core::to_string(direction)))
        engine::check_body(location, std::move(*body));
}

// A restore must not fail, or it would lose the whole registry: an applied text
// may have been fine for the server version that it comes from.
void check_restored_text(TriggerCall &call, core::Direction direction)
{
    pg::Subtransaction subtransaction;
    try {
        check_text(call, direction);
        subtransaction.release();
    } catch (const core::Error &error) {
        if (engine::is_interrupt(error))
            throw;
        subtransaction.rollback();
        pg::report(pg::Level::warning, error.report().message, error.report().detail, error.report().hint);
    }
}

void check_required(const TriggerCall &call)
{
    std::optional<std::string> name = call.new_text("name");
    engine::check_name(name.value_or(""));
    if (call.is_null("up"))
        throw core::Error(core::sqlstate::not_null_violation, fmt::format("migration \"{}\" has no up body", *name), {},
                          "An empty text is possible: a migration that does nothing.");
}

// What is always run again is repeatable.
void complete_kind(TriggerCall &call)
{
    if (call.new_boolean("always") && !call.new_boolean("repeatable"))
        call.set_boolean("repeatable", true);
}

void on_insert(TriggerCall &call)
{
    check_required(call);
    complete_kind(call);
    bool is_restore = pg::is_superuser() && !call.is_null("registered_by");
    auto check = is_restore ? check_restored_text : check_text;
    check(call, core::Direction::up);
    check(call, core::Direction::down);
    set_author(call, true);
    set_approver(call, true);
    engine::warn_about_name(*call.new_text("name"));
}

// What must stay as it is while the migration is applied.
void check_applied(const TriggerCall &call)
{
    std::string name = *call.old_text("name");
    std::optional<std::string> applied = engine::applied_checksum(name);
    if (!applied)
        return;
    if (call.is_changed("name"))
        engine::refuse_change(name, "the name");
    if (call.is_changed("repeatable"))
        engine::refuse_change(name, "the kind");
    if (call.is_changed("up") && !call.old_boolean("repeatable") && engine::checksum(*call.new_text("up")) != *applied)
        engine::refuse_change(name, "the text");
}

void on_update(TriggerCall &call)
{
    check_required(call);
    complete_kind(call);
    check_applied(call);
    bool is_up_changed = call.is_changed("up");
    bool is_down_changed = call.is_changed("down");
    if (is_up_changed)
        check_text(call, core::Direction::up);
    if (is_down_changed)
        check_text(call, core::Direction::down);
    bool is_elsewhere = call.is_changed("name") || call.is_changed("repeatable") || call.is_changed("always");
    if (is_up_changed || is_down_changed || is_elsewhere) {
        set_author(call, false);
        set_approver(call, false);
    } else {
        for (const char *column :
             {"registered_at", "registered_by", "registered_by_oid", "approved_at", "approved_by", "approved_by_oid"})
            call.keep_old(column);
    }
    if (call.is_changed("name"))
        engine::warn_about_name(*call.new_text("name"));
}

void on_delete(const TriggerCall &call)
{
    std::string name = *call.old_text("name");
    if (engine::is_applied(name))
        engine::refuse_delete(name);
}

void on_truncate()
{
    if (engine::is_any_applied())
        throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                          "cannot truncate the registry while migrations are applied", {},
                          "Delete those that are pending, or revert all first with linkgress.reset().");
}

void check_row(TriggerCall &call)
{
    switch (call.event()) {
    case TriggerCall::Event::insert:
        return on_insert(call);
    case TriggerCall::Event::update:
        return on_update(call);
    case TriggerCall::Event::remove:
        return on_delete(call);
    case TriggerCall::Event::truncate:
        return on_truncate();
    }
}

} // namespace

LINKGRESS_FUNCTION(linkgress_migration_trigger)
{
    TriggerCall call(call_info);
    pg::SpiSession spi;
    engine::refuse_inside_migration("write the registry");
    if (!engine::RegistryWrite::active())
        check_row(call);
    return call.result();
}

LINKGRESS_FUNCTION(linkgress_checksum)
{
    pg::Arguments arguments(call_info);
    return pg::text_result(engine::checksum(arguments.text_view(0)));
}

LINKGRESS_FUNCTION(linkgress_folded_name)
{
    pg::Arguments arguments(call_info);
    return pg::text_result(core::folded_name(*arguments.text(0)));
}

LINKGRESS_FUNCTION(linkgress_register)
{
    pg::SpiSession spi;
    pg::Arguments arguments(call_info);
    engine::Registration registration;
    registration.name = arguments.text(0).value_or("");
    if (!arguments.is_null(1))
        registration.up = arguments.text_view(1);
    registration.down = arguments.text(2);
    registration.description = arguments.text(3);
    registration.breaking = arguments.boolean(4).value_or(false);
    registration.estimated_duration = arguments.interval(5);
    registration.repeatable = arguments.boolean(6).value_or(false);
    registration.always = arguments.boolean(7).value_or(false);
    registration.tags = arguments.text_array(8);
    return pg::text_result(engine::register_migration(registration));
}
