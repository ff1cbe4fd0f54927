#include "core/progress.hpp"

#include <gtest/gtest.h>

using namespace linkgress::core;

TEST(Duration, IsShownInAFittingUnit)
{
    EXPECT_EQ(format_duration(0), "0.0 ms");
    EXPECT_EQ(format_duration(12.34), "12.3 ms");
    EXPECT_EQ(format_duration(999.4), "999.4 ms");
    EXPECT_EQ(format_duration(1000), "1.00 s");
    EXPECT_EQ(format_duration(4560), "4.56 s");
    EXPECT_EQ(format_duration(60000), "1 min 0 s");
    EXPECT_EQ(format_duration(723456), "12 min 3 s");
    EXPECT_EQ(format_duration(7200000), "120 min 0 s");
}

TEST(Progress, IsALineOfItsOwn)
{
    EXPECT_EQ(progress_message(3, 14, "20240120-143052_posts", "applied", 12.3),
              "[3/14] 20240120-143052_posts applied (12.3 ms)");
    EXPECT_EQ(progress_message(1, 1, "x", "reverted", 61000), "[1/1] x reverted (1 min 1 s)");
}

TEST(Progress, IsShownInTheApplicationName)
{
    EXPECT_EQ(progress_application_name(3, 14, "20240120-143052_posts"), "linkgress [3/14] 20240120-143052_posts");
}

TEST(Progress, IsCutToWhatTheServerKeeps)
{
    std::string name = progress_application_name(9999, 10000, std::string(200, 'x'));
    EXPECT_EQ(name.size(), 63u);
    EXPECT_EQ(name.substr(0, 25), "linkgress [9999/10000] xx");
    EXPECT_EQ(progress_application_name(1, 1, std::string(63 - 16, 'x')).size(), 63u);
    EXPECT_EQ(progress_application_name(1, 1, std::string(63 - 17, 'x')).size(), 62u);
}
