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

TEST(FailureMessage, NamesTheHookAndWhatItWasCalledFor)
{
    Location location = at(2, 5, 1);
    location.hook = "audit";
    EXPECT_EQ(describe_failure(location),
              "hook \"audit\" failed at statement 2, line 5 for migration \"20240120-143052_posts\"");
    location.migration.clear();
    EXPECT_EQ(describe_failure(location), "hook \"audit\" failed at statement 2, line 5");
    location.statement = 0;
    EXPECT_EQ(describe_failure(location), "hook \"audit\" failed");
}

TEST(Body, HasAName)
{
    Location location = at(3, 4);
    EXPECT_EQ(describe_body(location), "migration \"20240120-143052_posts\"");
    location.direction = Direction::down;
    EXPECT_EQ(describe_body(location), "down body of migration \"20240120-143052_posts\"");
    location.hook = "audit";
    EXPECT_EQ(describe_body(location), "hook \"audit\"");
}

TEST(Location, CanDoWithoutAPlace)
{
    Location location = at(3, 4, 15, Direction::down);
    location.hook = "audit";
    Location rest = without_place(location);
    EXPECT_EQ(rest.migration, "20240120-143052_posts");
    EXPECT_EQ(rest.direction, Direction::down);
    EXPECT_EQ(rest.hook, "");
    EXPECT_EQ(rest.statement + rest.line + rest.column, 0);
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

TEST(AddLocation, IsThereOnce)
{
    ErrorReport result = report("m", "A detail.");
    add_location(result, at(3, 4));
    ErrorReport once = result;
    add_location(result, at(0, 0));
    EXPECT_EQ(result.message, once.message);
    EXPECT_EQ(result.detail, once.detail);
}

TEST(AddLocation, NamesNothingWhereNothingIsNamed)
{
    ErrorReport result = report("m", "A detail.");
    add_location(result, Location());
    EXPECT_EQ(result.message, "m");
    EXPECT_EQ(result.detail, "A detail.");
}

TEST(AddLocation, HasTheHookAndTheMigrationIfThereIsOne)
{
    Location location = at(2, 5, 1);
    location.hook = "a \"b\"";
    ErrorReport result = report("m");
    add_location(result, location);
    EXPECT_EQ(result.detail, "hook=\"a \\\"b\\\"\", migration=\"20240120-143052_posts\", direction=up, statement=2,"
                             " line=5, column=1");
    location.migration.clear();
    result = report("m");
    add_location(result, location);
    EXPECT_EQ(result.detail, "hook=\"a \\\"b\\\"\", direction=up, statement=2, line=5, column=1");
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
