// Languages, transforms, casts, access methods, collations and conversions.

#include "core/kinds/options.hpp"
#include "core/script.hpp"
#include "core/text.hpp"

namespace linkgress::core {

std::vector<KindRules> language_kinds()
{
    return {};
}

} // namespace linkgress::core
