// Runs in the background: a worker calls up() as the session would have done,
// and goes on when the session has ended.
#pragma once

#include "engine/run.hpp"
#include "pg/worker.hpp"

#include <cstdint>
#include <optional>

namespace linkgress::engine {

// Starts the run, and returns its number; nothing where nothing is pending. Raises
// whatever is known beforehand to make it fail.
std::optional<std::int64_t> launch(const ApplyOptions &options);

// The worker's side.
void serve_launch(pg::WorkerSession &session);

} // namespace linkgress::engine
