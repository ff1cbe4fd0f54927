#include "core/packet.hpp"

#include "core/poll.hpp"
#include "core/sqlstate.hpp"

#include <cstring>

namespace linkgress::core {

namespace {

// Every part of a report, for reading and for writing.
template <typename Report, typename Function> void for_each_part(Report &report, Function &&function)
{
    for (auto *text : {&report.sqlstate, &report.message, &report.detail, &report.detail_log, &report.hint,
                       &report.context, &report.internal_query, &report.schema, &report.table, &report.column,
                       &report.datatype, &report.constraint, &report.file, &report.function})
        function(*text);
    for (auto *number : {&report.position, &report.internal_position, &report.line})
        function(*number);
    for (auto *flag : {&report.hide_statement, &report.hide_context})
        function(*flag);
}

struct Put {
    PacketWriter &writer;
    void operator()(const std::string &text) { writer.put(std::string_view(text)); }
    void operator()(int number) { writer.put(std::int64_t{number}); }
};

struct Get {
    PacketReader &reader;
    void operator()(std::string &text) { text = reader.text(); }
    void operator()(int &number) { number = static_cast<int>(reader.integer()); }
    void operator()(bool &flag) { flag = reader.integer() != 0; }
};

} // namespace

PacketWriter &PacketWriter::put(std::int64_t value)
{
    bytes_.append(reinterpret_cast<const char *>(&value), sizeof value);
    return *this;
}

PacketWriter &PacketWriter::put(std::string_view text)
{
    put(static_cast<std::int64_t>(text.size()));
    in_pieces(text, [&](std::string_view piece) { bytes_.append(piece); });
    return *this;
}

PacketWriter &PacketWriter::put(const ErrorReport &report)
{
    for_each_part(report, Put{*this});
    return *this;
}

std::string_view PacketReader::take(std::size_t size)
{
    if (size > bytes_.size() - offset_)
        throw Error(sqlstate::internal_error, "a message between processes is too short");
    std::string_view taken = bytes_.substr(offset_, size);
    offset_ += size;
    return taken;
}

std::int64_t PacketReader::integer()
{
    std::int64_t value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
}

std::string PacketReader::text()
{
    return std::string(take(static_cast<std::size_t>(integer())));
}

ErrorReport PacketReader::report()
{
    ErrorReport report;
    for_each_part(report, Get{*this});
    return report;
}

} // namespace linkgress::core
