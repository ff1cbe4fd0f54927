// The session and its worker, step by step:
//
//   session                                  worker
//   creates segment and queues, registers
//   the worker; sends the introduction:
//   database, roles, settings           -->  attaches, redirects its reports to the
//                                            queue, connects, takes on the roles and
//                                            settings
//   waits for the greeting              <--  sends the greeting
//   send()                              -->  receive()
//   receive(), passes on reports        <==  report(), send()
//   detaches from the segment                receive() returns nothing: returns from
//                                            its main function
//
// What the worker says comes through two queues: reports, which the server's own
// code writes as it would to a client, and answers. An error in the middle of a
// report that does not fit the queue, a cancel for instance, leaves that queue
// unusable, and the answer is to tell of it.
//
// The roles are those of the session at each level (login, SET SESSION
// AUTHORIZATION, SET ROLE), so that what a body can become by RESET ROLE is the
// same in both. Settings are those that differ from what a new connection would
// have; they are set as if the client had sent them with its connection, so that
// RESET goes back to them, with the rights of the role that had set them in the
// session: what the session may not set, the worker may not either. client_encoding stays the server's: all that goes
// through the queues is in it.
#include "pg/worker.hpp"

#include "core/packet.hpp"
#include "core/sqlstate.hpp"
#include "pg/guc.hpp"
#include "pg/postgres.hpp"
#include "pg/role.hpp"
#include "pg/session_settings.hpp"
#include "pg/top_level.hpp"

extern "C" {
#include "access/xact.h"
#include "libpq/pqformat.h"
#include "libpq/pqmq.h"
#include "mb/pg_wchar.h"
#include "postmaster/bgworker.h"
#include "storage/dsm.h"
#include "storage/ipc.h"
#include "storage/lock.h"
#include "storage/proc.h"
#include "storage/shm_mq.h"
#include "tcop/dest.h"
#include "tcop/tcopprot.h"
#include "utils/guc.h"
#include "utils/memutils.h"
#include "utils/wait_event.h"
}

