// How a plan comes to be one that does not block.
//
// The steps are those of the plan, in its order. Some of them can be taken apart: a piece that may take long goes
// before the rest or comes after it, outside of its transaction (a Phase). The rest is done as it is, and shares
// transactions with its neighbours.
//
// No transaction may end while something is missing that is there before and afterwards: between the step that drops
// a view and the one that creates it anew. From one to the other, and over all steps in between, there is a region,
// which is one stage. A step that would have to end the transaction there
//
//   waits    until the region is over, with everything that follows from it, if none of that is what makes the region
//   hastens  if it can: its index is built before the region begins
//   blocks   otherwise
//
// An index or a constraint that nothing forces to go early is dropped only when the other one takes its place.
#include "core/online.hpp"

#include "core/kind.hpp"
#include "core/online_way.hpp"
#include "core/planner.hpp"
#include "core/poll.hpp"
#include "core/renderer.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>

#include <fmt/format.h>

namespace linkgress::core {

namespace {

// Puts statements into stages as they come.
class Stages {
  public:
    // `place`, of its step, tells operations apart.
    void add(std::size_t place, const Operation &operation, const Statement &statement)
    {
        if (!fits(statement.mode))
            start(statement.mode);
        Stage &stage = stages_.back();
        if (place_ != place) {
            stage.operations.push_back(operation);
            stage.operations.back().statements.clear();
            stage.operations.back().kept.clear();
            stage.operations.back().role_switches.clear();
            place_ = place;
        }
        Operation &last = stage.operations.back();
        keep(last, statement);
        if (statement.switches_role)
            last.role_switches.emplace(last.statements.size(), *statement.switches_role);
        last.statements.push_back(statement.text);
        stage.statements.push_back(statement.text);
    }

    // What comes next is not to be in the same transaction as what has come.
    void close() { is_open_ = false; }

    std::vector<Stage> take() { return std::move(stages_); }

  private:
    bool fits(Mode mode) const { return is_open_ && mode != Mode::apart && mode == mode_; }
    // As soon as one of them has a secret, all are there.
    static void keep(Operation &operation, const Statement &statement)
    {
        if (operation.kept.empty() && !statement.kept.empty())
            operation.kept = operation.statements;
        if (!operation.kept.empty() || !statement.kept.empty())
            operation.kept.push_back(statement.kept.empty() ? statement.text : statement.kept);
    }
    void start(Mode mode)
    {
        stages_.push_back({mode != Mode::outside, {}, {}});
        mode_ = mode;
        is_open_ = true;
        place_ = no_step;
    }

    std::vector<Stage> stages_;
    Mode mode_ = Mode::together;
    bool is_open_ = false;
    std::size_t place_ = no_step;
};

// Names that nothing else has.
class Names {
  public:
    explicit Names(const Diff &diff) : diff_(diff) {}

    std::string index(const Object &object, const char *suffix)
    {
        return choose("relation " + object.schema, object.name, suffix);
    }
    std::string null_check(const Object &column)
    {
        return choose(fmt::format("constraint {}.{}", column.schema, column.parent), column.name, "_is_not_null");
    }

  private:
    std::string choose(const std::string &space, const std::string &name, const std::string &suffix)
    {
        if (taken_.empty())
            for (const Snapshot *snapshot : {&diff_.source, &diff_.target})
                collect(*snapshot);
        std::string first = with_suffix(name, suffix);
        for (int &number = next_numbers_.try_emplace(fmt::format("{}.{}", space, first), 1).first->second;;) {
            poll();
            std::string chosen = number == 1 ? first : with_suffix(name, fmt::format("{}{}", suffix, number));
            number++;
            if (taken_.insert(fmt::format("{}.{}", space, chosen)).second)
                return chosen;
        }
    }
    void collect(const Snapshot &snapshot)
    {
        for (ObjectIndex i = 0; i < snapshot.size(); i++) {
            poll();
            const Object &object = snapshot[i];
            for (std::string &name : names_of(object))
                taken_.insert(std::move(name));
            if (object.has("not_null_name"))
                taken_.insert(
                    fmt::format("constraint {}.{}.{}", object.schema, object.parent, object.text("not_null_name")));
        }
    }

