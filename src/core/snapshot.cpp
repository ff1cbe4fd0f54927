#include "core/snapshot.hpp"

#include "core/error.hpp"
#include "core/json.hpp"
#include "core/kind.hpp"
#include "core/sqlstate.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include <fmt/format.h>

namespace linkgress::core {

ObjectIndex Snapshot::add(Object object)
{
    objects_.push_back(std::move(object));
    parents_.push_back(no_object);
    outside_.push_back(false);
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
    std::unordered_map<std::string, ObjectIndex> by_name;
    auto key = [](int group, const std::string &schema, const std::string &name, const std::string &arguments) {
        return fmt::format("{}\n{}\n{}\n{}", group, schema, name, arguments);
    };
    auto arguments_of = [](const Object &object, Kind with) { return object.kind == with ? object.arguments : ""; };
    for (ObjectIndex i = 0; i < objects_.size(); i++)
        if (const Object &object = objects_[i]; !is_child(object.kind) && group_of_parent(object.kind) >= 0)
            by_name.emplace(key(group_of_parent(object.kind), object.schema, object.name,
                                arguments_of(object, Kind::operator_family)),
                            i);
    for (ObjectIndex i = 0; i < objects_.size(); i++) {
        const Object &object = objects_[i];
        if (!is_child(object.kind) || parents_[i] != no_object)
            continue;
        auto found = by_name.find(key(group_of_parent(object.kind), object.schema, object.parent,
                                      arguments_of(object, Kind::operator_family_member)));
        if (found != by_name.end())
            parents_[i] = found->second;
    }
}

void Snapshot::sort(const std::vector<bool> &leave_out)
{
    std::vector<ObjectIndex> order;
    for (ObjectIndex i = 0; i < objects_.size(); i++)
        if (!leave_out[i])
            order.push_back(i);
    auto key = [](const Object &object) { return std::tie(object.kind, object.schema, object.name, object.arguments); };
    std::sort(order.begin(), order.end(), [&](ObjectIndex a, ObjectIndex b) {
        ObjectIndex top_a = parents_[a] == no_object ? a : parents_[a];
        ObjectIndex top_b = parents_[b] == no_object ? b : parents_[b];
        // Two of one id, which is found out later, do not mix their children.
        if (top_a != top_b)
            return std::tuple(key(objects_[top_a]), top_a) < std::tuple(key(objects_[top_b]), top_b);
        if ((top_a == a) != (top_b == b))
            return top_a == a;
        return key(objects_[a]) < key(objects_[b]);
    });

    std::vector<ObjectIndex> place(objects_.size(), no_object);
    for (ObjectIndex i = 0; i < order.size(); i++)
        place[order[i]] = i;
    std::vector<Object> objects;
    std::vector<ObjectIndex> parents;
    std::vector<bool> outside;
    std::vector<std::vector<ObjectIndex>> dependencies;
    objects.reserve(order.size());
    parents.reserve(order.size());
    dependencies.reserve(order.size());
    for (ObjectIndex old : order) {
        objects.push_back(std::move(objects_[old]));
        parents.push_back(parents_[old] == no_object ? no_object : place[parents_[old]]);
        outside.push_back(outside_[old]);
        std::vector<ObjectIndex> on;
        for (ObjectIndex other : dependencies_[old])
            if (place[other] != no_object && other != old && other != parents_[old])
                on.push_back(place[other]);
        dependencies.push_back(std::move(on));
    }
    for (auto &[object, name] : named_dependencies_)
        object = place[object];
    objects_ = std::move(objects);
    parents_ = std::move(parents);
    outside_ = std::move(outside);
    dependencies_ = std::move(dependencies);
}

void Snapshot::index()
{
    by_id_.clear();
    by_id_.reserve(objects_.size());
    for (ObjectIndex i = 0; i < objects_.size(); i++) {
        auto [found, is_new] = by_id_.emplace(id(objects_[i]), i);
        if (!is_new)
            throw Error(sqlstate::invalid_parameter_value, fmt::format("snapshot has two objects {}", found->first));
    }
}

void Snapshot::resolve()
{
    std::string name;
    for (const auto &[object, on] : named_dependencies_) {
        if (object == no_object)
            continue;
        if (on.size() > 1 && on[0] == '.' && parents_[object] != no_object) {
            Object column;
            column.kind = Kind::column;
            column.schema = objects_[object].schema;
            column.parent = objects_[object].parent;
            column.name = on.substr(1);
            name = id(column);
        } else {
            name = on;
        }
        auto found = by_id_.find(name);
        if (found != by_id_.end() && found->second != object && found->second != parents_[object])
            dependencies_[object].push_back(found->second);
    }
    named_dependencies_.clear();
    for (std::vector<ObjectIndex> &on : dependencies_) {
        std::sort(on.begin(), on.end());
        on.erase(std::unique(on.begin(), on.end()), on.end());
    }
}

void Snapshot::finish(const std::function<bool(const Object &)> &is_ignored)
{
    find_parents();
    std::vector<bool> leave_out(objects_.size(), false);
    for (ObjectIndex i = 0; i < objects_.size(); i++)
        leave_out[i] = is_ignored && is_ignored(objects_[i]);
    // Children of what is left out, or is somewhere else, go with it.
    for (ObjectIndex i = 0; i < objects_.size(); i++)
        if (is_child(objects_[i].kind) && (parents_[i] == no_object || leave_out[parents_[i]]))
            leave_out[i] = true;
    sort(leave_out);
    index();
    resolve();
}

std::optional<ObjectIndex> Snapshot::find(const std::string &id) const
{
    auto found = by_id_.find(id);
    if (found == by_id_.end())
        return std::nullopt;
    return found->second;
}

const Object *Snapshot::find_object(const std::string &id) const
{
    std::optional<ObjectIndex> found = find(id);
    return found ? &objects_[*found] : nullptr;
}

ObjectIndex Snapshot::end_of_children(ObjectIndex index) const
{
    ObjectIndex end = index + 1;
    while (end < objects_.size() && parents_[end] == index)
        end++;
    return end;
}

std::string Snapshot::write(bool canonical) const
{
    JsonWriter json;
    auto write_members = [&](ObjectIndex i) {
        const Object &object = objects_[i];
        const KindRules &rules = rules_of(object.kind);
        json.member("name", object.name);
        json.member("arguments", object.arguments);
        for (const auto &[number, value] : object.values)
            if (const Attribute &attribute = rules.attributes[number];
                !canonical || (attribute.means != Means::nothing && !attribute.is_secret)) {
                json.key(attribute.name);
                std::visit(json, value);
            }
        if (outside_[i]) {
            json.key("outside");
            json(true);
        }
        if (canonical || dependencies_[i].empty())
            return;
        json.key("depends");
        json.open('[');
        for (ObjectIndex on : dependencies_[i]) {
            json.separate();
            bool is_sibling =
                objects_[on].kind == Kind::column && parents_[on] == parents_[i] && parents_[i] != no_object;
            json.string(is_sibling ? "." + objects_[on].name : id(objects_[on]));
        }
        json.close(']');
    };

    json.open('{');
    if (!canonical) {
        json.key("format");
        json(std::int64_t{1});
        json.key("server");
        json(std::int64_t{server});
        json.member("role", role);
    }
    json.key("objects");
    json.open('[');
    for (ObjectIndex i = 0; i < objects_.size(); i = end_of_children(i)) {
        json.separate();
        json.open('{');
        json.member("kind", rules_of(objects_[i].kind).name);
        json.member("schema", objects_[i].schema);
        write_members(i);
        for (ObjectIndex child = i + 1, end = end_of_children(i); child < end;) {
            Kind kind = objects_[child].kind;
            json.key(rules_of(kind).plural);
            json.open('[');
            for (; child < end && objects_[child].kind == kind; child++) {
                json.separate();
                json.open('{');
                write_members(child);
                json.close('}');
            }
            json.close(']');
        }
        json.close('}');
    }
    json.close(']');
    json.close('}');
    return std::move(json.text);
}

} // namespace linkgress::core
