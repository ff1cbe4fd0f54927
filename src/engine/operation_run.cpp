#include "engine/operation_run.hpp"

#include "core/secret.hpp"
#include "core/text.hpp"
#include "engine/lock_retries.hpp"
#include "pg/guc.hpp"
#include "pg/lock_watch.hpp"
#include "pg/role.hpp"
#include "pg/text.hpp"
#include "pg/timeout.hpp"

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
    pg::LockWatch watch;
    pg::StatementTimer timer(pg::settings::statement_timeout());
    pg::execute_statement(statement);
}

} // namespace

// The statements name everything with its schema. What they set is undone at the end.
void run_operations(const std::vector<Operation> &operations, std::size_t first)
{
    pg::SearchPathScope search_path;
    pg::set_guc_in_level("standard_conforming_strings", "on");
    if (pg::settings::lock_timeout() > 0)
        pg::set_guc_in_level("lock_timeout", std::to_string(pg::settings::lock_timeout()));
    for (std::size_t i = 0; i < operations.size(); i++)
        for (const std::string &statement : operations[i].statements) {
            pg::check_for_interrupts();
            try {
                run_statement(statement);
            } catch (core::Error &error) {
                locate(error.report(), operations[i], first + i, statement);
                throw;
            }
        }
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
