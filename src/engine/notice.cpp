#include "engine/notice.hpp"

#include "pg/guc.hpp"
#include "pg/report.hpp"

namespace linkgress::engine {

void notice(const std::string &message, const std::string &detail, const std::string &hint)
{
    if (pg::settings::verbosity() != pg::Verbosity::quiet)
        pg::report(pg::Level::notice, message, detail, hint);
}

} // namespace linkgress::engine
