// Replaced under a provisional name: what that takes, and how the rows and the sequences come over.

#include "core/inheritance.hpp"
#include "core/kind.hpp"
#include "core/kinds/composite_cast.hpp"
#include "core/kinds/options.hpp"
#include "core/renderer.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace linkgress::core {

Object multirange_of(const Object &range)
{
    Object multirange = range;
    multirange.name = range.text("multirange");
    return multirange;
}

// Are there values of it outside of its own table?
bool Renderer::is_in_columns(ObjectIndex type) const
{
    std::vector<ObjectIndex> dependents = diff_.dependents(type);
    return std::any_of(dependents.begin(), dependents.end(), [&](ObjectIndex index) {
        Kind kind = diff_.source[index].kind;
        bool is_own = diff_.source.parent(index) == type;
        return !is_own && (kind == Kind::column || kind == Kind::composite_attribute || kind == Kind::composite_type ||
                           kind == Kind::domain);
    });
}

// A composite type, or the row type of a table, whose values go from one to the other
bool Renderer::has_cast(const Item &item) const
{
    if (!item.is_retired || item.from == no_object || item.to == no_object)
        return false;
    Kind kind = diff_.source[item.from].kind;
    return (kind == Kind::composite_type || kind == Kind::table) && kind == diff_.target[item.to].kind &&
           is_in_columns(item.from);
}

// The multirange, and the functions that have the names of both types.
void Renderer::retire_constructors(Script &script, const Object &range) const
{
    Object multirange = multirange_of(range);
    std::string type = script.qualified(range);
    std::string subtype;
    for (const std::string &parameter : range.list("parameters"))
        if (static constexpr std::string_view key = "SUBTYPE = "; parameter.starts_with(key))
            subtype = parameter.substr(key.size());
    auto rename = [&](const Object &object, const std::string &arguments) {
        script.add("ALTER FUNCTION {}({}) RENAME TO {}", script.qualified(object), arguments,
                   script.quote(provisional_name(object)));
    };
    rename(range, fmt::format("{0}, {0}", subtype));
    rename(range, fmt::format("{0}, {0}, text", subtype));
    rename(multirange, "");
    rename(multirange, type);
    rename(multirange, type + "[]");
    std::string schema = range.has("multirange_schema") ? range.text("multirange_schema") : range.schema;
    script.add("ALTER TYPE {} RENAME TO {}", script.qualified(schema, multirange.name),
               script.quote(provisional_name(multirange)));
}

void Renderer::retire(Script &script, const Object &object) const
{
    if (object.kind == Kind::column) {
        std::string column = script.quote(object.name);
        std::vector<CompositeCast> casts = create_text_casts(script, object.text("type"));
        bool is_array = parse_type(converter_.base_of_source(object.text("type"))).is_array;
        script.add("ALTER TABLE {} ALTER COLUMN {} TYPE text{}", script.parent(object), column, is_array ? "[]" : "");
        drop_composite_casts(script, casts);
        return;
    }
    for (ObjectIndex part = diff_.source.index_of(object) + 1;
         part < diff_.source.end_of_children(diff_.source.index_of(object)); part++)
        if (const Object &column = diff_.source[part]; column.has("identity"))
            script.add("ALTER SEQUENCE {} RENAME TO {}", column.text("identity_sequence"),
                       script.quote(provisional_name(identity_sequence(column))));
    if (object.has("default"))
        script.add("ALTER DOMAIN {} DROP DEFAULT", script.qualified(object));
    if (object.has("multirange"))
        retire_constructors(script, object);
    script.add("ALTER {} {} RENAME TO {}", rules_of(object.kind).keyword, script.qualified(object),
               script.quote(provisional_name(object)));
}

// Columns that both have, but for those that are computed.
void Renderer::move_rows(Script &script, const Item &item) const
{
    const Object &table = *diff_.to(item);
    const Object &before = *diff_.from(item);
    Object old = before;
    old.name = provisional_name(before);
    // A partitioned table has no rows itself. Those of partitions that are not made anew stay in them.
    bool has_rows = !before.has("partition_key") || item.rows_go_to_parent ||
                    before.text("partition_key") != table.text("partition_key");
    const Object *into = &table;
    List names;
    List values;
    CompositeCasts made;
    bool has_identity = false;
    for (ObjectIndex part = item.to + 1; part < diff_.target.end_of_children(item.to); part++) {
        const Object &column = diff_.target[part];
        if (column.kind == Kind::inheritance && item.rows_go_to_parent)
            if (ObjectIndex above = table_above(diff_.target, part); above != no_object)
                into = &diff_.target[above];
        const Object *was = column.kind == Kind::column ? diff_.source.find_object(id(column)) : nullptr;
        if (was == nullptr || column.has("generated"))
            continue;
        std::string name = script.quote(column.name);
        names.push_back(name);
        std::string value = script.converter->convert(name, was->text("type"), column.text("type")).expression;
        create_casts_between(script, was->text("type"), column.text("type"), made);
        values.push_back(value.empty() ? name : value);
        has_identity = has_identity || column.has("identity");
    }
    if (has_rows && !names.empty()) {
        if (before.flag("row_security"))
            script.add("ALTER TABLE {} DISABLE ROW LEVEL SECURITY", script.qualified(old));
        add_for_all_rows(
            script, *into,
            fmt::format("INSERT INTO {} ({}){} SELECT {} FROM {}{}", script.qualified(*into), fmt::join(names, ", "),
                        has_identity || item.rows_go_to_parent ? " OVERRIDING SYSTEM VALUE" : "",
                        fmt::join(values, ", "), before.has("partition_key") ? "" : "ONLY ", script.qualified(old)));
    }
    drop_composite_casts(script, made.casts);
    move_sequences(script, item);
}

// The sequences of identity columns go on where they were.
void Renderer::move_sequences(Script &script, const Item &item) const
{
    for (ObjectIndex part = item.to + 1; part < diff_.target.end_of_children(item.to); part++) {
        const Object &column = diff_.target[part];
        const Object *was = column.has("identity") ? diff_.source.find_object(id(column)) : nullptr;
        if (was == nullptr)
            continue;
        if (was->has("identity"))
            script.add("SELECT pg_catalog.setval({}, last_value, is_called) FROM {}",
                       quote_literal(column.text("identity_sequence")),
                       script.qualified(column.schema, provisional_name(identity_sequence(*was))));
        else
            continue_sequence(script, column.text("identity_sequence"), column);
    }
}

void Renderer::finish(Script &script, const Item &item) const
{
    Object old = *diff_.from(item);
    if (old.kind == Kind::table)
        move_rows(script, item);
    if (has_cast(item))
        drop_composite_cast(script, successor_cast(script, *diff_.to(item), provisional_name(old)));
    old.name = provisional_name(old);
    rules_of(old.kind).drop(script, old);
}

} // namespace linkgress::core
