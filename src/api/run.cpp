#include "engine/run.hpp"

#include "api/options.hpp"
#include "api/outcome.hpp"
#include "api/procedure.hpp"
#include "core/sqlstate.hpp"
#include "pg/entry.hpp"

using namespace linkgress;
using engine::RevertOptions;

namespace {

bool parse_on_error(const std::optional<std::string> &on_error)
{
    if (on_error == "stop")
        return true;
    if (on_error == "raise")
        return false;
    throw core::Error(core::sqlstate::invalid_parameter_value,
                      fmt::format("on_error must be 'raise' or 'stop', not '{}'", on_error.value_or("NULL")), {},
                      "With 'raise' a failure undoes the whole call, with 'stop' what was applied before it stays.");
}

engine::ApplyOptions apply_options(const pg::Arguments &arguments)
{
    engine::ApplyOptions options;
    options.target = arguments.text(0);
    options.dry_run = arguments.boolean(1).value_or(false);
    options.stop_on_error = parse_on_error(arguments.text(2));
    options.ignore_missing = arguments.boolean(3).value_or(false);
    options.untrusted = api::untrusted_option(arguments, 4);
    return options;
}

RevertOptions revert_options(const char *call, RevertOptions::Scope scope, std::optional<bool> dry_run)
{
    RevertOptions options;
    options.call = call;
    options.scope = scope;
    options.dry_run = dry_run.value_or(false);
    return options;
}

// NULL is no number of migrations: refused below, like 0.
RevertOptions last_n(const pg::Arguments &arguments)
{
    RevertOptions options = revert_options("linkgress.rollback()", RevertOptions::Scope::last_n, arguments.boolean(1));
    options.n = arguments.integer(0).value_or(0);
    return options;
}

} // namespace

LINKGRESS_FUNCTION(linkgress_migrate)
{
    pg::SpiSession spi;
    return api::add_outcomes(call_info, engine::migrate(apply_options(pg::Arguments(call_info))));
}

LINKGRESS_FUNCTION(linkgress_rollback)
{
    pg::SpiSession spi;
    return api::add_outcomes(call_info, engine::rollback(last_n(pg::Arguments(call_info))));
}

LINKGRESS_FUNCTION(linkgress_rollback_to)
{
    pg::SpiSession spi;
    pg::Arguments arguments(call_info);
    RevertOptions options =
        revert_options("linkgress.rollback_to()", RevertOptions::Scope::after_name, arguments.boolean(1));
    options.name = pg::required_text(arguments, 0, "name");
    return api::add_outcomes(call_info, engine::rollback(options));
}

LINKGRESS_FUNCTION(linkgress_rollback_batch)
{
    pg::SpiSession spi;
    pg::Arguments arguments(call_info);
    return api::add_outcomes(call_info,
                             engine::rollback(revert_options("linkgress.rollback_batch()",
                                                             RevertOptions::Scope::last_batch, arguments.boolean(0))));
}

LINKGRESS_FUNCTION(linkgress_redo)
{
    pg::SpiSession spi;
    return api::add_outcomes(call_info, engine::redo(last_n(pg::Arguments(call_info))));
}

LINKGRESS_FUNCTION(linkgress_reset)
{
    pg::SpiSession spi;
    pg::Arguments arguments(call_info);
    return api::add_outcomes(
        call_info,
        engine::rollback(revert_options("linkgress.reset()", RevertOptions::Scope::everything, arguments.boolean(0))));
}

LINKGRESS_FUNCTION(linkgress_up)
{
    api::check_may_commit(call_info, "up", "migrate");
    pg::Arguments arguments(call_info);
    engine::ApplyOptions options;
    options.target = arguments.text(0);
    options.ignore_missing = arguments.boolean(1).value_or(false);
    options.untrusted = api::untrusted_option(arguments, 2);
    pg::SpiSession spi(pg::SpiSession::Transactions::may_commit);
    engine::up(options, spi);
    return 0;
}

LINKGRESS_FUNCTION(linkgress_down)
{
    api::check_may_commit(call_info, "down", "rollback");
    pg::Arguments arguments(call_info);
    int n = arguments.integer(0).value_or(0);
    pg::SpiSession spi(pg::SpiSession::Transactions::may_commit);
    engine::down(n, spi);
    return 0;
}
