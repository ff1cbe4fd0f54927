#include "pg/report.hpp"

#include "pg/bridge.hpp"
#include "pg/postgres.hpp"

namespace linkgress::pg {

namespace {

int server_level(Level level)
{
    switch (level) {
    case Level::info:
        return INFO;
    case Level::notice:
        return NOTICE;
    case Level::warning:
        return WARNING;
    }
    return NOTICE;
}

} // namespace

void report(Level level, const std::string &message, const std::string &detail, const std::string &hint)
{
    int elevel = server_level(level);
    call([&]() noexcept {
        ereport(elevel,
                (errmsg_internal("%s", message.c_str()), detail.empty() ? 0 : errdetail_internal("%s", detail.c_str()),
                 hint.empty() ? 0 : errhint("%s", hint.c_str())));
    });
}

} // namespace linkgress::pg
