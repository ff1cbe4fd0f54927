#include "core/preview.hpp"

#include "core/conversion.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>

#include <fmt/format.h>

namespace linkgress::core {

namespace {

// What its own operator cannot compare, or would say is equal although it is written in another way
bool is_compared_as_text(const std::string &type)
{
    TypeName name = parse_type(type);
    static constexpr std::string_view types[] = {"text", "character varying", "character", "json", "xml",  "point",
                                                 "line", "polygon",           "circle",    "box",  "lseg", "path"};
    return std::find(std::begin(types), std::end(types), name.base) != std::end(types);
}

// The new value as one of the old type, to be compared with that
std::string comparison(const std::string &back, const TypeName &from, const TypeName &to)
{
    bool is_text = from.base == "text" || from.base.starts_with("character");
    if (is_text && (to.base == "numeric" || to.base == "real" || to.base == "double precision"))
        return "new::numeric IS DISTINCT FROM old::numeric";
    if (is_text && (to.base == "date" || to.base.starts_with("timestamp")))
        return "new::timestamp IS DISTINCT FROM old::timestamp";
    // Keys that come twice, at any depth
    if (to.base == "jsonb" && (is_text || from.base == "json"))
        return "EXISTS (WITH RECURSIVE part (v) AS (SELECT old::json UNION ALL SELECT e.value FROM part, LATERAL "
               "(SELECT "
               "value FROM json_each(CASE json_typeof(v) WHEN 'object' THEN v END) UNION ALL SELECT value FROM "
               "json_array_elements(CASE json_typeof(v) WHEN 'array' THEN v END)) AS e) SELECT FROM part WHERE "
               "json_typeof(v) = 'object' AND (SELECT count(*) > count(DISTINCT key) FROM json_object_keys(v) AS k "
               "(key)))";
    if (is_compared_as_text(from.base))
        return fmt::format("({})::text IS DISTINCT FROM old::text", back);
    return fmt::format("({}) IS DISTINCT FROM old", back);
}

bool is_of_the_server(const TypeName &type)
{
    return built_in_conversion(type.plain() == "character varying" ? "text" : type.plain(), "text", 0).has_value();
}

} // namespace

std::vector<Preview> previews(const Snapshot &source, const Snapshot &target, Quote quote, std::int64_t rows)
{
    const std::set<std::string> none;
    Converter there(source, target, quote, none);
    Converter back(target, source, quote, none);
    Script script(quote, source, target, source.role);
    std::vector<Preview> result;
    for (ObjectIndex i = 0; i < target.size(); i++) {
        const Object &column = target[i];
        const Object *before = column.kind == Kind::column ? source.find_object(id(column)) : nullptr;
        const Object *table = before == nullptr ? nullptr : table_of(source, *before);
        if (table == nullptr || table->kind != Kind::table)
            continue;
        std::string from = there.base_of_source(before->text("type"));
        std::string to = there.base_of_target(column.text("type"));
        if (from == to)
            continue;
        bool is_known = is_of_the_server(parse_type(from)) && is_of_the_server(parse_type(to));
        if (!is_known || !there.convert("", from, to).loses())
            continue;
        std::string name = quote(column.name);
        std::string forward = there.convert(fmt::format("{}::{}", name, from), from, to).expression;
        std::string backward = back.convert("new", to, from).expression;
        std::string differs =
            comparison((backward.empty() ? "new" : backward) + "::" + from, parse_type(from), parse_type(to));
        result.push_back(
            {identity(column),
             fmt::format("SELECT CASE WHEN number = 0 THEN pg_catalog.format('None of %s values would change.', "
                         "looked_at) ELSE "
                         "pg_catalog.format('%s of %s values would change, for example %s to %s.', number, looked_at, "
                         "pg_catalog.left(example[1], 100), pg_catalog.left(example[2], 100)) END FROM (SELECT "
                         "pg_catalog.count(*) AS looked_at, pg_catalog.count(*) FILTER (WHERE {0}) AS number, "
                         "pg_catalog.min(ARRAY[old::text, new::text]) FILTER (WHERE {0}) AS example FROM (SELECT "
                         "{1}::{2} AS old, "
                         "({3})::{4} AS new FROM {5} WHERE {1} IS NOT NULL LIMIT {6}) AS values) AS counted",
                         differs, name, from, forward.empty() ? name : forward, to, script.parent(column), rows)});
    }
    return result;
}

} // namespace linkgress::core
