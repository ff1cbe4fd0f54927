#include "core/graph.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <queue>

namespace linkgress::core {

void Graph::add_edge(std::size_t first, std::size_t second)
{
    if (first != second)
        after_[first].push_back(second);
}

Graph::Order Graph::sort() const
{
    std::vector<std::size_t> waiting(after_.size(), 0); // how many are still to come before it
    for (const auto &nodes : after_)
        for (std::size_t node : nodes)
            waiting[node]++;
    std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
    for (std::size_t node = 0; node < after_.size(); node++)
        if (waiting[node] == 0)
            ready.push(node);
    Order order;
    order.nodes.reserve(after_.size());
    while (!ready.empty()) {
        std::size_t node = ready.top();
        ready.pop();
        order.nodes.push_back(node);
        for (std::size_t next : after_[node])
            if (--waiting[next] == 0)
                ready.push(next);
    }
    if (order.nodes.size() < after_.size())
        order.cycle = find_cycle(waiting);
    return order;
}

// Every node that still waits has one before it that waits too: going back from one
// to the next must come to a node for the second time.
std::vector<std::size_t> Graph::find_cycle(const std::vector<std::size_t> &waiting) const
{
    std::vector<std::size_t> before(after_.size(), SIZE_MAX);
    std::size_t node = SIZE_MAX;
    for (std::size_t i = 0; i < after_.size(); i++)
        if (waiting[i] > 0) {
            node = node == SIZE_MAX ? i : node;
            for (std::size_t next : after_[i])
                before[next] = i;
        }
    std::vector<bool> seen(after_.size(), false);
    while (!seen[node]) {
        seen[node] = true;
        node = before[node];
    }
    std::vector<std::size_t> cycle;
    for (std::size_t i = node; cycle.empty() || i != node; i = before[i])
        cycle.push_back(i);
    std::reverse(cycle.begin(), cycle.end());
    return cycle;
}

} // namespace linkgress::core
