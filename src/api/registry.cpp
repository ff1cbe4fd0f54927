#include "engine/registry.hpp"

#include "api/authorship.hpp"
#include "core/error_class.hpp"
#include "core/naming.hpp"
#include "core/sqlstate.hpp"
#include "core/text.hpp"
#include "engine/body.hpp"
#include "engine/notice.hpp"
#include "engine/partial.hpp"
#include "pg/entry.hpp"
#include "pg/guc.hpp"
#include "pg/lock.hpp"
#include "pg/report.hpp"
#include "pg/subtransaction.hpp"
#include "pg/transaction.hpp"
#include "pg/trigger.hpp"

using namespace linkgress;
using pg::TriggerCall;

namespace {

core::Location location_of(const TriggerCall &call, core::Direction direction)
{
    core::Location location;
    location.migration = call.new_text("name").value_or("");
    location.direction = direction;
    return location;
}

engine::BodyTraits check_text(const TriggerCall &call, core::Direction direction)
{
    core::Location location = location_of(call, direction);
    if (std::optional<std::string> body = call.new_text(core::to_string(direction)))
        return engine::check_body(location, std::move(*body));
    return {};
}

bool is_syntax_error(const core::ErrorReport &report)
{
    return core::is_of_statement(report) && (report.sqlstate.starts_with("42") || report.sqlstate.starts_with("22"));
}

// Nothing for a down body that the server's parser does not take: that is no reason to keep a good up out.
std::optional<engine::BodyTraits> check_down(const TriggerCall &call)
{
    pg::Subtransaction subtransaction;
    try {
        engine::BodyTraits traits = check_text(call, core::Direction::down);
        subtransaction.release();
        return traits;
    } catch (const core::Error &error) {
        if (!is_syntax_error(error.report()))
            throw;
        subtransaction.rollback();
        pg::report(pg::Level::warning, error.report().message,
                   "The migration is registered, but cannot be reverted before its down body is mended.",
                   error.report().hint);
        return std::nullopt;
    }
}

// An applied text may have been fine for the server version that it comes from.
engine::BodyTraits check_restored_text(const TriggerCall &call, core::Direction direction)
{
    engine::BodyTraits traits;
    api::warn_only([&] { traits = check_text(call, direction); });
    return traits;
}

const char *flag_of(core::Direction direction)
{
    return direction == core::Direction::up ? "transactional" : "down_transactional";
}

std::string describe_body(const TriggerCall &call, core::Direction direction)
{
    return fmt::format("{}migration \"{}\"", direction == core::Direction::down ? "the down body of " : "",
                       call.new_text("name").value_or(""));
}

// What was found becomes known to the author: such a migration is not atomic.
void find_flag(TriggerCall &call, core::Direction direction, const engine::BodyTraits &traits, bool tell)
{
    bool is_known = call.event() == TriggerCall::Event::update && !call.old_is_null(flag_of(direction)) &&
                    !call.old_boolean(flag_of(direction));
    call.set_boolean(flag_of(direction), traits.runs_in_transaction());
    if (tell && !is_known && !traits.runs_in_transaction() && pg::settings::verbosity() != pg::Verbosity::quiet)
        pg::report(pg::Level::notice, describe_body(call, direction) + " cannot run in one transaction",
                   traits.describe() + ". Each of its statements commits by itself.",
                   fmt::format("CALL linkgress.{}() runs it.", direction == core::Direction::up ? "up" : "down"));
}

// Only what the server itself refuses is an error: a literal may be no enum value.
void check_flag(const TriggerCall &call, core::Direction direction, const engine::BodyTraits &traits)
{
    if (call.new_boolean(flag_of(direction)) && !traits.refused.empty())
        throw core::Error(core::sqlstate::active_sql_transaction,
                          describe_body(call, direction) + " cannot run in a transaction", traits.describe() + ".",
                          fmt::format("Leave {} NULL or false.", flag_of(direction)));
}

// The text asks for one transaction: to run it in several would be another migration.
void check_wrapper(const TriggerCall &call, core::Direction direction, const engine::BodyTraits &traits)
{
    if (traits.wrapper.empty() || call.is_null(flag_of(direction)) || call.new_boolean(flag_of(direction)))
        return;
    throw core::Error(core::sqlstate::active_sql_transaction,
                      describe_body(call, direction) + " cannot run in the transaction that its text asks for",
                      traits.runs_in_transaction() ? fmt::format("{} is false.", flag_of(direction))
                                                   : traits.describe() + ".",
                      fmt::format("Leave out {}: then each of its statements commits by itself.", traits.wrapper));
}

// Once for all that is registered in one transaction
void tell_wrapper(const TriggerCall &call, core::Direction direction, const engine::BodyTraits &traits)
{
    static std::int64_t told = 0;
    if (traits.wrapper.empty() || told == pg::transaction_start())
        return;
    told = pg::transaction_start();
    engine::notice(
        fmt::format("BEGIN and COMMIT around {} are left out", describe_body(call, direction)),
        "Linkgress begins and ends the transaction, together with the journal's. Others that are registered in"
        " this transaction may have them, too.");
}

// Was it false although the old text could run in a transaction?
bool was_chosen(const TriggerCall &call, core::Direction direction)
{
    std::optional<std::string> old = call.old_text(core::to_string(direction));
    if (!old || call.old_is_null(flag_of(direction)) || call.old_boolean(flag_of(direction)))
        return false;
    core::Location location = location_of(call, direction);
    return engine::check_body(location, std::move(*old)).runs_in_transaction();
}

void complete_flag(TriggerCall &call, core::Direction direction, const engine::BodyTraits &traits)
{
    bool is_wrapped = !traits.wrapper.empty();
    if (call.is_null(core::to_string(direction)))
        call.set_null(flag_of(direction));
    else if (call.is_null(flag_of(direction)))
        find_flag(call, direction, traits, !is_wrapped);
    else if (call.event() == TriggerCall::Event::update && !call.is_changed(flag_of(direction)) &&
             !was_chosen(call, direction))
        find_flag(call, direction, traits, !is_wrapped);
    else
        check_flag(call, direction, traits);
    check_wrapper(call, direction, traits);
    tell_wrapper(call, direction, traits);
}

// Checks a text and completes its flag. A down body that does not parse has none.
void complete_text(TriggerCall &call, core::Direction direction)
{
    if (direction == core::Direction::up)
        complete_flag(call, direction, check_text(call, direction));
    else if (std::optional<engine::BodyTraits> traits = check_down(call))
        complete_flag(call, direction, *traits);
    else
        call.set_null(flag_of(direction));
}

// A restored flag is kept, but for a text that this server would not run so.
void complete_restored_flag(TriggerCall &call, core::Direction direction, const engine::BodyTraits &traits)
{
    if (call.is_null(core::to_string(direction)))
        call.set_null(flag_of(direction));
    else if (call.is_null(flag_of(direction)) || !traits.refused.empty())
        find_flag(call, direction, traits, false);
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
    bool is_restore = api::is_restore(call);
    for (core::Direction direction : {core::Direction::up, core::Direction::down})
        if (is_restore)
            complete_restored_flag(call, direction, check_restored_text(call, direction));
        else
            complete_text(call, direction);
    api::take_authorship(call);
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

// A migration between two statements stays where it is. Its text may change: the
// statement that failed is to be mended.
void check_partial(const TriggerCall &call)
{
    std::string name = *call.old_text("name");
    bool is_removed = call.event() == TriggerCall::Event::remove;
    bool is_other = !is_removed && (call.is_changed("name") || call.is_changed("repeatable"));
    bool is_text = !is_removed && (call.is_changed("up") || call.is_changed("down"));
    if (!is_removed && !is_other && !is_text)
        return;
    // A transaction that runs it has its row locked, a worker has not.
    if (pg::lock::is_shown(pg::lock::Fact::migration, pg::lock::hash_of_name(name)))
        throw core::Error(
            core::sqlstate::object_in_use,
            fmt::format("cannot {} migration \"{}\", which is running", is_removed ? "delete" : "change", name), {},
            "SELECT * FROM linkgress.runs() shows by whom.");
    if (!is_removed && !is_other)
        return;
    std::optional<engine::Partial> partial = engine::read_partial(name);
    if (!partial)
        return;
    if (partial->done == 0) { // begun and failed at once: of no interest under another name
        engine::forget_partial(name);
        return;
    }
    throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                      fmt::format("cannot {} migration \"{}\", which is partly {}",
                                  is_removed ? "delete" : "change the name or kind of", name,
                                  partial->direction == core::Direction::up ? "applied" : "reverted"),
                      fmt::format("{} of its {} statements are done.", partial->done, partial->statements),
                      fmt::format("Finish it with CALL linkgress.{}(), or use linkgress.repair({}, 'forget').",
                                  partial->direction == core::Direction::up ? "up" : "down",
                                  core::quote_literal(name)));
}

// What was begun statement by statement goes on so, whatever its text says now; what failed at its first statement was
// not begun.
void settle_partial(TriggerCall &call, core::Direction direction)
{
    if (call.is_null(flag_of(direction)) || !call.new_boolean(flag_of(direction)))
        return;
    std::string name = *call.old_text("name");
    std::optional<engine::Partial> partial = engine::read_partial(name);
    if (!partial || partial->direction != direction)
        return;
    if (partial->done == 0) {
        engine::forget_partial(name);
        return;
    }
    call.set_boolean(flag_of(direction), false);
    engine::notice(fmt::format("{} does not run in one transaction", describe_body(call, direction)),
                   fmt::format("{} of its {} statements are done.", partial->done, partial->statements));
}

void on_update(TriggerCall &call)
{
    check_required(call);
    complete_kind(call);
    check_applied(call);
    check_partial(call);
    for (core::Direction direction : {core::Direction::up, core::Direction::down})
        if (call.is_changed(core::to_string(direction)) || call.is_changed(flag_of(direction))) {
            complete_text(call, direction);
            settle_partial(call, direction);
        }
    api::settle_authorship(call, {"name", "up", "down", "repeatable", "always", "transactional", "down_transactional",
                                  "statement_timeout"});
    if (call.is_changed("name"))
        engine::warn_about_name(*call.new_text("name"));
}

void on_delete(const TriggerCall &call)
{
    std::string name = *call.old_text("name");
    if (engine::is_applied(name))
        engine::refuse_delete(name);
    check_partial(call);
}

void on_truncate()
{
    if (engine::is_any_applied())
        throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                          "cannot truncate the registry while migrations are applied", {},
                          "Delete those that are pending, or revert all first with linkgress.reset().");
    if (!pg::lock::try_acquire(pg::lock::Span::transaction))
        throw core::Error(core::sqlstate::object_in_use, "cannot truncate the registry while a run is in progress", {},
                          "SELECT * FROM linkgress.runs() shows it.");
    engine::check_none_partial(core::Direction::up);
    engine::forget_attempts();
}

