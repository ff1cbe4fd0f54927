// Pairs of schemas of any size, for what has to stay near linear: n objects of each kind, lists of n entries, chains.
#pragma once

#include "support.hpp"

#include "core/kind.hpp"
#include "core/online.hpp"
#include "core/plan.hpp"
#include "core/precondition.hpp"
#include "core/subset.hpp"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace linkgress::test {

struct Pair {
    core::Snapshot source;
    core::Snapshot target;
};

struct Scenario {
    std::string name;
    std::function<Pair(std::size_t n)> make;
};

// Everything that is done with two snapshots. What is refused is refused.
inline void plan_in_every_way(const Pair &pair)
{
    auto attempt = [](const auto &function) {
        try {
            function();
        } catch (const core::Error &error) {
            if (error.report().sqlstate == "57014")
                throw; // of whoever polls
        }
    };
    for (auto [source, target] : {std::pair(&pair.source, &pair.target), std::pair(&pair.target, &pair.source)}) {
        attempt([&] { core::plan(*source, *target, quote); });
        attempt([&] { core::online_plan(*source, *target, quote); });
        attempt([&] { core::preconditions(*source, *target, quote); });
        attempt([&] { core::plan(*source, core::with_missing(*source, *target).snapshot, quote); });
        attempt([&] { core::without_named(*source, *target, true, quote); });
        attempt([&] { core::with_old_indexes(*source, *target); });
    }
    pair.source.to_json();
    pair.target.canonical();
}

