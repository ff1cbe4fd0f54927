#include "core/graph.hpp"

#include <gtest/gtest.h>

#include <algorithm>

using linkgress::core::Graph;

namespace {

using Nodes = std::vector<std::size_t>;
using Edges = std::vector<std::pair<std::size_t, std::size_t>>;

Graph graph_of(std::size_t nodes, const Edges &edges)
{
    Graph graph(nodes);
    for (const auto &[first, second] : edges)
        graph.add_edge(first, second);
    return graph;
}

// Does an edge lead from each node of the cycle to the next, and from the last to the first?
bool is_cycle(const Nodes &cycle, const Edges &edges)
{
    for (std::size_t i = 0; i < cycle.size(); i++) {
        std::pair edge(cycle[i], cycle[(i + 1) % cycle.size()]);
        if (std::find(edges.begin(), edges.end(), edge) == edges.end())
            return false;
    }
    return !cycle.empty();
}

TEST(Graph, the_smallest_class_comes_first_as_far_as_the_edges_allow)
{
    Graph graph = graph_of(5, {{3, 4}, {0, 1}});
    EXPECT_EQ(graph.sort({1, 1, 1, 1, 0}).nodes, (Nodes{0, 1, 2, 3, 4}));
    EXPECT_EQ(graph.hastened({1, 1, 1, 1, 0}), (std::vector<std::uint8_t>{1, 1, 1, 0, 0}));
    EXPECT_EQ(graph.sort(graph.hastened({1, 1, 1, 1, 0})).nodes, (Nodes{3, 4, 0, 1, 2}));
}

TEST(Graph, what_comes_before_several_has_the_smallest_of_their_classes)
{
    Graph graph = graph_of(4, {{0, 1}, {1, 2}, {1, 3}});
    EXPECT_EQ(graph.hastened({3, 3, 2, 1}), (std::vector<std::uint8_t>{1, 1, 2, 1}));
}

} // namespace

TEST(Graph, OfNothingIsEmpty)
{
    Graph::Order order = Graph(0).sort();
    EXPECT_TRUE(order.nodes.empty());
    EXPECT_TRUE(order.cycles.empty());
}

TEST(Graph, WithoutEdgesKeepsTheOrderOfTheNumbers)
{
    EXPECT_EQ(Graph(4).sort().nodes, (Nodes{0, 1, 2, 3}));
}

TEST(Graph, PutsTheFirstBeforeTheSecond)
{
    EXPECT_EQ(graph_of(3, {{2, 1}, {1, 0}}).sort().nodes, (Nodes{2, 1, 0}));
    EXPECT_EQ(graph_of(4, {{0, 3}, {1, 3}, {2, 3}}).sort().nodes, (Nodes{0, 1, 2, 3}));
}

TEST(Graph, TakesTheSmallestNumberWhereThereIsAChoice)
{
    // 0 has to wait for 4; all others come as early as they can.
    EXPECT_EQ(graph_of(5, {{4, 0}}).sort().nodes, (Nodes{1, 2, 3, 4, 0}));
    // 1 is free once 3 is there, and comes before 4.
    EXPECT_EQ(graph_of(5, {{3, 1}}).sort().nodes, (Nodes{0, 2, 3, 1, 4}));
}

TEST(Graph, DoesNotDependOnTheOrderOfTheEdges)
{
    Edges edges = {{5, 2}, {5, 0}, {4, 0}, {4, 1}, {2, 3}, {3, 1}};
    Nodes nodes = graph_of(6, edges).sort().nodes;
    std::sort(edges.begin(), edges.end());
    do
        EXPECT_EQ(graph_of(6, edges).sort().nodes, nodes);
    while (std::next_permutation(edges.begin(), edges.end()));
}

TEST(Graph, CountsAnEdgeThatIsThereTwiceOnce)
{
    EXPECT_EQ(graph_of(2, {{1, 0}, {1, 0}}).sort().nodes, (Nodes{1, 0}));
}

TEST(Graph, TakesNoNoticeOfAnEdgeToItself)
{
    Graph::Order order = graph_of(2, {{0, 0}, {1, 0}}).sort();
    EXPECT_EQ(order.nodes, (Nodes{1, 0}));
    EXPECT_TRUE(order.cycles.empty());
}

TEST(Graph, FindsACycleOfTwo)
{
    Edges edges = {{0, 1}, {1, 0}};
    Graph::Order order = graph_of(2, edges).sort();
    EXPECT_TRUE(order.nodes.empty());
    ASSERT_EQ(order.cycles.size(), 1u);
    EXPECT_EQ(order.cycles[0].size(), 2u);
    EXPECT_TRUE(is_cycle(order.cycles[0], edges));
}

