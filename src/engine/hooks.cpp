#include "engine/hooks.hpp"

#include "core/sqlstate.hpp"
#include "engine/journal.hpp"
#include "engine/registry.hpp"
#include "pg/spi.hpp"

#include <fmt/format.h>

namespace linkgress::engine {

using pg::Query;
using pg::Type;

void check_hook_body(const std::string &hook, std::string body)
{
    core::Location location;
    location.hook = hook;
    BodyTraits traits = check_body(location, std::move(body));
    // An enum value may be in use elsewhere, so that is not refused.
    if (!traits.refused.empty())
        throw core::Error(core::sqlstate::active_sql_transaction,
                          fmt::format("hook \"{}\" cannot run in a transaction", hook), traits.describe() + ".",
                          "Hooks always do. Let a migration run that statement.");
}

void forget_hook_objects(const std::string &hook)
{
    static Query query("DELETE FROM linkgress.hook_object WHERE hook = $1", {Type::text});
    JournalWrite write;
    query.run({hook});
}

void forget_all_hook_objects()
{
    static Query query("DELETE FROM linkgress.hook_object", {});
    JournalWrite write;
    query.run();
}

void rename_hook_objects(const std::string &hook, const std::string &new_name)
{
    static Query query("UPDATE linkgress.hook_object SET hook = $2 WHERE hook = $1", {Type::text, Type::text});
    JournalWrite write;
    query.run({hook, new_name});
}

} // namespace linkgress::engine
