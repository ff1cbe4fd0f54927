// The lock that allows one run at a time in a database, and marks that show
// other sessions what a run is at.
//
// These are heavyweight locks that pg_locks shows as advisory locks, with a
// third key that no SQL function can give: pg_advisory_unlock_all() in a
// migration does not let go of them, and nobody can hold up migrations by taking
// one. Nobody ever queues for them either (see engine/run_lock), so they take no
// part in deadlocks.
#pragma once

#include "pg/bridge.hpp"

#include <cstdint>
#include <string_view>

namespace linkgress::pg::lock {

// How pg_locks shows them: locktype 'advisory', classid, objid, objsubid.
inline constexpr std::uint32_t class_id = 0x6c696e6b; // "link"
inline constexpr std::uint32_t object_id = 1;
inline constexpr std::uint16_t object_sub_id = 3;

enum class Span {
    transaction, // let go at the end of the transaction
    session,     // survives commits; let go by release_session() or an abort
};

// Takes the lock of a run if it is free or ours already; never waits.
bool try_acquire(Span span);
void release_session() noexcept;

// Locks a table of the extension until the end of the transaction, so that nobody can lock it against reading or
// writing, unless somebody has already; never waits.
bool try_hold_table(const char *table, bool for_writing);

// A fact about a run: its objsubid; the value is the objid. Unlike a row in a
// table, others see it at once, and it is gone with whoever has set it.
enum class Fact : std::uint16_t {
    migration = 4, // the hash of its name
    run = 5,       // the number of the run
    step = 6,      // which of the run's migrations, from 1
    steps = 7,
    statement = 8, // which of the body's statements, from 1
    statements = 9,
};

// Is somebody else showing this?
bool is_shown(Fact fact, std::uint32_t value);

// Shows a fact for as long as it lives. The abort of a transaction lets go of
// it; then renew() shows it again.
class Mark {
  public:
    Mark(Fact fact, std::uint32_t value, Span span);
    ~Mark();
    Mark(const Mark &) = delete;
    Mark &operator=(const Mark &) = delete;

    void change(std::uint32_t value);
    void renew();

  private:
    Fact fact_;
    std::uint32_t value_;
    Span span_;
};

// The value of Fact::migration: the same hash as hashtext().
std::uint32_t hash_of_name(std::string_view migration);

// Lets go of the processor for that long; cancel and shutdown take effect.
void pause(int milliseconds);

} // namespace linkgress::pg::lock
