#include "core/rename_hint.hpp"

#include "core/text.hpp"

#include <map>
#include <vector>

#include <fmt/format.h>

namespace linkgress::core {

namespace {

std::map<std::string, std::string> types_of_columns(const Snapshot &snapshot, ObjectIndex table)
{
    std::map<std::string, std::string> types;
    for (ObjectIndex part = table + 1; part < snapshot.end_of_children(table); part++)
        if (snapshot[part].kind == Kind::column)
            types.emplace(snapshot[part].name, snapshot[part].text("type"));
    return types;
}

bool is_alike(const Diff &diff, const Item &dropped, const Item &created)
{
    const Object &from = diff.source[dropped.from];
    const Object &to = diff.target[created.to];
    if (created.from != no_object || created.action != Action::create || from.kind != to.kind ||
        from.schema != to.schema)
        return false;
    if (from.kind == Kind::column)
        return from.parent == to.parent && from.text("type") == to.text("type");
    return types_of_columns(diff.source, dropped.from) == types_of_columns(diff.target, created.to);
}

// The columns of its table, or all tables
std::vector<ObjectIndex> candidates(const Diff &diff, const Item &dropped)
{
    const Snapshot &target = diff.target;
    std::vector<ObjectIndex> result;
    if (diff.source[dropped.from].kind == Kind::column) {
        const Item &table = diff.of_source(diff.source.parent(dropped.from));
        if (table.to != no_object)
            for (ObjectIndex part = table.to + 1; part < target.end_of_children(table.to); part++)
                result.push_back(part);
    } else {
        for (ObjectIndex i = 0; i < target.size(); i = target.end_of_children(i))
            if (diff.of_target(i).action == Action::create)
                result.push_back(i);
    }
    return result;
}

} // namespace

std::string rename_hint(const Diff &diff, const Step &step)
{
    const Item &item = diff.items[step.item];
    if (step.kind != StepKind::drop || item.from == no_object || item.to != no_object)
        return "";
    Kind kind = diff.source[item.from].kind;
    if (kind != Kind::column && kind != Kind::table)
        return "";
    const Object *other = nullptr;
    for (ObjectIndex candidate : candidates(diff, item))
        if (is_alike(diff, item, diff.of_target(candidate))) {
            if (other != nullptr)
                return ""; // no telling which
            other = &diff.target[candidate];
        }
    if (other == nullptr)
        return "";
    return fmt::format("If it is renamed: INSERT INTO linkgress.rename (kind, old, new) VALUES ('{}', {}, {})",
                       rules_of(kind).name, quote_literal(identity(diff.source[item.from])),
                       quote_literal(identity(*other)));
}

} // namespace linkgress::core
