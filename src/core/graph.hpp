// A directed graph, put in an order that respects its edges and is always the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace linkgress::core {

class Graph {
  public:
    explicit Graph(std::size_t nodes) : after_(nodes) {}

    // `first` has to come before `second`. An edge to itself is none.
    void add_edge(std::size_t first, std::size_t second);

    // Those that an edge leads to from this one
    const std::vector<std::size_t> &after(std::size_t node) const { return after_[node]; }

    struct Order {
        std::vector<std::size_t> nodes; // all of them, if there is no cycle
        // Cycles that have no node in common, each node before the next; at least one if there is any
        std::vector<std::vector<std::size_t>> cycles;
    };
    // Where the edges leave a choice, the node of the smallest class comes first, and of those the one of the smallest
    // number. Without classes, all are of one.
    Order sort(const std::vector<std::uint8_t> &classes = {}) const;

    // Each gets the smallest class of those that it has to come before, if that is smaller than its own.
    std::vector<std::uint8_t> hastened(std::vector<std::uint8_t> classes) const;

  private:
    std::vector<std::vector<std::size_t>> find_cycles(const std::vector<std::size_t> &waiting) const;

    std::vector<std::vector<std::size_t>> after_;
};

} // namespace linkgress::core
