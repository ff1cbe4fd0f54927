#include "engine/previews.hpp"

#include "core/error_class.hpp"
#include "core/json.hpp"
#include "core/preview.hpp"
#include "engine/renames.hpp"
#include "pg/guc.hpp"
#include "pg/preview.hpp"
#include "pg/role.hpp"
#include "pg/spi.hpp"
#include "pg/subtransaction.hpp"

#include <algorithm>
#include <string_view>

namespace linkgress::engine {

namespace {

// With no operator but the server's own, and without policies, which may call anything.
std::string look(const std::string &query)
{
    pg::Subtransaction subtransaction;
    try {
        std::string text;
        {
            pg::SearchPathScope search_path;
            pg::SettingScope all_rows("row_security", "off");
            text = pg::query_text(query);
        }
        subtransaction.release();
        return text;
    } catch (const core::Error &error) {
        if (!core::is_of_statement(error.report()))
            throw;
        subtransaction.rollback();
        return {};
    }
}

bool loses_values(const core::Operation &operation)
{
    return operation.type == "alter_column" &&
           std::any_of(operation.hazards.begin(), operation.hazards.end(),
                       [](const core::Hazard &hazard) { return std::string_view(hazard.name) == "data_loss"; });
}

void add(core::Operation &operation, const std::string &text)
{
    if (text.empty())
        return;
    operation.hint += (operation.hint.empty() ? "" : " ") + text;
    core::JsonWriter json;
    json.open('{');
    json.member("values", text);
    json.close('}');
    operation.details.pop_back();
    operation.details += (operation.details.size() > 1 ? "," : "") + json.text.substr(1);
}

void look_at_all(Comparison &comparison)
{
    for (const core::Preview &preview :
         core::previews(comparison.source, comparison.target, pg::quote_identifier, pg::preview_rows()))
        for (core::Operation &operation : comparison.operations)
            if (loses_values(operation) && operation.object == preview.object)
                add(operation, look(preview.query));
}

} // namespace

void add_previews(Comparison &comparison)
{
    bool has_any = std::any_of(comparison.operations.begin(), comparison.operations.end(), loses_values);
    if (!has_any || pg::preview_rows() == 0)
        return;
    if (comparison.renames.operations.empty()) {
        look_at_all(comparison);
        return;
    }
    // Rows are asked for by the new names.
    pg::Subtransaction subtransaction;
    rename_in_catalogs(comparison.target);
    look_at_all(comparison);
    subtransaction.rollback();
}

} // namespace linkgress::engine
