#include "core/kinds/column_settings.hpp"

#include "core/kinds/options.hpp"

namespace linkgress::core {

void alter_one(Script &script, const Object &column, const std::string &action)
{
    script.add("ALTER TABLE ONLY {} ALTER COLUMN {} {}", script.parent(column), script.quote(column.name), action);
}

namespace {

void set_storage(Script &script, const Change &change)
{
    const std::string &storage = change.to.text("storage");
    alter_one(script, change.to, "SET STORAGE " + (storage.empty() ? change.from.text("type_storage") : storage));
}

void set_compression(Script &script, const Change &change)
{
    alter_one(script, change.to,
              "SET COMPRESSION " + (change.to.has("compression") ? change.to.text("compression") : "default"));
}

void set_statistics(Script &script, const Change &change)
{
    alter_one(script, change.to, fmt::format("SET STATISTICS {}", change.to.number("statistics", -1)));
}

void set_column_options(Script &script, const Change &change)
{
    for (const std::string &action : option_actions(script, change.from.list("options"), change.to.list("options")))
        alter_one(script, change.to, action);
}

} // namespace

std::vector<Attribute> with_settings(std::vector<Attribute> attributes)
{
    attributes.push_back(altered(text("storage"), set_storage));
    attributes.push_back(text("type_storage", Means::nothing)); // that of its type, where it has another one
    attributes.push_back(altered(text("compression"), set_compression));
    attributes.push_back(altered(number("statistics"), set_statistics));
    attributes.push_back(altered(list("options"), set_column_options));
    return attributes;
}

void add_settings(Script &script, const Object &column)
{
    Object bare;
    bare.kind = column.kind;
    Change change{bare, column};
    if (column.has("storage"))
        set_storage(script, change);
    if (column.has("compression"))
        set_compression(script, change);
    if (column.has("statistics"))
        set_statistics(script, change);
    if (column.has("options"))
        set_column_options(script, change);
}

} // namespace linkgress::core
