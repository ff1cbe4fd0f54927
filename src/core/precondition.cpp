#include "core/precondition.hpp"

#include "core/inheritance.hpp"
#include "core/kinds/sequence.hpp"
#include "core/poll.hpp"
#include "core/sqlstate.hpp"
#include "core/type_name.hpp"

#include <cctype>
#include <map>
#include <optional>
#include <string_view>

#include <fmt/format.h>

namespace linkgress::core {

namespace {

constexpr const char *value_too_long = "22001";
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

class Finder {
  public:
    Finder(const Snapshot &source, const Snapshot &target, Quote quote)
        : source_(source), target_(target), script_(quote, source, target, source.role)
    {}

    std::vector<Precondition> find()
    {
        for (ObjectIndex i = 0; i < target_.size(); i++) {
            poll();
            if (target_[i].kind == Kind::table)
                tables_.emplace(script_.qualified(target_[i]), i);
            if (target_[i].kind == Kind::column)
                check_column(i);
            if (target_[i].kind == Kind::sequence)
                check_sequence(target_[i]);
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

  private:
    void add(std::string query, const char *sqlstate, std::string problem, std::string hint)
    {
        found_.push_back({std::move(query), sqlstate, std::move(problem), std::move(hint)});
    }

    void check_new(ObjectIndex index)
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
    const Object *table_before(const Object &part) const
    {
        const Object *after = target_.find_object(id(part)) == nullptr ? nullptr : table_of(target_, part);
        const Object *before = after == nullptr ? nullptr : source_.find_object(id(*after));
        return before != nullptr && before->kind == Kind::table ? before : nullptr;
    }

    void check_column(ObjectIndex index)
    {
        const Object &column = target_[index];
        if (table_before(column) == nullptr || column.has("generated"))
            return;
        if (const Object *before = source_.find_object(id(column))) {
            if (column.flag("not_null") && !before->flag("not_null"))
                check_nulls(column);
            check_length(column, *before);
            check_domain_of(column, *before);
        } else if (column.flag("not_null") && !column.flag("inherited") && !has_value(column)) {
            add(fmt::format("SELECT count(*)::text FROM {}", script_.parent(column)), sqlstate::not_null_violation,
                fmt::format("the new column {} would be NULL in {{}}", identity(column)),
                "Give it a default, or add it without NOT NULL and fill it first.");
        }
    }

    // A new column, in rows that are there
    bool has_value(const Object &column) const
    {
        const Object *type = type_of(target_, column);
        return column.has("identity") || (type != nullptr && type->has("default")) ||
               target_.find(id(sibling_key(Kind::column_default, column, column.name)));
    }

    void check_nulls(const Object &column)
    {
        std::string name = script_.quote(column.name);
        add(fmt::format("SELECT count(*)::text FROM {} WHERE {} IS NULL", script_.parent(column), name),
            sqlstate::not_null_violation, fmt::format("column {} is NULL in {{}}", identity(column)),
            fmt::format("Give them a value first: UPDATE {} SET {} = ... WHERE {} IS NULL.", script_.parent(column),
                        name, name));
    }

    // An assignment refuses what is too long, but not spaces at the end of it, which it takes away.
    void check_length(const Object &column, const Object &before)
    {
        const Object *old_domain = type_of(source_, before);
        const Object *domain = type_of(target_, column);
        TypeName from = parse_type(old_domain != nullptr ? old_domain->text("type") : before.text("type"));
        TypeName to = parse_type(domain != nullptr ? domain->text("type") : column.text("type"));
        auto is_string = [](const TypeName &type) {
            return !type.is_array && (type.base == "text" || type.base.starts_with("character"));
        };
        if (!is_string(from) || !is_string(to) || !limit_effect(from, to).refuses)
            return;
        std::string name = script_.quote(column.name);
        add(fmt::format("SELECT count(*)::text FROM {} WHERE pg_catalog.char_length({}) > {}", script_.parent(column),
                        name, to.modifiers),
            value_too_long, fmt::format("column {} is too long for {} in {{}}", identity(column), column.text("type")),
            fmt::format("Shorten them first: UPDATE {} SET {} = ... WHERE char_length({}) > {}.",
                        script_.parent(column), name, name, to.modifiers));
    }

    const Object *type_of(const Snapshot &snapshot, const Object &column) const
    {
        std::optional<ObjectIndex> index = snapshot.find(id(column));
        if (index)
            for (ObjectIndex on : snapshot.dependencies(*index))
                if (snapshot[on].kind == Kind::domain && script_.qualified(snapshot[on]) == column.text("type"))
                    return &snapshot[on];
        return nullptr;
    }

    // Becomes one of a domain, with the values that it has
    void check_domain_of(const Object &column, const Object &before)
    {
        const Object *domain = type_of(target_, column);
        if (domain == nullptr || domain->text("type") != before.text("type"))
            return;
        if (domain->flag("not_null") && !before.flag("not_null") && !column.flag("not_null"))
            check_nulls(column);
        ObjectIndex index = target_.index_of(*domain);
        for (ObjectIndex part = index + 1; part < target_.end_of_children(index); part++)
            if (target_[part].kind == Kind::domain_constraint)
                check_domain_in(target_[part], column);
    }

    // A new check of a domain that columns have
    void check_domain(ObjectIndex index)
    {
        const Object &domain = target_[target_.parent(index)];
        const Object *before = source_.find_object(id(domain));
        if (before->text("type") != domain.text("type"))
            return;
        for (ObjectIndex i = 0; i < target_.size(); i++)
            if (const Object &column = target_[i]; column.kind == Kind::column &&
                                                   column.text("type") == script_.qualified(domain) &&
                                                   table_before(column) != nullptr)
                if (const Object *old = source_.find_object(id(column));
                    old != nullptr && old->text("type") == column.text("type"))
                    check_domain_in(target_[index], column);
    }

    void check_domain_in(const Object &constraint, const Object &column)
    {
        std::optional<std::string> condition = condition_of(constraint, target_.index_of(constraint));
        if (!condition || constraint.flag("not_valid"))
            return;
        std::string value = with_value(*condition, script_.quote(column.name));
        add(fmt::format("SELECT count(*)::text FROM {} WHERE NOT {}", script_.parent(column), value),
            sqlstate::check_violation,
            fmt::format("column {} does not satisfy constraint {} of {} in {{}}", identity(column), constraint.name,
                        column.text("type")),
            fmt::format("Change them first: SELECT * FROM {} WHERE NOT {}.", script_.parent(column), value));
    }

    // Of "CHECK ((a > 0))", the part in parentheses; none if it may use what the plan changes
    std::optional<std::string> condition_of(const Object &constraint, ObjectIndex index) const
    {
        constexpr std::string_view begin = "CHECK (";
        std::string definition = constraint.text("definition");
        if (!definition.starts_with(begin) || constraint.flag("not_enforced"))
            return std::nullopt;
        for (ObjectIndex on : target_.dependencies(index)) {
            bool is_same_domain = on == target_.parent(index);
            if (!is_same_domain && target_[on].kind != Kind::column && !is_table(target_[on].kind))
                return std::nullopt;
            const Object *before = source_.find_object(id(target_[on]));
            bool is_same_column = before != nullptr && before->text("type") == target_[on].text("type");
            if (target_[on].kind == Kind::column && !is_same_column)
                return std::nullopt;
        }
        return definition.substr(begin.size() - 1, definition.rfind(')') - begin.size() + 2);
    }

    // VALUE of a domain's check, as a column
    static std::string with_value(const std::string &condition, const std::string &column)
    {
        constexpr std::string_view keyword = "VALUE";
        std::string result;
        char quote = 0;
        auto is_letter = [&](std::size_t place) {
            return place < condition.size() &&
                   (std::isalnum(static_cast<unsigned char>(condition[place])) || condition[place] == '_');
        };
        for (std::size_t i = 0; i < condition.size(); i++) {
            char c = condition[i];
            bool is_value = quote == 0 && condition.compare(i, keyword.size(), keyword) == 0 &&
                            !is_letter(i + keyword.size()) && (i == 0 || !is_letter(i - 1));
            if (is_value) {
                result += column;
                i += keyword.size() - 1;
                continue;
            }
            if (quote != 0 ? c == quote : c == '"' || c == '\'')
                quote = quote == 0 ? c : 0;
            result += c;
        }
        return result;
    }

    void check_check(ObjectIndex index)
    {
        const Object &constraint = target_[index];
        std::optional<std::string> condition = condition_of(constraint, index);
        if (!condition || constraint.flag("not_valid"))
            return;
        bool only = constraint.text("definition").ends_with("NO INHERIT");
        add(fmt::format("SELECT count(*)::text FROM {}{} WHERE NOT {}", only ? "ONLY " : "", script_.parent(constraint),
                        *condition),
            sqlstate::check_violation,
            fmt::format("constraint {} is not satisfied in {{}} of {}", constraint.name, script_.parent(constraint)),
            fmt::format("Change them first: SELECT * FROM {} WHERE NOT {}.", script_.parent(constraint), *condition));
    }

    // "UNIQUE (a, b)", "PRIMARY KEY (a)", "USING btree (a, b)": of columns only
    static std::optional<List> columns_of_key(std::string_view definition)
    {
        for (std::string_view begin : {"UNIQUE (", "UNIQUE NULLS NOT DISTINCT (", "PRIMARY KEY (", "USING btree ("}) {
            if (!definition.starts_with(begin))
                continue;
            definition.remove_prefix(begin.size());
            std::optional<std::string_view> columns = take_until(definition, ')');
            bool has_more = columns && columns->find('(') != columns->npos;
            return columns && !has_more ? std::optional(names_in(*columns)) : std::nullopt;
        }
        return std::nullopt;
    }

    void check_key(ObjectIndex index)
    {
        const Object &key = target_[index];
        const std::string &definition = key.text("definition");
        std::optional<List> columns = columns_of_key(definition);
        for (ObjectIndex on : target_.dependencies(index))
            if (target_[on].kind == Kind::function || target_[on].kind == Kind::op)
                return; // of the predicate, or of an operator class
        if (!columns || !are_unchanged(target_[target_.parent(index)], *columns))
            return;
        List filters;
        if (key.has("predicate"))
            filters.push_back(key.text("predicate"));
        if (definition.find("NULLS NOT DISTINCT") == definition.npos)
            for (const std::string &column : *columns)
                filters.push_back(column + " IS NOT NULL");
        std::string list = fmt::format("{}", fmt::join(*columns, ", "));
        std::string query = fmt::format("FROM {}{}{} GROUP BY {} HAVING count(*) > 1", script_.parent(key),
                                        filters.empty() ? "" : " WHERE ", fmt::join(filters, " AND "), list);
        add(fmt::format("SELECT coalesce(sum(number), 0)::text FROM (SELECT count(*) AS number {}) AS same", query),
            same_values,
            fmt::format("({}) is not unique in {{}} of {}, as {} {} demands", list, script_.parent(key),
                        key.kind == Kind::index ? "unique index" : "constraint", key.name),
            fmt::format("Look at them first: SELECT {}, count(*) {}.", list, query));
    }

    // The default partition of a table in the source: its rows are those that no other partition takes.
    const Object *default_partition(const Object &table) const
    {
        for (ObjectIndex link = 0; link < source_.size(); link++)
            if (source_[link].kind == Kind::inheritance && source_[link].text("bound") == "DEFAULT")
                if (ObjectIndex above = table_above(source_, link);
                    above != no_object && id(source_[above]) == id(table))
                    return &source_[source_.parent(link)];
        return nullptr;
    }

    // What a partition takes, by a key of one column; "" for others
    std::string rows_within(const Object &table, const std::string &bound) const
    {
        std::string_view key = table.text("partition_key");
        std::string_view values = bound;
        bool is_list = key.starts_with("LIST (");
        if (!is_list && !key.starts_with("RANGE ("))
            return {};
        key.remove_prefix(key.find('(') + 1);
        std::optional<std::string_view> column = take_until(key, ')');
        bool is_column = column && column->find_first_of("(,: ") == column->npos;
        constexpr std::string_view in = "FOR VALUES IN ";
        constexpr std::string_view from = "FOR VALUES FROM (";
        constexpr std::string_view to = ") TO (";
        if (is_column && is_list && values.starts_with(in) && values.find("NULL") == values.npos)
            return fmt::format("{} IN {}", *column, values.substr(in.size()));
        std::size_t middle = values.find(to);
        if (!is_column || is_list || !values.starts_with(from) || middle == values.npos)
            return {};
        std::string_view lower = values.substr(from.size(), middle - from.size());
        std::string_view upper = values.substr(middle + to.size(), values.size() - middle - to.size() - 1);
        std::string condition = fmt::format("{} IS NOT NULL", *column);
        if (lower != "MINVALUE")
            condition += fmt::format(" AND {} >= {}", *column, lower);
        if (upper != "MAXVALUE")
            condition += fmt::format(" AND {} < {}", *column, upper);
        return condition;
    }

    void check_partition(ObjectIndex index)
    {
        const Object &link = target_[index];
        ObjectIndex above = link.has("bound") ? table_above(target_, index) : no_object;
        const Object *before = above == no_object ? nullptr : source_.find_object(id(target_[above]));
        const Object *old = source_.find_object(id(link));
        bool is_same = before != nullptr && before->text("partition_key") == target_[above].text("partition_key");
        if (!is_same || (old != nullptr && old->text("bound") == link.text("bound")))
            return;
        const Object *others = default_partition(*before);
        std::string condition = rows_within(*before, link.text("bound"));
        if (others == nullptr || condition.empty() || !target_.find(id(*others)))
            return;
        std::string partition = script_.qualified(*others);
        add(fmt::format("SELECT count(*)::text FROM {} WHERE {}", partition, condition), sqlstate::check_violation,
            fmt::format("partition {} would take {{}} of the default partition {}",
                        identity(target_[target_.parent(index)]), identity(*others)),
            fmt::format(
                "Move them out of the way first: CREATE TABLE ... AS SELECT * FROM {0} WHERE {1}; DELETE FROM {0} "
                "WHERE {1}; and put them back afterwards.",
                partition, condition));
    }

    // It cannot go back.
    void check_sequence(const Object &sequence)
    {
        const Object *before = source_.find_object(id(sequence));
        if (before == nullptr)
            return;
        SequenceBounds from = bounds_of(*before);
        SequenceBounds to = bounds_of(sequence);
        bool is_ascending = to.increment > 0;
        if (is_ascending ? to.maximum >= from.maximum : to.minimum <= from.minimum)
            return;
        std::int64_t limit = is_ascending ? to.maximum : to.minimum;
        found_.push_back({fmt::format("SELECT last_value::text FROM {} WHERE last_value {} {}",
                                      script_.qualified(sequence), is_ascending ? ">" : "<", limit),
                          sqlstate::object_not_in_prerequisite_state,
                          fmt::format("sequence {} has come to {{}}, beyond its new {} {}", identity(sequence),
                                      is_ascending ? "MAXVALUE" : "MINVALUE", limit),
                          fmt::format("Choose wider bounds, or set it first: SELECT setval('{}', ...).",
                                      script_.qualified(sequence)),
                          false});
    }

    void check_foreign_key(ObjectIndex index)
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
            equal +=
                fmt::format("{}r.{} = f.{}", i > 0 ? " AND " : "", parts->referenced_columns[i], parts->columns[i]);
        }
        found_.push_back(
            {fmt::format("SELECT count(*)::text FROM {} f WHERE {} AND NOT EXISTS (SELECT FROM {} r WHERE {})",
                         script_.parent(key), has_value, parts->referenced, equal),
             sqlstate::foreign_key_violation,
             fmt::format("foreign key {} has nothing to refer to in {{}} of {}", identity(key), script_.parent(key)),
             fmt::format("Delete them, or add what they refer to in {}.", parts->referenced)});
    }

    // There as they are going to be, of types of the server's own?
    bool are_unchanged(const Object &table, const List &columns) const
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

    const Snapshot &source_;
    const Snapshot &target_;
    Script script_;
    std::map<std::string, ObjectIndex> tables_; // by qualified name
    std::vector<Precondition> found_;
};

} // namespace

std::vector<Precondition> preconditions(const Snapshot &source, const Snapshot &target, Quote quote)
{
    return Finder(source, target, quote).find();
}

} // namespace linkgress::core
