// What the stages of a plan are put together with.
#pragma once

#include "core/diff.hpp"
#include "core/online.hpp"
#include "core/planner.hpp"
#include "core/poll.hpp"
#include "core/script.hpp"
#include "core/text.hpp"

#include <set>
#include <string_view>
#include <unordered_map>

#include <fmt/format.h>

namespace linkgress::core {

// Puts statements into stages as they come.
class Stages {
  public:
    // `place`, of its step, tells operations apart.
    void add(std::size_t place, const Operation &operation, const Statement &statement)
    {
        if (!fits(statement.mode))
            start(statement.mode);
        Stage &stage = stages_.back();
        if (place_ != place) {
            stage.operations.push_back(operation);
            stage.operations.back().statements.clear();
            stage.operations.back().kept.clear();
            stage.operations.back().role_switches.clear();
            place_ = place;
        }
        Operation &last = stage.operations.back();
        keep(last, statement);
        if (statement.switches_role)
            last.role_switches.emplace(last.statements.size(), *statement.switches_role);
        last.statements.push_back(statement.text);
        stage.statements.push_back(statement.text);
    }

    // What comes next is not to be in the same transaction as what has come.
    void close() { is_open_ = false; }

    std::vector<Stage> take() { return std::move(stages_); }

  private:
    bool fits(Mode mode) const { return is_open_ && mode != Mode::apart && mode == mode_; }
    // As soon as one of them has a secret, all are there.
    static void keep(Operation &operation, const Statement &statement)
    {
        if (operation.kept.empty() && !statement.kept.empty())
            operation.kept = operation.statements;
        if (!operation.kept.empty() || !statement.kept.empty())
            operation.kept.push_back(statement.kept.empty() ? statement.text : statement.kept);
    }
    void start(Mode mode)
    {
        stages_.push_back({mode != Mode::outside, {}, {}});
        mode_ = mode;
        is_open_ = true;
        place_ = no_step;
    }

    std::vector<Stage> stages_;
    Mode mode_ = Mode::together;
    bool is_open_ = false;
    std::size_t place_ = no_step;
};

// Names that nothing else has.
class Names {
  public:
    explicit Names(const Diff &diff) : diff_(diff) {}

    std::string index(const Object &object, const char *suffix)
    {
        return choose("relation " + object.schema, object.name, suffix);
    }
    std::string constraint(const Object &object, const char *suffix)
    {
        return choose(fmt::format("constraint {}.{}", object.schema, object.parent), object.name, suffix);
    }
    std::string null_check(const Object &column)
    {
        return choose(fmt::format("constraint {}.{}", column.schema, column.parent), column.name, "_is_not_null");
    }

  private:
    std::string choose(const std::string &space, const std::string &name, const std::string &suffix)
    {
        if (taken_.empty())
            for (const Snapshot *snapshot : {&diff_.source, &diff_.target})
                collect(*snapshot);
        std::string first = with_suffix(name, suffix);
        for (int &number = next_numbers_.try_emplace(fmt::format("{}.{}", space, first), 1).first->second;;) {
            poll();
            std::string chosen = number == 1 ? first : with_suffix(name, fmt::format("{}{}", suffix, number));
            number++;
            if (taken_.insert(fmt::format("{}.{}", space, chosen)).second)
                return chosen;
        }
    }
    void collect(const Snapshot &snapshot)
    {
        for (ObjectIndex i = 0; i < snapshot.size(); i++) {
            poll();
            const Object &object = snapshot[i];
            for (std::string &name : names_of(object)) {
                if (name.starts_with("type ")) // a relation is one, too
                    taken_.insert("relation " + name.substr(std::string_view("type ").size()));
                taken_.insert(std::move(name));
            }
            if (object.has("not_null_name"))
                taken_.insert(
                    fmt::format("constraint {}.{}.{}", object.schema, object.parent, object.text("not_null_name")));
        }
    }

    const Diff &diff_;
    std::set<std::string> taken_;
    std::unordered_map<std::string, int> next_numbers_; // by space and the first name that is tried
};

} // namespace linkgress::core
