#include "engine/maintenance.hpp"

#include "core/error_class.hpp"
#include "core/sqlstate.hpp"
#include "engine/body.hpp"
#include "engine/journal.hpp"
#include "engine/model.hpp"
#include "engine/notice.hpp"
#include "engine/own_locks.hpp"
#include "engine/partial.hpp"
#include "engine/registry.hpp"
#include "engine/run_lock.hpp"
#include "engine/selection.hpp"
#include "engine/trust.hpp"
#include "pg/memory.hpp"
#include "pg/subtransaction.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

using pg::Query;
using pg::Type;

// What the states and the history tell, in one query.
std::vector<Problem> find_state_problems()
{
    static Query query(
        "SELECT o.name, p.severity, p.problem, p.message, p.hint FROM linkgress.overview o"
        " LEFT JOIN linkgress.migration m ON m.name = o.name"
        " LEFT JOIN LATERAL (SELECT h.sqlstate, h.message, h.checksum FROM linkgress.history h WHERE h.name = o.name"
        " AND h.action IN ('apply', 'revert', 'baseline', 'repair', 'approve') ORDER BY h.id DESC LIMIT 1) h ON true,"
        " LATERAL (VALUES"
        " (o.state = 'changed', 'error', 'changed', 'the text is not the one that was applied',"
        " 'Put the text back, or accept it with linkgress.repair(name, ''accept'').'),"
        " (o.state = 'missing', 'error', 'missing', 'applied, but not in the registry',"
        " 'Register it again, or forget it with linkgress.repair(name, ''forget'').'),"
        " (o.state = 'partial' AND NOT EXISTS (SELECT FROM linkgress.current_run r"
        " WHERE r.name_hash = (hashtext(o.name)::bigint & 4294967295)), 'error', 'partial', format('%s of %s "
        "statements are %s', o.done, o.statements,"
        " CASE o.direction WHEN 'up' THEN 'applied' ELSE 'reverted' END) || coalesce('; ' || h.message, ''),"
        " format('CALL linkgress.%s() goes on with the next one; linkgress.repair(name, done => n) says what is done.',"
        " o.direction)),"
        " (o.state = 'pending' AND h.sqlstate IS NOT NULL AND h.checksum = m.checksum, 'warning', 'failed', h.message,"
        " 'Mend what is wrong; the next run tries it again.'),"
        " (o.state = 'pending' AND o.out_of_order, 'warning', 'out of order',"
        " 'migrations with a later name have been applied already', 'See linkgress.out_of_order.'),"
        " (m.name IS NOT NULL AND m.down IS NULL AND NOT m.repeatable, 'info', 'no down',"
        " 'it cannot be reverted', 'Give it a down body.')"
        ") p(applies, severity, problem, message, hint) WHERE p.applies ORDER BY o.name",
        {});
    pg::Rows rows = query.run();
    std::vector<Problem> problems;
    for (std::size_t row = 0; row < rows.size(); row++)
        problems.push_back(
            {rows.text(row, 0), rows.text(row, 1), rows.text(row, 2), 0, 0, rows.text(row, 3), rows.text(row, 4)});
    return problems;
}

// A server of another version, or a disabled trigger, may have let in what
// this server's parser does not take.
void find_invalid_body(std::vector<Problem> &problems, core::Location location, std::optional<std::string> body)
{
    if (!body)
        return;
    pg::Subtransaction subtransaction;
    try {
        check_body(location, std::move(*body));
        subtransaction.release();
    } catch (const core::Error &error) {
        if (!core::is_of_statement(error.report()))
            throw;
        subtransaction.rollback();
        const std::string &name = location.hook.empty() ? location.migration : location.hook;
        problems.push_back(
            {name, "error", "invalid", location.line, location.column, error.report().message, error.report().hint});
    }
}

void find_untrusted(std::vector<Problem> &problems, TextKind kind, const std::string &name, const Voucher &voucher)
{
    try {
        check_trust(kind, name, voucher);
    } catch (const pg::PgError &) {
        throw;
    } catch (const core::Error &error) { // of what only looks
        problems.push_back({name, "warning", "not trusted", 0, 0, error.report().message, error.report().hint});
    }
}

