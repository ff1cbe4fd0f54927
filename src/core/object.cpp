#include "core/object.hpp"

#include "core/kind.hpp"
#include "core/poll.hpp"

#include <algorithm>
#include <array>

namespace linkgress::core {

const Value *Object::find(std::string_view attribute) const
{
    const KindRules &rules = rules_of(kind);
    for (const auto &[number, value] : values)
        if (rules.attributes[number].name == attribute)
            return &value;
    return nullptr;
}

const std::string &Object::text(std::string_view attribute) const
{
    static const std::string none;
    const Value *value = find(attribute);
    return value != nullptr && std::holds_alternative<std::string>(*value) ? std::get<std::string>(*value) : none;
}

bool Object::flag(std::string_view attribute) const
{
    const Value *value = find(attribute);
    return value != nullptr && std::holds_alternative<bool>(*value) && std::get<bool>(*value);
}

std::int64_t Object::number(std::string_view attribute, std::int64_t otherwise) const
{
    const Value *value = find(attribute);
    return value != nullptr && std::holds_alternative<std::int64_t>(*value) ? std::get<std::int64_t>(*value)
                                                                            : otherwise;
}

const List &Object::list(std::string_view attribute) const
{
    static const List none;
    const Value *value = find(attribute);
    return value != nullptr && std::holds_alternative<List>(*value) ? std::get<List>(*value) : none;
}

void Object::set(AttributeNumber number, Value value)
{
    auto place = std::lower_bound(values.begin(), values.end(), number,
                                  [](const auto &entry, AttributeNumber other) { return entry.first < other; });
    if (place != values.end() && place->first == number)
        place->second = std::move(value);
    else
        values.emplace(place, number, std::move(value));
}

void Object::set(std::string_view attribute, Value value)
{
    const KindRules &rules = rules_of(kind);
    set(static_cast<AttributeNumber>(find_attribute(rules, attribute) - rules.attributes.data()), std::move(value));
}

void Object::remove(std::string_view attribute)
{
    const std::vector<Attribute> &attributes = rules_of(kind).attributes;
    std::erase_if(values, [&](const auto &entry) { return attributes[entry.first].name == attribute; });
}

namespace {

// Which characters need no quotes.
constexpr std::array<bool, 256> plain_characters = [] {
    std::array<bool, 256> is_plain{};
    for (char c : std::string_view("abcdefghijklmnopqrstuvwxyz0123456789_$"))
        is_plain[static_cast<unsigned char>(c)] = true;
    return is_plain;
}();

// Without the server's list of keywords, which changes from version to version.
void append_name(std::string &result, const std::string &name)
{
    bool is_plain = !name.empty() && name[0] != '$' && (name[0] < '0' || name[0] > '9');
    for (char c : name)
        is_plain &= plain_characters[static_cast<unsigned char>(c)];
    if (is_plain) {
        result += name;
        return;
    }
    result += '"';
    for (char c : name)
        result.append(c == '"' ? 2 : 1, c);
    result += '"';
}

void append_identity(std::string &result, const Object &object)
{
    if (!object.schema.empty()) {
        append_name(result, object.schema);
        if (object.kind != Kind::schema)
            result += '.';
    }
    if (!object.parent.empty()) {
        append_name(result, object.parent);
        result += '.';
    }
    if (object.kind == Kind::op || object.kind == Kind::cast || object.kind == Kind::transform ||
        object.kind == Kind::privileges)
        result += object.name; // SQL already
    else
        append_name(result, object.name);
    switch (object.kind) {
    case Kind::function:
    case Kind::procedure:
    case Kind::aggregate:
    case Kind::op:
        result += '(';
        result += object.arguments;
        result += ')';
        break;
    default:
        if (!object.arguments.empty()) {
            result += ' ';
            result += object.arguments;
        }
    }
}

} // namespace

void append_id(std::string &text, const Object &object)
{
    poll();
    text += rules_of(object.kind).name;
    text += ' ';
    append_identity(text, object);
}

Object sibling_key(Kind kind, const Object &part, const std::string &name)
{
    Object key;
    key.kind = kind;
    key.schema = part.schema;
    key.parent = part.parent;
    key.name = name;
    return key;
}

std::string id(const Object &object)
{
    std::string text;
    append_id(text, object);
    return text;
}

std::string identity(const Object &object)
{
    std::string result;
    append_identity(result, object);
    return result;
}

} // namespace linkgress::core
