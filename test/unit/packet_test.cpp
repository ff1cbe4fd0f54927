#include "core/packet.hpp"

#include <gtest/gtest.h>

#include <string>

using namespace linkgress::core;

TEST(Packet, BringsValuesBackInOrder)
{
    PacketWriter writer;
    writer.put(std::int64_t{-5}).put("").put(std::string_view("a\0b", 3)).put(std::int64_t{1} << 40);
    PacketReader reader(writer.bytes());
    EXPECT_EQ(reader.integer(), -5);
    EXPECT_EQ(reader.text(), "");
    EXPECT_EQ(reader.text(), std::string("a\0b", 3));
    EXPECT_FALSE(reader.at_end());
    EXPECT_EQ(reader.integer(), std::int64_t{1} << 40);
    EXPECT_TRUE(reader.at_end());
}

TEST(Packet, BringsMegabytesBack)
{
    std::string text(3 << 20, 'x');
    PacketWriter writer;
    writer.put(text);
    EXPECT_EQ(PacketReader(writer.bytes()).text(), text);
}

TEST(Packet, BringsEveryPartOfAnErrorBack)
{
    ErrorReport report;
    report.sqlstate = "23505";
    report.message = "message";
    report.detail = "detail";
    report.detail_log = "detail for the log";
    report.hint = "hint";
    report.context = "context\nof two lines";
    report.position = 1;
    report.internal_position = 2;
    report.internal_query = "query";
    report.schema = "schema";
    report.table = "table";
    report.column = "column";
    report.datatype = "datatype";
    report.constraint = "constraint";
    report.hide_statement = true;
    report.hide_context = false;
    report.file = "file";
    report.function = "function";
    report.line = 3;
    PacketWriter writer;
    writer.put(report).put("behind");
    PacketReader reader(writer.bytes());
    ErrorReport back = reader.report();
    EXPECT_EQ(back.sqlstate, report.sqlstate);
    EXPECT_EQ(back.message, report.message);
    EXPECT_EQ(back.detail, report.detail);
    EXPECT_EQ(back.detail_log, report.detail_log);
    EXPECT_EQ(back.hint, report.hint);
    EXPECT_EQ(back.context, report.context);
    EXPECT_EQ(back.position, report.position);
    EXPECT_EQ(back.internal_position, report.internal_position);
    EXPECT_EQ(back.internal_query, report.internal_query);
    EXPECT_EQ(back.schema, report.schema);
    EXPECT_EQ(back.table, report.table);
    EXPECT_EQ(back.column, report.column);
    EXPECT_EQ(back.datatype, report.datatype);
    EXPECT_EQ(back.constraint, report.constraint);
    EXPECT_EQ(back.hide_statement, report.hide_statement);
    EXPECT_EQ(back.hide_context, report.hide_context);
    EXPECT_EQ(back.file, report.file);
    EXPECT_EQ(back.function, report.function);
    EXPECT_EQ(back.line, report.line);
    EXPECT_EQ(reader.text(), "behind");
}

TEST(Packet, RefusesToReadBehindItsEnd)
{
    PacketWriter writer;
    writer.put("text");
    std::string bytes = writer.bytes();
    bytes.pop_back();
    EXPECT_THROW(PacketReader(bytes).text(), Error);
    EXPECT_THROW(PacketReader("").integer(), Error);
    EXPECT_THROW(PacketReader(std::string(8, '\xff')).text(), Error); // a length below zero
}
