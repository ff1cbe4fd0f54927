#include "engine/body.hpp"

#include "core/progress.hpp"
#include "core/sqlstate.hpp"
#include "pg/guc.hpp"
#include "pg/lock.hpp"
#include "pg/lock_watch.hpp"
#include "pg/parser.hpp"
#include "pg/report.hpp"
#include "pg/text.hpp"
#include "pg/timeout.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

constexpr std::size_t message_limit = 500; // some messages quote a literal of any size
// The server's own says "statement timeout".
constexpr std::string_view own_timeout = "canceling statement due to linkgress.statement_timeout";
constexpr std::string_view body_timeout = "canceling statement due to statement_timeout";
constexpr std::string_view set_by_statement = "statement_timeout";

// What the server's hint leaves open where migrations are concerned.
const char *additional_hint(const core::ErrorReport &report, const core::Location &location)
{
    if (report.sqlstate == core::sqlstate::out_of_memory &&
        report.hint.find("max_locks_per_transaction") != std::string::npos)
        return "A transaction over many migrations holds all their locks. CALL linkgress.up() and CALL linkgress.down()"
               " use one transaction per migration.";
    if (!location.hook.empty())
        return nullptr;
    if (report.sqlstate == core::sqlstate::unsafe_new_enum_value_usage)
        return "Register it with transactional => false: then each of its statements commits by itself. With CALL"
               " linkgress.up() the value can also be used by a migration after the one that adds it.";
    if (report.sqlstate == core::sqlstate::active_sql_transaction ||
        report.sqlstate == core::sqlstate::invalid_transaction_termination)
        return "Register the migration with transactional => false (or down_transactional => false): then each of its"
               " statements is run and committed by itself.";
    return nullptr;
}

bool is_position_in(const core::ErrorReport &report, const std::string &statement)
{
    return report.internal_position > 0 && report.internal_query == statement;
}

// Completes the report of an error that `statement` raised.
void locate_in_statement(core::ErrorReport &report, core::Location &location, const pg::Script &script,
                         const pg::Statement &statement)
{
    std::size_t offset = statement.offset;
    int position = is_position_in(report, statement.text) ? report.internal_position : 0;
    if (position > 0)
        offset += pg::offset_of_character(statement.text, position);
    if (position > 0 || report.internal_query.empty()) {
        pg::Excerpt excerpt = pg::excerpt(statement.text, position);
        report.internal_query = excerpt.text;
        report.internal_position = excerpt.position;
    }
    pg::Place place = script.place(offset);
    location.statement = statement.number;
    location.line = place.line;
    location.column = place.column;
    report.message = pg::clip(report.message, message_limit);
    if (const char *hint = additional_hint(report, location))
        core::add_hint(report, hint);
    core::add_location(report, location);
}

// Completes the report of an error in the text itself. It was checked at
// registration, but the trigger may have been disabled.
void locate_in_script(core::ErrorReport &report, core::Location &location, const pg::Script &script)
{
    pg::Place place = script.place(script.statement_offset());
    location.statement = script.statements() + 1;
    location.line = place.line;
    location.column = place.column;
    report.position = 0;
    report.message = pg::clip(report.message, message_limit);
    core::add_location(report, location);
}

void explain_timeout(core::ErrorReport &report, const TimeLimit &limit)
{
    if (!pg::StatementTimer::expired() || report.sqlstate != core::sqlstate::query_canceled)
        return;
    report.message = limit.source == set_by_statement ? body_timeout : own_timeout;
    report.detail =
        fmt::format("The limit is {}, set by {}.", core::format_duration(limit.milliseconds.value_or(0)), limit.source);
}

// A deferred constraint may fail here, for no statement in particular.
void close_scope(pg::BodyScope &scope, const core::Location &location)
{
    try {
        scope.close();
    } catch (core::Error &error) {
        core::add_location(error.report(), location);
        throw;
    }
}

} // namespace

BodyReader::BodyReader(core::Location &location, std::string text) : location_(location), script_(std::move(text)) {}

std::optional<pg::Statement> BodyReader::next()
{
    for (;;) {
        std::optional<pg::Statement> statement = ahead_ ? std::exchange(ahead_, std::nullopt) : read();
        if (!statement || !is_left_out(*statement))
            return statement;
    }
}

std::optional<pg::Statement> BodyReader::read()
{
    try {
        return script_.next();
    } catch (core::Error &error) {
        locate_in_script(error.report(), location_, script_);
        throw;
    }
}

