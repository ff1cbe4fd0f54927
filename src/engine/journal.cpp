#include "engine/journal.hpp"

#include "core/sqlstate.hpp"
#include "engine/registry.hpp"
#include "pg/spi.hpp"

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

using pg::Query;
using pg::Type;

int journal_writes = 0;

const char *to_string(Action action)
{
    switch (action) {
    case Action::apply:
        return "apply";
    case Action::revert:
        return "revert";
    case Action::baseline:
        return "baseline";
    case Action::repair:
        return "repair";
    case Action::approve:
        return "approve";
    case Action::sync:
        return "sync";
    case Action::ensure_created:
        return "ensure_created";
    case Action::ensure_deleted:
        return "ensure_deleted";
    case Action::approve_hook:
        return "approve_hook";
    case Action::approve_model:
        return "approve_model";
    case Action::hook:
        return "hook";
    }
    return "";
}

Action approval_of(TextKind kind)
{
    switch (kind) {
    case TextKind::migration:
        return Action::approve;
    case TextKind::hook:
        return Action::approve_hook;
    case TextKind::model:
        return Action::approve_model;
    }
    return Action::approve;
}

void record_event(std::int64_t run, Action action, const std::string &name, const std::string &by,
                  pg::Value milliseconds, pg::Value message)
{
    static Query query("INSERT INTO linkgress.history (run, name, action, by, duration, checksum, message)"
                       " VALUES ($1, $2, $3, $4::text::name, make_interval(secs => $5 / 1000),"
                       " (SELECT checksum FROM linkgress.migration WHERE name = $2"
                       " AND $3 NOT IN ('approve_hook', 'approve_model')), $6)",
                       {Type::bigint, Type::text, Type::text, Type::text, Type::real, Type::text});
    query.run({run, name, to_string(action), by, milliseconds, message});
}

// A journal that does not take a row (a rule or trigger of somebody's own)
// must not go unnoticed: the schema would part from it.
void check_written(const pg::Rows &rows, const std::string &migration)
{
    if (rows.size() != 1)
        throw core::Error(
            core::sqlstate::object_not_in_prerequisite_state,
            fmt::format("the journal did not take the row of migration \"{}\"", migration), {},
            "Look for rules and triggers on linkgress.journal that are not the extension's, and whether the"
            " registry has the migration and its text still.");
}

} // namespace

bool journal_write_active() noexcept
{
    return journal_writes > 0;
}

JournalWrite::JournalWrite()
{
    pg::use_indexes(owner_); // the plans outlive an empty table's statistics
    journal_writes++;
}

JournalWrite::~JournalWrite()
{
    journal_writes--;
}

namespace {

std::int64_t adopted_run = 0;

pg::Value value_or_null(const std::string &text)
{
    if (text.empty())
        return std::monostate{};
    return std::string_view(text);
}

} // namespace

RunRecord::RunRecord(std::string call, std::optional<std::string> target, pg::lock::Span span)
    : call_(std::move(call)), target_(std::move(target)), span_(span)
{}

RunRecord::~RunRecord() = default;

void RunRecord::adopt(std::int64_t number)
{
    adopted_run = number;
}

namespace {

// Its sequence is behind a table that got its rows without it.
void explain_sequence(core::ErrorReport &report)
{
    if (report.sqlstate == "23505" && report.constraint == "run_pkey")
        core::add_hint(report, "The sequence linkgress.run_id_seq is behind the table, as on a logical replica that was"
                               " promoted. Set it and those of linkgress.history and linkgress.journal: SELECT"
                               " setval('linkgress.run_id_seq', (SELECT max(id) FROM linkgress.run));");
}

} // namespace

void RunRecord::begin(std::optional<int> steps)
{
    static Query insert("INSERT INTO linkgress.run (call, target, steps, started_by)"
                        " VALUES ($1, $2, $3, $4::text::name) RETURNING id",
                        {Type::text, Type::text, Type::integer, Type::text});
    static Query update("UPDATE linkgress.run SET steps = $2 WHERE id = $1 RETURNING id",
                        {Type::bigint, Type::integer});
    std::string by = caller_name();
    pg::Value count = steps ? pg::Value(std::int32_t{*steps}) : pg::Value(std::monostate{});
    pg::Value target = target_ ? pg::Value(std::string_view(*target_)) : pg::Value(std::monostate{});
    try {
        JournalWrite write;
        pg::Rows rows = adopted_run != 0 ? update.run({adopted_run, count}) : insert.run({call_, target, count, by});
        number_ = rows.bigint(0, 0);
    } catch (pg::PgError &error) {
        explain_sequence(error.report());
        throw;
    }
    adopted_run = 0;
    mark_.emplace(pg::lock::Fact::run, static_cast<std::uint32_t>(number_), span_);
}

