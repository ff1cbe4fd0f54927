// Schemas and extensions; privileges on what is no object of ours: members of extensions, and the server's own.

#include "core/kinds/options.hpp"
#include "core/script.hpp"
#include "core/snapshot.hpp"
#include "core/text.hpp"

namespace linkgress::core {

namespace {

void create_schema(Script &script, const Object &schema)
{
    // This one is in every new database.
    script.add("CREATE SCHEMA {}{}", schema.name == "public" ? "IF NOT EXISTS " : "", script.quote(schema.name));
    add_common(script, schema);
}

void create_extension(Script &script, const Object &extension)
{
    script.add("CREATE EXTENSION IF NOT EXISTS {} WITH SCHEMA {} VERSION {}", script.quote(extension.name),
               script.quote(extension.text("in_schema")), quote_literal(extension.text("version")));
    add_common(script, extension);
}

void update_extension(Script &script, const Change &change)
{
    script.add("ALTER EXTENSION {} UPDATE TO {}", script.quote(change.to.name),
               quote_literal(change.to.text("version")));
}

void move_extension(Script &script, const Change &change)
{
    script.add("ALTER EXTENSION {} SET SCHEMA {}", script.quote(change.to.name),
               script.quote(change.to.text("in_schema")));
}

// As it was when its extension, or the database, was created. With its extension it goes by itself.
void reset_privileges(Script &script, const Object &privileges)
{
    const Snapshot &source = script.source();
    for (ObjectIndex on : source.dependencies(source.find(id(privileges)).value()))
        if (source[on].kind == Kind::extension && !script.target().find(id(source[on])))
            return;
    Object bare = privileges;
    bare.values.clear();
    change_privileges(script, {privileges, bare});
}

} // namespace

std::vector<KindRules> other_kinds()
{
    return {
        {Kind::schema, "schema", nullptr, "SCHEMA", NameSpace::none, with_common({}), create_schema, drop_by_keyword},
        {Kind::extension, "extension", nullptr, "EXTENSION", NameSpace::none,
         with_comment({altered(text("in_schema"), move_extension), altered(text("version"), update_extension)}),
         create_extension, drop_by_keyword},
        {Kind::privileges, "privileges", nullptr, nullptr, NameSpace::none, with_grants({}), add_privileges,
         reset_privileges},
    };
}

} // namespace linkgress::core
