#include "core/graph.hpp"

#include "core/poll.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <numeric>
#include <queue>
#include <tuple>
#include <utility>

namespace linkgress::core {

void Graph::add_edge(std::size_t first, std::size_t second)
{
    poll();
    if (first != second)
        after_[first].push_back(second);
}

void Graph::add_soft_edge(std::size_t first, std::size_t second)
{
    poll();
    if (first != second)
        softly_after_[first].push_back(second);
}

std::size_t Graph::add_node()
{
    after_.emplace_back();
    softly_after_.emplace_back();
    return after_.size() - 1;
}

Graph::Classes Graph::hastened(Classes classes, Edges edges) const
{
    std::vector<std::vector<std::size_t>> before(after_.size());
    for (std::size_t node = 0; node < after_.size(); node++, poll()) {
        for (std::size_t next : after_[node])
            before[next].push_back(node);
        if (edges == Edges::all)
            for (std::size_t next : softly_after_[node])
                before[next].push_back(node);
    }
    std::vector<std::size_t> nodes(after_.size());
    std::iota(nodes.begin(), nodes.end(), 0);
    // Those of the smallest class first: then no node is looked at again.
    std::stable_sort(nodes.begin(), nodes.end(), [&](std::size_t a, std::size_t b) { return classes[a] < classes[b]; });
    std::vector<std::size_t> queue;
    for (std::size_t start : nodes) {
        queue.assign(1, start);
        while (!queue.empty()) {
            poll();
            std::size_t node = queue.back();
            queue.pop_back();
            for (std::size_t other : before[node])
                if (classes[other] > classes[node]) {
                    classes[other] = classes[node];
                    queue.push_back(other);
                }
        }
    }
    return classes;
}

namespace {

// Tarjan's algorithm, without recursion: a circle is complete when the walk leaves the first of its nodes.
class CircleFinder {
  public:
    explicit CircleFinder(const Graph &graph)
        : graph_(graph), number_(graph.size(), 0), lowest_(graph.size(), 0), circle_(graph.size(), SIZE_MAX)
    {}

    std::vector<std::size_t> find()
    {
        for (std::size_t node = 0; node < graph_.size(); node++)
            if (number_[node] == 0)
                walk(node);
        for (std::size_t &circle : circle_) // they are found last to first
            circle = circles_ - 1 - circle;
        return std::move(circle_);
    }

  private:
    struct Visit {
        std::size_t node;
        std::size_t edge = 0;
    };

    std::size_t successor(const Visit &visit) const
    {
        const std::vector<std::size_t> &firm = graph_.after(visit.node);
        const std::vector<std::size_t> &soft = graph_.softly_after(visit.node);
        if (visit.edge < firm.size())
            return firm[visit.edge];
        return visit.edge < firm.size() + soft.size() ? soft[visit.edge - firm.size()] : SIZE_MAX;
    }

    void enter(std::size_t node)
    {
        number_[node] = lowest_[node] = ++count_;
        open_.push_back(node);
        visits_.push_back({node});
    }

    void walk(std::size_t start)
    {
        enter(start);
        while (!visits_.empty()) {
            poll();
            Visit &visit = visits_.back();
            std::size_t node = visit.node;
            std::size_t next = successor(visit);
            if (next == SIZE_MAX) {
                leave(node);
                continue;
            }
            visit.edge++;
            if (number_[next] == 0)
                enter(next);
            else if (circle_[next] == SIZE_MAX)
                lowest_[node] = std::min(lowest_[node], number_[next]);
        }
    }

    void leave(std::size_t node)
    {
        visits_.pop_back();
        if (!visits_.empty())
            lowest_[visits_.back().node] = std::min(lowest_[visits_.back().node], lowest_[node]);
        if (lowest_[node] != number_[node])
            return;
        for (std::size_t member = SIZE_MAX; member != node;) {
            member = open_.back();
            open_.pop_back();
            circle_[member] = circles_;
        }
        circles_++;
    }

    const Graph &graph_;
    std::vector<std::size_t> number_; // in the order of the walk, from 1
    std::vector<std::size_t> lowest_; // that can be reached
    std::vector<std::size_t> circle_;
    std::vector<std::size_t> open_; // nodes whose circle is not complete
    std::vector<Visit> visits_;
    std::size_t count_ = 0;
    std::size_t circles_ = 0;
};

// A circle of soft edges that waits for nothing else is opened: one of its nodes, of those that firm edges leave free,
// no longer waits for the others.
class Sorter {
  public:
    Sorter(const Graph &graph, const Graph::Classes &classes, const Graph::Classes &in_circles)
        : graph_(graph), classes_(classes), in_circles_(in_circles), waiting_(graph.size(), 0),
          softly_waiting_(graph.size(), 0), is_done_(graph.size(), false), circle_of_(graph.circles()),
          circles_(graph.size())
    {
        for (std::size_t node = 0; node < graph.size(); node++) {
            poll();
            for (std::size_t next : graph.after(node))
                count(node, next, waiting_);
            for (std::size_t next : graph.softly_after(node))
                count(node, next, softly_waiting_);
        }
    }

