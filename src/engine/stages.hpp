// Stages of linkgress.sync_online(): migrations that are known only while it is at work.
#pragma once

#include <string>

namespace linkgress::engine {

// By the calling role.
void register_stage(const std::string &name, const std::string &up, bool transactional);

// All of them, wherever they are known, but for the history. What a call has left that was broken off is of no use to
// the next one, which plans anew. To be called with the lock of a run.
void forget_stages();

} // namespace linkgress::engine