// A COMMIT that is not the last statement is the server's to refuse.
bool BodyReader::is_left_out(const pg::Statement &statement)
{
    if (!statement.is_transaction_command)
        return false;
    pg::ParsedStatement parsed = pg::parse_statement(statement.text);
    if (statement.number == 1 && parsed.begins_transaction)
        return is_wrapped_ = true;
    if (is_wrapped_ && parsed.ends_transaction)
        ahead_ = read();
    return is_wrapped_ && parsed.ends_transaction && !ahead_;
}

void BodyReader::locate(const pg::Statement &statement)
{
    pg::Place place = script_.place(statement.offset);
    location_.statement = statement.number;
    location_.line = place.line;
    location_.column = place.column;
}

void run_within(const TimeLimit &limit, const std::function<void()> &execute)
{
    try {
        {
            pg::LockWatch watch;
            std::optional<pg::SessionTimerPause> pause;
            if (limit.milliseconds)
                pause.emplace();
            pg::StatementTimer timer(limit.milliseconds.value_or(0));
            execute();
        }
        pg::check_for_interrupts(); // a timer that went off at the last moment counts for this statement
    } catch (core::Error &error) {
        explain_timeout(error.report(), limit);
        throw;
    }
}

void BodyReader::run(const pg::Statement &statement, const TimeLimit &limit, const std::function<void()> &execute)
{
    if (pg::settings::verbosity() == pg::Verbosity::verbose)
        pg::report(pg::Level::info, fmt::format("{} line {}: {}",
                                                location_.hook.empty() ? location_.migration : "hook " + location_.hook,
                                                statement.line, pg::clip(statement.text, 200)));
    try {
        run_within(limit, execute);
    } catch (core::Error &error) {
        locate_in_statement(error.report(), location_, script_, statement);
        throw;
    }
}

TimeLimit time_limit()
{
    if (int limit = pg::settings::statement_timeout(); limit > 0)
        return {limit, "linkgress.statement_timeout"};
    return {};
}

TimeLimit time_limit(const Body &body, int session)
{
    if (body.statement_timeout)
        return {body.statement_timeout, "the column statement_timeout of the registry"};
    if (TimeLimit limit = time_limit(); limit.milliseconds)
        return limit;
    if (int limit = pg::session_statement_timeout(); limit != session)
        return {limit, set_by_statement.data()};
    return {};
}

std::vector<std::string> describe(const std::vector<pg::DroppedTable> &tables)
{
    std::vector<std::string> texts;
    for (const pg::DroppedTable &table : tables)
        texts.push_back(fmt::format("{} ({}{:.0f} rows)", table.name, table.is_estimate ? "about " : "", table.rows));
    return texts;
}

bool is_interrupt(const core::Error &error)
{
    auto *server_error = dynamic_cast<const pg::PgError *>(&error);
    return server_error != nullptr && server_error->is_interrupt() &&
           error.report().message.find(own_timeout) == std::string::npos &&
           error.report().message.find(body_timeout) == std::string::npos;
}

void check_may_run_body(const core::Location &location, const Body &body)
{
    if (!body.text)
        throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                          fmt::format("migration \"{}\" cannot be reverted", location.migration),
                          "Its down body was taken away meanwhile.", "Try again.");
    check_trust(TextKind::migration, location.migration, body.voucher);
}

void refuse_changed(const std::string &migration)
{
    throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                      fmt::format("migration \"{}\" was changed meanwhile", migration),
                      "Whether it can run in one transaction is not as it was when the run began.", "Call again.");
}

BodyResult run_body(core::Location &location, Body body, const BodySettings &settings)
{
    const int session_timeout = pg::session_statement_timeout();
    pg::BodyScope scope(role_change(body.voucher), body.notes_created);
    pg::set_guc_in_level("standard_conforming_strings", "on"); // as when it was registered
    if (pg::settings::lock_timeout() > 0)
        pg::set_guc_in_level("lock_timeout", std::to_string(pg::settings::lock_timeout()));
    for (const auto &[name, value] : settings)
        pg::set_guc_in_level(name, value);
    std::optional<pg::lock::Mark> mark;
    if (location.hook.empty()) // the statements of a hook are none of the migration's
        mark.emplace(pg::lock::Fact::statement, 0, pg::lock::Span::transaction);
    BodyReader reader(location, std::move(*body.text));
    while (std::optional<pg::Statement> statement = reader.next()) {
        if (mark)
            mark->change(static_cast<std::uint32_t>(statement->number));
        reader.run(*statement, time_limit(body, session_timeout), [&] { scope.execute(statement->text); });
    }
    BodyResult result;
    result.statements = reader.statements();
    result.dropped_tables = describe(scope.dropped_tables());
    close_scope(scope, location);
    result.created = scope.created();
    return result;
}

} // namespace linkgress::engine
