// Text search: parsers, templates, dictionaries and configurations.

#include "core/kinds/options.hpp"
#include "core/script.hpp"
#include "core/text.hpp"

namespace linkgress::core {

std::vector<KindRules> text_search_kinds()
{
    return {};
}

} // namespace linkgress::core
