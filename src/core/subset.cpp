#include "core/subset.hpp"

#include "core/diff.hpp"
#include "core/kind.hpp"
#include "core/planner.hpp"
#include "core/poll.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

namespace linkgress::core {

namespace {

// Copies objects of two snapshots into a third.
class Merger {
  public:
    explicit Merger(const Snapshot &first)
    {
        result.server = first.server;
        result.role = first.role;
    }

    ObjectIndex copy(const Snapshot &from, ObjectIndex index)
    {
        poll();
        ObjectIndex copied = result.add(from[index]);
        if (from.is_outside(index))
            result.set_outside(copied);
        return copied;
    }

    // Of what was copied; `places`: where each object of that snapshot is in the result
    void copy_dependencies(const Snapshot &from, const std::vector<bool> &is_copied,
                           const std::vector<ObjectIndex> &places)
    {
        for (ObjectIndex i = 0; i < from.size(); i++, poll())
            for (ObjectIndex on : from.dependencies(i))
                if (is_copied[i] && places[on] != no_object)
                    result.add_dependency(places[i], places[on]);
    }

    Snapshot result;
};

// Can it be created on a table that is there without changing that?
bool comes_by_itself(Kind kind)
{
    switch (kind) {
    case Kind::index:
    case Kind::foreign_key:
    case Kind::trigger:
    case Kind::rule:
    case Kind::policy:
    case Kind::publication_table:
    case Kind::publication_schema:
    case Kind::user_mapping:
        return true;
    default:
        return false;
    }
}

std::set<std::string> all_names(const Snapshot &snapshot)
{
    std::set<std::string> names;
    for (ObjectIndex i = 0; i < snapshot.size(); i++, poll())
        for (std::string &name : names_of(snapshot[i]))
            names.insert(std::move(name));
    return names;
}

bool is_taken(const std::set<std::string> &names, const Object &object)
{
    std::vector<std::string> own = names_of(object);
    return std::any_of(own.begin(), own.end(), [&](const std::string &name) { return names.contains(name); });
}

class Adder {
  public:
    Adder(const Snapshot &source, const Snapshot &target) : source_(source), target_(target), merger_(source) {}

    Addition add()
    {
        choose();
        leave_out_dependents();
        Addition addition;
        for (ObjectIndex i = 0; i < target_.size(); i++)
            if (is_different(i))
                addition.differs.push_back(id(target_[i]));
        merge();
        addition.snapshot = std::move(merger_.result);
        return addition;
    }

  private:
    void choose()
    {
        std::set<std::string> taken = all_names(source_);
        is_new_.resize(target_.size());
        present_.resize(target_.size(), no_object);
        for (ObjectIndex i = 0; i < target_.size(); i++) {
            present_[i] = source_.find(id(target_[i])).value_or(no_object);
            if (present_[i] != no_object)
                continue;
            ObjectIndex parent = target_.parent(i);
            bool is_of_new = parent != no_object && is_new_[parent];
            bool is_of_present = parent != no_object && present_[parent] != no_object;
            is_new_[i] = (is_of_new || parent == no_object || (is_of_present && comes_by_itself(target_[i].kind))) &&
                         !is_taken(taken, target_[i]);
        }
    }

    void leave_out_dependents()
    {
        std::vector<ObjectIndex> left_out;
        auto leave_out = [&](ObjectIndex index) {
            for (ObjectIndex child = index; child < target_.end_of_children(index); child++)
                if (poll(); is_new_[child]) {
                    is_new_[child] = false;
                    left_out.push_back(child);
                }
        };
        for (ObjectIndex i = 0; i < target_.size(); i++)
            if (is_new_[i] && !has_all(i))
                leave_out(i);
        while (!left_out.empty()) {
            ObjectIndex on = left_out.back();
            left_out.pop_back();
            for (ObjectIndex dependent : target_.dependents(on))
                if (is_new_[dependent])
                    leave_out(dependent);
        }
    }

    bool has_all(ObjectIndex index) const
    {
        const std::vector<ObjectIndex> &on = target_.dependencies(index);
        return std::all_of(on.begin(), on.end(), [&](ObjectIndex i) { return is_new_[i] || present_[i] != no_object; });
    }

    bool is_different(ObjectIndex index) const
    {
        if (is_new_[index])
            return false;
        return present_[index] == no_object || !differences(source_[present_[index]], target_[index]).empty();
    }

    void merge()
    {
        std::vector<ObjectIndex> of_source(source_.size());
        std::vector<ObjectIndex> of_target(target_.size(), no_object);
        for (ObjectIndex i = 0; i < source_.size(); i++)
            of_source[i] = merger_.copy(source_, i);
        for (ObjectIndex i = 0; i < target_.size(); i++)
            if (is_new_[i])
                of_target[i] = merger_.copy(target_, i);
            else if (present_[i] != no_object)
                of_target[i] = of_source[present_[i]];
        merger_.copy_dependencies(source_, std::vector<bool>(source_.size(), true), of_source);
        merger_.copy_dependencies(target_, is_new_, of_target);
        merger_.result.finish();
    }

