#include "core/error.hpp"

namespace linkgress::core {

void add_hint(ErrorReport &report, const std::string &hint)
{
    if (!report.hint.empty())
        report.hint += " ";
    report.hint += hint;
}

Error::Error(const char *sqlstate, std::string message, std::string detail, std::string hint)
{
    report_.sqlstate = sqlstate;
    report_.message = std::move(message);
    report_.detail = std::move(detail);
    report_.hint = std::move(hint);
}

} // namespace linkgress::core
