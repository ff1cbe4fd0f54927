#include "core/error.hpp"
#include "core/inheritance.hpp"
#include "core/kind.hpp"
#include "core/poll.hpp"
#include "core/snapshot.hpp"
#include "core/sqlstate.hpp"

#include <fmt/format.h>

namespace linkgress::core {

SnapshotBuilder::SnapshotBuilder() = default;

std::string SnapshotBuilder::path() const
{
    std::string path;
    for (const Frame &frame : frames_) {
        bool is_array = frame.place != Place::document && frame.place != Place::object;
        if (is_array)
            path += fmt::format("[{}]", frame.count == 0 ? 0 : frame.count - 1);
        else if (!frame.key.empty())
            path += (path.empty() ? "" : ".") + frame.key;
    }
    return path;
}

void SnapshotBuilder::fail(const std::string &what) const
{
    std::string at = path();
    throw Error(sqlstate::invalid_parameter_value, "invalid snapshot: " + what,
                at.empty() ? "" : fmt::format("It is at {}.", at), "A snapshot is what linkgress.snapshot() returns.");
}

// For the path: every element counts, also one that is wrong.
void SnapshotBuilder::count_element()
{
    if (!frames_.empty())
        frames_.back().count++;
}

void SnapshotBuilder::start_object()
{
    poll();
    if (frames_.empty() && !done_) {
        frames_.push_back({.place = Place::document});
        return;
    }
    count_element();
    if (frames_.empty() || frames_.back().place != Place::objects)
        fail("there is an object where none should be");
    Frame frame{.place = Place::object};
    frame.has_kind = frames_.back().has_kind;
    frame.kind = frames_.back().kind;
    frame.index = snapshot_.add({});
    Object &object = snapshot_.building(frame.index);
    object.kind = frame.kind;
    object.values.reserve(4);
    frames_.push_back(std::move(frame));
}

void SnapshotBuilder::check(const Frame &frame) const
{
    if (!frame.has_kind)
        fail("an object without a \"kind\"");
    if (snapshot_[frame.index].name.empty())
        fail("an object without a \"name\"");
}

void SnapshotBuilder::end_object()
{
    if (frames_.empty())
        fail("it ends too early");
    if (frames_.back().place != Place::object) {
        frames_.pop_back();
        done_ = true;
        return;
    }
    finish_object(frames_.back());
    ObjectIndex index = frames_.back().index;
    frames_.pop_back();
    // Around it are its array, and the document or its parent.
    if (frames_.size() == 2)
        adopt_children(index);
}

void SnapshotBuilder::finish_object(Frame &frame)
{
    frame.key.clear(); // What is wrong from here on is not a matter of the last member.
    check(frame);
    for (auto &[name, value] : frame.early)
        set_attribute(frame, name, std::move(value));
    if (frame.outside)
        snapshot_.set_outside(frame.index);
    for (std::string &on : frame.depends)
        snapshot_.add_dependency(frame.index, std::move(on));
}

void SnapshotBuilder::start_array()
{
    if (frames_.empty())
        fail("it is not an object");
    count_element();
    Frame &frame = frames_.back();
    if (frame.place == Place::document && frame.key == "objects") {
        frames_.push_back({.place = Place::objects});
    } else if (frame.place == Place::object && frame.key == "depends") {
        frames_.push_back({.place = Place::depends});
    } else if (frame.place == Place::object) {
        // Children of a child there are none.
        std::optional<Kind> children = frames_.size() == 3 ? child_kind_named(frame.key) : std::nullopt;
        Frame array{.place = children ? Place::objects : Place::list};
        if (children) {
            array.kind = *children;
            array.has_kind = true;
        }
        frames_.push_back(std::move(array));
    } else {
        fail("there is a list where none should be");
    }
}

void SnapshotBuilder::end_array()
{
    Frame array = std::move(frames_.back());
    frames_.pop_back();
    Frame &frame = frames_.back();
    if (array.place == Place::list)
        set(frame, frame.key, Value(std::move(array.list)));
    else if (array.place == Place::depends)
        frame.depends = std::move(array.list);
}

void SnapshotBuilder::key(std::string_view name)
{
    poll();
    frames_.back().key = name;
}

void SnapshotBuilder::null()
{
    if (frames_.empty())
        fail("it is not an object");
    count_element();
    if (frames_.back().place != Place::document && frames_.back().place != Place::object)
        fail("null in a list");
}

void SnapshotBuilder::value(Value value)
{
    poll();
    if (frames_.empty())
        fail("it is not an object");
    count_element();
    Frame &frame = frames_.back();
    switch (frame.place) {
    case Place::document:
        if (frame.key == "format" && value != Value(std::int64_t{1}))
            fail("its format is not 1");
        else if (frame.key == "server" && std::holds_alternative<std::int64_t>(value))
            snapshot_.server = static_cast<int>(std::get<std::int64_t>(value));
        else if (frame.key == "role" && std::holds_alternative<std::string>(value))
            snapshot_.role = std::get<std::string>(value);
        else if (frame.key != "format")
            fail(fmt::format("\"{}\" is not known here", frame.key));
        return;
    case Place::object:
        set(frame, frame.key, std::move(value));
        return;
    case Place::list:
    case Place::depends:
        if (!std::holds_alternative<std::string>(value))
            fail("a list of something else than texts");
        frame.list.push_back(std::move(std::get<std::string>(value)));
        return;
    case Place::objects:
        fail("there is a value where an object should be");
    }
}

void SnapshotBuilder::set(Frame &frame, const std::string &name, Value value)
{
    const std::string *text = std::get_if<std::string>(&value);
    Object &object = snapshot_.building(frame.index);
    std::string *place = name == "name"        ? &object.name
                         : name == "arguments" ? &object.arguments
                         : name == "schema"    ? &object.schema
                                               : nullptr;
    if (name == "kind" || place != nullptr) {
        if (text == nullptr)
            fail("it should be a text");
        if (place != nullptr) {
            *place = std::move(std::get<std::string>(value));
            return;
        }
        // Its attributes would be taken for those of the first. Of a child, the list says it.
        if (frame.has_kind)
            fail("a second \"kind\"");
        std::optional<Kind> kind = kind_named(*text);
        if (!kind || is_child(*kind))
            fail(fmt::format("there is no kind \"{}\"", *text));
        frame.kind = object.kind = *kind;
        frame.has_kind = true;
    } else if (name == "outside") {
        frame.outside = value == Value(true);
    } else if (!frame.has_kind) {
        frame.early.emplace_back(name, std::move(value));
    } else {
        set_attribute(frame, name, std::move(value));
    }
}

void SnapshotBuilder::set_attribute(Frame &frame, const std::string &name, Value value)
{
    const KindRules &rules = rules_of(frame.kind);
    const Attribute *attribute = find_attribute(rules, name);
    if (attribute == nullptr)
        fail(fmt::format("{} has no attribute \"{}\"", rules.name, name));
    static constexpr ValueType types[] = {ValueType::flag, ValueType::number, ValueType::text, ValueType::list};
    if (types[value.index()] != attribute->type)
        fail(fmt::format("attribute \"{}\" is of another type", name));
    const auto *flag = std::get_if<bool>(&value);
    const auto *list = std::get_if<List>(&value);
    if ((flag != nullptr && !*flag) || (list != nullptr && list->empty()))
        return;
    snapshot_.building(frame.index)
        .set(static_cast<AttributeNumber>(attribute - rules.attributes.data()), std::move(value));
}

// They were added after their parent, and nothing else was.
void SnapshotBuilder::adopt_children(ObjectIndex parent)
{
    const Object &object = snapshot_[parent];
    for (ObjectIndex index = parent + 1; index < snapshot_.size(); index++) {
        poll();
        Object &child = snapshot_.building(index);
        if (!can_have(object.kind, child.kind))
            fail(fmt::format("{} has no \"{}\"", rules_of(object.kind).name, rules_of(child.kind).plural));
        child.schema = object.schema;
        child.parent = object.name;
        snapshot_.set_parent(index, parent);
    }
}

Snapshot SnapshotBuilder::take()
{
    if (!done_)
        fail("it is not an object");
    snapshot_.finish();
    snapshot_.check();
    check_levels(snapshot_);
    return std::move(snapshot_);
}

} // namespace linkgress::core
