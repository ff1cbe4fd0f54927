#include "core/precondition.hpp"

#include "core/poll.hpp"
#include "core/sqlstate.hpp"

#include <map>
#include <optional>
#include <string_view>

#include <fmt/format.h>

namespace linkgress::core {

namespace {

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
                check_column(target_[i]);
        }
        for (ObjectIndex i = 0; i < target_.size(); i++, poll())
            if (target_[i].kind == Kind::foreign_key && !source_.find(id(target_[i])))
                check_foreign_key(i);
        return std::move(found_);
    }

  private:
    void check_column(const Object &column)
    {
        const Object *before = source_.find_object(id(column));
        const Object *table = table_of(source_, column);
        if (before == nullptr || table == nullptr || table->kind != Kind::table || !column.flag("not_null") ||
            before->flag("not_null"))
            return;
        found_.push_back({fmt::format("SELECT count(*) FROM {} WHERE {} IS NULL", script_.parent(column),
                                      script_.quote(column.name)),
                          sqlstate::not_null_violation, fmt::format("column {} is NULL in {{}}", identity(column)),
                          fmt::format("Give them a value first: UPDATE {} SET {} = ... WHERE {} IS NULL.",
                                      script_.parent(column), script_.quote(column.name), script_.quote(column.name))});
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
            {fmt::format("SELECT count(*) FROM {} f WHERE {} AND NOT EXISTS (SELECT FROM {} r WHERE {})",
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
