#include "core/kinds/options.hpp"

#include "core/snapshot.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace linkgress::core {

namespace {

std::string key_of(const std::string &option)
{
    return option.substr(0, option.find('='));
}

std::string value_of(const std::string &option)
{
    std::size_t separator = option.find('=');
    return separator == option.npos ? "" : option.substr(separator + 1);
}

// "toast.autovacuum_enabled" has two parts.
std::string quote_key(const Script &script, const std::string &key)
{
    std::size_t dot = key.find('.');
    return dot == key.npos ? script.quote(key)
                           : script.quote(key.substr(0, dot)) + "." + script.quote(key.substr(dot + 1));
}

List keys_of(const List &options)
{
    List keys;
    for (const std::string &option : options)
        keys.push_back(key_of(option));
    return keys;
}

} // namespace

std::string options(const Script &script, const List &options)
{
    List clauses;
    for (const std::string &option : options)
        clauses.push_back(fmt::format("{} = {}", quote_key(script, key_of(option)), quote_literal(value_of(option))));
    return fmt::format("{}", fmt::join(clauses, ", "));
}

List option_actions(const Script &script, const List &from, const List &to)
{
    List actions;
    List removed;
    for (const std::string &key : only_in(keys_of(from), keys_of(to)))
        removed.push_back(quote_key(script, key));
    if (!removed.empty())
        actions.push_back(fmt::format("RESET ({})", fmt::join(removed, ", ")));
    if (List added = only_in(to, from); !added.empty())
        actions.push_back(fmt::format("SET ({})", options(script, added)));
    return actions;
}

void set_options(Script &script, const Change &change)
{
    for (const std::string &action : option_actions(script, change.from.list("options"), change.to.list("options")))
        script.add("ALTER {} {} {}", rules_of(change.to.kind).keyword, script.qualified(change.to), action);
}

void set_tablespace(Script &script, const Change &change)
{
    script.add("ALTER {} {} SET TABLESPACE {}", rules_of(change.to.kind).keyword, script.qualified(change.to),
               change.to.has("tablespace") ? change.to.text("tablespace") : "pg_default");
}

std::string fdw_options(const Script &script, const List &options)
{
    List clauses;
    for (const std::string &option : options)
        clauses.push_back(fmt::format("{} {}", script.quote(key_of(option)), quote_literal(value_of(option))));
    return fmt::format("{}", fmt::join(clauses, ", "));
}

std::string fdw_option_changes(const Script &script, const List &from, const List &to)
{
    List clauses;
    List before = keys_of(from);
    TextSet known(before);
    for (const std::string &key : only_in(before, keys_of(to)))
        clauses.push_back("DROP " + script.quote(key));
    for (const std::string &option : only_in(to, from))
        clauses.push_back(fmt::format("{} {} {}", known.contains(key_of(option)) ? "SET" : "ADD",
                                      script.quote(key_of(option)), quote_literal(value_of(option))));
    return fmt::format("{}", fmt::join(clauses, ", "));
}

namespace {

bool differs(const Attribute &attribute, const Change &change)
{
    const Value *from = change.from.find(attribute.name);
    const Value *to = change.to.find(attribute.name);
    return from == nullptr || to == nullptr ? from != to : *from != *to;
}

} // namespace

// The owner first: what comes after it may run code with his rights, such as the query of a materialized view.
void alter_attributes(Script &script, const Change &change)
{
    for (bool is_owner : {true, false})
        for (const Attribute &attribute : rules_of(change.to.kind).attributes)
            if (is_owner == (std::string_view(attribute.name) == "owner") && attribute.alter != nullptr &&
                differs(attribute, change))
                attribute.alter(script, change);
}

std::string attribute_name(const std::string &attribute)
{
    bool is_quoted = attribute.starts_with('"');
    std::size_t end = is_quoted ? attribute.find("\" ", 1) + 1 : attribute.find(' ');
    return attribute.substr(0, end);
}

std::string attribute_type(const std::string &attribute)
{
    std::string type = attribute.substr(attribute_name(attribute).size() + 1);
    return type.substr(0, type.find(" COLLATE "));
}

std::string bare_name(const std::string &qualified)
{
    bool is_quoted = false;
    std::size_t start = 0;
    for (std::size_t i = 0; i < qualified.size(); i++) {
        if (qualified[i] == '"')
            is_quoted = !is_quoted;
        else if (qualified[i] == '.' && !is_quoted)
            start = i + 1;
    }
    return qualified.substr(start);
}

std::string unquoted(const std::string &name)
{
    if (!name.starts_with('"'))
        return name;
    std::string result;
    for (std::size_t i = 1; i + 1 < name.size(); i++) {
        result += name[i];
        i += name[i] == '"'; // the second of two
    }
    return result;
}

Object identity_sequence(const Object &column)
{
    Object sequence;
    sequence.kind = Kind::sequence;
    sequence.schema = column.schema;
    sequence.name = unquoted(bare_name(column.text("identity_sequence")));
    for (const char *name : {"grants", "revoked"})
        if (const List &entries = column.list(std::string("identity_") + name); !entries.empty())
            sequence.set(name, entries);
    return sequence;
}

void add_for_all_rows(Script &script, const Object &table, const std::string &statement)
{
    const Object *before = script.source().find_object(id(table));
    bool may_be_forced = table.flag("force_row_security") || (before != nullptr && before->flag("force_row_security"));
    if (may_be_forced)
        script.add("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY", script.qualified(table));
    script.add_text(statement);
    if (table.flag("force_row_security"))
        script.add("ALTER TABLE {} FORCE ROW LEVEL SECURITY", script.qualified(table));
}

void continue_sequence(Script &script, const std::string &sequence, const Object &column)
{
    std::string statement = fmt::format(
        "SELECT pg_catalog.setval({0}, pg_catalog.max({1})) FROM {2} "
        "HAVING pg_catalog.max({1}) >= (SELECT seqmin FROM pg_catalog.pg_sequence WHERE seqrelid = {0}::regclass)",
        quote_literal(sequence), script.quote(column.name), script.parent(column));
    if (const Object *table = table_of(script.target(), column))
        add_for_all_rows(script, *table, statement);
}

bool is_before(const Object *a, const Object *b)
{
    return a->number("position") < b->number("position");
}

namespace {

// The object of this kind that has this name, qualified and quoted
std::optional<ObjectIndex> find_named(const Script &script, const Snapshot &snapshot, Kind kind,
                                      const std::string &qualified)
{
    std::string last = bare_name(qualified);
    Object key;
    key.kind = kind;
    key.name = unquoted(last);
    if (last.size() < qualified.size())
        key.schema = unquoted(qualified.substr(0, qualified.size() - last.size() - 1));
    std::optional<ObjectIndex> found = snapshot.find(id(key));
    return found && script.qualified(snapshot[*found]) == qualified ? found : std::nullopt;
}

} // namespace

std::optional<ObjectIndex> find_table(const Script &script, const Snapshot &snapshot, const std::string &qualified)
{
    for (Kind kind : {Kind::table, Kind::foreign_table})
        if (std::optional<ObjectIndex> found = find_named(script, snapshot, kind, qualified))
            return found;
    return std::nullopt;
}

bool is_partitioned(const Snapshot &snapshot, const Object &child)
{
    Object table;
    table.kind = Kind::table;
    table.schema = child.schema;
    table.name = child.parent;
    const Object *found = snapshot.find_object(id(table));
    return found != nullptr && found->has("partition_key");
}

} // namespace linkgress::core
