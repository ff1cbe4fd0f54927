#include "engine/attempt.hpp"

#include "pg/report.hpp"
#include "pg/subtransaction.hpp"
#include "pg/top_level.hpp"

#include <fmt/format.h>

namespace linkgress::engine {

void name_migration(core::ErrorReport &report, const core::Location &location)
{
    if (report.message.find("\"" + location.migration + "\"") == std::string::npos)
        core::add_location(report, core::without_place(location));
}

namespace {

void warn(const char *otherwise, const core::ErrorReport &report) noexcept
{
    try {
        pg::report(pg::Level::warning, fmt::format("{}: {}", otherwise, report.message), report.detail, report.hint);
    } catch (const std::exception &) { // of what only looks for words
        // There is an error on its way that says more.
    }
}

// What `work` throws was rolled back on its way here.
void warn_of_failure(const char *otherwise, const std::function<void()> &work) noexcept
{
    try {
        work();
    } catch (const core::Error &error) { // rolled back
        warn(otherwise, error.report());
    } catch (const std::exception &) { // rolled back
        // Out of memory, which a warning would be too.
    }
}

} // namespace

void attempt(const char *otherwise, const std::function<void()> &work) noexcept
{
    warn_of_failure(otherwise, [&] { pg::in_subtransaction(work); });
}

void attempt_at_top_level(const char *otherwise, const std::function<void()> &work) noexcept
{
    warn_of_failure(otherwise, [&] { pg::in_transaction(work); });
}

void attempt_commit(const char *otherwise, pg::SpiSession &spi) noexcept
{
    warn_of_failure(otherwise, [&] { spi.commit(); }); // which the server rolls back itself
}

} // namespace linkgress::engine
