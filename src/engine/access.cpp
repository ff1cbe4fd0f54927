#include "engine/access.hpp"

#include "core/sqlstate.hpp"
#include "engine/journal.hpp"
#include "engine/registry.hpp"
#include "engine/run_lock.hpp"
#include "pg/spi.hpp"

#include <vector>

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

using Grants = std::vector<const char *>;

const Grants viewer_grants = {
    "USAGE ON SCHEMA linkgress",
    "SELECT ON linkgress.migration, linkgress.journal, linkgress.history, linkgress.partial,"
    " linkgress.partial_statement, linkgress.run,"
    " linkgress.overview",
    "EXECUTE ON FUNCTION linkgress.status(), linkgress.pending(), linkgress.applied(), linkgress.validate(),"
    " linkgress.runs()",
    "EXECUTE ON FUNCTION linkgress.checksum(text)",
    "SELECT ON linkgress.ignore",
    "EXECUTE ON FUNCTION linkgress.snapshot(name[]), linkgress.fingerprint(name[]), linkgress.diff(jsonb, jsonb),"
    " linkgress.online_plan(jsonb, jsonb), linkgress.plan_id(jsonb, jsonb)",
};

// The functions of the generated column and of the index are run by whoever
// writes the table.
const Grants author_grants = {
    "INSERT, UPDATE, DELETE ON linkgress.migration, linkgress.ignore",
    "EXECUTE ON FUNCTION linkgress.folded_name(text)",
    "EXECUTE ON FUNCTION"
    " linkgress.register(text, text, text, text, boolean, interval, boolean, boolean, text[], boolean, boolean,"
    " interval)",
};

const Grants operator_grants = {
    "EXECUTE ON FUNCTION linkgress.migrate(text, boolean, text, boolean)",
    "EXECUTE ON FUNCTION linkgress.rollback(integer, boolean), linkgress.rollback_to(text, boolean),"
    " linkgress.rollback_batch(boolean), linkgress.redo(integer, boolean), linkgress.reset(boolean)",
    "EXECUTE ON PROCEDURE linkgress.up(text, boolean), linkgress.down(integer)",
    "EXECUTE ON FUNCTION linkgress.baseline(text), linkgress.repair(text, text, text, boolean, integer),"
    " linkgress.approve(text, text)",
    "EXECUTE ON FUNCTION linkgress.launch(text, boolean), linkgress.schedule(text, text), linkgress.unschedule()",
};

void grant(const Grants &grants, const std::string &role)
{
    for (const char *each : grants)
        pg::execute_statement(fmt::format("GRANT {} TO {}", each, role));
}

void revoke_all(const std::string &role)
{
    for (const char *each : {"ALL TABLES IN SCHEMA linkgress", "ALL SEQUENCES IN SCHEMA linkgress",
                             "ALL ROUTINES IN SCHEMA linkgress", "SCHEMA linkgress"})
        pg::execute_statement(fmt::format("REVOKE ALL ON {} FROM {}", each, role));
}

} // namespace

void approve(const std::string &name, const std::optional<std::string> &checksum)
{
    static pg::Query query(
        "UPDATE linkgress.migration SET approved_at = clock_timestamp(), approved_by = $2::text::name,"
        " approved_by_oid = $3 WHERE name = $1 RETURNING name",
        {pg::Type::text, pg::Type::text, pg::Type::oid});
    static pg::Query text("SELECT linkgress.checksum(up || coalesce(down, '')) FROM linkgress.migration WHERE name = $1"
                          " FOR UPDATE",
                          {pg::Type::text});
    check_may_run("linkgress.approve()");
    std::string by = caller_name();
    pg::Oid role = pg::current_role();
    {
        pg::OwnerScope owner;
        RegistryWrite write;
        pg::Rows found = text.run({name});
        if (!found.empty() && checksum && found.text(0, 0) != *checksum)
            throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                              fmt::format("the text of migration \"{}\" is not the one to be approved", name),
                              fmt::format("The checksum of up and down is {}.", found.text(0, 0)), "Read it again.");
        if (query.run({name, by, role}).empty())
            throw core::Error(core::sqlstate::undefined_object, fmt::format("migration \"{}\" does not exist", name),
                              {}, "SELECT * FROM linkgress.status() shows the migrations of this database.");
    }
    RunRecord run("linkgress.approve()");
    run.begin();
    record_approval(run.number(), name);
    run.succeed(1);
}

void grant_access(const std::string &role, const std::string &level)
{
    if (level != "viewer" && level != "author" && level != "operator" && level != "none")
        throw core::Error(core::sqlstate::invalid_parameter_value, fmt::format("unknown access level \"{}\"", level),
                          {}, "The levels are viewer, author, operator and none.");
    if (role == "public")
        throw core::Error(core::sqlstate::invalid_parameter_value, "access is granted to roles, not to PUBLIC", {},
                          "Name the roles that need it.");
    if (!pg::find_role(role))
        throw core::Error(core::sqlstate::undefined_object, fmt::format("role \"{}\" does not exist", role), {},
                          "Create it with CREATE ROLE.");
    pg::SearchPathScope search_path;
    std::string grantee = pg::quote_identifier(role);
    if (level == "none") {
        revoke_all(grantee);
        return;
    }
    grant(viewer_grants, grantee);
    if (level == "author")
        grant(author_grants, grantee);
    if (level == "operator")
        grant(operator_grants, grantee);
}

} // namespace linkgress::engine