namespace linkgress::pg {

namespace {

// The queues lie in the segment one behind the other. Longer messages pass in
// pieces.
enum QueueNumber { requests, answers, reports, queue_count };
constexpr Size queue_size = 32 * 1024;

void *queue_address(dsm_segment *segment, QueueNumber number) noexcept
{
    return static_cast<char *>(dsm_segment_address(segment)) + number * queue_size;
}

shm_mq *queue(dsm_segment *segment, QueueNumber number) noexcept
{
    return static_cast<shm_mq *>(queue_address(segment, number));
}

// The worker that the session waits for, ended by its exit too: FATAL runs no
// destructors.
BackgroundWorkerHandle *worker_to_end = nullptr;

// After an error, too: a worker has no part in the transaction. While it is waited for it may wait for locks of this
// session, but being ended ends that; and an error of waiting for a worker, the only one to come here before its
// rollback, leaves no lightweight lock.
void end_and_wait(BackgroundWorkerHandle *handle, bool terminate) noexcept
{
    // The session may be on its way out, but not without the worker. This is HOLD_INTERRUPTS(), which
    // C++20 finds fault with: it increments a volatile variable.
    InterruptHoldoffCount = InterruptHoldoffCount + 1;
    if (terminate)
        TerminateBackgroundWorker(handle);
    WaitForBackgroundWorkerShutdown(handle);
    InterruptHoldoffCount = InterruptHoldoffCount - 1;
}

// A message of the server's protocol: an error is returned, anything below it is
// reported here as it was there.
std::optional<core::ErrorReport> pass_on(std::string_view message)
{
    if (message.front() != 'E' && message.front() != 'N')
        return std::nullopt; // parameters, notifications: between the two processes
    ErrorData data;
    call([&]() noexcept {
        StringInfoData buffer;
        initStringInfo(&buffer);
        appendBinaryStringInfo(&buffer, message.data() + 1, static_cast<int>(message.size()) - 1);
        pq_parse_errornotice(&buffer, &data);
        if (data.elevel < ERROR)
            ThrowErrorData(&data);
        pfree(buffer.data);
    });
    return data.elevel < ERROR ? std::nullopt : std::optional(to_report(data));
}

[[noreturn]] void raise_gone()
{
    throw core::Error(core::sqlstate::connection_failure, "the background worker has ended unexpectedly", {},
                      "The server's log may tell why.");
}

} // namespace

extern "C" {
static void linkgress_end_worker(int, Datum)
{
    if (worker_to_end != nullptr)
        end_and_wait(worker_to_end, true);
}

// The server itself lets go of a process's session locks of the default method
// only with a transaction, and a worker may end between two of them.
static void linkgress_release_locks(int, Datum)
{
    LockReleaseAll(DEFAULT_LOCKMETHOD, true);
}
}

// ---- The session's side

Worker::Worker(const char *main, const std::string &name)
{
    try {
        start(main, name);
        introduce();
        receive();
    } catch (...) {
        finish(true);
        throw;
    }
}

Worker::~Worker()
{
    finish(std::uncaught_exceptions() > 0);
}

// The worker would be free to do what is refused there.
static void check_not_restricted()
{
    if (InSecurityRestrictedOperation())
        throw core::Error(core::sqlstate::insufficient_privilege,
                          "cannot start a background worker within a security-restricted operation", {},
                          "Call it outside of index expressions and materialized views.");
}

void Worker::start(const char *main, const std::string &name)
{
    check_not_restricted();
    BackgroundWorker worker;
    std::memset(&worker, 0, sizeof worker);
    worker.bgw_flags = BGWORKER_SHMEM_ACCESS | BGWORKER_BACKEND_DATABASE_CONNECTION;
    worker.bgw_start_time = BgWorkerStart_RecoveryFinished;
    worker.bgw_restart_time = BGW_NEVER_RESTART;
    worker.bgw_notify_pid = MyProcPid;
    fmt::format_to_n(worker.bgw_library_name, sizeof worker.bgw_library_name - 1, "linkgress");
    fmt::format_to_n(worker.bgw_function_name, sizeof worker.bgw_function_name - 1, "{}", main);
    fmt::format_to_n(worker.bgw_name, sizeof worker.bgw_name - 1, "{}", name);
    fmt::format_to_n(worker.bgw_type, sizeof worker.bgw_type - 1, "linkgress");

    bool registered = call([&]() noexcept {
        // The segment and the handles live as long as this object, which is longer
        // than a transaction.
        MemoryContext caller = MemoryContextSwitchTo(TopMemoryContext);
        segment_ = dsm_create(queue_count * queue_size, 0);
        dsm_pin_mapping(segment_);
        for (QueueNumber number : {requests, answers, reports})
            shm_mq_create(queue_address(segment_, number), queue_size);
        shm_mq_set_sender(queue(segment_, requests), MyProc);
        shm_mq_set_receiver(queue(segment_, answers), MyProc);
        shm_mq_set_receiver(queue(segment_, reports), MyProc);
        worker.bgw_main_arg = UInt32GetDatum(dsm_segment_handle(segment_));
        bool done = RegisterDynamicBackgroundWorker(&worker, &handle_);
        if (done) {
            requests_ = shm_mq_attach(queue(segment_, requests), segment_, handle_);
            answers_ = shm_mq_attach(queue(segment_, answers), segment_, handle_);
            reports_ = shm_mq_attach(queue(segment_, reports), segment_, handle_);
        }
        MemoryContextSwitchTo(caller);
        return done;
    });
    if (!registered)
        throw core::Error(core::sqlstate::configuration_limit_exceeded, "no background worker process is free",
                          "Statements that cannot run in a transaction, and runs in the background, need one.",
                          "Wait until others have ended, or raise max_worker_processes.");
    static bool exit_callback = false;
    if (!exit_callback)
        call([]() noexcept { before_shmem_exit(linkgress_end_worker, 0); });
    exit_callback = true;
    worker_to_end = handle_;
    BgwHandleStatus status = call([&]() noexcept { return WaitForBackgroundWorkerStartup(handle_, &pid_); });
    if (status == BGWH_POSTMASTER_DIED)
        raise_gone();
}

void Worker::introduce()
{
    core::PacketWriter packet;
    packet.put(std::int64_t{MyDatabaseId});
    packet.put(std::int64_t{authenticated_role()}).put(std::int64_t{session_role()}).put(std::int64_t{current_role()});
    for (const SessionSetting &setting : settings_of_session())
        packet.put(setting.name)
            .put(setting.value)
            .put(std::int64_t{setting.role})
            .put(std::int64_t{setting.with_all_rights});
    send(packet.bytes());
}

void Worker::send(std::string_view message)
{
    shm_mq_result result =
        call([&]() noexcept { return shm_mq_send(requests_, message.size(), message.data(), false, true); });
    if (result != SHM_MQ_SUCCESS)
        receive(); // its last words
}

std::optional<core::ErrorReport> Worker::pass_reports_on()
{
    for (;;) {
        Size size = 0;
        void *data = nullptr;
        if (call([&]() noexcept { return shm_mq_receive(reports_, &size, &data, true); }) != SHM_MQ_SUCCESS)
            return std::nullopt;
        if (std::optional<core::ErrorReport> error = pass_on({static_cast<const char *>(data), size}))
            return error;
    }
}

std::string Worker::receive()
{
    for (;;) {
        Size size = 0;
        void *data = nullptr;
        shm_mq_result result = call([&]() noexcept { return shm_mq_receive(answers_, &size, &data, true); });
        std::string answer;
        if (result == SHM_MQ_SUCCESS)
            answer.assign(static_cast<const char *>(data), size);
        // What was reported before the answer is there by now.
        if (std::optional<core::ErrorReport> error = pass_reports_on())
            throw core::Error(std::move(*error)); // it could not connect, or was terminated
        if (result == SHM_MQ_SUCCESS)
            return answer;
        if (result == SHM_MQ_DETACHED)
            raise_gone();
        call([]() noexcept {
            (void)WaitLatch(MyLatch, WL_LATCH_SET | WL_EXIT_ON_PM_DEATH, 0, PG_WAIT_EXTENSION);
            ResetLatch(MyLatch);
            CHECK_FOR_INTERRUPTS();
        });
    }
}

std::optional<std::string> Worker::take()
{
    Size size = 0;
    void *data = nullptr;
    // Apart: a queue has no part in a transaction, and this does not wait.
    if (call_apart([&]() noexcept { return shm_mq_receive(answers_, &size, &data, true); }) != SHM_MQ_SUCCESS)
        return std::nullopt;
    return std::string(static_cast<const char *>(data), size);
}

void Worker::detach() noexcept
{
    for (shm_mq_handle *queue : {requests_, answers_, reports_})
        if (queue != nullptr)
            shm_mq_detach(queue);
    requests_ = answers_ = reports_ = nullptr;
    if (segment_ != nullptr)
        dsm_detach(segment_);
    segment_ = nullptr;
}

void Worker::leave()
{
    worker_to_end = nullptr;
    detach();
    pfree(handle_);
    handle_ = nullptr;
}

void Worker::finish(bool terminate) noexcept
{
    worker_to_end = nullptr;
    if (handle_ != nullptr && terminate)
        end_and_wait(handle_, true);
    detach(); // which tells an idle worker to end
    if (handle_ != nullptr) {
        end_and_wait(handle_, false);
        pfree(handle_);
    }
    handle_ = nullptr;
}

// ---- The worker's side

WorkerSession::WorkerSession(std::uintptr_t main_argument)
{
    pqsignal(SIGTERM, die);
    BackgroundWorkerUnblockSignals();
    call([]() noexcept {
        // Before the connection's own callback is there: they are called in reverse, and that one ends
        // the transaction.
        before_shmem_exit(linkgress_release_locks, 0);
        MemoryContextSwitchTo(AllocSetContextCreate(TopMemoryContext, "linkgress worker", ALLOCSET_DEFAULT_SIZES));
        // What PostgresMain() has for a session: statements that commit inside keep their memory here.
        PortalContext = CurrentMemoryContext;
    });
    attach(main_argument);
    if (std::optional<std::string> introduction = receive()) {
        connect(*introduction);
        send({});
    }
}

void WorkerSession::attach(std::uintptr_t main_argument)
{
    call([&]() noexcept {
        segment_ = dsm_attach(DatumGetUInt32(main_argument));
        if (segment_ == nullptr)
            ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                            errmsg("could not map dynamic shared memory segment")));
        shm_mq_set_receiver(queue(segment_, requests), MyProc);
        shm_mq_set_sender(queue(segment_, answers), MyProc);
        shm_mq_set_sender(queue(segment_, reports), MyProc);
        requests_ = shm_mq_attach(queue(segment_, requests), segment_, nullptr);
        answers_ = shm_mq_attach(queue(segment_, answers), segment_, nullptr);
        pq_redirect_to_shm_mq(segment_, shm_mq_attach(queue(segment_, reports), segment_, nullptr));
    });
}

