// What handlers of an error do beside.
#pragma once

#include "core/location.hpp"
#include "pg/spi.hpp"

#include <functional>

namespace linkgress::engine {

// An error of bookkeeping says of which migration it was.
void name_migration(core::ErrorReport &report, const core::Location &location);

// What is worth less than the error that is on its way: does it in a subtransaction. If it fails, it is rolled back,
// and its error is a WARNING that begins with `otherwise`. For handlers of another error, which have rolled back by
// then; an interrupt is as good as that error.
void attempt(const char *otherwise, const std::function<void()> &work) noexcept;

// The same for a process at top level, in a transaction with an SPI session.
void attempt_at_top_level(const char *otherwise, const std::function<void()> &work) noexcept;

// Likewise commits.
void attempt_commit(const char *otherwise, pg::SpiSession &spi) noexcept;

} // namespace linkgress::engine
