// Sequences, and the columns that own them.

#include "core/kinds/sequence.hpp"

#include "core/kinds/options.hpp"
#include "core/script.hpp"
#include "core/snapshot.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace linkgress::core {

void advance_sequence(Script &script, const std::string &sequence, std::int64_t minimum)
{
    script.add("SELECT pg_catalog.setval({}, {}, false) FROM {} WHERE last_value < {}", quote_literal(sequence),
               minimum, sequence, minimum);
}

namespace {

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
    std::optional<ObjectIndex> table = find_table(script, script.source(), owner.text("table"));
    if (!table)
        return;
    for (ObjectIndex column : script.source().children(*table, Kind::column))
        if (script.source()[column].name == owner.text("column") && has_integers(script.source()[column]))
            continue_sequence(script, script.parent(owner), script.source()[column]);
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

std::vector<KindRules> sequence_kinds()
{
    return {sequence_rules(), sequence_owner_rules()};
}

} // namespace linkgress::core
