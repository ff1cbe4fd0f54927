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
//   receive(), passes on reports        <--  report(), send()
//   detaches from the segment                receive() returns nothing: returns from
//                                            its main function
//
// The roles are those of the session at each level (login, SET SESSION
// AUTHORIZATION, SET ROLE), so that what a body can become by RESET ROLE is the
// same in both. Settings are those that differ from what a new connection would
// have; they are set as if the client had sent them with its connection, so that
// RESET goes back to them. client_encoding stays the server's: all that goes
// through the queues is in it.
#include "pg/worker.hpp"

#include "core/packet.hpp"
#include "core/sqlstate.hpp"
#include "pg/guc.hpp"
#include "pg/postgres.hpp"
#include "pg/role.hpp"
#include "pg/spi.hpp"
#include "pg/top_level.hpp"

extern "C" {
#include "access/xact.h"
#include "libpq/pqformat.h"
#include "libpq/pqmq.h"
#include "mb/pg_wchar.h"
#include "postmaster/bgworker.h"
#include "storage/dsm.h"
#include "storage/ipc.h"
#include "storage/proc.h"
#include "storage/shm_mq.h"
#include "tcop/dest.h"
#include "tcop/tcopprot.h"
#include "utils/guc.h"
#include "utils/memutils.h"
}

