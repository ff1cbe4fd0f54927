#include "core/json_document.hpp"

#include "core/sqlstate.hpp"
#include "support.hpp"

#include <gtest/gtest.h>

using namespace linkgress::core;
using namespace linkgress::test;

namespace {

std::string again(std::string_view document)
{
    std::string json;
    append_json(json, parse_json(document));
    return json;
}

ErrorReport error_of(std::string_view document)
{
    return report_of([&] { parse_json(document); });
}

std::string nested(std::size_t depth)
{
    return std::string(depth, '[') + std::string(depth, ']');
}

} // namespace

TEST(ParseJson, KeepsOrderAndSpelling)
{
    EXPECT_EQ(again(R"({"b": 1, "a": [0.10, 1e3, -0, true, false, null, "x\"\n\u00e9"]})"),
              R"({"b":1,"a":[0.10,1e3,0,true,false,null,"x\"\u000aé"]})");
    EXPECT_EQ(again("[12345678901234567890123, 18446744073709551615, -9223372036854775808]"),
              "[12345678901234567890123,18446744073709551615,-9223372036854775808]");
    EXPECT_EQ(again(" {} "), "{}");
    EXPECT_EQ(again("\xef\xbb\xbf[]"), "[]"); // a byte order mark
}

TEST(ParseJson, SaysWhereATextIsNoJson)
{
    ErrorReport report = error_of("{\n  \"a\": tru\n}");
    EXPECT_EQ(report.sqlstate, sqlstate::invalid_json_text);
    EXPECT_EQ(report.message, "invalid JSON at line 2, column 11: syntax error while parsing value - invalid literal");
    EXPECT_EQ(error_of("").message.substr(0, 33), "invalid JSON at line 1, column 1:");
    EXPECT_EQ(error_of("\n\n{").message.substr(0, 33), "invalid JSON at line 3, column 2:");
    EXPECT_EQ(error_of("[\"ää\", x]").message.substr(0, 33), "invalid JSON at line 1, column 8:"); // in characters
    for (const char *text :
         {"{} {}", "[1,]", "{'a': 1}", "// c\n{}", "[NaN]", "[1e999]", "[\"\\ud800\"]", "[\"\xff\"]"})
        EXPECT_EQ(error_of(text).sqlstate, sqlstate::invalid_json_text) << text;
}

TEST(ParseJson, DoesNotRepeatWhatItCouldNotRead)
{
    EXPECT_LT(error_of("[\"" + std::string(100000, 'x')).message.size(), 200);
    EXPECT_EQ(error_of("[\"\xff\"]").message.find('\xff'), std::string::npos);
}

TEST(ParseJson, RefusesAKeyThatIsGivenTwice)
{
    ErrorReport report = error_of(R"({"a": [1, {"b.c": {"d": 1, "e": 2, "d": 3}}]})");
    EXPECT_EQ(report.sqlstate, sqlstate::duplicate_json_object_key_value);
    EXPECT_EQ(report.message, "key \"d\" is given twice at a[1].\"b.c\"");
    EXPECT_EQ(error_of(R"({"": 1, "": 1})").message, "key \"\" is given twice at the top of the document");
    EXPECT_EQ(again(R"({"a": {"a": 1}, "A": 1})"), R"({"a":{"a":1},"A":1})");
}

TEST(ParseJson, RefusesWhatADatabaseCannotHold)
{
    EXPECT_EQ(error_of(R"({"a": ["x\u0000"]})").message, "a text must not contain U+0000 at a[0]");
    EXPECT_EQ(error_of(R"({"a": {"\u0000": 1}})").sqlstate, sqlstate::invalid_parameter_value);
}

TEST(ParseJson, RefusesDeepNesting)
{
    EXPECT_EQ(again(nested(100)), nested(100));
    EXPECT_EQ(error_of(nested(101)).sqlstate, sqlstate::program_limit_exceeded);
    EXPECT_EQ(error_of(std::string(1000000, '[')).sqlstate, sqlstate::program_limit_exceeded);
    std::string objects;
    for (int i = 0; i < 100000; i++)
        objects += "{\"a\":";
    EXPECT_EQ(error_of(objects).sqlstate, sqlstate::program_limit_exceeded);
}

TEST(JsonNode, NamesItsPlace)
{
    JsonValue root = parse_json(R"({"a": {"b": [1, "x"]}, "c d": 1, "ü": 2, "": 3})");
    JsonNode node(root);
    EXPECT_EQ(node.at("a").at("b").items()[1].path(), "a.b[1]");
    EXPECT_EQ(node.at("c d").path(), "\"c d\"");
    EXPECT_EQ(node.at("ü").path(), "ü");
    EXPECT_EQ(node.at("").path(), "\"\"");
    EXPECT_EQ(report_of([&] { node.at("a").at("x"); }).message, "key \"x\" is missing at a");
    EXPECT_EQ(report_of([&] { node.at("a").at("b").text(); }).message, "expected a string, found an array, at a.b");
    EXPECT_EQ(report_of([&] { node.text(); }).message,
              "expected a string, found an object, at the top of the document");
}

TEST(JsonNode, ListsWhatIsKnown)
{
    JsonValue root = parse_json(R"({"a": 1, "b": "x"})");
    JsonNode node(root);
    ErrorReport report = report_of([&] { node.expect_keys({"a", "c"}); });
    EXPECT_EQ(report.sqlstate, sqlstate::invalid_parameter_value);
    EXPECT_EQ(report.message, "unknown key \"b\" at the top of the document");
    EXPECT_EQ(report.hint, "The keys here are \"a\", \"c\".");
    report = report_of([&] { node.at("b").choice({"y", "z"}); });
    EXPECT_EQ(report.message, "unknown value \"x\" at b");
    EXPECT_EQ(report.hint, "The values here are \"y\", \"z\".");
}

TEST(JsonNode, ReadsIntegersOfItsRange)
{
    JsonValue root = parse_json("[-5, 9223372036854775807, 9223372036854775808, 1.0, 1e3]");
    std::vector<JsonNode> numbers = JsonNode(root).items();
    EXPECT_EQ(numbers[0].integer(), -5);
    EXPECT_EQ(numbers[1].integer(), INT64_MAX);
    for (int i = 2; i < 5; i++)
        EXPECT_EQ(report_of([&] { numbers[i].integer(); }).sqlstate, sqlstate::invalid_parameter_value);
}
