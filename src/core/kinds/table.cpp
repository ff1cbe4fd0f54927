// Tables, what they inherit, and which of their indexes they use.

#include "core/inheritance.hpp"
#include "core/kinds/column.hpp"
#include "core/kinds/column_settings.hpp"
#include "core/kinds/options.hpp"
#include "core/script.hpp"
#include "core/snapshot.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace linkgress::core {

namespace {

// ---- Tables

// What a new table inherits it does not say again; a partition says everything.
bool comes_from_parent(const Object &table, const Object &column)
{
    return column.flag("inherited") && !table.flag("partition");
}

List columns_of_new(Script &script, const Object &table)
{
    if (script.is_like_parent) {
        const Snapshot &target = script.target();
        ObjectIndex link = links_of(target, target.index_of(table)).front();
        return {fmt::format("    LIKE {} INCLUDING CONSTRAINTS INCLUDING GENERATED", target[link].text("of"))};
    }
    std::vector<const Object *> columns;
    for (const Object *child : script.children)
        if (child->kind == Kind::column && !comes_from_parent(table, *child))
            columns.push_back(child);
    std::sort(columns.begin(), columns.end(), is_before);
    List definitions;
    for (const Object *column : columns)
        definitions.push_back("    " + column_definition(script, *column));
    return definitions;
}

List parents_of_new(const Script &script)
{
    std::vector<const Object *> parents;
    for (const Object *child : script.children)
        if (child->kind == Kind::inheritance)
            parents.push_back(child);
    std::sort(parents.begin(), parents.end(), is_before);
    List names;
    for (const Object *parent : parents)
        names.push_back(parent->text("of"));
    return names;
}

// What a new table has in a column in another way than the one that it is inherited from
void add_inherited_column(Script &script, const Object &column)
{
    const Snapshot &target = script.target();
    Object bare;
    bare.kind = Kind::column;
    if (column.has("fdw_options"))
        set_fdw_options(script, {bare, column});
    ObjectIndex above = part_above(target, target.index_of(column));
    if (above == no_object)
        return;
    if (column.flag("not_null") && !target[above].flag("not_null"))
        alter_one(script, column, "SET NOT NULL");
    Object key = target[above];
    key.kind = Kind::column_default;
    key.values.clear();
    const Object *inherited = target.find_object(id(key));
    const Object *before = script.source().find_object(id(key));
    const Object *own = script.default_of(column);
    // The table above may get its default only later.
    bool is_there = !script.is_like_parent && inherited != nullptr && before == nullptr &&
                    !script.source().find(id(target[target.parent(above)]));
    if (own != nullptr && (!is_there || inherited->values != own->values))
        alter_one(script, column, "SET DEFAULT " + own->text("expression"));
    else if (own == nullptr && !script.is_like_parent && (inherited != nullptr || before != nullptr) &&
             !column.has("generated"))
        alter_one(script, column, "DROP DEFAULT");
}

void add_children(Script &script, const Object &table)
{
    for (const Object *child : script.children) {
        if (child->kind != Kind::column)
            continue;
        if (comes_from_parent(table, *child) || script.is_like_parent)
            add_inherited_column(script, *child);
        add_column_settings(script, *child);
    }
}

void set_row_security(Script &script, const Change &change)
{
    script.add("ALTER TABLE {} {} ROW LEVEL SECURITY", script.qualified(change.to),
               change.to.flag("row_security") ? "ENABLE" : "DISABLE");
}

void force_row_security(Script &script, const Change &change)
{
    script.add("ALTER TABLE {} {} ROW LEVEL SECURITY", script.qualified(change.to),
               change.to.flag("force_row_security") ? "FORCE" : "NO FORCE");
}

void set_replica_identity(Script &script, const Change &change)
{
    script.add("ALTER TABLE ONLY {} REPLICA IDENTITY {}", script.qualified(change.to),
               change.to.has("replica_identity") ? change.to.text("replica_identity") : "DEFAULT");
}

void set_persistence(Script &script, const Change &change)
{
    script.add("ALTER TABLE {} SET {}", script.qualified(change.to),
               change.to.flag("unlogged") ? "UNLOGGED" : "LOGGED");
}

void set_type_of_table(Script &script, const Change &change)
{
    script.add("ALTER TABLE {} {}", script.qualified(change.to),
               change.to.has("of_type") ? "OF " + change.to.text("of_type") : "NOT OF");
}

void set_access_method(Script &script, const Change &change)
{
    script.add("ALTER {} {} SET ACCESS METHOD {}", rules_of(change.to.kind).keyword, script.qualified(change.to),
               change.to.has("access_method") ? change.to.text("access_method") : "heap");
}

void create_table(Script &script, const Object &table)
{
    std::string sql =
        fmt::format("CREATE {}TABLE {} (", table.flag("unlogged") ? "UNLOGGED " : "", script.qualified(table));
    if (List columns = columns_of_new(script, table); !columns.empty())
        sql += fmt::format("\n{}\n", fmt::join(columns, ",\n"));
    sql += ")";
    if (List parents = parents_of_new(script); !parents.empty())
        sql += fmt::format("\nINHERITS ({})", fmt::join(parents, ", "));
    if (table.has("partition_key"))
        sql += "\nPARTITION BY " + table.text("partition_key");
    if (table.has("access_method"))
        sql += "\nUSING " + table.text("access_method");
    if (table.has("options"))
        sql += fmt::format("\nWITH ({})", options(script, table.list("options")));
    if (table.has("tablespace"))
        sql += "\nTABLESPACE " + table.text("tablespace");
    script.add_text(sql);
    Object bare;
    bare.kind = table.kind;
    Change change{bare, table};
    if (table.has("of_type"))
        set_type_of_table(script, change);
    if (table.flag("row_security"))
        set_row_security(script, change);
    if (table.flag("force_row_security"))
        force_row_security(script, change);
    if (table.has("replica_identity"))
        set_replica_identity(script, change);
    add_common(script, table);
    add_children(script, table);
}

KindRules table_rules()
{
    return {Kind::table,
            "table",
            nullptr,
            "TABLE",
            NameSpace::relation_and_type,
            with_common({
                altered(flag("unlogged"), set_persistence),
                text("partition_key"),
                altered(text("of_type"), set_type_of_table),
                altered(text("access_method"), set_access_method),
                altered(text("tablespace"), set_tablespace),
                altered(list("options"), set_options),
                altered(flag("row_security"), set_row_security),
                altered(flag("force_row_security"), force_row_security),
                altered(text("replica_identity"), set_replica_identity),
                flag("partition", Means::nothing),
            }),
            create_table,
            drop_by_keyword};
}

void create_foreign_table(Script &script, const Object &table)
{
    std::string sql = fmt::format("CREATE FOREIGN TABLE {} (", script.qualified(table));
    if (List columns = columns_of_new(script, table); !columns.empty())
        sql += fmt::format("\n{}\n", fmt::join(columns, ",\n"));
    sql += ")";
    if (List parents = parents_of_new(script); !parents.empty())
        sql += fmt::format("\nINHERITS ({})", fmt::join(parents, ", "));
    sql += "\nSERVER " + table.text("server");
    if (table.has("fdw_options"))
        sql += fmt::format("\nOPTIONS ({})", fdw_options(script, table.list("fdw_options")));
    script.add_text(sql);
    add_common(script, table);
    add_children(script, table);
}

void alter_foreign_table_options(Script &script, const Change &change)
{
    script.add("ALTER FOREIGN TABLE {} OPTIONS ({})", script.qualified(change.to),
               fdw_option_changes(script, change.from.list("fdw_options"), change.to.list("fdw_options")));
}

KindRules foreign_table_rules()
{
    return {Kind::foreign_table,
            "foreign_table",
            nullptr,
            "FOREIGN TABLE",
            NameSpace::relation_and_type,
            with_common({
                text("server"),
                altered(list("fdw_options"), alter_foreign_table_options),
                flag("partition", Means::nothing),
            }),
            create_foreign_table,
            drop_by_keyword};
}

// ---- Inheritance and partitions

void inherit(Script &script, const Object &link)
{
    if (link.has("bound"))
        script.add("ALTER TABLE ONLY {} ATTACH PARTITION {} {}", link.text("of"), script.parent(link),
                   link.text("bound"));
    else
        script.add("ALTER TABLE ONLY {} INHERIT {}", script.parent(link), link.text("of"));
}

void disinherit(Script &script, const Object &link)
{
    if (link.has("bound"))
        script.add("ALTER TABLE ONLY {} DETACH PARTITION {}", link.text("of"), script.parent(link));
    else
        script.add("ALTER TABLE ONLY {} NO INHERIT {}", script.parent(link), link.text("of"));
}

KindRules inheritance_rules()
{
    return {Kind::inheritance, "inheritance",   "inherits",
            nullptr,           NameSpace::none, {text("of"), text("bound"), number("position", Means::nothing)},
            inherit,           disinherit,      nullptr,
            Kind::table};
}

// ---- What refers to an index of the table

void use_for_replica_identity(Script &script, const Object &object)
{
    script.add("ALTER TABLE ONLY {} REPLICA IDENTITY USING INDEX {}", script.parent(object), script.quote(object.name));
}

void reset_replica_identity(Script &script, const Object &object)
{
    script.add("ALTER TABLE ONLY {} REPLICA IDENTITY DEFAULT", script.parent(object));
}

void cluster_on(Script &script, const Object &object)
{
    script.add("ALTER TABLE {} CLUSTER ON {}", script.parent(object), script.quote(object.name));
}

void set_without_cluster(Script &script, const Object &object)
{
    script.add("ALTER TABLE {} SET WITHOUT CLUSTER", script.parent(object));
}

} // namespace

std::vector<KindRules> table_kinds()
{
    return {
        table_rules(),
        foreign_table_rules(),
        inheritance_rules(),
        {Kind::replica_identity,
         "replica_identity",
         "replica_identities",
         nullptr,
         NameSpace::none,
         {},
         use_for_replica_identity,
         reset_replica_identity,
         nullptr,
         Kind::table},
        {Kind::clustering,
         "clustering",
         "clusterings",
         nullptr,
         NameSpace::none,
         {},
         cluster_on,
         set_without_cluster,
         nullptr,
         Kind::table},
    };
}

} // namespace linkgress::core
