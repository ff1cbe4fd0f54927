#include "engine/operation_run.hpp"

#include "core/secret.hpp"
#include "core/sqlstate.hpp"
#include "core/text.hpp"
#include "engine/body.hpp"
#include "engine/lock_retries.hpp"
#include "pg/body_scope.hpp"
#include "pg/guc.hpp"
#include "pg/role.hpp"
#include "pg/text.hpp"

#include <optional>

#include <fmt/format.h>

namespace linkgress::engine {

using core::Operation;

namespace {

void locate(core::ErrorReport &report, const Operation &operation, std::size_t ordinal, const std::string &statement)
{
    pg::Excerpt excerpt = pg::excerpt(statement, report.internal_query == statement ? report.internal_position : 0);
    if (!operation.kept.empty()) {
        excerpt = pg::excerpt(core::without_secrets(statement, operation.secrets), 0);
        core::hide_secrets(report, operation.secrets);
    }
    report.internal_query = excerpt.text;
    report.internal_position = excerpt.position;
    report.message =
        fmt::format("operation {} ({} {}) failed: {}", ordinal, operation.type, operation.object, report.message);
    report.detail += fmt::format("{}operation={}, type={}, object={}", report.detail.empty() ? "" : "\n", ordinal,
                                 operation.type, core::quote_double(operation.object));
    name_holders(report);
}

void run_statement(const std::string &statement)
{
    run_within(pg::settings::statement_timeout(), [&] { pg::execute_statement(statement); });
}

// The role of the plan is fixed. Where the plan itself is to act as another one, that is one which the plan's role
// could become: the session may be a superuser's.
pg::Oid role_to_become(const std::string &identifier)
{
    std::string name = pg::split_identifiers(identifier).value_or(std::vector<std::string>{identifier}).at(0);
    std::optional<pg::Oid> role = pg::find_role(name);
    if (!role)
        throw core::Error(core::sqlstate::undefined_object, fmt::format("role \"{}\" does not exist", name));
    if (!pg::can_act_as(pg::current_role(), *role))
        throw core::Error(core::sqlstate::insufficient_privilege,
                          fmt::format("permission denied to set role \"{}\"", name),
                          "Privileges are revoked and granted by the role that has granted them.",
                          "Call as a role that is a member of it.");
    return *role;
}

// What the plan itself switches to, for what only a grantor can do. As fixed as the role of the plan is.
class SwitchedRole {
  public:
    void become(const std::string &identifier) // "": the role of the plan
    {
        scope_.reset();
        if (!identifier.empty())
            scope_.emplace(role_to_become(identifier));
    }

  private:
    std::optional<pg::RoleScope> scope_;
};

void run_operation(const Operation &operation, std::size_t ordinal)
{
    SwitchedRole role;
    for (std::size_t i = 0; i < operation.statements.size(); i++) {
        pg::check_for_interrupts();
        auto role_switch = operation.role_switches.find(i);
        try {
            if (role_switch == operation.role_switches.end())
                run_statement(operation.statements[i]);
            else
                role.become(role_switch->second);
        } catch (core::Error &error) {
            locate(error.report(), operation, ordinal, operation.statements[i]);
            throw;
        }
    }
}

} // namespace

// The statements name everything with its schema. What they set is undone at the end.
void run_operations(const std::vector<Operation> &operations, std::size_t first)
{
    // Defaults, checks, triggers, functions that these call: what they evaluate is not only the caller's.
    pg::BodyScope scope(pg::RoleChange::never);
    {
        pg::SearchPathScope search_path;
        pg::set_guc_in_level("standard_conforming_strings", "on");
        if (pg::settings::lock_timeout() > 0)
            pg::set_guc_in_level("lock_timeout", std::to_string(pg::settings::lock_timeout()));
        for (std::size_t i = 0; i < operations.size(); i++)
            run_operation(operations[i], first + i);
    }
    scope.close();
}

// "  3. drop_column public.users.phone  -- destructive"
std::string numbered_list(const std::vector<Operation> &operations)
{
    std::string list;
    int ordinal = 0;
    for (const Operation &operation : operations)
        list += fmt::format("{}{:>3}. {} {}{}", list.empty() ? "" : "\n", ++ordinal, operation.type, operation.object,
                            operation.destructive ? "  -- destructive" : "") +
                (operation.hint.empty() ? "" : "\n     " + operation.hint);
    return list;
}

} // namespace linkgress::engine