std::vector<std::string> registered_names()
{
    static Query query("SELECT name FROM linkgress.migration WHERE NOT stage ORDER BY name", {});
    pg::OwnerScope owner;
    return query.run().texts(0);
}

// Bodies one by one: together they may be larger than the memory.
void find_text_problems(std::vector<Problem> &problems, const std::string &name)
{
    static Query query("SELECT up, down, author::oid, approvers::oid[] FROM linkgress.migration WHERE name = $1",
                       {Type::text});
    pg::MemoryScope memory;
    std::optional<std::string> up;
    std::optional<std::string> down;
    Voucher voucher;
    {
        pg::OwnerScope owner;
        pg::Rows rows = query.run({name});
        if (rows.empty())
            return;
        up = rows.optional_text(0, 0);
        down = rows.optional_text(0, 1);
        voucher = {rows.oid(0, 2), rows.oid_array(0, 3)};
    }
    core::Location location;
    location.migration = name;
    find_invalid_body(problems, location, std::move(up));
    location.direction = core::Direction::down;
    find_invalid_body(problems, location, std::move(down));
    find_untrusted(problems, TextKind::migration, name, voucher);
}

void find_hook_problems(std::vector<Problem> &problems)
{
    static Query query("SELECT name, body, author::oid, approvers::oid[] FROM linkgress.hook WHERE enabled", {});
    auto read = [] {
        pg::OwnerScope owner;
        return query.run();
    };
    pg::Rows rows = read();
    for (std::size_t row = 0; row < rows.size(); row++) {
        core::Location location;
        location.hook = rows.text(row, 0);
        find_invalid_body(problems, location, rows.text(row, 1));
        find_untrusted(problems, TextKind::hook, location.hook, {rows.oid(row, 2), rows.oid_array(row, 3)});
    }
}

void find_model_problems(std::vector<Problem> &problems)
{
    for (const ModelPart &part : stored_model_parts()) {
        find_untrusted(problems, TextKind::model, part.name, part.voucher);
        pg::Subtransaction subtransaction;
        try {
            check_model_part(part.name, part.source, part.format);
            subtransaction.release();
        } catch (const core::Error &error) {
            if (!core::is_of_statement(error.report()))
                throw;
            subtransaction.rollback();
            problems.push_back({part.name, "error", "invalid", 0, 0, error.report().message, error.report().hint});
        }
    }
}

// A restore with --disable-triggers turns them on again in the ordinary way only.
void find_trigger_problems(std::vector<Problem> &problems)
{
    static Query query(
        "SELECT c.relname::text, format('trigger %s does not always fire', t.tgname),"
        " format('ALTER TABLE linkgress.%I ENABLE ALWAYS TRIGGER %I.', c.relname, t.tgname) FROM pg_trigger t"
        " JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relnamespace = 'linkgress'::regnamespace"
        " AND t.tgenabled <> 'A' AND EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass"
        " AND d.objid = c.oid AND d.deptype = 'e') AND EXISTS (SELECT FROM pg_proc p WHERE p.oid = t.tgfoid"
        " AND p.pronamespace = c.relnamespace) ORDER BY 1, 2",
        {});
    pg::OwnerScope owner;
    pg::Rows rows = query.run();
    for (std::size_t row = 0; row < rows.size(); row++)
        problems.push_back({rows.text(row, 0), "error", "trigger", 0, 0, rows.text(row, 1), rows.text(row, 2)});
}

int rank(const Problem &problem)
{
    if (problem.severity == "error")
        return 0;
    return problem.severity == "warning" ? 1 : 2;
}

} // namespace

std::vector<Problem> validate()
{
    hold_own_tables(Holding::read);
    std::vector<Problem> problems;
    {
        pg::OwnerScope owner;
        problems = find_state_problems();
    }
    for (const std::string &name : registered_names()) {
        pg::check_for_interrupts();
        find_text_problems(problems, name);
    }
    find_hook_problems(problems);
    find_model_problems(problems);
    find_trigger_problems(problems);
    std::stable_sort(problems.begin(), problems.end(), [](const Problem &a, const Problem &b) {
        return rank(a) != rank(b) ? rank(a) < rank(b) : a.name < b.name;
    });
    return problems;
}