void RunRecord::end(const core::ErrorReport *report, int done)
{
    static Query query("UPDATE linkgress.run SET ended_at = clock_timestamp(), done = $2, sqlstate = $3, message = $4,"
                       " detail = $5, hint = $6 WHERE id = $1",
                       {Type::bigint, Type::integer, Type::text, Type::text, Type::text, Type::text});
    static const core::ErrorReport none;
    const core::ErrorReport &r = report != nullptr ? *report : none;
    JournalWrite write;
    query.run({number_, std::int32_t{done}, value_or_null(r.sqlstate), value_or_null(r.message),
               value_or_null(r.detail), value_or_null(r.hint)});
}

void RunRecord::renew_mark()
{
    if (mark_)
        mark_->renew();
}

bool RunRecord::is_ended()
{
    static Query query("SELECT ended_at IS NOT NULL FROM linkgress.run WHERE id = $1", {Type::bigint});
    pg::OwnerScope owner;
    pg::Rows rows = query.run({number_});
    return !rows.empty() && rows.boolean(0, 0);
}

void RunRecord::succeed(int done)
{
    end(nullptr, done);
}

void RunRecord::fail(const core::ErrorReport &report, int done)
{
    end(&report, done);
}

std::string caller_name()
{
    return pg::role_name(pg::current_role()).value_or("?");
}

namespace {

// Its numbers are the order of application, in which is reverted, whatever somebody has done to it who may.
void put_sequence_right()
{
    static Query query("SELECT setval('linkgress.journal_id_seq', j.id) FROM linkgress.journal_id_seq s,"
                       " (SELECT max(id) AS id FROM linkgress.journal) j WHERE j.id > s.last_value",
                       {});
    query.run();
}

} // namespace

void record_applied(std::int64_t run, Action action, const std::string &migration, double milliseconds,
                    bool out_of_order, const std::string &checksum)
{
    static Query query(
        "WITH written AS (INSERT INTO linkgress.journal (name, batch, started_at, applied_at, applied_by, duration,"
        " checksum, baseline, repeatable, out_of_order, down, down_transactional, statement_timeout, author, approvers,"
        " server_version) SELECT m.name, $2, clock_timestamp() - make_interval(secs => $3 / 1000), clock_timestamp(), "
        "$4::text::name,"
        " make_interval(secs => $3 / 1000), coalesce(nullif($8, ''), m.checksum), $7 <> 'apply', m.repeatable, $5,"
        " m.down, m.down_transactional, m.statement_timeout, m.author, m.approvers,"
        " current_setting('server_version')"
        " FROM linkgress.migration m WHERE m.name = $1 AND NOT m.stage"
        " AND m.checksum = coalesce(nullif($8, ''), m.checksum)"
        // Only a repeatable one can be there already; its place in the order of
        // application is now the last.
        " ON CONFLICT (name) DO UPDATE SET id = DEFAULT, batch = excluded.batch, started_at = excluded.started_at,"
        " applied_at = excluded.applied_at, applied_by = excluded.applied_by, duration = excluded.duration,"
        " checksum = excluded.checksum, baseline = excluded.baseline, repeatable = excluded.repeatable, stale = false,"
        " down = excluded.down, down_transactional = excluded.down_transactional,"
        " statement_timeout = excluded.statement_timeout, author = excluded.author,"
        " approvers = excluded.approvers,"
        " server_version = excluded.server_version WHERE journal.repeatable RETURNING *)"
        " INSERT INTO linkgress.history (run, name, action, at, by, duration, checksum, message)"
        " SELECT w.batch, w.name, $7, w.applied_at, w.applied_by, w.duration, w.checksum, $6 FROM written w"
        // A stage of sync_online() is done when the whole is.
        " UNION ALL SELECT $2, m.name, $7, clock_timestamp(), $4::text::name, make_interval(secs => $3 / 1000),"
        " m.checksum, $6 FROM linkgress.migration m WHERE m.name = $1 AND m.stage"
        " RETURNING id",
        {Type::text, Type::bigint, Type::real, Type::text, Type::boolean, Type::text, Type::text, Type::text});
    std::string by = caller_name();
    pg::Value message = std::monostate{};
    if (action == Action::repair)
        message = std::string_view("mark_applied");
    JournalWrite write;
    put_sequence_right();
    check_written(query.run({migration, run, milliseconds, by, out_of_order, message, to_string(action), checksum}),
                  migration);
}