namespace scenarios {

inline core::Object object(core::Kind kind, const std::string &name, const std::string &parent = "")
{
    core::Object object;
    object.kind = kind;
    object.schema = kind == core::Kind::schema ? "" : "s";
    object.parent = parent;
    object.name = name;
    return object;
}

inline bool has(core::Kind kind, const char *attribute)
{
    return core::find_attribute(core::rules_of(kind), attribute) != nullptr;
}

inline void set(core::Object &object, const char *attribute, core::Value value)
{
    if (has(object.kind, attribute))
        object.set(attribute, std::move(value));
}

// With what the statements that make it cannot do without
inline core::Object complete(core::Object object)
{
    for (const char *attribute : {"type", "definition", "expression", "of", "bound", "table", "column", "wrapper"})
        set(object, attribute, std::string("x"));
    if (object.kind == core::Kind::foreign_key)
        object.set("references", std::string("s.p"));
    return object;
}

// A parent for it, if it needs one
inline core::Kind parent_of(core::Kind child)
{
    for (std::size_t i = 0; i < core::kind_count; i++)
        if (core::can_have(static_cast<core::Kind>(i), child))
            return static_cast<core::Kind>(i);
    return child;
}

// An entry of a list attribute, in its own form
inline std::string entry(std::string_view attribute, std::size_t i, int version)
{
    std::string number = std::to_string(i);
    if (attribute.ends_with("grants"))
        return "SELECT TO r" + number + (version == 1 ? "" : " WITH GRANT OPTION");
    if (attribute.ends_with("revoked"))
        return (version == 1 ? "SELECT FROM r" : "UPDATE FROM r") + number;
    if (attribute == "attributes" || attribute == "column_list")
        return "a" + number + (version == 1 ? " integer" : " text");
    if (attribute == "mappings")
        return "t" + number + " WITH d" + std::to_string(version);
    if (attribute == "values")
        return version == 1 || i % 2 == 0 ? "l" + number : "m" + number;
    return "k" + number + "=" + std::to_string(version);
}

using Change = std::function<void(core::Object &object, std::size_t i)>;

// n objects, all of one parent or each of its own; in the target they are changed, if there is a change.
inline Pair many(std::size_t n, core::Kind kind, bool have_one_parent, const Change &change)
{
    Pair pair;
    for (core::Snapshot *snapshot : {&pair.source, &pair.target}) {
        core::Kind parent = parent_of(kind);
        for (std::size_t i = 0; i < n; i++) {
            std::string holder = have_one_parent ? "p" : "p" + std::to_string(i);
            if (parent != kind && (i == 0 || !have_one_parent))
                snapshot->add(complete(object(parent, holder)));
            if (snapshot == &pair.source && !change)
                continue;
            core::Object each = complete(object(kind, "o" + std::to_string(i), parent != kind ? holder : ""));
            if (snapshot == &pair.target && change)
                change(each, i);
            snapshot->add(std::move(each));
        }
        snapshot->finish();
    }
    return pair;
}

inline Pair one_with_list(std::size_t n, core::Kind kind, const char *attribute)
{
    Pair pair;
    int version = 1;
    for (core::Snapshot *snapshot : {&pair.source, &pair.target}) {
        core::Kind parent = parent_of(kind);
        if (parent != kind)
            snapshot->add(complete(object(parent, "p")));
        core::Object one = complete(object(kind, "o", parent != kind ? "p" : ""));
        core::List list;
        for (std::size_t i = 0; i < n; i++)
            list.push_back(entry(attribute, i, version));
        one.set(attribute, std::move(list));
        snapshot->add(std::move(one));
        snapshot->finish();
        version++;
    }
    return pair;
}

// Each depends on the one before. The first is changed, as the change says, or all are new.
inline Pair chain(std::size_t n, core::Kind kind, bool is_reversed, const Change &change)
{
    Pair pair;
    for (core::Snapshot *snapshot : {&pair.source, &pair.target}) {
        for (std::size_t i = 0; i < n && (change || snapshot == &pair.target); i++) {
            std::string number = std::to_string(1000000 + (is_reversed ? n - i : i));
            core::Object each = complete(object(kind, "o" + number));
            if (snapshot == &pair.target && i == 0 && change)
                change(each, i);
            core::ObjectIndex index = snapshot->add(std::move(each));
            if (i > 0)
                snapshot->add_dependency(index, index - 1);
        }
        snapshot->finish();
    }
    return pair;
}

// Tables below tables, each with the same column, in a row or as a tree
inline void add_tree(core::Snapshot &snapshot, std::size_t n, std::size_t width, bool are_partitions,
                     const Change &change)
{
    std::vector<core::ObjectIndex> tables;
    for (std::size_t i = 0; i < n; i++) {
        core::Object table = object(core::Kind::table, "t" + std::to_string(1000000 + i));
        if (are_partitions)
            table.set("partition_key", std::string("RANGE (c)"));
        std::string name = table.name;
        tables.push_back(snapshot.add(std::move(table)));
        core::Object column = object(core::Kind::column, "c", name);
        column.set("type", std::string("integer"));
        if (i > 0)
            column.set("inherited", true);
        change(column, i);
        snapshot.add(std::move(column));
        if (i == 0)
            continue;
        core::ObjectIndex above = tables[(i - 1) / width];
        core::Object link = object(core::Kind::inheritance, snapshot[above].name, name);
        link.set("of", "s." + snapshot[above].name);
        if (are_partitions)
            link.set("bound", "FOR VALUES FROM (" + std::to_string(i) + ") TO (" + std::to_string(i + 1) + ")");
        snapshot.add_dependency(snapshot.add(std::move(link)), above);
    }
    snapshot.finish();
}

inline Pair tree(std::size_t n, std::size_t width, bool are_partitions, bool is_new, const Change &change)
{
    Pair pair;
    if (!is_new)
        add_tree(pair.source, n, width, are_partitions, [](core::Object &, std::size_t) {});
    else
        pair.source.finish();
    add_tree(pair.target, n, width, are_partitions, change);
    return pair;
}

// Two objects that need each other, n times: a table and the function of its default
inline Pair cycles(std::size_t n)
{
    Pair pair;
    pair.source.finish();
    for (std::size_t i = 0; i < n; i++) {
        std::string number = std::to_string(i);
        core::ObjectIndex table = pair.target.add(object(core::Kind::table, "t" + number));
        core::ObjectIndex column = pair.target.add(complete(object(core::Kind::column, "c", "t" + number)));
        core::ObjectIndex value = pair.target.add(complete(object(core::Kind::column_default, "c", "t" + number)));
        core::ObjectIndex function = pair.target.add(complete(object(core::Kind::function, "f" + number)));
        pair.target.set_parent(column, table);
        pair.target.set_parent(value, table);
        pair.target.add_dependency(value, function);
        pair.target.add_dependency(function, table);
    }
    pair.target.finish();
    return pair;
}

// The same indexes by other names
inline Pair renamed_indexes(std::size_t n)
{
    Pair pair;
    char letter = 'a';
    for (core::Snapshot *snapshot : {&pair.source, &pair.target}) {
        snapshot->add(object(core::Kind::table, "t"));
        for (std::size_t i = 0; i < n; i++)
            snapshot->add(complete(object(core::Kind::index, letter + std::to_string(i), "t")));
        snapshot->finish();
        letter++;
    }
    return pair;
}

// Tables that are made anew, with names that are cut to the same start
inline Pair replaced_tables(std::size_t n)
{
    Pair pair;
    for (core::Snapshot *snapshot : {&pair.source, &pair.target}) {
        for (std::size_t i = 0; i < n; i++) {
            std::string name = std::string(54, 'x') + std::to_string(1000000 + i);
            core::Object table = object(core::Kind::table, name);
            if (snapshot == &pair.target)
                table.set("partition_key", std::string("RANGE (c)"));
            core::ObjectIndex index = snapshot->add(std::move(table));
            core::ObjectIndex column = snapshot->add(complete(object(core::Kind::column, "c", name)));
            core::ObjectIndex view = snapshot->add(complete(object(core::Kind::view, "v" + name)));
            snapshot->set_parent(column, index);
            snapshot->add_dependency(view, index);
        }
        snapshot->finish();
    }
    return pair;
}

// Functions whose bodies name the next, all of them, or all the same of many
enum class Naming { next, all, overloads };
inline Pair naming_functions(std::size_t n, Naming naming)
{
    Pair pair;
    pair.source.finish();
    std::string everyone;
    for (std::size_t i = 0; i < n; i++)
        everyone += " f" + std::to_string(i);
    for (std::size_t i = 0; i < n; i++) {
        core::Object function = complete(object(core::Kind::function, "f" + std::to_string(i)));
        std::string body = "s.f" + std::to_string((i + 1) % n);
        if (naming == Naming::overloads) {
            function.name = "f";
            function.arguments = "t" + std::to_string(i);
            body = "f";
        } else if (naming == Naming::all && i == 0) {
            body = everyone;
        }
        function.set("definition", "$function$" + body + "$function$");
        pair.target.add(std::move(function));
    }
    pair.target.finish();
    return pair;
}

// Columns that use a value that their type is to get
inline Pair used_labels(std::size_t n)
{
    Pair pair;
    for (core::Snapshot *snapshot : {&pair.source, &pair.target}) {
        core::Object type = object(core::Kind::enum_type, "e");
        core::List labels;
        for (std::size_t i = 0; i < (snapshot == &pair.source ? n : 2 * n); i++)
            labels.push_back("l" + std::to_string(i));
        type.set("values", std::move(labels));
        core::ObjectIndex index = snapshot->add(std::move(type));
        for (std::size_t i = 0; i < n; i++) {
            core::Object view = complete(object(core::Kind::view, "v" + std::to_string(i)));
            view.set("definition", std::string(snapshot == &pair.source ? "SELECT 1" : "SELECT 'no value'"));
            snapshot->add_dependency(snapshot->add(std::move(view)), index);
        }
        snapshot->finish();
    }
    return pair;
}

} // namespace scenarios

