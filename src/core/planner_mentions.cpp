// What is to come before what because a text names it; see plan.hpp.
//
// Whatever a function calls is to be there before anything can call the function, and whatever it has called is to stay
// until it is another one. In between there may be any number of objects that stay as they are, and texts that name
// each other: those have nodes of their own in the graph, as every name that is mentioned has.

#include "core/planner.hpp"
#include "core/poll.hpp"

#include <algorithm>
#include <functional>
#include <unordered_map>

namespace linkgress::core {

namespace {

enum class Direction : std::uint8_t { named_first, named_last };

class MentionEdges {
  public:
    using StepOf = std::function<std::size_t(ObjectIndex)>;

    MentionEdges(Graph &graph, const Snapshot &snapshot, Direction direction, StepOf step_of)
        : graph_(graph), snapshot_(snapshot), direction_(direction), step_of_(std::move(step_of))
    {}

    void add(const std::vector<const Mentions::Name *> &names)
    {
        for (const Mentions::Name *name : names) {
            std::size_t node = graph_.add_node();
            for (ObjectIndex bearer : name->bearers)
                edge(node_of(bearer), node);
            for (ObjectIndex mentioning : name->mentioned_in)
                edge(node, node_of(mentioning));
        }
        while (!unchanged_.empty()) {
            ObjectIndex object = unchanged_.back();
            unchanged_.pop_back();
            pass_on(object);
        }
    }

  private:
    std::size_t node_of(ObjectIndex object)
    {
        if (std::size_t step = step_of_(object); step != no_step)
            return step;
        auto [node, is_new] = nodes_.try_emplace(object, 0);
        if (is_new) {
            node->second = graph_.add_node();
            unchanged_.push_back(object);
        }
        return node->second;
    }

    void edge(std::size_t named, std::size_t naming)
    {
        if (direction_ == Direction::named_first)
            graph_.add_soft_edge(named, naming);
        else
            graph_.add_soft_edge(naming, named);
    }

    // Who depends on what stays as it is depends on what that names. A domain is what it checks.
    void pass_on(ObjectIndex object)
    {
        std::size_t node = nodes_.at(object);
        for (ObjectIndex dependent : snapshot_.dependents(object)) {
            poll();
            edge(node, node_of(dependent));
        }
        if (snapshot_[object].kind == Kind::domain_constraint)
            edge(node, node_of(snapshot_.parent(object)));
    }

    Graph &graph_;
    const Snapshot &snapshot_;
    Direction direction_;
    StepOf step_of_;
    std::unordered_map<ObjectIndex, std::size_t> nodes_; // of what stays as it is
    std::vector<ObjectIndex> unchanged_;                 // that are to be passed
};

bool gets_name(const Item &item, Kind kind)
{
    return item.comes() || item.is_renamed || (item.action == Action::alter && kind == Kind::enum_type);
}

} // namespace

// The steps may be made several times, the texts are read once.
void Planner::read_mentions()
{
    auto is_any = [&](auto condition) { return std::any_of(diff_.items.begin(), diff_.items.end(), condition); };
    if (is_any([](const Item &item) { return item.to != no_object && item.action != Action::none; }))
        mentioned_in_target_.emplace(diff_.target, [&](ObjectIndex index) {
            Kind kind = diff_.target[index].kind;
            return gets_name(diff_.of_target(index), kind) || runs_in_others(kind);
        });
    if (is_any([](const Item &item) { return item.action == Action::drop; }))
        mentioned_in_source_.emplace(diff_.source, [&](ObjectIndex index) {
            const Item &item = diff_.of_source(index);
            return item.action == Action::drop ||
                   (item.action == Action::none && runs_in_others(diff_.source[index].kind));
        });
}

void Planner::add_mention_edges(Graph &graph) const
{
    if (mentioned_in_target_)
        MentionEdges(graph, diff_.target, Direction::named_first, [&](ObjectIndex index) {
            return after(diff_.of_target(index));
        }).add(mentioned_in_target_->names());
    if (mentioned_in_source_)
        MentionEdges(graph, diff_.source, Direction::named_last, [&](ObjectIndex index) {
            const Item &item = diff_.of_source(index);
            return item.goes() ? before(item) : after(item);
        }).add(mentioned_in_source_->names());
}

namespace {

// Steps that follow from each other, where between them there may be nodes that are no steps. Of those that lead to
// such a node, which come one after the other, each leads to the next, and the last one to what comes behind it.
class Followers {
  public:
    // The places of steps, no_step for other nodes
    Followers(const std::vector<std::size_t> &places, std::size_t steps)
        : places_(places), last_(places.size(), no_step), followers_(steps)
    {}

    void add(std::size_t node, std::size_t next)
    {
        std::size_t place = places_[node] != no_step ? places_[node] : last_[node];
        if (place == no_step)
            return;
        if (places_[next] != no_step)
            lead(place, places_[next]);
        else
            lead_to_other(place, last_[next]);
    }

    std::vector<std::vector<std::size_t>> take() { return std::move(followers_); }

  private:
    void lead(std::size_t place, std::size_t next)
    {
        if (place < next)
            followers_[place].push_back(next);
    }

    void lead_to_other(std::size_t place, std::size_t &last)
    {
        if (last != no_step)
            lead(std::min(place, last), std::max(place, last));
        last = last == no_step ? place : std::max(place, last);
    }

    const std::vector<std::size_t> &places_;
    std::vector<std::size_t> last_; // of other nodes: the place of the last step that leads to it
    std::vector<std::vector<std::size_t>> followers_;
};

} // namespace

Schedule Planner::in_order(const Graph &graph, const std::vector<std::size_t> &order)
{
    Schedule schedule;
    std::vector<std::size_t> places(order.size(), no_step);
    std::vector<std::size_t> rank(order.size());
    for (std::size_t i = 0; i < order.size(); i++) {
        poll();
        rank[order[i]] = i;
        if (order[i] >= steps_.size())
            continue;
        places[order[i]] = schedule.steps.size();
        schedule.steps.push_back(std::move(steps_[order[i]]));
    }
    Followers followers(places, steps_.size());
    schedule.firm_followers.resize(steps_.size());
    for (std::size_t node : order) {
        poll();
        for (std::size_t next : graph.after(node)) { // both are steps
            followers.add(node, next);
            schedule.firm_followers[places[node]].push_back(places[next]);
        }
        for (std::size_t next : graph.softly_after(node))
            if (rank[node] < rank[next])
                followers.add(node, next);
    }
    schedule.followers = followers.take();
    return schedule;
}

} // namespace linkgress::core
