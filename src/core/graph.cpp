#include "core/graph.hpp"

#include "core/poll.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <numeric>
#include <queue>
#include <utility>

namespace linkgress::core {

void Graph::add_edge(std::size_t first, std::size_t second)
{
    poll();
    if (first != second)
        after_[first].push_back(second);
}

std::vector<std::uint8_t> Graph::hastened(std::vector<std::uint8_t> classes) const
{
    std::vector<std::vector<std::size_t>> before(after_.size());
    for (std::size_t node = 0; node < after_.size(); node++, poll())
        for (std::size_t next : after_[node])
            before[next].push_back(node);
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

Graph::Order Graph::sort(const std::vector<std::uint8_t> &classes) const
{
    using Place = std::pair<std::uint8_t, std::size_t>;
    auto place = [&](std::size_t node) { return Place(classes.empty() ? 0 : classes[node], node); };
    std::vector<std::size_t> waiting(after_.size(), 0); // how many are still to come before it
    for (const auto &nodes : after_) {
        poll();
        for (std::size_t node : nodes)
            waiting[node]++;
    }
    std::priority_queue<Place, std::vector<Place>, std::greater<>> ready;
    for (std::size_t node = 0; node < after_.size(); node++)
        if (waiting[node] == 0)
            ready.push(place(node));
    Order order;
    order.nodes.reserve(after_.size());
    while (!ready.empty()) {
        poll();
        std::size_t node = ready.top().second;
        ready.pop();
        order.nodes.push_back(node);
        for (std::size_t next : after_[node])
            if (--waiting[next] == 0)
                ready.push(place(next));
    }
    if (order.nodes.size() < after_.size())
        order.cycles = find_cycles(waiting);
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
