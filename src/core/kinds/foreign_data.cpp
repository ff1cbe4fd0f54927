// Foreign-data wrappers, servers and user mappings.

#include "core/kinds/options.hpp"
#include "core/script.hpp"
#include "core/text.hpp"

namespace linkgress::core {

std::vector<KindRules> foreign_data_kinds()
{
    return {};
}

} // namespace linkgress::core
