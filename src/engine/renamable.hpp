// What can be renamed, how linkgress.rename names it, and the statements that rename it.
#pragma once

#include "core/object.hpp"
#include "core/plan.hpp"
#include "core/snapshot.hpp"

#include <compare>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace linkgress::engine {

// Where the catalogs have the name of an object
enum class Place { relation, column, constraint, trigger, policy, rule, type, routine, schema, value };

struct Renamable {
    const char *kind; // as in snapshots; "enum_value" besides
    Place place;
    const char *keyword;    // of ALTER
    const char *kinds = ""; // relkind, contype, typtype or prokind
};

// Error 22023 for a kind that cannot be renamed.
const Renamable &renamable(const std::string &kind);

// A name in its parts: those of the object that it belongs to, then its own.
struct Name {
    std::vector<std::string> parts;
    std::string arguments; // of a routine

    const std::string &last() const { return parts.back(); }
    std::string schema() const { return parts.size() > 1 ? parts.front() : ""; }
    Name holder() const { return {{parts.begin(), parts.end() - 1}, ""}; }
    friend auto operator<=>(const Name &, const Name &) = default;
};

std::size_t parts_of(Place place);

// As operations show it (public.users.Email), or as SQL has it (public.users."Email"). What it lacks at the front is
// taken from `old`, if given. Error 22023 for what is no name.
Name parse_name(const std::string &text, const Renamable &what, const Name *old = nullptr);

// As it is in snapshots. Those do not have enum values as objects: they are as if they were columns.
core::Object to_object(const Renamable &what, const Name &name);

// What there is in the model, by the names that can be renamed; refers to it.
class ModelNames {
  public:
    explicit ModelNames(const core::Snapshot &model) : model_(model) {}

    bool has(const Renamable &what, const Name &name) const;
    // A sequence, or that of an identity column
    bool has_sequence(const Name &name) const;

  private:
    void collect() const;
    bool has_value(const Name &name) const;

    const core::Snapshot &model_;
    // What the model cannot be asked for by an id; made when it is needed first.
    mutable bool is_collected_ = false;
    mutable std::set<std::pair<std::string, std::string>> indexes_; // schemas and names
    mutable std::set<std::string> identity_sequences_;              // quoted
    mutable std::map<std::string, std::set<std::string>> values_;   // of enums, by their ids
};

// public.users.email, public.area(integer)
std::string to_string(const Renamable &what, const Name &name);

// The operation that renames it, and its inverse. With the schema that it goes to, if that `is_new`.
core::Operation rename_operation(const Renamable &what, const Name &from, const Name &to, bool is_new_schema);

} // namespace linkgress::engine
