#include "core/error_class.hpp"

#include "core/sqlstate.hpp"

#include <string_view>

namespace linkgress::core {

bool is_of_statement(const ErrorReport &report)
{
    for (std::string_view other : {"08", "40", "53", "57", "58", "F0", "XX"})
        if (report.sqlstate.starts_with(other))
            return false;
    return report.sqlstate != sqlstate::lock_not_available;
}

bool may_want_another(const ErrorReport &report)
{
    // A statement that goes beyond the server's limits (class 54) does so whatever there is.
    return is_of_statement(report) && !report.sqlstate.starts_with("54");
}

bool misses_something(const ErrorReport &report)
{
    for (std::string_view missing : {"42P01", "42883", "42704", "42703", "3F000"})
        if (report.sqlstate == missing)
            return true;
    return false;
}

} // namespace linkgress::core
