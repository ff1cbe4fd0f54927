// The worker of a run, for the migrations that cannot run in a transaction.
//
// While it works, the session waits without a snapshot and without a lock that
// ends with its transaction: a concurrent index build waits for every snapshot
// older than its own, and would wait for the session for ever.
#pragma once

#include "engine/nontransactional.hpp"
#include "pg/spi.hpp"
#include "pg/worker.hpp"

#include <optional>

namespace linkgress::engine {

class Background {
  public:
    explicit Background(pg::SpiSession &spi) : spi_(spi) {}

    // Has the worker carry out the task, and waits for it. The first time it starts
    // the worker. Commits. On failure the error carries the place, and the task's
    // location has it too; the worker has ended by then.
    BodyResult run(Task &task);

  private:
    BodyResult wait(Task &task);
    void catch_up(core::Location &location);

    pg::SpiSession &spi_;
    std::optional<pg::Worker> worker_;
};

// The worker's side: carries out tasks until there are no more.
void serve(pg::WorkerSession &session);

} // namespace linkgress::engine
