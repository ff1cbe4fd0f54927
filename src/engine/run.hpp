// Runs: calls that apply or revert migrations.
//
// Two kinds. The functions work in the caller's transaction: all or nothing,
// so that a failure simply goes up and takes everything along. The procedures
// commit after each migration; there each one is a subtransaction, so that a
// failed one can be noted in the history before its error goes up.
#pragma once

#include "core/error.hpp"
#include "core/location.hpp"
#include "engine/trust.hpp"
#include "pg/spi.hpp"

#include <optional>
#include <string>
#include <vector>

namespace linkgress::engine {

// What a run did with one migration.
struct Outcome {
    std::string name;
    std::string action; // applied, reverted, failed, baseline, dry run
    std::optional<double> milliseconds;
    std::optional<int> statements;
    std::optional<core::ErrorReport> error;
    core::Location location; // of the error
};

using Outcomes = std::vector<Outcome>;

struct ApplyOptions {
    std::optional<std::string> target;
    bool dry_run = false;
    bool stop_on_error = false; // keep what was applied before a failure
    bool ignore_missing = false;
    Untrusted untrusted = Untrusted::refuse; // of migrations and hooks
};

// What to revert, newest first by order of application.
struct RevertOptions {
    enum class Scope { last_n, after_name, last_batch, everything };
    const char *call = "linkgress.rollback()"; // for messages
    Scope scope = Scope::last_n;
    int n = 1;
    std::string name;
    bool dry_run = false;
};

Outcomes migrate(const ApplyOptions &options);
Outcomes rollback(const RevertOptions &options);
Outcomes redo(const RevertOptions &options);

// One transaction per migration; `spi` must be allowed to commit.
void up(const ApplyOptions &options, pg::SpiSession &spi);
void down(int n, pg::SpiSession &spi);

} // namespace linkgress::engine
