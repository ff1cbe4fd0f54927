// The table of rules: what is particular about each kind of object.
//
// Everything else (comparing, ordering, taking dependents along, owners, comments,
// grants) is the same for all of them. A kind is added by a row here and by the
// query of engine/catalog that reads it: the query's columns are the attributes.
#pragma once

#include "core/object.hpp"

#include <optional>
#include <vector>

namespace linkgress::core {

class Script;

// Two states of one object.
struct Change {
    const Object &from;
    const Object &to;
};

// What a difference of an attribute asks for.
enum class Means {
    in_place, // ALTER
    replace,  // DROP and CREATE
    nothing,  // it makes no difference
};

enum class ValueType { flag, number, text, list };

struct Attribute {
    const char *name;
    ValueType type;
    Means means;
    // Adds what alters it; none for replace, or where `alter` of the kind does it all.
    void (*alter)(Script &script, const Change &change) = nullptr;
    // Whether this very difference can be had in place; always, if none.
    bool (*can_alter)(const Change &change) = nullptr;
    // Not everyone may read it; `hidden` of the object says that it could not be read. No part of the fingerprint,
    // which would depend on the reader.
    bool is_secret = false;
};

// Names that no two objects may have at the same time.
enum class NameSpace : std::uint8_t { none, relation, type, relation_and_type, routine, of_parent };

struct KindRules {
    Kind kind;
    const char *name;    // in snapshots and in the types of operations: create_<name>
    const char *plural;  // of children, in the JSON of their parent; nullptr for those with no parent
    const char *keyword; // in ALTER, DROP, COMMENT, GRANT; nullptr where there is no such statement
    NameSpace names;
    std::vector<Attribute> attributes;
    void (*create)(Script &script, const Object &object);
    void (*drop)(Script &script, const Object &object);
    // Instead of the attributes' own, all at once.
    void (*alter)(Script &script, const Change &change) = nullptr;
    // The type of its operations is that of another kind: the "alter_column" of a default.
    std::optional<Kind> part_of = std::nullopt;
};

const KindRules &rules_of(Kind kind);
std::optional<Kind> kind_named(std::string_view name);
std::optional<Kind> child_kind_named(std::string_view plural);
const Attribute *find_attribute(const KindRules &rules, std::string_view name);

inline bool is_child(Kind kind)
{
    return rules_of(kind).plural != nullptr;
}

inline bool is_table(Kind kind)
{
    return kind == Kind::table || kind == Kind::foreign_table;
}

// Kinds whose values are in tables.
inline bool is_type(Kind kind)
{
    return kind == Kind::enum_type || kind == Kind::composite_type || kind == Kind::domain || kind == Kind::range_type;
}

// ---- For the tables

// Attributes that many kinds have: owner, comment, grants, revoked, labels.
std::vector<Attribute> with_common(std::vector<Attribute> attributes);
std::vector<Attribute> with_comment(std::vector<Attribute> attributes);
std::vector<Attribute> with_grants(std::vector<Attribute> attributes);

constexpr Attribute flag(const char *name, Means means = Means::replace)
{
    return {name, ValueType::flag, means};
}
constexpr Attribute number(const char *name, Means means = Means::replace)
{
    return {name, ValueType::number, means};
}
constexpr Attribute text(const char *name, Means means = Means::replace)
{
    return {name, ValueType::text, means};
}
constexpr Attribute list(const char *name, Means means = Means::replace)
{
    return {name, ValueType::list, means};
}

// Altered in place by this function.
using Alter = void (*)(Script &, const Change &);
using CanAlter = bool (*)(const Change &);
constexpr Attribute altered(Attribute attribute, Alter alter, CanAlter can_alter = nullptr)
{
    attribute.means = Means::in_place;
    attribute.alter = alter;
    attribute.can_alter = can_alter;
    return attribute;
}

constexpr Attribute secret(Attribute attribute)
{
    attribute.is_secret = true;
    return attribute;
}

// DROP <keyword> <reference>, and ALTER TABLE … DROP CONSTRAINT and the like for children.
void drop_by_keyword(Script &script, const Object &object);

std::vector<KindRules> table_kinds();
std::vector<KindRules> column_kinds();
std::vector<KindRules> sequence_kinds();
std::vector<KindRules> table_part_kinds();
std::vector<KindRules> view_kinds();
std::vector<KindRules> type_kinds();
std::vector<KindRules> routine_kinds();
std::vector<KindRules> operator_kinds();
std::vector<KindRules> language_kinds();
std::vector<KindRules> text_search_kinds();
std::vector<KindRules> foreign_data_kinds();
std::vector<KindRules> publication_kinds();
std::vector<KindRules> other_kinds();

} // namespace linkgress::core
