#include "engine/scaffold.hpp"

#include "core/scaffold.hpp"
#include "core/sqlstate.hpp"
#include "core/subset.hpp"
#include "engine/comparison.hpp"
#include "engine/diff.hpp"
#include "engine/notice.hpp"
#include "engine/own_locks.hpp"
#include "engine/registry.hpp"
#include "engine/run_lock.hpp"
#include "pg/guc.hpp"
#include "pg/report.hpp"
#include "pg/role.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace linkgress::engine {

namespace {

std::string register_as(const std::string &label, const std::string &up, const std::string &down)
{
    std::string name = new_migration_name(label);
    Registration registration;
    registration.name = name;
    registration.up = up;
    registration.down = down;
    registration.description = label;
    register_migration(registration);
    notice(fmt::format("registered migration \"{}\"", name), {}, "SELECT linkgress.migrate() applies it.");
    return name;
}

// What the author has to complete
void tell_secrets(const std::string &migration, const std::vector<core::Operation> &operations,
                  const std::vector<core::Operation> &back)
{
    std::vector<std::string> names;
    auto add = [&](const char *direction, const std::vector<core::Operation> &all) {
        for (const core::Operation &operation : all)
            if (!operation.kept.empty())
                names.push_back(fmt::format("{}: {} {}", direction, operation.type, operation.object));
    };
    add("up", operations);
    add("down", back);
    if (!names.empty())
        notice(fmt::format("secrets are not kept in migration \"{}\"", migration),
               fmt::format("{}", fmt::join(names, "\n")),
               "It raises an error there until its text has them, or does without: see its comments.");
}

std::string register_plan(const std::string &label, const std::vector<core::Operation> &operations,
                          const std::vector<core::Operation> &back, const std::string &plan)
{
    std::string name = register_as(label, core::up_body(operations, plan), core::down_body(back, operations));
    tell_secrets(name, operations, back);
    return name;
}

// In the way that does not block, one statement after the other
std::vector<core::Operation> one_by_one(const core::Snapshot &source, const core::Snapshot &target)
{
    std::vector<core::Operation> operations;
    for (core::Stage &stage : stages(source, target))
        for (core::Operation &operation : stage.operations)
            operations.push_back(std::move(operation));
    return operations;
}

// What changes indexes alone comes last, in a migration of its own.
std::string scaffold_apart(const std::string &label, const Comparison &comparison)
{
    Comparison first = comparison;
    first.target = core::with_old_indexes(comparison.source, comparison.target);
    std::vector<core::Operation> indexes = one_by_one(first.target, comparison.target);
    first.operations = operations(first.source, first.target);
    const std::vector<core::Operation> &renames = first.renames.operations;
    first.operations.insert(first.operations.begin(), renames.begin(), renames.end());
    std::string name;
    if (!first.operations.empty())
        name = register_plan(label, first.operations, way_back(first), comparison.plan);
    if (!indexes.empty())
        name = register_plan(first.operations.empty() ? label : label + " indexes", indexes,
                             one_by_one(comparison.target, first.target), comparison.plan);
    return name;
}

} // namespace

std::string scaffold(const std::string &label, bool concurrently)
{
    check_may_run("linkgress.scaffold()");
    hold_own_tables();
    Comparison comparison = compare_with_model();
    if (comparison.operations.empty())
        throw core::Error(core::sqlstate::no_schema_differences, "no schema differences",
                          "The database is as the model wants it.",
                          "SELECT linkgress.scaffold_empty('...') registers a migration to be written by hand.");
    if (concurrently)
        return scaffold_apart(label, comparison);
    return register_plan(label, comparison.operations, way_back(comparison), comparison.plan);
}

std::string scaffold_empty(const std::string &label)
{
    check_may_run("linkgress.scaffold_empty()");
    hold_own_tables();
    return register_as(label, "-- what it does\n", "-- what takes it back\n");
}

} // namespace linkgress::engine
