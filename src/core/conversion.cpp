#include "core/conversion.hpp"

#include "core/error.hpp"
#include "core/kinds/options.hpp"
#include "core/poll.hpp"
#include "core/snapshot.hpp"
#include "core/sqlstate.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace linkgress::core {

namespace {

bool is_string(const TypeName &type)
{
    return type.base == "text" || type.base == "character varying" || type.plain() == "bpchar" || type.base == "name";
}

bool is_bits(const TypeName &type)
{
    return type.plain() == "\"bit\"" || type.base == "bit varying";
}

bool is_number(const TypeName &type)
{
    return type.base == "smallint" || type.base == "integer" || type.base == "bigint" || type.base == "numeric";
}

// Its name in the table of built-in types
std::string table_name(const TypeName &type)
{
    return type.base == "character varying" ? "text" : type.plain();
}

// That decides how a value of one becomes one of the other
std::string setting_between(const TypeName &from, const TypeName &to)
{
    auto is_zoned = [](const TypeName &type) { return type.base.ends_with("with time zone"); };
    auto is_time = [](const TypeName &type) { return type.base.starts_with("time") || type.base == "date"; };
    for (const auto &[one, other] : {std::pair(&from, &to), std::pair(&to, &from)}) {
        if (is_zoned(*one) && !is_zoned(*other) && (is_time(*other) || is_string(*other)))
            return "TimeZone";
        if (one->base == "money" && other->base != "money")
            return "lc_monetary";
        if (is_time(*one) && is_string(*other))
            return "DateStyle";
    }
    if (is_string(to))
        return from.base == "interval" ? "IntervalStyle" : from.base == "bytea" ? "bytea_output" : "";
    return "";
}

void apply_limits(Conversion &conversion, const TypeName &from, const TypeName &to)
{
    LimitEffect effect = limit_effect(from, to);
    bool is_padding = from.base == "character" && to.base != "character";
    conversion.rewrites = conversion.rewrites || effect.rewrites || is_padding;
    conversion.is_refusing = conversion.is_refusing || conversion.fate == Fate::refused || effect.refuses;
    Fate fate = effect.loses ? Fate::lost : effect.refuses ? Fate::refused : Fate::kept;
    conversion.fate = std::max(conversion.fate, fate);
}

// The bits of a number, which the server has casts for only between some of these types
Conversion of_bits(const std::string &value, const TypeName &from, const TypeName &to)
{
    constexpr int most = 64;
    bool is_large = to.base == "bigint" || to.base == "numeric";
    int bits = from.base == "bit" ? std::atoi(from.modifiers.c_str()) : most + 1;
    Conversion conversion;
    conversion.route = Route::cast;
    bool is_cast = to.base == "integer" || to.base == "bigint";
    conversion.expression =
        fmt::format("{}{}::{}", value, from.base == "bit varying" ? "::\"bit\"" : "", is_cast ? to.base : "bigint");
    if (from.base != "bit")
        conversion.fate = Fate::lost; // how many bits there were
    else
        conversion.fate = bits <= (is_large               ? most
                                   : to.base == "integer" ? most / 2
                                                          : most / 4 - 1)
                              ? Fate::kept
                              : Fate::refused;
    conversion.is_refusing = conversion.fate != Fate::kept;
    return conversion;
}

std::string expression_for(Route route, const std::string &value, const TypeName &from, const TypeName &to)
{
    bool takes_length = to.base == "bit" && is_number(from);
    switch (route) {
    case Route::cast:
        return fmt::format("{}::{}", value, takes_length ? to.element() + (to.is_array ? "[]" : "") : to.plain_array());
    case Route::text:
        return fmt::format("{}::text{}::{}", value, from.is_array ? "[]" : "", to.plain_array());
    default:
        return "";
    }
}

} // namespace

TypeLevel::TypeLevel(std::size_t &level) : level_(level)
{
    constexpr std::size_t most = 200;
    poll();
    if (level_ == most)
        throw Error(sqlstate::statement_too_complex, fmt::format("types are within each other at {} levels", most),
                    "Their values would have to be converted one within the other.",
                    "Change the types by a migration.");
    level_++;
}

