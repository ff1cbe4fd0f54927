#include "core/conversion.hpp"

#include <array>
#include <cstdlib>
#include <string_view>

#include <fmt/format.h>

namespace linkgress::core {

namespace {

// Between the types of one family there are assignment casts. The rank says which
// can hold all that the others can.
struct Member {
    std::string_view type;
    int family;
    int rank;
};

enum Family { none, numbers, strings, dates, times, documents, bits, networks };

constexpr std::array members = {
    Member{"smallint", numbers, 1},
    Member{"integer", numbers, 2},
    Member{"bigint", numbers, 3},
    Member{"numeric", numbers, 6},
    Member{"real", numbers, 4},
    Member{"double precision", numbers, 5},
    Member{"character", strings, 1},
    Member{"character varying", strings, 2},
    Member{"text", strings, 3},
    Member{"name", strings, 0},
    Member{"date", dates, 1},
    Member{"timestamp without time zone", dates, 2},
    Member{"timestamp with time zone", dates, 2},
    Member{"time without time zone", times, 1},
    Member{"time with time zone", times, 2},
    Member{"json", documents, 2},
    Member{"jsonb", documents, 1},
    Member{"bit", bits, 1},
    Member{"bit varying", bits, 2},
    Member{"cidr", networks, 1},
    Member{"inet", networks, 2},
};

Member member_of(std::string_view type)
{
    for (const Member &member : members)
        if (member.type == type)
            return member;
    return {type, none, 0};
}

// Length or precision, and scale; -1 for none.
struct Modifiers {
    int length = -1;
    int scale = 0;
};

Modifiers parse_modifiers(const std::string &text)
{
    Modifiers modifiers;
    if (text.empty())
        return modifiers;
    modifiers.length = std::atoi(text.c_str());
    if (std::size_t comma = text.find(','); comma != text.npos)
        modifiers.scale = std::atoi(text.c_str() + comma + 1);
    return modifiers;
}

bool is_unlimited(const TypeName &type)
{
    return type.modifiers.empty() && type.base != "character" && type.base != "bit";
}

Conversion between_modifiers(const TypeName &from, const TypeName &to)
{
    Conversion conversion;
    Modifiers before = parse_modifiers(from.modifiers);
    Modifiers after = parse_modifiers(to.modifiers);
    if (is_unlimited(to)) {
        conversion.rewrites = from.base == "character";
        return conversion;
    }
    if (to.base == "numeric") {
        bool has_fewer_digits = before.length < 0 || after.length - after.scale < before.length - before.scale;
        conversion.may_fail = has_fewer_digits;
        conversion.loses = before.length < 0 || after.scale < before.scale;
        conversion.rewrites = conversion.may_fail || conversion.loses || after.scale != before.scale;
    } else if (to.base == "character varying" || to.base == "bit varying") {
        conversion.may_fail = before.length < 0 || after.length < before.length;
        conversion.rewrites = conversion.may_fail;
    } else if (to.base == "character" || to.base == "bit") {
        conversion.may_fail = before.length < 0 || after.length < before.length || to.base == "bit";
    } else { // precision of times
        conversion.loses = before.length < 0 || after.length < before.length;
        conversion.rewrites = conversion.loses;
    }
    return conversion;
}

Conversion within_family(const TypeName &from, const TypeName &to, const Member &before, const Member &after)
{
    Conversion conversion;
    switch (before.family) {
    case numbers: {
        bool was_whole = before.rank <= 3;
        bool is_whole = after.rank <= 3;
        conversion.may_fail = after.rank < before.rank;
        conversion.loses =
            (!was_whole && after.rank < before.rank) || (was_whole && !is_whole && before.rank == 3 && after.rank < 6);
        if (to.base == "numeric" && !to.modifiers.empty())
            conversion.may_fail = true, conversion.loses = conversion.loses || !was_whole;
        break;
    }
    case strings:
        if (!is_unlimited(to)) {
            Modifiers length_before = parse_modifiers(from.modifiers);
            Modifiers length_after = parse_modifiers(to.modifiers);
            conversion.may_fail = length_before.length < 0 || length_after.length < length_before.length;
        }
        conversion.rewrites = before.rank != 2 || after.rank != 3; // from varchar to text only the name changes
        break;
    case dates:
    case times:
        conversion.loses = after.rank < before.rank || (!to.modifiers.empty() && to.modifiers != from.modifiers);
        break;
    case documents:
        conversion.may_fail = after.rank < before.rank;
        break;
    default:
        conversion.may_fail = true;
    }
    return conversion;
}

} // namespace

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
    return name;
}

Conversion convert(const std::string &column, const std::string &from, const std::string &to)
{
    TypeName before = parse_type(from);
    TypeName after = parse_type(to);
    Member family_before = member_of(before.base);
    Member family_after = member_of(after.base);
    Conversion conversion;
    if (before.is_array != after.is_array) {
        conversion.may_fail = true;
        conversion.expression =
            after.base == "text" && !after.is_array ? ""
            : after.is_array ? fmt::format("CASE WHEN {0} IS NOT NULL THEN ARRAY[{0}::text]::{1} END", column, to)
                             : fmt::format("{}::text::{}", column, to);
        if (after.is_array && family_before.family == strings)
            conversion.expression = fmt::format("{}::{}", column, to);
        return conversion;
    }
    if (before.base == after.base)
        return between_modifiers(before, after);
    if (family_before.family != none && family_before.family == family_after.family)
        return within_family(before, after, family_before, family_after);
    conversion.may_fail = true;
    if (family_after.family == strings) {
        conversion.may_fail = !is_unlimited(after);
        return conversion;
    }
    bool is_flag =
        (before.base == "boolean" && after.base == "integer") || (before.base == "integer" && after.base == "boolean");
    conversion.loses = before.base == "integer" && after.base == "boolean";
    if (family_before.family == strings || is_flag)
        conversion.expression = fmt::format("{}::{}", column, to);
    else
        conversion.expression = fmt::format("{}::text::{}", column, to);
    return conversion;
}

} // namespace linkgress::core
