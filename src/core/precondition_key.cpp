// Of preconditions: keys, foreign keys, partitions, and the positions of sequences.
#include "core/inheritance.hpp"
#include "core/poll.hpp"
#include "core/precondition_finder.hpp"
#include "core/sqlstate.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace linkgress::core {

namespace {

constexpr const char *same_values = "23505";

// Cuts "a, "b""" at its commas; the names stay quoted.
List names_in(std::string_view text)
{
    List names = {""};
    bool is_quoted = false;
    Steps steps;
    for (char c : text) {
        steps.take();
        if (c == '"')
            is_quoted = !is_quoted;
        if (c == ',' && !is_quoted)
            names.emplace_back();
        else if (c != ' ' || is_quoted)
            names.back() += c;
    }
    return names;
}

std::string unquoted(const std::string &name)
{
    std::string result;
    bool is_quoted = name.starts_with('"');
    for (std::size_t i = is_quoted ? 1 : 0; i + (is_quoted ? 1 : 0) < name.size(); i++) {
        result += name[i];
        if (is_quoted && name[i] == '"')
            i++; // of two
    }
    return result;
}

// "FOREIGN KEY (a, b) REFERENCES public.t(c, d) ON DELETE CASCADE"
struct ForeignKey {
    List columns;
    std::string referenced;
    List referenced_columns;
};

// Up to this character, outside of quotes; taken off the text
std::optional<std::string_view> take_until(std::string_view &text, char end)
{
    bool is_quoted = false;
    Steps steps;
    for (std::size_t i = 0; i < text.size(); i++) {
        steps.take();
        if (text[i] == '"')
            is_quoted = !is_quoted;
        if (text[i] == end && !is_quoted) {
            std::string_view taken = text.substr(0, i);
            text.remove_prefix(i + 1);
            return taken;
        }
    }
    return std::nullopt;
}

std::optional<ForeignKey> parse(std::string_view definition)
{
    constexpr std::string_view begin = "FOREIGN KEY (";
    constexpr std::string_view middle = " REFERENCES ";
    if (!definition.starts_with(begin))
        return std::nullopt;
    definition.remove_prefix(begin.size());
    std::optional<std::string_view> columns = take_until(definition, ')');
    if (!columns || !definition.starts_with(middle))
        return std::nullopt;
    definition.remove_prefix(middle.size());
    std::optional<std::string_view> referenced = take_until(definition, '(');
    std::optional<std::string_view> referenced_columns = take_until(definition, ')');
    if (!referenced || !referenced_columns || columns->find("PERIOD ") != columns->npos)
        return std::nullopt;
    return ForeignKey{names_in(*columns), std::string(*referenced), names_in(*referenced_columns)};
}

// Parentheses, quotes and brackets around a place in a text
class Nesting {
  public:
    // Goes past this character; is it outside of all?
    bool pass(char c)
    {
        steps_.take();
        if (quote_ != 0) {
            quote_ = c == quote_ ? 0 : quote_;
            return false;
        }
        if (c == '"' || c == '\'')
            quote_ = c;
        if (c == '(' || c == '[')
            depth_++;
        if (c == ')' || c == ']')
            depth_--;
        return depth_ == 0;
    }

  private:
    char quote_ = 0;
    int depth_ = 0;
    Steps steps_;
};

std::string trimmed(std::string_view text)
{
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return std::string(text);
}

// After the keyword, what is in the parentheses that it ends with; taken off the text with them
std::optional<std::string_view> take_list(std::string_view &text, std::string_view keyword)
{
    if (!text.starts_with(keyword))
        return std::nullopt;
    text.remove_prefix(keyword.size() - 1);
    Nesting nesting;
    for (std::size_t i = 0; i < text.size(); i++)
        if (nesting.pass(text[i])) {
            std::string_view list = text.substr(1, i - 1);
            text.remove_prefix(i + 1);
            return list;
        }
    return std::nullopt;
}

List split_at_commas(std::string_view text)
{
    List parts;
    Nesting nesting;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); i++)
        if (nesting.pass(text[i]) && text[i] == ',') {
            parts.push_back(trimmed(text.substr(begin, i - begin)));
            begin = i + 1;
        }
    parts.push_back(trimmed(text.substr(begin)));
    return parts;
}

// Of "lower(a) DESC", the expression; "" if there is more than how it is sorted, such as another operator class
std::string expression_of(const std::string &element)
{
    Nesting nesting;
    std::size_t end = 0;
    while (end < element.size() && !(nesting.pass(element[end]) && element[end] == ' '))
        end++;
    std::string rest = element.substr(end);
    for (std::string_view word : {" ASC", " DESC", " NULLS FIRST", " NULLS LAST"})
        if (rest.starts_with(word))
            rest.erase(0, word.size());
    return rest.empty() ? element.substr(0, end) : "";
}

// Of each element; none if there is one of which it is not known
std::optional<List> expressions_of(std::string_view list)
{
    List expressions;
    for (const std::string &element : split_at_commas(list)) {
        expressions.push_back(expression_of(element));
        if (expressions.back().empty())
            return std::nullopt;
    }
    return expressions;
}