Converter::Converter(const Snapshot &source, const Snapshot &target, Quote quote, const std::set<std::string> &replaced)
    : source_(source), target_(target), quote_(quote), replaced_(replaced), source_types_(types_of(source)),
      target_types_(types_of(target))
{}

Converter::Types Converter::types_of(const Snapshot &snapshot) const
{
    Types types;
    for (ObjectIndex i = 0; i < snapshot.size(); i++)
        if (const Object &object = snapshot[i];
            is_type(object.kind) || is_table(object.kind) || object.kind == Kind::base_type)
            types.emplace(quote_(object.schema) + "." + quote_(object.name), &object);
    return types;
}

const Object *Converter::find(const Types &types, const std::string &type) const
{
    auto found = types.find(type);
    return found == types.end() ? nullptr : found->second;
}

std::string Converter::base(const Types &types, std::string type) const
{
    for (int level = 0; level < most_domains; level++) {
        const Object *found = find(types, type);
        if (found == nullptr || found->kind != Kind::domain)
            break;
        type = found->text("type");
    }
    return type;
}

// "name type"
List Converter::attributes(const Types &types, const std::string &type) const
{
    const Object *object = find(types, type);
    if (object == nullptr || object->kind == Kind::composite_type)
        return object == nullptr ? List() : object->list("attributes");
    if (!is_table(object->kind))
        return {};
    const Snapshot &snapshot = &types == &source_types_ ? source_ : target_;
    std::vector<const Object *> columns;
    ObjectIndex table = snapshot.index_of(*object);
    for (ObjectIndex part = table + 1; part < snapshot.end_of_children(table); part++)
        if (snapshot[part].kind == Kind::column)
            columns.push_back(&snapshot[part]);
    std::sort(columns.begin(), columns.end(), is_before);
    List result;
    for (const Object *column : columns)
        result.push_back(quote_(column->name) + " " + column->text("type"));
    return result;
}

List Converter::types_in(const std::string &type) const
{
    List types;
    for (const std::string &attribute : attributes(source_types_, type))
        types.push_back(attribute_type(attribute));
    return types;
}

std::unordered_map<std::string, std::string> Converter::attribute_types(const std::string &type) const
{
    std::unordered_map<std::string, std::string> types;
    for (const std::string &attribute : attributes(source_types_, type))
        types.emplace(attribute_name(attribute), attribute_type(attribute));
    return types;
}

std::vector<std::pair<std::string, std::string>> Converter::common_attributes(const std::string &from,
                                                                              const std::string &to) const
{
    std::vector<std::pair<std::string, std::string>> common;
    std::unordered_map<std::string, std::string> before = attribute_types(from);
    for (const std::string &attribute : attributes(target_types_, to))
        if (auto old = before.find(attribute_name(attribute)); old != before.end())
            common.emplace_back(old->second, attribute_type(attribute));
    return common;
}

bool Converter::changes(const std::string &type) const
{
    if (changes_.emplace(type, false).second)
        changes_[type] = changes_inside(type);
    return changes_[type];
}

bool Converter::changes_inside(const std::string &type) const
{
    TypeLevel level(level_);
    std::string before = base(source_types_, type);
    if (before != base(target_types_, type) || is_replaced(parse_type(type).base))
        return true;
    std::string element = parse_type(before).base;
    if (element != type && (find(source_types_, element) != nullptr || is_replaced(element)))
        return changes(element);
    List attributes_before = attributes(source_types_, before);
    if (attributes_before != attributes(target_types_, before))
        return true;
    return std::any_of(attributes_before.begin(), attributes_before.end(),
                       [&](const std::string &attribute) { return changes(attribute_type(attribute)); });
}

Conversion Converter::convert(const std::string &value, const std::string &from, const std::string &to) const
{
    Conversion conversion;
    if (from == to && !changes(from)) {
        conversion.rewrites = false;
        return conversion;
    }
    conversion = between(value, parse_type(base(source_types_, from)), parse_type(base(target_types_, to)));
    const Object *domain = find(target_types_, to);
    if (domain != nullptr && domain->kind == Kind::domain) {
        ObjectIndex index = target_.index_of(*domain);
        if (domain->flag("not_null") || target_.end_of_children(index) > index + 1) {
            conversion.fate = std::max(conversion.fate, Fate::refused);
            conversion.rewrites = conversion.is_refusing = true;
        }
    }
    return conversion;
}