// What is always run again is never due.
std::vector<Reason> read_reasons()
{
    static Query query(
        "SELECT r.reason, array_agg(o.name ORDER BY o.repeatable, o.name) FROM linkgress.overview o"
        " LEFT JOIN linkgress.migration m ON m.name = o.name,"
        " LATERAL (VALUES"
        " (1, CASE WHEN o.state <> 'pending' THEN o.state"
        "   WHEN EXISTS (SELECT FROM (SELECT h.sqlstate, h.checksum FROM linkgress.history h WHERE h.name = o.name"
        "    AND h.action IN ('apply', 'revert', 'baseline', 'repair', 'approve') ORDER BY h.id DESC LIMIT 1) last"
        "    WHERE last.sqlstate IS NOT NULL AND last.checksum = o.registry_checksum) THEN 'failed'"
        "   ELSE 'pending' END),"
        " (2, CASE WHEN o.state = 'pending' AND o.out_of_order THEN 'out of order' END)) r(place, reason)"
        " WHERE o.state <> 'applied' AND r.reason IS NOT NULL AND NOT (o.state = 'pending' AND coalesce(m.always, "
        "false))"
        " GROUP BY r.place, r.reason ORDER BY r.place, r.reason",
        {});
    pg::OwnerScope owner;
    pg::Rows rows = query.run();
    std::vector<Reason> reasons;
    for (std::size_t row = 0; row < rows.size(); row++)
        reasons.push_back({rows.text(row, 0), rows.text_array(row, 1)});
    return reasons;
}

void check_current()
{
    constexpr std::size_t shown = 20; // of each reason
    std::vector<Reason> reasons = read_reasons();
    if (reasons.empty())
        return;
    std::vector<std::string> texts;
    for (Reason &reason : reasons) {
        std::size_t others = reason.migrations.size() - std::min(shown, reason.migrations.size());
        reason.migrations.resize(reason.migrations.size() - others);
        texts.push_back(fmt::format("{}: {}{}", reason.what, fmt::join(reason.migrations, ", "),
                                    others > 0 ? fmt::format(" and {} others", others) : ""));
    }
    throw core::Error(core::sqlstate::not_current, "the database is not up to date",
                      fmt::format("{}.", fmt::join(texts, "; ")),
                      "SELECT * FROM linkgress.status() shows all migrations, linkgress.validate() what helps.");
}

namespace {

[[noreturn]] void refuse_unknown(const std::string &name)
{
    throw core::Error(core::sqlstate::undefined_object, fmt::format("migration \"{}\" does not exist", name), {},
                      "SELECT * FROM linkgress.status() shows the migrations of this database.");
}

std::string state_of(const std::string &name)
{
    static Query query("SELECT state FROM linkgress.overview WHERE name = $1", {Type::text});
    pg::OwnerScope owner;
    pg::Rows rows = query.run({name});
    if (rows.empty())
        refuse_unknown(name);
    return rows.text(0, 0);
}

std::vector<std::string> names_up_to(const std::string &name)
{
    static Query query(
        "SELECT name FROM linkgress.migration WHERE name <= $1 AND NOT repeatable AND NOT stage ORDER BY name",
        {Type::text});
    pg::OwnerScope owner;
    return query.run({name}).texts(0);
}

void check_journal_is_empty()
{
    check_none_partial(core::Direction::up);
    if (is_any_applied())
        throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                          "a baseline is only possible while no migration is applied", {},
                          "To record single migrations as applied, use linkgress.repair(name, 'mark_applied').");
}

} // namespace

