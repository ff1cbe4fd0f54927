// What becomes of values whose type changes. Each is kept, or the server refuses the first that cannot be kept, or a
// part of some is lost, which has to be known beforehand: at every depth of a type.
//
// A value that is assigned to a column is refused if it is too long; by an explicit cast it would be cut. So an
// expression leads to the type without its length or precision, and without a domain; the server assigns the rest.
#pragma once

#include "core/conversion_table.hpp"
#include "core/object.hpp"
#include "core/script.hpp"
#include "core/type_name.hpp"

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace linkgress::core {

class Snapshot;

// Types are not within each other without end, but as often as somebody likes. Error 54001 at too many levels.
class TypeLevel {
  public:
    explicit TypeLevel(std::size_t &level);
    ~TypeLevel() { level_--; }
    TypeLevel(const TypeLevel &) = delete;
    TypeLevel &operator=(const TypeLevel &) = delete;

  private:
    std::size_t &level_;
};

struct Conversion {
    std::string expression; // for USING; "" where assignment does it
    Route route = Route::as_it_is;
    Fate fate = Fate::kept;
    bool rewrites = true; // the table
    std::string setting;  // that has a say in the result: "TimeZone"

    bool may_fail() const { return fate == Fate::refused; }
    bool loses() const { return fate == Fate::lost; }
    bool is_refusing = false; // some values, although others may lose a part
};

class Converter {
  public:
    // `replaced`: the types that get a successor of the same name, qualified and quoted. Between composite types of
    // these, there are casts, see composite_cast().
    Converter(const Snapshot &source, const Snapshot &target, Quote quote, const std::set<std::string> &replaced);

    // `value`: an expression, such as a quoted column.
    Conversion convert(const std::string &value, const std::string &from, const std::string &to) const;

    // The same, for what is inside of a value whose text is read next: nothing is left to assignment.
    std::string convert_part(const std::string &value, const std::string &from, const std::string &to) const;

    // Of a composite value or row, attribute by attribute, by their names: ROW(…), in the order of the target's.
    // `as_text`: what is to become a text, while the types of the target are not there yet.
    std::string row(const std::string &value, const std::string &from, const std::string &to,
                    bool as_text = false) const;

    // Does a value of this type have attributes, in the source?
    bool is_composite(const std::string &type) const { return !attributes(source_types_, type).empty(); }

    bool is_composite_in_target(const std::string &type) const { return !attributes(target_types_, type).empty(); }

    // Of a composite type of the source, the types that are in it
    List types_in(const std::string &type) const;
    // Of two composite types, the types of the attributes that have the same name
    std::vector<std::pair<std::string, std::string>> common_attributes(const std::string &from,
                                                                       const std::string &to) const;
    bool has_own_cast(const std::string &from, const std::string &to) const
    {
        return own_cast(parse_type(from), parse_type(to)) != nullptr;
    }

    // The type under the domains of each side
    std::string base_of_source(const std::string &type) const { return base(source_types_, type); }
    std::string base_of_target(const std::string &type) const { return base(target_types_, type); }

    // Is it another one in the target, although it has the same name?
    bool changes(const std::string &type) const;

  private:
    std::string text_part(const std::string &value, const std::string &from, const std::string &to) const;
    using Types = std::unordered_map<std::string, const Object *>; // by qualified name

    Types types_of(const Snapshot &snapshot) const;
    std::string base(const Types &types, std::string type) const;
    List attributes(const Types &types, const std::string &type) const;
    std::unordered_map<std::string, std::string>
    attribute_types(const std::string &type) const; // of the source, by name
    const Object *find(const Types &types, const std::string &type) const;
    bool is_replaced(const std::string &base) const { return replaced_.contains(base); }

    Conversion between(const std::string &value, const TypeName &from, const TypeName &to) const;
    TypeName element_in_target(const TypeName &array) const;
    Conversion between_arrays(const std::string &value, const TypeName &from, const TypeName &to) const;
    Conversion to_array(const std::string &value, const TypeName &from, const TypeName &to) const;
    Conversion between_scalars(const std::string &value, const TypeName &from, const TypeName &to) const;
    Conversion between_composites(const std::string &value, const TypeName &from, const TypeName &to) const;
    Conversion between_others(const std::string &value, const TypeName &from, const TypeName &to) const;
    bool changes_inside(const std::string &type) const;
    const Object *own_cast(const TypeName &from, const TypeName &to) const;

    // Of each type and each pair of composite types, what was found: while it is being looked for, nothing, so that
    // types that somebody has made up to be within themselves come to an end.
    mutable std::map<std::string, bool> changes_;
    mutable std::map<std::pair<std::string, std::string>, Conversion> composites_;
    mutable std::size_t level_ = 0;         // of types that are within each other
    static constexpr int most_domains = 50; // over each other

    const Snapshot &source_;
    const Snapshot &target_;
    Quote quote_;
    const std::set<std::string> &replaced_;
    Types source_types_;
    Types target_types_;
};

} // namespace linkgress::core
