#include "core/planner.hpp"

#include "core/error.hpp"
#include "core/inheritance.hpp"
#include "core/kind.hpp"
#include "core/kinds/options.hpp"
#include "core/sqlstate.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <tuple>
#include <unordered_map>

#include <fmt/format.h>

namespace linkgress::core {

// The foreign key that a partition has from its table comes and goes with that one, or
// comes when it is attached.
bool Planner::is_of_parent(const Snapshot &snapshot, ObjectIndex index, bool comes_now) const
{
    if (snapshot[index].kind != Kind::foreign_key || !snapshot[index].flag("inherited"))
        return false;
    ObjectIndex table = snapshot.parent(index);
    for (ObjectIndex part = table + 1; part < snapshot.end_of_children(table); part++)
        if (snapshot[part].kind == Kind::inheritance)
            return comes_now || !diff_.of_source(part).goes() || diff_.of_source(part).moves_with != SIZE_MAX;
    return false;
}

std::size_t Planner::add_step(StepKind kind, std::size_t item)
{
    steps_.push_back({kind, item, {}, false});
    return steps_.size() - 1;
}

std::size_t Planner::column_of_default(const Snapshot &snapshot, ObjectIndex expression) const
{
    const Object &object = snapshot[expression];
    std::optional<ObjectIndex> column = snapshot.find(id(sibling_key(Kind::column, object, object.name)));
    if (!column)
        return no_step;
    return diff_.index_of(&snapshot == &diff_.source ? diff_.of_source(*column) : diff_.of_target(*column));
}

// The index of a partitioned table that the dropped index of a partition is
// attached to, if both are dropped and the partition stays attached until then.
std::size_t Planner::attached_to(const Item &item) const
{
    const Object &index = diff_.source[item.from];
    std::optional<ObjectIndex> link = diff_.source.find(id(sibling_key(Kind::index_attachment, index, index.name)));
    if (!link)
        return no_step;
    std::size_t found = no_step;
    for (ObjectIndex on : diff_.source.dependencies(*link)) {
        const Item &other = diff_.of_source(on);
        if (diff_.source[on].kind == Kind::inheritance && other.goes() && other.moves_with == SIZE_MAX)
            return no_step;
        if (on != item.from && diff_.source[on].kind != Kind::inheritance && other.goes())
            found = diff_.index_of(other);
    }
    return found;
}

// A partition of a table that foreign keys refer to can be detached, but not dropped.
bool Planner::is_referenced_partition(const Item &item) const
{
    if (diff_.source[item.from].kind != Kind::inheritance || !diff_.source[item.from].has("bound"))
        return false;
    ObjectIndex link = item.from;
    for (;;) {
        ObjectIndex table = no_object;
        for (ObjectIndex on : diff_.source.dependencies(link))
            if (is_table(diff_.source[on].kind))
                table = on;
        if (table == no_object || diff_.of_source(table).goes())
            return false;
        if (referenced_.contains(diff_.source[link].text("of")))
            return true;
        link = no_object;
        for (ObjectIndex part = table + 1; part < diff_.source.end_of_children(table); part++)
            if (diff_.source[part].kind == Kind::inheritance)
                link = part;
        if (link == no_object)
            return false;
    }
}

// The item whose drop brings about that of this one.
std::size_t Planner::folds_drop_into(const Item &item)
{
    const Object &object = diff_.source[item.from];
    bool may_be_attached = object.kind == Kind::index || object.kind == Kind::constraint;
    if (std::size_t above = may_be_attached ? attached_to(item) : no_step; above != no_step)
        return above;
    if (repairs_.separate_drops.contains(diff_.index_of(item)))
        return no_step;
    if (item.drop_through != SIZE_MAX)
        return item.drop_through;
    if (ObjectIndex parent = diff_.source.parent(item.from); parent != no_object)
        if (const Item &holder = diff_.of_source(parent); holder.goes() && !holder.is_retired)
            return is_referenced_partition(item) ? no_step : diff_.index_of(holder);
    if (object.kind == Kind::column_default)
        if (std::size_t column = column_of_default(diff_.source, item.from);
            column != no_step && diff_.items[column].goes() &&
            !diff_.of_source(diff_.source.parent(item.from)).is_retired)
            return column;
    if (object.kind == Kind::function)
        for (ObjectIndex on : diff_.source.dependencies(item.from))
            if (diff_.source[on].kind == Kind::base_type && diff_.of_source(on).goes() &&
                diff_.source.depends(on, item.from))
                return diff_.index_of(diff_.of_source(on));
    if (object.kind == Kind::sequence && item.action == Action::drop)
        for (ObjectIndex owner = item.from + 1; owner < diff_.source.end_of_children(item.from); owner++)
            for (ObjectIndex on : diff_.source.dependencies(owner))
                if (diff_.source[on].kind == Kind::column && diff_.of_source(on).goes() &&
                    !diff_.of_source(diff_.source.parent(on)).is_retired)
                    return diff_.index_of(diff_.of_source(on));
    return no_step;
}

// The item whose creation brings this one along.
std::size_t Planner::folds_create_into(const Item &item)
{
    const Object &object = diff_.target[item.to];
    if (item.create_through != SIZE_MAX)
        return item.create_through;
    bool is_separate = repairs_.separate_creates.contains(diff_.index_of(item));
    ObjectIndex parent = diff_.target.parent(item.to);
    if (parent != no_object && diff_.of_target(parent).comes() && is_table(diff_.target[parent].kind)) {
        bool has_bound = object.kind == Kind::inheritance && object.has("bound");
        bool is_from_parent = object.kind == Kind::constraint && object.flag("inherited") &&
                              (!diff_.target[parent].flag("partition") || diff_.of_target(parent).is_like_parent);
        if (object.kind == Kind::column || (object.kind == Kind::inheritance && !has_bound) || is_from_parent ||
            (object.kind == Kind::column_default && !is_separate))
            return diff_.index_of(diff_.of_target(parent));
    }
    if (object.kind == Kind::domain_constraint && !is_separate && diff_.of_target(parent).comes())
        return diff_.index_of(diff_.of_target(parent));
    if (object.kind == Kind::column_default && !is_separate)
        if (std::size_t column = column_of_default(diff_.target, item.to);
            column != no_step && diff_.items[column].comes() && diff_.items[column].create_through == SIZE_MAX)
            return column;
    return no_step;
}

void Planner::make_before(std::size_t index)
{
    if (made_before_[index])
        return;
    made_before_[index] = true;
    const Item &item = diff_.items[index];
    if (item.takes_detour && !item.goes())
        before_[index] = add_step(StepKind::retire, index);
    if (!item.goes() || item.from == no_object)
        return;
    if (is_of_parent(diff_.source, item.from, false))
        return;
    // The columns of a retired table go when it does.
    ObjectIndex parent = diff_.source.parent(item.from);
    if (diff_.source[item.from].kind == Kind::column && diff_.of_source(parent).is_retired) {
        std::size_t table = diff_.index_of(diff_.of_source(parent));
        make_before(table);
        before_[index] = finish_[table];
        return;
    }
    if (item.moves_with != SIZE_MAX) {
        make_before(item.moves_with);
        finish_[index] = finish_[item.moves_with];
        before_[index] = item.is_retired ? add_step(StepKind::retire, index) : finish_[index];
        return;
    }
    if (std::size_t into = folds_drop_into(item); into != no_step) {
        make_before(into);
        before_[index] = before_[into];
        if (before_[index] != no_step)
            steps_[before_[index]].folded.push_back(index);
        return;
    }
    before_[index] = add_step(item.is_retired ? StepKind::retire : StepKind::drop, index);
    if (item.is_retired)
        finish_[index] = add_step(StepKind::finish, index);
    if (repairs_.drop_shells.contains(index))
        drop_shell_[index] = add_step(StepKind::drop_shell, index);
}

void Planner::make_after(std::size_t index)
{
    if (made_after_[index])
        return;
    made_after_[index] = true;
    const Item &item = diff_.items[index];
    if (item.action == Action::alter) {
        after_[index] = add_step(StepKind::alter, index);
        return;
    }
    if (!item.comes())
        return;
    if (is_of_parent(diff_.target, item.to, true))
        return;
    if (std::size_t into = folds_create_into(item); into != no_step) {
        make_after(into);
        after_[index] = after_[into];
        if (after_[index] != no_step)
            steps_[after_[index]].folded.push_back(index);
        return;
    }
    after_[index] = add_step(StepKind::create, index);
    if (repairs_.shells.contains(index)) {
        steps_[after_[index]].has_shell = true;
        shell_[index] = add_step(StepKind::shell, index);
    }
}

Planner::Planner(const Diff &diff) : diff_(diff)
{
    for (const Item &item : diff_.items)
        if (item.from != no_object && diff_.source[item.from].kind == Kind::foreign_key)
            referenced_.insert(diff_.source[item.from].text("references"));
    for (const Item &item : diff_.items)
        if (item.comes() && diff_.target[item.to].flag("calls_itself"))
            repairs_.shells.insert(diff_.index_of(item));
    for (ObjectIndex link = 0; link < diff_.target.size(); link++)
        if (diff_.target[link].kind == Kind::inheritance && diff_.target[link].has("bound"))
            if (ObjectIndex table = table_above(diff_.target, link); table != no_object)
                partitions_[table].push_back(link);
    for (ObjectIndex link = 0; link < diff_.target.size(); link++)
        if (diff_.target[link].kind == Kind::index_attachment)
            for (ObjectIndex on : diff_.target.dependencies(link))
                if (diff_.target[on].kind != Kind::inheritance && diff_.target.parent(on) != diff_.target.parent(link))
                    attached_[on].push_back(link);
}

void Planner::make_steps()
{
    std::size_t count = diff_.items.size();
    steps_.clear();
    for (auto *numbers : {&before_, &after_, &finish_, &shell_, &drop_shell_})
        numbers->assign(count, no_step);
    made_before_.assign(count, false);
    made_after_.assign(count, false);
    for (std::size_t item = 0; item < count; item++) {
        make_before(item);
        make_after(item);
    }
    std::vector<std::size_t> place = rank_steps();
    for (auto *numbers : {&before_, &after_, &finish_, &shell_, &drop_shell_})
        for (std::size_t &number : *numbers)
            if (number != no_step)
                number = place[number];
    std::vector<Step> sorted(steps_.size());
    for (std::size_t i = 0; i < steps_.size(); i++)
        sorted[place[i]] = std::move(steps_[i]);
    steps_ = std::move(sorted);
}

// An event trigger that is there still, and has no say any more
bool Planner::is_disabled(const Step &step) const
{
    const Item &item = diff_.items[step.item];
    return diff_.either(item).kind == Kind::event_trigger && step.kind == StepKind::alter &&
           diff_.target[item.to].text("enabled") == "DISABLE";
}

// What goes, in the reverse of the source's order; what comes, in the target's.
std::vector<std::size_t> Planner::rank_steps() const
{
    // Event triggers and default privileges have a say in what is created: they come last, and go first.
    auto stage = [&](const Step &step) {
        const Item &item = diff_.items[step.item];
        Kind kind = diff_.either(item).kind;
        if (step.kind <= StepKind::retire || is_disabled(step))
            return kind == Kind::event_trigger ? -1 : 0;
        if (kind == Kind::event_trigger || kind == Kind::default_privileges)
            return kind == Kind::event_trigger ? 4 : 3;
        return step.kind == StepKind::finish ? 2 : 1;
    };
    auto rank = [&](const Step &step) -> std::int64_t {
        const Item &item = diff_.items[step.item];
        return stage(step) <= 0 ? -std::int64_t{item.from} : static_cast<std::int64_t>(step.item);
    };
    std::vector<std::size_t> order(steps_.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return std::tuple(stage(steps_[a]), rank(steps_[a]), steps_[a].kind) <
               std::tuple(stage(steps_[b]), rank(steps_[b]), steps_[b].kind);
    });
    std::vector<std::size_t> place(steps_.size());
    for (std::size_t i = 0; i < order.size(); i++)
        place[order[i]] = i;
    return place;
}

