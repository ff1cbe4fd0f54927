#include "core/kinds/composite_cast.hpp"

#include "core/conversion.hpp"
#include "core/kinds/options.hpp"
#include "core/text.hpp"

namespace linkgress::core {

namespace {

constexpr int most_levels = 50; // of arrays and domains around it

void create(Script &script, const CompositeCast &cast, const std::string &expression)
{
    script.add("CREATE FUNCTION {}({}) RETURNS {} LANGUAGE sql STRICT AS {}", cast.function, cast.from, cast.to,
               quote_literal("SELECT " + expression));
    script.add("CREATE CAST ({} AS {}) WITH FUNCTION {}({}) AS ASSIGNMENT", cast.from, cast.to, cast.function,
               cast.from);
}

// "schema.name" and a suffix
std::string function_for(const Script &script, const std::string &type, const std::string &suffix)
{
    std::string name = bare_name(type);
    std::string schema = type.substr(0, type.size() - name.size());
    return schema + script.quote(with_suffix(name.starts_with('"') ? unquoted(name) : name, suffix));
}

// The composite type, if it is one, that a type is an array of, a domain over, or is itself
std::string composite_in(const Converter &converter, std::string type, bool of_source)
{
    std::string before;
    for (int level = 0; level < most_levels && before != type; level++) {
        before = type;
        type = of_source ? converter.base_of_source(parse_type(type).base)
                         : converter.base_of_target(parse_type(type).base);
    }
    bool is_composite = of_source ? converter.is_composite(type) : converter.is_composite_in_target(type);
    return is_composite ? type : "";
}

} // namespace

void drop_composite_cast(Script &script, const CompositeCast &cast)
{
    script.add("DROP CAST ({} AS {})", cast.from, cast.to);
    script.add("DROP FUNCTION {}({})", cast.function, cast.from);
}

CompositeCast successor_cast(const Script &script, const Object &type, const std::string &present)
{
    std::string from = script.qualified(type.schema, present);
    return {from, script.qualified(type), from};
}

void create_successor_cast(Script &script, const Object &type, const std::string &present)
{
    std::string name = script.qualified(type);
    create(script, successor_cast(script, type, present),
           fmt::format("{}::text::{}", script.converter->row("$1", name, name), name));
}

namespace {

// Those of the types within first. `begun`: so that made-up types within themselves come to an end.
void add_casts_between(Script &script, const std::string &from, const std::string &to, CompositeCasts &made)
{
    const Converter &converter = *script.converter;
    std::string before = composite_in(converter, from, true);
    std::string after = composite_in(converter, to, false);
    if (before.empty() || after.empty() || before == after || converter.has_own_cast(before, after) ||
        !made.pairs.insert(before + " AS " + after).second)
        return;
    TypeLevel level(made.level);
    for (const auto &[old, attribute] : converter.common_attributes(before, after))
        add_casts_between(script, old, attribute, made);
    CompositeCast cast{script.present_name(before), after,
                       function_for(script, before, fmt::format("_converted{}", made.casts.size() + 1))};
    create(script, cast, fmt::format("{}::text::{}", converter.row("$1", before, after), after));
    made.casts.push_back(std::move(cast));
}

void add_text_casts(Script &script, const std::string &type, CompositeCasts &made)
{
    const Converter &converter = *script.converter;
    std::string composite = composite_in(converter, type, true);
    if (composite.empty() || !converter.changes(composite) || !made.pairs.insert(composite).second)
        return;
    TypeLevel level(made.level);
    for (const std::string &inner : converter.types_in(composite))
        add_text_casts(script, inner, made);
    CompositeCast cast{composite, "text", function_for(script, composite, "_as_text")};
    create(script, cast, converter.row("$1", composite, composite, true) + "::text");
    made.casts.push_back(std::move(cast));
}

} // namespace

void create_casts_between(Script &script, const std::string &from, const std::string &to, CompositeCasts &made)
{
    add_casts_between(script, from, to, made);
}

void drop_composite_casts(Script &script, const std::vector<CompositeCast> &casts)
{
    for (auto cast = casts.rbegin(); cast != casts.rend(); ++cast)
        drop_composite_cast(script, *cast);
}

std::vector<CompositeCast> create_text_casts(Script &script, const std::string &type)
{
    CompositeCasts made;
    add_text_casts(script, type, made);
    return std::move(made.casts);
}

} // namespace linkgress::core
