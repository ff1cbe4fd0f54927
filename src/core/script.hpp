// The SQL of one operation, as it is put together.
#pragma once

#include "core/kind.hpp"
#include "core/object.hpp"
#include "core/poll.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>

#include <fmt/format.h>

namespace linkgress::core {

class Converter;
class Snapshot;

// Quotes an identifier where it needs it; the server's own function does it best.
using Quote = std::string (*)(const std::string &name);

// Of a step that is done in the way that does not block: `before` and `after` may be apart from the rest of it, which
// leaves the schema as it is to be.
enum class Phase : std::uint8_t { before, main, after };

enum class Mode : std::uint8_t {
    together, // with others, in one transaction
    apart,    // in a transaction of its own
    outside,  // in no transaction
};

struct Statement {
    std::string text;
    Phase phase = Phase::main;
    Mode mode = Mode::together;
    std::string kept = {}; // as it may be stored, if that is another text
    // It does nothing but change the role: to this one, quoted, or with "" back to the one that runs the plan.
    std::optional<std::string> switches_role = {};
};

// The names that a step needs that is done in the way that does not block.
struct Online {
    std::string provisional; // of a new index, until it can have its name; of a check that there are no NULLs
    std::string retired;     // of the index whose place it takes
};

class Script {
  public:
    // `role` runs it.
    Script(Quote quote, const Snapshot &source, const Snapshot &target, const std::string &role)
        : quote_(quote), source_(source), target_(target), role_(role)
    {}

    template <typename... Arguments> void add(fmt::format_string<Arguments...> format, Arguments &&...arguments)
    {
        add_text(fmt::format(format, std::forward<Arguments>(arguments)...));
    }
    void add_text(std::string statement, Phase phase = Phase::main, Mode mode = Mode::together)
    {
        poll();
        statements_.push_back({std::move(statement), phase, mode});
    }

    // `other` is quoted; "" is the role that runs the plan.
    void switch_role(const std::string &other);

    std::string quote(const std::string &name) const
    {
        poll();
        return quote_(name);
    }
    std::string quote_list(const List &names) const; // with ", " between them
    std::string qualified(const std::string &schema, const std::string &name) const;
    std::string qualified(const Object &object) const { return qualified(object.schema, object.name); }
    // The relation, type or publication that a child belongs to.
    std::string parent(const Object &child) const { return qualified(child.schema, child.parent); }

    // What comes after the keyword in ALTER, DROP and COMMENT: "public.f(integer)", "c ON public.t".
    std::string reference(const Object &object) const;

    const Snapshot &source() const { return source_; }
    const Snapshot &target() const { return target_; }
    const std::string &role() const { return role_; }

    const std::vector<Statement> &written() const { return statements_; }
    List statements() const;                                  // in the order in which they run
    std::map<std::size_t, std::string> role_switches() const; // among them, by their place
    bool empty() const { return statements_.empty(); }

    // The children of a new table that its CREATE TABLE brings.
    std::vector<const Object *> children; // in order
    // The default of a column among them, or nullptr
    const Object *default_of(const Object &column);
    // Those that an altered table has before and after.
    std::vector<Change> columns;
    // The type is replaced under the columns: their values have to be rebuilt.
    bool type_is_replaced = false;
    // Its values are texts for the time being.
    bool is_text_meanwhile = false;
    // Knows the types of both sides; of none, if nothing is to be converted.
    const Converter *converter = nullptr;
    // Of the types that are replaced, "public.mood", the names for the time being.
    const std::map<std::string, std::string> *replaced_types = nullptr;
    const std::string &present_name(const std::string &type) const
    {
        if (replaced_types == nullptr)
            return type;
        auto found = replaced_types->find(type);
        return found == replaced_types->end() ? type : found->second;
    }
    // The same is done to the parent table, and reaches this one.
    bool is_through_parent = false;
    // The new table is a copy of the one that it is to be a partition of.
    bool is_like_parent = false;
    // Children keep the column that is dropped.
    bool stays_in_children = false;
    // There is an empty one to be replaced.
    bool has_shell = false;
    // Not to block, if there is a way.
    const Online *online = nullptr;

  private:
    std::vector<const Statement *> in_order() const; // in which they run

    Quote quote_;
    const Snapshot &source_;
    const Snapshot &target_;
    const std::string &role_;
    std::vector<Statement> statements_;
    // Of the children, by column; made when they are needed first
    std::optional<std::unordered_map<std::string_view, const Object *>> defaults_;
};

// Owner, comment, grants and labels of an object that is new.
void add_common(Script &script, const Object &object);

// Of a column, if it is there
const Object *table_of(const Snapshot &snapshot, const Object &column);

// Does it run with the rights of its owner, whoever calls it? Rather one too many than one too few.
bool runs_as_owner(const Object &routine);

// Alters such a routine, and sees to its owner and its grants. Where more than one of the three differ, nobody but its
// owner can call it in between: with another one's text, or another one's rights.
void close_while(Script &script, const Change &change, const std::function<void()> &alter);

// Grants of an object that is new, of one that is altered
void add_privileges(Script &script, const Object &object);
void change_privileges(Script &script, const Change &change);

} // namespace linkgress::core
