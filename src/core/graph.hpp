// A directed graph, put in an order that respects its edges and is always the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace linkgress::core {

class Graph {
  public:
    explicit Graph(std::size_t nodes) : after_(nodes), softly_after_(nodes) {}

    // `first` has to come before `second`. An edge to itself is none.
    void add_edge(std::size_t first, std::size_t second);

    // `first` is to come before `second` as long as no circle comes of it.
    void add_soft_edge(std::size_t first, std::size_t second);

    // One more, of the highest number
    std::size_t add_node();
    std::size_t size() const { return after_.size(); }

    // Those that an edge leads to from this one
    const std::vector<std::size_t> &after(std::size_t node) const { return after_[node]; }
    const std::vector<std::size_t> &softly_after(std::size_t node) const { return softly_after_[node]; }

    struct Order {
        std::vector<std::size_t> nodes; // all of them, if there is no cycle
        // Cycles that have no node in common, each node before the next; at least one if there is any
        std::vector<std::vector<std::size_t>> cycles;
    };
    // Where the edges leave a choice, the node of the smallest class comes first, and of those the one of the smallest
    // number. Without classes, all are of one. In a circle of soft edges, the node of the smallest class of
    // `in_circles` comes first.
    using Classes = std::vector<std::uint8_t>;
    Order sort(const Classes &classes = {}, const Classes &in_circles = {}) const;

    // Each gets the smallest class of those that it has to come before, or is to come before, if that is smaller than
    // its own.
    enum class Edges : std::uint8_t { firm, all };
    Classes hastened(Classes classes, Edges edges = Edges::firm) const;

    // The circles of edges of both kinds: the number of each node's, smaller than those of all that it leads to.
    std::vector<std::size_t> circles() const;

  private:
    std::vector<std::vector<std::size_t>> find_cycles(const std::vector<std::size_t> &waiting) const;

    std::vector<std::vector<std::size_t>> after_;
    std::vector<std::vector<std::size_t>> softly_after_;
};

} // namespace linkgress::core
