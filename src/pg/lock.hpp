// The lock that allows one run at a time in a database.
//
// It is a heavyweight lock that pg_locks shows as an advisory lock, with a
// third key that no SQL function can give: pg_advisory_unlock_all() in a
// migration does not let go of it, and nobody can hold up migrations by taking
// it. Nobody ever queues for it either (see engine/run_lock), so it takes no
// part in deadlocks.
#pragma once

#include "pg/bridge.hpp"

#include <cstdint>
#include <string_view>

namespace linkgress::pg::lock {

// How pg_locks shows it: locktype 'advisory', classid, objid, objsubid.
inline constexpr std::uint32_t class_id = 0x6c696e6b; // "link"
inline constexpr std::uint32_t object_id = 1;
inline constexpr std::uint16_t object_sub_id = 3;

enum class Span {
    transaction, // let go at the end of the transaction
    session,     // survives commits; let go by release_session() or an abort
};

// Takes the lock if it is free or ours already; never waits.
bool try_acquire(Span span);
void release_session() noexcept;

// Shows other sessions which migration is being run, for as long as it lives:
// a lock like the other, with the sub id below and the hash of the name.
inline constexpr std::uint16_t step_sub_id = 4;

class StepMark {
  public:
    explicit StepMark(std::string_view migration);
    ~StepMark();
    StepMark(const StepMark &) = delete;
    StepMark &operator=(const StepMark &) = delete;

  private:
    std::uint32_t hash_;
    int exceptions_;
};

// Lets go of the processor for a while, or until a signal arrives; cancel and
// shutdown take effect.
void pause(int milliseconds);

} // namespace linkgress::pg::lock
