// Which steps of a plan that does not block have to be in one stage, and what the others do meanwhile; see online.cpp.

#include "core/kind.hpp"
#include "core/online_planner.hpp"
#include "core/poll.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace linkgress::core {

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

// The attachments that make up the indexes and keys of partitioned tables
void OnlinePlanner::find_attached()
{
    for (ObjectIndex link = 0; link < diff_.target.size(); link++)
        if (diff_.target[link].kind == Kind::index_attachment)
            for (ObjectIndex on : diff_.target.dependencies(link))
                if (diff_.target[on].kind != Kind::inheritance && diff_.target.parent(on) != diff_.target.parent(link))
                    attached_[on].push_back(link);
}

namespace {

bool is_primary_key(const Object &object)
{
    return object.kind == Kind::constraint && object.text("definition").starts_with("PRIMARY KEY ");
}

bool share_name(const Object &a, const Object &b)
{
    std::vector<std::string> names = names_of(a);
    for (const std::string &name : names_of(b))
        if (std::find(names.begin(), names.end(), name) != names.end())
            return true;
    return false;
}

bool is_constraint_or_index(const Object &object)
{
    return object.kind == Kind::constraint || object.kind == Kind::foreign_key || object.kind == Kind::index;
}

} // namespace

// Of the same table: it gets the name, or is the primary key.
bool OnlinePlanner::takes_place(std::size_t drop, std::size_t create) const
{
    if (steps_[create].kind != StepKind::create)
        return false;
    const Object &from = *diff_.from(item_at(drop));
    const Object &to = *diff_.to(item_at(create));
    if (!is_constraint_or_index(from) || !is_constraint_or_index(to) || from.schema != to.schema ||
        from.parent != to.parent)
        return false;
    return steps_[drop].item == steps_[create].item || share_name(from, to) ||
           (is_primary_key(from) && is_primary_key(to));
}

void OnlinePlanner::find_formers()
{
    for (std::size_t place = 0; place < steps_.size(); place++) {
        poll();
        if (steps_[place].kind != StepKind::drop || item_at(place).from == no_object)
            continue;
        for (std::size_t follower : followers_[place])
            if (takes_place(place, follower))
                work_[follower].former = place;
    }
}

// Nothing but the new one has waited for the old one to go.
bool OnlinePlanner::can_swap(std::size_t drop, std::size_t create) const
{
    const Item &old = item_at(drop);
    const Item &item = item_at(create);
    // Children have the constraint from the table.
    auto comes_along = [&](std::size_t folded) {
        const Object &object = diff_.either(diff_.items[folded]);
        return object.kind == Kind::constraint && object.flag("inherited") && !object.flag("has_index");
    };
    auto has_own_step = [&](const Step &step) {
        return std::all_of(step.folded.begin(), step.folded.end(), comes_along);
    };
    if (work_[create].way == Way::as_it_is || !has_own_step(steps_[drop]) || !has_own_step(steps_[create]) ||
        is_attached(diff_.source, old.from) || is_attached(diff_.target, item.to) ||
        diff_.from(old)->flag("inherited") || diff_.to(item)->flag("inherited") ||
        is_partitioned_key(diff_.source, *diff_.from(old)) || may_be_referred_to(*diff_.from(old)))
        return false;
    return std::all_of(followers_[drop].begin(), followers_[drop].end(), [&](std::size_t follower) {
        return follower >= create || is_harmless(diff_, item_at(follower));
    });
}

// Which of several keys over the same columns a new foreign key refers to is up to the server.
bool OnlinePlanner::may_be_referred_to(const Object &object) const
{
    return is_unique_key(object) && referred_to_.contains(fmt::format("{}.{}", object.schema, object.parent));
}

void OnlinePlanner::find_swaps()
{
    for (const Item &item : diff_.items)
        if (item.comes() && diff_.to(item)->kind == Kind::foreign_key)
            for (ObjectIndex on : diff_.target.dependencies(item.to))
                if (ObjectIndex table = diff_.target.parent(on); table != no_object)
                    referred_to_.insert(fmt::format("{}.{}", diff_.target[table].schema, diff_.target[table].name));

    for (std::size_t place = 0; place < steps_.size(); place++)
        if (std::size_t former = work_[place].former;
            former != no_step && !work_[former].is_swapped && can_swap(former, place)) {
            work_[former].is_swapped = true;
            work_[place].drop = former;
        }
}

namespace {

// Nobody misses it for a while.
bool can_be_missed(const Object &object)
{
    switch (object.kind) {
    case Kind::index:
        return !object.flag("unique");
    case Kind::index_attachment:
    case Kind::clustering:
    case Kind::event_trigger:
    case Kind::default_privileges:
    case Kind::statistics:
        return true;
    default:
        return false;
    }
}

} // namespace

