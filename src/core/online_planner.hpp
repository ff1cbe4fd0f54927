// How the plan of online.hpp comes to be: see online.cpp.
#pragma once

#include "core/online_way.hpp"
#include "core/renderer.hpp"
#include "core/stage_builder.hpp"

#include <optional>
#include <set>
#include <unordered_map>

namespace linkgress::core {

// From the first place to the last one
struct Region {
    std::size_t first;
    std::size_t last;
    bool attaches_tables = false;

    bool contains(std::size_t place) const { return place >= first && place <= last; }
};

class OnlinePlanner {
  public:
    OnlinePlanner(const Diff &diff, Schedule schedule, Quote quote);

    std::vector<Stage> run();

  private:
    // A step, by its place in the plan
    struct Work {
        Way way = Way::as_it_is;
        bool is_anchored = false;     // it makes the region that it is in
        bool is_swapped = false;      // dropped by the step that creates what takes its place
        std::size_t drop = no_step;   // the place of that one
        std::size_t former = no_step; // the place where that goes whose place it takes, swapped or not
        bool waits = false;
        bool hastens = false;
        std::string provisional = {}; // its name until then
        std::optional<Rendered> rendered = {};
    };
    struct Late {
        std::size_t place;
        const Statement *statement;
    };

    // ---- Which steps belong together
    void find_places();
    void find_attached();
    void find_formers();
    void find_swaps();
    bool takes_place(std::size_t drop, std::size_t create) const;
    bool can_swap(std::size_t drop, std::size_t create) const;
    bool may_be_referred_to(const Object &object) const;
    std::vector<Region> regions();
    void add_region(std::vector<Region> &all, std::size_t first, std::size_t last);
    void add_item_regions(std::vector<Region> &all);
    void add_drop_regions(std::vector<Region> &all);
    void add_default_regions(std::vector<Region> &all);
    void add_policy_regions(std::vector<Region> &all);
    bool makes_region(std::size_t item, const std::set<std::size_t> &has_shell) const;
    std::size_t end_of(ObjectIndex object) const;

    // ---- What a step does in a region
    void find_waiting(const Region &region);
    bool may_call_altered(std::size_t place, const Region &region) const;
    bool can_hasten(std::size_t place, const Region &region) const;
    bool is_there_before(ObjectIndex on, const Region &region) const;
    bool can_build_aside(std::size_t place, const Region &region) const;
    bool is_needed_in(std::size_t place, const Region &region) const;
    bool attaches_tables(const Region &region) const;
    bool can_be_validated_later(std::size_t place, const Region &region) const;
    bool waits_for_key(std::size_t place, const Region &region) const;
    bool can_hasten_in(std::size_t place, const Region &region) const;
    bool can_be_online_in(std::size_t place, const Region &region) const;
    bool goes_last(std::size_t place) const;

    // ---- From steps to stages
    void render(std::size_t place, bool online);
    bool is_index_of_table(std::size_t place) const;
    bool can_stay(std::size_t drop, std::size_t create) const;
    Online names_for(std::size_t place);
    void add(std::size_t place, Phase phase);
    void add_before(const std::vector<std::size_t> &places);
    void add_main(std::size_t place);
    void note_late(std::size_t place, const Statement &statement);
    void add_late(std::vector<Late> &late);
    void catch_up();
    void catch_up_before(std::size_t place);
    bool takes_long(std::size_t place) const;
    void run_step(std::size_t place);
    void run_region(Region region);

    const Item &item_at(std::size_t place) const { return diff_.items[steps_[place].item]; }
    // The step of the table, view … that the object of this one is a part of; no_step if that is not created
    std::size_t holder_of(std::size_t place) const;

    const Diff &diff_;
    std::vector<Step> steps_;
    std::vector<std::vector<std::size_t>> followers_;
    Renderer renderer_;
    Names names_;
    std::vector<Work> work_;
    std::vector<std::size_t> first_; // place of the first step of each item, and of the last
    std::vector<std::size_t> last_;
    std::size_t first_that_only_goes_;  // from this place on there is nothing but what nobody waits for to go
    std::set<std::string> referred_to_; // tables, by new foreign keys: "public.users"
    std::unordered_map<ObjectIndex, std::vector<ObjectIndex>> attached_; // in the target: to which index or constraint
    Stages stages_;
    std::vector<std::size_t> last_before_; // of each place, the last one that it follows from; no_step if there is none
    std::vector<Late> unvalidated_;        // to be done before what follows from them
    std::set<std::size_t> followers_of_unvalidated_;
    std::vector<Late> leftover_; // … at the end
};

} // namespace linkgress::core
