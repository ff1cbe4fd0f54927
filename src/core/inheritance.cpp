#include "core/inheritance.hpp"

#include <algorithm>

namespace linkgress::core {

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
    for (ObjectIndex part = table + 1; part < snapshot.end_of_children(table); part++)
        if (snapshot[part].kind == Kind::inheritance)
            links.push_back(part);
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

} // namespace linkgress::core