    const Diff &diff_;
    std::set<std::string> taken_;
    std::unordered_map<std::string, int> next_numbers_; // by space and the first name that is tried
};

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
        bool is_anchored = false; // it makes the region that it is in
        bool is_swapped = false;  // dropped by the step that creates it: the place of the other one
        std::size_t drop = no_step;
        bool waits = false;
        bool hastens = false;
        std::optional<Rendered> rendered;
    };
    struct Late {
        std::size_t place;
        const Statement *statement;
    };

    void find_places();
    void find_swaps();
    bool can_swap(std::size_t item) const;
    bool may_be_referred_to(const Object &object) const;
    bool makes_region(std::size_t item, const std::set<std::size_t> &has_shell) const;
    std::vector<Region> regions();
    void find_waiting(const Region &region);
    bool may_call_altered(std::size_t place, const Region &region) const;
    bool can_hasten(std::size_t place, const Region &region) const;
    bool is_needed_in(std::size_t place, const Region &region) const;
    bool attaches_tables(const Region &region) const;
    void note_late(std::size_t place, const Statement &statement);
    bool can_be_online_in(std::size_t place, const Region &region) const;
    bool goes_last(std::size_t place) const;

    void render(std::size_t place, bool online);
    Online names_for(std::size_t place);
    void add(std::size_t place, Phase phase);
    void add_main(std::size_t place);
    void add_late(std::vector<Late> &late);
    void catch_up_before(std::size_t place);
    void run_step(std::size_t place);
    void run_region(Region region);

    const Item &item_at(std::size_t place) const { return diff_.items[steps_[place].item]; }

    const Diff &diff_;
    std::vector<Step> steps_;
    std::vector<std::vector<std::size_t>> followers_;
    Renderer renderer_;
    Names names_;
    std::vector<Work> work_;
    std::vector<std::size_t> first_; // place of the first step of each item, and of the last
    std::vector<std::size_t> last_;
    std::set<std::string> referred_to_; // tables, by new foreign keys: "public.users"
    Stages stages_;
    std::vector<std::size_t> last_before_; // of each place, the last one that it follows from; no_step if there is none
    std::vector<Late> unvalidated_;        // to be done before what follows from them
    std::set<std::size_t> followers_of_unvalidated_;
    std::vector<Late> leftover_; // … at the end
};

OnlinePlanner::OnlinePlanner(const Diff &diff, Schedule schedule, Quote quote)
    : diff_(diff), steps_(std::move(schedule.steps)), followers_(std::move(schedule.followers)), renderer_(diff, quote),
      names_(diff), work_(steps_.size())
{
    last_before_.assign(steps_.size(), no_step);
    for (std::size_t place = 0; place < steps_.size(); place++) {
        poll();
        work_[place].way = way_of(diff, steps_[place]);
        for (std::size_t follower : followers_[place])
            last_before_[follower] = place;
    }
}

// ---- Regions

void OnlinePlanner::find_places()
{
    first_.assign(diff_.items.size(), no_step);
    last_.assign(diff_.items.size(), no_step);
    for (std::size_t place = 0; place < steps_.size(); place++) {
        poll();
        auto note = [&](std::size_t item) {
            if (first_[item] == no_step)
                first_[item] = place;
            last_[item] = place;
        };
        note(steps_[place].item);
        for (std::size_t folded : steps_[place].folded)
            note(folded);
    }
}

// Nothing but the new one has waited for the old one to go.
bool OnlinePlanner::can_swap(std::size_t index) const
{
    const Item &item = diff_.items[index];
    std::size_t first = first_[index];
    std::size_t last = last_[index];
    if (item.action != Action::replace || first == last || first == no_step)
        return false;
    const Step &drop = steps_[first];
    const Step &create = steps_[last];
    bool has_own_steps = drop.item == index && drop.kind == StepKind::drop && drop.folded.empty() &&
                         create.item == index && create.kind == StepKind::create && create.folded.empty();
    if (!has_own_steps || work_[last].way == Way::as_it_is || is_attached(diff_.source, item.from) ||
        is_attached(diff_.target, item.to) || diff_.from(item)->flag("inherited") ||
        diff_.to(item)->flag("inherited") || may_be_referred_to(*diff_.from(item)))
        return false;
    return std::all_of(followers_[first].begin(), followers_[first].end(),
                       [&](std::size_t follower) { return follower >= last || is_harmless(diff_, item_at(follower)); });
}

