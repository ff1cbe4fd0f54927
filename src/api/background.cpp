#include "engine/background.hpp"
#include "api/options.hpp"
#include "engine/launch.hpp"
#include "engine/schedule.hpp"
#include "pg/entry.hpp"

using namespace linkgress;

LINKGRESS_WORKER(linkgress_run_worker, engine::serve)
LINKGRESS_WORKER(linkgress_launch_worker, engine::serve_launch)

LINKGRESS_FUNCTION(linkgress_launch)
{
    pg::SpiSession spi;
    pg::Arguments arguments(call_info);
    engine::ApplyOptions options;
    options.target = arguments.text(0);
    options.ignore_missing = arguments.boolean(1).value_or(false);
    options.untrusted = api::untrusted_option(arguments, 2);
    std::optional<std::int64_t> run = engine::launch(options);
    return run ? pg::bigint_result(*run) : pg::null_result(call_info);
}

LINKGRESS_FUNCTION(linkgress_schedule)
{
    pg::SpiSession spi;
    pg::Arguments arguments(call_info);
    return pg::bigint_result(engine::schedule(pg::required_text(arguments, 0, "schedule"), arguments.text(1)));
}

LINKGRESS_FUNCTION(linkgress_unschedule)
{
    pg::SpiSession spi;
    return pg::boolean_result(engine::unschedule());
}
