#include "core/script.hpp"

#include "core/snapshot.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <map>

namespace linkgress::core {

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

// "SELECT TO alice WITH GRANT OPTION", and the like, of one grantee become one statement.
void add_grants(Script &script, const Object &object, const List &entries, bool revoke)
{
    static constexpr std::string_view option = " WITH GRANT OPTION";
    std::map<std::string, List> by_grantee;
    for (const std::string &entry : entries) {
        std::size_t end = std::min(entry.find(" TO "), entry.find(" FROM "));
        if (end == std::string::npos)
            continue;
        std::string privilege = entry.substr(0, end);
        std::string rest = entry.substr(entry.find(' ', end + 1) + 1);
        if (revoke && rest.ends_with(option))
            rest.resize(rest.size() - option.size());
        if (object.kind == Kind::column || object.kind == Kind::view_column)
            privilege += fmt::format(" ({})", script.quote(object.name));
        by_grantee[rest].push_back(privilege);
    }
    for (const auto &[grantee, privileges] : by_grantee)
        script.add("{} {} ON {} {} {} {}", revoke ? "REVOKE" : "GRANT", fmt::join(privileges, ", "),
                   grant_keyword(object.kind), grant_reference(script, object), revoke ? "FROM" : "TO", grantee);
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

void alter_owner(Script &script, const Change &change)
{
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
    add_grants(script, change.to, without(from, to), true);
    add_grants(script, change.to, without(to, from), false);
}

void alter_revoked(Script &script, const Change &change)
{
    const List &from = change.from.list("revoked");
    const List &to = change.to.list("revoked");
    add_grants(script, change.to, without(to, from), true);
    add_grants(script, change.to, without(from, to), false);
}

void alter_labels(Script &script, const Change &change)
{
    const List &from = change.from.list("labels");
    const List &to = change.to.list("labels");
    set_labels(script, change.to, without(from, to), true);
    set_labels(script, change.to, without(to, from), false);
}

} // namespace

void add_common(Script &script, const Object &object)
{
    if (object.has("owner") && object.text("owner") != script.source().role)
        set_owner(script, object);
    if (object.has("comment"))
        set_comment(script, object);
    add_grants(script, object, object.list("revoked"), true);
    add_grants(script, object, object.list("grants"), false);
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
