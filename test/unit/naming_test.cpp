#include "core/naming.hpp"

#include <gtest/gtest.h>

using namespace linkgress::core;

TEST(LeadingDigits, AreThoseThatANameBeginsWith)
{
    EXPECT_EQ(leading_digits("20240115-093000_add_phone"), "20240115");
    EXPECT_EQ(leading_digits("1"), "1");
    EXPECT_EQ(leading_digits("007_bond"), "007");
    EXPECT_EQ(leading_digits("V1__x"), "");
    EXPECT_EQ(leading_digits(" 1"), "");
    EXPECT_EQ(leading_digits("-1"), "");
    EXPECT_EQ(leading_digits(""), "");
    EXPECT_EQ(leading_digits("\xd9\xa1_arabic"), "");
}

TEST(FoldedName, IsTheSameForNamesThatAreEasilyMistaken)
{
    EXPECT_EQ(folded_name("001_users"), folded_name("1_users"));
    EXPECT_EQ(folded_name("1_Users"), folded_name("1_users"));
    EXPECT_EQ(folded_name("ADD_PHONE"), folded_name("add_phone"));
    EXPECT_EQ(folded_name("000"), folded_name("0"));
    EXPECT_EQ(folded_name("00_x"), folded_name("0_X"));
}

TEST(FoldedName, DiffersForDifferentNames)
{
    EXPECT_NE(folded_name("0_x"), folded_name("_x"));
    EXPECT_NE(folded_name("10_x"), folded_name("1_x"));
    EXPECT_NE(folded_name("1_x"), folded_name("1x"));
    EXPECT_NE(folded_name("x_01"), folded_name("x_1")); // only the leading number
    EXPECT_NE(folded_name("a b"), folded_name("a_b"));
}

TEST(FoldedName, FoldsAsciiOnly)
{
    EXPECT_EQ(folded_name("1_ÄÖ"), "1_ÄÖ");
    EXPECT_EQ(folded_name("1_@[`{"), "1_@[`{"); // the neighbours of A to Z
    EXPECT_EQ(folded_name(""), "");
}

TEST(OrderConflict, IsFoundWhereNumbersAndBytesDisagree)
{
    auto conflict = order_conflict("10_second", "2_first");
    ASSERT_TRUE(conflict);
    EXPECT_EQ(conflict->should_be_renamed, "2_first");
    EXPECT_EQ(conflict->padded, "02_first");
}

TEST(OrderConflict, PadsToTheLengthOfTheOtherNumber)
{
    EXPECT_EQ(order_conflict("1000_x", "9_y")->padded, "0009_y");
    EXPECT_EQ(order_conflict("10", "9")->padded, "09");
    EXPECT_EQ(order_conflict("20240115_x", "3_y")->padded, "00000003_y");
}

TEST(OrderConflict, ComparesNumbersOfAnyLength)
{
    EXPECT_TRUE(order_conflict("100000000000000000000000000000000000000000_x", "99999999999999999999_y"));
    EXPECT_FALSE(order_conflict("20240115093000_x", "20240115093001_y"));
}

TEST(OrderConflict, IsNoneWhereTheyAgree)
{
    EXPECT_FALSE(order_conflict("01_x", "02_y"));
    EXPECT_FALSE(order_conflict("1_x", "1_y"));
    EXPECT_FALSE(order_conflict("001_x", "01_y")); // the same number
    EXPECT_FALSE(order_conflict("0_x", "00_y"));
    EXPECT_FALSE(order_conflict("09_x", "10_y"));
}

TEST(OrderConflict, NeedsTwoNumbers)
{
    EXPECT_FALSE(order_conflict("10_x", "add_phone"));
    EXPECT_FALSE(order_conflict("V10", "V2"));
    EXPECT_FALSE(order_conflict("", ""));
}

TEST(NameProblem, IsNoneForUsableNames)
{
    for (const char *name : {"20240115-093000_add_phone", "1", "a", "with blank", "Ünïcödé", "\"quoted\"", "it's",
                             "a;b", "../etc", "%s", "a\\b"})
        EXPECT_FALSE(name_problem(name)) << name;
    EXPECT_FALSE(name_problem(std::string(200, 'x')));
}

TEST(NameProblem, SaysWhatIsWrong)
{
    EXPECT_EQ(name_problem(""), "the name of a migration must not be empty");
    EXPECT_EQ(name_problem("  \t "), "the name of a migration must not be empty");
    EXPECT_EQ(name_problem(" a"), "the name of a migration must not begin or end with a blank");
    EXPECT_EQ(name_problem("a "), "the name of a migration must not begin or end with a blank");
    for (const char *name : {"a\nb", "a\tb", "a\r", "\x01", "a\x7f", "a\x1b[31m"})
        EXPECT_EQ(name_problem(name), "the name of a migration must not contain control characters");
    EXPECT_EQ(name_problem(std::string(201, 'x')), "the name of a migration must not be longer than 200 bytes");
}
