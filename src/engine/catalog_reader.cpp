#include "engine/catalog_reader.hpp"

#include "core/error.hpp"
#include "core/sqlstate.hpp"
#include "engine/catalog/reader.hpp"
#include "pg/catalog.hpp"
#include "pg/guc.hpp"
#include "pg/role.hpp"
#include "pg/subtransaction.hpp"

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

// What the settings of a session may not have a say in: names, and how constants are
// written.
class PinnedSettings {
    pg::SearchPathScope search_path_;
    pg::SettingScope date_style_{"DateStyle", "ISO, MDY"};
    pg::SettingScope interval_style_{"IntervalStyle", "postgres"};
    pg::SettingScope time_zone_{"TimeZone", "UTC"};
    pg::SettingScope digits_{"extra_float_digits", "1"};
    pg::SettingScope bytea_{"bytea_output", "hex"};
    pg::SettingScope quotes_{"quote_all_identifiers", "off"};
    // Queries that run once each: compiling takes longer than it saves, sorting on disk, too.
    pg::SettingScope jit_{"jit", "off"};
    pg::SettingScope memory_{"work_mem", "32MB"};
};

// The deparser reads the catalogs as they are now, not as the snapshot has them: what was
// dropped meanwhile is an error of its own. And it locks tables, as DDL does, in an order of its own.
bool is_of_concurrent_change(const core::Error &error)
{
    const std::string &sqlstate = error.report().sqlstate;
    return sqlstate == core::sqlstate::internal_error || sqlstate == core::sqlstate::undefined_object ||
           sqlstate == "42P01" || sqlstate == "42883" || sqlstate == "42703" || sqlstate == "40P01";
}

core::Snapshot read_once(const std::optional<std::vector<std::string>> &schemas)
{
    PinnedSettings pinned;
    pg::LatestSnapshotScope snapshot;
    pg::SpiSession spi;
    return catalog::Reader(schemas).read();
}

} // namespace

core::Snapshot read_catalog(const std::optional<std::vector<std::string>> &schemas)
{
    constexpr int attempts = 10;
    std::string before;
    bool is_changing = false;
    for (int attempt = 1; attempt <= attempts; attempt++) {
        std::uint64_t changes = pg::catalog_changes();
        pg::Subtransaction subtransaction;
        try {
            core::Snapshot snapshot = read_once(schemas);
            // With the locks that the deparser has taken on what it read; there is nothing to keep.
            subtransaction.rollback();
            // Unchanged, or changed in nothing that shows.
            bool is_settled = pg::catalog_changes() == changes;
            std::string text = is_settled ? "" : snapshot.to_json();
            if (is_settled || text == before) {
                snapshot.server = pg::server_version();
                snapshot.role = pg::role_name(pg::current_role()).value_or("");
                return snapshot;
            }
            before = std::move(text);
            is_changing = true;
        } catch (const core::Error &error) {
            if (!is_of_concurrent_change(error))
                throw;
            subtransaction.rollback();
            is_changing = is_changing || pg::catalog_changes() != changes;
            // What has just been committed may be known from its rows before it is announced.
            if (attempt == attempts && !is_changing)
                throw;
        }
    }
    throw core::Error(core::sqlstate::serialization_failure, "the schema is being changed all the time",
                      fmt::format("It was read {} times, and was another each time.", attempts),
                      "Call again when other sessions have finished their changes.");
}

} // namespace linkgress::engine