// What a statement may call without a word of it in the statement: a check calls a function, an operator or a cast, and
// the bodies of those call others.
bool runs_in_others(Kind kind)
{
    switch (kind) {
    case Kind::function:
    case Kind::procedure:
    case Kind::aggregate:
    case Kind::op:
    case Kind::operator_family:
    case Kind::operator_family_member:
    case Kind::operator_class:
    case Kind::cast:
    case Kind::transform:
    case Kind::conversion:
    case Kind::collation:
    case Kind::language:
    case Kind::base_type:
        return true;
    default:
        return false;
    }
}

namespace {

// The same, of what may need new columns first
bool is_used_in_others(Kind kind)
{
    return kind == Kind::view || kind == Kind::rule || kind == Kind::policy || kind == Kind::domain ||
           kind == Kind::domain_constraint;
}

} // namespace

// A function that is altered has its new text, its new owner and its new grants before anything can call it, through
// however many objects that stay as they are, or through a body that is a text. Only what has to come before it, and
// what goes, comes first. That is a preference, and so makes no cycle.
std::vector<std::uint8_t> Planner::urgency(const Graph &graph) const
{
    enum : std::uint8_t { goes, runs_elsewhere, is_used_elsewhere, all_else };
    std::vector<std::uint8_t> classes(steps_.size(), all_else);
    std::vector<std::size_t> first;
    for (std::size_t i = 0; i < steps_.size(); i++) {
        const Step &step = steps_[i];
        Kind kind = diff_.either(diff_.items[step.item]).kind;
        bool rewrites = step.kind == StepKind::retire && kind == Kind::column;
        if ((step.kind <= StepKind::retire && !rewrites) || is_disabled(step))
            first.push_back(i);
        else if (step.kind == StepKind::alter && runs_in_others(kind))
            classes[i] = runs_elsewhere;
        else if (step.kind == StepKind::alter && is_used_in_others(kind))
            classes[i] = is_used_elsewhere;
    }
    classes = graph.hastened(std::move(classes));
    // What goes is no reason to hurry for what has to come before it.
    for (std::size_t i : first)
        classes[i] = goes;
    return classes;
}

