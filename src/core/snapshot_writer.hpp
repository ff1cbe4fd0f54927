// The JSON form of a snapshot, told part by part to whatever makes a document of it: text, or the server's
// own format at once.
#pragma once

#include "core/kind.hpp"
#include "core/poll.hpp"
#include "core/snapshot.hpp"

namespace linkgress::core {

// Json has start_object(), end_object(), start_array(), end_array(), key(), text(), integer() and boolean(); what
// text() is given lives as long as the snapshot, and what temporary_text() is given does not.
template <typename Json> class SnapshotWriter {
  public:
    // Canonical: only what makes a difference and everyone can read.
    SnapshotWriter(const Snapshot &snapshot, Json &json, bool is_canonical = false)
        : snapshot_(snapshot), json_(json), is_canonical_(is_canonical)
    {}

    void write()
    {
        json_.start_object();
        if (!is_canonical_) {
            json_.key("format");
            json_.integer(1);
            json_.key("server");
            json_.integer(snapshot_.server);
            write_member("role", snapshot_.role);
        }
        json_.key("objects");
        json_.start_array();
        for (ObjectIndex i = 0; i < snapshot_.size(); i = snapshot_.end_of_children(i))
            if (!is_canonical_ || !snapshot_.is_outside(i))
                write_with_children(i);
        json_.end_array();
        json_.end_object();
    }

  private:
    void write_with_children(ObjectIndex index)
    {
        const Object &object = snapshot_[index];
        json_.start_object();
        write_member("kind", rules_of(object.kind).name);
        write_member("schema", object.schema);
        write_members(index);
        for (ObjectIndex child = index + 1, end = snapshot_.end_of_children(index); child < end;) {
            Kind kind = snapshot_[child].kind;
            json_.key(rules_of(kind).plural);
            json_.start_array();
            for (; child < end && snapshot_[child].kind == kind; child++) {
                json_.start_object();
                write_members(child);
                json_.end_object();
            }
            json_.end_array();
        }
        json_.end_object();
    }

    void write_members(ObjectIndex index)
    {
        poll();
        const Object &object = snapshot_[index];
        const KindRules &rules = rules_of(object.kind);
        write_member("name", object.name);
        write_member("arguments", object.arguments);
        for (const auto &[number, value] : object.values)
            if (const Attribute &attribute = rules.attributes[number];
                !is_canonical_ || (attribute.means != Means::nothing && !attribute.is_secret)) {
                json_.key(attribute.name);
                std::visit(*this, value);
            }
        if (snapshot_.is_outside(index)) {
            json_.key("outside");
            json_.boolean(true);
        }
        if (!is_canonical_ && !snapshot_.dependencies(index).empty())
            write_dependencies(index);
    }

    void write_member(std::string_view name, std::string_view value)
    {
        if (value.empty())
            return;
        json_.key(name);
        json_.text(value);
    }

    void write_dependencies(ObjectIndex index)
    {
        ObjectIndex parent = snapshot_.parent(index);
        json_.key("depends");
        json_.start_array();
        for (ObjectIndex on : snapshot_.dependencies(index)) {
            poll();
            const Object &other = snapshot_[on];
            bool is_sibling = other.kind == Kind::column && snapshot_.parent(on) == parent && parent != no_object;
            json_.text(is_sibling ? "." + other.name : id(other));
        }
        json_.end_array();
    }

  public:
    // ---- Of the values

    void operator()(bool value) { json_.boolean(value); }
    void operator()(std::int64_t value) { json_.integer(value); }
    void operator()(const std::string &value) { json_.text(value); }
    void operator()(const List &values)
    {
        json_.start_array();
        for (const std::string &value : values) {
            poll();
            json_.text(value);
        }
        json_.end_array();
    }

  private:
    const Snapshot &snapshot_;
    Json &json_;
    bool is_canonical_;
};

} // namespace linkgress::core
