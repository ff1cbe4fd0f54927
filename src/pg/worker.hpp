// A second process for one session: a dynamic background worker of the same
// database, with the roles and settings of the session that starts it. No
// preloading is needed.
//
// The two talk through queues in a segment of shared memory, as the processes of
// a parallel query do. What the worker reports below an error
// (NOTICE, WARNING …) goes to its session's client while it works; an error that
// ends it comes out of receive(). Texts in the queues are in the server's
// encoding.
//
// A worker does not outlive its session, unless it was told to: when the session
// is cancelled or terminated, it ends the worker and waits for it.
#pragma once

#include "pg/bridge.hpp"

#include <optional>
#include <string>
#include <string_view>

struct dsm_segment;
struct BackgroundWorkerHandle;
struct shm_mq_handle;

namespace linkgress::pg {

// The session's side.
class Worker {
  public:
    // Starts a worker whose main function is the exported C function `main`,
    // and waits until it is connected. Raises 53400 when
    // all worker processes are taken.
    Worker(const char *main, const std::string &name);
    // Ends it, and waits for that.
    ~Worker();
    Worker(const Worker &) = delete;
    Worker &operator=(const Worker &) = delete;

    void send(std::string_view message);

    // Waits for a message; raises what the worker raised, or 08006 when it is
    // gone.
    std::string receive();

    // A message that is there already, if one is. Never waits.
    std::optional<std::string> take();

    // Ends it at once, and waits for that: nothing of what it was at goes on.
    void end() noexcept { finish(true); }

    // Lets it live on alone.
    void leave();

    int pid() const noexcept { return pid_; }

  private:
    void start(const char *main, const std::string &name);
    void introduce();
    std::optional<core::ErrorReport> pass_reports_on();
    void detach() noexcept;
    void finish(bool terminate) noexcept;

    dsm_segment *segment_ = nullptr;
    BackgroundWorkerHandle *handle_ = nullptr;
    shm_mq_handle *requests_ = nullptr;
    shm_mq_handle *answers_ = nullptr;
    shm_mq_handle *reports_ = nullptr;
    int pid_ = 0;
};

// The worker's side: made first thing in its main function.
class WorkerSession {
  public:
    explicit WorkerSession(std::uintptr_t main_argument);
    WorkerSession(const WorkerSession &) = delete;
    WorkerSession &operator=(const WorkerSession &) = delete;

    // The next request; nothing when the session has let go of the worker.
    std::optional<std::string> receive();

    // Does nothing when the session is gone.
    void send(std::string_view message);

    // Lives on alone: nobody listens any more.
    void leave();

    // Settings, role and all else that a session holds, as they were at first.
    // Not in a transaction.
    void reset();

  private:
    void attach(std::uintptr_t main_argument);
    void connect(const std::string &introduction);
    void restore_settings_and_role();

    dsm_segment *segment_ = nullptr;
    shm_mq_handle *requests_ = nullptr;
    shm_mq_handle *answers_ = nullptr;
    std::string introduction_;
};

} // namespace linkgress::pg
