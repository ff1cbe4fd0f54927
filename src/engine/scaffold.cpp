#include "engine/scaffold.hpp"

#include "core/scaffold.hpp"
#include "core/sqlstate.hpp"
#include "engine/comparison.hpp"
#include "engine/registry.hpp"
#include "engine/run_lock.hpp"
#include "pg/guc.hpp"
#include "pg/report.hpp"
#include "pg/role.hpp"

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

// Seconds are added as long as the time is taken, by whatever label.
std::string new_name(const std::string &label)
{
    static pg::Query query(
        "WITH RECURSIVE taken AS (SELECT left(name, 15) AS time FROM linkgress.migration"
        "  UNION SELECT left(name, 15) FROM linkgress.journal),"
        " probe(at) AS (SELECT clock_timestamp() UNION ALL SELECT at + interval '1 second' FROM probe"
        "  WHERE to_char(at AT TIME ZONE 'UTC', 'YYYYMMDD-HH24MISS') IN (SELECT time FROM taken))"
        " SELECT to_char(max(at) AT TIME ZONE 'UTC', 'YYYYMMDD-HH24MISS') FROM probe",
        {});
    std::string text = core::label_in_name(label);
    if (text.empty())
        throw core::Error(core::sqlstate::invalid_parameter_value, "the label must have a letter or a digit", {},
                          "Say in a few words what the migration is for.");
    pg::OwnerScope owner;
    return query.run().text(0, 0) + "_" + text;
}

std::string register_as(const std::string &label, const std::string &up, const std::string &down)
{
    std::string name = new_name(label);
    Registration registration;
    registration.name = name;
    registration.up = up;
    registration.down = down;
    registration.description = label;
    register_migration(registration);
    if (pg::settings::verbosity() != pg::Verbosity::quiet)
        pg::report(pg::Level::notice, fmt::format("registered migration \"{}\"", name), {},
                   "SELECT linkgress.migrate() applies it.");
    return name;
}

} // namespace

std::string scaffold(const std::string &label)
{
    check_may_run("linkgress.scaffold()");
    Comparison comparison = compare_with_model();
    if (comparison.operations.empty())
        throw core::Error(core::sqlstate::no_schema_differences, "no schema differences",
                          "The database is as the model wants it.",
                          "SELECT linkgress.scaffold_empty('…') registers a migration to be written by hand.");
    return register_as(label, core::up_body(comparison.operations, comparison.plan),
                       core::down_body(way_back(comparison), comparison.operations));
}

std::string scaffold_empty(const std::string &label)
{
    check_may_run("linkgress.scaffold_empty()");
    return register_as(label, "-- what it does\n", "-- what takes it back\n");
}

} // namespace linkgress::engine
