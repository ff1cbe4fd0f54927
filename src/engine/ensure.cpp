#include "engine/ensure.hpp"

#include "core/sqlstate.hpp"
#include "core/subset.hpp"
#include "core/text.hpp"
#include "engine/clock.hpp"
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
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace linkgress::engine {

namespace {

using core::Operation;

void tell_objects(const std::string &message, const std::vector<std::string> &objects, const std::string &hint)
{
    if (!objects.empty())
        notice(message, fmt::format("{}", fmt::join(objects, "\n")), hint);
}

using Operations = std::vector<Operation>;

// The operations of a call, run one part after the other
class OperationRun {
  public:
    explicit OperationRun(const char *call) : record_(call) { record_.begin(); }

    void run(const Operations &operations)
    {
        run_operations(operations, done_.size() + 1);
        done_.insert(done_.end(), operations.begin(), operations.end());
    }

    void run_patiently(const Operations &operations, const Path &path)
    {
        run_operations_patiently(operations, path, done_.size() + 1);
        done_.insert(done_.end(), operations.begin(), operations.end());
    }

    Operations finish(Action action)
    {
        record_operations(record_.number(), action, "", to_stored_json(done_), milliseconds_since(start_));
        record_.succeed(static_cast<int>(done_.size()));
        return std::move(done_);
    }

  private:
    Clock::time_point start_ = Clock::now();
    RunRecord record_;
    Operations done_;
};

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
    Comparison comparison = read_both_sides(true);
    check_not_renamed(comparison);
    core::Addition addition = core::with_missing(comparison.source, comparison.target);
    std::vector<Operation> created = operations(comparison.source, addition.snapshot);
    if (!created.empty()) {
        OperationRun run("linkgress.ensure_created()");
        run.run_patiently(created, [&] { return trusted_path(comparison); });
        run.finish(Action::ensure_created);
    }
    run_hooks(HookEvent::after_create);
    tell_objects(fmt::format("differs from the model: {}", addition.differs.size()), addition.differs,
                 "SELECT * FROM linkgress.analyze() shows how.");
    return created;
}

std::vector<Operation> ensure_deleted(const std::string &confirm, bool cascade)
{
    begin_run("linkgress.ensure_deleted()");
    check_may_delete(confirm);
    Comparison comparison = read_both_sides(true);
    core::Removal removal = core::without_named(comparison.source, comparison.target, cascade, pg::quote_identifier);
    if (!cascade && !removal.dependents.empty())
        throw core::Error(core::sqlstate::dependent_objects_still_exist,
                          "something else depends on what the model names",
                          fmt::format("{}", fmt::join(removal.dependents, "\n")),
                          "Drop it, or SELECT linkgress.ensure_deleted(confirm => ..., cascade => true).");
    std::vector<Operation> dropped;
    for (const std::string &statement : removal.outside)
        dropped.push_back(drop("drop_dependent", statement, statement));
    for (Operation &operation : operations(removal.source, removal.snapshot))
        dropped.push_back(std::move(operation));
    tell_objects("dropped with what they depend on", removal.dependents, {});
    std::vector<std::string> schemas = schemas_to_drop(removal, comparison);
    if (dropped.empty() && schemas.empty())
        return {};
    OperationRun run("linkgress.ensure_deleted()");
    run.run(comparison.renames.operations); // the model has the new names
    hold_still(comparison, dropped);
    run.run(dropped);
    run.run(drop_empty(schemas)); // what is empty is known now
    mark_used(comparison.renames);
    return run.finish(Action::ensure_deleted);
}

} // namespace linkgress::engine
