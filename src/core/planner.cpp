#include "core/planner.hpp"

#include "core/error.hpp"
#include "core/inheritance.hpp"
#include "core/kind.hpp"
#include "core/kinds/options.hpp"
#include "core/poll.hpp"
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
    ObjectRange links = snapshot.children(snapshot.parent(index), Kind::inheritance);
    if (links.empty())
        return false;
    return comes_now || !diff_.of_source(links.front()).goes() || diff_.of_source(links.front()).moves_with != SIZE_MAX;
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

namespace {

ObjectIndex last_table_above(const Snapshot &snapshot, ObjectIndex link)
{
    ObjectIndex table = no_object;
    for (ObjectIndex on : snapshot.dependencies(link))
        if (is_table(snapshot[on].kind))
            table = on;
    return table;
}

} // namespace

// A partition of a table that foreign keys refer to can be detached, but not dropped.
bool Planner::is_referenced_partition(const Item &item)
{
    const Snapshot &source = diff_.source;
    if (source[item.from].kind != Kind::inheritance || !source[item.from].has("bound"))
        return false;
    std::vector<ObjectIndex> links; // upwards
    bool is_referenced = false;
    for (ObjectIndex link = item.from;;) {
        auto [known, is_new] = is_referenced_.try_emplace(link, false);
        is_referenced = known->second;
        if (!is_new)
            break;
        links.push_back(link);
        ObjectIndex table = last_table_above(source, link);
        if (table == no_object || diff_.of_source(table).goes())
            break;
        is_referenced = referenced_.contains(source[link].text("of"));
        ObjectRange above = source.children(table, Kind::inheritance);
        if (is_referenced || above.empty())
            break;
        link = above.back();
    }
    for (ObjectIndex link : links)
        is_referenced_[link] = is_referenced;
    return is_referenced;
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

std::size_t Planner::goes_with(std::size_t index)
{
    const Item &item = diff_.items[index];
    if (!item.goes() || item.from == no_object || is_of_parent(diff_.source, item.from, false))
        return no_step;
    ObjectIndex parent = diff_.source.parent(item.from);
    if (diff_.source[item.from].kind == Kind::column && diff_.of_source(parent).is_retired)
        return diff_.index_of(diff_.of_source(parent));
    return item.moves_with != SIZE_MAX ? item.moves_with : folds_drop_into(item);
}

std::size_t Planner::comes_with(std::size_t index)
{
    const Item &item = diff_.items[index];
    bool comes_by_itself = item.action == Action::alter || !item.comes() || is_of_parent(diff_.target, item.to, true);
    return comes_by_itself ? no_step : folds_create_into(item);
}

// The steps of those that it goes with are made first. There may be many, each going with the next.
void Planner::make_before(std::size_t index)
{
    std::vector<std::pair<std::size_t, std::size_t>> chain; // items, each with the one that it goes with
    while (index != no_step && !made_before_[index]) {
        poll();
        made_before_[index] = true;
        std::size_t with = goes_with(index);
        chain.emplace_back(index, with);
        index = with;
    }
    for (auto each = chain.rbegin(); each != chain.rend(); ++each)
        add_before(each->first, each->second);
}

void Planner::make_after(std::size_t index)
{
    std::vector<std::pair<std::size_t, std::size_t>> chain;
    while (index != no_step && !made_after_[index]) {
        poll();
        made_after_[index] = true;
        std::size_t with = comes_with(index);
        chain.emplace_back(index, with);
        index = with;
    }
    for (auto each = chain.rbegin(); each != chain.rend(); ++each)
        add_after(each->first, each->second);
}

void Planner::add_before(std::size_t index, std::size_t with)
{
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
        before_[index] = finish_[with];
        return;
    }
    if (item.moves_with != SIZE_MAX) {
        finish_[index] = finish_[with];
        before_[index] = item.is_retired ? add_step(StepKind::retire, index) : finish_[index];
        return;
    }
    if (with != no_step) {
        before_[index] = before_[with];
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

void Planner::add_after(std::size_t index, std::size_t with)
{
    const Item &item = diff_.items[index];
    if (item.action == Action::alter) {
        after_[index] = add_step(StepKind::alter, index);
        return;
    }
    if (!item.comes())
        return;
    if (is_of_parent(diff_.target, item.to, true))
        return;
    if (with != no_step) {
        after_[index] = after_[with];
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

Planner::Planner(const Diff &diff, Pace pace) : diff_(diff), pace_(pace)
{
    for (const Item &item : diff_.items)
        if (item.from != no_object && diff_.source[item.from].kind == Kind::foreign_key)
            referenced_.insert(diff_.source[item.from].text("references"));
    for (const Item &item : diff_.items)
        if (item.comes() && diff_.target[item.to].flag("calls_itself"))
            repairs_.shells.insert(diff_.index_of(item));
    repairs_at_first_ = repairs_;
    for (ObjectIndex link = 0; link < diff_.target.size(); link++)
        if (diff_.target[link].kind == Kind::inheritance && diff_.target[link].has("bound"))
            if (ObjectIndex table = table_above(diff_.target, link); table != no_object)
                partitions_[table].push_back(link);
    for (ObjectIndex link = 0; link < diff_.target.size(); link++)
        if (diff_.target[link].kind == Kind::index_attachment)
            for (ObjectIndex on : diff_.target.dependencies(link))
                if (diff_.target[on].kind != Kind::inheritance && diff_.target.parent(on) != diff_.target.parent(link))
                    attached_[on].push_back(link);
    read_mentions();
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
        poll();
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
// what goes, comes first. That is a preference, and so makes no cycle. In a circle of texts, what only is named in one
// of them is no reason to wait.
Graph::Classes Planner::urgency(const Graph &graph, Graph::Edges edges) const
{
    // What is no step is passed as soon as it can be, and is the last reason to open a circle.
    enum : std::uint8_t { is_passed, goes, runs_elsewhere, is_used_elsewhere, all_else, is_last };
    Graph::Classes classes(graph.size(), all_else);
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
    classes = graph.hastened(std::move(classes), edges);
    // What goes is no reason to hurry for what has to come before it.
    for (std::size_t i : first)
        classes[i] = goes;
    for (std::size_t i = steps_.size(); i < classes.size(); i++)
        classes[i] = edges == Graph::Edges::all ? is_passed : is_last;
    return classes;
}

// ---- Cycles

namespace {

bool can_go_first(const Object &object)
{
    switch (object.kind) {
    case Kind::foreign_key:
    case Kind::constraint:
        return !object.flag("inherited");
    case Kind::column_default:
    case Kind::trigger:
    case Kind::policy:
    case Kind::rule:
    case Kind::index:
    case Kind::domain_constraint:
        return true;
    default:
        return false;
    }
}

} // namespace

// Tables that refer to each other, tables and the functions of their defaults, checks
// and policies: the piece that refers goes first, or comes last.
bool Planner::separate_children(const std::vector<std::size_t> &cycle)
{
    std::set<std::size_t> others(cycle.begin(), cycle.end());
    bool found = false;
    for (std::size_t number : cycle) {
        others.erase(number);
        for (std::size_t folded : steps_[number].folded)
            found = separate_child(steps_[number], folded, others) || found;
        others.insert(number);
    }
    return found;
}

bool Planner::separate_child(const Step &step, std::size_t folded, const std::set<std::size_t> &others)
{
    poll();
    const Item &item = diff_.items[folded];
    bool found = false;
    bool is_drop = step.kind == StepKind::drop || step.kind == StepKind::finish;
    if (is_drop && item.from != no_object && item.drop_through == SIZE_MAX && can_go_first(diff_.source[item.from])) {
        const std::vector<ObjectIndex> &on = diff_.source.dependencies(item.from);
        if (std::any_of(on.begin(), on.end(),
                        [&](ObjectIndex i) { return others.contains(before(diff_.of_source(i))); }))
            found = repairs_.separate_drops.insert(folded).second;
    }
    bool can_come_later = item.to != no_object && (diff_.target[item.to].kind == Kind::column_default ||
                                                   diff_.target[item.to].kind == Kind::domain_constraint);
    if (step.kind == StepKind::create && can_come_later) {
        const std::vector<ObjectIndex> &on = diff_.target.dependencies(item.to);
        if (std::any_of(on.begin(), on.end(),
                        [&](ObjectIndex i) { return others.contains(after(diff_.of_target(i))); }))
            found = repairs_.separate_creates.insert(folded).second || found;
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

// All that have no step in common at once: for each, the steps are made anew.
bool Planner::repair(const std::vector<std::vector<std::size_t>> &cycles)
{
    bool found = false;
    for (const std::vector<std::size_t> &cycle : cycles)
        found = separate_children(cycle) || add_shell(cycle) || found;
    return found;
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

Schedule Planner::run()
{
    for (;;) {
        make_steps();
        Graph graph(steps_.size());
        add_edges(graph);
        add_mention_edges(graph);
        auto classes = [&](Graph::Edges edges) {
            return pace_ == Pace::in_stages ? urgency_in_stages(graph, edges) : urgency(graph, edges);
        };
        Graph::Order order = graph.sort(classes(Graph::Edges::all), classes(Graph::Edges::firm));
        if (order.cycles.empty())
            return in_order(graph, order.nodes);
        if (repair(order.cycles))
            continue;
        if (pace_ == Pace::at_once)
            fail(order.cycles.front());
        pace_ = Pace::at_once; // it has fewer edges
        repairs_ = repairs_at_first_;
    }
}

} // namespace linkgress::core