// ---- Cycles

// Tables that refer to each other, tables and the functions of their defaults, checks
// and policies: the piece that refers goes first, or comes last.
bool Planner::separate_children(const std::vector<std::size_t> &cycle)
{
    bool found = false;
    for (std::size_t number : cycle) {
        const Step &step = steps_[number];
        for (std::size_t folded : step.folded) {
            const Item &item = diff_.items[folded];
            bool is_drop = step.kind == StepKind::drop || step.kind == StepKind::finish;
            if (is_drop && item.from != no_object && item.drop_through == SIZE_MAX) {
                Kind kind = diff_.source[item.from].kind;
                bool is_inherited = diff_.source[item.from].flag("inherited");
                bool can_go_first = (kind == Kind::foreign_key && !is_inherited) || kind == Kind::column_default ||
                                    kind == Kind::trigger || kind == Kind::policy || kind == Kind::rule ||
                                    kind == Kind::index || kind == Kind::domain_constraint ||
                                    (kind == Kind::constraint && !is_inherited);
                bool is_in_cycle = false;
                for (ObjectIndex on : diff_.source.dependencies(item.from)) {
                    std::size_t other = before(diff_.of_source(on));
                    is_in_cycle =
                        is_in_cycle || (other != number && std::find(cycle.begin(), cycle.end(), other) != cycle.end());
                }
                if (can_go_first && is_in_cycle)
                    found = repairs_.separate_drops.insert(folded).second || found;
            }
            bool can_come_later = item.to != no_object && (diff_.target[item.to].kind == Kind::column_default ||
                                                           diff_.target[item.to].kind == Kind::domain_constraint);
            if (step.kind == StepKind::create && can_come_later) {
                bool is_in_cycle = false;
                for (ObjectIndex on : diff_.target.dependencies(item.to)) {
                    std::size_t other = after(diff_.of_target(on));
                    is_in_cycle =
                        is_in_cycle || (other != number && std::find(cycle.begin(), cycle.end(), other) != cycle.end());
                }
                if (is_in_cycle)
                    found = repairs_.separate_creates.insert(folded).second || found;
            }
        }
    }
    return found;
}