Outcomes baseline(const std::string &name)
{
    begin_run("linkgress.baseline()");
    check_journal_is_empty();
    state_of(name); // raises when it is unknown
    std::vector<std::string> names = names_up_to(name);
    if (names.empty() || names.back() != name)
        throw core::Error(core::sqlstate::invalid_parameter_value,
                          fmt::format("migration \"{}\" is repeatable, and no place for a baseline", name), {},
                          "Name one that is not repeatable.");
    RunRecord run("linkgress.baseline()");
    run.begin();
    Outcomes outcomes;
    for (const std::string &each : names) {
        record_applied(run.number(), Action::baseline, each, 0, false);
        Outcome outcome;
        outcome.name = each;
        outcome.action = "baseline";
        outcomes.push_back(outcome);
    }
    run.succeed(static_cast<int>(outcomes.size()));
    return outcomes;
}

namespace {

std::vector<Repaired> default_repairs()
{
    static Query query("SELECT name, state, CASE state WHEN 'changed' THEN 'accept' ELSE 'forget' END"
                       " FROM linkgress.overview WHERE state IN ('changed', 'missing') ORDER BY name",
                       {});
    pg::OwnerScope owner;
    pg::Rows rows = query.run();
    std::vector<Repaired> repairs;
    for (std::size_t row = 0; row < rows.size(); row++)
        repairs.push_back({rows.text(row, 0), rows.text(row, 1), rows.text(row, 2)});
    return repairs;
}

std::string default_action(const std::string &name, const std::string &state)
{
    if (state == "changed")
        return "accept";
    if (state == "missing")
        return "forget";
    throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                      fmt::format("migration \"{}\" is {} and needs no repair", name, state), {},
                      "Say what is to be done: 'mark_applied', 'forget', 'accept', rename_to => 'new name', or"
                      " done => number of statements.");
}

// Which states an action is meant for.
void check_action(const std::string &name, const std::string &state, const std::string &action)
{
    bool fits;
    if (action == "accept")
        fits = state == "changed";
    else if (action == "forget")
        fits = state == "partial" || is_applied(name);
    else if (action == "mark_applied")
        fits = state == "pending" || state == "partial";
    else if (action == "rename" || action == "set_done")
        fits = true;
    else
        throw core::Error(core::sqlstate::invalid_parameter_value, fmt::format("unknown repair action \"{}\"", action),
                          {}, "The actions are accept, forget, mark_applied, rename and set_done.");
    if (!fits)
        throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                          fmt::format("migration \"{}\" is {}, which \"{}\" does not mend", name, state, action), {},
                          "SELECT * FROM linkgress.validate() shows what is wrong and what helps.");
}

void check_new_name(const std::string &new_name)
{
    static Query query("SELECT FROM linkgress.overview WHERE name = $1", {Type::text});
    check_name(new_name);
    pg::OwnerScope owner;
    if (!query.run({new_name}).empty())
        throw core::Error(core::sqlstate::duplicate_object, fmt::format("migration \"{}\" already exists", new_name),
                          {}, "Choose another name.");
}

// The direction in which a migration is, or could be, under way.
core::Direction direction_of(const std::string &name)
{
    if (std::optional<Partial> partial = read_partial(name))
        return partial->direction;
    return is_applied(name) ? core::Direction::down : core::Direction::up;
}

void check_set_done(const RepairRequest &request)
{
    if ((request.action && request.action != "set_done") || request.rename_to)
        throw core::Error(core::sqlstate::invalid_parameter_value,
                          "the number of statements that are done goes with no other repair", {},
                          "Call repair() once for each.");
    if (!request.done || *request.done < 0)
        throw core::Error(core::sqlstate::invalid_parameter_value,
                          "the number of statements that are done must be given, and not negative", {},
                          "Give it as done => n.");
}

// Between two statements is only what commits statement by statement: with some of its statements said to be done, a
// migration that runs in one transaction would go on without it, and without its SET LOCAL ROLE.
void check_statement_by_statement(const std::string &name, const Body &body)
{
    std::optional<Partial> partial = read_partial(name);
    if (body.transactional && (!partial || partial->done == 0))
        throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                          fmt::format("migration \"{}\" runs in one transaction", name),
                          "It is done as a whole or not at all.",
                          "To record it as applied without running it, use repair(name, 'mark_applied').");
}

