// The journal and the history. Every change to a journal row and the history
// row that tells of it are made here, in the transaction of the migration.
#pragma once

#include "core/location.hpp"
#include "engine/trust.hpp"
#include "pg/lock.hpp"
#include "pg/role.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace linkgress::engine {

// While it lives, the code writes the journal and its companions as their owner,
// and is known to their triggers.
class JournalWrite {
  public:
    JournalWrite();
    ~JournalWrite();
    JournalWrite(const JournalWrite &) = delete;
    JournalWrite &operator=(const JournalWrite &) = delete;

  private:
    pg::OwnerScope owner_;
};

// A run: its number, its row in linkgress.run, and while it lives the mark that
// shows it to other sessions. A run that does nothing has none of this.
class RunRecord {
  public:
    // `call`: what the user has called; `span`: how long the mark is to stay.
    RunRecord(std::string call, std::optional<std::string> target = std::nullopt,
              pg::lock::Span span = pg::lock::Span::transaction);
    ~RunRecord();
    RunRecord(const RunRecord &) = delete;
    RunRecord &operator=(const RunRecord &) = delete;

    // To be called before anything else, where what it writes is to stay.
    void begin(std::optional<int> steps = std::nullopt);
    std::int64_t number() const noexcept { return number_; }
    bool is_ended();   // by whoever has adopted it, too
    void renew_mark(); // after a rollback

    void succeed(int done);
    void fail(const core::ErrorReport &report, int done);

    // The next run that begins in this session is the one of this number, which has
    // its row already.
    static void adopt(std::int64_t number);

  private:
    void end(const core::ErrorReport *report, int done);

    std::string call_;
    std::optional<std::string> target_;
    pg::lock::Span span_;
    std::int64_t number_ = 0;
    std::optional<pg::lock::Mark> mark_;
};

enum class Action {
    apply,
    revert,
    baseline,
    repair,
    approve,
    approve_hook,
    approve_model,
    hook,
    sync,
    ensure_created,
    ensure_deleted
};

// Who is recorded as having done something: the role that called.
std::string caller_name();

// Records the registry's present text as applied; by a baseline or a repair,
// as a baseline, without having been run. `checksum` is that of the text that was
// run, where the registry may have another one by now.
void record_applied(std::int64_t run, Action action, const std::string &migration, double milliseconds,
                    bool out_of_order, const std::string &checksum = {});
// Takes it out of the journal. Repeatable migrations that ran after it are to be
// run again: what they build upon may be gone.
void record_reverted(std::int64_t run, const std::string &migration, double milliseconds);

// What the journal says without anything having been run.
void record_repair(std::int64_t run, const std::string &migration, const std::string &what);
// The message of that row is the fingerprint.
void record_approval(std::int64_t run, TextKind kind, const std::string &name, const std::string &fingerprint);

// Operations of a plan that were run, as JSON.
void record_operations(std::int64_t run, Action action, const std::string &plan, const std::string &operations,
                       double milliseconds);

// Only the history: the migration itself was rolled back. Action::hook is about the
// hook at that location, whatever it was called for.
void record_failure(std::int64_t run, Action action, const core::Location &location, const core::ErrorReport &report,
                    double milliseconds);

// Journal rows for repair(), without history.
void accept_registry_text(const std::string &migration);
void forget(const std::string &migration);
void rename(const std::string &migration, const std::string &new_name);

// Is the journal being written by this code, not by somebody's SQL?
bool journal_write_active() noexcept;

} // namespace linkgress::engine
