#include "core/script.hpp"

#include "core/snapshot.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <map>

namespace linkgress::core {

using namespace std::string_view_literals;

std::string Script::quote_list(const List &names) const
{
    std::string result;
    for (const std::string &name : names)
        result += (result.empty() ? "" : ", ") + quote(name);
    return result;
}

std::string Script::qualified(const std::string &schema, const std::string &name) const
{
    return schema.empty() ? quote(name) : quote(schema) + "." + quote(name);
}

std::string Script::reference(const Object &object) const
{
    switch (object.kind) {
    case Kind::schema:
        return quote(object.name);
    case Kind::function:
    case Kind::procedure:
        return fmt::format("{}({})", qualified(object), object.arguments);
    case Kind::aggregate:
        return fmt::format("{}({})", qualified(object), object.arguments.empty() ? "*" : object.arguments);
    case Kind::op:
        return fmt::format("{}.{} ({})", quote(object.schema), object.name, object.arguments);
    case Kind::operator_class:
    case Kind::operator_family:
        return fmt::format("{} USING {}", qualified(object), quote(object.arguments));
    case Kind::cast:
    case Kind::transform:
        return object.name; // SQL already
    case Kind::column:
    case Kind::view_column:
    case Kind::composite_attribute:
        return fmt::format("{}.{}", parent(object), quote(object.name));
    case Kind::domain_constraint:
        return fmt::format("{} ON DOMAIN {}", quote(object.name), parent(object));
    case Kind::user_mapping:
        return fmt::format("FOR {} SERVER {}", quote(object.name), parent(object));
    case Kind::constraint:
    case Kind::foreign_key:
    case Kind::rule:
    case Kind::trigger:
    case Kind::policy:
        return fmt::format("{} ON {}", quote(object.name), parent(object));
    default:
        return qualified(object);
    }
}

namespace {

const char *grant_keyword(Kind kind)
{
    switch (kind) {
    case Kind::table:
    case Kind::foreign_table:
    case Kind::view:
    case Kind::materialized_view:
    case Kind::column:
    case Kind::view_column:
        return "TABLE";
    case Kind::enum_type:
    case Kind::composite_type:
    case Kind::domain:
    case Kind::range_type:
    case Kind::base_type:
        return "TYPE";
    case Kind::aggregate:
        return "FUNCTION";
    case Kind::server:
        return "FOREIGN SERVER";
    default:
        return rules_of(kind).keyword;
    }
}

// What GRANT and REVOKE name: of a column, its table.
std::string grant_reference(const Script &script, const Object &object)
{
    if (object.kind == Kind::column || object.kind == Kind::view_column)
        return script.parent(object);
    if (object.kind == Kind::aggregate)
        return fmt::format("{}({})", script.qualified(object), object.arguments);
    return script.reference(object);
}

// What GRANT and REVOKE have before them, and what comes after ON
std::pair<std::string, std::string> grant_frame(const Script &script, const Object &object)
{
    if (object.kind != Kind::default_privileges)
        return {"", fmt::format("{} {}", grant_keyword(object.kind), grant_reference(script, object))};
    return {fmt::format("ALTER DEFAULT PRIVILEGES FOR ROLE {}{} ", script.quote(object.name),
                        object.schema.empty() ? "" : " IN SCHEMA " + script.quote(object.schema)),
            object.arguments};
}

constexpr std::string_view grant_option = " WITH GRANT OPTION";
constexpr std::string_view grant = "GRANT";
constexpr std::string_view revoke = "REVOKE";
constexpr std::string_view revoke_option = "REVOKE GRANT OPTION FOR";

// "SELECT TO alice WITH GRANT OPTION", and the like, of one grantee become one statement.
void add_grants(Script &script, const Object &object, const List &entries, std::string_view verb)
{
    bool is_revoke = verb != grant;
    std::map<std::string, List> by_grantee;
    for (const std::string &entry : entries) {
        std::size_t end = std::min(entry.find(" TO "), entry.find(" FROM "));
        if (end == std::string::npos)
            continue;
        std::string privilege = entry.substr(0, end);
        std::string rest = entry.substr(entry.find(' ', end + 1) + 1);
        if (is_revoke && rest.ends_with(grant_option))
            rest.resize(rest.size() - grant_option.size());
        if (object.kind == Kind::column || object.kind == Kind::view_column)
            privilege += fmt::format(" ({})", script.quote(object.name));
        by_grantee[rest].push_back(privilege);
    }
    if (by_grantee.empty())
        return;
    auto [prefix, target] = grant_frame(script, object);
    for (const auto &[grantee, privileges] : by_grantee)
        script.add("{}{} {} ON {} {} {}", prefix, verb, fmt::join(privileges, ", "), target, is_revoke ? "FROM" : "TO",
                   grantee);
}

List without(const List &all, const List &those)
{
    List result;
    for (const std::string &item : all)
        if (std::find(those.begin(), those.end(), item) == those.end())
            result.push_back(item);
    return result;
}

void set_comment(Script &script, const Object &object)
{
    const std::string &comment = object.text("comment");
    script.add("COMMENT ON {} {} IS {}", rules_of(object.kind).keyword, script.reference(object),
               comment.empty() ? "NULL" : quote_literal(comment));
}

void set_owner(Script &script, const Object &object)
{
    script.add("ALTER {} {} OWNER TO {}", rules_of(object.kind).keyword, script.reference(object),
               script.quote(object.text("owner")));
}

void set_labels(Script &script, const Object &object, const List &labels, bool remove)
{
    for (const std::string &label : labels) {
        std::size_t separator = label.find('=');
        script.add("SECURITY LABEL FOR {} ON {} {} IS {}", script.quote(label.substr(0, separator)),
                   rules_of(object.kind).keyword, script.reference(object),
                   remove ? "NULL" : quote_literal(label.substr(separator + 1)));
    }
}

// The sequence of a serial column gets the owner of its table.
bool has_owner_of_table(const Script &script, const Object &object)
{
    Object link;
    link.kind = Kind::sequence_owner;
    link.schema = object.schema;
    link.parent = object.name;
    link.name = "owner";
    const Object *before = script.source().find_object(id(link));
    const Object *after = script.target().find_object(id(link));
    return object.kind == Kind::sequence && before != nullptr && after != nullptr && before->values == after->values;
}

void alter_owner(Script &script, const Change &change)
{
    if (!has_owner_of_table(script, change.to))
        set_owner(script, change.to);
}

void alter_comment(Script &script, const Change &change)
{
    set_comment(script, change.to);
}

void alter_grants(Script &script, const Change &change)
{
    const List &from = change.from.list("grants");
    const List &to = change.to.list("grants");
    List removed;
    List reduced; // only the grant option is to go
    for (const std::string &entry : without(from, to)) {
        std::string plain = entry.substr(0, entry.find(grant_option));
        bool is_owners = plain.ends_with(" TO " + script.quote(change.to.text("owner")));
        bool stays = plain != entry && (is_owners || std::find(to.begin(), to.end(), plain) != to.end());
        (stays ? reduced : removed).push_back(entry);
    }
    add_grants(script, change.to, removed, revoke);
    add_grants(script, change.to, reduced, revoke_option);
    add_grants(script, change.to, without(to, from), grant);
}

void alter_revoked(Script &script, const Change &change)
{
    const List &from = change.from.list("revoked");
    const List &to = change.to.list("revoked");
    add_grants(script, change.to, without(to, from), revoke);
    add_grants(script, change.to, without(from, to), grant);
}

void alter_labels(Script &script, const Change &change)
{
    const List &from = change.from.list("labels");
    const List &to = change.to.list("labels");
    set_labels(script, change.to, without(from, to), true);
    set_labels(script, change.to, without(to, from), false);
}

// Of which default privileges objects of this kind get theirs
const char *default_privileges_for(Kind kind)
{
    switch (kind) {
    case Kind::schema:
        return "SCHEMAS";
    case Kind::sequence:
        return "SEQUENCES";
    case Kind::table:
    case Kind::foreign_table:
    case Kind::view:
    case Kind::materialized_view:
        return "TABLES";
    case Kind::function:
    case Kind::procedure:
    case Kind::aggregate:
        return "FUNCTIONS";
    case Kind::enum_type:
    case Kind::composite_type:
    case Kind::domain:
    case Kind::range_type:
    case Kind::base_type:
        return "TYPES";
    default:
        return nullptr;
    }
}

// Default privileges are altered when everything is created, and dropped before: those of the source
// that the target has, too, are in force.
const Object *default_privileges_in_force(const Script &script, const Object &object, const std::string &schema)
{
    Object key;
    key.kind = Kind::default_privileges;
    key.schema = schema;
    key.name = script.source().role;
    key.arguments = default_privileges_for(object.kind);
    const Object *found = script.source().find_object(id(key));
    return found != nullptr && script.target().find(id(key)) ? found : nullptr;
}

// What its owner and PUBLIC may do has nothing to do with default privileges, unless they take it away.
bool is_granted_anyway(const Script &script, const Object &object, const std::string &entry)
{
    std::string grantee = entry.substr(entry.find(" TO ") + 4);
    return grantee == script.quote(script.source().role) || grantee == script.quote(object.text("owner")) ||
           entry == "EXECUTE TO PUBLIC" || (entry == "USAGE TO PUBLIC" && grant_keyword(object.kind) == "TYPE"sv);
}

// A new object has the privileges of its snapshot, whatever is granted or revoked by default.
void undo_default_privileges(Script &script, const Object &object)
{
    if (default_privileges_for(object.kind) == nullptr)
        return;
    List schemas = {""}; // those of all schemas, and those of its own
    if (!object.schema.empty())
        schemas.push_back(object.schema);
    for (const std::string &schema : schemas) {
        const Object *defaults = default_privileges_in_force(script, object, schema);
        if (defaults == nullptr)
            continue;
        List granted;
        for (const std::string &entry : without(defaults->list("grants"), object.list("grants")))
            if (!is_granted_anyway(script, object, entry))
                granted.push_back(entry);
        add_grants(script, object, granted, revoke);
        add_grants(script, object, without(defaults->list("revoked"), object.list("revoked")), grant);
    }
}

} // namespace

void add_common(Script &script, const Object &object)
{
    if (object.has("owner") && object.text("owner") != script.source().role)
        set_owner(script, object);
    if (object.has("comment"))
        set_comment(script, object);
    undo_default_privileges(script, object);
    add_grants(script, object, object.list("revoked"), revoke);
    add_grants(script, object, object.list("grants"), grant);
    set_labels(script, object, object.list("labels"), false);
}

std::vector<Attribute> with_comment(std::vector<Attribute> attributes)
{
    attributes.push_back(altered(text("comment"), alter_comment));
    attributes.push_back(altered(list("labels"), alter_labels));
    return attributes;
}

std::vector<Attribute> with_common(std::vector<Attribute> attributes)
{
    attributes = with_comment(std::move(attributes));
    attributes.push_back(altered(text("owner"), alter_owner));
    attributes.push_back(altered(list("revoked"), alter_revoked));
    attributes.push_back(altered(list("grants"), alter_grants));
    return attributes;
}

void drop_by_keyword(Script &script, const Object &object)
{
    script.add("DROP {} {}", rules_of(object.kind).keyword, script.reference(object));
}

} // namespace linkgress::core
