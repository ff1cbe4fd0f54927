// What has to come before what; see plan.hpp.

#include "core/inheritance.hpp"
#include "core/kind.hpp"
#include "core/kinds/options.hpp"
#include "core/planner.hpp"
#include "core/poll.hpp"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

namespace linkgress::core {

namespace {

// A function over the rows of a table is one over its columns, and over their types.
bool uses_row_type(const Snapshot &snapshot, ObjectIndex object, ObjectIndex on)
{
    return snapshot[object].flag("has_parsed_body") && is_table(snapshot[on].kind);
}

// Its own, that of the members of an extension, that of the multirange of a range
std::vector<ObjectIndex> schemas_of(const Snapshot &snapshot, ObjectIndex index)
{
    const Object &object = snapshot[index];
    Object schema;
    schema.kind = Kind::schema;
    std::vector<ObjectIndex> result;
    for (const std::string *name : {&object.schema, &object.text("in_schema"), &object.text("multirange_schema")}) {
        schema.name = *name;
        if (std::optional<ObjectIndex> found = name->empty() ? std::nullopt : snapshot.find(id(schema)); found)
            result.push_back(*found);
    }
    return result;
}

template <typename Function> void for_each_column(const Snapshot &snapshot, ObjectIndex table, const Function &function)
{
    for (ObjectIndex column : snapshot.children(table, Kind::column)) {
        function(column);
        for (ObjectIndex type : snapshot.dependencies(column))
            if (snapshot[type].kind == Kind::domain)
                function(type);
    }
}

} // namespace

void Planner::add_source_edges(Graph &graph, const Item &item)
{
    if (item.from == no_object || item.action == Action::none || item.action == Action::create)
        return;
    bool is_gone = item.goes();
    if (diff_.source[item.from].kind == Kind::index_attachment)
        return; // it goes without a statement, with the index or when the partition is detached
    std::size_t own = is_gone ? before(item) : after(item);
    if (own == no_step)
        return;
    // Whoever survives, or goes at the end only, needs the old one until then.
    bool stays_long = !is_gone || steps_[own].kind == StepKind::finish || is_type(diff_.source[item.from].kind);
    std::size_t shell = drop_shell_[diff_.index_of(item)];
    auto add = [&](ObjectIndex on) {
        const Item &other = diff_.of_source(on);
        if (other.goes())
            edge(graph, shell != no_step ? shell : own, stays_long && other.is_retired ? finish(other) : before(other));
        else if (is_gone && steps_[own].kind != StepKind::finish && other.action == Action::alter &&
                 diff_.source[on].kind != Kind::schema && !needs_no_drop(item, other))
            edge(graph, shell != no_step ? shell : own, after(other));
        // The constructors of a range are found by the name of its subtype.
        if (item.is_retired && other.is_retired && diff_.source[item.from].kind == Kind::range_type)
            edge(graph, before(item), before(other));
        // A type that is retired still has its parts.
        if (item.is_retired && other.goes() &&
            (is_type(diff_.source[on].kind) || diff_.source[on].kind == Kind::collation ||
             diff_.source[on].kind == Kind::access_method || diff_.source[on].kind == Kind::schema))
            edge(graph, finish(item), other.is_retired ? finish(other) : before(other));
    };
    for (ObjectIndex on : diff_.source.dependencies(item.from)) {
        add(on);
        if (is_gone && uses_row_type(diff_.source, item.from, on))
            for_each_column(diff_.source, on, add);
    }
    if (is_gone && diff_.source[item.from].kind == Kind::foreign_key && steps_[own].item == diff_.index_of(item))
        for (ObjectIndex on : diff_.source.dependencies(item.from))
            if (ObjectIndex table = diff_.source.parent(on); table != diff_.source.parent(item.from))
                add_partitions(graph, own, table);
    if (ObjectIndex parent = diff_.source.parent(item.from); parent != no_object) {
        add(parent);
        // As long as it is owned, a sequence has the owner of the table.
        if (is_gone && diff_.source[item.from].kind == Kind::sequence_owner)
            edge(graph, own, after(diff_.of_source(parent)));
    }
    for (ObjectIndex schema : schemas_of(diff_.source, item.from))
        add(schema);
    edge(graph, shell, own);
}

// A foreign key goes before any partition of the table that it refers to is dropped.
void Planner::add_partitions(Graph &graph, std::size_t first, ObjectIndex table)
{
    if (table == no_object)
        return;
    std::vector<ObjectIndex> tables = {table};
    std::unordered_set<ObjectIndex> seen = {table};
    while (!tables.empty()) {
        ObjectIndex above = tables.back();
        tables.pop_back();
        for (ObjectIndex link : diff_.source.dependents(above)) {
            ObjectIndex partition = diff_.source.parent(link);
            if (diff_.source[link].kind != Kind::inheritance || !seen.insert(partition).second)
                continue;
            edge(graph, first, before(diff_.of_source(partition)));
            tables.push_back(partition);
        }
    }
}

void Planner::add_target_edges(Graph &graph, const Item &item)
{
    std::size_t own = after(item);
    std::size_t index = diff_.index_of(item);
    if (item.to == no_object || own == no_step)
        return;
    auto add = [&](ObjectIndex on) {
        const Item &other = diff_.of_target(on);
        std::size_t shell_of_other = shell_[diff_.index_of(other)];
        // Of a base type, that is enough for its own functions only.
        if (diff_.target[on].kind == Kind::base_type && !diff_.target.depends(on, item.to))
            shell_of_other = no_step;
        edge(graph, shell_of_other != no_step ? shell_of_other : after(other), own);
        bool is_part_of_signature = rules_of(diff_.target[on].kind).names == NameSpace::type ||
                                    is_table(diff_.target[on].kind) || diff_.target[on].kind == Kind::composite_type;
        if (shell_[index] != no_step && is_part_of_signature)
            edge(graph, after(other), shell_[index]);
    };
    for (ObjectIndex on : diff_.target.dependencies(item.to)) {
        if (comes_before_column(item.to, on))
            continue;
        add(on);
        bool has_row_type = diff_.target[item.to].kind == Kind::column && is_table(diff_.target[on].kind) &&
                            diff_.target.parent(item.to) != on;
        if (item.comes() && (has_row_type || uses_row_type(diff_.target, item.to, on)))
            for_each_column(diff_.target, on, add);
    }
    if (ObjectIndex parent = diff_.target.parent(item.to); parent != no_object)
        add(parent);
    for (ObjectIndex schema : schemas_of(diff_.target, item.to)) {
        add(schema);
        edge(graph, after(diff_.of_target(schema)), shell_[index]);
    }
    if (diff_.target[item.to].kind == Kind::sequence_owner) // it has the owner of the table
        for (ObjectIndex on : diff_.target.dependencies(item.to))
            if (ObjectIndex table = diff_.target.parent(on); table != no_object)
                add(table);
    // A sequence that belongs to a column gets another owner, which its grants go by, together with the table.
    if (diff_.target[item.to].kind == Kind::sequence && item.action == Action::alter)
        for (ObjectIndex link = item.to + 1; link < diff_.target.end_of_children(item.to); link++)
            for (ObjectIndex on : diff_.target.dependencies(link))
                if (ObjectIndex table = diff_.target.parent(on);
                    table != no_object && diff_.of_target(table).action == Action::alter)
                    add(table);
    if (item.is_like_parent)
        for (ObjectIndex link : links_of(diff_.target, item.to)) {
            ObjectIndex table = table_above(diff_.target, link);
            if (table == no_object)
                continue;
            for (ObjectIndex part = table + 1; part < diff_.target.end_of_children(table); part++)
                if (diff_.target[part].kind == Kind::column || diff_.target[part].kind == Kind::constraint)
                    if (!diff_.target[part].flag("has_index"))
                        add(part);
        }
    edge(graph, shell_[index], own);
    if (item.goes()) {
        bool is_taken_over = before(item) != no_step && steps_[before(item)].kind == StepKind::finish;
        if (!is_taken_over)
            edge(graph, before(item), shell_[index] != no_step ? shell_[index] : own);
        edge(graph, own, finish(item));
    }
}

std::vector<std::string> names_of(const Object &object)
{
    std::vector<std::string> names;
    auto add = [&](const char *space, const std::string &schema, const std::string &name) {
        names.push_back(fmt::format("{} {}.{}", space, schema, name));
    };
    switch (rules_of(object.kind).names) {
    case NameSpace::none:
        break;
    case NameSpace::relation:
        add("relation", object.schema, object.name);
        break;
    case NameSpace::type:
        add("type", object.schema, object.name);
        break;
    case NameSpace::relation_and_type:
        add("relation", object.schema, object.name);
        add("type", object.schema, object.name);
        break;
    case NameSpace::routine:
        add("routine", object.schema, fmt::format("{}({})", object.name, object.arguments));
        break;
    case NameSpace::of_parent:
        add(object.kind == Kind::foreign_key ? "constraint" : rules_of(object.kind).name,
            object.schema + "." + object.parent, object.name);
        if (object.flag("has_index"))
            add("relation", object.schema, object.name);
        break;
    }
    if (object.has("identity_sequence"))
        add("relation", object.schema, identity_sequence(object).name);
    return names;
}

// A name is free only when its former bearer has let go of it.
void Planner::add_name_edges(Graph &graph)
{
    std::unordered_map<std::string, std::vector<std::size_t>> released; // by which items
    for (const Item &item : diff_.items) {
        bool lets_go =
            item.from != no_object && (item.goes() || item.is_renamed ||
                                       (item.action == Action::alter && diff_.source[item.from].has("identity")));
        if (lets_go)
            for (std::string &name : names_of(diff_.source[item.from]))
                released[std::move(name)].push_back(diff_.index_of(item));
    }
    if (released.empty())
        return;
    for (const Item &item : diff_.items) {
        if (item.to == no_object || after(item) == no_step)
            continue;
        for (const std::string &name : names_of(diff_.target[item.to]))
            if (auto found = released.find(name); found != released.end())
                for (std::size_t former : found->second)
                    if (former != diff_.index_of(item)) {
                        const Item &other = diff_.items[former];
                        std::size_t step = other.goes() ? before(other) : after(other);
                        ObjectIndex parent = diff_.source.parent(other.from);
                        if (other.goes() && parent != no_object && diff_.of_source(parent).is_retired &&
                            diff_.source[other.from].kind == Kind::column)
                            step = before(diff_.of_source(parent)); // its sequence is renamed with the table
                        std::size_t own = shell_[diff_.index_of(item)];
                        edge(graph, step, own != no_step ? own : after(item));
                    }
    }
}

// The attachments that make up the index of a partitioned table, those of its partitions' indexes included
std::vector<ObjectIndex> Planner::attachments_below(ObjectIndex index) const
{
    std::vector<ObjectIndex> found;
    std::vector<ObjectIndex> indexes = {index};
    std::unordered_set<ObjectIndex> seen = {index};
    while (!indexes.empty()) {
        poll();
        auto attached = attached_.find(indexes.back());
        indexes.pop_back();
        if (attached == attached_.end())
            continue;
        for (ObjectIndex link : attached->second) {
            if (!seen.insert(link).second)
                continue;
            found.push_back(link);
            for (ObjectIndex on : diff_.target.dependencies(link))
                if (diff_.target.parent(on) == diff_.target.parent(link) &&
                    diff_.target[on].kind != Kind::inheritance && seen.insert(on).second)
                    indexes.push_back(on);
        }
    }
    return found;
}

// Is the index of a partition attached to one that is there when the partition is?
bool Planner::is_attached_at_once(ObjectIndex index) const
{
    const Object &object = diff_.target[index];
    std::optional<ObjectIndex> link = diff_.target.find(id(sibling_key(Kind::index_attachment, object, object.name)));
    if (!link)
        return false;
    for (ObjectIndex on : diff_.target.dependencies(*link))
        if (on != index && diff_.target[on].kind != Kind::inheritance && diff_.of_target(on).comes())
            return false;
    return true;
}

// A partition is attached when it is complete, and before what its table passes on to it.
void Planner::add_attaching_edges(Graph &graph, const Item &link)
{
    const Snapshot &target = diff_.target;
    ObjectIndex child = target.parent(link.to);
    ObjectIndex table = table_above(target, link.to);
    bool is_folded = after(link) == after(diff_.of_target(child)); // CREATE TABLE … INHERITS makes it
    for (ObjectIndex part = child + 1; part < target.end_of_children(child) && !is_folded; part++) {
        Kind kind = target[part].kind;
        if (kind != Kind::column && kind != Kind::constraint && kind != Kind::index)
            continue;
        bool has_index = kind == Kind::index || target[part].flag("has_index");
        if (has_index && !is_attached_at_once(part)) {
            // The server takes any index over the same columns for that of the table, whatever their order.
            edge(graph, after(link), after(diff_.of_target(part)));
            continue;
        }
        edge(graph, after(diff_.of_target(part)), after(link));
        for (ObjectIndex attachment : attachments_below(part))
            edge(graph, after(diff_.of_target(attachment)), after(link));
    }
    if (ObjectIndex old = diff_.of_target(child).from; old != no_object && !diff_.of_target(child).goes())
        for (ObjectIndex part = old + 1; part < diff_.source.end_of_children(old); part++)
            if (diff_.source[part].kind == Kind::column && diff_.of_source(part).goes())
                edge(graph, before(diff_.of_source(part)), after(link));
    if (table == no_object)
        return;
    for (ObjectIndex part = table + 1; part < target.end_of_children(table); part++) {
        const Object &object = target[part];
        bool is_passed_on =
            object.kind == Kind::column || (object.kind == Kind::constraint && !object.flag("has_index"));
        if (is_passed_on)
            edge(graph, after(diff_.of_target(part)), after(link));
        else if (!is_folded && (object.kind == Kind::constraint || object.kind == Kind::index))
            edge(graph, after(link), after(diff_.of_target(part)));
    }
}

// It is detached before anything that it has from its table is changed, and before anything of the table that would
// be taken from it, too.
void Planner::add_detaching_edges(Graph &graph, const Item &link)
{
    const Snapshot &source = diff_.source;
    ObjectIndex child = source.parent(link.from);
    ObjectIndex table = table_above(source, link.from);
    bool is_folded = before(link) == before(diff_.of_source(child)); // DROP TABLE takes it along
    for (ObjectIndex part = child + 1; part < source.end_of_children(child) && !is_folded; part++) {
        const Item &item = diff_.of_source(part);
        Kind kind = source[part].kind;
        if (kind == Kind::column || kind == Kind::constraint || kind == Kind::index || kind == Kind::foreign_key)
            edge(graph, before(link), item.action == Action::alter ? after(item) : before(item));
    }
    // Above a link that goes, too, nothing reaches this one.
    auto goes_itself = [&](ObjectIndex above) {
        return diff_.of_source(above).goes() && diff_.of_source(above).moves_with == SIZE_MAX;
    };
    std::unordered_set<ObjectIndex> seen;
    for (std::size_t level = 0; table != no_object && seen.insert(table).second; level++) {
        for (ObjectIndex part = table + 1; part < source.end_of_children(table); part++) {
            poll();
            const Item &item = diff_.of_source(part);
            bool is_passed_on = source[part].kind == Kind::column || (source[part].kind == Kind::constraint &&
                                                                      !source[part].flag("has_index") && !is_folded);
            if (item.goes() && before(item) != before(diff_.of_source(table)) &&
                (is_passed_on || (level == 0 && !is_folded)))
                edge(graph, before(link), before(item));
        }
        std::vector<ObjectIndex> links = links_of(source, table);
        bool is_last = links.empty() || goes_itself(links.front());
        table = is_last ? no_object : table_above(source, links.front());
    }
}

// What is the child's own, too, it loses after the table has.
void Planner::add_shared_drop_edges(Graph &graph, const Item &link)
{
    ObjectIndex child = diff_.source.parent(link.from);
    ObjectIndex table = table_above(diff_.source, link.from);
    for (ObjectIndex part = child + 1; part < diff_.source.end_of_children(child) && table != no_object; part++) {
        Kind kind = diff_.source[part].kind;
        if (!diff_.of_source(part).goes() || (kind != Kind::column && kind != Kind::constraint))
            continue;
        if (ObjectIndex above = counterpart(diff_.source, part, table); above != no_object)
            if (const Item &of_table = diff_.of_source(above);
                of_table.goes() && before(of_table) != before(diff_.of_source(table)))
                edge(graph, before(of_table), before(diff_.of_source(part)));
    }
}

// Both change the same column: the table first. A column that only the table lacks is merged with the one that is
// there.
void Planner::add_shared_column_edges(Graph &graph, const Item &link)
{
    ObjectIndex child = diff_.target.parent(link.to);
    ObjectIndex table = table_above(diff_.target, link.to);
    for (ObjectIndex part = child + 1; part < diff_.target.end_of_children(child) && table != no_object; part++) {
        if (diff_.target[part].kind != Kind::column)
            continue;
        ObjectIndex above = counterpart(diff_.target, part, table);
        if (above == no_object)
            continue;
        const Item &of_table = diff_.of_target(above);
        const Item &of_child = diff_.of_target(part);
        if (of_table.action == Action::create && of_child.create_through == SIZE_MAX)
            edge(graph, after(of_child), after(of_table));
        else
            edge(graph, after(of_table), after(of_child));
    }
}

void Planner::add_inheritance_edges(Graph &graph)
{
    for (const Item &link : diff_.items) {
        if (link.is_void() || diff_.either(link).kind != Kind::inheritance)
            continue;
        if (link.comes())
            add_attaching_edges(graph, link);
        if (link.goes() && link.moves_with == SIZE_MAX)
            add_detaching_edges(graph, link);
        if (link.action == Action::none && link.to != no_object)
            add_shared_column_edges(graph, link);
        if (link.action == Action::none && link.from != no_object)
            add_shared_drop_edges(graph, link);
    }
}

// The key of a partitioned table is one only when those of all its partitions are attached.
void Planner::add_key_edges(Graph &graph)
{
    if (attached_.empty())
        return;
    for (const Item &item : diff_.items) {
        if (item.to == no_object || diff_.target[item.to].kind != Kind::foreign_key || after(item) == no_step)
            continue;
        for (ObjectIndex key : diff_.target.dependencies(item.to))
            for (ObjectIndex link : attachments_below(key))
                edge(graph, after(diff_.of_target(link)), after(item));
    }
}

// The tables that its rows go to, or through: itself, or the table that it is a partition of, and all their partitions
std::vector<ObjectIndex> Planner::tables_filled_by(const Item &item) const
{
    std::vector<ObjectIndex> tables = {item.to};
    if (item.rows_go_to_parent)
        for (ObjectIndex link : links_of(diff_.target, item.to))
            if (ObjectIndex table = table_above(diff_.target, link); table != no_object)
                tables = {table};
    std::unordered_set<ObjectIndex> seen(tables.begin(), tables.end());
    for (std::size_t i = 0; i < tables.size(); i++)
        if (auto partitions = partitions_.find(tables[i]); partitions != partitions_.end())
            for (ObjectIndex link : partitions->second)
                if (ObjectIndex partition = diff_.target.parent(link); seen.insert(partition).second)
                    tables.push_back(partition);
    return tables;
}

// The rows of a retired table come when its partitions are attached, and before
// there is anything that looks at each of them.
void Planner::add_retirement_edges(Graph &graph, const Item &item)
{
    if (!item.is_retired || diff_.source[item.from].kind != Kind::table)
        return;
    const Snapshot &target = diff_.target;
    bool is_partition = item.moves_with != SIZE_MAX || item.rows_go_to_parent; // attached with its indexes
    for (ObjectIndex part = item.to + 1; part < target.end_of_children(item.to) && !is_partition; part++) {
        const Item &other = diff_.of_target(part);
        Kind kind = target[part].kind;
        bool is_check = kind == Kind::constraint && !target[part].flag("has_index");
        if (kind != Kind::column && kind != Kind::column_default && kind != Kind::inheritance && !is_check &&
            after(other) != after(item))
            edge(graph, finish(item), after(other));
    }
    for (ObjectIndex table : item.moves_with == SIZE_MAX ? tables_filled_by(item) : std::vector<ObjectIndex>())
        for (ObjectIndex part = table + 1; part < target.end_of_children(table); part++) {
            Kind kind = target[part].kind;
            if (kind == Kind::inheritance && (table != item.to || item.rows_go_to_parent))
                edge(graph, after(diff_.of_target(part)), finish(item));
            else if (kind == Kind::trigger || kind == Kind::rule) // which are not to see the rows come
                edge(graph, finish(item), after(diff_.of_target(part)));
        }
    for (ObjectIndex part = item.to; part < target.end_of_children(item.to); part++)
        for (ObjectIndex dependent : target.dependents(part)) {
            Kind kind = target[dependent].kind; // these look at the rows at once, or at each of them
            if (kind == Kind::view || kind == Kind::materialized_view || kind == Kind::foreign_key)
                edge(graph, finish(item), after(diff_.of_target(dependent)));
        }
}

namespace {

bool may_have_query(const Object &object)
{
    return object.kind == Kind::view || object.kind == Kind::materialized_view || object.kind == Kind::policy ||
           object.kind == Kind::rule || object.flag("has_parsed_body");
}

} // namespace

// ORDER BY, DISTINCT and the like need the operator class, but depend on its operators only. Functions that the class
// needs itself cannot wait for it.
void Planner::add_class_edges(Graph &graph, const Item &item)
{
    if (!item.comes() || diff_.target[item.to].kind != Kind::operator_class)
        return;
    std::set<ObjectIndex> users; // of its operators
    for (ObjectIndex on : diff_.target.dependencies(item.to))
        if (diff_.target[on].kind == Kind::op)
            for (ObjectIndex user : diff_.target.dependents(on))
                if (poll(); may_have_query(diff_.target[user]))
                    users.insert(user);
    if (users.empty())
        return;
    std::vector<ObjectIndex> needed = {item.to};
    std::unordered_set<ObjectIndex> is_needed = {item.to};
    for (std::size_t i = 0; i < needed.size(); i++)
        for (ObjectIndex on : diff_.target.dependencies(needed[i]))
            if (poll(); is_needed.insert(on).second)
                needed.push_back(on);
    for (ObjectIndex user : users)
        if (!is_needed.contains(user))
            edge(graph, after(item), after(diff_.of_target(user)));
}

// A logged table cannot refer to an unlogged one: what is to be logged starts with the table that is referred to, what
// is not to be with the one that refers.
void Planner::add_persistence_edges(Graph &graph, const Item &item)
{
    auto changes = [&](const Item &table) {
        return table.action == Action::alter &&
               diff_.source[table.from].flag("unlogged") != diff_.target[table.to].flag("unlogged");
    };
    if (diff_.either(item).kind != Kind::foreign_key)
        return;
    auto order = [&](const Snapshot &snapshot, ObjectIndex key, auto item_of, std::size_t first, std::size_t last) {
        const Item &referring = item_of(snapshot.parent(key));
        for (ObjectIndex on : snapshot.dependencies(key)) {
            ObjectIndex table = snapshot.parent(on);
            if (table == no_object || table == snapshot.parent(key) || !changes(item_of(table)))
                continue;
            const Item &referred = item_of(table);
            edge(graph, first, after(referred));
            edge(graph, after(referred), last);
            if (!changes(referring) || &snapshot != &diff_.target)
                continue;
            bool becomes_unlogged = diff_.target[referring.to].flag("unlogged");
            edge(graph, after(becomes_unlogged ? referring : referred), after(becomes_unlogged ? referred : referring));
        }
        if (changes(referring)) {
            edge(graph, first, after(referring));
            edge(graph, after(referring), last);
        }
    };
    if (item.from != no_object && item.goes())
        order(
            diff_.source, item.from, [&](ObjectIndex index) -> const Item & { return diff_.of_source(index); },
            before(item), no_step);
    if (item.to != no_object)
        order(
            diff_.target, item.to, [&](ObjectIndex index) -> const Item & { return diff_.of_target(index); }, no_step,
            item.comes() ? after(item) : no_step);
}

namespace {

// Those whose row types a column has, be it inside of composite values or domains
std::vector<ObjectIndex> tables_within(const Snapshot &snapshot, ObjectIndex column)
{
    std::vector<ObjectIndex> tables;
    std::vector<ObjectIndex> seen = {column};
    for (std::size_t i = 0; i < seen.size(); i++)
        for (ObjectIndex on : snapshot.dependencies(seen[i])) {
            Kind kind = snapshot[on].kind;
            if (std::find(seen.begin(), seen.end(), on) != seen.end() || on == snapshot.parent(column))
                continue;
            if (is_table(kind))
                tables.push_back(on);
            else if (kind != Kind::composite_type && kind != Kind::domain)
                continue;
            seen.push_back(on);
        }
    return tables;
}

} // namespace

// A column with the row type of a table is a text while columns of that one are retyped.
void Planner::add_detour_edges(Graph &graph, const Item &item)
{
    if (!item.takes_detour || item.goes())
        return;
    edge(graph, before(item), after(item));
    for (ObjectIndex table : tables_within(diff_.target, item.to)) {
        for (ObjectIndex part = table + 1; part < diff_.target.end_of_children(table); part++)
            if (const Item &column = diff_.of_target(part);
                diff_.target[part].kind == Kind::column && (column.is_retyped || column.action == Action::create)) {
                edge(graph, before(item), after(column));
                edge(graph, after(column), after(item));
            }
    }
    for (ObjectIndex table : tables_within(diff_.source, item.from))
        for (ObjectIndex part = table + 1; part < diff_.source.end_of_children(table); part++)
            if (const Item &column = diff_.of_source(part);
                diff_.source[part].kind == Kind::column && column.action == Action::drop) {
                edge(graph, before(item), before(column));
                edge(graph, before(column), after(item));
            }
    for (ObjectIndex dependent : diff_.dependents(item.from))
        if (const Item &other = diff_.of_source(dependent); other.goes())
            edge(graph, before(other), before(item));
}

void Planner::add_edges(Graph &graph)
{
    for (const Item &item : diff_.items) {
        poll();
        add_source_edges(graph, item);
        add_target_edges(graph, item);
        add_retirement_edges(graph, item);
        add_class_edges(graph, item);
        add_detour_edges(graph, item);
        if (!item.is_void())
            add_persistence_edges(graph, item);
    }
    add_name_edges(graph);
    add_inheritance_edges(graph);
    add_key_edges(graph);
    if (pace_ == Pace::in_stages)
        add_stage_edges(graph);
}

} // namespace linkgress::core
