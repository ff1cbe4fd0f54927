// Publications, subscriptions, event triggers and default privileges.

#include "core/kinds/options.hpp"
#include "core/script.hpp"
#include "core/text.hpp"

namespace linkgress::core {

std::vector<KindRules> publication_kinds()
{
    return {};
}

} // namespace linkgress::core
