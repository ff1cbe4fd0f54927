// A schema as a sorted set of objects, with what each depends on; and its JSON form:
//
//   {"format": 1, "server": 150010, "role": "app", "objects": [
//     {"kind": "table", "schema": "public", "name": "users", "comment": "…",
//      "columns": [{"name": "id", "type": "bigint", "not_null": true, "position": 1}, …],
//      "indexes": [{"name": "users_email", "definition": "…", "depends": [".email"]}, …]}, …]}
//
// Children stand in their parent under the plural of their kind. What is NULL, false
// or empty is left out. A dependency is an id, or "." and the name of a column of the same relation.
#pragma once

#include "core/object.hpp"

#include <functional>
#include <optional>
#include <string_view>

namespace linkgress::core {

using ObjectIndex = std::uint32_t;
constexpr ObjectIndex no_object = UINT32_MAX;

// Error XX000: a mistake of ours, which must not end the server.
[[noreturn]] void fail_for_index(std::size_t index, std::size_t size);
// Objects that stand side by side
class ObjectRange {
  public:
    class Iterator {
      public:
        explicit Iterator(ObjectIndex index) : index_(index) {}
        ObjectIndex operator*() const { return index_; }
        Iterator &operator++()
        {
            index_++;
            return *this;
        }
        bool operator!=(const Iterator &other) const { return index_ != other.index_; }

      private:
        ObjectIndex index_;
    };

    ObjectRange(ObjectIndex first, ObjectIndex last) : first_(first), last_(last) {}
    Iterator begin() const { return Iterator(first_); }
    Iterator end() const { return Iterator(last_); }
    bool empty() const { return first_ == last_; }
    ObjectIndex front() const { return first_; }
    ObjectIndex back() const { return last_ - 1; }

  private:
    ObjectIndex first_;
    ObjectIndex last_; // behind the last one
};

// Can an object of this kind be the parent of one of that?
bool can_have(Kind parent, Kind child);

class Snapshot {
  public:
    // ---- Building: objects in any order, then finish()

    // About so many are to come, or fewer.
    void reserve(std::size_t size);
    ObjectIndex add(Object object);
    // To be changed until finish(), but for attributes, which can be changed later, too; add() moves it.
    Object &building(ObjectIndex index) { return objects_[checked(index)]; }
    void set_parent(ObjectIndex child, ObjectIndex parent) { parents_[checked(child)] = checked(parent); }
    // `object` does not work without `on`.
    void add_dependency(ObjectIndex object, ObjectIndex on) { dependencies_[checked(object)].push_back(checked(on)); }
    void add_dependency(ObjectIndex object, std::string on) { named_dependencies_.emplace_back(object, std::move(on)); }
    // It is not among the compared ones, but depends on one of them.
    void set_outside(ObjectIndex object) { flags_[checked(object)] |= is_outside_flag; }
    // A managed hook has made it.
    void set_of_hook(ObjectIndex object) { flags_[checked(object)] |= is_of_hook_flag; }

    // Finds the parents, leaves out what `is_ignored` and its children, sorts, and resolves dependencies; those on
    // what is not there are dropped.
    void finish(const std::function<bool(const Object &)> &is_ignored = {});

    // ---- Reading. An index of no object, no_object among them, is an internal error.

