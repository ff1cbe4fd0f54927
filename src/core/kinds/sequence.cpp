// Sequences, and the columns that own them.

#include "core/kinds/sequence.hpp"

#include "core/kinds/options.hpp"
#include "core/script.hpp"
#include "core/snapshot.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <limits>

namespace linkgress::core {

SequenceBounds bounds_of(const Object &sequence)
{
    SequenceBounds bounds;
    bounds.increment = sequence.number("increment", 1);
    const std::string &type = sequence.text("type");
    std::int64_t most = type == "smallint"  ? std::numeric_limits<std::int16_t>::max()
                        : type == "integer" ? std::numeric_limits<std::int32_t>::max()
                                            : std::numeric_limits<std::int64_t>::max();
    bool is_ascending = bounds.increment > 0;
    bounds.minimum = sequence.number("minimum", is_ascending ? 1 : -most - 1);
    bounds.maximum = sequence.number("maximum", is_ascending ? most : -1);
    return bounds;
}

namespace {

// "INCREMENT BY 5 MINVALUE 10"
std::int64_t option_number(const std::string &options, std::string_view keyword, std::int64_t otherwise)
{
    std::size_t place = options.find(keyword);
    return place == options.npos ? otherwise : std::atoll(options.c_str() + place + keyword.size());
}

} // namespace

SequenceBounds identity_bounds(const Object &column)
{
    const std::string &options = column.text("identity_options");
    Object sequence;
    sequence.kind = Kind::sequence;
    sequence.set("type", column.text("type"));
    sequence.set("increment", option_number(options, "INCREMENT BY ", 1));
    SequenceBounds bounds = bounds_of(sequence);
    bounds.minimum = option_number(options, "MINVALUE ", bounds.minimum);
    bounds.maximum = option_number(options, "MAXVALUE ", bounds.maximum);
    return bounds;
}

// Only forward: what it has given must not come again.
void move_into_bounds(Script &script, const std::string &sequence, const std::string &type, const SequenceBounds &from,
                      const SequenceBounds &to)
{
    bool is_ascending = to.increment > 0;
    std::int64_t start = is_ascending ? to.minimum : to.maximum;
    if (is_ascending ? start <= from.minimum : start >= from.maximum)
        return;
    // The present bounds do not admit it, and the new ones not what it is now.
    if (start > from.maximum || start < from.minimum)
        script.add("ALTER SEQUENCE {}{} MINVALUE {} MAXVALUE {}", sequence, type.empty() ? "" : " AS " + type,
                   std::min(from.minimum, to.minimum), std::max(from.maximum, to.maximum));
    script.add("SELECT pg_catalog.setval({}, {}, false) FROM {} WHERE last_value {} {}", quote_literal(sequence), start,
               sequence, is_ascending ? "<" : ">", start);
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
    bool changes_type = change.from.text("type") != change.to.text("type");
    move_into_bounds(script, script.qualified(change.to), changes_type ? "bigint" : "", bounds_of(change.from),
                     bounds_of(change.to));
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