Conversion Converter::between(const std::string &value, const TypeName &from, const TypeName &to) const
{
    if (from.is_array && to.is_array)
        return between_arrays(value, from, to);
    if (to.is_array)
        return to_array(value, from, to);
    if (!from.is_array)
        return between_scalars(value, from, to);
    Conversion conversion;
    TypeName text = parse_type("text");
    conversion = is_string(to) ? between_scalars(value, text, to) : Conversion{};
    if (!is_string(to)) {
        conversion.route = Route::text;
        conversion.fate = std::max(between_scalars(value, text, to).fate, Fate::refused);
        conversion.is_refusing = true;
        conversion.expression = fmt::format("{}::text::{}", value, to.plain());
    }
    conversion.rewrites = true;
    return conversion;
}

// Without its domain; but there is no other name for a domain over arrays where it is an element.
TypeName Converter::element_in_target(const TypeName &array) const
{
    TypeName element = parse_type(base(target_types_, array.element()));
    return element.is_array ? parse_type(array.element()) : element;
}

// What is done to each element
Conversion Converter::between_arrays(const std::string &value, const TypeName &from, const TypeName &to) const
{
    Conversion conversion = convert(value, from.element(), to.element());
    TypeName element = element_in_target(to);
    element.is_array = true;
    conversion.expression = expression_for(conversion.route, value, from, element);
    return conversion;
}

Conversion Converter::to_array(const std::string &value, const TypeName &from, const TypeName &to) const
{
    std::string array = element_in_target(to).plain() + "[]";
    Conversion conversion = convert(value, from.base == "character" ? "bpchar" : from.element(), to.element());
    conversion.rewrites = true;
    if (is_string(from)) {
        conversion.is_refusing = true;
        conversion.fate = std::max(conversion.fate, Fate::refused);
        conversion.route = Route::cast;
        conversion.expression = fmt::format("{}::{}", value, array);
        return conversion;
    }
    std::string element = conversion.expression.empty() ? value : conversion.expression;
    conversion.expression = fmt::format("CASE WHEN {} IS NOT NULL THEN ARRAY[{}]::{} END", value, element, array);
    conversion.route = Route::cast;
    return conversion;
}

Conversion Converter::between_scalars(const std::string &value, const TypeName &from, const TypeName &to) const
{
    if (const Object *cast = own_cast(from, to)) {
        Conversion conversion;
        conversion.route = cast->has("context") ? Route::assignment : Route::cast;
        conversion.fate = Fate::refused;
        conversion.expression = expression_for(conversion.route, value, from, to);
        return conversion;
    }
    if (!attributes(source_types_, from.base).empty() && !attributes(target_types_, to.base).empty())
        return between_composites(value, from, to);
    if (is_bits(from) && is_number(to))
        return of_bits(value, from, to);
    std::optional<BuiltIn> known = built_in_conversion(table_name(from), table_name(to), target_.server);
    if (!known)
        return between_others(value, from, to);
    Conversion conversion;
    conversion.route = known->route;
    conversion.fate = known->fate;
    bool keeps_bits = to.base == "bit" && is_number(from) && known->route == Route::cast;
    if (keeps_bits)
        conversion.fate = Fate::kept; // if there are enough of them
    bool is_text_in_order = from.base == "text" || from.base == "character varying";
    conversion.rewrites =
        known->route != Route::as_it_is || (!is_text_in_order && is_string(from) && from.base != to.base);
    conversion.expression = expression_for(known->route, value, from, to);
    conversion.setting = setting_between(from, to);
    apply_limits(conversion, from, to);
    return conversion;
}