void record_reverted(std::int64_t run, const std::string &migration, double milliseconds)
{
    static Query remove("DELETE FROM linkgress.journal WHERE name = $1 RETURNING id", {Type::text});
    static Query mark("UPDATE linkgress.journal SET stale = true WHERE repeatable AND NOT stale AND id > $1",
                      {Type::bigint});
    std::string by = caller_name();
    JournalWrite write;
    pg::Rows removed = remove.run({migration});
    check_written(removed, migration);
    mark.run({removed.bigint(0, 0)});
    record_event(run, Action::revert, migration, by, milliseconds, std::monostate{});
}

void record_repair(std::int64_t run, const std::string &migration, const std::string &what)
{
    std::string by = caller_name();
    JournalWrite write;
    record_event(run, Action::repair, migration, by, std::monostate{}, what);
}

void record_approval(std::int64_t run, TextKind kind, const std::string &name, const std::string &fingerprint)
{
    std::string by = caller_name();
    JournalWrite write;
    record_event(run, approval_of(kind), name, by, std::monostate{}, fingerprint);
}

void record_failure(std::int64_t run, Action action, const core::Location &location, const core::ErrorReport &report,
                    double milliseconds)
{
    static Query query(
        "INSERT INTO linkgress.history (run, name, action, by, duration, checksum, sqlstate, message, detail, hint,"
        " context, statement, line)"
        " VALUES ($1, $2, $3, $4::text::name, make_interval(secs => $5 / 1000),"
        " (SELECT checksum FROM linkgress.migration WHERE name = $2 AND $3 <> 'hook'),"
        " $6, $7, nullif($8, ''), nullif($9, ''),"
        " nullif($10, ''), nullif($11, 0), nullif($12, 0))",
        {Type::bigint, Type::text, Type::text, Type::text, Type::real, Type::text, Type::text, Type::text, Type::text,
         Type::text, Type::integer, Type::integer});
    std::string by = caller_name();
    JournalWrite write;
    const std::string &name = action == Action::hook ? location.hook : location.migration;
    query.run({run, name, to_string(action), by, milliseconds, report.sqlstate, report.message, report.detail,
               report.hint, report.context, location.statement, location.line});
}

void record_operations(std::int64_t run, Action action, const std::string &plan, const std::string &operations,
                       double milliseconds)
{
    static Query query("INSERT INTO linkgress.history (run, name, action, by, duration, checksum, operations)"
                       " VALUES ($1, 'model', $2, $3::text::name, make_interval(secs => $4 / 1000), nullif($5, ''),"
                       " $6::jsonb)",
                       {Type::bigint, Type::text, Type::text, Type::real, Type::text, Type::text});
    std::string by = caller_name();
    JournalWrite write;
    query.run({run, to_string(action), by, milliseconds, plan, operations});
}

void accept_registry_text(const std::string &migration)
{
    static Query query("UPDATE linkgress.journal j SET checksum = m.checksum, down = m.down,"
                       " down_transactional = m.down_transactional,"
                       " statement_timeout = m.statement_timeout, author = m.author, approvers = m.approvers"
                       " FROM linkgress.migration m WHERE m.name = j.name AND j.name = $1",
                       {Type::text});
    JournalWrite write;
    query.run({migration});
}

void forget(const std::string &migration)
{
    static Query query("DELETE FROM linkgress.journal WHERE name = $1", {Type::text});
    JournalWrite write;
    query.run({migration});
}

void rename(const std::string &migration, const std::string &new_name)
{
    static Query registry("UPDATE linkgress.migration SET name = $2 WHERE name = $1", {Type::text, Type::text});
    static Query journal("UPDATE linkgress.journal SET name = $2 WHERE name = $1", {Type::text, Type::text});
    static Query partial("WITH mark AS (UPDATE linkgress.partial SET name = $2 WHERE name = $1)"
                         " UPDATE linkgress.partial_statement SET name = $2 WHERE name = $1",
                         {Type::text, Type::text});
    JournalWrite write;
    RegistryWrite registry_write;
    registry.run({migration, new_name});
    journal.run({migration, new_name});
    partial.run({migration, new_name});
}

} // namespace linkgress::engine