bool OnlinePlanner::makes_region(std::size_t index, const std::set<std::size_t> &has_shell) const
{
    const Item &item = diff_.items[index];
    if (first_[index] == no_step || first_[index] == last_[index] || work_[first_[index]].is_swapped)
        return false;
    if (item.takes_detour || item.is_retired || has_shell.contains(index))
        return true;
    return item.action == Action::replace && !can_be_missed(*diff_.from(item));
}

// Where the object is complete: with what is attached to it, and with what is made beside it
std::size_t OnlinePlanner::end_of(ObjectIndex object) const
{
    std::size_t end = 0;
    auto note = [&](ObjectIndex part) {
        if (std::size_t last = last_[diff_.index_of(diff_.of_target(part))]; last != no_step)
            end = std::max(end, last);
    };
    note(object);
    if (diff_.target[object].kind == Kind::materialized_view)
        for (ObjectIndex part = object + 1; part < diff_.target.end_of_children(object); part++)
            note(part);
    std::vector<ObjectIndex> indexes = {object};
    std::set<ObjectIndex> seen = {object};
    while (!indexes.empty()) {
        poll();
        auto attached = attached_.find(indexes.back());
        indexes.pop_back();
        if (attached == attached_.end())
            continue;
        for (ObjectIndex link : attached->second) {
            note(link);
            for (ObjectIndex on : diff_.target.dependencies(link))
                if (diff_.target.parent(on) == diff_.target.parent(link) && seen.insert(on).second)
                    indexes.push_back(on);
        }
    }
    return end;
}

void OnlinePlanner::add_region(std::vector<Region> &all, std::size_t first, std::size_t last)
{
    poll();
    all.push_back({first, last});
    work_[first].is_anchored = true;
    work_[last].is_anchored = true;
}

void OnlinePlanner::add_item_regions(std::vector<Region> &all)
{
    std::set<std::size_t> has_shell;
    for (const Step &step : steps_)
        if (step.kind == StepKind::shell || step.kind == StepKind::drop_shell)
            has_shell.insert(step.item);
    for (std::size_t index = 0; index < diff_.items.size(); index++)
        if (makes_region(index, has_shell)) {
            const Item &item = diff_.items[index];
            add_region(all, first_[index],
                       item.to == no_object ? last_[index] : std::max(last_[index], end_of(item.to)));
            work_[last_[index]].is_anchored = true;
        }
}

// What makes way for something is there until that comes, and still is when that fails.
void OnlinePlanner::add_drop_regions(std::vector<Region> &all)
{
    for (std::size_t place = 0; place < first_that_only_goes_; place++) {
        const Item &item = item_at(place);
        if (steps_[place].kind != StepKind::drop || item.from == no_object || work_[place].is_swapped ||
            can_be_missed(*diff_.from(item)))
            continue;
        std::size_t last = place;
        for (std::size_t follower : followers_[place]) {
            if (follower >= first_that_only_goes_)
                continue;
            bool takes = work_[follower].former == place;
            last = std::max({last, follower, takes ? end_of(item_at(follower).to) : follower});
            work_[follower].is_anchored = work_[follower].is_anchored || takes;
        }
        if (last != place)
            add_region(all, place, last);
    }
}

// A column that is written anew gets NOT NULL and its default together.
void OnlinePlanner::add_default_regions(std::vector<Region> &all)
{
    for (std::size_t index = 0; index < diff_.items.size(); index++) {
        const Item &item = diff_.items[index];
        if (item.to == no_object || diff_.to(item)->kind != Kind::column_default || last_[index] == no_step)
            continue;
        const Object &object = *diff_.to(item);
        std::optional<ObjectIndex> column = diff_.target.find(id(sibling_key(Kind::column, object, object.name)));
        if (!column || !gets_not_null(diff_, diff_.of_target(*column)))
            continue;
        std::size_t place = last_[diff_.index_of(diff_.of_target(*column))];
        if (place < last_[index])
            add_region(all, place, last_[index]);
    }
}

// Row security is on as soon as there are the policies, and not before.
void OnlinePlanner::add_policy_regions(std::vector<Region> &all)
{
    for (std::size_t index = 0; index < diff_.items.size(); index++) {
        const Item &table = diff_.items[index];
        if (table.action != Action::alter || diff_.to(table)->kind != Kind::table || last_[index] == no_step ||
            diff_.from(table)->flag("row_security") || !diff_.to(table)->flag("row_security"))
            continue;
        std::size_t last = last_[index];
        for (ObjectIndex policy : diff_.target.children(table.to, Kind::policy))
            if (std::size_t place = last_[diff_.index_of(diff_.of_target(policy))]; place != no_step)
                last = std::max(last, place);
        if (last != last_[index])
            add_region(all, last_[index], last);
    }
}