void WorkerSession::connect(const std::string &introduction)
{
    introduction_ = introduction;
    core::PacketReader packet(introduction_);
    auto database = static_cast<::Oid>(packet.integer());
    auto login = static_cast<::Oid>(packet.integer());
    call([&]() noexcept { BackgroundWorkerInitializeConnectionByOid(database, login, 0); });
    use_server_encoding();
    restore_settings_and_role();
}

void WorkerSession::restore_settings_and_role()
{
    core::PacketReader packet(introduction_);
    packet.integer();
    packet.integer();
    auto session_role = static_cast<Oid>(packet.integer());
    auto role = static_cast<Oid>(packet.integer());
    TopLevelTransaction transaction;
    auto become = [](const char *setting, Oid wanted) {
        std::optional<std::string> name = role_name(wanted);
        if (!name)
            throw core::Error(core::sqlstate::undefined_object,
                              fmt::format("role with OID {} does not exist any more", wanted));
        call([&]() noexcept { SetConfigOption(setting, name->c_str(), PGC_USERSET, PGC_S_SESSION); });
    };
    if (session_role != pg::session_role())
        become("session_authorization", session_role);
    if (role != current_role())
        become("role", role);
    while (!packet.at_end()) {
        SessionSetting setting;
        setting.name = packet.text();
        setting.value = packet.text();
        setting.role = static_cast<Oid>(packet.integer());
        setting.with_all_rights = packet.integer() != 0;
        set_connection_guc(setting);
    }
    transaction.commit();
}

std::optional<std::string> WorkerSession::receive()
{
    Size size = 0;
    void *data = nullptr;
    shm_mq_result result = call([&]() noexcept { return shm_mq_receive(requests_, &size, &data, false); });
    if (result != SHM_MQ_SUCCESS)
        return std::nullopt;
    return std::string(static_cast<const char *>(data), size);
}

void WorkerSession::send(std::string_view message)
{
    // Apart: a queue has no part in a transaction.
    if (segment_ != nullptr)
        call_apart([&]() noexcept { (void)shm_mq_send(answers_, message.size(), message.data(), false, true); });
}

void WorkerSession::leave()
{
    dsm_detach(segment_); // reports go to the server's log only from here on
    segment_ = nullptr;
}

void WorkerSession::reset()
{
    {
        TopLevelTransaction transaction;
        execute_at_top_level("DISCARD ALL");
        transaction.commit();
    }
    restore_settings_and_role();
    use_server_encoding();
}

} // namespace linkgress::pg