    const Snapshot &source_;
    const Snapshot &target_;
    Merger merger_;
    std::vector<bool> is_new_;         // of the target
    std::vector<ObjectIndex> present_; // in the source, of the target
};

class Keeper {
  public:
    Keeper(const Snapshot &source, const Snapshot &target) : source_(source), target_(target), merger_(target)
    {
        merger_.result.role = target.role;
    }

    Snapshot keep()
    {
        choose();
        merge();
        return std::move(merger_.result);
    }

  private:
    void choose()
    {
        for (ObjectIndex i = 0; i < source_.size(); i++) {
            present_.push_back(target_.find(id(source_[i])).value_or(no_object));
            ObjectIndex parent = source_.parent(i);
            is_kept_.push_back(present_[i] == no_object &&
                               (source_.is_of_hook(i) || (parent != no_object && is_kept_[parent])));
        }
        std::vector<ObjectIndex> left_out;
        auto leave_out = [&](ObjectIndex index) {
            if (poll(); is_kept_[index]) {
                is_kept_[index] = false;
                left_out.push_back(index);
            }
        };
        for (ObjectIndex i = 0; i < source_.size(); i++)
            if (is_kept_[i] && !has_all(i))
                leave_out(i);
        while (!left_out.empty()) {
            ObjectIndex on = left_out.back();
            left_out.pop_back();
            if (present_[on] != no_object)
                continue;
            for (ObjectIndex child = on + 1; child < source_.end_of_children(on); child++)
                leave_out(child);
            for (ObjectIndex dependent : source_.dependents(on))
                leave_out(dependent);
        }
    }

    bool is_there(ObjectIndex index) const { return is_kept_[index] || present_[index] != no_object; }

    bool has_all(ObjectIndex index) const
    {
        const std::vector<ObjectIndex> &on = source_.dependencies(index);
        ObjectIndex parent = source_.parent(index);
        return (parent == no_object || is_there(parent)) &&
               std::all_of(on.begin(), on.end(), [&](ObjectIndex i) { return is_there(i); });
    }

    void merge()
    {
        std::vector<ObjectIndex> of_target;
        for (ObjectIndex i = 0; i < target_.size(); i++)
            of_target.push_back(merger_.copy(target_, i));
        std::vector<ObjectIndex> of_source = present_; // which are the places of those that come first
        for (ObjectIndex i = 0; i < source_.size(); i++)
            if (is_kept_[i])
                of_source[i] = merger_.copy(source_, i);
        merger_.copy_dependencies(target_, std::vector<bool>(target_.size(), true), of_target);
        merger_.copy_dependencies(source_, is_kept_, of_source);
        merger_.result.finish();
    }

    const Snapshot &source_;
    const Snapshot &target_;
    Merger merger_;
    std::vector<ObjectIndex> present_; // in the target, of the source
    std::vector<bool> is_kept_;        // of the source
};

class IndexHolder {
  public:
    IndexHolder(const Snapshot &source, const Snapshot &target) : source_(source), target_(target), merger_(target)
    {
        merger_.result.role = target.role;
    }

    Snapshot hold()
    {
        std::vector<bool> source_is_used = used_indexes(source_);
        std::vector<bool> target_is_used = used_indexes(target_);
        std::vector<bool> is_copied(target_.size());
        std::vector<ObjectIndex> copied(target_.size(), no_object);
        for (ObjectIndex i = 0; i < target_.size(); i++)
            if (is_copied[i] = !is_by_itself(target_, i, source_) || target_is_used[i]; is_copied[i])
                copied[i] = merger_.copy(target_, i);
        merger_.copy_dependencies(target_, is_copied, copied);
        std::set<std::string> taken = all_names(merger_.result);
        for (ObjectIndex i = 0; i < source_.size(); i++)
            if (is_by_itself(source_, i, target_) && !source_is_used[i] && is_unchanged_below(i) &&
                !is_taken(taken, source_[i]))
                keep(i, copied);
        merger_.result.finish();
        return std::move(merger_.result);
    }

  private:
    // On which something else depends
    static std::vector<bool> used_indexes(const Snapshot &snapshot)
    {
        std::vector<bool> is_used(snapshot.size());
        for (ObjectIndex i = 0; i < snapshot.size(); i++)
            for (ObjectIndex on : snapshot.dependencies(i))
                is_used[on] = true;
        return is_used;
    }

    // An index of a table of both that only this one has
    static bool is_by_itself(const Snapshot &one, ObjectIndex index, const Snapshot &other)
    {
        const Object &object = one[index];
        return object.kind == Kind::index && !object.flag("partitioned") && !other.find(id(object)) &&
               one.parent(index) != no_object && other.find(id(one[one.parent(index)]));
    }

