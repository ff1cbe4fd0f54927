// Runs by pg_cron, where that is installed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace linkgress::engine {

// Has pg_cron call up() for this database as the calling role; returns the
// number of the job. A second call replaces the first one's. Raises 0A000, with what
// is to be installed, where there is no pg_cron.
std::int64_t schedule(const std::string &expression, const std::optional<std::string> &target);

// False when there was no such job.
bool unschedule();

} // namespace linkgress::engine
