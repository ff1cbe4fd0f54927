#include "core/rename_hint.hpp"

#include "core/json.hpp"
#include "core/kind.hpp"
#include "core/text.hpp"

#include <fmt/format.h>

namespace linkgress::core {

namespace {

bool can_be_renamed(Kind kind)
{
    return kind == Kind::column || is_table(kind);
}

// What a column or a table has in common with what it may be renamed to: all but its name. Texts are delimited, so that
// two that differ never give the same.
std::string likeness(const Snapshot &snapshot, ObjectIndex index)
{
    const Object &object = snapshot[index];
    std::string text = rules_of(object.kind).name;
    auto add = [&](const std::string &part) { append_json_string(text, part); };
    add(object.schema);
    if (object.kind == Kind::column) {
        add(object.parent);
        add(object.text("type"));
        return text;
    }
    for (ObjectIndex column : snapshot.children(index, Kind::column)) {
        add(snapshot[column].name);
        add(snapshot[column].text("type"));
    }
    return text;
}

} // namespace

void RenameHints::find_new() const
{
    new_.emplace();
    for (const Item &item : diff_.items) {
        poll();
        if (item.action != Action::create || item.from != no_object || !can_be_renamed(diff_.target[item.to].kind))
            continue;
        auto [found, is_new] = new_->try_emplace(likeness(diff_.target, item.to), Alike{item.to});
        found->second.are_several = !is_new;
    }
}

std::string RenameHints::hint(const Step &step) const
{
    const Item &item = diff_.items[step.item];
    if (step.kind != StepKind::drop || item.from == no_object || item.to != no_object)
        return "";
    Kind kind = diff_.source[item.from].kind;
    if (kind != Kind::column && kind != Kind::table)
        return "";
    if (!new_)
        find_new();
    auto found = new_->find(likeness(diff_.source, item.from));
    if (found == new_->end() || found->second.are_several)
        return ""; // no telling which
    return fmt::format("If it is renamed: INSERT INTO linkgress.rename (kind, old, new) VALUES ('{}', {}, {})",
                       rules_of(kind).name, quote_literal(identity(diff_.source[item.from])),
                       quote_literal(identity(diff_.target[found->second.first])));
}

} // namespace linkgress::core
