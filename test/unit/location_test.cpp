#include "core/location.hpp"

#include <gtest/gtest.h>

using namespace linkgress::core;

namespace {

Location at(int statement, int line, int column = 0, Direction direction = Direction::up)
{
    Location location;
    location.migration = "20240120-143052_posts";
    location.direction = direction;
    location.statement = statement;
    location.line = line;
    location.column = column;
    return location;
}

ErrorReport report(const std::string &message, const std::string &detail = "")
{
    ErrorReport result;
    result.sqlstate = "42P01";
    result.message = message;
    result.detail = detail;
    result.hint = "A hint.";
    return result;
}

} // namespace

TEST(Direction, HasAWord)
{
    EXPECT_STREQ(to_string(Direction::up), "up");
    EXPECT_STREQ(to_string(Direction::down), "down");
}

TEST(FailureMessage, SaysWhere)
{
    EXPECT_EQ(describe_failure(at(3, 4)), "migration \"20240120-143052_posts\" failed at statement 3, line 4");
    EXPECT_EQ(describe_failure(at(3, 4, 15)), "migration \"20240120-143052_posts\" failed at statement 3, line 4");
    EXPECT_EQ(describe_failure(at(1, 1, 0, Direction::down)),
              "migration \"20240120-143052_posts\" failed at statement 1, line 1 of its down body");
}

TEST(FailureMessage, DoesWithoutAPlace)
{
    EXPECT_EQ(describe_failure(at(0, 0)), "migration \"20240120-143052_posts\" failed");
    EXPECT_EQ(describe_failure(at(0, 0, 0, Direction::down)),
              "migration \"20240120-143052_posts\" failed in its down body");
}

TEST(AddLocation, GoesBeforeTheMessageAndBehindTheDetail)
{
    ErrorReport result = report("relation \"x\" does not exist", "A detail.");
    add_location(result, at(3, 4, 15));
    EXPECT_EQ(result.message, "migration \"20240120-143052_posts\" failed at statement 3, line 4:"
                              " relation \"x\" does not exist");
    EXPECT_EQ(result.detail,
              "A detail.\nmigration=\"20240120-143052_posts\", direction=up, statement=3, line=4, column=15");
}

TEST(AddLocation, IsTheDetailWhereThereIsNone)
{
    ErrorReport result = report("m");
    add_location(result, at(3, 4));
    EXPECT_EQ(result.detail, "migration=\"20240120-143052_posts\", direction=up, statement=3, line=4");
    result = report("m");
    add_location(result, at(0, 0, 0, Direction::down));
    EXPECT_EQ(result.detail, "migration=\"20240120-143052_posts\", direction=down");
}

TEST(AddLocation, LeavesTheRestAlone)
{
    ErrorReport result = report("m");
    result.context = "context";
    result.internal_position = 7;
    add_location(result, at(1, 1));
    EXPECT_EQ(result.sqlstate, "42P01");
    EXPECT_EQ(result.hint, "A hint.");
    EXPECT_EQ(result.context, "context");
    EXPECT_EQ(result.internal_position, 7);
}

TEST(AddLocation, TakesTextsAsTheyAre)
{
    ErrorReport result = report("{} %s {0}");
    Location location = at(1, 1);
    location.migration = "{} %s \"quoted\"";
    add_location(result, location);
    EXPECT_EQ(result.message, "migration \"{} %s \"quoted\"\" failed at statement 1, line 1: {} %s {0}");
}

TEST(Error, CarriesItsReport)
{
    Error error("22023", "a message", "A detail.", "A hint.");
    EXPECT_EQ(error.report().sqlstate, "22023");
    EXPECT_EQ(error.report().message, "a message");
    EXPECT_EQ(error.report().detail, "A detail.");
    EXPECT_EQ(error.report().hint, "A hint.");
    EXPECT_STREQ(error.what(), "a message");
    EXPECT_TRUE(Error("22023", "m").report().detail.empty());
    EXPECT_TRUE(Error("22023", "m").report().hint.empty());
}
