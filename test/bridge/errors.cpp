// Errors of the server on their way through C++ frames.
#include "pg/entry.hpp"
#include "pg/report.hpp"
#include "pg/spi.hpp"
#include "pg/subtransaction.hpp"
#include "support.hpp"

extern "C" {
#include "parser/parser.h"
}

using namespace linkgress;
using bridge_test::Counted;
using bridge_test::text_from_spi;
using bridge_test::through_frames;

namespace {

using Field = std::pair<const char *, std::string>;

std::vector<Field> fields(const core::ErrorReport &report)
{
    return {
        {"sqlstate", report.sqlstate},
        {"message", report.message},
        {"detail", report.detail},
        {"detail for the log", report.detail_log},
        {"hint", report.hint},
        {"context", report.context},
        {"position", std::to_string(report.position)},
        {"internal position", std::to_string(report.internal_position)},
        {"internal query", report.internal_query},
        {"schema", report.schema},
        {"table", report.table},
        {"column", report.column},
        {"data type", report.datatype},
        {"constraint", report.constraint},
        {"hide statement", report.hide_statement ? "yes" : "no"},
        {"hide context", report.hide_context ? "yes" : "no"},
        {"file", std::string(report.file)},
        {"function", std::string(report.function)},
        {"line", std::to_string(report.line)},
    };
}

core::ErrorReport complete_report()
{
    core::ErrorReport report;
    report.sqlstate = "ZX123";
    report.message = "message of 100 % \"ünïcödé\" with %s and %n";
    report.detail = "Detail, %d.";
    report.detail_log = "Detail for the log, %m.";
    report.hint = "Hint, %s.";
    report.context = "outer context line\nouter context line";
    report.position = 8;
    report.internal_position = 3;
    report.internal_query = "an internal query %s";
    report.schema = "a schema";
    report.table = "a table";
    report.column = "a column";
    report.datatype = "a type";
    report.constraint = "a constraint";
    report.hide_statement = true;
    report.hide_context = true;
    report.file = "errors.cpp";
    report.function = "complete_report";
    report.line = 4711;
    return report;
}

// Raises it to the server and takes it back from there.
template <typename E> core::ErrorReport through_server(const core::ErrorReport &sent)
{
    pg::Subtransaction subtransaction;
    try {
        pg::call([&]() noexcept { pg::boundary([&] { through_frames(3, [&] { throw E(sent); }); }); });
    } catch (const pg::PgError &received) {
        subtransaction.rollback();
        return received.report();
    }
    return {};
}

std::string differences(const core::ErrorReport &a, const core::ErrorReport &b)
{
    std::string text;
    std::vector<Field> before = fields(a);
    std::vector<Field> after = fields(b);
    for (std::size_t i = 0; i < before.size(); i++)
        if (before[i].second != after[i].second)
            text += fmt::format("{}: \"{}\" became \"{}\"\n", before[i].first, before[i].second, after[i].second);
    return text.empty() ? "none" : text;
}

// The report of a statement's error as C++ code sees it, a field a line. Where in the server's source it
// was raised differs between versions.
std::string describe_failure(const std::string &sql)
{
    pg::Subtransaction subtransaction;
    try {
        through_frames(3, [&] { pg::execute_statement(sql); });
    } catch (const pg::PgError &error) {
        subtransaction.rollback();
        std::string text;
        for (const auto &[name, value] : fields(error.report()))
            if (!value.empty() && std::strcmp(name, "line") != 0 && std::strcmp(name, "file") != 0 &&
                std::strcmp(name, "function") != 0)
                text += fmt::format("{}: {}\n", name, value);
        return text;
    }
    return "no error";
}

} // namespace

// Runs a statement below a number of C++ frames, and returns what it returned.
LINKGRESS_FUNCTION(run_sql)
{
    pg::Arguments arguments(call_info);
    std::string sql = arguments.text(0).value();
    return text_from_spi([&] {
        through_frames(arguments.integer(1).value(), [&] { pg::execute_statement(sql); });
        return "no error";
    });
}

