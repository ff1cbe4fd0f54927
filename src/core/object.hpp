// What a schema is made of: objects with named attributes.
//
// Names are as they are in the catalogs, not quoted. What the server has deparsed
// (types, expressions, definitions) is SQL, with qualified names.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace linkgress::core {

// In the order in which a new schema is best read, and in which a plan creates
// them where dependencies leave a choice.
enum class Kind : std::uint8_t {
    schema,
    language,
    extension,
    access_method,
    collation,
    conversion,
    enum_type,
    composite_type,
    composite_attribute,
    domain,
    domain_constraint,
    range_type,
    base_type,
    cast, // before the expressions that need it, of which it is not known
    sequence,
    table,
    foreign_table,
    column,
    column_default,
    inheritance,
    sequence_owner,
    function,
    procedure,
    aggregate,
    op,
    operator_family,
    operator_class,
    operator_family_member,
    transform,
    text_search_parser,
    text_search_template,
    text_search_dictionary,
    text_search_configuration,
    foreign_data_wrapper,
    server,
    user_mapping,
    view,
    materialized_view,
    view_column,
    constraint,
    index,
    index_attachment,
    replica_identity,
    clustering,
    foreign_key,
    statistics,
    rule,
    trigger,
    policy,
    publication,
    publication_table,
    publication_schema,
    subscription,
    event_trigger,
    privileges, // on what is no object of ours
    default_privileges,
};
constexpr std::size_t kind_count = static_cast<std::size_t>(Kind::default_privileges) + 1;

using List = std::vector<std::string>;
using Value = std::variant<bool, std::int64_t, std::string, List>;

// The number of an attribute in the table of its kind.
using AttributeNumber = std::uint8_t;

struct Object {
    Kind kind = Kind::schema;
    std::string schema; // "" for what is in no schema
    std::string parent; // of a child: the name of the relation, type or publication that it belongs to
    std::string name;
    std::string arguments; // what else tells it from others of that name: argument types, access method

    // Only those that are neither NULL nor false nor an empty list, by their number.
    std::vector<std::pair<AttributeNumber, Value>> values;

    const Value *find(std::string_view attribute) const;
    bool has(std::string_view attribute) const { return find(attribute) != nullptr; }
    const std::string &text(std::string_view attribute) const; // "" without it
    bool flag(std::string_view attribute) const;
    std::int64_t number(std::string_view attribute, std::int64_t otherwise = 0) const;
    const List &list(std::string_view attribute) const; // empty without it

    void set(AttributeNumber number, Value value);     // in any order
    void set(std::string_view attribute, Value value); // that the kind has
    void remove(std::string_view attribute);
};

// What names another part of the same relation, to look it up by its id
Object sibling_key(Kind kind, const Object &part, const std::string &name);

// Kind and names, in a form that is the same in every database:
// "column public.users.email", "function public.f(integer, text)".
std::string id(const Object &object);
void append_id(std::string &text, const Object &object);

// The same without the kind, for people: "public.users.email".
std::string identity(const Object &object);

} // namespace linkgress::core
