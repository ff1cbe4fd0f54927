// Turns the steps of a plan into SQL.
#pragma once

#include "core/conversion.hpp"
#include "core/diff.hpp"
#include "core/plan.hpp"
#include "core/planner.hpp"
#include "core/rename_hint.hpp"
#include "core/script.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace linkgress::core {

struct Rendered {
    Operation operation;
    std::vector<Statement> statements; // its statements, with when and how they run
};

class Renderer {
  public:
    Renderer(const Diff &diff, Quote quote);

    // Nothing, if the step needs no statement. Error 22023 for a snapshot that somebody has made up. With `online`, in
    // the way that does not block.
    std::optional<Rendered> render(const Step &step, const Online *online = nullptr) const;

  private:
    Script forward() const;
    Script backward() const;

    void write(const Step &step, Script &script) const;
    void write_inverse(const Step &step, Operation &operation) const;
    void create(Script &script, const Object &object, const std::vector<const Object *> &folded) const;
    void complete_columns(Script &script, const Step &step) const;
    void alter(Script &script, const Item &item, const Object &from, const Object &to) const;
    void set_columns(Script &script, const Object &table) const;
    void retire(Script &script, const Object &object) const;
    bool is_in_columns(ObjectIndex type) const;
    bool has_cast(const Item &item) const;
    void finish(Script &script, const Item &item) const;
    void move_rows(Script &script, const Item &item) const;
    void move_sequences(Script &script, const Item &item) const;
    void create_shell(Script &script, const Object &object, bool replace) const;
    std::vector<const Object *> folded_objects(const Step &step, bool of_source) const;
    void retire_constructors(Script &script, const Object &range) const;
    const std::string &provisional_name(const Object &object) const { return provisional_names_.at(id(object)); }
    void choose_provisional_name(const Object &object);
    std::string type_of(const Step &step) const;
    bool takes_away(const Step &step) const;
    std::string changed_table(const Item &item) const;
    void complete(const Step &step, bool online, Operation &operation) const;
    List secrets_of(const Step &step) const;
    void leave_out_secrets(Rendered &rendered) const;
    std::string details(const Step &step, const Operation &operation) const;

    const Diff &diff_;
    Quote quote_;
    std::map<std::string, std::string> provisional_names_; // by id
    std::unordered_set<std::string> provisional_;          // the names alone
    std::unordered_map<std::string, int> next_numbers_;    // for them, by the first that is tried
    RenameHints hints_;
    std::set<std::string> replaced_types_;
    std::map<std::string, std::string> present_names_; // of these
    std::set<std::string> none_;
    Converter converter_;
    Converter backward_converter_;
};

// The type that comes with a range, with what it shares with that
Object multirange_of(const Object &range);

} // namespace linkgress::core
