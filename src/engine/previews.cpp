#include "engine/previews.hpp"

#include "core/preview.hpp"
#include "engine/renames.hpp"
#include "engine/row_query.hpp"
#include "pg/guc.hpp"
#include "pg/spi.hpp"
#include "pg/subtransaction.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace linkgress::engine {

namespace {

bool loses_values(const core::Operation &operation)
{
    return operation.type == "alter_column" &&
           std::any_of(operation.hazards.begin(), operation.hazards.end(),
                       [](const core::Hazard &hazard) { return std::string_view(hazard.name) == "data_loss"; });
}

void look_at_all(Comparison &comparison)
{
    std::unordered_map<std::string_view, core::Operation *> losing; // by object
    for (core::Operation &operation : comparison.operations)
        if (loses_values(operation))
            losing.emplace(operation.object, &operation);
    for (const core::Preview &preview :
         core::previews(comparison.source, comparison.target, pg::quote_identifier, pg::settings::preview_rows()))
        if (auto operation = losing.find(preview.object); operation != losing.end())
            if (std::optional<std::string> text = ask_rows(preview.query))
                operation->second->values = *text;
}

} // namespace

void add_previews(Comparison &comparison)
{
    bool has_any = std::any_of(comparison.operations.begin(), comparison.operations.end(), loses_values);
    if (!has_any || pg::settings::preview_rows() == 0)
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
