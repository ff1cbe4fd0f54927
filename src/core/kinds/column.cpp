// Columns of tables, and their defaults.

#include "core/kinds/column.hpp"

#include "core/conversion.hpp"
#include "core/inheritance.hpp"
#include "core/kinds/column_settings.hpp"
#include "core/kinds/composite_cast.hpp"
#include "core/kinds/options.hpp"
#include "core/kinds/sequence.hpp"
#include "core/script.hpp"
#include "core/snapshot.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <set>

namespace linkgress::core {

namespace {

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

} // namespace

std::string column_definition(Script &script, const Object &column)
{
    std::string clause = fmt::format("{} {}", script.quote(column.name), column.text("type"));
    if (column.has("fdw_options"))
        clause += fmt::format(" OPTIONS ({})", fdw_options(script, column.list("fdw_options")));
    clause += collate_clause(column);
    if (column.has("generated"))
        clause += fmt::format(" GENERATED ALWAYS AS ({}) {}", column.text("generated"),
                              column.flag("virtual") ? "VIRTUAL" : "STORED");
    if (const Object *expression = script.default_of(column))
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

namespace {

// It has the owner of the table.
Object identity_sequence(const Snapshot &snapshot, const Object &column)
{
    Object sequence = identity_sequence(column);
    if (const Object *table = table_of(snapshot, column); table != nullptr && table->has("owner"))
        sequence.set("owner", table->text("owner"));
    return sequence;
}

} // namespace

// What CREATE TABLE and ADD COLUMN cannot say.
void add_column_settings(Script &script, const Object &column)
{
    add_settings(script, column);
    if (column.has("identity"))
        add_privileges(script, identity_sequence(script.target(), column));
    add_common(script, column);
}

namespace {

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
    std::string expression = script.converter->convert(column, from, to).expression;
    bool is_made_anew = script.type_is_replaced && from == to && !script.converter->changes(from);
    if (is_made_anew || script.is_text_meanwhile)
        expression = fmt::format("{}::text::{}", column, to);
    CompositeCasts made;
    if (!script.is_text_meanwhile && from != to)
        create_casts_between(script, from, to, made);
    script.add("ALTER TABLE {} ALTER COLUMN {} TYPE {}{}{}", script.parent(change.to), column, to,
               collate_clause(change.to),
               expression.empty() || is_foreign(script, change.to) ? "" : " USING " + expression);
    drop_composite_casts(script, made.casts);
}

void add_identity(Script &script, const Object &column)
{
    std::string name = script.quote(column.name);
    script.add("ALTER TABLE {} ALTER COLUMN {} ADD {}", script.parent(column), name, identity_clause(column));
    add_privileges(script, identity_sequence(script.target(), column));
    continue_sequence(script, column.text("identity_sequence"), column);
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
    bool changes_type = change.from.text("type") != to.text("type");
    move_into_bounds(script, to_sequence, changes_type ? "bigint" : "", identity_bounds(change.from),
                     identity_bounds(to));
    if (change.from.text("identity_options") != to.text("identity_options"))
        script.add("ALTER SEQUENCE {} {}", to_sequence, all_options(to.text("identity_options")));
    change_privileges(script,
                      {identity_sequence(script.source(), change.from), identity_sequence(script.target(), to)});
}

// Of the tables below, those that have the column from this one, in the order of the snapshot; but for what is by
// itself, and what is below that
template <typename Predicate>
std::set<ObjectIndex> columns_below(const Snapshot &snapshot, const Object &column, const Predicate &is_by_itself)
{
    std::set<ObjectIndex> found;
    std::vector<ObjectIndex> columns;
    if (std::optional<ObjectIndex> index = snapshot.find(id(column)))
        columns.push_back(*index);
    while (!columns.empty()) {
        ObjectIndex above = columns.back();
        columns.pop_back();
        for (ObjectIndex link : snapshot.dependents(snapshot.parent(above))) {
            ObjectIndex below = snapshot[link].kind == Kind::inheritance
                                    ? counterpart(snapshot, above, snapshot.parent(link))
                                    : no_object;
            if (below != no_object && !is_by_itself(below) && part_above(snapshot, below) == above &&
                found.insert(below).second)
                columns.push_back(below);
        }
    }
    return found;
}

// Partitions that are to keep it have lost it with their table.
void restore_not_null(Script &script, const Object &column)
{
    const Snapshot &target = script.target();
    // What loses it as well is seen to when it does, which is later.
    auto loses_it = [&](ObjectIndex below) {
        const Object *before = script.source().find_object(id(target[below]));
        return before != nullptr && before->flag("not_null") && !target[below].flag("not_null");
    };
    for (ObjectIndex i : columns_below(target, column, loses_it)) {
        const Object &other = target[i];
        const Object *before = script.source().find_object(id(other));
        if (other.flag("not_null") && before != nullptr && before->flag("not_null"))
            script.add("ALTER TABLE {} ALTER COLUMN {} SET NOT NULL", script.parent(other), script.quote(other.name));
    }
}

// Where a check says that there are no NULLs, the server does not look at the rows again.
void set_not_null_online(Script &script, const Object &column)
{
    std::string table = script.parent(column);
    std::string name = script.quote(column.name);
    std::string check = script.quote(script.online->provisional);
    script.add_text(
        fmt::format("ALTER TABLE {} ADD CONSTRAINT {} CHECK ({} IS NOT NULL) NOT VALID", table, check, name),
        Phase::before);
    script.add_text(fmt::format("ALTER TABLE {} VALIDATE CONSTRAINT {}", table, check), Phase::before, Mode::apart);
    script.add("ALTER TABLE {} ALTER COLUMN {} SET NOT NULL", table, name);
    script.add("ALTER TABLE {} DROP CONSTRAINT {}", table, check);
}

void change_nullability(Script &script, const Change &change)
{
    const Object &to = change.to;
    if (change.from.flag("not_null") == to.flag("not_null"))
        return;
    if (to.flag("not_null") && script.online != nullptr && !script.online->provisional.empty()) {
        set_not_null_online(script, to);
        return;
    }
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

} // namespace

std::vector<KindRules> column_kinds()
{
    return {column_rules(), default_rules()};
}

} // namespace linkgress::core
