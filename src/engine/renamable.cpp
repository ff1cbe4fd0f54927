#include "engine/renamable.hpp"

#include "core/json.hpp"
#include "core/kind.hpp"
#include "core/sqlstate.hpp"
#include "core/text.hpp"
#include "pg/spi.hpp"
#include "pg/text.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace linkgress::engine {

namespace {

using core::Operation;
using namespace std::string_view_literals;

constexpr Renamable renamables[] = {
    {"table", Place::relation, "TABLE", "rp"},
    {"foreign_table", Place::relation, "FOREIGN TABLE", "f"},
    {"view", Place::relation, "VIEW", "v"},
    {"materialized_view", Place::relation, "MATERIALIZED VIEW", "m"},
    {"sequence", Place::relation, "SEQUENCE", "S"},
    {"index", Place::relation, "INDEX", "iI"},
    {"column", Place::column, "TABLE"},
    {"constraint", Place::constraint, "TABLE", "cpuxn"},
    {"foreign_key", Place::constraint, "TABLE", "f"},
    {"trigger", Place::trigger, "TRIGGER"},
    {"policy", Place::policy, "POLICY"},
    {"rule", Place::rule, "RULE"},
    {"enum", Place::type, "TYPE", "e"},
    {"composite", Place::type, "TYPE", "c"},
    {"range", Place::type, "TYPE", "r"},
    {"domain", Place::type, "DOMAIN", "d"},
    {"function", Place::routine, "FUNCTION", "fw"},
    {"procedure", Place::routine, "PROCEDURE", "p"},
    {"aggregate", Place::routine, "AGGREGATE", "a"},
    {"schema", Place::schema, "SCHEMA"},
    {"enum_value", Place::value, "TYPE"},
};

[[noreturn]] void refuse(const std::string &name, const std::string &hint)
{
    throw core::Error(core::sqlstate::invalid_parameter_value,
                      fmt::format("\"{}\" is no name for linkgress.rename", name), {}, hint);
}

std::string hint_for(std::size_t parts)
{
    if (parts == 1)
        return "Write the name alone.";
    return parts == 3 ? "Write schema, table and name, as public.users.email."
                      : "Write schema and name, as public.users.";
}

std::vector<std::string> split_at_dots(std::string_view text)
{
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        std::size_t end = std::min(text.find('.', begin), text.size());
        parts.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

// The quoted part that begins at a place, which is moved behind it; none if it does not end.
std::optional<std::string> take_quoted(std::string_view text, std::size_t &place)
{
    std::string part;
    for (place++; place < text.size(); place++) {
        if (text[place] == '"' && text.substr(place, 2) != "\"\"")
            break;
        place += text[place] == '"' ? 1 : 0;
        part += text[place];
    }
    if (place >= text.size())
        return std::nullopt;
    place++;
    return part;
}

// None if it is not what SQL takes for names.
std::optional<std::vector<std::string>> split_as_sql(std::string_view text)
{
    std::vector<std::string> parts;
    for (std::size_t place = 0;; place++) {
        if (place < text.size() && text[place] == '"') {
            std::optional<std::string> part = take_quoted(text, place);
            if (!part)
                return std::nullopt;
            parts.push_back(std::move(*part));
        } else {
            std::size_t end = std::min(text.find('.', place), text.size());
            std::string part(text.substr(place, end - place));
            std::transform(part.begin(), part.end(), part.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
            if (part.find('"') != std::string::npos)
                return std::nullopt;
            parts.push_back(std::move(part));
            place = end;
        }
        if (place >= text.size())
            return parts;
        if (text[place] != '.')
            return std::nullopt;
    }
}

std::string qualified(const std::string &schema, const std::string &name)
{
    return pg::quote_identifier(schema) + "." + pg::quote_identifier(name);
}

std::vector<std::string> statements(const Renamable &what, const Name &from, const Name &to)
{
    std::string old_name = pg::quote_identifier(from.last());
    std::string new_name = pg::quote_identifier(to.last());
    std::string arguments = what.place == Place::routine ? fmt::format("({})", from.arguments) : "";
    std::string holder = from.parts.size() == 3 ? qualified(from.parts[0], from.parts[1]) : "";
    switch (what.place) {
    case Place::schema:
        return {fmt::format("ALTER SCHEMA {} RENAME TO {}", old_name, new_name)};
    case Place::column:
        return {fmt::format("ALTER TABLE {} RENAME COLUMN {} TO {}", holder, old_name, new_name)};
    case Place::constraint:
        return {fmt::format("ALTER TABLE {} RENAME CONSTRAINT {} TO {}", holder, old_name, new_name)};
    case Place::trigger:
    case Place::policy:
    case Place::rule:
        return {fmt::format("ALTER {} {} ON {} RENAME TO {}", what.keyword, old_name, holder, new_name)};
    case Place::value:
        return {fmt::format("ALTER TYPE {} RENAME VALUE {} TO {}", holder, core::quote_literal(from.last()),
                            core::quote_literal(to.last()))};
    default:
        break;
    }
    std::vector<std::string> result;
    if (from.last() != to.last())
        result.push_back(fmt::format("ALTER {} {}{} RENAME TO {}", what.keyword, qualified(from.schema(), from.last()),
                                     arguments, new_name));
    if (from.schema() != to.schema())
        result.push_back(fmt::format("ALTER {} {}{} SET SCHEMA {}", what.keyword, qualified(from.schema(), to.last()),
                                     arguments, pg::quote_identifier(to.schema())));
    return result;
}

std::string details_of(const Operation &operation, const Renamable &what, const Name &from, const Name &to)
{
    core::JsonWriter json;
    json.open('{');
    json.member("type", operation.type);
    json.member("kind", what.kind);
    json.member("old_name", to_string(what, from));
    json.member("new_name", to_string(what, to));
    json.key("inverse");
    json(operation.inverse);
    json.close('}');
    return std::move(json.text);
}

} // namespace

const Renamable &renamable(const std::string &kind)
{
    for (const Renamable &each : renamables)
        if (kind == each.kind)
            return each;
    std::string kinds;
    for (const Renamable &each : renamables)
        kinds += fmt::format("{}{}", kinds.empty() ? "" : ", ", each.kind);
    throw core::Error(core::sqlstate::invalid_parameter_value,
                      fmt::format("objects of kind \"{}\" cannot be renamed", kind),
                      "linkgress.rename has a row of it.", fmt::format("The kinds are: {}.", kinds));
}

std::size_t parts_of(Place place)
{
    if (place == Place::schema)
        return 1;
    return place == Place::relation || place == Place::type || place == Place::routine ? 2 : 3;
}

Name parse_name(const std::string &text, const Renamable &what, const Name *old)
{
    std::size_t wanted = parts_of(what.place);
    std::string_view names = text;
    Name name;
    if (std::size_t open = text.find('('); what.place == Place::routine && open != std::string::npos) {
        names = names.substr(0, open);
        name.arguments = text.substr(open + 1, text.rfind(')') - open - 1);
    }
    std::optional<std::vector<std::string>> parts =
        names.find('"') == std::string_view::npos ? split_at_dots(names) : split_as_sql(names);
    if (!parts)
        refuse(text, hint_for(wanted));
    name.parts = std::move(*parts);
    if (what.kind == "index"sv && name.parts.size() == 3) // public.users.users_email_idx
        name.parts.erase(name.parts.begin() + 1);
    if (old != nullptr && name.parts.size() == 1 && wanted > 1)
        name.parts.insert(name.parts.begin(), old->parts.begin(), old->parts.end() - 1);
    bool has_empty = std::any_of(name.parts.begin(), name.parts.end(), [](const auto &part) { return part.empty(); });
    if (name.parts.size() != wanted || (has_empty && what.place != Place::value))
        refuse(text, hint_for(wanted));
    if (old != nullptr && what.kind == "index"sv && name.schema() != old->schema())
        refuse(text, "An index is in the schema of its table.");
    if (old != nullptr && name.arguments.empty())
        name.arguments = old->arguments;
    return name;
}

core::Object to_object(const Renamable &what, const Name &name)
{
    core::Object object;
    object.kind = what.place == Place::value ? core::Kind::column : *core::kind_named(what.kind);
    object.schema = name.schema();
    object.name = name.last();
    object.arguments = name.arguments;
    if (name.parts.size() == 3)
        object.parent = name.parts[1];
    return object;
}

std::string to_string(const Renamable &what, const Name &name)
{
    return core::identity(to_object(what, name));
}

Operation rename_operation(const Renamable &what, const Name &from, const Name &to, bool is_new_schema)
{
    Operation operation;
    operation.type = fmt::format("rename_{}", what.kind);
    operation.object = to_string(what, from);
    operation.statements = statements(what, from, to);
    operation.inverse = statements(what, to, from);
    if (is_new_schema) {
        std::string schema = pg::quote_identifier(to.schema());
        operation.statements.insert(operation.statements.begin(), "CREATE SCHEMA " + schema);
        operation.inverse.push_back("DROP SCHEMA " + schema);
    }
    operation.details = details_of(operation, what, from, to);
    operation.hazards.push_back(
        {"breaks_clients", fmt::format("Statements that use {} fail from then on. Release the code that uses the new "
                                       "name at the same time.",
                                       to_string(what, from))});
    return operation;
}

void ModelNames::collect() const
{
    if (std::exchange(is_collected_, true))
        return;
    for (core::ObjectIndex i = 0; i < model_.size(); i++) {
        pg::check_for_interrupts();
        const core::Object &object = model_[i];
        if (object.kind == core::Kind::index)
            indexes_.emplace(object.schema, object.name);
        else if (object.kind == core::Kind::column && object.has("identity_sequence"))
            identity_sequences_.insert(object.text("identity_sequence"));
    }
}

bool ModelNames::has_value(const Name &name) const
{
    std::string type = core::id(to_object(renamable("enum"), name.holder()));
    auto [known, is_new] = values_.try_emplace(type);
    if (const core::Object *found = is_new ? model_.find_object(type) : nullptr)
        known->second.insert(found->list("values").begin(), found->list("values").end());
    return known->second.contains(name.last());
}

bool ModelNames::has(const Renamable &what, const Name &name) const
{
    if (what.place == Place::value)
        return has_value(name);
    if (what.kind != "index"sv)
        return model_.find_object(core::id(to_object(what, name))) != nullptr;
    collect(); // they are known by their tables
    return indexes_.contains({name.schema(), name.last()});
}

bool ModelNames::has_sequence(const Name &name) const
{
    collect();
    return has(renamable("sequence"), name) ||
           identity_sequences_.contains(pg::quote_identifier(name.schema()) + "." + pg::quote_identifier(name.last()));
}

} // namespace linkgress::engine
