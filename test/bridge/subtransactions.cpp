// Errors that are swallowed where that is allowed: in a subtransaction that is rolled back.
#include "pg/entry.hpp"
#include "pg/memory.hpp"
#include "pg/spi.hpp"
#include "pg/subtransaction.hpp"
#include "support.hpp"

#include <cstdio>
#include <fstream>

extern "C" {
#include "utils/memutils.h"
#include "utils/resowner.h"
}

using namespace linkgress;
using bridge_test::Counted;
using bridge_test::text_from_spi;
using bridge_test::through_frames;

namespace {

// Runs a statement and rolls it back if it fails; how does not matter for what is left behind.
bool fails_and_is_rolled_back(const std::string &sql)
{
    pg::Subtransaction subtransaction;
    try {
        through_frames(3, [&] { pg::execute_statement(sql); });
    } catch (const pg::PgError &) {
        subtransaction.rollback();
        return true;
    }
    subtransaction.release();
    return false;
}

bool fails_and_is_left(const std::string &sql)
{
    try {
        pg::Subtransaction subtransaction;
        through_frames(3, [&] { pg::execute_statement(sql); });
        subtransaction.release();
    } catch (const pg::PgError &) {
        return true;
    }
    return false;
}

bool fails_in_own_spi_level(const std::string &sql)
{
    try {
        pg::Subtransaction subtransaction;
        pg::SpiSession outer;
        pg::SpiSession inner;
        through_frames(3, [&] { pg::execute_statement(sql); });
    } catch (const pg::PgError &) {
        return true;
    }
    return false;
}

bool fails_with_exception(const std::string &sql)
{
    pg::Subtransaction subtransaction;
    try {
        through_frames(3, [&] { throw std::runtime_error(sql); });
    } catch (const std::exception &) {
        subtransaction.rollback();
        return true;
    }
    return false;
}

using Attempt = bool (*)(const std::string &sql);

Attempt attempt_named(const std::string &name)
{
    if (name == "left")
        return fails_and_is_left;
    if (name == "own SPI level")
        return fails_in_own_spi_level;
    if (name == "exception")
        return fails_with_exception;
    return fails_and_is_rolled_back;
}

void attempt_often(Attempt attempt, const std::string &sql, int times)
{
    for (int i = 0; i < times; i++)
        if (!attempt(sql))
            throw core::Error("XX000", "there was no error");
}

// In bytes, all memory contexts of the backend.
std::int64_t server_memory()
{
    return static_cast<std::int64_t>(MemoryContextMemAllocated(TopMemoryContext, true));
}

// In bytes, of the process; 0 where the system does not tell.
std::int64_t process_memory()
{
    std::ifstream file("/proc/self/statm");
    std::int64_t total = 0;
    std::int64_t resident = 0;
    file >> total >> resident;
    return resident * 4096;
}

// Runs SQL on its way out, in a subtransaction of its own, and survives its error. While an error of the server is on
// its way it is refused.
class Cleanup {
  public:
    explicit Cleanup(std::string sql) : sql_(std::move(sql)) {}
    ~Cleanup()
    {
        try {
            pg::Subtransaction subtransaction;
            pg::SpiSession spi;
            Counted counted;
            pg::execute_statement(sql_);
        } catch (...) {
            failed++;
        }
    }
    Cleanup(const Cleanup &) = delete;
    Cleanup &operator=(const Cleanup &) = delete;

    inline static int failed = 0;

  private:
    std::string sql_;
};

} // namespace

// Swallows the error of a statement a number of times: swallow(statement, times, how).
LINKGRESS_FUNCTION(swallow)
{
    pg::Arguments arguments(call_info);
    int times = arguments.integer(1).value();
    return text_from_spi([&] {
        attempt_often(attempt_named(arguments.text(2).value()), arguments.text(0).value(), times);
        return fmt::format("{} errors", times);
    });
}

// What memory that leaves behind, counted after as many errors as it takes to fill the caches.
static std::string measure_growth(Attempt attempt, const std::string &sql, int times)
{
    constexpr std::int64_t allowed_server = 64 * 1024;
    constexpr std::int64_t allowed_process = 1024 * 1024;
    attempt_often(attempt, sql, 1000);
    std::int64_t server = server_memory();
    std::int64_t process = process_memory();
    attempt_often(attempt, sql, times);
    server = server_memory() - server;
    process = process_memory() - process;
    if (server > allowed_server || process > allowed_process)
        return fmt::format("server {} bytes, process {} bytes", server, process);
    return "none";
}

LINKGRESS_FUNCTION(growth)
{
    pg::Arguments arguments(call_info);
    return text_from_spi([&] {
        return measure_growth(attempt_named(arguments.text(2).value()), arguments.text(0).value(),
                              arguments.integer(1).value());
    });
}

// A subtransaction puts back what the server's code expects to find as it was.
LINKGRESS_FUNCTION(state_after)
{
    pg::Arguments arguments(call_info);
    return text_from_spi([&] {
        Attempt attempt = attempt_named(arguments.text(1).value());
        std::string sql = arguments.text(0).value();
        MemoryContext context = CurrentMemoryContext;
        ResourceOwner owner = CurrentResourceOwner;
        attempt(sql);
        return CurrentMemoryContext == context && CurrentResourceOwner == owner ? "as before" : "changed";
    });
}

// Three savepoints deep: the innermost fails, the middle one is kept, the outer one is kept or not.
LINKGRESS_FUNCTION(nested_subtransactions)
{
    pg::Arguments arguments(call_info);
    return text_from_spi([&] {
        pg::Subtransaction outer;
        pg::execute_statement("INSERT INTO kept VALUES ('outer')");
        {
            pg::Subtransaction middle;
            pg::execute_statement("INSERT INTO kept VALUES ('middle')");
            fails_and_is_rolled_back("INSERT INTO kept VALUES ('inner'), (NULL)");
            middle.release();
        }
        if (arguments.boolean(0).value())
            outer.release();
        return "done";
    });
}

// An error whose way out leads through destructors that run SQL.
LINKGRESS_FUNCTION(run_sql_with_cleanup)
{
    pg::Arguments arguments(call_info);
    return text_from_spi([&] {
        Cleanup last(arguments.text(1).value());
        Cleanup first(arguments.text(1).value());
        pg::execute_statement(arguments.text(0).value());
        return "no error";
    });
}

LINKGRESS_FUNCTION(failed_cleanups)
{
    (void)call_info;
    return pg::text_result(std::to_string(std::exchange(Cleanup::failed, 0)));
}

// A procedure: each statement in a transaction of its own, after one that failed and was rolled back.
LINKGRESS_FUNCTION(commit_each)
{
    pg::Arguments arguments(call_info);
    std::string failing = arguments.text(1).value();
    pg::SpiSession spi(pg::SpiSession::Transactions::may_commit);
    for (const std::string &sql : arguments.text_array(0)) {
        Counted counted;
        attempt_often(fails_and_is_left, failing, 10);
        pg::execute_statement(sql);
        spi.commit();
    }
    return 0;
}
