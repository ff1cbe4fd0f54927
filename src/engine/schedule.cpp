#include "engine/schedule.hpp"

#include "core/sqlstate.hpp"
#include "core/text.hpp"
#include "engine/registry.hpp"
#include "pg/guc.hpp"
#include "pg/role.hpp"
#include "pg/spi.hpp"

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

using pg::Query;
using pg::Type;

constexpr const char *job_name = "linkgress";

void check_pg_cron(const std::string &command)
{
    static Query installed(
        "SELECT current_database()::text, EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_cron')", {});
    pg::OwnerScope owner;
    pg::Rows rows = installed.run();
    if (rows.boolean(0, 1))
        return;
    std::string here = rows.text(0, 0);
    std::string cron_database = pg::show_guc("cron.database_name");
    const char *message = "pg_cron is not installed in this database";
    if (!cron_database.empty() && cron_database != here)
        throw core::Error(core::sqlstate::feature_not_supported, message,
                          fmt::format("On this server it works in database \"{}\".", cron_database),
                          fmt::format("Run there: SELECT cron.schedule_in_database({}, ..., {}, {});",
                                      core::quote_literal(fmt::format("{} {}", job_name, here)),
                                      core::quote_literal(command), core::quote_literal(here)));
    throw core::Error(core::sqlstate::feature_not_supported, message, {},
                      fmt::format("Install its package (postgresql-NN-cron on Debian), add pg_cron to"
                                  " shared_preload_libraries, set cron.database_name = {}, restart the server, then"
                                  " CREATE EXTENSION pg_cron.",
                                  core::quote_literal(here)));
}

std::string call_of(const std::optional<std::string> &target)
{
    return fmt::format("CALL linkgress.up({})", target ? core::quote_literal(*target) : "");
}

} // namespace

// Under the caller's rights: pg_cron runs the job as who has scheduled it.
std::int64_t schedule(const std::string &expression, const std::optional<std::string> &target)
{
    static Query query("SELECT cron.schedule($1, $2, $3)", {Type::text, Type::text, Type::text});
    refuse_inside_migration("call linkgress.schedule()");
    std::string command = call_of(target);
    check_pg_cron(command);
    pg::SearchPathScope search_path;
    return query.run({std::string_view(job_name), expression, command}).bigint(0, 0);
}

bool unschedule()
{
    static Query find("SELECT jobid FROM cron.job WHERE jobname = $1 AND username = current_user", {Type::text});
    static Query query("SELECT cron.unschedule($1::bigint)", {Type::bigint});
    refuse_inside_migration("call linkgress.unschedule()");
    check_pg_cron(call_of(std::nullopt));
    pg::SearchPathScope search_path;
    pg::Rows jobs = find.run({std::string_view(job_name)});
    return !jobs.empty() && query.run({jobs.bigint(0, 0)}).boolean(0, 0);
}

} // namespace linkgress::engine
