// Patterns of names, as linkgress.ignore has them.
#pragma once

#include "core/object.hpp"

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace linkgress::core {

// Objects are matched by their identity; see matches(). What a pattern begins with is looked up, so that an object is
// compared only with those that can match it.
class Patterns {
  public:
    // For objects of this kind only, if one is given.
    void add(const std::string &pattern, const std::optional<std::string> &kind);
    bool match(const Object &object) const;
    bool empty() const { return by_start_.empty() && whole_.empty(); }

  private:
    struct Pattern {
        std::string text;
        std::optional<std::string> kind;
    };

    std::unordered_map<std::string, std::vector<Pattern>> by_start_; // by what stands before the first * or ?
    std::set<std::size_t> sizes_;                                    // of those
    std::unordered_map<std::string, std::vector<Pattern>> whole_;    // those without * and ?
};

} // namespace linkgress::core
