#include "engine/access.hpp"

#include "core/sqlstate.hpp"
#include "engine/journal.hpp"
#include "engine/own_locks.hpp"
#include "engine/own_privileges.hpp"
#include "engine/registry.hpp"
#include "engine/run_lock.hpp"
#include "pg/extension.hpp"
#include "pg/spi.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

using Grants = std::vector<const char *>;

const Grants viewer_grants = {
    "USAGE ON SCHEMA linkgress",
    "SELECT ON linkgress.migration, linkgress.journal, linkgress.failure, linkgress.partial,"
    " linkgress.partial_statement, linkgress.overview",
    // Neither details nor contexts, which may have values of rows: see linkgress.failure.
    "SELECT (id, run, name, action, at, by, duration, checksum, sqlstate, message, hint, statement, line, operations)"
    " ON linkgress.history",
    "SELECT (id, call, target, steps, done, started_at, started_by, ended_at, sqlstate, message, hint)"
    " ON linkgress.run",
    "EXECUTE ON FUNCTION linkgress.status(), linkgress.pending(), linkgress.pending(boolean), linkgress.applied(),"
    " linkgress.validate(), linkgress.runs(), linkgress.is_current(), linkgress.check()",
    "EXECUTE ON FUNCTION linkgress.checksum(text), linkgress.registration_fingerprint(text, text),"
    " linkgress.role_oid(linkgress.role), linkgress.role_name(linkgress.role)",
    "SELECT ON linkgress.hook, linkgress.hook_object, linkgress.model, linkgress.rename, linkgress.ignore",
    "EXECUTE ON FUNCTION linkgress.snapshot(name[]), linkgress.fingerprint(name[]), linkgress.diff(jsonb, jsonb),"
    " linkgress.online_plan(jsonb, jsonb), linkgress.plan_id(jsonb, jsonb)",
};

// The functions of the generated column and of the index are run by whoever
// writes the table.
const Grants author_grants = {
    "INSERT, UPDATE, DELETE ON linkgress.migration, linkgress.hook, linkgress.model, linkgress.ignore",
    "INSERT (kind, old, new), UPDATE (kind, old, new), DELETE ON linkgress.rename",
    "EXECUTE ON FUNCTION linkgress.folded_name(text), linkgress.registration_digest(text, text, text, text, text[])",
    "EXECUTE ON FUNCTION"
    " linkgress.register(text, text, text, text, boolean, interval, boolean, boolean, text[], boolean, boolean,"
    " interval)",
    "EXECUTE ON FUNCTION linkgress.set_model(text, text, text, boolean)",
    "EXECUTE ON FUNCTION linkgress.analyze(), linkgress.analyze_json(), linkgress.scaffold(text, boolean),"
    " linkgress.scaffold_empty(text)",
};

const Grants operator_grants = {
    "EXECUTE ON FUNCTION linkgress.migrate(text, boolean, text, boolean, boolean)",
    "EXECUTE ON FUNCTION linkgress.rollback(integer, boolean), linkgress.rollback_to(text, boolean),"
    " linkgress.rollback_batch(boolean), linkgress.redo(integer, boolean), linkgress.reset(boolean)",
    "EXECUTE ON PROCEDURE linkgress.up(text, boolean, boolean), linkgress.down(integer),"
    " linkgress.sync_online(boolean, text)",
    "EXECUTE ON FUNCTION linkgress.baseline(text), linkgress.repair(text, text, text, boolean, integer),"
    " linkgress.approve(text, text, text)",
    "EXECUTE ON FUNCTION linkgress.launch(text, boolean, boolean), linkgress.schedule(text, text), "
    "linkgress.unschedule()",
    "EXECUTE ON FUNCTION linkgress.analyze(), linkgress.analyze_json(), linkgress.sync(boolean, text, boolean),"
    " linkgress.ensure_created(), linkgress.ensure_deleted(text, boolean)",
};

// What pg_dump reads, and nothing to call.
const Grants backup_grants = {
    "USAGE ON SCHEMA linkgress",
    "SELECT ON linkgress.migration, linkgress.journal, linkgress.partial, linkgress.partial_statement,"
    " linkgress.history, linkgress.run, linkgress.hook, linkgress.hook_object, linkgress.model, linkgress.rename,"
    " linkgress.ignore",
    "SELECT ON SEQUENCE linkgress.journal_id_seq, linkgress.history_id_seq, linkgress.run_id_seq,"
    " linkgress.rename_id_seq",
};

void grant(const Grants &grants, const std::string &role)
{
    for (const char *each : grants)
        pg::execute_statement(fmt::format("GRANT {} TO {}", each, role));
}

// The levels of a list such as 'author,operator'; none of them for 'none'.
struct Levels {
    bool viewer = false;
    bool author = false;
    bool operator_ = false;
    bool backup = false;
};

[[noreturn]] void refuse_level(const std::string &level)
{
    throw core::Error(
        core::sqlstate::invalid_parameter_value, fmt::format("unknown access level \"{}\"", level), {},
        "The levels are viewer, author, operator, backup, several of them as 'author,operator', and none.");
}

