#include "engine/sync_checks.hpp"

#include "core/precondition.hpp"
#include "core/sqlstate.hpp"
#include "core/text.hpp"
#include "engine/body.hpp"
#include "engine/catalog_reader.hpp"
#include "engine/diff.hpp"
#include "engine/operation_run.hpp"
#include "engine/row_query.hpp"
#include "pg/catalog.hpp"
#include "pg/guc.hpp"
#include "pg/report.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

using core::Operation;

bool is_destructive(const Operation &operation)
{
    return operation.destructive;
}

// Schemas that the model names nothing of, with what is dropped there. They come with linkgress.managed_schemas, which
// the owner of the database, say, can have set for everybody.
std::map<std::string, std::size_t> emptied_schemas(const Comparison &comparison)
{
    std::set<std::string> named(comparison.created_schemas.begin(), comparison.created_schemas.end());
    for (core::ObjectIndex i = 0; i < comparison.target.size(); i++)
        named.insert(comparison.target[i].schema);
    std::set<std::string> managed(comparison.scope.begin(), comparison.scope.end());
    std::map<std::string, std::size_t> emptied;
    for (core::ObjectIndex i = 0; i < comparison.source.size(); i++)
        if (const core::Object &object = comparison.source[i];
            object.parent.empty() && managed.contains(object.schema) && !named.contains(object.schema))
            emptied[object.schema]++;
    return emptied;
}

void check_emptied(const Comparison &comparison, const SyncOptions &options, const std::string &call)
{
    std::map<std::string, std::size_t> emptied = emptied_schemas(comparison);
    if (emptied.empty() || ((options.allow_destructive || options.plan) && !pg::settings::is_protected()))
        return;
    std::string list;
    for (const auto &[schema, count] : emptied)
        list += fmt::format("{}schema {} ({})", list.empty() ? "" : ", ", pg::quote_identifier(schema),
                            count == 1 ? "1 object" : fmt::format("{} objects", count));
    std::string hint =
        "linkgress.protected is on. SET linkgress.managed_schemas to the schemas that the model is about.";
    if (!pg::settings::is_protected())
        hint = fmt::format(
            "The setting linkgress.managed_schemas is {0}. SET it to the schemas that the model is about; or if "
            "it is meant, {1}(allow_destructive => true), or exactly this plan: {1}(plan => '{2}').",
            core::quote_literal(pg::show_guc("linkgress.managed_schemas")), call, comparison.plan);
    throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                      fmt::format("the model names nothing of what would be dropped: {}", list),
                      numbered_list(comparison.operations), hint);
}

void check_allowed(const Comparison &comparison, const SyncOptions &options, const std::string &call)
{
    check_emptied(comparison, options, call);
    auto destructive = std::count_if(comparison.operations.begin(), comparison.operations.end(), is_destructive);
    if (destructive == 0)
        return;
    if (pg::settings::is_protected())
        throw core::Error(core::sqlstate::insufficient_privilege,
                          "destructive operations are refused in a protected database",
                          numbered_list(comparison.operations),
                          "linkgress.protected is on. SET linkgress.protected = off, if this is really meant.");
    if (options.allow_destructive || options.plan)
        return;
    throw core::Error(
        core::sqlstate::object_not_in_prerequisite_state,
        fmt::format("{} of {} operations would destroy something", destructive, comparison.operations.size()),
        numbered_list(comparison.operations),
        fmt::format("If it is meant, {0}(allow_destructive => true), or exactly this plan: {0}(plan => '{1}').", call,
                    comparison.plan));
}

