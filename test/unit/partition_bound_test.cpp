#include "core/partition_bound.hpp"

#include <gtest/gtest.h>

using linkgress::core::is_within;

namespace {

// Both ways round: the first in the second, and the second in the first
std::pair<bool, bool> within(const std::string &a, const std::string &b, const std::string &type = "integer")
{
    std::string values = "FOR VALUES ";
    return {is_within(values + a, values + b, type), is_within(values + b, values + a, type)};
}

constexpr std::pair<bool, bool> same = {true, true};
constexpr std::pair<bool, bool> narrower = {true, false};
constexpr std::pair<bool, bool> unknown = {false, false};

} // namespace

TEST(PartitionBound, IsWithinItself)
{
    for (const char *bound :
         {"FROM (0) TO (10)", "IN ('a', NULL)", "WITH (modulus 2, remainder 1)", "FROM ('a', MINVALUE) TO ('b', 3)"})
        EXPECT_EQ(within(bound, bound), same) << bound;
    EXPECT_TRUE(is_within("DEFAULT", "DEFAULT", "text"));
}

TEST(PartitionBound, ComparesNumbers)
{
    EXPECT_EQ(within("FROM (0) TO (10)", "FROM (0) TO (100)"), narrower);
    EXPECT_EQ(within("FROM (9) TO (10)", "FROM (1) TO (10)"), narrower);
    EXPECT_EQ(within("FROM ('-5') TO ('10')", "FROM ('-10') TO ('9223372036854775807')", "bigint"), narrower);
    EXPECT_EQ(within("FROM (0) TO (10)", "FROM (5) TO (15)"), unknown);
    EXPECT_EQ(within("FROM (0) TO (10)", "FROM (10) TO (20)"), unknown);
}

TEST(PartitionBound, ComparesDates)
{
    EXPECT_EQ(within("FROM ('2024-01-01') TO ('2024-02-01')", "FROM ('2023-12-31') TO ('2024-02-01')", "date"),
              narrower);
    EXPECT_EQ(within("FROM ('2024-01-01 00:00:00') TO ('2024-01-01 12:00:00')",
                     "FROM ('2024-01-01 00:00:00') TO ('2024-01-02 00:00:00')", "timestamp without time zone"),
              narrower);
    // Of years before Christ the order is the other way round; a year with five digits is longer.
    EXPECT_EQ(within("FROM ('0044-03-15 BC') TO ('0001-01-01')", "FROM ('0100-01-01 BC') TO ('0001-01-01')", "date"),
              unknown);
    EXPECT_EQ(within("FROM ('2024-01-01') TO ('9999-01-01')", "FROM ('2024-01-01') TO ('10000-01-01')", "date"),
              unknown);
    EXPECT_EQ(within("FROM ('2024-01-01') TO ('infinity')", "FROM ('2023-01-01') TO ('infinity')", "date"), narrower);
}

TEST(PartitionBound, KnowsWhatIsBeyondAllValues)
{
    EXPECT_EQ(within("FROM (0) TO (10)", "FROM (MINVALUE) TO (10)"), narrower);
    EXPECT_EQ(within("FROM (0) TO (10)", "FROM (0) TO (MAXVALUE)"), narrower);
    EXPECT_EQ(within("FROM ('a') TO ('b')", "FROM (MINVALUE) TO (MAXVALUE)"), narrower);
}

TEST(PartitionBound, DoesNotKnowTheOrderOfTexts)
{
    EXPECT_EQ(within("FROM ('b') TO ('c')", "FROM ('a') TO ('d')", "text"), unknown);
    EXPECT_EQ(within("FROM ('1') TO ('2')", "FROM ('1') TO ('10')", "text"), unknown);
    EXPECT_EQ(within("FROM ('2024-01-01') TO ('2024-01-02')", "FROM ('2024-01-01') TO ('2024-01-03')", "text"),
              unknown);
    EXPECT_EQ(within("FROM (1) TO (2)", "FROM (0) TO (3)", ""), unknown);
    EXPECT_EQ(within("FROM (1.5) TO (2.5)", "FROM (1) TO (3)"), unknown);
    // An end that is the same needs no order.
    EXPECT_EQ(within("FROM ('b') TO ('c')", "FROM ('b') TO (MAXVALUE)"), narrower);
}

TEST(PartitionBound, DoesNotCompareSeveralColumns)
{
    EXPECT_EQ(within("FROM (1, 1) TO (2, 1)", "FROM (0, 5) TO (3, 0)"), unknown);
}

TEST(PartitionBound, ComparesLists)
{
    EXPECT_EQ(within("IN ('a')", "IN ('a', 'b')"), narrower);
    EXPECT_EQ(within("IN ('b', 'a')", "IN ('a', 'b')"), same);
    EXPECT_EQ(within("IN (1, 2)", "IN (2, 3)"), unknown);
    EXPECT_EQ(within("IN (NULL)", "IN ('NULL')"), unknown);
    EXPECT_EQ(within("IN (NULL)", "IN (1, NULL)"), narrower);
}

TEST(PartitionBound, LeavesTextsInQuotesWhole)
{
    EXPECT_EQ(within("IN ('a, c')", "IN ('a', 'c')"), unknown);
    EXPECT_EQ(within("IN ('a')", "IN ('b)', 'a')"), narrower);
    EXPECT_EQ(within("IN ('it''s, (here)')", "IN ('it''s, (here)', 'x')"), narrower);
    EXPECT_EQ(within("IN ('x')", "IN ('it''s, ''x'', here')"), unknown);
    EXPECT_EQ(within("FROM ('b IN (1)') TO ('d')", "FROM ('b IN (1)') TO ('c')", "text"), unknown);
}

TEST(PartitionBound, OfAnotherStrategyIsNotWithin)
{
    EXPECT_EQ(within("IN (1)", "FROM (0) TO (10)"), unknown);
    EXPECT_EQ(within("WITH (modulus 2, remainder 0)", "WITH (modulus 4, remainder 0)"), unknown);
    EXPECT_FALSE(is_within("FOR VALUES IN (1)", "DEFAULT", "integer"));
    EXPECT_FALSE(is_within("DEFAULT", "FOR VALUES FROM (MINVALUE) TO (MAXVALUE)", "integer"));
}