// Which of several keys over the same columns a new foreign key refers to is up to the server.
bool OnlinePlanner::may_be_referred_to(const Object &object) const
{
    bool is_unique = object.flag("has_index") || object.flag("unique");
    return is_unique && referred_to_.contains(fmt::format("{}.{}", object.schema, object.parent));
}

void OnlinePlanner::find_swaps()
{
    for (const Item &item : diff_.items)
        if (item.comes() && diff_.to(item)->kind == Kind::foreign_key)
            for (ObjectIndex on : diff_.target.dependencies(item.to))
                if (ObjectIndex table = diff_.target.parent(on); table != no_object)
                    referred_to_.insert(fmt::format("{}.{}", diff_.target[table].schema, diff_.target[table].name));

    for (std::size_t index = 0; index < diff_.items.size(); index++)
        if (can_swap(index)) {
            work_[first_[index]].is_swapped = true;
            work_[last_[index]].drop = first_[index];
        }
}

// What nobody misses for a while makes none.
bool OnlinePlanner::makes_region(std::size_t index, const std::set<std::size_t> &has_shell) const
{
    const Item &item = diff_.items[index];
    if (first_[index] == no_step || first_[index] == last_[index] || work_[first_[index]].is_swapped)
        return false;
    if (item.takes_detour || has_shell.contains(index))
        return true;
    if (item.action != Action::replace)
        return false;
    switch (diff_.either(item).kind) {
    case Kind::index:
        return diff_.from(item)->flag("unique");
    case Kind::index_attachment:
    case Kind::clustering:
    case Kind::event_trigger:
    case Kind::default_privileges:
        return false;
    default:
        return true;
    }
}

std::vector<Region> OnlinePlanner::regions()
{
    std::set<std::size_t> has_shell;
    for (const Step &step : steps_)
        if (step.kind == StepKind::shell || step.kind == StepKind::drop_shell)
            has_shell.insert(step.item);
    std::vector<Region> all;
    for (std::size_t index = 0; index < diff_.items.size(); index++)
        if (makes_region(index, has_shell)) {
            poll();
            all.push_back({first_[index], last_[index]});
            work_[first_[index]].is_anchored = true;
            work_[last_[index]].is_anchored = true;
        }
    std::sort(all.begin(), all.end(), [](const Region &a, const Region &b) { return a.first < b.first; });
    std::vector<Region> merged;
    for (const Region &region : all)
        if (!merged.empty() && region.first <= merged.back().last)
            merged.back().last = std::max(merged.back().last, region.last);
        else
            merged.push_back(region);
    return merged;
}

// ---- What a step does in a region

// What follows has a later place: once backwards and once forwards is enough.
void OnlinePlanner::find_waiting(const Region &region)
{
    std::vector<bool> can_wait(region.last - region.first + 1);
    for (std::size_t place = region.last + 1; place-- > region.first;)
        can_wait[place - region.first] =
            !work_[place].is_anchored &&
            std::all_of(followers_[place].begin(), followers_[place].end(), [&](std::size_t follower) {
                return !region.contains(follower) || can_wait[follower - region.first];
            });
    for (std::size_t place = region.first; place <= region.last; place++) {
        poll();
        Work &work = work_[place];
        work.waits = work.waits || (work.way == Way::build && can_wait[place - region.first]);
        for (std::size_t follower : followers_[place])
            if (work.waits && region.contains(follower))
                work_[follower].waits = true;
    }
}

