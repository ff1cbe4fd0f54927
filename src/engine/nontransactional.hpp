// Running a body that cannot run in one transaction: statement by statement, at
// the top level of a worker process.
//
// Each statement commits by itself, and with it the note that it is done. That
// goes for most of those, too, that commit inside: the last of their transactions
// is still open when they return, and takes the note along. (CREATE INDEX
// CONCURRENTLY makes the index valid in it.) What cannot be taken back and may
// come before the note is: VACUUM, REINDEX CONCURRENTLY and ALTER SYSTEM, which
// may be repeated; files of tablespaces and databases; what a subscription does
// at the other server.
//
// After a failure the next attempt begins with the statement that failed. If that
// was one that may leave something behind, that is seen to first:
//
//   CREATE INDEX CONCURRENTLY   the invalid index is dropped; a valid one of the
//                               same definition counts as done
//   REINDEX CONCURRENTLY        invalid indexes named _ccnew or _ccold are dropped
//   DETACH PARTITION …          a partition that is pending is detached with
//   CONCURRENTLY                FINALIZE
//
// Indexes only where they were not invalid before the first attempt.
#pragma once

#include "core/location.hpp"
#include "engine/body.hpp"

#include <cstdint>
#include <functional>

namespace linkgress::engine {

// What the worker is to do.
struct Task {
    core::Location location;
    std::int64_t run = 0;
    std::size_t number = 0; // its place in the run
    std::size_t total = 0;
    bool out_of_order = false;
};

// Runs what is left of the body and records the migration as applied or reverted.
// Not in a transaction. `announce` is called whenever location has changed.
BodyResult run_nontransactional(Task &task, const std::function<void(const core::Location &)> &announce);

} // namespace linkgress::engine