    bool is_unchanged_below(ObjectIndex index) const
    {
        const std::vector<ObjectIndex> &on = source_.dependencies(index);
        return std::all_of(on.begin(), on.end(), [&](ObjectIndex i) {
            const Object *other = target_.find_object(id(source_[i]));
            return other != nullptr && differences(source_[i], *other).empty();
        });
    }

    void keep(ObjectIndex index, const std::vector<ObjectIndex> &copied)
    {
        ObjectIndex kept = merger_.copy(source_, index);
        for (ObjectIndex on : source_.dependencies(index))
            if (std::optional<ObjectIndex> found = target_.find(id(source_[on])); found && copied[*found] != no_object)
                merger_.result.add_dependency(kept, copied[*found]);
    }

    const Snapshot &source_;
    const Snapshot &target_;
    Merger merger_;
};

class Remover {
  public:
    Remover(const Snapshot &source, const Snapshot &target) : source_(source), target_(target) {}

    Removal remove(bool cascade, Quote quote)
    {
        choose();
        Removal removal;
        find_dependents(removal, cascade, quote);
        find_schemas(removal);
        removal.snapshot = without([&](ObjectIndex i) { return goes_[i]; });
        removal.source = without([&](ObjectIndex i) { return goes_[i] && source_.is_outside(i); });
        return removal;
    }

  private:
    void choose()
    {
        goes_.resize(source_.size());
        for (ObjectIndex i = 0; i < source_.size(); i = source_.end_of_children(i)) {
            Kind kind = source_[i].kind;
            if (kind == Kind::extension || kind == Kind::schema || source_.is_outside(i) ||
                !target_.find(id(source_[i])))
                continue;
            take(i);
        }
    }

    void take(ObjectIndex index)
    {
        for (ObjectIndex i = index; i < source_.end_of_children(index); i++)
            goes_[i] = true;
    }

    // Whatever is left and cannot be without what goes
    void find_dependents(Removal &removal, bool cascade, Quote quote)
    {
        Script script(quote, source_, target_, source_.role);
        std::set<ObjectIndex> waiting; // to be looked at, in the order of the snapshot
        auto expect = [&](ObjectIndex on) {
            poll();
            const std::vector<ObjectIndex> &dependents = source_.dependents(on);
            waiting.insert(dependents.begin(), dependents.end());
        };
        for (ObjectIndex i = 0; i < source_.size(); i++)
            if (goes_[i])
                expect(i);
        for (ObjectIndex start = 0; !waiting.empty();) {
            auto next = waiting.lower_bound(start);
            if (next == waiting.end() && !cascade)
                break;
            ObjectIndex i = next == waiting.end() ? *waiting.begin() : *next;
            waiting.erase(i);
            start = i + 1;
            if (goes_[i])
                continue;
            removal.dependents.push_back(id(source_[i]));
            take(i);
            for (ObjectIndex part = i; part < source_.end_of_children(i); part++)
                expect(part);
            if (source_.is_outside(i) && cascade)
                rules_of(source_[i].kind).drop(script, source_[i]);
        }
        for (const std::string &statement : script.statements())
            removal.outside.push_back(statement + " CASCADE");
    }

    void find_schemas(Removal &removal)
    {
        std::set<std::string> used = {"public"};
        for (ObjectIndex i = 0; i < source_.size(); i++)
            if (!goes_[i] && source_[i].kind != Kind::schema)
                used.insert(source_[i].schema);
        for (ObjectIndex i = 0; i < source_.size(); i++)
            if (source_[i].kind == Kind::schema && target_.find(id(source_[i])) && !used.contains(source_[i].name))
                removal.schemas.push_back(source_[i].name);
    }

    template <typename Predicate> Snapshot without(Predicate is_left_out) const
    {
        Merger merger(source_);
        std::vector<bool> is_kept(source_.size());
        std::vector<ObjectIndex> kept(source_.size(), no_object);
        for (ObjectIndex i = 0; i < source_.size(); i++)
            if (is_kept[i] = !is_left_out(i); is_kept[i])
                kept[i] = merger.copy(source_, i);
        merger.copy_dependencies(source_, is_kept, kept);
        merger.result.finish();
        return std::move(merger.result);
    }

    const Snapshot &source_;
    const Snapshot &target_;
    std::vector<bool> goes_; // of the source
};

} // namespace

Addition with_missing(const Snapshot &source, const Snapshot &target)
{
    return Adder(source, target).add();
}

Snapshot with_hook_objects(const Snapshot &source, Snapshot &&target)
{
    bool is_any = false;
    for (ObjectIndex i = 0; i < source.size() && !is_any; i++)
        is_any = source.is_of_hook(i) && !target.find(id(source[i]));
    return is_any ? Keeper(source, target).keep() : std::move(target);
}

Snapshot with_old_indexes(const Snapshot &source, const Snapshot &target)
{
    return IndexHolder(source, target).hold();
}

Removal without_named(const Snapshot &source, const Snapshot &target, bool cascade, Quote quote)
{
    return Remover(source, target).remove(cascade, quote);
}

} // namespace linkgress::core