// The id says of each side what it was.
void check_plan(const Comparison &comparison, const std::string &plan)
{
    if (plan == comparison.plan)
        return;
    constexpr std::size_t of_snapshot = 16;
    constexpr std::size_t of_plan = 64;
    if (plan.size() != of_plan || plan.find_first_not_of("0123456789abcdef") != std::string::npos)
        throw core::Error(core::sqlstate::invalid_parameter_value,
                          fmt::format("{} is not the id of a plan", core::quote_double(plan)), {},
                          "SELECT DISTINCT plan FROM linkgress.analyze() shows it.");
    auto differs = [&](std::size_t begin) {
        return plan.compare(begin, of_snapshot, comparison.plan, begin, of_snapshot) != 0;
    };
    std::string what = "Neither the database nor the model has changed; another version of Linkgress or of the server "
                       "plans another way.";
    if (comparison.operations.empty())
        what = "There is nothing to do any more.";
    else if (differs(0) && differs(of_snapshot))
        what = "Both the database and the model have changed since.";
    else if (differs(0))
        what = "The database has changed since.";
    else if (differs(of_snapshot))
        what = "The model has changed since.";
    throw core::Error(core::sqlstate::object_not_in_prerequisite_state, "the plan no longer fits", what,
                      "SELECT * FROM linkgress.analyze() shows what is to be done now.");
}

std::string rows(const std::string &number)
{
    return number == "1" ? "1 row" : fmt::format("{} rows", number);
}

std::string qualified_table(const core::Object &part)
{
    return pg::quote_identifier(part.schema) + "." + pg::quote_identifier(part.parent);
}

// Those that something is taken away from
std::set<std::string> lock_tables(const std::vector<Operation> &operations)
{
    std::set<std::string> tables;
    for (const Operation &operation : operations)
        if (!operation.table.empty())
            tables.insert(operation.table);
    Operation lock;
    lock.type = "lock_table";
    for (const std::string &table : tables)
        lock.statements.push_back("LOCK TABLE ONLY " + table + " IN ACCESS EXCLUSIVE MODE");
    run_operations({lock}, 0);
    return tables;
}

[[noreturn]] void refuse_changed_schema()
{
    throw core::Error(core::sqlstate::serialization_failure, "the schema was changed by another session meanwhile",
                      "What it has added is not lost: this has not been done.", "Call again.");
}

} // namespace

void check_requested(const Comparison &comparison, const SyncOptions &options, const std::string &call)
{
    if (options.plan)
        check_plan(comparison, *options.plan);
    check_allowed(comparison, options, call);
}

void check_rows(const Comparison &comparison)
{
    for (const core::Precondition &condition :
         core::preconditions(comparison.source, comparison.target, pg::quote_identifier)) {
        std::optional<std::string> number = ask_rows(condition.query);
        if (number && (!condition.counts_rows || *number != "0"))
            throw core::Error(condition.sqlstate,
                              condition.problem + (condition.counts_rows ? rows(*number) : *number) + condition.rest,
                              "Nothing has been done.", condition.hint);
    }
}

void hold_still(const Comparison &comparison, const std::vector<Operation> &operations)
{
    lock_tables(operations);
    if (pg::catalog_changes() != comparison.catalog_changes &&
        fingerprint(read_catalog(comparison.scope)) != fingerprint(comparison.source))
        refuse_changed_schema();
}

void hold_tables(const Comparison &comparison, const std::vector<Operation> &operations)
{
    // Others wait behind whoever waits for such a lock.
    int limit = pg::settings::lock_timeout() > 0 ? pg::settings::lock_timeout() : online_lock_timeout;
    pg::SettingScope lock_timeout("linkgress.lock_timeout", std::to_string(limit));
    std::set<std::string> tables = lock_tables(operations);
    if (tables.empty())
        return;
    core::Snapshot now = read_catalog(comparison.scope);
    for (core::ObjectIndex i = 0; i < now.size(); i++)
        if (now[i].kind == core::Kind::column && tables.contains(qualified_table(now[i])) &&
            !comparison.source.find(core::id(now[i])) && !comparison.target.find(core::id(now[i])))
            refuse_changed_schema();
}

// What is planned leads to the model; if not, that is to be known.
void verify()
{
    std::vector<Operation> rest = compare_with_model(true).operations;
    if (!rest.empty())
        pg::report(pg::Level::warning, "the database still differs from the model", numbered_list(rest),
                   "Call linkgress.sync() again, and please report it.");
}

} // namespace linkgress::engine
