#include "core/inheritance.hpp"

#include "core/error.hpp"
#include "core/kind.hpp"
#include "core/poll.hpp"
#include "core/sqlstate.hpp"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

namespace linkgress::core {

namespace {

constexpr int most_levels = 1000;

// Of each table, those that inherit from it
std::vector<std::vector<ObjectIndex>> tables_below(const Snapshot &snapshot)
{
    std::vector<std::vector<ObjectIndex>> below(snapshot.size());
    for (ObjectIndex link = 0; link < snapshot.size(); link++, poll())
        if (snapshot[link].kind == Kind::inheritance)
            for (ObjectIndex on : snapshot.dependencies(link))
                if (is_table(snapshot[on].kind))
                    below[on].push_back(snapshot.parent(link));
    return below;
}

[[noreturn]] void fail_for_levels(const Snapshot &snapshot, ObjectIndex table, const char *how)
{
    throw Error(sqlstate::invalid_parameter_value,
                fmt::format("invalid snapshot: {} inherits {}", id(snapshot[table]), how), "",
                "A snapshot is what linkgress.snapshot() returns.");
}

} // namespace

void check_levels(const Snapshot &snapshot)
{
    std::vector<std::vector<ObjectIndex>> below = tables_below(snapshot);
    std::vector<std::size_t> waits(snapshot.size()); // for how many tables above
    for (const std::vector<ObjectIndex> &tables : below)
        for (ObjectIndex table : tables)
            waits[table]++;
    std::vector<int> level(snapshot.size());
    std::vector<ObjectIndex> ready;
    for (ObjectIndex table = 0; table < snapshot.size(); table++)
        if (waits[table] == 0 && !below[table].empty())
            ready.push_back(table);
    while (!ready.empty()) {
        ObjectIndex table = ready.back();
        ready.pop_back();
        for (ObjectIndex child : below[table]) {
            poll();
            level[child] = std::max(level[child], level[table] + 1);
            if (level[child] > most_levels)
                fail_for_levels(snapshot, child, "over too many levels");
            if (--waits[child] == 0)
                ready.push_back(child);
        }
    }
    for (ObjectIndex table = 0; table < snapshot.size(); table++)
        if (waits[table] > 0)
            fail_for_levels(snapshot, table, "from itself");
}

ObjectIndex table_above(const Snapshot &snapshot, ObjectIndex link)
{
    for (ObjectIndex on : snapshot.dependencies(link))
        if (snapshot[on].kind == Kind::table || snapshot[on].kind == Kind::foreign_table)
            return on;
    return no_object;
}

std::vector<ObjectIndex> links_of(const Snapshot &snapshot, ObjectIndex table)
{
    std::vector<ObjectIndex> links;
    for (ObjectIndex link : snapshot.children(table, Kind::inheritance))
        links.push_back(link);
    std::stable_sort(links.begin(), links.end(), [&](ObjectIndex a, ObjectIndex b) {
        return snapshot[a].number("position") < snapshot[b].number("position");
    });
    return links;
}

ObjectIndex counterpart(const Snapshot &snapshot, ObjectIndex part, ObjectIndex table)
{
    Object key;
    key.kind = snapshot[part].kind;
    key.schema = snapshot[table].schema;
    key.parent = snapshot[table].name;
    key.name = snapshot[part].name;
    return snapshot.find(id(key)).value_or(no_object);
}

ObjectIndex part_above(const Snapshot &snapshot, ObjectIndex part)
{
    for (ObjectIndex link : links_of(snapshot, snapshot.parent(part)))
        if (ObjectIndex table = table_above(snapshot, link); table != no_object)
            if (ObjectIndex found = counterpart(snapshot, part, table); found != no_object)
                return found;
    return no_object;
}

ObjectIndex root_above(const Snapshot &snapshot, ObjectIndex table)
{
    std::unordered_set<ObjectIndex> seen; // a document may have a table above itself
    while (seen.insert(table).second) {
        poll();
        std::vector<ObjectIndex> links = links_of(snapshot, table);
        ObjectIndex above = links.empty() ? no_object : table_above(snapshot, links.front());
        if (above == no_object)
            break;
        table = above;
    }
    return table;
}

} // namespace linkgress::core
