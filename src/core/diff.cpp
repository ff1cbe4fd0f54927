#include "core/diff.hpp"

#include "core/conversion.hpp"
#include "core/error.hpp"
#include "core/kind.hpp"
#include "core/pairing.hpp"
#include "core/poll.hpp"
#include "core/sqlstate.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

namespace linkgress::core {

std::vector<const Attribute *> differences(const Object &from, const Object &to)
{
    poll();
    const std::vector<Attribute> &attributes = rules_of(to.kind).attributes;
    std::vector<const Attribute *> result;
    auto a = from.values.begin();
    auto b = to.values.begin();
    bool is_hidden = from.flag("hidden") || to.flag("hidden");
    auto add = [&](AttributeNumber number) {
        if (attributes[number].means != Means::nothing && !(attributes[number].is_secret && is_hidden))
            result.push_back(&attributes[number]);
    };
    while (a != from.values.end() || b != to.values.end()) {
        if (b == to.values.end() || (a != from.values.end() && a->first < b->first)) {
            add((a++)->first);
        } else if (a == from.values.end() || b->first < a->first) {
            add((b++)->first);
        } else {
            if (a->second != b->second)
                add(a->first);
            ++a;
            ++b;
        }
    }
    return result;
}

namespace {

Action action_for(const Object &from, const Object &to)
{
    if (from.values == to.values)
        return Action::none;
    Action action = Action::none;
    for (const Attribute *attribute : differences(from, to)) {
        if (attribute->means == Means::replace ||
            (attribute->can_alter != nullptr && !attribute->can_alter({from, to})))
            return Action::replace;
        action = Action::alter;
    }
    return action;
}

bool can_be_renamed(Kind kind)
{
    return kind == Kind::index || kind == Kind::constraint || kind == Kind::foreign_key;
}

} // namespace

Diff::Diff(const Snapshot &source, const Snapshot &target) : source(source), target(target)
{
    pair();
    if (is_empty())
        return;
    has_new_row_functions_.assign(source.size(), false);
    has_detours_.assign(source.size(), false);
    is_tightened_.assign(source.size(), false);
    find_renames();
    find_unsafe_enums();
    disturb_dependents();
    find_inherited();
    find_typed();
    find_copies();
}

bool Diff::is_empty() const
{
    return std::all_of(items.begin(), items.end(), [](const Item &item) { return item.action == Action::none; });
}

void Diff::pair()
{
    of_source_.assign(source.size(), SIZE_MAX);
    of_target_.resize(target.size());
    items.reserve(target.size());
    Pairing in_source(source);
    for (ObjectIndex i = 0; i < target.size(); i++) {
        Item item;
        item.to = i;
        item.action = Action::create;
        if (std::optional<ObjectIndex> found = in_source.find(target[i])) {
            item.from = *found;
            item.action = action_for(source[*found], target[i]);
            of_source_[*found] = items.size();
        } else if (target.is_outside(i)) {
            item.action = Action::none;
        }
        of_target_[i] = items.size();
        items.push_back(item);
    }
    for (ObjectIndex i = 0; i < source.size(); i++) {
        poll();
        if (of_source_[i] != SIZE_MAX)
            continue;
        Item item;
        item.from = i;
        item.action = source.is_outside(i) ? Action::none : Action::drop;
        of_source_[i] = items.size();
        items.push_back(item);
    }
}

// An index or a constraint that is the same but for its name keeps what it holds.
void Diff::find_renames()
{
    auto key = [&](const Object &object) {
        poll();
        std::string text = fmt::format("{}\n{}\n{}", rules_of(object.kind).name, object.schema, object.parent);
        for (const auto &[number, value] : object.values)
            if (const Attribute &attribute = rules_of(object.kind).attributes[number];
                attribute.means != Means::nothing && !std::string_view(attribute.name).ends_with("comment") &&
                std::holds_alternative<std::string>(value))
                text += fmt::format("\n{}={}", attribute.name, std::get<std::string>(value));
            else if (std::holds_alternative<bool>(value))
                text += fmt::format("\n{}", attribute.name);
        return text;
    };
    struct Dropped {
        std::vector<std::size_t> items;
        std::size_t next = 0; // the first that has not been renamed
    };
    std::unordered_map<std::string, Dropped> dropped;
    for (std::size_t i = 0; i < items.size(); i++)
        if (items[i].action == Action::drop && can_be_renamed(source[items[i].from].kind) &&
            !source[items[i].from].flag("inherited"))
            dropped[key(source[items[i].from])].items.push_back(i);
    if (dropped.empty())
        return;
    for (Item &item : items) {
        if (item.action != Action::create || !can_be_renamed(target[item.to].kind) || target[item.to].flag("inherited"))
            continue;
        auto found = dropped.find(key(target[item.to]));
        if (found == dropped.end() || found->second.next == found->second.items.size())
            continue;
        Item &old = items[found->second.items[found->second.next]];
        // With its table it goes, or comes.
        ObjectIndex parent_from = source.parent(old.from);
        if (parent_from == no_object || of_source(parent_from).goes())
            continue;
        found->second.next++;
        item.from = old.from;
        item.action = Action::alter;
        item.is_renamed = true;
        of_source_[item.from] = index_of(item);
        old.from = no_object;
        old.action = Action::none;
    }
}

namespace {

// Longer than any value of an enum, quoted
constexpr std::size_t longest_literal = 2 * 64 + 2;

// Where a literal may start, up to where it then ends. What is between may not be one: the text may be of any language.
template <typename Function> void for_each_literal(std::string_view text, const Function &function)
{
    for (std::size_t start = text.find('\''); start != text.npos; start = text.find('\'', start + 1)) {
        poll();
        std::string_view rest = text.substr(start, longest_literal);
        for (std::size_t end = 1; end < rest.size(); end++)
            if (rest[end] == '\'') {
                if (end + 1 < rest.size() && rest[end + 1] == '\'') {
                    end++;
                    continue;
                }
                function(rest.substr(0, end + 1));
                break;
            }
    }
}

std::string literal_of(const std::string &label)
{
    std::string literal = quote_literal(label);
    return literal.substr(literal.find('\'')); // without an E
}

} // namespace

// Values that the user may mention: the enums that they are added to are made anew.
void Diff::note_values_used(const Item &user, std::unordered_map<std::string_view, std::vector<std::size_t>> &added)
{
    const Object &object = target[user.to];
    auto is_used = [&](std::size_t type) {
        return object.kind == Kind::inheritance || target.depends(user.to, items[type].to);
    };
    for (const auto &[number, value] : object.values)
        if (const auto *text = std::get_if<std::string>(&value))
            for_each_literal(*text, [&](std::string_view literal) {
                auto found = added.find(literal);
                if (found == added.end())
                    return;
                for (std::size_t type : found->second)
                    if (is_used(type))
                        items[type].action = Action::replace;
                std::erase_if(found->second, [&](std::size_t type) { return items[type].goes(); });
            });
}

// A value that was added in a transaction cannot be used in it, unless the type is
// from the same transaction.
void Diff::find_unsafe_enums()
{
    std::vector<std::pair<std::string, std::size_t>> literals; // and the item of the type
    for (const Item &item : items) {
        if (item.action != Action::alter || target[item.to].kind != Kind::enum_type)
            continue;
        const List &labels = source[item.from].list("values");
        std::unordered_set<std::string_view> before(labels.begin(), labels.end());
        for (const std::string &label : target[item.to].list("values"))
            if (poll(); !before.contains(label))
                literals.emplace_back(literal_of(label), index_of(item));
    }
    if (literals.empty())
        return;
    std::unordered_map<std::string_view, std::vector<std::size_t>> added; // the items, by literal
    for (const auto &[literal, item] : literals)
        added[literal].push_back(item);
    for (const Item &user : items)
        if (user.to != no_object && user.action != Action::none && user.action != Action::drop)
            note_values_used(user, added);
}

std::vector<ObjectIndex> Diff::dependents(ObjectIndex index) const
{
    std::vector<ObjectIndex> result = source.dependents(index);
    for (ObjectIndex child = index + 1, end = source.end_of_children(index); child < end; child++)
        result.push_back(child);
    return result;
}

void Diff::disturb_dependents()
{
    std::vector<ObjectIndex> queue;
    for (Item &item : items) {
        poll();
        if (item.from == no_object)
            continue;
        if (item.goes()) {
            queue.push_back(item.from);
            // A table that is to be another takes its rows along.
            item.is_retired = item.action == Action::replace && source[item.from].kind == Kind::table;
        } else if (item.action == Action::alter && source[item.from].kind == Kind::column) {
            const Object &from = source[item.from];
            const Object &to = target[item.to];
            item.is_retyped = from.text("type") != to.text("type") || from.text("collation") != to.text("collation");
            if (item.is_retyped)
                queue.push_back(item.from);
        }
        // Its state reaches the partitions, those that have another one, too.
        if (source[item.from].kind == Kind::trigger && item.action == Action::alter)
            for (ObjectIndex dependent : source.dependents(item.from))
                replace(dependent, queue);
        if (source[item.from].kind == Kind::domain && item.action == Action::alter &&
            target[item.to].flag("not_null") && !source[item.from].flag("not_null"))
            tighten(item.from, queue);
    }
    for (const Item &item : items) {
        bool changes_row = !item.is_void() && either(item).kind == Kind::column &&
                           (item.action == Action::create || item.action == Action::drop);
        if (changes_row)
            if (ObjectIndex table = source_table_of(item); table != no_object) {
                replace_row_functions(table, queue);
                if (item.action == Action::create && may_rewrite(item.to))
                    take_detours(table, queue);
            }
    }
    for (const Item &item : items)
        if (item.action == Action::create && target[item.to].kind == Kind::domain_constraint)
            if (const Item &domain = of_target(target.parent(item.to)); domain.from != no_object)
                tighten(domain.from, queue);
    while (!queue.empty()) {
        poll();
        ObjectIndex index = queue.back();
        queue.pop_back();
        disturb(index, queue);
    }
    find_left_columns();
}

ObjectIndex Diff::source_table_of(const Item &column) const
{
    if (column.from != no_object)
        return source.parent(column.from);
    return of_target(target.parent(column.to)).from;
}

// ALTER TABLE and ALTER DOMAIN do not look into functions whose body is parsed: they
// refuse when one uses the row type.
void Diff::replace_row_functions(ObjectIndex table, std::vector<ObjectIndex> &queue)
{
    if (has_new_row_functions_[table])
        return;
    has_new_row_functions_[table] = true;
    for (ObjectIndex dependent : source.dependents(table))
        if (source[dependent].flag("has_parsed_body"))
            replace(dependent, queue);
}

// A domain that gets another condition: what is in the columns of tables is looked at,
// but not what is inside arrays, composite values and other domains.
void Diff::tighten(ObjectIndex domain, std::vector<ObjectIndex> &queue)
{
    if (is_tightened_[domain])
        return;
    is_tightened_[domain] = true;
    for (ObjectIndex dependent : source.dependents(domain)) {
        poll();
        bool is_container = is_type(source[dependent].kind) ||
                            (source[dependent].kind == Kind::column && source[dependent].text("type").ends_with("[]"));
        if (is_container) {
            replace(domain, queue);
            return;
        }
        if (source[dependent].kind == Kind::column)
            replace_row_functions(source.parent(dependent), queue);
    }
}

// Does another object of the target have the name of this type?
bool Diff::is_name_taken(ObjectIndex type) const
{
    Object probe;
    probe.schema = source[type].schema;
    probe.name = source[type].name;
    for (Kind kind : {Kind::enum_type, Kind::composite_type, Kind::domain, Kind::range_type, Kind::table, Kind::view,
                      Kind::materialized_view, Kind::foreign_table}) {
        probe.kind = kind;
        if (target.find(id(probe)))
            return true;
    }
    return false;
}

void Diff::fail_for_outsider(ObjectIndex index) const
{
    List reasons;
    for (ObjectIndex on : source.dependencies(index))
        if (const Item &item = of_source(on); item.goes() || item.is_retyped)
            reasons.push_back(id(source[on]));
    throw Error(sqlstate::dependent_objects_still_exist,
                fmt::format("{} would have to be replaced, but is not among the compared objects", id(source[index])),
                fmt::format("It depends on {}, which cannot be changed under it.", fmt::join(reasons, ", ")),
                fmt::format("Take both snapshots with schema {}, too.", source[index].schema));
}

void Diff::replace(ObjectIndex index, std::vector<ObjectIndex> &queue)
{
    Item &item = of_source(index);
    if (item.goes())
        return;
    if (source.is_outside(index))
        fail_for_outsider(index);
    item.is_renamed = false;
    item.is_retyped = false;
    item.action = Action::replace;
    item.is_retired = source[index].kind == Kind::table;
    queue.push_back(index);
}

void Diff::retype(ObjectIndex column, bool type_is_replaced, std::vector<ObjectIndex> &queue)
{
    Item &item = of_source(column);
    if (item.goes())
        return;
    if (source.is_outside(column))
        fail_for_outsider(column);
    bool is_news = !item.is_retyped || (type_is_replaced && !item.type_is_replaced);
    item.action = Action::alter;
    item.is_retyped = true;
    item.type_is_replaced = item.type_is_replaced || type_is_replaced;
    if (is_news)
        queue.push_back(column);
}

// A column that both have, of different types
bool Diff::changes_type(ObjectIndex column) const
{
    const Item &item = of_source(column);
    return item.to != no_object && !source[column].has("generated") &&
           source[column].text("type") != target[item.to].text("type");
}

// Altered to do without what goes, which happens before it goes.
bool Diff::lets_go(ObjectIndex dependent, ObjectIndex on) const
{
    const Item &item = of_source(dependent);
    Kind kind = source[dependent].kind;
    bool is_altered_as_a_whole = kind == Kind::text_search_configuration || kind == Kind::foreign_data_wrapper ||
                                 kind == Kind::aggregate || kind == Kind::op || kind == Kind::language ||
                                 kind == Kind::transform || source[on].kind == Kind::access_method;
    if (item.action != Action::alter || !is_altered_as_a_whole)
        return false;
    const std::vector<ObjectIndex> &needed = target.dependencies(item.to);
    ObjectIndex successor = of_source(on).to;
    return successor == no_object || !std::binary_search(needed.begin(), needed.end(), successor);
}

// Does the server refuse to add this column to a table whose row type others have? It does for every default.
bool Diff::may_rewrite(ObjectIndex column) const
{
    const Object &object = target[column];
    const Object *expression = target.find_object(id(sibling_key(Kind::column_default, object, object.name)));
    bool has_domain = false;
    for (ObjectIndex on : target.dependencies(column))
        has_domain = has_domain || target[on].kind == Kind::domain;
    return object.has("generated") || object.has("identity") || has_domain || expression != nullptr;
}

void Diff::take_detours(ObjectIndex table, std::vector<ObjectIndex> &queue)
{
    if (has_detours_[table])
        return;
    has_detours_[table] = true;
    std::vector<ObjectIndex> types = {table}; // with composite types and domains around its row type
    std::unordered_set<ObjectIndex> seen = {table};
    for (std::size_t i = 0; i < types.size(); i++)
        for (ObjectIndex dependent : source.dependents(types[i])) {
            poll();
            bool is_attribute = source[dependent].kind == Kind::composite_attribute;
            ObjectIndex container = is_attribute ? source.parent(dependent) : dependent;
            bool is_container = container != no_object && (source[container].kind == Kind::composite_type ||
                                                           source[container].kind == Kind::domain);
            if (is_container && seen.insert(container).second)
                types.push_back(container);
            bool has_row_type = source[dependent].kind == Kind::column && source.parent(dependent) != table &&
                                !source[dependent].has("generated");
            if (!has_row_type || of_source(dependent).goes())
                continue;
            retype(dependent, true, queue);
            of_source(dependent).takes_detour = true;
        }
}

// Something that is dropped, or dropped and created, takes this along, unless it has values that can be brought over.
void Diff::follow_loss(ObjectIndex dependent, ObjectIndex lost, std::vector<ObjectIndex> &queue)
{
    Kind kind = source[lost].kind;
    Item &item = of_source(lost);
    bool has_successor =
        kind == Kind::collation ? item.action == Action::replace : is_type(kind) && is_name_taken(lost);
    bool is_generated = source[dependent].has("generated");
    if (source[dependent].kind != Kind::column || source.parent(dependent) == lost) {
        bool keeps_values = is_type(source[dependent].kind) || source[dependent].kind == Kind::table;
        item.is_retired = item.is_retired || (keeps_values && has_successor);
        if (!lets_go(dependent, lost))
            replace(dependent, queue);
    } else if (is_type(kind) || (kind == Kind::collation && !is_generated)) {
        item.is_retired = has_successor;
        retype(dependent, has_successor, queue);
    } else if (kind == Kind::table && item.is_retired) {
        retype(dependent, true, queue);
    } else if (kind == Kind::extension && changes_type(dependent)) {
        retype(dependent, false, queue);
    } else if (kind == Kind::table || kind == Kind::extension || kind == Kind::column || is_generated) {
        replace(dependent, queue);
    } else {
        retype(dependent, true, queue);
    }
}

// ALTER TYPE of a column makes some of what depends on it anew, refuses where there is other such, and forgets what
// was said of statistics.
void Diff::follow_type(ObjectIndex dependent, ObjectIndex column, std::vector<ObjectIndex> &queue)
{
    const Item &item = of_source(column);
    TypeName before = parse_type(source[column].text("type"));
    TypeName after = parse_type(target[item.to].text("type"));
    bool is_another = item.type_is_replaced || before.base != after.base || before.is_array != after.is_array ||
                      source[column].text("collation") != target[item.to].text("collation");
    bool has_target = source[dependent].has("statistics") || source[dependent].has("target");
    switch (source[dependent].kind) {
    case Kind::constraint:
    case Kind::sequence_owner:
        break;
    case Kind::index:
    case Kind::statistics:
        if (has_target)
            replace(dependent, queue);
        break;
    case Kind::foreign_key: // one from outside may fit the new type, too
        if (is_another && !source.is_outside(dependent))
            replace(dependent, queue);
        break;
    case Kind::column_default:
        if (is_another)
            replace(dependent, queue);
        break;
    default: // the table itself, too, if the column is in its partition key
        replace(dependent, queue);
    }
}

void Diff::disturb(ObjectIndex index, std::vector<ObjectIndex> &queue)
{
    const Item &item = of_source(index);
    const Object &object = source[index];
    if (object.kind == Kind::index_attachment)
        disturb_attached(index, queue);
    if (object.kind == Kind::inheritance && item.goes())
        move_rows_of_partition(index, queue);
    bool gets_other_key = item.is_retired && object.kind == Kind::table && object.has("partition_key") &&
                          object.text("partition_key") != target[item.to].text("partition_key");
    if (gets_other_key && item.moves_with == SIZE_MAX)
        move_partitions(index, of_source_[index], queue);
    if (object.kind == Kind::column && item.is_retyped) {
        replace_row_functions(source.parent(index), queue);
        take_detours(source.parent(index), queue);
    }
    for (ObjectIndex dependent : dependents(index)) {
        poll();
        bool is_attribute = source[dependent].kind == Kind::composite_attribute && source.parent(dependent) != index;
        if (item.goes())
            follow_loss(is_attribute ? source.parent(dependent) : dependent, index, queue);
        else
            follow_type(dependent, index, queue);
    }
}

} // namespace linkgress::core
