#include "core/precondition_finder.hpp"

#include "core/diff.hpp"
#include "core/inheritance.hpp"
#include "core/poll.hpp"
#include "core/sqlstate.hpp"
#include "core/type_name.hpp"

#include <cctype>
#include <string_view>

#include <fmt/format.h>

namespace linkgress::core {

namespace {

constexpr const char *value_too_long = "22001";

bool is_routine(Kind kind)
{
    return kind == Kind::function || kind == Kind::procedure || kind == Kind::aggregate || kind == Kind::op;
}

// VALUE of a domain's check, as something else
std::string with_value(const std::string &condition, const std::string &value)
{
    constexpr std::string_view keyword = "VALUE";
    std::string result;
    char quote = 0;
    auto is_letter = [&](std::size_t place) {
        return place < condition.size() &&
               (std::isalnum(static_cast<unsigned char>(condition[place])) || condition[place] == '_');
    };
    Steps steps;
    for (std::size_t i = 0; i < condition.size(); i++) {
        steps.take();
        char c = condition[i];
        bool is_value = quote == 0 && condition.compare(i, keyword.size(), keyword) == 0 &&
                        !is_letter(i + keyword.size()) && (i == 0 || !is_letter(i - 1));
        if (is_value) {
            result += value;
            i += keyword.size() - 1;
            continue;
        }
        if (quote != 0 ? c == quote : c == '"' || c == '\'')
            quote = quote == 0 ? c : 0;
        result += c;
    }
    return result;
}

// The values of a column, one by one: of an array, of which this is to be true of some
std::string where_some(const std::string &column, bool is_array, const std::string &condition)
{
    return is_array ? fmt::format("EXISTS (SELECT FROM unnest({}) AS part (value) WHERE {})", column, condition)
                    : condition;
}

constexpr const char *value_in_array = "part.value"; // as where_some() has it

} // namespace

PreconditionFinder::PreconditionFinder(const Snapshot &source, const Snapshot &target, Quote quote)
    : source_(source), target_(target), script_(quote, source, target, source.role), routines_change_(change_routines())
{}

std::vector<Precondition> PreconditionFinder::find()
{
    find_default_partitions();
    for (ObjectIndex i = 0; i < target_.size(); i++) {
        poll();
        if (target_[i].kind == Kind::table)
            tables_.emplace(script_.qualified(target_[i]), i);
        if (target_[i].kind == Kind::column)
            check_column(i);
        if (target_[i].kind == Kind::sequence)
            check_sequence(target_[i]);
        if (target_[i].kind == Kind::domain)
            check_domain_nulls(i);
    }
    for (ObjectIndex i = 0; i < target_.size(); i++, poll())
        if (target_[i].kind == Kind::foreign_key && !source_.find(id(target_[i])))
            check_foreign_key(i);
    for (ObjectIndex i = 0; i < target_.size(); i++)
        if (target_[i].kind == Kind::inheritance)
            check_partition(i);
        else if (!source_.find(id(target_[i])))
            check_new(i);
    return std::move(found_);
}

void PreconditionFinder::add(std::string query, const char *sqlstate, std::string problem, std::string rest,
                             std::string hint)
{
    found_.push_back({std::move(query), sqlstate, std::move(problem), std::move(rest), std::move(hint)});
}

// What they call is in texts: when one of them is another one, so may the answer of each be.
bool PreconditionFinder::change_routines() const
{
    for (ObjectIndex i = 0; i < target_.size(); i++)
        if (is_routine(target_[i].kind))
            if (const Object *before = source_.find_object(id(target_[i]));
                before != nullptr && !differences(*before, target_[i]).empty())
                return true;
    return false;
}

void PreconditionFinder::check_new(ObjectIndex index)
{
    const Object &object = target_[index];
    ObjectIndex parent = target_.parent(index);
    if (parent == no_object || !source_.find(id(target_[parent])) || object.flag("inherited"))
        return;
    bool is_of_table = target_[parent].kind == Kind::table;
    if (object.kind == Kind::domain_constraint)
        check_domain(index);
    else if (is_of_table && object.kind == Kind::constraint && !object.flag("has_index"))
        check_check(index);
    else if (is_of_table && ((object.kind == Kind::constraint && object.flag("has_index")) ||
                             (object.kind == Kind::index && object.flag("unique"))))
        check_key(index);
}

// Rows that are there, of a table that stays one
const Object *PreconditionFinder::table_before(const Object &part) const
{
    const Object *after = target_.find_object(id(part)) == nullptr ? nullptr : table_of(target_, part);
    const Object *before = after == nullptr ? nullptr : source_.find_object(id(*after));
    return before != nullptr && before->kind == Kind::table ? before : nullptr;
}

void PreconditionFinder::check_column(ObjectIndex index)
{
    const Object &column = target_[index];
    if (table_before(column) == nullptr || column.has("generated"))
        return;
    const Object *before = source_.find_object(id(column));
    if (before == nullptr) {
        check_new_column(column);
        return;
    }
    if (column.flag("not_null") && !before->flag("not_null"))
        check_nulls(column);
    check_length(column, *before);
    check_domain_of(column, *before);
    check_identity(column, *before);
}

void PreconditionFinder::check_new_column(const Object &column)
{
    const Object *domain = domain_of(target_, column);
    bool is_of_domain = domain != nullptr && !column.text("type").ends_with("[]");
    bool needs_value = column.flag("not_null") || (is_of_domain && domain->flag("not_null"));
    if (needs_value && !column.flag("inherited") && !has_value(column))
        add(fmt::format("SELECT count(*)::text FROM {}", script_.parent(column)), sqlstate::not_null_violation,
            fmt::format("the new column {} would be NULL in ", identity(column)), "",
            "Give it a default, or add it without NOT NULL and fill it first.");
}

// A new column, in rows that are there
bool PreconditionFinder::has_value(const Object &column) const
{
    const Object *domain = domain_of(target_, column);
    return column.has("identity") || (domain != nullptr && domain->has("default")) ||
           target_.find(id(sibling_key(Kind::column_default, column, column.name)));
}

// Of a new column in rows that are there, where it is no function's; "" if it is not known
std::string PreconditionFinder::value_of(const Object &column) const
{
    const std::string &type = column.text("type");
    if (column.has("generated") || column.has("identity") || type.find('.') != type.npos)
        return {};
    const Object *expression = target_.find_object(id(sibling_key(Kind::column_default, column, column.name)));
    if (expression == nullptr)
        return fmt::format("NULL::{}", type);
    const std::string &text = expression->text("expression");
    bool may_call = text.find('(') != text.npos || text.find("CURRENT") != text.npos || text.find('.') != text.npos;
    return may_call ? "" : fmt::format("({})::{}", text, type);
}

void PreconditionFinder::check_nulls(const Object &column)
{
    std::string name = script_.quote(column.name);
    add(fmt::format("SELECT count(*)::text FROM {} WHERE {} IS NULL", script_.parent(column), name),
        sqlstate::not_null_violation, fmt::format("column {} is NULL in ", identity(column)), "",
        fmt::format("Give them a value first: UPDATE {} SET {} = ... WHERE {} IS NULL.", script_.parent(column), name,
                    name));
}

// An assignment refuses what is too long, but not spaces at the end of it, which it takes away.
void PreconditionFinder::check_length(const Object &column, const Object &before)
{
    auto type_of = [&](const Snapshot &snapshot, const Object &object) {
        const Object *domain = domain_of(snapshot, object);
        TypeName type = parse_type(domain != nullptr ? domain->text("type") : object.text("type"));
        bool is_array_of_domain = domain != nullptr && object.text("type").ends_with("[]");
        if (is_array_of_domain && type.is_array)
            type.base.clear(); // arrays in arrays
        type.is_array = type.is_array || is_array_of_domain;
        return type;
    };
    TypeName from = type_of(source_, before);
    TypeName to = type_of(target_, column);
    auto is_string = [](const TypeName &type) { return type.base == "text" || type.base.starts_with("character"); };
    if (!is_string(from) || !is_string(to) || from.is_array != to.is_array || !limit_effect(from, to).refuses)
        return;
    std::string name = script_.quote(column.name);
    std::string is_long = where_some(
        name, to.is_array, fmt::format("char_length({}) > {}", to.is_array ? value_in_array : name, to.modifiers));
    add(fmt::format("SELECT count(*)::text FROM {} WHERE {}", script_.parent(column), is_long), value_too_long,
        fmt::format("column {} is too long for {} in ", identity(column), column.text("type")), "",
        fmt::format("Shorten them first: UPDATE {} SET {} = ... WHERE {}.", script_.parent(column), name, is_long));
}

// The domain that a column, or what is in its array, is of
const Object *PreconditionFinder::domain_of(const Snapshot &snapshot, const Object &column) const
{
    std::optional<ObjectIndex> index = snapshot.find(id(column));
    if (!index)
        return nullptr;
    const std::string &type = column.text("type");
    for (ObjectIndex on : snapshot.dependencies(*index))
        if (snapshot[on].kind == Kind::domain)
            if (std::string name = script_.qualified(snapshot[on]); name == type || name + "[]" == type)
                return &snapshot[on];
    return nullptr;
}

// Those that are of the domain and were before, in tables that stay
std::vector<const Object *> PreconditionFinder::columns_of(const Object &domain) const
{
    std::vector<const Object *> columns;
    for (ObjectIndex dependent : target_.dependents(target_.index_of(domain))) {
        const Object &column = target_[dependent];
        const Object *before = column.kind == Kind::column ? source_.find_object(id(column)) : nullptr;
        bool is_same = before != nullptr && before->text("type") == column.text("type");
        if (is_same && domain_of(target_, column) == &domain && table_before(column) != nullptr)
            columns.push_back(&column);
    }
    return columns;
}

// Becomes one of a domain, with the values that it has
void PreconditionFinder::check_domain_of(const Object &column, const Object &before)
{
    const Object *domain = domain_of(target_, column);
    if (domain == nullptr || domain->text("type") != before.text("type"))
        return;
    if (domain->flag("not_null") && !before.flag("not_null") && !column.flag("not_null"))
        check_nulls(column);
    ObjectIndex index = target_.index_of(*domain);
    for (ObjectIndex part = index + 1; part < target_.end_of_children(index); part++)
        if (target_[part].kind == Kind::domain_constraint)
            check_domain_in(target_[part], column);
}

// A domain that allows no NULLs any more
void PreconditionFinder::check_domain_nulls(ObjectIndex index)
{
    const Object &domain = target_[index];
    const Object *before = source_.find_object(id(domain));
    if (before == nullptr || !domain.flag("not_null") || before->flag("not_null"))
        return;
    for (const Object *column : columns_of(domain))
        if (!column->flag("not_null") && !column->text("type").ends_with("[]"))
            check_nulls(*column);
}

// A new check of a domain that columns have
void PreconditionFinder::check_domain(ObjectIndex index)
{
    const Object &domain = target_[target_.parent(index)];
    if (source_.find_object(id(domain))->text("type") == domain.text("type"))
        for (const Object *column : columns_of(domain))
            check_domain_in(target_[index], *column);
}

void PreconditionFinder::check_domain_in(const Object &constraint, const Object &column)
{
    std::optional<Condition> condition = condition_of(target_.index_of(constraint));
    if (!condition || constraint.flag("not_valid"))
        return;
    bool is_array = column.text("type").ends_with("[]");
    std::string name = script_.quote(column.name);
    std::string is_wrong =
        where_some(name, is_array, "NOT " + with_value(condition->text, is_array ? value_in_array : name));
    add(fmt::format("SELECT count(*)::text FROM {} WHERE {}", script_.parent(column), is_wrong),
        sqlstate::check_violation,
        fmt::format("column {} does not satisfy constraint {} of {} in ", identity(column), constraint.name,
                    identity(target_[target_.parent(target_.index_of(constraint))])),
        "", fmt::format("Change them first: SELECT * FROM {} WHERE {}.", script_.parent(column), is_wrong));
}

// What the plan leaves as it is, and what that does
bool PreconditionFinder::is_as_it_was(ObjectIndex on) const
{
    const Object &object = target_[on];
    const Object *before = source_.find_object(id(object));
    if (before == nullptr || is_table(object.kind))
        return before != nullptr;
    if (object.kind == Kind::column)
        return before->text("type") == object.text("type") && !object.has("generated") && !before->has("generated");
    return differences(*before, object).empty() && !(is_routine(object.kind) && routines_change_);
}

bool PreconditionFinder::stands_on_what_stays(ObjectIndex index) const
{
    for (ObjectIndex on : target_.dependencies(index))
        if (on != target_.parent(index) && !is_as_it_was(on))
            return false;
    return true;
}

// Of "CHECK ((a > 0))", the part in parentheses; none if it may use what the plan changes
std::optional<PreconditionFinder::Condition> PreconditionFinder::condition_of(ObjectIndex index) const
{
    constexpr std::string_view begin = "CHECK (";
    const Object &constraint = target_[index];
    const std::string &definition = constraint.text("definition");
    if (!definition.starts_with(begin) || constraint.flag("not_enforced"))
        return std::nullopt;
    Condition condition{definition.substr(begin.size() - 1, definition.rfind(')') - begin.size() + 2), {}};
    for (ObjectIndex on : target_.dependencies(index)) {
        if (on == target_.parent(index) || is_as_it_was(on))
            continue;
        bool is_new_column = target_[on].kind == Kind::column && !source_.find(id(target_[on]));
        std::string value = is_new_column ? value_of(target_[on]) : "";
        if (value.empty())
            return std::nullopt;
        condition.added.push_back(fmt::format("{} AS {}", value, script_.quote(target_[on].name)));
    }
    return condition;
}

void PreconditionFinder::check_check(ObjectIndex index)
{
    const Object &constraint = target_[index];
    std::optional<Condition> condition = condition_of(index);
    if (!condition || constraint.flag("not_valid"))
        return;
    bool only = constraint.text("definition").ends_with("NO INHERIT");
    std::string rows = (only ? "ONLY " : "") + script_.parent(constraint);
    if (!condition->added.empty())
        rows = fmt::format("(SELECT *, {} FROM {}) AS rows", fmt::join(condition->added, ", "), rows);
    add(fmt::format("SELECT count(*)::text FROM {} WHERE NOT {}", rows, condition->text), sqlstate::check_violation,
        fmt::format("constraint {} is not satisfied in ", constraint.name), " of " + script_.parent(constraint),
        condition->added.empty()
            ? fmt::format("Change them first: SELECT * FROM {} WHERE NOT {}.", rows, condition->text)
            : "Add the columns first with another default, or without the constraint.");
}

std::vector<Precondition> preconditions(const Snapshot &source, const Snapshot &target, Quote quote)
{
    return PreconditionFinder(source, target, quote).find();
}

} // namespace linkgress::core
