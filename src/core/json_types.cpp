#include "core/json_types.hpp"

#include "core/text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace linkgress::core {

namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string_view trimmed(std::string_view text)
{
    std::size_t start = std::min(text.find_first_not_of(blanks), text.size());
    text.remove_prefix(start);
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

const AbstractType *find_type(std::string_view name)
{
    auto found = std::find_if(abstract_types.begin(), abstract_types.end(),
                              [&](const AbstractType &type) { return type.name == name; });
    return found == abstract_types.end() ? nullptr : &*found;
}

std::string known_types()
{
    std::string names;
    for (const AbstractType &type : abstract_types)
        names += (names.empty() ? "" : ", ") + quote_double(type.name);
    return names;
}

// Of "decimal(10, 2)" the part in brackets, which no other type of the table can have.
std::string_view split_precision(std::string_view &name)
{
    std::size_t open = name.find('(');
    if (open == name.npos || trimmed(name.substr(0, open)) != "decimal")
        return {};
    std::string_view precision = name.substr(open);
    name = trimmed(name.substr(0, open));
    return precision;
}

// Of PostgreSQL's own types, only those whose texts are more than texts; the server checks the others.
ValueKind values_of(std::string_view element)
{
    if (element.starts_with("pg_catalog."))
        element.remove_prefix(std::string_view("pg_catalog.").size());
    if (element == "jsonb" || element == "json")
        return ValueKind::document;
    bool is_time = element == "date" || element.starts_with("time");
    return is_time ? ValueKind::time : ValueKind::any;
}

FieldType own_type(std::string sql)
{
    auto [element, brackets] = split_array(sql);
    ValueKind values = values_of(element);
    bool is_array = !brackets.empty();
    return {std::move(sql), values, is_array};
}

std::string document_literal(const JsonNode &value)
{
    std::string json;
    append_json(json, value.value());
    return quote_literal(json);
}

// As the default of a column, these are the time at which it is created.
void refuse_moving_time(const JsonNode &value)
{
    std::string word(trimmed(value.text()));
    std::transform(word.begin(), word.end(), word.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (word == "now" || word == "today" || word == "tomorrow" || word == "yesterday")
        value.fail(fmt::format("{} as a default would be the time at which the table is created,", quote_double(word)),
                   "For the time at which a row is inserted write {\"sql\": \"now()\"}.");
}

std::string number_literal(const JsonNode &value, ValueKind kind)
{
    const std::string &text = value.value().text;
    value.expect(JsonKind::number);
    if (kind == ValueKind::integer && text.find_first_of(".eE") != text.npos)
        value.fail(fmt::format("expected an integer, found {},", text)); // the server would round it
    return text;
}

std::string any_literal(const JsonNode &value)
{
    switch (value.value().kind) {
    case JsonKind::boolean:
    case JsonKind::number:
        return value.value().text;
    case JsonKind::string:
        return quote_literal(value.text());
    default:
        return document_literal(value);
    }
}

// No cast: as the default of a column, a quoted literal is of the column's type.
std::string scalar_literal(const JsonNode &value, ValueKind kind)
{
    switch (kind) {
    case ValueKind::string:
        return quote_literal(value.text());
    case ValueKind::time:
        refuse_moving_time(value);
        return quote_literal(value.text());
    case ValueKind::decimal: // a string where the program's own numbers are not exact
        return value.is(JsonKind::string) ? quote_literal(value.text()) : number_literal(value, kind);
    case ValueKind::integer:
        return number_literal(value, kind);
    case ValueKind::boolean:
        return value.boolean() ? "true" : "false";
    case ValueKind::document:
        return document_literal(value);
    case ValueKind::any:
        break;
    }
    return any_literal(value);
}

void check_label(const JsonNode &value, const std::set<std::string> &labels)
{
    if (!labels.contains(value.text()))
        value.fail(fmt::format("{} is no value of the enum", quote_double(value.text())));
}

std::string element_list(const JsonNode &value, const FieldType &type);

std::string element_literal(const JsonNode &value, const FieldType &type)
{
    if (value.is(JsonKind::null))
        return "NULL";
    if (value.is(JsonKind::array) && type.values != ValueKind::document)
        return element_list(value, type);
    if (type.labels != nullptr)
        check_label(value, *type.labels);
    return scalar_literal(value, type.values);
}

std::string element_list(const JsonNode &value, const FieldType &type)
{
    std::string list;
    for (const JsonNode &element : value.items())
        list += (list.empty() ? "" : ", ") + element_literal(element, type);
    return "[" + list + "]";
}

std::string array_literal(const JsonNode &value, const FieldType &type)
{
    if (type.values == ValueKind::any && value.is(JsonKind::string))
        return quote_literal(value.text());
    value.expect(JsonKind::array);
    return value.value().items.empty() ? "'{}'" : fmt::format("ARRAY{}::{}", element_list(value, type), type.sql);
}

} // namespace

ArrayName split_array(std::string_view type)
{
    type = trimmed(type);
    std::string_view element = type;
    while (element.ends_with(']')) {
        std::size_t open = element.rfind('[');
        if (open == element.npos)
            break;
        element = trimmed(element.substr(0, open));
    }
    return {element, type.substr(element.size())};
}

void TypeMap::override_types(const JsonNode &types)
{
    for (const auto &[name, node] : types.members()) {
        std::string_view element = name;
        if (element.ends_with("[]"))
            element.remove_suffix(2);
        if (find_type(element) == nullptr)
            types.fail("unknown type " + quote_double(name),
                       fmt::format("The types here are {}, and each of them followed by [].", known_types()));
        std::string_view sql = trimmed(node.text());
        if (sql.empty())
            node.fail("a type must not be empty");
        overrides_[name] = sql;
    }
}

FieldType TypeMap::resolve(std::string_view name) const
{
    name = trimmed(name);
    if (auto own = overrides_.find(name); own != overrides_.end())
        return own_type(own->second);
    auto [element, brackets] = split_array(name);
    std::string_view precision = split_precision(element);
    const AbstractType *abstract = find_type(element);
    if (abstract == nullptr)
        return own_type(std::string(name));
    std::string suffix = std::string(precision) + std::string(brackets);
    if (auto own = overrides_.find(element); own != overrides_.end()) {
        // A precision is in place of the one that the override has.
        std::size_t size = precision.empty() ? own->second.size() : own->second.find('(');
        return own_type(own->second.substr(0, size) + suffix);
    }
    return {std::string(abstract->sql) + suffix, abstract->values, !brackets.empty()};
}

std::string literal(const JsonNode &value, const FieldType &type)
{
    if (type.is_array)
        return array_literal(value, type);
    if (type.labels != nullptr)
        check_label(value, *type.labels);
    return scalar_literal(value, type.values);
}

} // namespace linkgress::core
