// What goes and what comes may be the same under another name. That cannot be known, only asked.
#pragma once

#include "core/plan.hpp"
#include "core/planner.hpp"

#include <optional>
#include <string>
#include <unordered_map>

namespace linkgress::core {

class RenameHints {
  public:
    explicit RenameHints(const Diff &diff) : diff_(diff) {}

    // For a step that drops a column or a table: how to say that it is renamed, if one of the same make comes in the
    // same place, and it is the only one. "" otherwise.
    std::string hint(const Step &step) const;

  private:
    // New objects that are alike
    struct Alike {
        ObjectIndex first;
        bool are_several = false;
    };

    void find_new() const;

    const Diff &diff_;
    // By what they have in common; made when it is needed first.
    mutable std::optional<std::unordered_map<std::string, Alike>> new_;
};

} // namespace linkgress::core
