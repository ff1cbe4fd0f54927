// What goes on after an error that was not rolled back: nothing does.
#include "pg/entry.hpp"
#include "pg/guc.hpp"
#include "pg/report.hpp"
#include "pg/rollback.hpp"
#include "pg/spi.hpp"
#include "pg/subtransaction.hpp"
#include "support.hpp"

using namespace linkgress;
using bridge_test::Counted;
using bridge_test::text_from_spi;

namespace {

// Swallows the error of a statement, which nobody may do.
void swallow_without_rollback(const std::string &sql)
{
    try {
        Counted counted;
        pg::execute_statement(sql);
    } catch (const pg::PgError &) {
    }
}

using Step = std::pair<const char *, std::function<void()>>;

const std::vector<Step> &steps()
{
    static pg::Query query("SELECT 1", {});
    static const std::vector<Step> all = {
        {"statement", [] { pg::execute_statement("SELECT 1"); }},
        {"query", [] { query.run(); }},
        {"another error", [] { pg::execute_statement("SELECT no_such_column"); }},
        {"subtransaction", [] { pg::Subtransaction subtransaction; }},
        {"SPI level", [] { pg::SpiSession spi; }},
        {"setting", [] { pg::SettingScope scope("work_mem", "1MB"); }},
        {"notice", [] { pg::report(pg::Level::notice, "not to be seen", "", ""); }},
        {"call", [] { pg::call([]() noexcept {}); }},
        {"own error", [] { throw core::Error("XX000", "an error of our own"); }},
        {"exception", [] { throw std::runtime_error("an exception"); }},
        {"return", [] {}},
        {"callback", [] { pg::call_apart([]() noexcept { pg::boundary([] { pg::call([]() noexcept {}); }); }); }},
    };
    return all;
}

void take_step(const std::string &name)
{
    for (const auto &[known, step] : steps())
        if (name == known)
            return step();
    throw core::Error("XX000", "unknown step");
}

std::string message_of(const std::function<void()> &work)
{
    try {
        work();
    } catch (const std::exception &error) {
        return error.what();
    }
    return "no error";
}

const char *state()
{
    return pg::is_broken() ? "broken" : "works";
}

} // namespace

// Goes on after the error of a statement with a step of that name.
LINKGRESS_FUNCTION(go_on)
{
    pg::Arguments arguments(call_info);
    std::string how = arguments.text(1).value();
    pg::SpiSession spi;
    swallow_without_rollback(arguments.text(0).value());
    take_step(how);
    return pg::null_result(call_info);
}

// The same in a subtransaction that is rolled back: what does each step say before, and what after?
LINKGRESS_FUNCTION(go_on_and_roll_back)
{
    std::string sql = pg::Arguments(call_info).text(0).value();
    return text_from_spi([&] {
        std::string text;
        for (const auto &[name, step] : steps()) {
            std::string refused;
            {
                pg::Subtransaction subtransaction;
                swallow_without_rollback(sql);
                refused = message_of(step);
                subtransaction.rollback();
            }
            text += fmt::format("{}: {} / {}\n", name, refused, state());
        }
        return text;
    });
}

// An error in an inner subtransaction is mended with any one around it.
LINKGRESS_FUNCTION(mended_by)
{
    std::string which = pg::Arguments(call_info).text(0).value();
    return text_from_spi([&] {
        std::string text;
        pg::Subtransaction outer;
        {
            pg::Subtransaction middle;
            {
                pg::Subtransaction inner;
                swallow_without_rollback("SELECT 1/0");
                text += state();
                if (which == "inner")
                    inner.rollback();
                text += fmt::format(", {}", state());
            }
            text += fmt::format(", {}", state());
        }
        outer.rollback();
        return text + fmt::format(", {}", state());
    });
}

// Exceptions of our own leave nothing open that they passed, and break nothing.
LINKGRESS_FUNCTION(pass_scopes)
{
    (void)call_info;
    return text_from_spi([] {
        std::string before = pg::show_guc("work_mem");
        std::string message = message_of([] {
            pg::SpiSession spi;
            pg::SettingScope scope("work_mem", "77MB");
            pg::SettingScope inner("work_mem", "78MB");
            pg::Query query("SELECT 1", {});
            pg::Rows rows = query.run();
            throw core::Error("XX000", "an error of our own");
        });
        pg::execute_statement("SELECT 1");
        return fmt::format("{}, {}, work_mem {}", message, state(),
                           pg::show_guc("work_mem") == before ? "as before" : "changed");
    });
}

// What waits for the rollback waits for it, and no longer.
LINKGRESS_FUNCTION(cleanups)
{
    (void)call_info;
    static int done = 0;
    return text_from_spi([] {
        done = 0;
        auto cleanup = [] { done++; };
        pg::after_rollback(cleanup);
        std::string text = fmt::format("at once {}", done);
        {
            pg::Subtransaction subtransaction;
            swallow_without_rollback("SELECT 1/0");
            pg::after_rollback(cleanup);
            pg::after_rollback(cleanup);
            text += fmt::format(", broken {}", done);
        }
        return text + fmt::format(", rolled back {}", done);
    });
}

// A procedure that goes on after commits that fail, and tries to commit what is broken.
LINKGRESS_FUNCTION(commit_and_go_on)
{
    pg::SpiSession spi(pg::SpiSession::Transactions::may_commit);
    for (const std::string &sql : pg::Arguments(call_info).text_array(0)) {
        pg::execute_statement(sql);
        std::string message = message_of([&] { spi.commit(); });
        pg::report(pg::Level::notice, fmt::format("{}: {}, {}", sql, message, state()), "", "");
    }
    return 0;
}

LINKGRESS_FUNCTION(commit_broken)
{
    pg::SpiSession spi(pg::SpiSession::Transactions::may_commit);
    swallow_without_rollback(pg::Arguments(call_info).text(0).value());
    spi.commit();
    return 0;
}
