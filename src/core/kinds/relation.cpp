// Tables, and what belongs to them.

#include "core/conversion.hpp"
#include "core/inheritance.hpp"
#include "core/kinds/column_settings.hpp"
#include "core/kinds/options.hpp"
#include "core/script.hpp"
#include "core/snapshot.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace linkgress::core {

namespace {

// ---- Columns

std::string identity_clause(const Object &column)
{
    std::string options = fmt::format("SEQUENCE NAME {}", column.text("identity_sequence"));
    if (column.has("identity_options"))
        options += " " + column.text("identity_options");
    return fmt::format("GENERATED {} AS IDENTITY ({})", column.text("identity"), options);
}

std::string collate_clause(const Object &column)
{
    return column.has("collation") ? " COLLATE " + column.text("collation") : "";
}

// There are no rows here, and no ALTER TYPE … USING.
bool is_foreign(const Script &script, const Object &column)
{
    Object table;
    table.kind = Kind::foreign_table;
    table.schema = column.schema;
    table.name = column.parent;
    return script.target().find(id(table)).has_value();
}

const Object *default_of(const Script &script, const Object &column)
{
    for (const Object *child : script.children)
        if (child->kind == Kind::column_default && child->name == column.name)
            return child;
    return nullptr;
}

std::string column_definition(const Script &script, const Object &column)
{
    std::string clause = fmt::format("{} {}", script.quote(column.name), column.text("type"));
    if (column.has("fdw_options"))
        clause += fmt::format(" OPTIONS ({})", fdw_options(script, column.list("fdw_options")));
    clause += collate_clause(column);
    if (column.has("generated"))
        clause += fmt::format(" GENERATED ALWAYS AS ({}) {}", column.text("generated"),
                              column.flag("virtual") ? "VIRTUAL" : "STORED");
    if (const Object *expression = default_of(script, column))
        clause += " DEFAULT " + expression->text("expression");
    if (column.has("identity"))
        clause += " " + identity_clause(column);
    if (column.flag("not_null"))
        clause += column.has("not_null_name")
                      ? fmt::format(" CONSTRAINT {} NOT NULL", script.quote(column.text("not_null_name")))
                      : " NOT NULL";
    return clause;
}

void set_fdw_options(Script &script, const Change &change)
{
    alter_one(script, change.to,
              fmt::format("OPTIONS ({})",
                          fdw_option_changes(script, change.from.list("fdw_options"), change.to.list("fdw_options"))));
}

// It has the owner of the table.
Object identity_sequence(const Snapshot &snapshot, const Object &column)
{
    Object sequence = identity_sequence(column);
    if (const Object *table = table_of(snapshot, column); table != nullptr && table->has("owner"))
        sequence.set("owner", table->text("owner"));
    return sequence;
}

// What CREATE TABLE and ADD COLUMN cannot say.
void add_column_settings(Script &script, const Object &column)
{
    add_settings(script, column);
    if (column.has("identity"))
        add_privileges(script, identity_sequence(script.target(), column));
    add_common(script, column);
}

void add_column(Script &script, const Object &column)
{
    script.add("ALTER TABLE {} ADD COLUMN {}", script.parent(column), column_definition(script, column));
    add_column_settings(script, column);
}

void drop_column(Script &script, const Object &column)
{
    script.add("ALTER TABLE {}{} DROP COLUMN {}", script.stays_in_children ? "ONLY " : "", script.parent(column),
               script.quote(column.name));
}

void change_type(Script &script, const Change &change)
{
    std::string column = script.quote(change.to.name);
    const std::string &from = change.from.text("type");
    const std::string &to = change.to.text("type");
    std::string expression =
        script.type_is_replaced ? rebuild(script, column, from, to) : convert(column, from, to).expression;
    if (script.type_is_replaced && expression == column)
        expression = fmt::format("{}::text::{}", column, to);
    script.add("ALTER TABLE {} ALTER COLUMN {} TYPE {}{}{}", script.parent(change.to), column, to,
               collate_clause(change.to),
               expression.empty() || is_foreign(script, change.to) ? "" : " USING " + expression);
}

void add_identity(Script &script, const Object &column)
{
    std::string name = script.quote(column.name);
    script.add("ALTER TABLE {} ALTER COLUMN {} ADD {}", script.parent(column), name, identity_clause(column));
    add_privileges(script, identity_sequence(script.target(), column));
    continue_sequence(script, column.text("identity_sequence"), script.parent(column), name);
}

// A sequence that stands before its new lower bound goes there; the server would refuse the bound.
void advance_sequence(Script &script, const std::string &sequence, std::int64_t minimum)
{
    script.add("SELECT pg_catalog.setval({}, {}, false) FROM {} WHERE last_value < {}", quote_literal(sequence),
               minimum, sequence, minimum);
}

// "INCREMENT BY 5 MINVALUE 10"
std::int64_t option_number(const std::string &options, std::string_view keyword, std::int64_t otherwise)
{
    std::size_t place = options.find(keyword);
    return place == options.npos ? otherwise : std::atoll(options.c_str() + place + keyword.size());
}

// With those that are as in every new sequence, and therefore not among them
std::string all_options(std::string options)
{
    for (const char *option : {"INCREMENT BY 1", "NO MINVALUE", "NO MAXVALUE", "START WITH 1", "CACHE 1", "NO CYCLE"}) {
        std::string_view keyword = option;
        keyword.remove_prefix(keyword.starts_with("NO ") ? 3 : 0);
        keyword = keyword.substr(0, keyword.find(' '));
        if (options.find(keyword) == options.npos)
            options += fmt::format("{}{}", options.empty() ? "" : " ", option);
    }
    return options;
}

void change_identity(Script &script, const Change &change)
{
    const Object &to = change.to;
    if (change.from.text("identity") != to.text("identity"))
        alter_one(script, to, "SET GENERATED " + to.text("identity"));
    const std::string &from_sequence = change.from.text("identity_sequence");
    const std::string &to_sequence = to.text("identity_sequence");
    if (from_sequence != to_sequence)
        script.add("ALTER SEQUENCE {} RENAME TO {}", from_sequence, bare_name(to_sequence));
    std::int64_t minimum = option_number(to.text("identity_options"), "MINVALUE ", 1);
    if (minimum > option_number(change.from.text("identity_options"), "MINVALUE ", 1))
        advance_sequence(script, to_sequence, minimum);
    if (change.from.text("identity_options") != to.text("identity_options"))
        script.add("ALTER SEQUENCE {} {}", to_sequence, all_options(to.text("identity_options")));
    change_privileges(script,
                      {identity_sequence(script.source(), change.from), identity_sequence(script.target(), to)});
}

// Partitions that are to keep it have lost it with their table.
void restore_not_null(Script &script, const Object &column)
{
    const Snapshot &target = script.target();
    for (ObjectIndex i = 0; i < target.size(); i++) {
        const Object &other = target[i];
        if (other.kind != Kind::column || other.name != column.name || !other.flag("not_null"))
            continue;
        const Object *before = script.source().find_object(id(other));
        for (ObjectIndex above = part_above(target, i); above != no_object; above = part_above(target, above))
            if (id(target[above]) == id(column) && before != nullptr && before->flag("not_null"))
                script.add("ALTER TABLE {} ALTER COLUMN {} SET NOT NULL", script.parent(other),
                           script.quote(other.name));
    }
}

void change_nullability(Script &script, const Change &change)
{
    const Object &to = change.to;
    if (change.from.flag("not_null") == to.flag("not_null"))
        return;
    // Children may still need it; partitions may not differ.
    bool only = !to.flag("not_null") && !is_partitioned(script.target(), to);
    script.add("ALTER TABLE {}{} ALTER COLUMN {} {} NOT NULL", only ? "ONLY " : "", script.parent(to),
               script.quote(to.name), to.flag("not_null") ? "SET" : "DROP");
    if (!to.flag("not_null") && !only)
        restore_not_null(script, to);
}

// A column of another type has the settings of that type; whether it keeps its options is up to the server.
Object after_retype(const Object &from, const Object &to)
{
    Object column = from;
    column.remove("storage");
    column.remove("compression");
    const std::vector<Attribute> &attributes = rules_of(from.kind).attributes;
    for (auto &[number, value] : column.values)
        if (std::string_view(attributes[number].name) == "options")
            value = only_in(from.list("options"), to.list("options"));
    return column;
}

// The table above loses it, too, which reaches this one: it cannot be dropped from an inherited column.
bool loses_expression_above(const Script &script, const Object &column)
{
    std::optional<ObjectIndex> index = script.source().find(id(column));
    ObjectIndex above = index ? part_above(script.source(), *index) : no_object;
    if (above == no_object)
        return false;
    std::optional<ObjectIndex> own = script.target().find(id(column));
    ObjectIndex after = own ? part_above(script.target(), *own) : no_object;
    return after != no_object && id(script.target()[after]) == id(script.source()[above]) &&
           !script.target()[after].has("generated");
}

void alter_column(Script &script, const Change &change)
{
    const auto &[from, to] = change;
    if (from.has("generated") && !to.has("generated") && !loses_expression_above(script, from))
        script.add("ALTER TABLE {} ALTER COLUMN {} DROP EXPRESSION", script.parent(to), script.quote(to.name));
    if (from.has("identity") && !to.has("identity"))
        script.add("ALTER TABLE {} ALTER COLUMN {} DROP IDENTITY", script.parent(to), script.quote(to.name));
    bool is_retyped = script.type_is_replaced || from.text("type") != to.text("type") ||
                      from.text("collation") != to.text("collation");
    if (is_retyped && !script.is_through_parent)
        change_type(script, change);
    Object before = is_retyped ? after_retype(from, to) : from;
    change_nullability(script, change);
    if (!from.has("identity") && to.has("identity"))
        add_identity(script, to);
    else if (from.has("identity") && to.has("identity"))
        change_identity(script, change);
    alter_attributes(script, {before, to});
}

bool loses_expression(const Change &change)
{
    return !change.to.has("generated");
}

KindRules column_rules()
{
    return {Kind::column,
            "column",
            "columns",
            "COLUMN",
            NameSpace::none,
            with_settings(with_common({
                altered(text("type"), nullptr),
                altered(text("collation"), nullptr),
                altered(flag("not_null"), nullptr),
                text("not_null_name", Means::nothing),
                altered(text("generated"), nullptr, loses_expression),
                altered(flag("virtual"), nullptr, loses_expression),
                altered(text("identity"), nullptr),
                altered(text("identity_sequence"), nullptr),
                altered(text("identity_options"), nullptr),
                altered(list("identity_grants"), nullptr),
                altered(list("identity_revoked"), nullptr),
                altered(list("fdw_options"), set_fdw_options),
                flag("inherited", Means::nothing),
                number("position", Means::nothing),
            })),
            add_column,
            drop_column,
            alter_column};
}

// ---- Defaults, which have dependencies of their own

void set_default(Script &script, const Object &object)
{
    alter_one(script, object, "SET DEFAULT " + object.text("expression"));
}

void drop_default(Script &script, const Object &object)
{
    alter_one(script, object, "DROP DEFAULT");
}

void change_default(Script &script, const Change &change)
{
    set_default(script, change.to);
}

KindRules default_rules()
{
    return {Kind::column_default,
            "default",
            "defaults",
            nullptr,
            NameSpace::none,
            {altered(text("expression"), change_default)},
            set_default,
            drop_default,
            nullptr,
            Kind::column};
}

// ---- Tables

// What a new table inherits it does not say again; a partition says everything.
bool comes_from_parent(const Object &table, const Object &column)
{
    return column.flag("inherited") && !table.flag("partition");
}

List columns_of_new(const Script &script, const Object &table)
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
    const Object *own = default_of(script, column);
    // The table above may get its default only later.
    bool is_there = !script.is_like_parent && inherited != nullptr &&
                    (before == nullptr ? !script.source().find(id(target[target.parent(above)]))
                                       : before->values == inherited->values);
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

// ---- Sequences

std::string sequence_options(const Object &sequence)
{
    std::string sql = fmt::format("AS {} INCREMENT BY {}", sequence.has("type") ? sequence.text("type") : "bigint",
                                  sequence.number("increment", 1));
    sql += sequence.has("minimum") ? fmt::format(" MINVALUE {}", sequence.number("minimum")) : " NO MINVALUE";
    sql += sequence.has("maximum") ? fmt::format(" MAXVALUE {}", sequence.number("maximum")) : " NO MAXVALUE";
    sql += fmt::format(" START WITH {} CACHE {} {}CYCLE", sequence.number("start", 1), sequence.number("cache", 1),
                       sequence.flag("cycle") ? "" : "NO ");
    return sql;
}

void create_sequence(Script &script, const Object &sequence)
{
    script.add("CREATE {}SEQUENCE {} {}", sequence.flag("unlogged") ? "UNLOGGED " : "", script.qualified(sequence),
               sequence_options(sequence));
    add_common(script, sequence);
}

void alter_sequence(Script &script, const Change &change)
{
    std::int64_t minimum = change.to.number("minimum", 1);
    if (change.to.number("increment", 1) > 0 && minimum > change.from.number("minimum", 1))
        advance_sequence(script, script.qualified(change.to), minimum);
    if (std::string options = sequence_options(change.to); options != sequence_options(change.from))
        script.add("ALTER SEQUENCE {} {}", script.qualified(change.to), options);
    if (change.from.flag("unlogged") != change.to.flag("unlogged"))
        script.add("ALTER SEQUENCE {} SET {}", script.qualified(change.to),
                   change.to.flag("unlogged") ? "UNLOGGED" : "LOGGED");
    alter_attributes(script, change);
}

KindRules sequence_rules()
{
    return {Kind::sequence,
            "sequence",
            nullptr,
            "SEQUENCE",
            NameSpace::relation,
            with_common({
                altered(text("type"), nullptr),
                altered(number("start"), nullptr),
                altered(number("increment"), nullptr),
                altered(number("minimum"), nullptr),
                altered(number("maximum"), nullptr),
                altered(number("cache"), nullptr),
                altered(flag("cycle"), nullptr),
                altered(flag("unlogged"), nullptr),
            }),
            create_sequence,
            drop_by_keyword,
            alter_sequence};
}

void own_sequence(Script &script, const Object &owner)
{
    script.add("ALTER SEQUENCE {} OWNED BY {}.{}", script.parent(owner), owner.text("table"),
               script.quote(owner.text("column")));
    Object sequence = owner;
    sequence.kind = Kind::sequence;
    sequence.parent.clear();
    sequence.name = owner.parent;
    if (script.source().find(id(sequence)))
        return;
    // A new sequence for a column that is there already
    auto has_integers = [&](const Object &column) {
        const Object *now = script.target().find_object(id(column));
        std::string type = now == nullptr ? "" : now->text("type");
        return type == "integer" || type == "bigint" || type == "smallint";
    };
    for (ObjectIndex i = 0; i < script.source().size(); i++)
        if (const Object &column = script.source()[i];
            column.kind == Kind::column && column.name == owner.text("column") &&
            script.parent(column) == owner.text("table") && has_integers(column))
            continue_sequence(script, script.parent(owner), owner.text("table"), script.quote(column.name));
}

void disown_sequence(Script &script, const Object &owner)
{
    script.add("ALTER SEQUENCE {} OWNED BY NONE", script.parent(owner));
}

KindRules sequence_owner_rules()
{
    return {Kind::sequence_owner,
            "sequence_owner",
            "owned_by",
            nullptr,
            NameSpace::none,
            {text("table"), text("column")},
            own_sequence,
            disown_sequence,
            nullptr,
            Kind::sequence};
}

} // namespace

std::vector<KindRules> relation_kinds()
{
    return {
        sequence_rules(),
        sequence_owner_rules(),
        table_rules(),
        foreign_table_rules(),
        column_rules(),
        default_rules(),
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
