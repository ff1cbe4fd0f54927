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

#include <chrono>

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

// The first ones may be `done`.
void run_and_record(const char *call, Action action, const std::vector<Operation> &operations, std::size_t done = 0)
{
    if (operations.empty())
        return;
    Clock::time_point start = Clock::now();
    RunRecord run(call);
    run.begin(static_cast<int>(operations.size()));
    run_operations({operations.begin() + static_cast<std::ptrdiff_t>(done), operations.end()}, done + 1);
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

// What has its old name still is not to be created with the new one.
void check_not_renamed(const Comparison &comparison)
{
    if (comparison.renames.operations.empty())
        return;
    throw core::Error(core::sqlstate::object_not_in_prerequisite_state, "what is there has other names in the model",
                      numbered_list(comparison.renames.operations), "SELECT linkgress.sync() renames it.");
}

Operation dropped_by_cascade(const std::string &statement)
{
    Operation operation;
    operation.type = "drop_dependent";
    operation.object = statement;
    operation.statements = {statement};
    operation.destructive = true;
    operation.details = "{}";
    return operation;
}

} // namespace

std::vector<Operation> ensure_created()
{
    begin_run("linkgress.ensure_created()");
    Comparison comparison = compare_with_model();
    check_not_renamed(comparison);
    core::Addition addition = core::with_missing(comparison.source, comparison.target);
    std::vector<Operation> created = operations(comparison.source, addition.snapshot);
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
    Comparison comparison = compare_with_model();
    core::Removal removal = core::without_named(comparison.source, comparison.target, cascade, pg::quote_identifier);
    if (!cascade && !removal.dependents.empty())
        throw core::Error(core::sqlstate::dependent_objects_still_exist,
                          "something else depends on what the model names",
                          fmt::format("{}", fmt::join(removal.dependents, "\n")),
                          "Drop it, or SELECT linkgress.ensure_deleted(confirm => …, cascade => true).");
    std::vector<Operation> dropped = comparison.renames.operations;
    for (const std::string &statement : removal.outside)
        dropped.push_back(dropped_by_cascade(statement));
    for (Operation &operation : operations(removal.source, removal.snapshot))
        dropped.push_back(std::move(operation));
    run_operations(comparison.renames.operations); // tables are held by their new names
    hold_still(comparison, dropped);
    tell_objects("dropped with what they depend on", removal.dependents, {});
    run_and_record("linkgress.ensure_deleted()", Action::ensure_deleted, dropped, comparison.renames.operations.size());
    return dropped;
}

} // namespace linkgress::engine
