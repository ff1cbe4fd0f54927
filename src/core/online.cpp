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
#include "core/online_planner.hpp"
#include "core/poll.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace linkgress::core {

OnlinePlanner::OnlinePlanner(const Diff &diff, Schedule schedule, Quote quote)
    : diff_(diff), steps_(std::move(schedule.steps)), followers_(std::move(schedule.followers)), renderer_(diff, quote),
      names_(diff), work_(steps_.size()), first_that_only_goes_(steps_.size())
{
    last_before_.assign(steps_.size(), no_step);
    for (std::size_t place = 0; place < steps_.size(); place++) {
        poll();
        work_[place].way = way_of(diff, steps_[place]);
        for (std::size_t follower : followers_[place])
            last_before_[follower] = place;
    }
    auto is_last = [&](const Step &step) {
        Kind kind = diff.either(diff.items[step.item]).kind; // what has a say in what is done comes when all is
        return step.kind <= StepKind::drop || kind == Kind::event_trigger || kind == Kind::default_privileges;
    };
    while (first_that_only_goes_ > 0 && is_last(steps_[first_that_only_goes_ - 1]))
        first_that_only_goes_--;
}

// ---- From steps to stages

bool OnlinePlanner::is_index_of_table(std::size_t place) const
{
    const Item &item = item_at(place);
    ObjectIndex parent = diff_.target.parent(item.to);
    return diff_.to(item)->kind == Kind::index && parent != no_object && diff_.target[parent].kind == Kind::table;
}

// An index that nothing else waits for to go
bool OnlinePlanner::can_stay(std::size_t drop, std::size_t create) const
{
    return diff_.from(item_at(drop))->kind == Kind::index &&
           std::all_of(followers_[drop].begin(), followers_[drop].end(), [&](std::size_t follower) {
               return follower == create || is_harmless(diff_, item_at(follower));
           });
}

Online OnlinePlanner::names_for(std::size_t place)
{
    Work &work = work_[place];
    Online names;
    if (work.way == Way::check_nulls)
        names.provisional = names_.null_check(*diff_.to(item_at(place)));
    if (!work.hastens)
        return names;
    const Object &object = *diff_.to(item_at(place));
    work.provisional = work.way == Way::validate ? names_.constraint(object, "_new") : names_.index(object, "_new");
    names.provisional = work.provisional;
    if (work.way == Way::build_aside)
        names.retired = work_[holder_of(place)].provisional;
    else if (work.drop != no_step && is_index_of_table(place) && can_stay(work.drop, place))
        names.retired = names_.index(*diff_.from(item_at(work.drop)), "_replaced");
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

void OnlinePlanner::catch_up()
{
    add_late(unvalidated_);
    followers_of_unvalidated_.clear();
}

void OnlinePlanner::catch_up_before(std::size_t place)
{
    std::size_t drop = work_[place].drop;
    if (place >= first_that_only_goes_ || followers_of_unvalidated_.contains(place) ||
        (drop != no_step && followers_of_unvalidated_.contains(drop)))
        catch_up();
}

bool OnlinePlanner::takes_long(std::size_t place) const
{
    using namespace std::string_view_literals;
    const Work &work = work_[place];
    auto is_of_time = [](const Hazard &hazard) {
        return hazard.name == "table_rewrite"sv || hazard.name == "blocks_reads"sv || hazard.name == "blocks_writes"sv;
    };
    const std::optional<Rendered> &rendered = work.rendered;
    return rendered &&
           ((work.way == Way::compute && !work.hastens) ||
            std::any_of(rendered->operation.hazards.begin(), rendered->operation.hazards.end(), is_of_time));
}

void OnlinePlanner::run_step(std::size_t place)
{
    Work &work = work_[place];
    if (work.is_swapped)
        return;
    catch_up_before(place);
    work.hastens = work.drop != no_step;
    render(place, true);
    // Nobody is to wait for the locks of others meanwhile.
    bool is_alone = takes_long(place);
    if (is_alone)
        stages_.close();
    add(place, Phase::before);
    add_main(place);
    if (is_alone)
        stages_.close();
}

// What comes beside a materialized view is in stages of its own.
void OnlinePlanner::add_before(const std::vector<std::size_t> &places)
{
    bool was_aside = false;
    for (std::size_t place : places) {
        Way way = work_[place].way;
        bool is_aside = work_[place].hastens && (way == Way::compute || way == Way::build_aside);
        if (is_aside != was_aside)
            stages_.close();
        was_aside = is_aside;
        add(place, Phase::before);
    }
    if (was_aside)
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
        work_[place].hastens = can_hasten_in(place, region);
        render(place, work_[place].hastens || can_be_online_in(place, region));
        is_alone = is_alone || takes_long(place);
    }
    add_before(now);
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
    find_attached();
    find_formers();
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
    catch_up();
    add_late(leftover_);
    return stages_.take();
}

std::vector<Stage> online_plan(const Snapshot &source, const Snapshot &target, Quote quote)
{
    Diff diff(source, target);
    if (diff.is_empty())
        return {};
    return OnlinePlanner(diff, Planner(diff, Pace::in_stages).run(), quote).run();
}

} // namespace linkgress::core