// Does the index call something that the region may put right before it? What it calls may call more.
bool OnlinePlanner::may_call_altered(std::size_t place, const Region &region) const
{
    const std::vector<ObjectIndex> &needed = diff_.target.dependencies(item_at(place).to);
    bool calls = std::any_of(needed.begin(), needed.end(),
                             [&](ObjectIndex on) { return runs_in_others(diff_.target[on].kind); });
    for (std::size_t other = region.first; calls && other < place; other++)
        if (steps_[other].kind == StepKind::alter && runs_in_others(diff_.either(item_at(other)).kind))
            return true;
    return false;
}

// Is everything that the index needs there before the region?
bool OnlinePlanner::can_hasten(std::size_t place, const Region &region) const
{
    if (may_call_altered(place, region))
        return false;
    const Item &item = item_at(place);
    if (item.action != Action::replace)
        return last_before_[place] == no_step || last_before_[place] < region.first;
    auto is_there = [&](ObjectIndex on) {
        const Item &other = diff_.of_target(on);
        std::size_t last = last_[diff_.index_of(other)];
        return last == no_step || !region.contains(last) || is_harmless(diff_, other);
    };
    const std::vector<ObjectIndex> &needed = diff_.target.dependencies(item.to);
    return std::all_of(needed.begin(), needed.end(), is_there) && is_there(diff_.target.parent(item.to));
}

bool OnlinePlanner::is_needed_in(std::size_t place, const Region &region) const
{
    return std::any_of(followers_[place].begin(), followers_[place].end(),
                       [&](std::size_t follower) { return region.contains(follower); });
}

// A table that is attached has to have every check of the one above, even those that are there for a while only.
bool OnlinePlanner::attaches_tables(const Region &region) const
{
    auto is_attached = [&](std::size_t index) {
        const Item &item = diff_.items[index];
        return item.comes() && (item.is_like_parent || diff_.to(item)->kind == Kind::inheritance);
    };
    for (std::size_t place = region.first; place <= region.last; place++)
        if (is_attached(steps_[place].item) ||
            std::any_of(steps_[place].folded.begin(), steps_[place].folded.end(), is_attached))
            return true;
    return false;
}

bool OnlinePlanner::can_be_online_in(std::size_t place, const Region &region) const
{
    switch (work_[place].way) {
    case Way::build:
        return can_hasten(place, region);
    case Way::validate:
        return !is_needed_in(place, region);
    case Way::check_nulls:
    case Way::check_passed:
        return !region.attaches_tables;
    case Way::drop_index:
        return goes_last(place);
    case Way::as_it_is:
        break;
    }
    return false;
}

// Nothing needs it to be gone.
bool OnlinePlanner::goes_last(std::size_t place) const
{
    return work_[place].way == Way::drop_index && !may_be_referred_to(*diff_.from(item_at(place))) &&
           std::all_of(followers_[place].begin(), followers_[place].end(),
                       [&](std::size_t follower) { return is_harmless(diff_, item_at(follower)); });
}

// ---- From steps to stages

Online OnlinePlanner::names_for(std::size_t place)
{
    const Work &work = work_[place];
    Online names;
    if (work.way == Way::check_nulls)
        names.provisional = names_.null_check(*diff_.to(item_at(place)));
    if (work.way == Way::build && (work.drop != no_step || work.hastens)) {
        const Object &object = *diff_.to(item_at(place));
        names.provisional = names_.index(object, "_new");
        if (work.drop != no_step && object.kind == Kind::index)
            names.retired = names_.index(object, "_replaced");
    }
    return names;
}

void OnlinePlanner::render(std::size_t place, bool online)
{
    Work &work = work_[place];
    bool is_avoided = online && work.way != Way::as_it_is;
    Online names = is_avoided ? names_for(place) : Online();
    work.rendered = renderer_.render(steps_[place], is_avoided ? &names : nullptr);
    bool is_dropped_afterwards = !names.retired.empty();
    if (work.drop != no_step && !is_dropped_afterwards)
        work_[work.drop].rendered = renderer_.render(steps_[work.drop], nullptr);
}

