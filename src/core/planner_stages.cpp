// The order of a plan that is done in stages, each of which others see: first what is new, and what may fail on rows;
// then what takes the place of something, which goes right before; at last what only goes. See planner.hpp.

#include "core/inheritance.hpp"
#include "core/kind.hpp"
#include "core/kinds/key.hpp"
#include "core/kinds/options.hpp"
#include "core/online_way.hpp"
#include "core/planner.hpp"
#include "core/poll.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

namespace linkgress::core {

namespace {

bool is_drop(const Step &step)
{
    return step.kind <= StepKind::retire;
}

// The values of the column become texts.
bool rewrites(const Diff &diff, const Step &step)
{
    return step.kind == StepKind::retire && diff.either(diff.items[step.item]).kind == Kind::column;
}

} // namespace

// What has a say in what is created, or keeps something new from being created in a way that no edge tells
bool Planner::goes_early(const Step &step) const
{
    const Item &item = diff_.items[step.item];
    if (is_disabled(step))
        return true;
    if (!is_drop(step) || item.from == no_object)
        return false;
    switch (diff_.source[item.from].kind) {
    case Kind::event_trigger:
    case Kind::default_privileges:
    case Kind::operator_class: // there is one that is the default
    case Kind::conversion:
        return true;
    case Kind::op:
    case Kind::transform: // which a function that is made meanwhile depends on
    case Kind::operator_family:
    case Kind::extension:
    case Kind::language:
    case Kind::access_method:
    case Kind::foreign_data_wrapper:
        return item.action == Action::drop;
    case Kind::index: // left behind by a build that failed
        return diff_.source[item.from].flag("invalid") && item.action == Action::drop;
    default:
        return false;
    }
}

namespace {

// As in Planner::urgency(), but for what goes
enum Urgency : std::uint8_t {
    is_passed,
    goes_first,
    runs_elsewhere,
    is_used_elsewhere,
    all_else,
    makes_way,
    only_goes,
    has_a_say,
    is_last
};

} // namespace

// What goes early needs others to go early, too.
void Planner::hasten_drops(const Graph &graph, Graph::Classes &classes) const
{
    std::vector<std::vector<std::size_t>> before(graph.size());
    std::vector<std::size_t> queue;
    for (std::size_t i = 0; i < steps_.size(); i++) {
        poll();
        for (std::size_t next : graph.after(i))
            if (is_drop(steps_[i]))
                before[next].push_back(i);
        if (goes_early(steps_[i])) {
            classes[i] = goes_first;
            queue.push_back(i);
        }
    }
    while (!queue.empty()) {
        poll();
        std::size_t step = queue.back();
        queue.pop_back();
        for (std::size_t other : before[step])
            if (classes[other] != goes_first) {
                classes[other] = goes_first;
                queue.push_back(other);
            }
    }
}

Graph::Classes Planner::urgency_in_stages(const Graph &graph, Graph::Edges edges) const
{
    Graph::Classes classes = urgency(graph, edges);
    for (std::size_t i = 0; i < classes.size(); i++) {
        classes[i] = i < steps_.size() ? std::clamp(classes[i], std::uint8_t{runs_elsewhere}, std::uint8_t{all_else})
                                       : std::uint8_t{has_a_say};
        if (i >= steps_.size())
            continue;
        Kind kind = diff_.either(diff_.items[steps_[i].item]).kind;
        if (is_drop(steps_[i]) && !rewrites(diff_, steps_[i]))
            classes[i] = only_goes;
        else if (kind == Kind::event_trigger || kind == Kind::default_privileges)
            classes[i] = has_a_say;
    }
    classes = graph.hastened(std::move(classes), edges);
    for (std::size_t i = 0; i < steps_.size(); i++)
        if (is_drop(steps_[i]) && classes[i] == all_else)
            classes[i] = makes_way;
    hasten_drops(graph, classes);
    for (std::size_t i = steps_.size(); i < classes.size(); i++)
        classes[i] = edges == Graph::Edges::all ? is_passed : is_last;
    return classes;
}

// An alteration that goes as well with what is dropped as without it: it need not wait.
bool Planner::needs_no_drop(const Item &dropped, const Item &altered) const
{
    if (pace_ == Pace::at_once)
        return false;
    if (is_harmless(diff_, altered))
        return diff_.to(altered)->kind != Kind::table ||
               diff_.from(altered)->text("of_type") == diff_.to(altered)->text("of_type");
    // Without NOT NULL first: no row is refused meanwhile.
    const Object &to = *diff_.to(altered);
    return diff_.from(dropped)->kind == Kind::column_default && to.kind == Kind::column && !altered.is_retyped &&
           !to.has("identity") && !to.has("generated");
}

// A default is there before NOT NULL is: no row is refused meanwhile.
// And what keeps duplicates or the like out is there before a key, with which NOT NULL goes, is not.
bool Planner::comes_before_column(ObjectIndex part, ObjectIndex on) const
{
    const Snapshot &target = diff_.target;
    if (pace_ == Pace::at_once || target[on].kind != Kind::column || target.parent(part) != target.parent(on))
        return false;
    const Item &column = diff_.of_target(on);
    if (target[part].kind == Kind::constraint || target[part].kind == Kind::index)
        return column.action == Action::alter && !column.is_retyped && diff_.from(column)->flag("not_null") &&
               !target[on].flag("not_null");
    return target[part].kind == Kind::column_default && target[part].name == target[on].name &&
           can_have_default_first(diff_, column);
}

// In children, too, which get NOT NULL together with the table above
void Planner::add_default_edges(Graph &graph, const Item &item)
{
    if (item.to == no_object || diff_.target[item.to].kind != Kind::column_default)
        return;
    std::size_t number = column_of_default(diff_.target, item.to);
    if (number == no_step || !can_have_default_first(diff_, diff_.items[number]))
        return;
    std::set<ObjectIndex> seen;
    for (ObjectIndex column = diff_.items[number].to; column != no_object && seen.insert(column).second;
         column = part_above(diff_.target, column))
        if (can_have_default_first(diff_, diff_.of_target(column)))
            edge(graph, after(item), after(diff_.of_target(column)));
}

// Which of several keys a foreign key refers to is up to the server: those that are not to be there must be gone.
void Planner::add_reference_edges(Graph &graph, const Item &item)
{
    if (!item.comes() || diff_.target[item.to].kind != Kind::foreign_key)
        return;
    std::set<ObjectIndex> tables; // of the source
    for (ObjectIndex on : diff_.target.dependencies(item.to))
        if (ObjectIndex table = diff_.target.parent(on); table != no_object)
            if (ObjectIndex before = diff_.of_target(table).from; before != no_object)
                tables.insert(before);
    for (ObjectIndex table : tables)
        for (ObjectIndex part = table + 1; part < diff_.source.end_of_children(table); part++)
            if (const Item &other = diff_.of_source(part);
                other.goes() && before(other) != no_step && is_unique_key(diff_.source[part]))
                edge(graph, before(other), after(item));
}

namespace {

// What only one of can be there, or what is not to be there twice, nor not at all; empty if there is none such
std::string seat_of(const Object &object)
{
    std::string table = fmt::format("{}.{}", object.schema, object.parent);
    switch (object.kind) {
    case Kind::constraint:
        return object.text("definition").starts_with("PRIMARY KEY ") ? "key " + table : "";
    case Kind::function:
    case Kind::procedure:
    case Kind::aggregate: // a call may fit both
        return fmt::format("routine {}.{}", object.schema, object.name);
    case Kind::clustering:
    case Kind::replica_identity:
        return fmt::format("{} {}", rules_of(object.kind).name, table);
    case Kind::publication_table:
    case Kind::publication_schema:
        return fmt::format("publication {}", object.parent);
    case Kind::policy:
    case Kind::trigger:
    case Kind::rule:
        return object.flag("inherited") ? "" : fmt::format("{} {}", rules_of(object.kind).name, table);
    default:
        return "";
    }
}

} // namespace

void Planner::add_seat_edges(Graph &graph)
{
    std::map<std::string, std::vector<std::size_t>> left; // by which steps
    for (const Item &item : diff_.items)
        if (item.from != no_object && item.goes() && before(item) != no_step)
            if (std::string seat = seat_of(diff_.source[item.from]); !seat.empty())
                left[seat].push_back(before(item));
    if (left.empty())
        return;
    for (const Item &item : diff_.items) {
        if (item.to == no_object || !item.comes())
            continue;
        std::string seat = seat_of(diff_.target[item.to]);
        if (auto found = left.find(seat); !seat.empty() && found != left.end())
            for (std::size_t step : found->second)
                edge(graph, step, after(item));
    }
}

// No two partitions of a table may overlap, and a partition has one table only.
void Planner::add_partition_edges(Graph &graph)
{
    std::map<std::string, std::vector<std::size_t>> left;
    auto names_in = [&](const Snapshot &snapshot, ObjectIndex link) {
        const Object &object = snapshot[link];
        std::vector<std::string> names = {fmt::format("table {}.{}", object.schema, object.parent)};
        if (object.has("bound"))
            names.push_back("of " + object.text("of"));
        return names;
    };
    for (const Item &item : diff_.items)
        if (item.from != no_object && item.goes() && before(item) != no_step &&
            diff_.source[item.from].kind == Kind::inheritance)
            for (std::string &name : names_in(diff_.source, item.from))
                left[std::move(name)].push_back(before(item));
    if (left.empty())
        return;
    for (const Item &item : diff_.items) {
        if (item.to == no_object || !item.comes() || diff_.target[item.to].kind != Kind::inheritance)
            continue;
        for (const std::string &name : names_in(diff_.target, item.to))
            if (auto found = left.find(name); found != left.end())
                for (std::size_t step : found->second)
                    if (steps_[step].kind != StepKind::finish)
                        edge(graph, step, after(item));
    }
}

// A composite type has its attributes when it comes, and until it goes.
void Planner::add_attribute_edges(Graph &graph, const Item &item)
{
    if (item.is_void() || diff_.either(item).kind != Kind::composite_attribute)
        return;
    if (item.to != no_object)
        for (ObjectIndex on : diff_.target.dependencies(item.to))
            if (const Item &type = diff_.of_target(diff_.target.parent(item.to)); type.comes())
                edge(graph, after(diff_.of_target(on)), after(type));
    if (item.from != no_object)
        for (ObjectIndex on : diff_.source.dependencies(item.from))
            if (const Item &type = diff_.of_source(diff_.source.parent(item.from)); type.goes() && !type.is_retired)
                if (const Item &other = diff_.of_source(on); other.goes())
                    edge(graph, before(type), other.is_retired ? finish(other) : before(other));
}

// A function with a body that is parsed, over the rows of a table: these have lost what they are to lose.
void Planner::add_row_edges(Graph &graph, const Item &item)
{
    if (item.to == no_object || !item.comes() || !diff_.target[item.to].flag("has_parsed_body"))
        return;
    for (ObjectIndex on : diff_.target.dependencies(item.to)) {
        ObjectIndex table = is_table(diff_.target[on].kind) ? diff_.of_target(on).from : no_object;
        if (table == no_object)
            continue;
        for (ObjectIndex column : diff_.source.children(table, Kind::column))
            if (const Item &other = diff_.of_source(column); other.goes())
                edge(graph, before(other), after(item));
    }
}

void Planner::add_stage_edges(Graph &graph)
{
    for (const Item &item : diff_.items) {
        poll();
        add_attribute_edges(graph, item);
        add_row_edges(graph, item);
        if (item.to != no_object && item.comes() && diff_.target[item.to].kind == Kind::trigger &&
            diff_.target[item.to].flag("inherited")) // it is there when the table is a partition
            for (ObjectIndex link : links_of(diff_.target, diff_.target.parent(item.to)))
                edge(graph, after(diff_.of_target(link)), after(item));
        edge(graph, before(item), finish(item));
        add_default_edges(graph, item);
        add_reference_edges(graph, item);
    }
    add_seat_edges(graph);
    add_partition_edges(graph);
}

} // namespace linkgress::core