Levels parse_levels(const std::string &text)
{
    Levels levels;
    if (text == "none")
        return levels;
    std::size_t start = 0;
    while (start <= text.size()) {
        std::size_t end = std::min(text.find(',', start), text.size());
        std::string level = text.substr(start, end - start);
        level.erase(0, level.find_first_not_of(' '));
        levels.viewer = levels.viewer || level != "backup";
        if (level == "author")
            levels.author = true;
        else if (level == "backup")
            levels.backup = true;
        else if (level == "operator")
            levels.operator_ = true;
        else if (level != "viewer")
            refuse_level(level);
        start = end + 1;
    }
    return levels;
}

pg::Oid grantee_oid(const std::string &role)
{
    if (role == "public")
        throw core::Error(core::sqlstate::invalid_parameter_value, "access is granted to roles, not to PUBLIC", {},
                          "Name the roles that need it.");
    std::optional<pg::Oid> oid = pg::find_role(role);
    if (!oid)
        throw core::Error(core::sqlstate::undefined_object, fmt::format("role \"{}\" does not exist", role), {},
                          "Create it with CREATE ROLE.");
    pg::Oid owner = pg::own_tables_owner();
    if (*oid == owner)
        throw core::Error(core::sqlstate::invalid_parameter_value,
                          fmt::format("role \"{}\" owns extension \"linkgress\", and has every right on it", role));
    if (!pg::can_act_as(pg::current_role(), owner))
        throw core::Error(core::sqlstate::insufficient_privilege,
                          "only who can act as the owner of extension \"linkgress\" can grant access to it");
    return *oid;
}

struct ApprovalQueries {
    pg::Query fingerprint; // of what is to be approved, its row locked
    pg::Query update;
};

#define APPROVAL_QUERIES(table)                                                                                        \
    {                                                                                                                  \
        {"SELECT fingerprint FROM linkgress." table " WHERE name = $1", {pg::Type::text}},                             \
        {                                                                                                              \
            "UPDATE linkgress." table " SET approved_at = clock_timestamp(), "                                         \
            " approved_by = $2::linkgress.role::name, approvers = CASE WHEN $2 = ANY (approvers::oid[])"               \
            " THEN approvers ELSE array_append(approvers, $2::linkgress.role) END WHERE name = $1",                    \
            {                                                                                                          \
                pg::Type::text, pg::Type::oid                                                                          \
            }                                                                                                          \
        }                                                                                                              \
    }

ApprovalQueries &approval_queries(TextKind kind)
{
    static ApprovalQueries migration APPROVAL_QUERIES("migration");
    static ApprovalQueries hook APPROVAL_QUERIES("hook");
    static ApprovalQueries model APPROVAL_QUERIES("model");
    switch (kind) {
    case TextKind::migration:
        return migration;
    case TextKind::hook:
        return hook;
    case TextKind::model:
        return model;
    }
    return migration;
}

[[noreturn]] void refuse_unknown(TextKind kind, const std::string &name)
{
    throw core::Error(core::sqlstate::undefined_object, fmt::format("{} does not exist", describe(kind, name)), {},
                      kind == TextKind::migration
                          ? "SELECT * FROM linkgress.status() shows the migrations of this database."
                          : fmt::format("The table linkgress.{} has them all.", to_string(kind)));
}

// Its fingerprint.
std::string set_approval(TextKind kind, const std::string &name, const std::optional<std::string> &fingerprint)
{
    pg::Oid role = pg::current_role();
    lock_row({describe(kind, name), to_string(kind), name});
    pg::OwnerScope owner;
    RegistryWrite write;
    pg::Rows found = approval_queries(kind).fingerprint.run({name});
    if (found.empty())
        refuse_unknown(kind, name);
    std::string present = found.text(0, 0);
    if (fingerprint && present != *fingerprint)
        throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                          fmt::format("{} is not the one to be approved", describe(kind, name)),
                          fmt::format("Its fingerprint is {}.", present),
                          "Read it again: its text, and when and how it runs.");
    approval_queries(kind).update.run({name, role});
    return present;
}

} // namespace

std::string approve(TextKind kind, const std::string &name, const std::optional<std::string> &fingerprint)
{
    check_may_run("linkgress.approve()");
    hold_own_tables();
    std::string approved = set_approval(kind, name, fingerprint);
    RunRecord run("linkgress.approve()");
    run.begin();
    record_approval(run.number(), kind, name, approved);
    run.succeed(1);
    return approved;
}

void grant_access(const std::string &role, const std::string &level)
{
    Levels levels = parse_levels(level);
    pg::Oid grantee = grantee_oid(role);
    std::string name = pg::quote_identifier(role);
    pg::OwnerScope owner;
    for (const OwnPrivileges &each : own_privileges(grantee))
        revoke(each);
    if (levels.viewer)
        grant(viewer_grants, name);
    if (levels.backup)
        grant(backup_grants, name);
    if (levels.author)
        grant(author_grants, name);
    if (levels.operator_)
        grant(operator_grants, name);
}

} // namespace linkgress::engine
