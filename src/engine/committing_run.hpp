// A run of steps that commit one by one, as those of linkgress.up() do.
//
// Whatever may fail stands in a subtransaction of its own: a failure is noted, or
// tried again, in a transaction that works. A commit that fails is rolled back by
// the server.
#pragma once

#include "engine/background.hpp"
#include "engine/lock_retries.hpp"
#include "engine/run_lock.hpp"
#include "engine/step.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace linkgress::engine {

// Holds the lock of a run as long as it lives.
class CommittingRun {
  public:
    // `call`: what the user has called. `spi` must be allowed to commit.
    CommittingRun(const char *call, std::optional<std::string> target, pg::SpiSession &spi);

    // To be called in the transaction of each step that has one, before its body.
    using Check = std::function<void(const Step &)>;

    // Runs the steps, each in a transaction of its own or, if it cannot be in one, in the background. Failures are
    // noted in the history before their error goes up; what was done before stays.
    void run(std::vector<Step> steps, Hooks hooks, Check check = {});

    std::int64_t number() const noexcept { return record_.number(); }

  private:
    void run_in_transaction(Step &step);
    void run_outside_transaction(Step &step);
    // Hooks that have no migration's transaction to run in.
    void run_hooks_alone(HookEvent event, core::Location location);
    // A failure of `work` is noted before it goes up, and the hooks are told.
    void noting_failure(Action action, const core::Location &location, const std::function<void()> &work);
    // In a transaction of its own. `step`, if any, is what others see meanwhile.
    void run_with_retries(core::Location &location, const Step *step, const std::function<void()> &work);
    void hold_lock();
    // With no lock held but that of the run.
    void pause(LockRetries &retries, const Step *step);
    void commit(const core::Location &location);
    void run_in_background(Step &step);
    // The worker does it as well, unless it was ended.
    void tell_leftover(const Step &step, core::ErrorReport &report);
    void note_failure(Action action, const core::Location &location, const core::ErrorReport &report,
                      double milliseconds);
    void run_after_failure(const core::Location &location, const core::ErrorReport &report);

    pg::SpiSession &spi_;
    RunLock lock_;
    RunRecord record_;
    Background background_;
    Hooks hooks_;
    Check check_;
    int done_ = 0;
};

} // namespace linkgress::engine
