// Aggregates, operators, their classes and families.

#include "core/kinds/options.hpp"
#include "core/script.hpp"
#include "core/text.hpp"

namespace linkgress::core {

std::vector<KindRules> operator_kinds()
{
    return {};
}

} // namespace linkgress::core