    std::vector<std::size_t> sort()
    {
        for (std::size_t node = 0; node < graph_.size(); node++)
            offer(node);
        while (!ready_.empty()) {
            poll();
            auto [its_class, node, opens_circle] = ready_.top();
            ready_.pop();
            if (!is_done_[node] && (!opens_circle || is_first_in_circle(node)))
                take(node);
        }
        return std::move(order_);
    }

    const std::vector<std::size_t> &waiting() const { return waiting_; }

  private:
    using Place = std::tuple<std::uint8_t, std::size_t, bool>;
    using PlaceInCircle = std::pair<std::uint8_t, std::size_t>;
    template <typename T> using Queue = std::priority_queue<T, std::vector<T>, std::greater<>>;

    struct Circle {
        std::size_t waiting = 0; // for how many outside of it
        std::size_t ready = 0;   // how many of its nodes wait for nothing
        Queue<PlaceInCircle> free;
    };

    static std::uint8_t class_of(const Graph::Classes &classes, std::size_t node)
    {
        return classes.empty() ? 0 : classes[node];
    }

    void count(std::size_t node, std::size_t next, std::vector<std::size_t> &waiting)
    {
        waiting[next]++;
        if (circle_of_[node] != circle_of_[next])
            circles_[circle_of_[next]].waiting++;
    }

    // What no firm edge holds
    void offer(std::size_t node)
    {
        if (is_done_[node] || waiting_[node] > 0)
            return;
        Circle &circle = circles_[circle_of_[node]];
        if (softly_waiting_[node] == 0) {
            circle.ready++;
            ready_.emplace(class_of(classes_, node), node, false);
            return;
        }
        circle.free.emplace(class_of(in_circles_, node), node);
        open(circle);
    }

    void open(Circle &circle)
    {
        while (!circle.free.empty() && is_done_[circle.free.top().second])
            circle.free.pop();
        if (circle.free.empty() || circle.waiting > 0 || circle.ready > 0)
            return;
        std::size_t node = circle.free.top().second;
        ready_.emplace(class_of(classes_, node), node, true);
    }

    bool is_first_in_circle(std::size_t node) const
    {
        const Circle &circle = circles_[circle_of_[node]];
        return circle.ready == 0 && circle.free.top().second == node;
    }

    void take(std::size_t node)
    {
        Circle &circle = circles_[circle_of_[node]];
        if (softly_waiting_[node] == 0)
            circle.ready--;
        is_done_[node] = true;
        order_.push_back(node);
        for (std::size_t next : graph_.after(node))
            release(node, next, waiting_);
        for (std::size_t next : graph_.softly_after(node))
            release(node, next, softly_waiting_);
        open(circle);
    }

    void release(std::size_t node, std::size_t next, std::vector<std::size_t> &waiting)
    {
        poll();
        Circle &circle = circles_[circle_of_[next]];
        bool is_last_outside = circle_of_[node] != circle_of_[next] && --circle.waiting == 0;
        if (--waiting[next] == 0)
            offer(next);
        if (is_last_outside)
            open(circle);
    }

    const Graph &graph_;
    const Graph::Classes &classes_;
    const Graph::Classes &in_circles_;
    std::vector<std::size_t> waiting_; // how many are still to come before it
    std::vector<std::size_t> softly_waiting_;
    std::vector<bool> is_done_;
    std::vector<std::size_t> circle_of_;
    std::vector<Circle> circles_;
    Queue<Place> ready_;
    std::vector<std::size_t> order_;
};

} // namespace

std::vector<std::size_t> Graph::circles() const
{
    return CircleFinder(*this).find();
}

Graph::Order Graph::sort(const Classes &classes, const Classes &in_circles) const
{
    Sorter sorter(*this, classes, in_circles);
    Order order;
    order.nodes = sorter.sort();
    if (order.nodes.size() < after_.size())
        order.cycles = find_cycles(sorter.waiting());
    return order;
}

// Every node that still waits has one before it that waits too: going back from one
// to the next must come to a node for the second time.
std::vector<std::vector<std::size_t>> Graph::find_cycles(const std::vector<std::size_t> &waiting) const
{
    std::vector<std::size_t> before(after_.size(), SIZE_MAX);
    for (std::size_t i = 0; i < after_.size(); i++)
        if (poll(); waiting[i] > 0)
            for (std::size_t next : after_[i])
                before[next] = i;
    std::vector<std::vector<std::size_t>> cycles;
    std::vector<std::size_t> seen_from(after_.size(), SIZE_MAX);
    for (std::size_t start = 0; start < after_.size(); start++) {
        if (waiting[start] == 0)
            continue;
        std::size_t node = start;
        for (; seen_from[node] == SIZE_MAX; node = before[node]) {
            poll();
            seen_from[node] = start;
        }
        if (seen_from[node] != start)
            continue; // it leads to a cycle that has been found
        std::vector<std::size_t> &cycle = cycles.emplace_back();
        for (std::size_t i = node; cycle.empty() || i != node; i = before[i])
            cycle.push_back(i);
        std::reverse(cycle.begin(), cycle.end());
    }
    return cycles;
}

} // namespace linkgress::core
