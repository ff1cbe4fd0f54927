#include "core/type_name.hpp"

#include <cstdlib>
#include <iterator>
#include <string_view>

namespace linkgress::core {

namespace {

constexpr int unlimited = -1;
constexpr int most_digits_of_a_second = 6;

// Length or precision, and scale
struct Modifiers {
    int length = unlimited;
    int scale = 0;
};

Modifiers modifiers_of(const TypeName &type)
{
    Modifiers modifiers;
    if (type.modifiers.empty())
        return modifiers;
    modifiers.length = std::atoi(type.modifiers.c_str());
    if (std::size_t comma = type.modifiers.find(','); comma != std::string::npos)
        modifiers.scale = std::atoi(type.modifiers.c_str() + comma + 1);
    return modifiers;
}

bool is_time(const TypeName &type)
{
    return type.base.starts_with("time") || type.base == "interval";
}

bool is_string(const TypeName &type)
{
    return type.base == "text" || type.base == "character varying" || type.plain() == "bpchar" || type.base == "name";
}

// How many characters a value has at most when it is written; unlimited for most types
int longest_text(const TypeName &type)
{
    struct Width {
        std::string_view type;
        int characters;
    };
    static constexpr Width widths[] = {
        {"boolean", 5},  {"smallint", 6}, {"integer", 11}, {"bigint", 20},   {"oid", 10},
        {"\"char\"", 4}, {"uuid", 36},    {"macaddr", 17}, {"macaddr8", 23}, {"name", 63},
    };
    if (type.base == "character varying" || type.base == "character" || type.base == "bit" ||
        type.base == "bit varying")
        return modifiers_of(type).length;
    for (const Width &width : widths)
        if (width.type == type.base)
            return width.characters;
    return unlimited;
}

int digits_of_whole_number(const TypeName &type)
{
    return type.base == "smallint" ? 5 : type.base == "integer" ? 10 : type.base == "bigint" ? 19 : 0;
}

bool exceeds(int before, int after)
{
    return after != unlimited && (before == unlimited || before > after);
}

LimitEffect limit_numeric(const TypeName &from, const Modifiers &after)
{
    if (int digits = digits_of_whole_number(from); digits > 0)
        return {after.length - after.scale < digits, after.scale < 0, true};
    constexpr Modifiers money{19, 2};
    Modifiers before = from.base == "money" ? money : modifiers_of(from);
    bool is_known = from.base == "money" || (from.base == "numeric" && before.length != unlimited);
    LimitEffect effect;
    effect.refuses = !is_known || after.length - after.scale < before.length - before.scale;
    effect.loses = !is_known || after.scale < before.scale;
    effect.rewrites = effect.refuses || effect.loses || after.scale != before.scale || from.base != "numeric";
    return effect;
}

// What is left of it stays, too.
std::size_t last_field(const TypeName &type)
{
    static constexpr std::string_view fields[] = {"year", "month", "day", "hour", "minute", "second"};
    for (std::size_t i = 0; i < std::size(fields); i++)
        if (type.fields.ends_with(fields[i]))
            return i;
    return std::size(fields) - 1;
}

LimitEffect limit_time(const TypeName &from, const TypeName &to)
{
    auto digits = [](const TypeName &type) {
        int precision = type.base == "date" ? 0 : modifiers_of(type).length;
        return precision == unlimited ? most_digits_of_a_second : precision;
    };
    LimitEffect effect;
    effect.loses = last_field(to) < last_field(from) || digits(from) > digits(to);
    effect.rewrites = effect.loses || to.fields != from.fields;
    return effect;
}

LimitEffect limit_bits(const TypeName &from, int before, int after)
{
    int bits = from.base == "integer" ? 32 : from.base == "bigint" ? 64 : 0;
    if (bits > 0)
        return {false, after < bits, true}; // the cast takes the last ones
    return {before != after, false, true};
}

} // namespace

std::string TypeName::plain() const
{
    return base == "character" ? "bpchar" : base == "bit" ? "\"bit\"" : base;
}

std::string TypeName::element() const
{
    TypeName type = *this;
    std::size_t open = modifiers.empty() ? std::string::npos : base.find(" with");
    std::string name = type.base;
    if (!modifiers.empty())
        name.insert(open == std::string::npos ? name.size() : open,
                    (fields.empty() ? "" : " " + fields) + "(" + modifiers + ")");
    else if (!fields.empty())
        name += " " + fields;
    return name;
}

TypeName parse_type(const std::string &type)
{
    TypeName name;
    name.base = type;
    while (name.base.ends_with("[]")) {
        name.base.resize(name.base.size() - 2);
        name.is_array = true;
    }
    std::size_t open = name.base.find('(');
    std::size_t close = name.base.find(')', open);
    if (open != name.base.npos && close != name.base.npos && name.base.find('"') == name.base.npos) {
        name.modifiers = name.base.substr(open + 1, close - open - 1);
        name.base = name.base.substr(0, open) + name.base.substr(close + 1);
    }
    constexpr std::string_view interval = "interval ";
    if (name.base.starts_with(interval)) {
        name.fields = name.base.substr(interval.size());
        name.base = "interval";
    }
    if ((name.base == "character" || name.base == "bit") && name.modifiers.empty())
        name.modifiers = "1";
    return name;
}

LimitEffect limit_effect(const TypeName &from, const TypeName &to)
{
    bool has_same_limits = from.base == to.base && from.modifiers == to.modifiers && from.fields == to.fields;
    bool has_limits = !to.modifiers.empty() || !to.fields.empty();
    if (has_same_limits || !has_limits)
        return {false, false, from.base == "character"};
    Modifiers after = modifiers_of(to);
    int before = longest_text(from);
    if (to.base == "numeric")
        return limit_numeric(from, after);
    if (to.base == "bit")
        return limit_bits(from, before, after.length);
    if (to.base == "bit varying" || to.base == "character varying")
        return {exceeds(before, after.length), false, exceeds(before, after.length)};
    if (to.base == "character")
        return {exceeds(before, after.length), false, true};
    if (is_time(to) && !is_string(from))
        return limit_time(from, to);
    return {true, is_time(to), true};
}

} // namespace linkgress::core