// "UNIQUE (a, b)", "PRIMARY KEY (a)", "USING btree (lower(a), b)"
std::optional<List> expressions_of_key(std::string_view definition)
{
    for (std::string_view begin : {"UNIQUE (", "UNIQUE NULLS NOT DISTINCT (", "PRIMARY KEY (", "USING btree ("})
        if (std::optional<std::string_view> list = take_list(definition, begin)) {
            bool is_temporal = list->find("WITHOUT OVERLAPS") != list->npos;
            return is_temporal ? std::nullopt : expressions_of(*list);
        }
    return std::nullopt;
}

bool is_name(const std::string &expression)
{
    return expression.find_first_of("(' ") == expression.npos || expression.starts_with('"');
}

std::string tuple(const List &parts, std::size_t count)
{
    if (count == 1)
        return parts.front();
    return fmt::format("({})", fmt::join(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(count), ", "));
}

// One bound of a range, "" where there is none. The first MINVALUE or MAXVALUE is the end of it.
std::string within_bound(const List &key, const List &bound, bool is_lower)
{
    std::size_t count = 0;
    while (count < bound.size() && bound[count] != "MINVALUE" && bound[count] != "MAXVALUE")
        count++;
    bool is_open = count < bound.size();
    bool is_maximum = is_open && bound[count] == "MAXVALUE";
    if (count == 0)
        return is_lower == is_maximum ? " AND false" : "";
    std::string_view compares = is_lower ? (is_maximum ? ">" : ">=") : (is_maximum ? "<=" : "<");
    return fmt::format(" AND {} {} {}", tuple(key, count), compares, tuple(bound, count));
}

std::string within_range(const List &key, std::string_view bound)
{
    std::optional<std::string_view> lower = take_list(bound, "FOR VALUES FROM (");
    std::optional<std::string_view> upper = lower ? take_list(bound, " TO (") : std::nullopt;
    if (!upper)
        return {};
    List from = split_at_commas(*lower);
    List to = split_at_commas(*upper);
    if (from.size() != key.size() || to.size() != key.size())
        return {};
    std::string condition;
    for (const std::string &expression : key)
        condition += fmt::format("{}{} IS NOT NULL", condition.empty() ? "" : " AND ", expression);
    return condition + within_bound(key, from, true) + within_bound(key, to, false);
}

std::string within_list(const std::string &key, std::string_view bound)
{
    std::optional<std::string_view> list = take_list(bound, "FOR VALUES IN (");
    if (!list)
        return {};
    List values = split_at_commas(*list);
    bool has_null = std::erase(values, "NULL") > 0;
    std::string condition = values.empty() ? "" : fmt::format("{} IN ({})", key, fmt::join(values, ", "));
    if (has_null)
        condition += fmt::format("{}{} IS NULL", condition.empty() ? "" : " OR ", key);
    return "(" + condition + ")";
}

// What a partition takes of the table, "" if it is not known
std::string rows_within(std::string_view partition_key, std::string_view bound)
{
    for (std::string_view begin : {"LIST (", "RANGE ("}) {
        std::optional<std::string_view> list = take_list(partition_key, begin);
        std::optional<List> key = list ? expressions_of(*list) : std::nullopt;
        if (key)
            return begin == "LIST (" ? within_list(key->front(), bound) : within_range(*key, bound);
    }
    return {};
}

} // namespace

void PreconditionFinder::check_key(ObjectIndex index)
{
    const Object &key = target_[index];
    const std::string &definition = key.text("definition");
    std::optional<List> expressions = expressions_of_key(definition);
    if (!expressions || !stands_on_what_stays(index))
        return;
    List names = *expressions;
    std::erase_if(names, [](const std::string &expression) { return !is_name(expression); });
    if (!are_unchanged(target_[target_.parent(index)], names))
        return;
    List filters;
    if (key.has("predicate"))
        filters.push_back(key.text("predicate"));
    if (definition.find("NULLS NOT DISTINCT") == definition.npos)
        for (const std::string &expression : *expressions)
            filters.push_back(expression + " IS NOT NULL");
    std::string list = fmt::format("{}", fmt::join(*expressions, ", "));
    std::string query = fmt::format("FROM {}{}{} GROUP BY {} HAVING count(*) > 1", script_.parent(key),
                                    filters.empty() ? "" : " WHERE ", fmt::join(filters, " AND "), list);
    add(fmt::format("SELECT coalesce(sum(number), 0)::text FROM (SELECT count(*) AS number {}) AS same", query),
        same_values, fmt::format("({}) is not unique in ", list),
        fmt::format(" of {}, as {} {} demands", script_.parent(key),
                    key.kind == Kind::index ? "unique index" : "constraint", key.name),
        fmt::format("Look at them first: SELECT {}, count(*) {}.", list, query));
}

