// Foreign-data wrappers, servers and user mappings.

#include "core/kinds/options.hpp"
#include "core/script.hpp"
#include "core/snapshot.hpp"
#include "core/text.hpp"

namespace linkgress::core {

namespace {

std::string options_clause(const Script &script, const Object &object)
{
    return object.has("options") ? fmt::format(" OPTIONS ({})", fdw_options(script, object.list("options"))) : "";
}

void alter_options(Script &script, const Change &change)
{
    script.add("ALTER {} {} OPTIONS ({})", rules_of(change.to.kind).keyword, script.reference(change.to),
               fdw_option_changes(script, change.from.list("options"), change.to.list("options")));
}

// ---- Wrappers

void create_wrapper(Script &script, const Object &wrapper)
{
    script.add("CREATE FOREIGN DATA WRAPPER {}{}{}{}", script.quote(wrapper.name),
               wrapper.has("handler") ? " HANDLER " + wrapper.text("handler") : "",
               wrapper.has("validator") ? " VALIDATOR " + wrapper.text("validator") : "",
               options_clause(script, wrapper));
    add_common(script, wrapper);
}

// In one statement: the validator looks at the options.
void alter_wrapper(Script &script, const Change &change)
{
    const auto &[from, to] = change;
    std::string sql;
    if (from.text("handler") != to.text("handler"))
        sql += to.has("handler") ? " HANDLER " + to.text("handler") : " NO HANDLER";
    if (from.text("validator") != to.text("validator"))
        sql += to.has("validator") ? " VALIDATOR " + to.text("validator") : " NO VALIDATOR";
    if (from.list("options") != to.list("options"))
        sql += fmt::format(" OPTIONS ({})", fdw_option_changes(script, from.list("options"), to.list("options")));
    if (!sql.empty())
        script.add("ALTER FOREIGN DATA WRAPPER {}{}", script.quote(to.name), sql);
    alter_attributes(script, change);
}

// ---- Servers

void create_server(Script &script, const Object &server)
{
    script.add("CREATE SERVER {}{}{} FOREIGN DATA WRAPPER {}{}", script.quote(server.name),
               server.has("type") ? " TYPE " + quote_literal(server.text("type")) : "",
               server.has("version") ? " VERSION " + quote_literal(server.text("version")) : "", server.text("wrapper"),
               options_clause(script, server));
    add_common(script, server);
}

// Its mappings do not go by themselves.
void drop_server(Script &script, const Object &server)
{
    ObjectIndex index = script.source().find(id(server)).value_or(no_object);
    if (index != no_object)
        for (ObjectIndex child = index + 1; child < script.source().end_of_children(index); child++)
            drop_by_keyword(script, script.source()[child]);
    drop_by_keyword(script, server);
}

void set_version(Script &script, const Change &change)
{
    script.add("ALTER SERVER {} VERSION {}", script.quote(change.to.name),
               change.to.has("version") ? quote_literal(change.to.text("version")) : "NULL");
}

// ---- User mappings. The options of others' can be hidden from who takes the snapshot.

void create_mapping(Script &script, const Object &mapping)
{
    script.add("CREATE USER MAPPING {}{}", script.reference(mapping), options_clause(script, mapping));
}

} // namespace

std::vector<KindRules> foreign_data_kinds()
{
    return {
        {Kind::foreign_data_wrapper, "foreign_data_wrapper", nullptr, "FOREIGN DATA WRAPPER", NameSpace::none,
         with_common({
             altered(text("handler"), nullptr),
             altered(text("validator"), nullptr),
             altered(list("options"), nullptr),
         }),
         create_wrapper, drop_by_keyword, alter_wrapper},
        {Kind::server, "server", nullptr, "SERVER", NameSpace::none,
         with_common({
             text("wrapper"),
             text("type"),
             altered(text("version"), set_version),
             altered(list("options"), alter_options),
         }),
         create_server, drop_server},
        {Kind::user_mapping,
         "user_mapping",
         "user_mappings",
         "USER MAPPING",
         NameSpace::none,
         {secret(altered(list("options"), alter_options)), flag("hidden", Means::nothing)},
         create_mapping,
         drop_by_keyword},
    };
}

} // namespace linkgress::core
