#include "core/pattern.hpp"

#include "core/kind.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace linkgress::core {

void Patterns::add(const std::string &pattern, const std::optional<std::string> &kind)
{
    std::size_t size = pattern.find_first_of("*?");
    if (size == pattern.npos) {
        whole_[pattern].push_back({pattern, kind});
        return;
    }
    by_start_[pattern.substr(0, size)].push_back({pattern, kind});
    sizes_.insert(size);
}

bool Patterns::match(const Object &object) const
{
    std::string name = identity(object);
    const char *kind = rules_of(object.kind).name;
    auto is_any = [&](const auto &patterns, const std::string &start) {
        auto found = patterns.find(start);
        return found != patterns.end() &&
               std::any_of(found->second.begin(), found->second.end(), [&](const Pattern &pattern) {
                   return (!pattern.kind || *pattern.kind == kind) && matches(name, pattern.text);
               });
    };
    if (is_any(whole_, name))
        return true;
    return std::any_of(sizes_.begin(), sizes_.end(), [&](std::size_t size) {
        return size <= name.size() && is_any(by_start_, name.substr(0, size));
    });
}

} // namespace linkgress::core
