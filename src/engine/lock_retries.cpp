#include "engine/lock_retries.hpp"

#include "core/progress.hpp"
#include "core/sqlstate.hpp"
#include "engine/attempt.hpp"
#include "pg/guc.hpp"
#include "pg/lock.hpp"
#include "pg/lock_watch.hpp"
#include "pg/report.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

constexpr int first_pause = 100; // ms
constexpr int longest_pause = 5000;

bool is_lock_failure(const core::ErrorReport &report)
{
    return report.sqlstate == core::sqlstate::lock_not_available ||
           report.sqlstate == core::sqlstate::deadlock_detected;
}

void add_detail(core::ErrorReport &report, const std::string &detail)
{
    if (!detail.empty())
        report.detail = detail + (report.detail.empty() ? "" : "\n") + report.detail;
}

std::string describe_awaited_lock()
{
    std::string text;
    attempt("who holds the lock is not known", [&] { text = pg::describe_awaited_lock(); });
    return text;
}

void complete(core::ErrorReport &report, const std::string &awaited, int attempts)
{
    add_detail(report, awaited);
    core::add_hint(report, attempts == 1
                               ? std::string("With linkgress.lock_retries it would be tried again.")
                               : fmt::format("It was tried {} times. Try again when the lock is free, or raise"
                                             " linkgress.lock_retries or linkgress.lock_timeout.",
                                             attempts));
}

} // namespace

void name_holders(core::ErrorReport &report)
{
    if (!is_lock_failure(report))
        return;
    std::vector<std::string> pids = pg::holders_of_awaited_lock();
    if (!pids.empty())
        add_detail(report, fmt::format("The lock is held by pid {}.", fmt::join(pids, ", ")));
}

void describe_holders(core::ErrorReport &report)
{
    if (is_lock_failure(report))
        add_detail(report, describe_awaited_lock());
}

bool LockRetries::try_again(core::ErrorReport &report)
{
    if (!is_lock_failure(report))
        return false;
    std::string awaited = describe_awaited_lock();
    if (retries_ >= pg::settings::lock_retries()) {
        complete(report, awaited, retries_ + 1);
        return false;
    }
    retries_++;
    pause_ = retries_ == 1 ? first_pause : std::min(pause_ * 2, longest_pause);
    if (pg::settings::verbosity() != pg::Verbosity::quiet)
        pg::report(pg::Level::notice,
                   fmt::format("{} could not get its locks, trying again in {} (retry {} of {})",
                               location_.migration.empty() ? "hook " + location_.hook : location_.migration,
                               core::format_duration(pause_), retries_, pg::settings::lock_retries()),
                   awaited.empty() ? report.message + (report.detail.empty() ? "" : "\n") + report.detail : awaited);
    return true;
}

void LockRetries::pause()
{
    try {
        pg::lock::pause(pause_);
    } catch (core::Error &error) { // cancelled
        core::add_location(error.report(), location_);
        throw;
    }
}

} // namespace linkgress::engine
