// C++ exceptions of every kind on their way to the server.
#include "core/error.hpp"
#include "pg/entry.hpp"
#include "support.hpp"

using namespace linkgress;
using bridge_test::through_frames;

namespace {

// An exception that nobody has thought of.
struct Foreign {
    std::string text = "not derived from std::exception";
};

core::ErrorReport report_with_all_fields()
{
    core::ErrorReport report;
    report.sqlstate = "23514";
    report.message = "message";
    report.detail = "Detail.";
    report.hint = "Hint.";
    report.context = "its own context";
    report.position = 8;
    report.schema = "a schema";
    report.table = "a table";
    report.column = "a column";
    report.datatype = "a type";
    report.constraint = "a constraint";
    return report;
}

core::ErrorReport report_of_inner_query()
{
    core::ErrorReport report;
    report.sqlstate = "42601";
    report.message = "in a query of our own";
    report.internal_position = 8;
    report.internal_query = "SELECT here";
    return report;
}

volatile std::size_t impossible_size = SIZE_MAX / 4;

void use_all_memory()
{
    std::vector<std::unique_ptr<char[]>> blocks;
    blocks.emplace_back(new char[impossible_size]);
}

void throw_one(const std::string &kind)
{
    if (kind == "bad_alloc")
        throw std::bad_alloc();
    if (kind == "out of memory")
        use_all_memory();
    if (kind == "length_error")
        std::string().reserve(std::string().max_size() + 1);
    if (kind == "runtime_error")
        throw std::runtime_error("the text of the exception: %s %n");
    if (kind == "empty")
        throw std::runtime_error("");
    if (kind == "long")
        throw std::runtime_error(std::string(100000, 'x'));
    if (kind == "nested")
        try {
            throw std::runtime_error("the inner exception");
        } catch (...) {
            std::throw_with_nested(std::logic_error("the outer exception"));
        }
    if (kind == "int")
        throw 42;
    if (kind == "foreign")
        throw Foreign();
    if (kind == "variant")
        std::get<int>(std::variant<int, bool>(true));
    if (kind == "all fields")
        throw core::Error(report_with_all_fields());
    if (kind == "inner query")
        throw core::Error(report_of_inner_query());
    if (kind == "no sqlstate")
        throw core::Error("", "an error without an SQLSTATE");
    if (kind == "bad sqlstate")
        throw core::Error("toolong", "an error with an impossible SQLSTATE");
    if (kind == "no message")
        throw core::Error("22023", "");
}

} // namespace

// Throws below three C++ frames.
LINKGRESS_FUNCTION(throw_exception)
{
    std::string kind = pg::Arguments(call_info).text(0).value();
    through_frames(3, [&] { throw_one(kind); });
    return pg::text_result("no exception");
}

// An exception under PG_TRY would be one too far; so it is the inner boundary that turns it into an error.
LINKGRESS_FUNCTION(throw_exception_in_callback)
{
    std::string kind = pg::Arguments(call_info).text(0).value();
    through_frames(
        3, [&] { pg::call([&]() noexcept { pg::boundary([&] { through_frames(3, [&] { throw_one(kind); }); }); }); });
    return pg::text_result("no exception");
}

// Throws in a trigger.
LINKGRESS_FUNCTION(throw_exception_in_trigger)
{
    (void)call_info;
    through_frames(3, [] { throw_one("runtime_error"); });
    return 0;
}