std::vector<Region> OnlinePlanner::regions()
{
    std::vector<Region> all;
    add_item_regions(all);
    add_drop_regions(all);
    add_default_regions(all);
    add_policy_regions(all);
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

bool OnlinePlanner::is_there_before(ObjectIndex on, const Region &region) const
{
    const Item &other = diff_.of_target(on);
    std::size_t last = last_[diff_.index_of(other)];
    return last == no_step || !region.contains(last) || is_harmless(diff_, other);
}

// Is everything that it needs there before the region?
bool OnlinePlanner::can_hasten(std::size_t place, const Region &region) const
{
    if (may_call_altered(place, region))
        return false;
    const Item &item = item_at(place);
    if (item.action != Action::replace && work_[place].former == no_step)
        return last_before_[place] == no_step || last_before_[place] < region.first;
    const std::vector<ObjectIndex> &needed = diff_.target.dependencies(item.to);
    ObjectIndex parent = diff_.target.parent(item.to);
    return std::all_of(needed.begin(), needed.end(), [&](ObjectIndex on) { return is_there_before(on, region); }) &&
           (parent == no_object || is_there_before(parent, region));
}

std::size_t OnlinePlanner::holder_of(std::size_t place) const
{
    ObjectIndex parent = diff_.target.parent(item_at(place).to);
    return parent == no_object ? no_step : last_[diff_.index_of(diff_.of_target(parent))];
}

bool OnlinePlanner::can_build_aside(std::size_t place, const Region &region) const
{
    std::size_t view = holder_of(place);
    ObjectIndex parent = diff_.target.parent(item_at(place).to);
    const std::vector<ObjectIndex> &needed = diff_.target.dependencies(item_at(place).to);
    return view != no_step && work_[view].hastens && !may_call_altered(place, region) &&
           std::all_of(needed.begin(), needed.end(), [&](ObjectIndex on) {
               return on == parent || diff_.target.parent(on) == parent || is_there_before(on, region);
           });
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

// What takes the place of something that says the same holds for the rows that are there, as that did.
bool OnlinePlanner::can_be_validated_later(std::size_t place, const Region &region) const
{
    if (is_needed_in(place, region))
        return false;
    std::size_t former = work_[place].former;
    if (steps_[place].kind != StepKind::create || former == no_step)
        return true;
    const Object &from = *diff_.from(item_at(former));
    const Object &to = *diff_.to(item_at(place));
    return from.kind == to.kind && from.text("definition") == to.text("definition");
}

// A foreign key that would refer to the key that goes
bool OnlinePlanner::waits_for_key(std::size_t place, const Region &region) const
{
    for (std::size_t other = region.first; other < place; other++) {
        bool is_dropped_key = steps_[other].kind == StepKind::drop && is_unique_key(diff_.either(item_at(other)));
        if (is_dropped_key &&
            std::find(followers_[other].begin(), followers_[other].end(), place) != followers_[other].end())
            return true;
    }
    return false;
}

// Done under another name before the region begins, which it has its own name in.
bool OnlinePlanner::can_hasten_in(std::size_t place, const Region &region) const
{
    const Work &work = work_[place];
    bool takes_place = item_at(place).action == Action::replace || work.former != no_step;
    switch (work.way) {
    case Way::build:
        return can_hasten(place, region);
    case Way::validate:
        return steps_[place].kind == StepKind::create && takes_place && !region.attaches_tables &&
               !waits_for_key(place, region) && can_hasten(place, region);
    case Way::compute:
        return takes_place && can_hasten(place, region);
    case Way::build_aside:
        return can_build_aside(place, region);
    default:
        return false;
    }
}

bool OnlinePlanner::can_be_online_in(std::size_t place, const Region &region) const
{
    switch (work_[place].way) {
    case Way::validate:
        return can_be_validated_later(place, region);
    case Way::check_nulls:
    case Way::check_passed:
        return !region.attaches_tables;
    case Way::drop_index:
        return goes_last(place);
    default:
        return false;
    }
}

// Nothing needs it to be gone.
bool OnlinePlanner::goes_last(std::size_t place) const
{
    return work_[place].way == Way::drop_index && !may_be_referred_to(*diff_.from(item_at(place))) &&
           std::all_of(followers_[place].begin(), followers_[place].end(),
                       [&](std::size_t follower) { return is_harmless(diff_, item_at(follower)); });
}

} // namespace linkgress::core
