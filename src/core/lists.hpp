// Lists of texts, compared as sets: each in one pass, however long they are.
#pragma once

#include "core/object.hpp"
#include "core/poll.hpp"

#include <string_view>
#include <unordered_set>

namespace linkgress::core {

// Refers to the texts.
class TextSet {
  public:
    TextSet() = default;
    explicit TextSet(const List &list)
    {
        for (const std::string &text : list)
            add(text);
    }

    void add(std::string_view text)
    {
        poll();
        texts_.insert(text);
    }
    bool contains(std::string_view text) const
    {
        poll();
        return texts_.contains(text);
    }

  private:
    std::unordered_set<std::string_view> texts_;
};

// What is in the one list and not in the other, in its order
inline List only_in(const List &list, const List &other)
{
    TextSet others(other);
    List result;
    for (const std::string &text : list)
        if (!others.contains(text))
            result.push_back(text);
    return result;
}

// What is in both
inline List kept_in(const List &list, const List &other)
{
    TextSet others(other);
    List result;
    for (const std::string &text : list)
        if (others.contains(text))
            result.push_back(text);
    return result;
}

} // namespace linkgress::core