// Views and functions that use each other: one of them first comes, or last goes, as an
// empty shell.
bool Planner::add_shell(const std::vector<std::size_t> &cycle)
{
    auto can_be_shell = [](const Object &object) {
        return object.kind == Kind::view || (object.kind == Kind::domain && object.has("default")) ||
               ((object.kind == Kind::function || object.kind == Kind::procedure) && object.flag("has_parsed_body"));
    };
    for (std::size_t number : cycle) {
        const Step &step = steps_[number];
        const Item &item = diff_.items[step.item];
        bool is_created = step.kind == StepKind::create &&
                          (can_be_shell(diff_.target[item.to]) || diff_.target[item.to].kind == Kind::base_type);
        if (is_created && repairs_.shells.insert(step.item).second)
            return true;
        if (step.kind == StepKind::drop && can_be_shell(diff_.source[item.from]) &&
            repairs_.drop_shells.insert(step.item).second)
            return true;
    }
    return false;
}

bool Planner::repair(const std::vector<std::size_t> &cycle)
{
    return separate_children(cycle) || add_shell(cycle);
}

void Planner::fail(const std::vector<std::size_t> &cycle) const
{
    std::vector<std::string> names;
    for (std::size_t number : cycle) {
        static constexpr const char *verbs[] = {"empty", "drop", "retire", "alter", "prepare", "create", "finish"};
        const Step &step = steps_[number];
        names.push_back(
            fmt::format("{} {}", verbs[static_cast<std::size_t>(step.kind)], id(diff_.either(diff_.items[step.item]))));
    }
    throw Error(sqlstate::internal_error, "there is no order in which these changes can be made",
                fmt::format("Each has to come before the next: {}.", fmt::join(names, ", ")),
                "Make one of these changes by a migration of its own.");
}

Schedule Planner::in_order(const Graph &graph, const std::vector<std::size_t> &order)
{
    std::vector<std::size_t> place(order.size());
    for (std::size_t i = 0; i < order.size(); i++)
        place[order[i]] = i;
    Schedule schedule;
    schedule.followers.resize(order.size());
    for (std::size_t i = 0; i < order.size(); i++) {
        for (std::size_t next : graph.after(order[i]))
            schedule.followers[i].push_back(place[next]);
        schedule.steps.push_back(std::move(steps_[order[i]]));
    }
    return schedule;
}

Schedule Planner::run()
{
    for (;;) {
        make_steps();
        Graph graph(steps_.size());
        add_edges(graph);
        Graph::Order order = graph.sort(urgency(graph));
        if (order.cycle.empty())
            return in_order(graph, order.nodes);
        if (!repair(order.cycle))
            fail(order.cycle);
    }
}

} // namespace linkgress::core
