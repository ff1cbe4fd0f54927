#include "engine/comparison.hpp"

#include "core/json.hpp"
#include "core/subset.hpp"
#include "engine/catalog_reader.hpp"
#include "engine/desired_schema.hpp"
#include "engine/diff.hpp"
#include "engine/model_path.hpp"
#include "engine/previews.hpp"
#include "engine/remade_tables.hpp"
#include "engine/run_lock.hpp"
#include "pg/catalog.hpp"
#include "pg/subtransaction.hpp"

#include <algorithm>
#include <set>

namespace linkgress::engine {

namespace {

enum class Secrets : std::uint8_t { shown, left_out };

void write(core::JsonWriter &json, const core::Operation &operation, std::int64_t ordinal, Secrets secrets)
{
    json.open('{');
    json.key("ordinal");
    json(ordinal);
    json.member("type", operation.type);
    json.member("object", operation.object);
    json.member("sql", secrets == Secrets::shown ? operation.sql() : operation.kept_sql());
    json.key("destructive");
    json(operation.destructive);
    core::List hazards;
    for (const core::Hazard &hazard : operation.hazards)
        hazards.emplace_back(hazard.name);
    json.key("hazards");
    json(hazards);
    json.key("details");
    json.text += secrets == Secrets::shown ? operation.shown_details() : operation.details;
    json.close('}');
}

void write(core::JsonWriter &json, const std::vector<core::Operation> &operations, Secrets secrets)
{
    json.open('[');
    std::int64_t ordinal = 0;
    for (const core::Operation &operation : operations) {
        json.separate();
        write(json, operation, ++ordinal, secrets);
    }
    json.close(']');
}

core::Snapshot read_renamed(const DesiredSchema &desired, Renames &renames)
{
    if (!is_any_rename_open())
        return read_catalog(desired.scope);
    check_may_run("linkgress.analyze() with open renames");
    pg::Subtransaction subtransaction;
    renames = rename_in_catalogs(desired.snapshot);
    core::Snapshot source = read_catalog(desired.scope);
    subtransaction.rollback();
    return source;
}

} // namespace

Comparison read_both_sides(bool with_renames, bool told)
{
    DesiredSchema desired = desired_schema();
    Comparison comparison;
    comparison.scope = desired.scope;
    comparison.catalog_changes = pg::catalog_changes();
    comparison.source = with_renames ? read_renamed(desired, comparison.renames) : read_catalog(desired.scope);
    if (!told)
        tell_unused(comparison.renames);
    comparison.target = core::with_hook_objects(comparison.source, std::move(desired.snapshot));
    core::keep_unsaid(comparison.target, comparison.source, desired.said);
    comparison.created_schemas = std::move(desired.said.schemas);
    return comparison;
}

Comparison compare_with_model(bool told)
{
    Comparison comparison = read_both_sides(true, told);
    comparison.operations = comparison.renames.operations;
    for (core::Operation &operation : operations(comparison.source, comparison.target))
        comparison.operations.push_back(std::move(operation));
    if (!comparison.operations.empty())
        comparison.plan = plan_id(comparison.source, comparison.target, comparison.operations);
    refuse_losing_ignored(comparison);
    add_previews(comparison);
    return comparison;
}

std::vector<std::string> trusted_path(const Comparison &comparison)
{
    std::vector<std::string> path = initial_search_path();
    std::set<std::string> schemas;
    for (core::ObjectIndex i = 0; i < comparison.target.size(); i++)
        if (const std::string &schema = comparison.target[i].schema; !schema.empty())
            schemas.insert(schema);
    for (const std::string &schema : path)
        schemas.erase(schema);
    path.insert(path.end(), schemas.begin(), schemas.end());
    return without_untrusted(path, {});
}

std::vector<core::Operation> way_back(const Comparison &comparison)
{
    std::vector<core::Operation> back = operations(comparison.target, comparison.source);
    const std::vector<core::Operation> &renames = comparison.renames.operations;
    for (auto rename = renames.rbegin(); rename != renames.rend(); ++rename) {
        core::Operation undo = *rename;
        undo.statements.swap(undo.inverse);
        back.push_back(std::move(undo));
    }
    return back;
}

std::string to_stored_json(const std::vector<core::Operation> &operations)
{
    core::JsonWriter json;
    write(json, operations, Secrets::left_out);
    return std::move(json.text);
}

std::string to_json(const Comparison &comparison)
{
    core::JsonWriter json;
    json.open('{');
    json.member("plan", comparison.plan);
    json.key("destructive");
    json(std::any_of(comparison.operations.begin(), comparison.operations.end(),
                     [](const core::Operation &operation) { return operation.destructive; }));
    json.key("operations");
    write(json, comparison.operations, Secrets::shown);
    json.close('}');
    return std::move(json.text);
}

} // namespace linkgress::engine