// With the checksums of the present text. None done is the same as nothing known.
void set_done(const std::string &name, int done)
{
    core::Location location;
    location.migration = name;
    location.direction = direction_of(name);
    bool up = location.direction == core::Direction::up;
    if (done > 0)
        check_none_partial(up ? core::Direction::down : core::Direction::up);
    std::optional<Body> body = up ? read_up(name) : read_down(name);
    if (!body || !body->text)
        throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                          fmt::format("migration \"{}\" has no {} body", name, up ? "up" : "down"), {},
                          up ? "Register it again."
                             : "It is applied. Give it a down body with UPDATE linkgress.migration SET down = ...");
    check_statement_by_statement(name, *body);
    BodyReader reader(location, *body->text);
    std::vector<std::string> checksums;
    while (std::optional<pg::Statement> statement = reader.next())
        if (statement->number <= done)
            checksums.push_back(checksum(statement->text));
    if (done > reader.statements())
        throw core::Error(core::sqlstate::invalid_parameter_value,
                          fmt::format("migration \"{}\" has {} statements in its {} body, not {}", name,
                                      reader.statements(), up ? "up" : "down", done),
                          {}, "Count the statements that are done, from the first one on.");
    set_partial(location, reader.statements(), checksums);
}

std::vector<Repaired> choose_repairs(const RepairRequest &request)
{
    if (!request.name) {
        if (request.action || request.rename_to || request.done)
            throw core::Error(core::sqlstate::invalid_parameter_value, "a repair action needs the name of a migration",
                              {}, "Without a name and an action, repair() mends all that are changed or missing.");
        return default_repairs();
    }
    std::string state = state_of(*request.name);
    std::string action = request.rename_to ? "rename" : request.done ? "set_done" : request.action.value_or("");
    if (action.empty())
        action = default_action(*request.name, state);
    if (action == "rename" && !request.rename_to)
        throw core::Error(core::sqlstate::invalid_parameter_value, "a rename needs the new name", {},
                          "Give it as rename_to => 'new name'.");
    check_action(*request.name, state, action);
    if (action == "set_done")
        check_set_done(request);
    if (request.rename_to && request.action && request.action != "rename")
        throw core::Error(core::sqlstate::invalid_parameter_value,
                          fmt::format("repair action \"{}\" does not go with rename_to", *request.action), {},
                          "Call repair() once for each.");
    if (request.rename_to)
        check_new_name(*request.rename_to);
    return {{*request.name, state, action}};
}

// Whoever says how somebody else's migration goes on answers for it.
void answer_for(const Repaired &repair)
{
    if (repair.action != "accept" && take_over(repair.name))
        notice(fmt::format("migration \"{}\" is now registered by role \"{}\"", repair.name, caller_name()),
               "It was registered or approved by a role that this one may not act as.");
}

void carry_out(const Repaired &repair, const RepairRequest &request, const RunRecord &run)
{
    answer_for(repair);
    bool is_reverting = repair.action == "mark_applied" && direction_of(repair.name) == core::Direction::down;
    if (repair.action == "mark_applied" && !is_reverting) {
        record_applied(run.number(), Action::repair, repair.name, 0, false);
        forget_partial(repair.name);
        return;
    }
    std::string what = repair.action;
    if (is_reverting)
        forget_partial(repair.name); // it is applied as long as it is not reverted
    else if (repair.action == "accept")
        accept_registry_text(repair.name);
    else if (repair.action == "forget") {
        forget(repair.name);
        forget_partial(repair.name);
    } else if (repair.action == "set_done") {
        set_done(repair.name, *request.done);
        what += fmt::format(" {}", *request.done);
    } else {
        rename(repair.name, *request.rename_to);
        what += " to " + *request.rename_to;
    }
    record_repair(run.number(), repair.name, what);
}

} // namespace

std::vector<Repaired> repair(const RepairRequest &request)
{
    begin_run("linkgress.repair()");
    std::vector<Repaired> repairs = choose_repairs(request);
    if (request.dry_run || repairs.empty())
        return repairs;
    RunRecord run("linkgress.repair()");
    run.begin();
    for (const Repaired &each : repairs)
        carry_out(each, request, run);
    run.succeed(static_cast<int>(repairs.size()));
    return repairs;
}

} // namespace linkgress::engine
