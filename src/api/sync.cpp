#include "engine/sync.hpp"

#include "api/operations.hpp"
#include "api/procedure.hpp"
#include "engine/comparison.hpp"
#include "engine/desired_schema.hpp"
#include "engine/ensure.hpp"
#include "engine/model.hpp"
#include "engine/scaffold.hpp"
#include "engine/sync_online.hpp"

using namespace linkgress;

LINKGRESS_FUNCTION(linkgress_set_model)
{
    pg::SpiSession spi;
    pg::Arguments arguments(call_info);
    bool is_to_be_built = arguments.boolean(3).value_or(true);
    std::optional<engine::ModelWrite> write;
    if (is_to_be_built)
        write.emplace();
    const char *result =
        engine::store_model_part(pg::required_text(arguments, 1, "name"), pg::required_text(arguments, 0, "source"),
                                 pg::required_text(arguments, 2, "format"));
    write.reset();
    if (is_to_be_built)
        engine::desired_schema();
    return pg::text_result(result);
}

LINKGRESS_FUNCTION(linkgress_analyze)
{
    pg::SpiSession spi;
    engine::Comparison comparison = engine::compare_with_model();
    return api::add_operations(call_info, comparison.operations, comparison.plan);
}

LINKGRESS_FUNCTION(linkgress_analyze_json)
{
    pg::SpiSession spi;
    return pg::json_result(engine::to_json(engine::compare_with_model()));
}

LINKGRESS_FUNCTION(linkgress_sync)
{
    pg::SpiSession spi;
    pg::Arguments arguments(call_info);
    engine::SyncOptions options;
    options.allow_destructive = arguments.boolean(0).value_or(false);
    options.plan = arguments.text(1);
    options.dry_run = arguments.boolean(2).value_or(false);
    return api::add_operations(call_info, engine::sync(options));
}

LINKGRESS_FUNCTION(linkgress_sync_online)
{
    api::check_may_commit(call_info, "sync_online", "sync");
    pg::Arguments arguments(call_info);
    engine::SyncOptions options;
    options.allow_destructive = arguments.boolean(0).value_or(false);
    options.plan = arguments.text(1);
    pg::SpiSession spi(pg::SpiSession::Transactions::may_commit);
    engine::sync_online(options, spi);
    return 0;
}

LINKGRESS_FUNCTION(linkgress_ensure_created)
{
    pg::SpiSession spi;
    return api::add_operations(call_info, engine::ensure_created());
}

LINKGRESS_FUNCTION(linkgress_ensure_deleted)
{
    pg::SpiSession spi;
    pg::Arguments arguments(call_info);
    return api::add_operations(call_info, engine::ensure_deleted(pg::required_text(arguments, 0, "confirm"),
                                                                 arguments.boolean(1).value_or(false)));
}

LINKGRESS_FUNCTION(linkgress_scaffold)
{
    pg::SpiSession spi;
    pg::Arguments arguments(call_info);
    return pg::text_result(
        engine::scaffold(pg::required_text(arguments, 0, "label"), arguments.boolean(1).value_or(false)));
}

LINKGRESS_FUNCTION(linkgress_scaffold_empty)
{
    pg::SpiSession spi;
    return pg::text_result(engine::scaffold_empty(pg::required_text(pg::Arguments(call_info), 0, "label")));
}
