#include "engine/hooks.hpp"

#include "core/error_class.hpp"
#include "core/sqlstate.hpp"
#include "engine/body.hpp"
#include "engine/journal.hpp"
#include "engine/registry.hpp"
#include "pg/guc.hpp"
#include "pg/memory.hpp"
#include "pg/report.hpp"
#include "pg/spi.hpp"
#include "pg/subtransaction.hpp"

#include <fmt/format.h>

namespace linkgress::engine {

using pg::Query;
using pg::Type;

namespace {

constexpr std::pair<HookEvent, const char *> event_names[] = {
    {HookEvent::before_migrate, "before_migrate"}, {HookEvent::before_each, "before_each"},
    {HookEvent::after_each, "after_each"},         {HookEvent::after_migrate, "after_migrate"},
    {HookEvent::before_sync, "before_sync"},       {HookEvent::after_sync, "after_sync"},
    {HookEvent::after_create, "after_create"},     {HookEvent::after_failure, "after_failure"},
};

const char *to_string(HookEvent event)
{
    for (const auto &[known, name] : event_names)
        if (known == event)
            return name;
    return "";
}

HookEvent parse_event(const std::string &name)
{
    for (const auto &[event, known] : event_names)
        if (name == known)
            return event;
    throw core::Error(core::sqlstate::internal_error, fmt::format("unknown event \"{}\"", name));
}

BodySettings settings_for(HookEvent event, const core::Location &location)
{
    return {{"linkgress.event", to_string(event)},
            {"linkgress.migration", location.migration},
            {"linkgress.direction", core::to_string(location.direction)}};
}

// Named as another body would have to name them, by whom they belong to if not by
// themselves: a view that is replaced is seen by its rule alone. What belongs to
// another object, or to an extension, goes with it.
void record_objects(const std::string &hook, const std::set<pg::ObjectId> &created)
{
    static Query query(
        "INSERT INTO linkgress.hook_object (hook, type, names, arguments)"
        " SELECT $1, a.type, a.object_names, a.object_args FROM unnest($2, $3) AS noted(class, object)"
        " LEFT JOIN pg_rewrite r ON class = 'pg_rewrite'::regclass AND r.oid = object AND r.rulename = '_RETURN',"
        " LATERAL (SELECT CASE WHEN r.oid IS NULL THEN class ELSE 'pg_class'::regclass END,"
        " coalesce(r.ev_class, object)) AS o(class, object),"
        " LATERAL pg_identify_object_as_address(o.class, o.object, 0) a"
        " WHERE EXISTS (SELECT FROM linkgress.hook h WHERE h.name = $1 AND h.managed)"
        " AND a.type IS NOT NULL AND a.object_names[1] !~ '^pg_(temp|toast)'"
        " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = o.class AND d.objid = o.object"
        " AND d.objsubid = 0 AND d.deptype IN ('i', 'e', 'P', 'S')) ON CONFLICT DO NOTHING",
        {Type::text, Type::oid_array, Type::oid_array});
    std::vector<pg::Oid> classes;
    std::vector<pg::Oid> objects;
    for (const pg::ObjectId &object : created) {
        classes.push_back(object.class_id);
        objects.push_back(object.object);
    }
    JournalWrite write;
    query.run({hook, std::cref(classes), std::cref(objects)});
}

void tell_dropped_tables(const Hook &hook, const BodyResult &result)
{
    if (pg::settings::verbosity() == pg::Verbosity::quiet)
        return;
    for (const std::string &table : result.dropped_tables)
        pg::report(pg::Level::notice, fmt::format("hook {} dropped table {}", hook.name, table));
}

void run_hook(const Hook &hook, core::Location &location, const BodySettings &settings)
{
    pg::MemoryScope memory;
    check_trust(TextKind::hook, hook.name, hook.voucher);
    Body body;
    body.text = hook.body;
    body.voucher = hook.voucher;
    body.notes_created = hook.managed;
    location.hook = hook.name;
    BodyResult result = run_body(location, std::move(body), settings);
    location.hook.clear();
    tell_dropped_tables(hook, result);
    if (!result.created.empty())
        record_objects(hook.name, result.created);
}

} // namespace

Hooks Hooks::read(std::initializer_list<HookEvent> events, Untrusted untrusted)
{
    static Query query("SELECT event, name, body, author::oid, approvers::oid[], managed FROM linkgress.hook"
                       " WHERE enabled AND event = ANY ($1) ORDER BY position, name",
                       {Type::text_array});
    std::vector<std::string> names;
    for (HookEvent event : events)
        names.push_back(to_string(event));
    Hooks found;
    {
        pg::OwnerScope owner;
        pg::Rows rows = query.run({std::cref(names)});
        for (std::size_t row = 0; row < rows.size(); row++)
            found.hooks_[parse_event(rows.text(row, 0))].push_back({rows.text(row, 1),
                                                                    rows.text(row, 2),
                                                                    {rows.oid(row, 3), rows.oid_array(row, 4)},
                                                                    rows.boolean(row, 5)});
    }
    for (auto &[event, hooks] : found.hooks_)
        std::erase_if(hooks,
                      [&](const Hook &hook) { return !is_to_run(TextKind::hook, hook.name, hook.voucher, untrusted); });
    return found;
}

void Hooks::run(HookEvent event, core::Location &location) const
{
    auto found = hooks_.find(event);
    if (found == hooks_.end())
        return;
    BodySettings settings = settings_for(event, location);
    for (const Hook &hook : found->second)
        run_hook(hook, location, settings);
}

void Hooks::run_after_failure(const core::Location &location, const core::ErrorReport &report) const
{
    auto found = hooks_.find(HookEvent::after_failure);
    if (found == hooks_.end())
        return;
    BodySettings settings = settings_for(HookEvent::after_failure, location);
    settings.emplace_back("linkgress.sqlstate", report.sqlstate);
    settings.emplace_back("linkgress.message", report.message);
    for (const Hook &hook : found->second) {
        core::Location here = core::without_place(location);
        pg::Subtransaction subtransaction;
        try {
            run_hook(hook, here, settings);
            subtransaction.release();
        } catch (const core::Error &error) {
            if (is_interrupt(error))
                throw;
            subtransaction.rollback();
            pg::report(pg::Level::warning, error.report().message, error.report().detail, error.report().hint);
            if (!core::is_of_statement(error.report()))
                return; // the next one would meet the same
        }
    }
}

void run_hooks(HookEvent event, core::Location location)
{
    Hooks::read({event}).run(event, location);
}

void check_hook_body(const std::string &hook, std::string body)
{
    core::Location location;
    location.hook = hook;
    BodyTraits traits = check_body(location, std::move(body));
    // An enum value may be in use elsewhere, so that is not refused.
    if (!traits.refused.empty())
        throw core::Error(core::sqlstate::active_sql_transaction,
                          fmt::format("hook \"{}\" cannot run in a transaction", hook), traits.describe() + ".",
                          "Hooks always do. Let a migration run that statement.");
}

void forget_hook_objects(const std::string &hook)
{
    static Query query("DELETE FROM linkgress.hook_object WHERE hook = $1", {Type::text});
    JournalWrite write;
    query.run({hook});
}

void forget_all_hook_objects()
{
    static Query query("DELETE FROM linkgress.hook_object", {});
    JournalWrite write;
    query.run();
}

void rename_hook_objects(const std::string &hook, const std::string &new_name)
{
    static Query query("UPDATE linkgress.hook_object SET hook = $2 WHERE hook = $1", {Type::text, Type::text});
    JournalWrite write;
    query.run({hook, new_name});
}

} // namespace linkgress::engine
