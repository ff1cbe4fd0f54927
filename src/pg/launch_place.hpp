// The place of the one launched run that waits for its turn. Each that waits has a worker process of its own, of which
// there are few.
#pragma once

namespace linkgress::pg::lock {

// Takes it for the session, if it is free; never waits. An abort lets go of it, too.
bool try_place();
void release_place() noexcept;

} // namespace linkgress::pg::lock
