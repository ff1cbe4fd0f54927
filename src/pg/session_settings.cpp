#include "pg/session_settings.hpp"

#include "pg/compat.hpp"
#include "pg/guc.hpp"
#include "pg/postgres.hpp"

#include <set>
#include <string_view>

extern "C" {
#include "utils/guc.h"
}

namespace linkgress::pg {

namespace {

bool belongs_to_session(const config_generic &setting)
{
    static const std::set<std::string_view> others = {
        "role",         "session_authorization", "client_encoding",       "application_name",
        "seed",         "transaction_isolation", "transaction_read_only", "transaction_deferrable",
        "is_superuser",
    };
    return (setting.source == PGC_S_CLIENT || setting.source == PGC_S_SESSION) &&
           (setting.context == PGC_USERSET || setting.context == PGC_SUSET) && others.count(setting.name) == 0;
}

} // namespace

std::vector<SessionSetting> settings_of_session()
{
    std::vector<SessionSetting> settings;
    for (const config_generic *setting : compat::all_settings())
        if (belongs_to_session(*setting))
            settings.push_back(
                {setting->name, show_guc(setting->name), setting->srole, setting->scontext == PGC_SUSET});
    return settings;
}

void set_connection_guc(const SessionSetting &setting)
{
    call([&]() noexcept {
        (void)set_config_option_ext(setting.name.c_str(), setting.value.c_str(),
                                    setting.with_all_rights ? PGC_SUSET : PGC_USERSET, PGC_S_CLIENT, setting.role,
                                    GUC_ACTION_SET, true, WARNING, false);
    });
}

} // namespace linkgress::pg