// Those are the extension's own.
void check_stage(TriggerCall &call)
{
    bool has_old = call.event() == TriggerCall::Event::update || call.event() == TriggerCall::Event::remove;
    if (has_old && call.old_boolean("stage"))
        throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                          fmt::format("\"{}\" is a stage of linkgress.sync_online()", *call.old_text("name")), {},
                          "CALL linkgress.sync_online() goes on with it, or makes an end of it.");
    if (call.event() == TriggerCall::Event::insert || call.event() == TriggerCall::Event::update)
        call.set_boolean("stage", false);
}

void check_row(TriggerCall &call)
{
    check_stage(call);
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

LINKGRESS_FUNCTION(linkgress_registration_digest)
{
    pg::Arguments arguments(call_info);
    std::vector<std::optional<std::string_view>> texts;
    for (int i = 0; i < 4; i++)
        texts.push_back(arguments.is_null(i) ? std::nullopt : std::optional(arguments.text_view(i)));
    std::vector<std::optional<std::string>> way = arguments.nullable_text_array(4);
    texts.insert(texts.end(), way.begin(), way.end());
    return pg::text_result(engine::digest(texts));
}

LINKGRESS_FUNCTION(linkgress_folded_name)
{
    pg::Arguments arguments(call_info);
    return pg::text_result(core::folded_name(arguments.text_view(0)));
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
    registration.transactional = arguments.boolean(9);
    registration.down_transactional = arguments.boolean(10);
    registration.statement_timeout = arguments.interval(11);
    return pg::text_result(engine::register_migration(registration));
}