TEST(Graph, NamesOnlyTheNodesOfTheCycle)
{
    // 0 comes before it, 5 and 6 after it.
    Edges edges = {{0, 1}, {1, 2}, {2, 3}, {3, 1}, {3, 5}, {5, 6}};
    Graph::Order order = graph_of(7, edges).sort();
    ASSERT_EQ(order.cycles.size(), 1u);
    Nodes cycle = order.cycles[0];
    EXPECT_TRUE(is_cycle(cycle, edges));
    std::sort(cycle.begin(), cycle.end());
    EXPECT_EQ(cycle, (Nodes{1, 2, 3}));
}

TEST(Graph, FindsOneOfSeveralCycles)
{
    Edges edges = {{0, 1}, {1, 0}, {1, 2}, {2, 3}, {3, 4}, {4, 2}, {5, 0}};
    EXPECT_TRUE(is_cycle(graph_of(6, edges).sort().cycles.at(0), edges));
}

namespace {

Graph soft_graph(std::size_t nodes, const Edges &firm, const Edges &soft)
{
    Graph graph = graph_of(nodes, firm);
    for (const auto &[first, second] : soft)
        graph.add_soft_edge(first, second);
    return graph;
}

} // namespace

TEST(SoftEdges, AreKeptWhereTheyMakeNoCircle)
{
    EXPECT_EQ(soft_graph(4, {}, {{3, 0}, {2, 1}}).sort().nodes, (Nodes{2, 1, 3, 0}));
    EXPECT_EQ(soft_graph(3, {{0, 1}}, {{2, 0}}).sort().nodes, (Nodes{2, 0, 1}));
}

TEST(SoftEdges, AreDroppedWhereFirmOnesLeadTheOtherWay)
{
    Graph::Order order = soft_graph(3, {{0, 1}, {1, 2}}, {{2, 0}}).sort();
    EXPECT_EQ(order.nodes, (Nodes{0, 1, 2}));
    EXPECT_TRUE(order.cycles.empty());
}

TEST(SoftEdges, OfACircleHoldNothingUp)
{
    // 0 and 1 name each other; 2 is free all the same, and comes in its place.
    EXPECT_EQ(soft_graph(3, {}, {{0, 1}, {1, 0}}).sort().nodes, (Nodes{0, 1, 2}));
    // The class decides where the circle is opened, and when.
    EXPECT_EQ(soft_graph(3, {}, {{0, 1}, {1, 0}}).sort({2, 2, 1}, {2, 1, 0}).nodes, (Nodes{2, 1, 0}));
}

TEST(SoftEdges, LeadingToACircleAreKept)
{
    // 3 comes before the circle of 0, 1 and 2, and 4 after it.
    EXPECT_EQ(soft_graph(5, {{2, 4}}, {{0, 1}, {1, 2}, {2, 0}, {3, 0}}).sort().nodes, (Nodes{3, 0, 1, 2, 4}));
}

TEST(SoftEdges, HideNoCycleOfFirmOnes)
{
    Graph::Order order = soft_graph(4, {{0, 1}, {1, 0}}, {{1, 2}, {2, 0}, {3, 2}}).sort();
    EXPECT_EQ(order.nodes, (Nodes{3, 2}));
    ASSERT_EQ(order.cycles.size(), 1u);
    EXPECT_TRUE(is_cycle(order.cycles[0], {{0, 1}, {1, 0}}));
}

TEST(SoftEdges, OfAnyKindLeaveAnOrderOfAllNodes)
{
    unsigned seed = 1;
    auto number = [&](std::size_t below) {
        seed = seed * 1103515245 + 12345;
        return (seed >> 8) % below;
    };
    for (int round = 0; round < 300; round++) {
        std::size_t nodes = 1 + number(12);
        Graph graph(nodes);
        Edges firm;
        for (std::size_t i = number(2 * nodes); i > 0; i--)
            graph.add_soft_edge(number(nodes), number(nodes));
        for (std::size_t i = number(nodes); i > 0; i--) {
            std::pair edge(number(nodes), number(nodes));
            if (edge.first < edge.second) {
                graph.add_edge(edge.first, edge.second);
                firm.push_back(edge);
            }
        }
        Nodes order = graph.sort().nodes;
        ASSERT_EQ(order.size(), nodes);
        for (const auto &[first, second] : firm)
            EXPECT_LT(std::find(order.begin(), order.end(), first), std::find(order.begin(), order.end(), second));
    }
}
