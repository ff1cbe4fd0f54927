#include "core/error_class.hpp"

#include <gtest/gtest.h>

using namespace linkgress::core;

namespace {

ErrorReport report_of(const char *sqlstate)
{
    ErrorReport report;
    report.sqlstate = sqlstate;
    return report;
}

} // namespace

TEST(ErrorClass, WhatAStatementIsToBlameFor)
{
    for (const char *sqlstate : {"42P01", "42601", "22012", "23505", "0A000", "55006", "54001", "P0001", "LG001"})
        EXPECT_TRUE(is_of_statement(report_of(sqlstate))) << sqlstate;
    for (const char *sqlstate :
         {"53100", "53200", "53400", "57014", "57P01", "58030", "XX000", "XX001", "40001", "40P01", "55P03"})
        EXPECT_FALSE(is_of_statement(report_of(sqlstate))) << sqlstate;
}

TEST(ErrorClass, WhatAnotherStatementMayHelp)
{
    for (const char *sqlstate : {"42P01", "42883", "2BP01"})
        EXPECT_TRUE(may_want_another(report_of(sqlstate))) << sqlstate;
    for (const char *sqlstate : {"54000", "54011", "53200", "XX000", "57014", "55P03", "40P01"})
        EXPECT_FALSE(may_want_another(report_of(sqlstate))) << sqlstate;
}