namespace linkgress::pg {

namespace {

constexpr Size request_size = 16 * 1024; // longer messages pass in pieces
constexpr Size reply_size = 64 * 1024;
constexpr Size segment_size = request_size + reply_size;

// The type of ours, beside those of the server's protocol ('N', 'E', …).
constexpr char ordinary_message = 'm';

shm_mq *request_queue(dsm_segment *segment) noexcept
{
    return static_cast<shm_mq *>(dsm_segment_address(segment));
}

shm_mq *reply_queue(dsm_segment *segment) noexcept
{
    return reinterpret_cast<shm_mq *>(static_cast<char *>(dsm_segment_address(segment)) + request_size);
}

// The worker that the session waits for, ended by its exit too: FATAL runs no
// destructors.
BackgroundWorkerHandle *worker_to_end = nullptr;

void end_and_wait(BackgroundWorkerHandle *handle, bool terminate) noexcept
{
    HOLD_INTERRUPTS(); // the session may be on its way out, but not without the worker
    if (terminate)
        TerminateBackgroundWorker(handle);
    WaitForBackgroundWorkerShutdown(handle);
    RESUME_INTERRUPTS();
}

// What a message of the server's protocol reports.
core::ErrorReport parse_report(std::string_view message, int *level)
{
    char *copy = const_cast<char *>(message.data());
    ErrorData data;
    call([&]() noexcept {
        StringInfoData buffer;
        initStringInfo(&buffer);
        appendBinaryStringInfo(&buffer, copy + 1, static_cast<int>(message.size()) - 1);
        pq_parse_errornotice(&buffer, &data);
    });
    *level = data.elevel;
    return to_report(data);
}

// Does the same for the session's client as the worker's report() would.
void pass_on(std::string_view message)
{
    call([&]() noexcept {
        StringInfoData buffer;
        initStringInfo(&buffer);
        appendBinaryStringInfo(&buffer, message.data() + 1, static_cast<int>(message.size()) - 1);
        ErrorData data;
        pq_parse_errornotice(&buffer, &data);
        ThrowErrorData(&data);
        pfree(buffer.data);
    });
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

void Worker::start(const char *main, const std::string &name)
{
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
        segment_ = dsm_create(segment_size, 0);
        dsm_pin_mapping(segment_);
        shm_mq *requests = shm_mq_create(request_queue(segment_), request_size);
        shm_mq *replies = shm_mq_create(reply_queue(segment_), reply_size);
        shm_mq_set_sender(requests, MyProc);
        shm_mq_set_receiver(replies, MyProc);
        worker.bgw_main_arg = UInt32GetDatum(dsm_segment_handle(segment_));
        bool done = RegisterDynamicBackgroundWorker(&worker, &handle_);
        if (done) {
            requests_ = shm_mq_attach(requests, segment_, handle_);
            replies_ = shm_mq_attach(replies, segment_, handle_);
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
    static Query settings(
        "SELECT name, setting FROM pg_catalog.pg_settings WHERE source IN ('client', 'session')"
        " AND context IN ('user', 'superuser') AND name NOT IN ('search_path', 'role', 'session_authorization',"
        " 'client_encoding', 'application_name', 'seed', 'transaction_isolation', 'transaction_read_only',"
        " 'transaction_deferrable')",
        {});
    core::PacketWriter packet;
    packet.put(std::int64_t{MyDatabaseId});
    packet.put(std::int64_t{authenticated_role()}).put(std::int64_t{session_role()}).put(std::int64_t{current_role()});
    packet.put("search_path").put(show_guc("search_path"));
    {
        OwnerScope owner; // some settings are hidden from others
        Rows rows = settings.run();
        for (std::size_t row = 0; row < rows.size(); row++)
            packet.put(rows.text(row, 0)).put(rows.text(row, 1));
    }
    send(packet.bytes());
}

void Worker::send(std::string_view message)
{
    shm_mq_result result =
        call([&]() noexcept { return shm_mq_send(requests_, message.size(), message.data(), false, true); });
    if (result != SHM_MQ_SUCCESS)
        receive(); // its last words
}

std::string Worker::receive()
{
    for (;;) {
        Size size = 0;
        void *data = nullptr;
        shm_mq_result result = call([&]() noexcept { return shm_mq_receive(replies_, &size, &data, false); });
        if (result != SHM_MQ_SUCCESS)
            raise_gone();
        std::string_view message(static_cast<const char *>(data), size);
        int level = 0;
        switch (message.front()) {
        case ordinary_message:
            return std::string(message.substr(1));
        case 'E': // it could not connect, or was terminated
            throw core::Error(parse_report(message, &level));
        case 'N':
            pass_on(message);
            break;
        default: // parameters, notifications and the like are between the two processes
            break;
        }
    }
}

void Worker::leave()
{
    worker_to_end = nullptr;
    dsm_detach(segment_);
    segment_ = nullptr;
    pfree(handle_);
    handle_ = nullptr;
}

void Worker::finish(bool terminate) noexcept
{
    worker_to_end = nullptr;
    if (handle_ != nullptr && terminate)
        end_and_wait(handle_, true);
    if (segment_ != nullptr)
        dsm_detach(segment_); // which tells an idle worker to end
    if (handle_ != nullptr) {
        end_and_wait(handle_, false);
        pfree(handle_);
    }
    segment_ = nullptr;
    handle_ = nullptr;
}

// ---- The worker's side

WorkerSession::WorkerSession(std::uintptr_t main_argument)
{
    pqsignal(SIGTERM, die);
    BackgroundWorkerUnblockSignals();
    call([]() noexcept {
        MemoryContextSwitchTo(AllocSetContextCreate(TopMemoryContext, "linkgress worker", ALLOCSET_DEFAULT_SIZES));
        // What PostgresMain() has for a session: statements that commit inside keep their memory here.
        PortalContext = CurrentMemoryContext;
    });
    attach(main_argument);
    connect(*receive());
    send({});
}

void WorkerSession::attach(std::uintptr_t main_argument)
{
    call([&]() noexcept {
        segment_ = dsm_attach(DatumGetUInt32(main_argument));
        if (segment_ == nullptr)
            ereport(ERROR, (errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
                            errmsg("could not map dynamic shared memory segment")));
        shm_mq_set_receiver(request_queue(segment_), MyProc);
        shm_mq_set_sender(reply_queue(segment_), MyProc);
        requests_ = shm_mq_attach(request_queue(segment_), segment_, nullptr);
        replies_ = shm_mq_attach(reply_queue(segment_), segment_, nullptr);
        pq_redirect_to_shm_mq(segment_, replies_);
    });
}

void WorkerSession::connect(const std::string &introduction)
{
    introduction_ = introduction;
    core::PacketReader packet(introduction_);
    auto database = static_cast<::Oid>(packet.integer());
    auto login = static_cast<::Oid>(packet.integer());
    call([&]() noexcept {
        BackgroundWorkerInitializeConnectionByOid(database, login, 0);
        SetClientEncoding(GetDatabaseEncoding());
    });
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
    while (!packet.at_end()) {
        std::string name = packet.text();
        std::string value = packet.text();
        call([&]() noexcept {
            set_config_option(name.c_str(), value.c_str(), PGC_SUSET, PGC_S_CLIENT, GUC_ACTION_SET, true, WARNING,
                              false);
        });
    }
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

// In the form of the server's own messages in that queue: the type comes first.
void WorkerSession::send(std::string_view message)
{
    if (segment_ == nullptr)
        return;
    shm_mq_iovec parts[2] = {{&ordinary_message, 1}, {message.data(), message.size()}};
    call([&]() noexcept { (void)shm_mq_sendv(replies_, parts, 2, false, true); });
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
    SetClientEncoding(GetDatabaseEncoding());
}

} // namespace linkgress::pg
