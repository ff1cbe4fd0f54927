// The advisory locks that users take for the session: no end of a transaction lets go of them.
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

namespace linkgress::pg {

struct AdvisoryLock {
    std::uint32_t database;
    std::uint32_t key1;
    std::uint32_t key2;
    std::uint16_t key_form; // one key of 64 bits, or two
    int mode;

    auto operator<=>(const AdvisoryLock &) const = default;
};

// Those that this process holds, sorted; among them those of the transaction.
std::vector<AdvisoryLock> held_advisory_locks();

// Lets go of it, however many times the session holds it; of one that the transaction holds it does not. To be called
// where nothing may be raised.
void release_advisory_lock(const AdvisoryLock &lock) noexcept;

} // namespace linkgress::pg
