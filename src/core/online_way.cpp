#include "core/online_way.hpp"

#include "core/inheritance.hpp"
#include "core/kinds/key.hpp"
#include "core/kinds/options.hpp"

namespace linkgress::core {

namespace {

const Item *holder(const Diff &diff, const Item &item)
{
    ObjectIndex parent = item.to != no_object ? diff.target.parent(item.to) : diff.source.parent(item.from);
    if (parent == no_object)
        return nullptr;
    return item.to != no_object ? &diff.of_target(parent) : &diff.of_source(parent);
}

bool has_rows_all_the_time(const Diff &diff, const Item &item)
{
    const Item *table = holder(diff, item);
    if (table == nullptr || table->from == no_object || table->goes())
        return false;
    Kind kind = diff.either(*table).kind;
    return kind == Kind::table || kind == Kind::materialized_view;
}

bool is_to_be_valid(const Object &constraint)
{
    return !constraint.flag("not_valid") && !constraint.flag("not_enforced");
}

Way way_of_new(const Diff &diff, const Object &object)
{
    bool is_of_partitioned = is_partitioned(diff.target, object);
    switch (object.kind) {
    case Kind::index:
        return is_of_partitioned ? Way::as_it_is : Way::build;
    case Kind::constraint:
        if (object.flag("has_index"))
            return is_of_partitioned || !key_of(object) ? Way::as_it_is : Way::build;
        return is_to_be_valid(object) ? Way::validate : Way::as_it_is;
    case Kind::foreign_key: // one of a partitioned table cannot be NOT VALID
        return is_to_be_valid(object) && !is_of_partitioned ? Way::validate : Way::as_it_is;
    default:
        return Way::as_it_is;
    }
}

// A view that is made anew: others read the old one meanwhile.
bool is_of_computed(const Diff &diff, const Item &item)
{
    const Item *view = holder(diff, item);
    return view != nullptr && view->action == Action::replace && diff.either(*view).kind == Kind::materialized_view &&
           diff.either(item).kind == Kind::index;
}

bool gets_not_null_in_place(const Diff &diff, const Item &column)
{
    return gets_not_null(diff, column) && !column.is_retyped;
}

// The table above has the same done to it, which reaches this one.
bool gets_not_null_from_above(const Diff &diff, const Item &column)
{
    ObjectIndex before = part_above(diff.source, column.from);
    ObjectIndex above = part_above(diff.target, column.to);
    return before != no_object && above != no_object && id(diff.source[before]) == id(diff.target[above]) &&
           gets_not_null_in_place(diff, diff.of_target(above));
}

Way way_of_altered(const Diff &diff, const Item &item)
{
    const Object &from = *diff.from(item);
    const Object &to = *diff.to(item);
    switch (to.kind) {
    case Kind::column:
        if (!gets_not_null_in_place(diff, item))
            return Way::as_it_is;
        return gets_not_null_from_above(diff, item) ? Way::check_passed : Way::check_nulls;
    case Kind::constraint:
    case Kind::foreign_key:
        return from.flag("not_valid") && !to.flag("not_valid") ? Way::validate : Way::as_it_is;
    default:
        return Way::as_it_is;
    }
}

} // namespace

bool gets_not_null(const Diff &diff, const Item &column)
{
    return column.action == Action::alter && diff.to(column)->kind == Kind::column &&
           !diff.from(column)->flag("not_null") && diff.to(column)->flag("not_null");
}

bool can_have_default_first(const Diff &diff, const Item &column)
{
    return gets_not_null_in_place(diff, column) && !diff.from(column)->has("identity") &&
           !diff.from(column)->has("generated");
}

bool is_unique_key(const Object &object)
{
    return (object.kind == Kind::constraint && object.flag("has_index")) ||
           (object.kind == Kind::index && object.flag("unique"));
}

bool is_partitioned_key(const Snapshot &snapshot, const Object &object)
{
    bool has_index = object.kind == Kind::index || object.flag("has_index");
    return has_index && is_partitioned(snapshot, object);
}

bool is_attached(const Snapshot &snapshot, ObjectIndex index)
{
    const Object &object = snapshot[index];
    return snapshot.find(id(sibling_key(Kind::index_attachment, object, object.name))).has_value();
}

bool is_harmless(const Diff &diff, const Item &item)
{
    Kind kind = diff.either(item).kind;
    if (item.action != Action::alter)
        return false;
    if (kind == Kind::table)
        return diff.from(item)->flag("unlogged") == diff.to(item)->flag("unlogged");
    bool loses_not_null = kind == Kind::column && diff.from(item)->flag("not_null") && !diff.to(item)->flag("not_null");
    return kind == Kind::column && !item.is_retyped && !loses_not_null;
}

Way way_of(const Diff &diff, const Step &step)
{
    const Item &item = diff.items[step.item];
    if (step.kind == StepKind::create && diff.to(item)->kind == Kind::materialized_view)
        return diff.to(item)->flag("unpopulated") ? Way::as_it_is : Way::compute;
    if (step.kind == StepKind::create && is_of_computed(diff, item))
        return Way::build_aside;
    if (!has_rows_all_the_time(diff, item))
        return Way::as_it_is;
    switch (step.kind) {
    case StepKind::drop: {
        const Object &object = *diff.from(item);
        bool can_go = object.kind == Kind::index && step.folded.empty() && !is_partitioned(diff.source, object) &&
                      !is_attached(diff.source, item.from);
        return can_go ? Way::drop_index : Way::as_it_is;
    }
    case StepKind::create:
        return way_of_new(diff, *diff.to(item));
    case StepKind::alter:
        return way_of_altered(diff, item);
    default:
        return Way::as_it_is;
    }
}

} // namespace linkgress::core
