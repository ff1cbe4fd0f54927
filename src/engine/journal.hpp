// The journal and the history. Every change to a journal row and the history
// row that tells of it are made here, in the transaction of the migration.
#pragma once

#include "core/location.hpp"
#include "engine/trust.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace linkgress::engine {

// The number of a run, drawn when it is first needed.
class RunNumber {
  public:
    std::int64_t get();

  private:
    std::int64_t number_ = 0;
};

enum class Action { apply, revert, baseline, repair, approve };

// Who is recorded as having done something: the role that called.
std::string caller_name();

// Records the registry's present text as applied; by a baseline or a repair,
// as a baseline, without having been run.
void record_applied(std::int64_t run, Action action, const std::string &migration, double milliseconds,
                    bool out_of_order);
// Takes it out of the journal. Repeatable migrations that ran after it are to be
// run again: what they build upon may be gone.
void record_reverted(std::int64_t run, const std::string &migration, double milliseconds);

// What the journal says without anything having been run.
void record_repair(std::int64_t run, const std::string &migration, const std::string &what);
void record_approval(std::int64_t run, const std::string &migration);

// Only the history: the migration itself was rolled back.
void record_failure(std::int64_t run, Action action, const core::Location &location, const core::ErrorReport &report,
                    double milliseconds);

// Journal rows for repair(), without history.
void accept_registry_text(const std::string &migration);
void forget(const std::string &migration);
void rename(const std::string &migration, const std::string &new_name);

// Is the journal being written by this code, not by somebody's SQL?
bool journal_write_active() noexcept;

} // namespace linkgress::engine