void OnlinePlanner::add(std::size_t place, Phase phase)
{
    const std::optional<Rendered> &rendered = work_[place].rendered;
    if (!rendered)
        return;
    for (const Statement &statement : rendered->statements)
        if (statement.phase == phase)
            stages_.add(place, rendered->operation, statement);
}

void OnlinePlanner::add_main(std::size_t place)
{
    const Work &work = work_[place];
    if (!work.rendered)
        return;
    if (goes_last(place)) {
        for (const Statement &statement : work.rendered->statements)
            leftover_.push_back({place, &statement});
        return;
    }
    if (work.drop != no_step)
        add(work.drop, Phase::main);
    add(place, Phase::main);
    for (const Statement &statement : work.rendered->statements)
        if (statement.phase == Phase::after)
            note_late(place, statement);
}

void OnlinePlanner::note_late(std::size_t place, const Statement &statement)
{
    if (statement.mode == Mode::outside) {
        leftover_.push_back({place, &statement});
        return;
    }
    unvalidated_.push_back({place, &statement});
    followers_of_unvalidated_.insert(followers_[place].begin(), followers_[place].end());
}

void OnlinePlanner::add_late(std::vector<Late> &late)
{
    for (const Late &each : late)
        stages_.add(each.place, work_[each.place].rendered->operation, *each.statement);
    late.clear();
}

void OnlinePlanner::catch_up_before(std::size_t place)
{
    if (!followers_of_unvalidated_.contains(place))
        return;
    add_late(unvalidated_);
    followers_of_unvalidated_.clear();
}

bool takes_long(const std::optional<Rendered> &rendered)
{
    using namespace std::string_view_literals;
    auto is_of_time = [](const Hazard &hazard) {
        return hazard.name == "table_rewrite"sv || hazard.name == "blocks_reads"sv || hazard.name == "blocks_writes"sv;
    };
    return rendered && std::any_of(rendered->operation.hazards.begin(), rendered->operation.hazards.end(), is_of_time);
}

void OnlinePlanner::run_step(std::size_t place)
{
    if (work_[place].is_swapped)
        return;
    catch_up_before(place);
    render(place, true);
    // Nobody is to wait for the locks of others meanwhile.
    bool is_alone = takes_long(work_[place].rendered);
    if (is_alone)
        stages_.close();
    add(place, Phase::before);
    add_main(place);
    if (is_alone)
        stages_.close();
}

void OnlinePlanner::run_region(Region region)
{
    find_waiting(region);
    std::vector<std::size_t> now;
    std::vector<std::size_t> later;
    for (std::size_t place = region.first; place <= region.last; place++)
        if (!work_[place].is_swapped)
            (work_[place].waits ? later : now).push_back(place);
    bool is_alone = false;
    region.attaches_tables = attaches_tables(region);
    for (std::size_t place : now) {
        catch_up_before(place);
        bool is_online = can_be_online_in(place, region);
        work_[place].hastens = is_online && work_[place].way == Way::build;
        render(place, is_online);
        is_alone = is_alone || takes_long(work_[place].rendered);
    }
    for (std::size_t place : now)
        add(place, Phase::before);
    if (is_alone)
        stages_.close();
    for (std::size_t place : now)
        add_main(place);
    if (is_alone)
        stages_.close();
    for (std::size_t place : later)
        run_step(place);
}

std::vector<Stage> OnlinePlanner::run()
{
    find_places();
    find_swaps();
    std::vector<Region> all = regions();
    auto region = all.begin();
    for (std::size_t place = 0; place < steps_.size(); place++) {
        if (region == all.end() || place < region->first) {
            run_step(place);
        } else {
            run_region(*region);
            place = region->last;
            ++region;
        }
    }
    add_late(unvalidated_);
    add_late(leftover_);
    return stages_.take();
}

} // namespace

std::vector<Stage> online_plan(const Snapshot &source, const Snapshot &target, Quote quote)
{
    Diff diff(source, target);
    if (diff.is_empty())
        return {};
    return OnlinePlanner(diff, Planner(diff).run(), quote).run();
}

} // namespace linkgress::core
