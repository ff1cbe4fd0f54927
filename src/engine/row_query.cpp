#include "engine/row_query.hpp"

#include "core/error_class.hpp"
#include "engine/body.hpp"
#include "pg/guc.hpp"
#include "pg/role.hpp"
#include "pg/spi.hpp"
#include "pg/subtransaction.hpp"

namespace linkgress::engine {

namespace {

std::optional<std::string> ask(const std::string &query)
{
    pg::BodyScope scope(pg::RoleChange::never);
    std::optional<std::string> answer;
    {
        pg::SearchPathScope search_path;
        pg::SettingScope all_rows("row_security", "off"); // an error instead of some of the rows
        run_within(time_limit(), [&] { answer = pg::query_text(query); });
    }
    scope.close();
    return answer;
}

} // namespace

std::optional<std::string> ask_rows(const std::string &query)
{
    pg::Subtransaction subtransaction;
    try {
        std::optional<std::string> answer = ask(query);
        subtransaction.release();
        return answer;
    } catch (const core::Error &error) {
        if (!core::is_of_statement(error.report()))
            throw;
        subtransaction.rollback();
        return std::nullopt;
    }
}

} // namespace linkgress::engine