// By a cast that the plan makes, see composite_cast(); as it keeps the attributes' names, a value can lose those that
// are no more, which is a hazard of the type's.
Conversion Converter::between_composites(const std::string &value, const TypeName &from, const TypeName &to) const
{
    std::pair<std::string, std::string> types(from.base, to.base);
    Conversion conversion;
    conversion.route = Route::assignment;
    if (auto [found, is_new] = composites_.emplace(types, conversion); !is_new)
        return found->second;
    TypeLevel level(level_);
    for (const auto &[before, after] : common_attributes(from.base, to.base)) {
        Conversion part = convert(value, before, after);
        conversion.fate = std::max(conversion.fate, part.fate);
        conversion.is_refusing = conversion.is_refusing || part.is_refusing;
        if (!part.setting.empty())
            conversion.setting = part.setting;
    }
    composites_[types] = conversion;
    return conversion;
}

namespace {

std::string subtype(const Object &range)
{
    constexpr std::string_view key = "SUBTYPE = ";
    for (const std::string &parameter : range.list("parameters"))
        if (parameter.starts_with(key))
            return parameter.substr(key.size());
    return "";
}

} // namespace

// Types of which nothing is known but that they have a text form, and what is in a range
Conversion Converter::between_others(const std::string &value, const TypeName &from, const TypeName &to) const
{
    Conversion conversion;
    bool is_same = from.base == to.base && !is_replaced(from.base);
    if (is_same || is_string(to))
        conversion.route = Route::assignment;
    else
        conversion.route = is_string(from) ? Route::cast : Route::text;
    bool is_limited = !to.modifiers.empty() && from.modifiers != to.modifiers;
    conversion.fate = (is_same || is_string(to)) && !is_limited ? Fate::kept : Fate::refused;
    if (to.base == "name")
        conversion.fate = Fate::lost;
    const Object *before = find(source_types_, from.base);
    const Object *after = find(target_types_, to.base);
    if (before != nullptr && after != nullptr && before->has("parameters") && after->has("parameters")) {
        Conversion bounds = convert(value, subtype(*before), subtype(*after));
        conversion.fate = bounds.fate;
    }
    conversion.is_refusing = conversion.fate == Fate::refused;
    conversion.rewrites = !is_same || is_limited;
    conversion.expression = expression_for(conversion.route, value, from, to);
    return conversion;
}

const Object *Converter::own_cast(const TypeName &from, const TypeName &to) const
{
    auto name = [](const TypeName &type) { return type.base == "bpchar" ? "character" : type.base; };
    if (is_replaced(from.base) || is_replaced(to.base))
        return nullptr;
    Object cast;
    cast.kind = Kind::cast;
    cast.name = fmt::format("({} AS {})", name(from), name(to));
    return target_.find_object(id(cast));
}

std::string Converter::convert_part(const std::string &value, const std::string &from, const std::string &to) const
{
    if (from == to && !changes(from))
        return value;
    Conversion conversion = convert(value, from, to);
    if (!conversion.expression.empty())
        return conversion.expression;
    TypeName type = parse_type(base(target_types_, to));
    if (type.is_array)
        return fmt::format("{}::{}[]", value, element_in_target(type).plain());
    return is_string(type) ? value : fmt::format("{}::{}", value, type.plain());
}

// What has a text of its own, or is to have one, in its new form
std::string Converter::text_part(const std::string &value, const std::string &from, const std::string &to) const
{
    std::string base = parse_type(base_of_source(from)).base;
    bool is_own = find(source_types_, base) != nullptr || find(target_types_, parse_type(to).base) != nullptr;
    if (!is_own)
        return convert_part(value, from, to);
    return fmt::format("{}::text{}", value, parse_type(base_of_source(from)).is_array ? "[]" : "");
}

std::string Converter::row(const std::string &value, const std::string &from, const std::string &to, bool as_text) const
{
    std::unordered_map<std::string, std::string> before = attribute_types(from);
    List parts;
    for (const std::string &attribute : attributes(target_types_, to)) {
        std::string name = attribute_name(attribute);
        auto old = before.find(name);
        std::string part = old == before.end() ? "NULL" : fmt::format("({}).{}", value, name);
        if (old != before.end())
            part = as_text ? text_part(part, old->second, attribute_type(attribute))
                           : convert_part(part, old->second, attribute_type(attribute));
        parts.push_back(part);
    }
    return fmt::format("ROW({})", fmt::join(parts, ", "));
}

} // namespace linkgress::core
