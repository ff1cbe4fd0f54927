#include "engine/background.hpp"

#include "core/packet.hpp"
#include "core/sqlstate.hpp"
#include "pg/subtransaction.hpp"
#include "pg/timeout.hpp"

namespace linkgress::engine {

namespace {

constexpr const char *worker_main = "linkgress_run_worker";

// What the worker says.
enum class Reply { at_statement, done, failed };

void put(core::PacketWriter &packet, const core::Location &location)
{
    packet.put(std::int64_t{location.statement}).put(std::int64_t{location.line}).put(std::int64_t{location.column});
}

void get(core::PacketReader &packet, core::Location &location)
{
    location.statement = static_cast<int>(packet.integer());
    location.line = static_cast<int>(packet.integer());
    location.column = static_cast<int>(packet.integer());
}

std::string pack(const Task &task)
{
    core::PacketWriter packet;
    packet.put(task.location.migration).put(std::int64_t{task.location.direction == core::Direction::up});
    packet.put(task.run).put(static_cast<std::int64_t>(task.number)).put(static_cast<std::int64_t>(task.total));
    packet.put(std::int64_t{task.out_of_order});
    return packet.bytes();
}

Task unpack(const std::string &request)
{
    core::PacketReader packet(request);
    Task task;
    task.location.migration = packet.text();
    task.location.direction = packet.integer() != 0 ? core::Direction::up : core::Direction::down;
    task.run = packet.integer();
    task.number = static_cast<std::size_t>(packet.integer());
    task.total = static_cast<std::size_t>(packet.integer());
    task.out_of_order = packet.integer() != 0;
    return task;
}

core::PacketWriter reply(Reply kind)
{
    core::PacketWriter packet;
    packet.put(static_cast<std::int64_t>(kind));
    return packet;
}

BodyResult result_in(core::PacketReader &packet)
{
    BodyResult result;
    result.statements = static_cast<int>(packet.integer());
    while (!packet.at_end())
        result.dropped_tables.push_back(packet.text());
    return result;
}

} // namespace

// The session can be interrupted before it has read how far the worker is by now.
void Background::catch_up(core::Location &location)
{
    while (std::optional<std::string> message = worker_->take()) {
        core::PacketReader packet(*message);
        if (static_cast<Reply>(packet.integer()) == Reply::at_statement)
            get(packet, location);
    }
}

BodyResult Background::wait(Task &task)
{
    for (;;) {
        std::string message;
        try {
            message = worker_->receive();
        } catch (core::Error &error) { // the session is interrupted, or the worker is gone
            catch_up(task.location);
            core::add_location(error.report(), task.location);
            throw;
        }
        core::PacketReader packet(message);
        switch (static_cast<Reply>(packet.integer())) {
        case Reply::at_statement:
            get(packet, task.location);
            break;
        case Reply::done:
            return result_in(packet);
        case Reply::failed:
            get(packet, task.location);
            throw core::Error(packet.report());
        }
    }
}

BodyResult Background::run(Task &task)
{
    // Subtransactions for what goes wrong in this session: after it the session can go on.
    if (!worker_)
        pg::in_subtransaction([&] { worker_.emplace(worker_main, "linkgress worker"); });
    spi_.commit();
    try {
        pg::SessionTimerPause pause; // the worker has the limit, for each statement
        return pg::in_subtransaction([&] {
            worker_->send(pack(task));
            return wait(task);
        });
    } catch (const core::Error &) { // rolled back: nothing is held that the worker may wait for
        worker_->end();
        worker_.reset();
        throw;
    }
}

namespace {

void carry_out(pg::WorkerSession &session, Task &task)
{
    auto announce = [&](const core::Location &location) {
        core::PacketWriter packet = reply(Reply::at_statement);
        put(packet, location);
        session.send(packet.bytes());
    };
    BodyResult result = run_nontransactional(task, announce);
    session.reset();
    core::PacketWriter packet = reply(Reply::done);
    packet.put(std::int64_t{result.statements});
    for (const std::string &table : result.dropped_tables)
        packet.put(table);
    session.send(packet.bytes());
}

} // namespace

void serve(pg::WorkerSession &session)
{
    while (std::optional<std::string> request = session.receive()) {
        Task task = unpack(*request);
        try {
            carry_out(session, task);
        } catch (const core::Error &error) { // rolled back with its transaction
            core::PacketWriter packet = reply(Reply::failed);
            put(packet, task.location);
            packet.put(error.report());
            session.send(packet.bytes());
            return;
        }
    }
}

} // namespace linkgress::engine
