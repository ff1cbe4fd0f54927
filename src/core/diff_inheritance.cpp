// What a diff has to say of tables with parents, children and partitions.
#include "core/diff.hpp"

#include "core/inheritance.hpp"
#include "core/kind.hpp"
#include "core/partition_bound.hpp"
#include "core/poll.hpp"

#include <numeric>
#include <unordered_set>

namespace linkgress::core {

// A column that only the parent loses stays in the child.
void Diff::find_left_columns()
{
    for (ObjectIndex link = 0; link < source.size(); link++) {
        if (source[link].kind != Kind::inheritance || of_source(link).action != Action::none)
            continue;
        ObjectIndex table = table_above(source, link);
        ObjectIndex child = source.parent(link);
        for (ObjectIndex part = child + 1; table != no_object && part < source.end_of_children(child); part++)
            if (source[part].kind == Kind::column && !of_source(part).goes())
                if (ObjectIndex above = counterpart(source, part, table); above != no_object)
                    of_source(above).stays_in_children = true;
    }
}

// The rows of the partitions, whatever becomes of them, are moved together with those of the table.
void Diff::move_partitions(ObjectIndex table, std::size_t with, std::vector<ObjectIndex> &queue)
{
    std::vector<ObjectIndex> tables = {table};
    while (!tables.empty()) {
        ObjectIndex above = tables.back();
        tables.pop_back();
        for (ObjectIndex link : source.dependents(above)) {
            poll();
            if (source[link].kind != Kind::inheritance || !source[link].has("bound"))
                continue;
            ObjectIndex partition = source.parent(link);
            bool stays_by_itself = of_source(partition).to != no_object && of_source(link).to == no_object;
            bool is_seen = of_source(link).moves_with == with || of_source_[partition] == with;
            if (source[partition].kind == Kind::foreign_table || stays_by_itself || is_seen)
                continue; // the rows of those that stay are where they were
            replace(link, queue);
            replace(partition, queue);
            of_source(link).moves_with = with;
            of_source(partition).moves_with = with;
            tables.push_back(partition);
        }
    }
}

namespace {

// The type of the column that the table is partitioned by, if it is one
std::string key_type(const Snapshot &snapshot, ObjectIndex link)
{
    ObjectIndex table = table_above(snapshot, link);
    if (table == no_object)
        return {};
    std::string_view key = snapshot[table].text("partition_key");
    constexpr std::string_view start = "RANGE (";
    if (!key.starts_with(start) || !key.ends_with(')'))
        return {};
    std::string name(key.substr(start.size(), key.size() - start.size() - 1));
    if (name.size() > 2 && name.starts_with('"') && name.ends_with('"'))
        name = name.substr(1, name.size() - 2);
    Object column;
    column.kind = Kind::column;
    column.schema = snapshot[table].schema;
    column.parent = snapshot[table].name;
    column.name = name;
    const Object *found = snapshot.find_object(id(column));
    return found == nullptr ? std::string() : found->text("type");
}

} // namespace

// A trigger of the table, of one that it is a partition of, or of any partition of those
bool Diff::has_triggers(ObjectIndex table)
{
    ObjectIndex root = root_above(source, table);
    auto [found, is_new] = has_triggers_.try_emplace(root, false);
    if (is_new)
        found->second = has_triggers_below(root);
    return found->second;
}

bool Diff::has_triggers_below(ObjectIndex root) const
{
    std::vector<ObjectIndex> tables = {root};
    std::unordered_set<ObjectIndex> seen = {root};
    for (std::size_t i = 0; i < tables.size(); i++) {
        poll();
        if (!source.children(tables[i], Kind::trigger).empty())
            return true;
        for (ObjectIndex link : source.dependents(tables[i]))
            if (source[link].kind == Kind::inheritance && seen.insert(source.parent(link)).second)
                tables.push_back(source.parent(link));
    }
    return false;
}

// A partition whose new bounds may leave out rows of it. Where triggers would see them come, or may, since the table
// above is not among the compared objects, they are not moved: it is attached if they fit, or the plan fails.
void Diff::move_rows_of_partition(ObjectIndex link, std::vector<ObjectIndex> &queue)
{
    const Item &item = of_source(link);
    ObjectIndex partition = source.parent(link);
    if (item.to == no_object || source[partition].kind != Kind::table || of_source(partition).goes() ||
        source[link].text("of") != target[item.to].text("of") ||
        is_within(source[link].text("bound"), target[item.to].text("bound"), key_type(source, link)))
        return;
    ObjectIndex table = table_above(source, link);
    if (table == no_object || table_above(target, item.to) == no_object || has_triggers(table) ||
        of_source(table).goes())
        return;
    replace(partition, queue);
    of_source(partition).rows_go_to_parent = true;
    move_partitions(partition, of_source_[partition], queue);
}

// An index of a partition and that of its table live and die together, unless the
// partition is detached.
void Diff::disturb_attached(ObjectIndex attachment, std::vector<ObjectIndex> &queue)
{
    for (ObjectIndex on : source.dependencies(attachment))
        if (source[on].kind == Kind::inheritance && of_source(on).goes())
            return;
    for (ObjectIndex on : source.dependencies(attachment))
        if (source[on].kind == Kind::index || source[on].kind == Kind::constraint)
            replace(on, queue);
}

namespace {

// What the table has that this is a part of, too
std::vector<ObjectIndex> parts_of(const Snapshot &snapshot, ObjectIndex link)
{
    ObjectIndex table = snapshot.parent(link);
    std::vector<ObjectIndex> parts(snapshot.end_of_children(table) - table - 1);
    std::iota(parts.begin(), parts.end(), table + 1);
    return parts;
}

} // namespace

// Columns and constraints that a table has from its parents are changed through them, where the link is there all the
// time.
void Diff::find_inherited()
{
    auto is_shared = [](Kind kind) { return kind == Kind::column || kind == Kind::constraint; };
    for (const Item &link : items) {
        poll();
        if (link.is_void() || either(link).kind != Kind::inheritance)
            continue;
        bool stays = link.action == Action::none || link.moves_with != SIZE_MAX;
        ObjectIndex table = stays ? table_above(source, link.from) : no_object;
        for (ObjectIndex part : table == no_object ? std::vector<ObjectIndex>() : parts_of(source, link.from)) {
            ObjectIndex above = is_shared(source[part].kind) ? counterpart(source, part, table) : no_object;
            if (above == no_object)
                continue;
            Item &item = of_source(part);
            const Item &of_table = of_source(above);
            if (source[part].flag("inherited") && item.goes() && of_table.goes() && !of_table.stays_in_children)
                item.drop_through = index_of(of_table);
            if (item.is_retyped && of_table.is_retyped)
                item.retype_through = index_of(of_table);
        }
        table = link.action == Action::none ? table_above(target, link.to) : no_object;
        for (ObjectIndex part : table == no_object ? std::vector<ObjectIndex>() : parts_of(target, link.to)) {
            ObjectIndex above = is_shared(target[part].kind) ? counterpart(target, part, table) : no_object;
            if (above != no_object && target[part].flag("inherited") && of_target(part).comes() &&
                of_target(above).comes())
                items[of_target_[part]].create_through = of_target_[above];
        }
    }
}

// The columns of a table of a type come and go with the attributes of the type.
void Diff::find_typed()
{
    for (Item &column : items) {
        if (column.is_void() || either(column).kind != Kind::column)
            continue;
        bool comes = column.action == Action::create;
        const Snapshot &snapshot = comes ? target : source;
        ObjectIndex table = snapshot.parent(comes ? column.to : column.from);
        if (snapshot[table].text("of_type").empty() || (!comes && column.action != Action::drop))
            continue;
        for (ObjectIndex on : snapshot.dependencies(table)) {
            const Item &type = comes ? of_target(on) : of_source(on);
            if (snapshot[on].kind == Kind::composite_type && type.action == Action::alter)
                (comes ? column.create_through : column.drop_through) = index_of(type);
        }
    }
}

// A partition must have the constraints of its table to the letter, but not every expression that was parsed once can
// be written down so that it is parsed to the same again.
void Diff::find_copies()
{
    std::vector<ObjectIndex> tables; // whose new partitions are copies
    for (ObjectIndex part = 0; part < source.size(); part++)
        if (source[part].flag("unsettled") && !of_source(part).goes())
            if (ObjectIndex table = of_source(source.parent(part)).to; table != no_object)
                tables.push_back(table);
    std::vector<std::vector<ObjectIndex>> links(tables.empty() ? 0 : target.size()); // to each table, in the target
    for (ObjectIndex link = 0; link < target.size() && !tables.empty(); link++)
        if (target[link].kind == Kind::inheritance && target[link].has("bound"))
            if (ObjectIndex table = table_above(target, link); table != no_object)
                links[table].push_back(link);
    std::vector<bool> is_seen(tables.empty() ? 0 : target.size());
    while (!tables.empty()) {
        poll();
        ObjectIndex table = tables.back();
        tables.pop_back();
        for (ObjectIndex link : links[table]) {
            Item &partition = items[of_target_[target.parent(link)]];
            if (!of_target(link).comes() || !partition.comes() || is_seen[target.parent(link)])
                continue;
            is_seen[target.parent(link)] = true;
            partition.is_like_parent = target[target.parent(link)].kind == Kind::table;
            tables.push_back(target.parent(link));
        }
    }
}

} // namespace linkgress::core