// The same, each frame with an SPI level of its own.
static void run_nested(const std::string &sql, int levels)
{
    Counted counted;
    pg::SpiSession spi;
    if (levels > 1)
        run_nested(sql, levels - 1);
    else
        pg::execute_statement(sql);
}

LINKGRESS_FUNCTION(run_sql_nested)
{
    pg::Arguments arguments(call_info);
    run_nested(arguments.text(0).value(), arguments.integer(1).value());
    return pg::text_result("no error");
}

// Has the server parse a text with no SPI around it: its errors have a position in the client's query.
LINKGRESS_FUNCTION(parse)
{
    std::string sql = pg::Arguments(call_info).text(0).value();
    through_frames(3, [&] { pg::call([&]() noexcept { raw_parser(sql.c_str(), RAW_PARSE_DEFAULT); }); });
    return pg::text_result("no error");
}

// The report of a statement's error as C++ code sees it, a field a line.
LINKGRESS_FUNCTION(report_of)
{
    std::string sql = pg::Arguments(call_info).text(0).value();
    return text_from_spi([&] { return describe_failure(sql); });
}

// What is lost or changed of an error that is raised to the server and taken back.
LINKGRESS_FUNCTION(changes_of_server_error)
{
    (void)call_info;
    core::ErrorReport report = complete_report();
    return pg::text_result(differences(report, through_server<pg::PgError>(report)));
}

LINKGRESS_FUNCTION(changes_of_own_error)
{
    (void)call_info;
    core::ErrorReport report = complete_report();
    return pg::text_result(differences(report, through_server<core::Error>(report)));
}

// Passes through several rounds of raising and catching.
static void raise_again(const std::string &sql, int rounds)
{
    Counted counted;
    if (rounds == 0)
        pg::execute_statement(sql);
    else
        pg::call([&]() noexcept { pg::boundary([&] { raise_again(sql, rounds - 1); }); });
}

LINKGRESS_FUNCTION(run_sql_raised_again)
{
    pg::Arguments arguments(call_info);
    std::string sql = arguments.text(0).value();
    return text_from_spi([&] {
        raise_again(sql, arguments.integer(1).value());
        return "no error";
    });
}

// Is the server's state after a caught error the one from before?
LINKGRESS_FUNCTION(memory_context_after_error)
{
    (void)call_info;
    MemoryContext before = CurrentMemoryContext;
    pg::Subtransaction subtransaction;
    try {
        pg::call([]() noexcept {
            MemoryContextSwitchTo(ErrorContext);
            ereport(ERROR, errmsg_internal("in another context"));
        });
    } catch (const pg::PgError &) {
        bool is_same = CurrentMemoryContext == before;
        subtransaction.rollback();
        return pg::text_result(is_same ? "the same" : "another one");
    }
    return pg::text_result("no error");
}

// A message to the client that looks like a format.
LINKGRESS_FUNCTION(send_notice)
{
    pg::Arguments arguments(call_info);
    pg::report(pg::Level::notice, arguments.text(0).value(), arguments.text(1).value_or(""),
               arguments.text(2).value_or(""));
    return pg::text_result("sent");
}

// An error's source, read when the SPI level and the subtransaction that it came from are gone, and their memory
// is in other use.
static std::string source_after_rollback(const std::string &sql)
{
    try {
        pg::Subtransaction subtransaction;
        pg::SpiSession spi;
        pg::execute_statement(sql);
    } catch (const pg::PgError &error) {
        for (int i = 0; i < 100; i++)
            describe_failure("SELECT no_such_column");
        return std::string(error.report().file) + ", " + std::string(error.report().function);
    }
    return "no error";
}

LINKGRESS_FUNCTION(source_of_error)
{
    std::string sql = pg::Arguments(call_info).text(0).value();
    return text_from_spi([&] { return source_after_rollback(sql); });
}