void PreconditionFinder::find_default_partitions()
{
    for (ObjectIndex link = 0; link < source_.size(); link++)
        if (poll(); source_[link].kind == Kind::inheritance && source_[link].text("bound") == "DEFAULT")
            if (ObjectIndex above = table_above(source_, link); above != no_object)
                default_partitions_.emplace(above, &source_[source_.parent(link)]);
}

// The rows of the default partition are those that no other one takes.
void PreconditionFinder::check_partition(ObjectIndex index)
{
    const Object &link = target_[index];
    ObjectIndex above = link.has("bound") ? table_above(target_, index) : no_object;
    std::optional<ObjectIndex> before = above == no_object ? std::nullopt : source_.find(id(target_[above]));
    const Object *old = source_.find_object(id(link));
    if (!before || source_[*before].text("partition_key") != target_[above].text("partition_key") ||
        (old != nullptr && old->text("bound") == link.text("bound")))
        return;
    auto others = default_partitions_.find(*before);
    std::string condition = rows_within(source_[*before].text("partition_key"), link.text("bound"));
    if (others == default_partitions_.end() || condition.empty() || !target_.find(id(*others->second)))
        return;
    std::string partition = script_.qualified(*others->second);
    add(fmt::format("SELECT count(*)::text FROM {} WHERE {}", partition, condition), sqlstate::check_violation,
        fmt::format("partition {} would take ", identity(target_[target_.parent(index)])),
        fmt::format(" of the default partition {}", identity(*others->second)),
        fmt::format("Move them out of the way first: CREATE TABLE ... AS SELECT * FROM {0} WHERE {1}; DELETE FROM {0} "
                    "WHERE {1}; and put them back afterwards.",
                    partition, condition));
}

void PreconditionFinder::check_sequence(const Object &sequence)
{
    if (const Object *before = source_.find_object(id(sequence)))
        check_position(script_.qualified(sequence), bounds_of(*before), bounds_of(sequence));
}

void PreconditionFinder::check_identity(const Object &column, const Object &before)
{
    if (column.has("identity") && before.has("identity"))
        check_position(before.text("identity_sequence"), identity_bounds(before), identity_bounds(column));
}

// It cannot go back. `sequence` is qualified and quoted.
void PreconditionFinder::check_position(const std::string &sequence, const SequenceBounds &from,
                                        const SequenceBounds &to)
{
    bool is_ascending = to.increment > 0;
    if (is_ascending ? to.maximum >= from.maximum : to.minimum <= from.minimum)
        return;
    std::int64_t limit = is_ascending ? to.maximum : to.minimum;
    found_.push_back({fmt::format("SELECT last_value::text FROM {} WHERE last_value {} {}", sequence,
                                  is_ascending ? ">" : "<", limit),
                      sqlstate::object_not_in_prerequisite_state, fmt::format("sequence {} has come to ", sequence),
                      fmt::format(", beyond its new {} {}", is_ascending ? "MAXVALUE" : "MINVALUE", limit),
                      fmt::format("Choose wider bounds, or set it first: SELECT setval('{}', ...).", sequence), false});
}

void PreconditionFinder::check_foreign_key(ObjectIndex index)
{
    const Object &key = target_[index];
    std::optional<ForeignKey> parts = parse(key.text("definition"));
    if (!parts || key.flag("not_valid") || key.flag("not_enforced") || key.flag("inherited"))
        return;
    auto referenced = tables_.find(parts->referenced);
    if (referenced == tables_.end() || parts->columns.size() != parts->referenced_columns.size() ||
        !are_unchanged(target_[target_.parent(index)], parts->columns) ||
        !are_unchanged(target_[referenced->second], parts->referenced_columns))
        return;
    std::string has_value;
    std::string equal;
    for (std::size_t i = 0; i < parts->columns.size(); i++) {
        has_value += fmt::format("{}f.{} IS NOT NULL", i > 0 ? " AND " : "", parts->columns[i]);
        equal += fmt::format("{}r.{} = f.{}", i > 0 ? " AND " : "", parts->referenced_columns[i], parts->columns[i]);
    }
    found_.push_back({fmt::format("SELECT count(*)::text FROM {} f WHERE {} AND NOT EXISTS (SELECT FROM {} r WHERE {})",
                                  script_.parent(key), has_value, parts->referenced, equal),
                      sqlstate::foreign_key_violation,
                      fmt::format("foreign key {} has nothing to refer to in ", identity(key)),
                      " of " + script_.parent(key),
                      fmt::format("Delete them, or add what they refer to in {}.", parts->referenced)});
}

// There as they are going to be, of types of the server's own?
bool PreconditionFinder::are_unchanged(const Object &table, const List &columns) const
{
    for (const std::string &name : columns) {
        Object column = sibling_key(Kind::column, table, unquoted(name));
        column.schema = table.schema;
        column.parent = table.name;
        const Object *before = source_.find_object(id(column));
        const Object *after = target_.find_object(id(column));
        if (before == nullptr || after == nullptr || before->text("type") != after->text("type") ||
            after->text("type").find('.') != std::string::npos)
            return false;
    }
    return true;
}

} // namespace linkgress::core