    std::size_t size() const { return objects_.size(); }
    const Object &operator[](ObjectIndex index) const { return objects_[checked(index)]; }
    std::optional<ObjectIndex> find(std::string_view id) const;
    const Object *find_object(std::string_view id) const;
    ObjectIndex parent(ObjectIndex index) const { return parents_[checked(index)]; }
    bool is_outside(ObjectIndex index) const { return (flags_[checked(index)] & is_outside_flag) != 0; }
    bool is_of_hook(ObjectIndex index) const { return (flags_[checked(index)] & is_of_hook_flag) != 0; }
    const std::vector<ObjectIndex> &dependencies(ObjectIndex index) const { return dependencies_[checked(index)]; }
    const std::vector<ObjectIndex> &dependents(ObjectIndex index) const; // in their order
    // Error 22023 for two objects of one id.
    void check() const { index(); }
    bool depends(ObjectIndex object, ObjectIndex on) const; // directly
    // Children follow their parent directly: the index after the last one.
    ObjectIndex end_of_children(ObjectIndex index) const { return ends_[checked(index)]; }
    // Those of one kind stand side by side.
    ObjectRange children(ObjectIndex parent, Kind kind) const;
    ObjectIndex index_of(const Object &object) const { return static_cast<ObjectIndex>(&object - objects_.data()); }

    std::string to_json() const;
    // What makes a difference and everyone can read, in one text: its hash is the fingerprint.
    std::string canonical() const;

    int server = 0;   // server_version_num of where it was taken
    std::string role; // who took it

  private:
    ObjectIndex checked(ObjectIndex index) const
    {
        if (index >= objects_.size()) [[unlikely]]
            fail_for_index(index, objects_.size());
        return index;
    }

    // A place of the hash table of ids.
    struct Slot {
        std::uint32_t hash = 0;
        ObjectIndex index = no_object;
    };

    void find_parents();
    std::vector<ObjectIndex> sorted(const std::vector<bool> &leave_out) const;
    void arrange(std::vector<ObjectIndex> order);
    void find_ends();
    void index() const;
    const Slot &slot_of(std::string_view id, std::uint32_t hash) const;
    std::optional<ObjectIndex> find_sibling(ObjectIndex object, std::string_view column) const;
    void resolve();

    std::vector<Object> objects_;
    std::vector<ObjectIndex> parents_;
    std::vector<ObjectIndex> ends_; // of the children of each
    static constexpr std::uint8_t is_outside_flag = 1;
    static constexpr std::uint8_t is_of_hook_flag = 2;
    std::vector<std::uint8_t> flags_;
    std::vector<std::vector<ObjectIndex>> dependencies_;
    std::vector<std::pair<ObjectIndex, std::string>> named_dependencies_;
    // Made when it is needed first. Open addressing: at 100,000 objects a map of strings takes as much memory as they
    // do themselves.
    mutable std::vector<Slot> by_id_;
    // Made when they are needed first, too
    mutable std::vector<std::vector<ObjectIndex>> dependents_;
};

// Builds a snapshot from the tokens of its JSON form. Everything that is not as it
// should be is an error 22023 that names the place: objects[3].columns[2].type.
class SnapshotBuilder {
  public:
    SnapshotBuilder();
    void start_object();
    void end_object();
    void start_array();
    void end_array();
    void key(std::string_view name);
    void value(Value value); // not a list
    void null();

    void reserve(std::size_t objects) { snapshot_.reserve(objects); }

    Snapshot take(); // after the last token

  private:
    enum class Place { document, objects, object, list, depends };
    struct Frame {
        Place place;
        std::size_t count = 0;    // of an array: elements so far
        Kind kind = Kind::schema; // of its objects
        bool has_kind = false;
        ObjectIndex index = no_object; // of an object: its place in the snapshot, before its children
        std::vector<std::pair<std::string, Value>> early = {}; // attributes that came before "kind"
        std::vector<std::string> depends = {};
        bool outside = false;
        std::string key = {}; // the present one
        List list = {};
    };

    [[noreturn]] void fail(const std::string &what) const;
    std::string path() const;
    void set(Frame &frame, const std::string &name, Value value);
    void set_attribute(Frame &frame, const std::string &name, Value value);
    void check(const Frame &frame) const;
    void finish_object(Frame &frame);
    void count_element();
    void adopt_children(ObjectIndex parent);

    std::vector<Frame> frames_;
    Snapshot snapshot_;
    bool done_ = false;
};

} // namespace linkgress::core
