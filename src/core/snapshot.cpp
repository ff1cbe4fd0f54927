#include "core/snapshot.hpp"

#include "core/error.hpp"
#include "core/json.hpp"
#include "core/kind.hpp"
#include "core/poll.hpp"
#include "core/snapshot_writer.hpp"
#include "core/sqlstate.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <tuple>

#include <fmt/format.h>

namespace linkgress::core {

void fail_for_index(std::size_t index, std::size_t size)
{
    throw Error(sqlstate::internal_error, index == no_object
                                              ? "an object is asked for that is not there"
                                              : fmt::format("there is no object {} among {}", index, size));
}

void Snapshot::reserve(std::size_t size)
{
    objects_.reserve(size);
    parents_.reserve(size);
    flags_.reserve(size);
    dependencies_.reserve(size);
}

ObjectIndex Snapshot::add(Object object)
{
    objects_.push_back(std::move(object));
    parents_.push_back(no_object);
    flags_.push_back(0);
    dependencies_.emplace_back();
    return static_cast<ObjectIndex>(objects_.size() - 1);
}

namespace {

// Parents of different groups may have the same name.
int group_of_parent(Kind kind)
{
    switch (kind) {
    case Kind::composite_type:
    case Kind::composite_attribute:
        return 1;
    case Kind::domain:
    case Kind::domain_constraint:
        return 2;
    case Kind::publication:
    case Kind::publication_table:
    case Kind::publication_schema:
        return 3;
    case Kind::operator_family:
    case Kind::operator_family_member:
        return 4;
    case Kind::sequence:
    case Kind::sequence_owner:
        return 5;
    case Kind::server:
    case Kind::user_mapping:
        return 6;
    case Kind::table:
    case Kind::foreign_table:
    case Kind::view:
    case Kind::materialized_view:
        return 0;
    default:
        return is_child(kind) ? 0 : -1;
    }
}

} // namespace

bool can_have(Kind parent, Kind child)
{
    return !is_child(parent) && is_child(child) && group_of_parent(parent) == group_of_parent(child);
}

void Snapshot::find_parents()
{
    std::vector<ObjectIndex> orphans;
    for (ObjectIndex i = 0; i < objects_.size(); i++)
        if (is_child(objects_[i].kind) && parents_[i] == no_object)
            orphans.push_back(i);
    if (orphans.empty())
        return;
    std::unordered_map<std::string, ObjectIndex> by_name;
    auto key = [](int group, const std::string &schema, const std::string &name, const std::string &arguments) {
        return fmt::format("{}\n{}\n{}\n{}", group, schema, name, arguments);
    };
    auto arguments_of = [](const Object &object, Kind with) { return object.kind == with ? object.arguments : ""; };
    for (ObjectIndex i = 0; i < objects_.size(); i++, poll())
        if (const Object &object = objects_[i]; !is_child(object.kind) && group_of_parent(object.kind) >= 0)
            by_name.emplace(key(group_of_parent(object.kind), object.schema, object.name,
                                arguments_of(object, Kind::operator_family)),
                            i);
    for (ObjectIndex i : orphans) {
        poll();
        const Object &object = objects_[i];
        auto found = by_name.find(key(group_of_parent(object.kind), object.schema, object.parent,
                                      arguments_of(object, Kind::operator_family_member)));
        if (found != by_name.end())
            parents_[i] = found->second;
    }
}

// Those without parents, each followed by its children.
std::vector<ObjectIndex> Snapshot::sorted(const std::vector<bool> &leave_out) const
{
    auto precedes = [&](ObjectIndex a, ObjectIndex b) {
        poll();
        auto key = [](const Object &object) {
            return std::tie(object.kind, object.schema, object.name, object.arguments);
        };
        return key(objects_[a]) < key(objects_[b]);
    };
    // The children of one parent side by side, from begin[parent] on.
    std::vector<ObjectIndex> begin(objects_.size() + 1);
    for (ObjectIndex i = 0; i < objects_.size(); i++)
        if (parents_[i] != no_object && !leave_out[i])
            begin[parents_[i] + 1]++;
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    std::vector<ObjectIndex> children(begin.back());
    std::vector<ObjectIndex> end = begin;
    std::vector<ObjectIndex> tops;
    for (ObjectIndex i = 0; i < objects_.size(); i++, poll())
        if (leave_out[i])
            continue;
        else if (parents_[i] == no_object)
            tops.push_back(i);
        else
            children[end[parents_[i]]++] = i;

    std::vector<ObjectIndex> order;
    order.reserve(tops.size() + children.size());
    std::stable_sort(tops.begin(), tops.end(), precedes);
    for (ObjectIndex top : tops) {
        order.push_back(top);
        std::sort(children.begin() + begin[top], children.begin() + end[top], precedes);
        order.insert(order.end(), children.begin() + begin[top], children.begin() + end[top]);
    }
    return order;
}

namespace {

// In place, since a copy would be as large as all the rest.
template <typename List> void rearrange(List &list, const std::vector<ObjectIndex> &order)
{
    std::vector<bool> is_done(list.size(), false);
    for (ObjectIndex start = 0; start < order.size(); start++) {
        poll();
        if (is_done[start])
            continue;
        auto first = std::move(list[start]);
        ObjectIndex place = start;
        for (; order[place] != start; place = order[place]) {
            list[place] = std::move(list[order[place]]);
            is_done[place] = true;
        }
        list[place] = std::move(first);
        is_done[place] = true;
    }
}

} // namespace

void Snapshot::arrange(std::vector<ObjectIndex> order)
{
    std::size_t size = order.size();
    std::vector<ObjectIndex> place(objects_.size(), no_object);
    for (ObjectIndex i = 0; i < size; i++)
        place[order[i]] = i;
    // What is left out goes to the end, and away.
    for (ObjectIndex i = 0; i < place.size(); i++)
        if (place[i] == no_object)
            order.push_back(i);
    rearrange(objects_, order);
    rearrange(parents_, order);
    rearrange(flags_, order);
    rearrange(dependencies_, order);
    objects_.resize(size);
    parents_.resize(size);
    flags_.resize(size);
    dependencies_.resize(size);
    for (ObjectIndex i = 0; i < size; i++) {
        poll();
        if (parents_[i] != no_object)
            parents_[i] = place[parents_[i]];
        for (ObjectIndex &on : dependencies_[i])
            on = place[on];
        std::erase(dependencies_[i], no_object);
    }
    for (auto &[object, name] : named_dependencies_)
        object = place[object];
}

namespace {

std::uint32_t hash_of(std::string_view id)
{
    return static_cast<std::uint32_t>(std::hash<std::string_view>{}(id));
}

} // namespace

// Where the object of this id is, or would be.
const Snapshot::Slot &Snapshot::slot_of(std::string_view id, std::uint32_t hash) const
{
    for (std::size_t place = hash;; place++) {
        const Slot &slot = by_id_[place & (by_id_.size() - 1)];
        if (slot.index == no_object || (slot.hash == hash && core::id(objects_[slot.index]) == id))
            return slot;
    }
}

void Snapshot::index() const
{
    if (!by_id_.empty())
        return;
    by_id_.assign(std::bit_ceil(2 * objects_.size() + 1), Slot());
    std::string text;
    for (ObjectIndex i = 0; i < objects_.size(); i++) {
        text.clear();
        append_id(text, objects_[i]);
        std::uint32_t hash = hash_of(text);
        auto &slot = const_cast<Slot &>(slot_of(text, hash));
        if (slot.index != no_object)
            throw Error(sqlstate::invalid_parameter_value, fmt::format("snapshot has two objects {}", text));
        slot = {hash, i};
    }
}

// The column of this name of the relation that the object belongs to.
std::optional<ObjectIndex> Snapshot::find_sibling(ObjectIndex object, std::string_view column) const
{
    ObjectIndex parent = parents_[object];
    auto begin = objects_.begin() + parent + 1;
    auto end = objects_.begin() + end_of_children(parent);
    auto found = std::lower_bound(begin, end, column, [](const Object &child, std::string_view name) {
        return child.kind != Kind::column ? child.kind < Kind::column : child.name < name;
    });
    if (found == end || found->kind != Kind::column || found->name != column)
        return std::nullopt;
    return static_cast<ObjectIndex>(found - objects_.begin());
}

ObjectRange Snapshot::children(ObjectIndex parent, Kind kind) const
{
    auto begin = objects_.begin() + parent + 1;
    auto end = objects_.begin() + end_of_children(parent);
    auto first = std::partition_point(begin, end, [&](const Object &child) { return child.kind < kind; });
    auto last = std::partition_point(first, end, [&](const Object &child) { return child.kind == kind; });
    return {static_cast<ObjectIndex>(first - objects_.begin()), static_cast<ObjectIndex>(last - objects_.begin())};
}

void Snapshot::resolve()
{
    for (const auto &[object, on] : named_dependencies_) {
        poll();
        if (object == no_object)
            continue;
        bool is_sibling = on.size() > 1 && on[0] == '.' && parents_[object] != no_object;
        std::optional<ObjectIndex> found = is_sibling ? find_sibling(object, std::string_view(on).substr(1)) : find(on);
        if (found)
            dependencies_[object].push_back(*found);
    }
    named_dependencies_.clear();
    named_dependencies_.shrink_to_fit();
    for (ObjectIndex i = 0; i < objects_.size(); i++) {
        poll();
        std::vector<ObjectIndex> &on = dependencies_[i];
        std::erase_if(on, [&](ObjectIndex other) { return other == i || other == parents_[i]; });
        std::sort(on.begin(), on.end());
        on.erase(std::unique(on.begin(), on.end()), on.end());
    }
}

namespace {

bool is_identity(const std::vector<ObjectIndex> &order, std::size_t size)
{
    for (ObjectIndex i = 0; i < order.size(); i++)
        if (order[i] != i)
            return false;
    return order.size() == size;
}

} // namespace

void Snapshot::finish(const std::function<bool(const Object &)> &is_ignored)
{
    find_parents();
    std::vector<bool> leave_out(objects_.size(), false);
    for (ObjectIndex i = 0; i < objects_.size(); i++, poll())
        leave_out[i] = is_ignored && is_ignored(objects_[i]);
    // Children of what is left out, or is somewhere else, go with it.
    for (ObjectIndex i = 0; i < objects_.size(); i++)
        if (is_child(objects_[i].kind) && (parents_[i] == no_object || leave_out[parents_[i]]))
            leave_out[i] = true;
    if (std::vector<ObjectIndex> order = sorted(leave_out); !is_identity(order, objects_.size()))
        arrange(std::move(order));
    find_ends();
    by_id_.clear();
    dependents_.clear();
    resolve();
}

std::optional<ObjectIndex> Snapshot::find(std::string_view id) const
{
    index();
    ObjectIndex found = slot_of(id, hash_of(id)).index;
    return found == no_object ? std::nullopt : std::optional(found);
}

const Object *Snapshot::find_object(std::string_view id) const
{
    std::optional<ObjectIndex> found = find(id);
    return found ? &objects_[*found] : nullptr;
}

const std::vector<ObjectIndex> &Snapshot::dependents(ObjectIndex index) const
{
    if (dependents_.empty()) {
        std::vector<std::vector<ObjectIndex>> dependents(objects_.size());
        for (ObjectIndex i = 0; i < objects_.size(); i++, poll())
            for (ObjectIndex on : dependencies_[i])
                dependents[on].push_back(i);
        dependents_ = std::move(dependents);
    }
    return dependents_[checked(index)];
}

bool Snapshot::depends(ObjectIndex object, ObjectIndex on) const
{
    const std::vector<ObjectIndex> &all = dependencies(object);
    return std::binary_search(all.begin(), all.end(), on);
}

void Snapshot::find_ends()
{
    ends_.resize(objects_.size());
    for (ObjectIndex i = 0; i < ends_.size(); i++)
        ends_[i] = i + 1;
    for (ObjectIndex i = 0; i < ends_.size(); i++)
        if (parents_[i] != no_object)
            ends_[parents_[i]] = i + 1;
}

namespace {

// The text of a document that is told part by part.
class JsonText {
  public:
    explicit JsonText(std::size_t objects) { json_.text.reserve(objects * 128); }

    void start_object() { open('{'); }
    void end_object() { json_.close('}'); }
    void start_array() { open('['); }
    void end_array() { json_.close(']'); }
    void key(std::string_view name)
    {
        json_.key(name);
        has_key_ = true;
    }
    void text(std::string_view value)
    {
        separate();
        json_.string(value);
    }
    void integer(std::int64_t value)
    {
        separate();
        json_(value);
    }
    void boolean(bool value)
    {
        separate();
        json_(value);
    }
    std::string take() { return std::move(json_.text); }

  private:
    void open(char bracket)
    {
        separate();
        json_.open(bracket);
    }
    void separate()
    {
        if (!std::exchange(has_key_, false))
            json_.separate();
    }

    JsonWriter json_;
    bool has_key_ = false;
};

} // namespace

std::string Snapshot::to_json() const
{
    JsonText json(size());
    SnapshotWriter(*this, json).write();
    return json.take();
}

std::string Snapshot::canonical() const
{
    JsonText json(size());
    SnapshotWriter(*this, json, true).write();
    return json.take();
}

} // namespace linkgress::core
