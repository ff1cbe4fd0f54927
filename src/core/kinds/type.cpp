// Enums, composite types, domains and ranges.

#include "core/kinds/options.hpp"
#include "core/script.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace linkgress::core {

namespace {

// ---- Enums

void create_enum(Script &script, const Object &type)
{
    List labels;
    for (const std::string &label : type.list("values"))
        labels.push_back(quote_literal(label));
    script.add("CREATE TYPE {} AS ENUM ({})", script.qualified(type), fmt::join(labels, ", "));
    add_common(script, type);
}

// Values can be added anywhere, but neither taken away nor moved.
bool only_adds_values(const Change &change)
{
    const List &to = change.to.list("values");
    auto place = to.begin();
    for (const std::string &label : change.from.list("values")) {
        poll();
        while (place != to.end() && *place != label)
            ++place;
        if (place == to.end())
            return false;
        ++place;
    }
    return true;
}

void add_values(Script &script, const Change &change)
{
    const List &from = change.from.list("values");
    const List &to = change.to.list("values");
    std::string type = script.qualified(change.to);
    TextSet before(from);
    for (std::size_t i = 0; i < to.size(); i++) {
        if (before.contains(to[i]))
            continue;
        std::string place;
        if (i > 0)
            place = " AFTER " + quote_literal(to[i - 1]);
        else if (!from.empty())
            place = " BEFORE " + quote_literal(from[0]);
        script.add("ALTER TYPE {} ADD VALUE {}{}", type, quote_literal(to[i]), place);
    }
}

// ---- Composite types: attributes as "name type"

void create_composite(Script &script, const Object &type)
{
    script.add("CREATE TYPE {} AS ({})", script.qualified(type), fmt::join(type.list("attributes"), ", "));
    add_common(script, type);
}

// Attributes can be added at the end and taken away. Another type would have to be converted in every table
// that uses it.
bool keeps_attributes(const Change &change)
{
    const List &from = change.from.list("attributes");
    const List &to = change.to.list("attributes");
    List before;
    for (const std::string &attribute : only_in(from, to))
        before.push_back(attribute_name(attribute));
    TextSet names(before);
    for (const std::string &attribute : only_in(to, from))
        if (names.contains(attribute_name(attribute)))
            return false;
    List common = kept_in(from, to);
    return common == kept_in(to, from) && std::equal(common.begin(), common.end(), to.begin());
}

void alter_attributes_of_type(Script &script, const Change &change)
{
    const List &from = change.from.list("attributes");
    const List &to = change.to.list("attributes");
    for (const std::string &attribute : only_in(from, to))
        script.add("ALTER TYPE {} DROP ATTRIBUTE {} CASCADE", script.qualified(change.to), attribute_name(attribute));
    for (const std::string &attribute : only_in(to, from))
        script.add("ALTER TYPE {} ADD ATTRIBUTE {} CASCADE", script.qualified(change.to), attribute);
}

void comment_attribute(Script &script, const Object &attribute)
{
    add_common(script, attribute);
}

void uncomment_attribute(Script &script, const Object &attribute)
{
    script.add("COMMENT ON COLUMN {} IS NULL", script.reference(attribute));
}

// ---- Domains

void set_domain_default(Script &script, const Change &change)
{
    script.add("ALTER DOMAIN {} {}", script.qualified(change.to),
               change.to.has("default") ? "SET DEFAULT " + change.to.text("default") : "DROP DEFAULT");
}

void set_domain_not_null(Script &script, const Change &change)
{
    script.add("ALTER DOMAIN {} {} NOT NULL", script.qualified(change.to), change.to.flag("not_null") ? "SET" : "DROP");
}

void create_domain_constraint(Script &script, const Object &constraint)
{
    script.add("ALTER DOMAIN {} ADD CONSTRAINT {} {}{}", script.parent(constraint), script.quote(constraint.name),
               constraint.text("definition"), constraint.flag("not_valid") ? " NOT VALID" : "");
    add_common(script, constraint);
}

void create_domain(Script &script, const Object &domain)
{
    if (script.has_shell) {
        script.add("ALTER DOMAIN {} SET DEFAULT {}", script.qualified(domain), domain.text("default"));
    } else {
        script.add("CREATE DOMAIN {} AS {}{}{}{}", script.qualified(domain), domain.text("type"),
                   domain.has("collation") ? " COLLATE " + domain.text("collation") : "",
                   domain.has("default") ? " DEFAULT " + domain.text("default") : "",
                   domain.flag("not_null") ? " NOT NULL" : "");
        add_common(script, domain);
    }
    // Before anything has the domain: the server cannot add them under arrays and composite types.
    for (const Object *constraint : script.children)
        create_domain_constraint(script, *constraint);
}

void drop_domain_constraint(Script &script, const Object &constraint)
{
    script.add("ALTER DOMAIN {} DROP CONSTRAINT {}", script.parent(constraint), script.quote(constraint.name));
}

bool becomes_valid(const Change &change)
{
    return !change.to.flag("not_valid");
}

void validate_domain_constraint(Script &script, const Change &change)
{
    script.add("ALTER DOMAIN {} VALIDATE CONSTRAINT {}", script.parent(change.to), script.quote(change.to.name));
}

// ---- Ranges

void create_range(Script &script, const Object &type)
{
    script.add("CREATE TYPE {} AS RANGE ({})", script.qualified(type), fmt::join(type.list("parameters"), ", "));
    add_common(script, type);
}

} // namespace

std::vector<KindRules> type_kinds()
{
    return {
        {Kind::enum_type, "enum", nullptr, "TYPE", NameSpace::type,
         with_common({altered(list("values"), add_values, only_adds_values)}), create_enum, drop_by_keyword},
        {Kind::composite_type, "composite", nullptr, "TYPE", NameSpace::relation_and_type,
         with_common({altered(list("attributes"), alter_attributes_of_type, keeps_attributes)}), create_composite,
         drop_by_keyword},
        {Kind::composite_attribute, "attribute", "attribute_comments", "COLUMN", NameSpace::none, with_comment({}),
         comment_attribute, uncomment_attribute, nullptr, Kind::composite_type},
        {Kind::domain, "domain", nullptr, "DOMAIN", NameSpace::type,
         with_common({
             text("type"),
             text("collation"),
             altered(text("default"), set_domain_default),
             altered(flag("not_null"), set_domain_not_null),
         }),
         create_domain, drop_by_keyword},
        {Kind::domain_constraint, "domain_constraint", "domain_constraints", "CONSTRAINT", NameSpace::of_parent,
         with_comment({text("definition"), altered(flag("not_valid"), validate_domain_constraint, becomes_valid)}),
         create_domain_constraint, drop_domain_constraint},
        {Kind::range_type, "range", nullptr, "TYPE", NameSpace::type,
         with_common({
             list("parameters"), text("multirange", Means::nothing),
             text("multirange_schema", Means::nothing), // where it is another one
         }),
         create_range, drop_by_keyword},
    };
}

} // namespace linkgress::core
