#include "engine/launch.hpp"

#include "core/packet.hpp"
#include "core/sqlstate.hpp"
#include "core/text.hpp"
#include "engine/attempt.hpp"
#include "engine/journal.hpp"
#include "engine/run_lock.hpp"
#include "engine/selection.hpp"
#include "pg/guc.hpp"
#include "pg/launch_place.hpp"
#include "pg/top_level.hpp"
#include "pg/transaction.hpp"

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

constexpr const char *worker_main = "linkgress_launch_worker";

// What the block has done is not to be seen by the run, and the run may need
// locks that the block holds.
void check_no_block()
{
    if (pg::in_transaction_block() || pg::has_uncommitted_changes())
        throw core::Error(core::sqlstate::active_sql_transaction,
                          "linkgress.launch() cannot run inside a transaction block, or after uncommitted changes", {},
                          "COMMIT first, or use SELECT linkgress.migrate() there.");
}

std::string call_of(const ApplyOptions &options)
{
    return fmt::format("CALL linkgress.up(target => {}, ignore_missing => {}, skip_untrusted => {})",
                       options.target ? core::quote_literal(*options.target) : "NULL", options.ignore_missing,
                       options.untrusted == Untrusted::skip);
}

} // namespace

std::optional<std::int64_t> launch(const ApplyOptions &options)
{
    check_may_run("linkgress.launch()");
    check_no_block();
    if (read_pending(options).empty())
        return std::nullopt;
    pg::Worker worker(worker_main, "linkgress run");
    core::PacketWriter packet;
    packet.put(call_of(options)).put(options.target.value_or(""));
    worker.send(packet.bytes());
    std::string reply = worker.receive();
    worker.leave();
    return core::PacketReader(reply).integer();
}

namespace {

// Each that waits has a worker process, and what is left when its turn comes is done by the first.
void take_place()
{
    if (pg::settings::wait() != std::optional<int>(0) && !pg::lock::try_place())
        throw core::Error(core::sqlstate::lock_not_available, "another launched run is waiting for its turn already",
                          "It applies what is pending when its turn comes.",
                          "SELECT * FROM linkgress.runs() shows it; call again when it has begun.");
}

std::int64_t record_launch(RunRecord &record)
{
    take_place();
    pg::in_transaction([&] { record.begin(); });
    return record.number();
}

// What up() could not record itself, because it failed before it began, or had nothing to do.
void record_failed_launch(RunRecord &record, const core::ErrorReport &report)
{
    record.renew_mark(); // until its end is recorded it is not a run that was cut off
    if (!record.is_ended())
        record.fail(report, 0);
}

void record_empty_launch(RunRecord &record)
{
    if (!record.is_ended())
        record.succeed(0);
}

} // namespace

void serve_launch(pg::WorkerSession &session)
{
    std::optional<std::string> request = session.receive();
    if (!request)
        return;
    core::PacketReader packet(*request);
    std::string call = packet.text();
    std::string target = packet.text();
    RunRecord record("linkgress.launch()", target.empty() ? std::nullopt : std::optional<std::string>(target),
                     pg::lock::Span::session);
    core::PacketWriter reply;
    reply.put(record_launch(record));
    session.send(reply.bytes());
    session.leave();
    RunRecord::adopt(record.number());
    try {
        pg::TopLevelTransaction transaction;
        pg::execute_at_top_level(call);
        transaction.commit();
    } catch (const core::Error &error) {
        attempt_at_top_level("the failure is not in linkgress.run",
                             [&] { record_failed_launch(record, error.report()); });
        throw; // for the server's log
    }
    pg::in_transaction([&] { record_empty_launch(record); });
}

} // namespace linkgress::engine
