// Running one body: statement by statement, in a scope that leaves the session
// as it was, with errors that say where they are.
#pragma once

#include "core/location.hpp"
#include "engine/trust.hpp"

#include <string>
#include <vector>

namespace linkgress::engine {

// Did somebody ask for the whole call to end (cancel, shutdown)? The time limit
// of a statement is an ordinary failure.
bool is_interrupt(const core::Error &error);

// What a body did.
struct BodyResult {
    int statements = 0;
    std::vector<std::string> dropped_tables; // "public.posts (1200 rows)"
};

// Runs a body as the calling role. On failure the error carries the place, and
// `location` has it too.
BodyResult run_body(core::Location &location, std::string body, const Voucher &voucher);

} // namespace linkgress::engine
