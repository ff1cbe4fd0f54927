// Any text as everything that is read from one: names, types, expressions, bounds, privileges, patterns, messages
// between processes, places of failures. The first line is one text, the rest another.

#include "support.hpp"

#include "core/conversion.hpp"
#include "core/expression.hpp"
#include "core/kinds/key.hpp"
#include "core/kinds/options.hpp"
#include "core/location.hpp"
#include "core/naming.hpp"
#include "core/packet.hpp"
#include "core/partition_bound.hpp"
#include "core/privilege.hpp"
#include "core/script.hpp"
#include "core/text.hpp"

using namespace linkgress;
using fuzz::require;

namespace {

void read_names(const std::string &one, const std::string &other)
{
    std::string folded = core::folded_name(one);
    require(core::folded_name(folded) == folded, "a name that is folded differently when it is folded again");
    core::name_problem(one);
    if (std::optional<core::OrderConflict> conflict = core::order_conflict(one, other))
        require(!core::order_conflict(one, conflict->padded), "a name that is in conflict still");
    require(core::with_suffix(one, "_new").size() <= 63, "a name that the server cuts");
    core::bare_name(one);
    core::unquoted(one);
    core::quote_literal(one);
    require(core::matches(one, "*"), "a text that does not match everything");
    core::matches(one, other);
    std::size_t size = 0;
    for (std::string_view piece : core::canonical_pieces(one))
        size += piece.size();
    require(size <= one.size(), "pieces that are more than the text");
}

void read_sql(const std::string &one, const std::string &other)
{
    core::settle(one);
    core::parse_type(one);
    core::convert("c", one, other);
    core::is_within(one, other, "integer");
    core::is_within(other, one, "date");
    core::Object constraint;
    constraint.kind = core::Kind::constraint;
    constraint.set("definition", one);
    core::key_of(constraint);
    core::settle_definition(constraint);
}

// As many entries as there are lines
core::Privileges privileges_in(const std::string &text)
{
    core::Privileges privileges;
    for (std::size_t start = 0; start < text.size();) {
        std::size_t end = std::min(text.find('\n', start), text.size());
        core::Privilege entry = core::parse_privilege(text.substr(start, end - start));
        (text[start] == 'R' ? privileges.revoked : privileges.granted).push_back(entry);
        start = end + 1;
    }
    return privileges;
}

void read_privileges(const std::string &one, const std::string &other)
{
    core::Privileges from = privileges_in(one);
    core::Privileges to = privileges_in(other);
    core::privilege_steps(from, to);
    core::privilege_steps(core::with_owner(to, "a"), core::with_owner(from, "b"));
}

void read_packet(std::string_view text)
{
    core::PacketReader reader(text);
    reader.integer();
    reader.text();
    reader.report();
}

void describe(const std::string &one, const std::string &other)
{
    core::Location location;
    location.migration = one;
    location.hook = other;
    location.statement = static_cast<int>(one.size());
    core::ErrorReport report;
    core::add_location(report, location);
    core::describe_body(location);
    core::PacketWriter writer;
    writer.put(report);
    core::PacketReader reader(writer.bytes());
    require(reader.report().message == report.message, "a report that is not the same when it is read");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    std::string text(reinterpret_cast<const char *>(data), size);
    std::size_t end = std::min(text.find('\n'), text.size());
    std::string one = text.substr(0, end);
    std::string other = text.substr(std::min(end + 1, text.size()));
    read_names(one, other);
    read_sql(one, other);
    read_privileges(text, other);
    fuzz::attempt([&] { read_packet(text); });
    describe(one, other);
    return 0;
}
