#include "engine/ensure.hpp"

#include "core/sqlstate.hpp"
#include "core/subset.hpp"
#include "core/text.hpp"
#include "engine/comparison.hpp"
#include "engine/diff.hpp"
#include "engine/hooks.hpp"
#include "engine/journal.hpp"
#include "engine/notice.hpp"
#include "engine/operation_run.hpp"
#include "engine/run_lock.hpp"
#include "engine/sync_checks.hpp"
#include "pg/guc.hpp"
#include "pg/report.hpp"
#include "pg/role.hpp"

#include <algorithm>
#include <chrono>
#include <functional>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace linkgress::engine {

namespace {

using core::Operation;
using Clock = std::chrono::steady_clock;

void tell_objects(const std::string &message, const std::vector<std::string> &objects, const std::string &hint)
{
    if (!objects.empty())
        notice(message, fmt::format("{}", fmt::join(objects, "\n")), hint);
}

using Operations = std::vector<Operation>;

// What there is to do at the end is known only when the rest is done.
void run_and_record(
    const char *call, Action action, Operations &operations,
    const std::function<Operations()> &last = [] { return Operations(); })
{
    Clock::time_point start = Clock::now();
    RunRecord run(call);
    run.begin(static_cast<int>(operations.size()));
    run_operations(operations);
    std::size_t first = operations.size() + 1;
    Operations at_end = last();
    run_operations(at_end, first);
    operations.insert(operations.end(), at_end.begin(), at_end.end());
    record_operations(run.number(), action, "", to_json(operations),
                      std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    run.succeed(static_cast<int>(operations.size()));
}

void check_may_delete(const std::string &confirm)
{
    static pg::Query query("SELECT current_database()::text", {});
    if (pg::settings::is_protected())
        throw core::Error(core::sqlstate::insufficient_privilege, "ensure_deleted() is refused in a protected database",
                          "linkgress.protected is on.", "SET linkgress.protected = off, if this is really meant.");
    pg::SearchPathScope search_path;
    if (confirm != query.run().text(0, 0))
        throw core::Error(core::sqlstate::invalid_parameter_value,
                          fmt::format("\"{}\" is not the name of this database", confirm), {},
                          "To drop all that the model names, with its rows, confirm => current_database().");
}

Operation drop(const char *type, const std::string &object, const std::string &statement)
{
    Operation operation;
    operation.type = type;
    operation.object = object;
    operation.statements = {statement};
    operation.destructive = true;
    operation.details = "{}";
    return operation;
}

// Of these, where nothing is left: what is ignored may be in them, too.
std::vector<Operation> drop_empty(const std::vector<std::string> &schemas)
{
    static pg::Query query("SELECT nspname::text FROM pg_namespace n WHERE nspname = ANY ($1) AND NOT EXISTS (SELECT"
                           " FROM pg_depend WHERE refclassid = 'pg_namespace'::regclass AND refobjid = n.oid"
                           " AND classid <> 'pg_default_acl'::regclass) ORDER BY 1",
                           {pg::Type::text_array});
    std::vector<Operation> dropped;
    pg::SearchPathScope search_path;
    for (const std::string &schema : query.run({std::cref(schemas)}).texts(0)) {
        std::string name = pg::quote_identifier(schema);
        dropped.push_back(drop("drop_schema", name, fmt::format("DROP SCHEMA {}", name)));
    }
    return dropped;
}

// Those that the model creates; in others it only has something.
std::vector<std::string> schemas_to_drop(const core::Removal &removal, const Comparison &comparison)
{
    std::vector<std::string> schemas;
    for (const std::string &schema : removal.schemas)
        if (std::count(comparison.created_schemas.begin(), comparison.created_schemas.end(), schema) > 0)
            schemas.push_back(schema);
    return schemas;
}

} // namespace

std::vector<Operation> ensure_created()
{
    begin_run("linkgress.ensure_created()");
    Comparison comparison = read_both_sides(false);
    core::Addition addition = core::with_missing(comparison.source, comparison.target);
    std::vector<Operation> created = operations(comparison.source, addition.snapshot);
    if (!created.empty())
        run_and_record("linkgress.ensure_created()", Action::ensure_created, created);
    run_hooks(HookEvent::after_create);
    tell_objects(fmt::format("differs from the model: {}", addition.differs.size()), addition.differs,
                 "SELECT * FROM linkgress.analyze() shows how.");
    return created;
}

std::vector<Operation> ensure_deleted(const std::string &confirm, bool cascade)
{
    begin_run("linkgress.ensure_deleted()");
    check_may_delete(confirm);
    Comparison comparison = read_both_sides(false);
    core::Removal removal = core::without_named(comparison.source, comparison.target, cascade, pg::quote_identifier);
    if (!cascade && !removal.dependents.empty())
        throw core::Error(core::sqlstate::dependent_objects_still_exist,
                          "something else depends on what the model names",
                          fmt::format("{}", fmt::join(removal.dependents, "\n")),
                          "Drop it, or SELECT linkgress.ensure_deleted(confirm => …, cascade => true).");
    std::vector<Operation> dropped;
    for (const std::string &statement : removal.outside)
        dropped.push_back(drop("drop_dependent", statement, statement));
    for (Operation &operation : operations(removal.source, removal.snapshot))
        dropped.push_back(std::move(operation));
    hold_still(comparison, dropped);
    tell_objects("dropped with what they depend on", removal.dependents, {});
    std::vector<std::string> schemas = schemas_to_drop(removal, comparison);
    if (!dropped.empty() || !schemas.empty())
        run_and_record("linkgress.ensure_deleted()", Action::ensure_deleted, dropped,
                       [&] { return drop_empty(schemas); });
    return dropped;
}

} // namespace linkgress::engine
