// Making the database equal to the model while others work in it.
#pragma once

#include "engine/sync.hpp"
#include "pg/spi.hpp"

namespace linkgress::engine {

// The plan in the way that does not block (core/online), stage by stage: each is a migration of its own, known as such
// while the call is at work, and runs as those of up() do, with their lock timeouts, retries and worker. What failed or
// was broken off is gone on with by calling again: what is done is done, and the rest is planned anew.
//
// `spi` must be allowed to commit. Errors: those of sync(), those of up().
void sync_online(const SyncOptions &options, pg::SpiSession &spi);

} // namespace linkgress::engine
