// What differs between two snapshots, object by object, and what has to be made
// anew because something that it depends on is.
#pragma once

#include "core/kind.hpp"
#include "core/snapshot.hpp"

#include <string_view>
#include <unordered_map>
#include <vector>

namespace linkgress::core {

enum class Action : std::uint8_t {
    none,
    create,
    drop,
    alter,
    replace, // drop and create
};

// One object of either side, or of both.
struct Item {
    ObjectIndex from = no_object; // in the source
    ObjectIndex to = no_object;   // in the target
    Action action = Action::none;

    // Altered, and nothing differs but the name.
    bool is_renamed = false;
    // Replaced under a provisional name, so that what it holds can be brought over: a type that columns
    // have, a table with its rows.
    bool is_retired = false;
    // A column whose type is replaced by one of the same name.
    bool type_is_replaced = false;
    // A column that gets another type, be it one of the same name.
    bool is_retyped = false;
    // A column that has the row type of a table while a column of that one is retyped, which the server refuses: its
    // values are texts meanwhile.
    bool takes_detour = false;
    // It is dropped, created, or retyped together with the same object of the parent table: the item of that.
    std::size_t drop_through = SIZE_MAX;
    std::size_t create_through = SIZE_MAX;
    std::size_t retype_through = SIZE_MAX;
    // A column that children keep for themselves when it is dropped.
    bool stays_in_children = false;
    // A partition that stays attached to this item, a table whose rows are moved, until they are.
    std::size_t moves_with = SIZE_MAX;
    // A new partition of a table whose constraints can be had in no other way than by CREATE TABLE (LIKE …).
    bool is_like_parent = false;
    // The rows of the partition may belong into another one now.
    bool rows_go_to_parent = false;

    bool goes() const { return action == Action::drop || action == Action::replace; }
    bool comes() const { return action == Action::create || action == Action::replace; }
    // Another item has taken its object, which is renamed.
    bool is_void() const { return from == no_object && to == no_object; }
};

class Diff {
  public:
    // Error 2BP01 if something would have to be replaced that is not among the
    // compared objects: it is named.
    Diff(const Snapshot &source, const Snapshot &target);

    const Snapshot &source;
    const Snapshot &target;
    std::vector<Item> items; // those of the target in its order, then those that are to go

    const Object *from(const Item &item) const { return item.from == no_object ? nullptr : &source[item.from]; }
    const Object *to(const Item &item) const { return item.to == no_object ? nullptr : &target[item.to]; }
    const Object &either(const Item &item) const { return item.to == no_object ? source[item.from] : target[item.to]; }
    Item &of_source(ObjectIndex index) { return items[place(of_source_, index)]; }
    const Item &of_source(ObjectIndex index) const { return items[place(of_source_, index)]; }
    const Item &of_target(ObjectIndex index) const { return items[place(of_target_, index)]; }
    std::size_t index_of(const Item &item) const { return static_cast<std::size_t>(&item - items.data()); }
    bool is_empty() const;

    // Objects of the source that depend on this one, its children included.
    std::vector<ObjectIndex> dependents(ObjectIndex index) const;

  private:
    static std::size_t place(const std::vector<std::size_t> &places, ObjectIndex index)
    {
        if (index >= places.size()) [[unlikely]]
            fail_for_index(index, places.size());
        return places[index];
    }

    void pair();
    void find_renames();
    void find_unsafe_enums();
    void disturb_dependents();
    void disturb(ObjectIndex index, std::vector<ObjectIndex> &queue);
    void follow_loss(ObjectIndex dependent, ObjectIndex lost, std::vector<ObjectIndex> &queue);
    void follow_type(ObjectIndex dependent, ObjectIndex column, std::vector<ObjectIndex> &queue);
    bool changes_type(ObjectIndex column) const;
    bool lets_go(ObjectIndex dependent, ObjectIndex on) const;
    [[noreturn]] void fail_for_outsider(ObjectIndex index) const;
    void replace(ObjectIndex index, std::vector<ObjectIndex> &queue);
    void replace_row_functions(ObjectIndex table, std::vector<ObjectIndex> &queue);
    void tighten(ObjectIndex domain, std::vector<ObjectIndex> &queue);
    void find_left_columns();
    void move_partitions(ObjectIndex table, std::size_t with, std::vector<ObjectIndex> &queue);
    void move_rows_of_partition(ObjectIndex link, std::vector<ObjectIndex> &queue);
    bool has_triggers(ObjectIndex table);
    bool has_triggers_below(ObjectIndex root) const;
    void note_values_used(const Item &user, std::unordered_map<std::string_view, std::vector<std::size_t>> &added);
    ObjectIndex source_table_of(const Item &column) const;
    bool is_name_taken(ObjectIndex type) const;
    bool may_rewrite(ObjectIndex column) const;
    void take_detours(ObjectIndex table, std::vector<ObjectIndex> &queue);
    void retype(ObjectIndex column, bool type_is_replaced, std::vector<ObjectIndex> &queue);
    void disturb_attached(ObjectIndex attachment, std::vector<ObjectIndex> &queue);
    void find_inherited();
    void find_typed();
    void find_copies();

    std::vector<std::size_t> of_source_;
    std::vector<std::size_t> of_target_;
    // Tables and domains that have been seen to
    std::vector<bool> has_new_row_functions_;
    std::vector<bool> has_detours_;
    std::vector<bool> is_tightened_;
    std::unordered_map<ObjectIndex, bool> has_triggers_; // by the table above all
};

// The attributes that differ and make a difference.
std::vector<const Attribute *> differences(const Object &from, const Object &to);

} // namespace linkgress::core
