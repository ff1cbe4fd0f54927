// Views and materialized views.

#include "core/kinds/column_settings.hpp"
#include "core/kinds/options.hpp"
#include "core/script.hpp"

#include <algorithm>

namespace linkgress::core {

namespace {

std::string with_options(const Script &script, const Object &object)
{
    return object.has("options") ? fmt::format(" WITH ({})", options(script, object.list("options"))) : "";
}

// pg_get_viewdef() ends in a semicolon.
std::string query_of(const Object &view)
{
    std::string query = view.text("definition");
    while (!query.empty() && (query.back() == ';' || query.back() == ' ' || query.back() == '\n'))
        query.pop_back();
    return query;
}

void create_view(Script &script, const Object &view)
{
    script.add("CREATE {}VIEW {}{} AS\n{}", script.has_shell ? "OR REPLACE " : "", script.qualified(view),
               with_options(script, view), query_of(view));
    add_common(script, view);
}

// CREATE OR REPLACE VIEW can add columns at the end, nothing else.
bool keeps_columns(const Change &change)
{
    const List &from = change.from.list("column_list");
    const List &to = change.to.list("column_list");
    return from.size() <= to.size() && std::equal(from.begin(), from.end(), to.begin());
}

void alter_view(Script &script, const Change &change)
{
    if (change.from.text("definition") != change.to.text("definition"))
        script.add("CREATE OR REPLACE VIEW {}{} AS\n{}", script.qualified(change.to), with_options(script, change.to),
                   query_of(change.to));
    else if (change.from.list("options") != change.to.list("options"))
        set_options(script, change);
    alter_attributes(script, change);
}

void refresh(Script &script, const Object &view)
{
    script.add("REFRESH MATERIALIZED VIEW {} WITH {}DATA", script.qualified(view),
               view.flag("unpopulated") ? "NO " : "");
}

// Its query calls functions with the rights of its owner: there is no row before it has the owner that it is to have.
void create_without_data(Script &script, const Object &view)
{
    script.add("CREATE MATERIALIZED VIEW {}{}{}{} AS\n{}\nWITH NO DATA", script.qualified(view),
               view.has("access_method") ? " USING " + view.text("access_method") : "", with_options(script, view),
               view.has("tablespace") ? " TABLESPACE " + view.text("tablespace") : "", query_of(view));
}

// Others read the old one meanwhile. This one has its owner, whose rights its query runs with, and nothing else yet.
void compute_beside(Script &script, const Object &view)
{
    Object beside = view;
    beside.name = script.online->provisional;
    Script first = script;
    create_without_data(first, beside);
    if (view.has("owner"))
        first.add("ALTER MATERIALIZED VIEW {} OWNER TO {}", script.qualified(beside), script.quote(view.text("owner")));
    refresh(first, beside);
    for (const Statement &statement : first.written())
        script.add_text(statement.text, Phase::before);
    script.add("ALTER MATERIALIZED VIEW {} RENAME TO {}", script.qualified(beside), script.quote(view.name));
    add_common(script, view);
}

void create_materialized_view(Script &script, const Object &view)
{
    if (script.online != nullptr && !script.online->provisional.empty()) {
        compute_beside(script, view);
        return;
    }
    create_without_data(script, view);
    add_common(script, view);
    if (!view.flag("unpopulated"))
        refresh(script, view);
}

void populate(Script &script, const Change &change)
{
    refresh(script, change.to);
}

void set_access_method(Script &script, const Change &change)
{
    script.add("ALTER MATERIALIZED VIEW {} SET ACCESS METHOD {}", script.qualified(change.to),
               change.to.has("access_method") ? change.to.text("access_method") : "heap");
}

// A column of a view is an object of its own where there is something to say of it.
void set_up_column(Script &script, const Object &column)
{
    add_settings(script, column);
    add_common(script, column);
}

void clear_column(Script &script, const Object &column)
{
    Object bare = column;
    bare.values.clear();
    alter_attributes(script, {column, bare});
}

} // namespace

std::vector<KindRules> view_kinds()
{
    return {
        {Kind::view, "view", nullptr, "VIEW", NameSpace::relation_and_type,
         with_common({
             altered(text("definition"), nullptr, keeps_columns),
             list("column_list", Means::nothing),
             altered(list("options"), nullptr),
         }),
         create_view, drop_by_keyword, alter_view},
        {Kind::materialized_view, "materialized_view", nullptr, "MATERIALIZED VIEW", NameSpace::relation_and_type,
         with_common({
             text("definition"),
             altered(list("options"), set_options),
             altered(text("access_method"), set_access_method),
             altered(text("tablespace"), set_tablespace),
             altered(flag("unpopulated"), populate),
         }),
         create_materialized_view, drop_by_keyword},
        {Kind::view_column, "view_column", "view_columns", "COLUMN", NameSpace::none, with_settings(with_common({})),
         set_up_column, clear_column, nullptr, Kind::column},
    };
}

} // namespace linkgress::core
