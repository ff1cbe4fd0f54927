#include "core/mention.hpp"
#include "core/plan.hpp"

#include "support.hpp"

#include <gtest/gtest.h>

using namespace linkgress::core;
using namespace linkgress::test;

namespace {

using Lines = std::vector<std::string>;

Lines written(const std::vector<MentionedName> &names)
{
    Lines lines;
    for (const MentionedName &name : names)
        lines.push_back(name.schema.empty() ? name.name : name.schema + "." + name.name);
    return lines;
}

Lines names_in(std::string_view text)
{
    return written(mentioned_names(text));
}

std::string function(const std::string &name, const std::string &body)
{
    std::string text = "CREATE FUNCTION s." + name + "() RETURNS int LANGUAGE sql AS $function$" + body + "$function$";
    return R"({"kind": "function", "schema": "s", "name": ")" + name + R"(", "definition": ")" + text + "\"}";
}

Lines order_of(const Lines &source, const Lines &target)
{
    auto snapshot = [](const Lines &objects) {
        std::string all;
        for (const std::string &each : objects)
            all += (all.empty() ? "" : ", ") + each;
        return snapshot_of(R"({"objects": [)" + all + "]}");
    };
    Lines order;
    for (const Operation &operation : plan(snapshot(source), snapshot(target), quote))
        order.push_back(operation.type + " " + operation.object);
    return order;
}

} // namespace

TEST(MentionedNames, AreFoldedUnlessTheyAreQuoted)
{
    EXPECT_EQ(names_in(R"(Ab "Ab" "a""b")"), (Lines{"Ab", "a\"b", "ab"}));
}

TEST(MentionedNames, MayBeQualified)
{
    EXPECT_EQ(names_in(R"(s.f)"), (Lines{"s", "s.f"}));
    EXPECT_EQ(names_in(R"("S" . t . c)"), (Lines{"S", "S.t"}));
    EXPECT_EQ(names_in("a."), (Lines{"a"}));
}

TEST(MentionedNames, AreInStringsToo)
{
    EXPECT_EQ(names_in("'s.f'"), (Lines{"s", "s.f"}));
    EXPECT_EQ(names_in("'a ''b'' c'"), (Lines{"a", "b", "c"}));
    EXPECT_EQ(names_in(R"(E'a \'b\' c' d)"), (Lines{"a", "b", "c", "d"}));
    EXPECT_EQ(names_in("'never closed"), (Lines{"closed", "never"}));
}

TEST(MentionedNames, AreNotInComments)
{
    EXPECT_EQ(names_in("a -- b\nc /* d /* e */ f */ g"), (Lines{"a", "c", "g"}));
}

TEST(MentionedNames, EndWhereABodyDoes)
{
    EXPECT_EQ(names_in("$$a$$"), (Lines{"a"}));
    EXPECT_EQ(names_in("$body$a$body$"), (Lines{"a"}));
    EXPECT_EQ(names_in("a$b $1"), (Lines{"a$b"}));
}

TEST(MentionedNames, AreThoseOfOperatorsToo)
{
    EXPECT_EQ(names_in("a === 1e5"), (Lines{"===", "a"}));
}

TEST(MentionedNames, OfExpressionsAreInStringsOfSeveralWords)
{
    EXPECT_EQ(written(names_in_strings("f(a, 'value', 'SELECT g()', 's.h')")), (Lines{"g", "s", "select", "s.h"}));
}

TEST(MentionOrder, WhatIsNamedComesFirst)
{
    EXPECT_EQ(order_of({}, {function("aa", "SELECT s.zz()"), function("zz", "SELECT 1")}),
              (Lines{"create_function s.zz()", "create_function s.aa()"}));
    EXPECT_EQ(order_of({}, {function("aa", "SELECT zz()"), function("zz", "SELECT 1")}),
              (Lines{"create_function s.zz()", "create_function s.aa()"}));
}

TEST(MentionOrder, WhatIsNamedGoesLast)
{
    EXPECT_EQ(order_of({function("zz", "SELECT s.aa()"), function("aa", "SELECT 1")}, {function("zz", "SELECT 2")}),
              (Lines{"alter_function s.zz()", "drop_function s.aa()"}));
}

TEST(MentionOrder, CirclesAreOpened)
{
    EXPECT_EQ(order_of({}, {function("a", "SELECT s.b()"), function("b", "SELECT s.a()"), function("c", "SELECT 1")}),
              (Lines{"create_function s.a()", "create_function s.b()", "create_function s.c()"}));
}

TEST(MentionOrder, OfWhoeverMentionsItThroughWhatStays)
{
    std::string stays = function("stays", "SELECT s.zz()");
    EXPECT_EQ(order_of({stays}, {stays, function("aa", "SELECT s.stays()"), function("zz", "SELECT 1")}),
              (Lines{"create_function s.zz()", "create_function s.aa()"}));
}