inline std::vector<Scenario> all_scenarios()
{
    using namespace scenarios;
    using core::Kind;
    std::vector<Scenario> all;
    auto comment = [](core::Object &object, std::size_t) { set(object, "comment", std::string("it's")); };
    for (std::size_t number = 0; number < core::kind_count; number++) {
        Kind kind = static_cast<Kind>(number);
        std::string name = core::rules_of(kind).name;
        bool is_child = core::is_child(kind);
        for (bool have_one_parent : is_child ? std::vector{true, false} : std::vector{false}) {
            std::string where = !is_child ? "" : have_one_parent ? " of one parent" : " of a parent each";
            all.push_back({name + where + ", new", [=](std::size_t n) { return many(n, kind, have_one_parent, {}); }});
            if (has(kind, "comment"))
                all.push_back({name + where + ", comments",
                               [=](std::size_t n) { return many(n, kind, have_one_parent, comment); }});
        }
        for (const core::Attribute &attribute : core::rules_of(kind).attributes)
            if (attribute.type == core::ValueType::list)
                all.push_back({"entries of " + name + "." + attribute.name,
                               [=, list = attribute.name](std::size_t n) { return one_with_list(n, kind, list); }});
    }
    for (auto [name, naming] : {std::pair("the next", Naming::next), std::pair("all", Naming::all),
                                std::pair("the overloads", Naming::overloads)})
        all.push_back({std::string("functions that name ") + name,
                       [naming = naming](std::size_t n) { return naming_functions(n, naming); }});
    auto other_definition = [](core::Object &object, std::size_t) {
        set(object, "definition", std::string("y"));
        set(object, "type", std::string("y"));
        set(object, "column_list", core::List{"z text"});
    };
    auto not_null = [](core::Object &object, std::size_t) { set(object, "not_null", true); };
    for (Kind kind : {Kind::domain, Kind::view, Kind::function, Kind::composite_type, Kind::materialized_view})
        for (bool is_reversed : {false, true}) {
            std::string name = core::rules_of(kind).name + std::string(is_reversed ? "s, backwards" : "s");
            all.push_back(
                {"chain of " + name + ", new", [=](std::size_t n) { return chain(n, kind, is_reversed, {}); }});
            all.push_back({"chain of " + name + ", the first changed",
                           [=](std::size_t n) { return chain(n, kind, is_reversed, other_definition); }});
            all.push_back({"chain of " + name + ", not null",
                           [=](std::size_t n) { return chain(n, kind, is_reversed, not_null); }});
        }
    auto nothing = [](core::Object &, std::size_t) {};
    auto other_type = [](core::Object &column, std::size_t) { column.set("type", std::string("bigint")); };
    for (bool are_partitions : {false, true})
        for (std::size_t width : {std::size_t{1}, std::size_t{10}, std::size_t{1000000}}) {
            std::string name = std::string(are_partitions ? "partitions" : "children") + ", " +
                               (width == 1    ? "a chain"
                                : width == 10 ? "a tree"
                                              : "of one table");
            all.push_back(
                {name + ", new", [=](std::size_t n) { return tree(n, width, are_partitions, true, nothing); }});
            all.push_back({name + ", another type",
                           [=](std::size_t n) { return tree(n, width, are_partitions, false, other_type); }});
            all.push_back(
                {name + ", not null", [=](std::size_t n) { return tree(n, width, are_partitions, false, not_null); }});
        }
    all.push_back({"cycles", cycles});
    all.push_back({"renamed indexes", renamed_indexes});
    all.push_back({"replaced tables", replaced_tables});
    all.push_back({"values used", used_labels});
    return all;
}

} // namespace linkgress::test
