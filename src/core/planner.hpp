// The steps of a plan and their order; see plan.hpp.
#pragma once

#include "core/diff.hpp"
#include "core/graph.hpp"
#include "core/mention.hpp"

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace linkgress::core {

// Does code that it has run in statements that do not name it?
bool runs_in_others(Kind kind);

enum class StepKind : std::uint8_t { drop_shell, drop, retire, alter, shell, create, finish };

struct Step {
    StepKind kind;
    std::size_t item;
    // Items that this step brings or takes along.
    std::vector<std::size_t> folded;
    // Created by replacing its shell.
    bool has_shell = false;
};

constexpr std::size_t no_step = SIZE_MAX;

// What goes by: all at once goes first. In stages, each of which others see, what is new is there before what is old
// goes.
enum class Pace : std::uint8_t { at_once, in_stages };

struct Schedule {
    std::vector<Step> steps; // in order
    // Of each, by their places, some that have to come after it: all others follow from these. With those that come
    // after it because of texts
    std::vector<std::vector<std::size_t>> followers;
    // Without those
    std::vector<std::vector<std::size_t>> firm_followers;
};

// The names that an object has for itself, each with what it has to be unique among: "relation public.users".
std::vector<std::string> names_of(const Object &object);

class Planner {
  public:
    explicit Planner(const Diff &diff, Pace pace = Pace::at_once);

    // Error XX000 if there is a cycle that no repair breaks.
    Schedule run();

  private:
    // Pieces that were taken out of a step to break a cycle, by item.
    struct Repairs {
        std::set<std::size_t> separate_drops;   // of children of what is dropped
        std::set<std::size_t> separate_creates; // of defaults of new columns
        std::set<std::size_t> shells;           // views and functions that first come without their body
        std::set<std::size_t> drop_shells;      // … that first lose their body
    };

    void make_steps();
    void make_before(std::size_t item);
    void make_after(std::size_t item);
    void add_before(std::size_t item, std::size_t with);
    void add_after(std::size_t item, std::size_t with);
    std::size_t folds_drop_into(const Item &item);
    std::size_t folds_create_into(const Item &item);
    std::size_t column_of_default(const Snapshot &snapshot, ObjectIndex expression) const;
    std::size_t attached_to(const Item &item) const;
    bool is_referenced_partition(const Item &item);
    // The item whose step, to be made first, is that of this one, too; no_step if there is none.
    std::size_t goes_with(std::size_t item);
    std::size_t comes_with(std::size_t item);
    bool is_of_parent(const Snapshot &snapshot, ObjectIndex index, bool comes_now) const;
    std::size_t add_step(StepKind kind, std::size_t item);

    void add_edges(Graph &graph);
    void read_mentions();
    void add_mention_edges(Graph &graph) const;
    void add_source_edges(Graph &graph, const Item &item);
    void add_target_edges(Graph &graph, const Item &item);
    void add_name_edges(Graph &graph);
    void add_inheritance_edges(Graph &graph);
    void add_partitions(Graph &graph, std::size_t first, ObjectIndex table);
    std::vector<ObjectIndex> attachments_below(ObjectIndex index) const;
    bool is_attached_at_once(ObjectIndex index) const;
    void add_attaching_edges(Graph &graph, const Item &link);
    void add_detaching_edges(Graph &graph, const Item &link);
    void add_shared_drop_edges(Graph &graph, const Item &link);
    void add_shared_column_edges(Graph &graph, const Item &link);
    void add_class_edges(Graph &graph, const Item &item);
    void add_key_edges(Graph &graph);
    void add_detour_edges(Graph &graph, const Item &item);
    void add_persistence_edges(Graph &graph, const Item &item);
    std::vector<ObjectIndex> tables_filled_by(const Item &item) const;
    void add_retirement_edges(Graph &graph, const Item &item);
    std::vector<std::size_t> rank_steps() const;
    Graph::Classes urgency(const Graph &graph, Graph::Edges edges) const;
    Graph::Classes urgency_in_stages(const Graph &graph, Graph::Edges edges) const;
    void hasten_drops(const Graph &graph, Graph::Classes &classes) const;
    bool goes_early(const Step &step) const;
    bool needs_no_drop(const Item &dropped, const Item &altered) const;
    bool comes_before_column(ObjectIndex part, ObjectIndex on) const;
    void add_attribute_edges(Graph &graph, const Item &item);
    void add_row_edges(Graph &graph, const Item &item);
    void add_stage_edges(Graph &graph);
    void add_default_edges(Graph &graph, const Item &item);
    void add_reference_edges(Graph &graph, const Item &item);
    void add_seat_edges(Graph &graph);
    void add_partition_edges(Graph &graph);
    bool is_disabled(const Step &step) const;

    Schedule in_order(const Graph &graph, const std::vector<std::size_t> &order);
    bool repair(const std::vector<std::vector<std::size_t>> &cycles);
    bool separate_children(const std::vector<std::size_t> &cycle);
    bool separate_child(const Step &step, std::size_t folded, const std::set<std::size_t> &others);
    bool add_shell(const std::vector<std::size_t> &cycle);
    [[noreturn]] void fail(const std::vector<std::size_t> &cycle) const;

    std::size_t before(const Item &item) const { return before_[diff_.index_of(item)]; }
    std::size_t after(const Item &item) const { return after_[diff_.index_of(item)]; }
    std::size_t finish(const Item &item) const { return finish_[diff_.index_of(item)]; }
    void edge(Graph &graph, std::size_t first, std::size_t second) const
    {
        if (first != no_step && second != no_step)
            graph.add_edge(first, second);
    }

    const Diff &diff_;
    Pace pace_;
    std::set<std::string> referenced_; // tables, by foreign keys
    // In the target: to which index or constraint
    std::unordered_map<ObjectIndex, std::vector<ObjectIndex>> attached_;
    // In the target: the partitions of a table, by their links
    std::unordered_map<ObjectIndex, std::vector<ObjectIndex>> partitions_;
    std::unordered_map<ObjectIndex, bool> is_referenced_; // by links of the source
    std::optional<Mentions> mentioned_in_target_;
    std::optional<Mentions> mentioned_in_source_;
    Repairs repairs_;
    Repairs repairs_at_first_;
    std::vector<Step> steps_;
    std::vector<std::size_t> before_;
    std::vector<std::size_t> after_;
    std::vector<std::size_t> finish_;
    std::vector<std::size_t> shell_;
    std::vector<std::size_t> drop_shell_;
    std::vector<bool> made_before_;
    std::vector<bool> made_after_;
};

} // namespace linkgress::core
