#include "core/kind.hpp"

#include <cassert>
#include <string_view>
#include <unordered_map>

namespace linkgress::core {

namespace {

std::vector<KindRules> make_table()
{
    std::vector<KindRules> table(kind_count);
    for (auto kinds :
         {table_kinds, column_kinds, sequence_kinds, table_part_kinds, view_kinds, type_kinds, routine_kinds,
          operator_kinds, language_kinds, text_search_kinds, foreign_data_kinds, publication_kinds, other_kinds})
        for (KindRules &rules : kinds()) {
            assert(table[static_cast<std::size_t>(rules.kind)].name == nullptr);
            table[static_cast<std::size_t>(rules.kind)] = std::move(rules);
        }
    return table;
}

const std::vector<KindRules> &table()
{
    static const std::vector<KindRules> rules = make_table();
    return rules;
}

std::unordered_map<std::string_view, Kind> names_in(const char *KindRules::*member)
{
    std::unordered_map<std::string_view, Kind> names;
    for (const KindRules &rules : table())
        if (rules.*member != nullptr)
            names.emplace(rules.*member, rules.kind);
    return names;
}

std::optional<Kind> look_up(const std::unordered_map<std::string_view, Kind> &names, std::string_view name)
{
    auto found = names.find(name);
    if (found == names.end())
        return std::nullopt;
    return found->second;
}

} // namespace

const KindRules &rules_of(Kind kind)
{
    return table()[static_cast<std::size_t>(kind)];
}

std::optional<Kind> kind_named(std::string_view name)
{
    static const auto names = names_in(&KindRules::name);
    return look_up(names, name);
}

std::optional<Kind> child_kind_named(std::string_view plural)
{
    static const auto names = names_in(&KindRules::plural);
    return look_up(names, plural);
}

const Attribute *find_attribute(const KindRules &rules, std::string_view name)
{
    using Names = std::unordered_map<std::string_view, const Attribute *>;
    static const std::vector<Names> names = [] {
        std::vector<Names> all(kind_count);
        for (const KindRules &of_kind : table())
            for (const Attribute &attribute : of_kind.attributes)
                all[static_cast<std::size_t>(of_kind.kind)].emplace(attribute.name, &attribute);
        return all;
    }();
    const Names &of_kind = names[static_cast<std::size_t>(rules.kind)];
    auto found = of_kind.find(name);
    return found == of_kind.end() ? nullptr : found->second;
}

} // namespace linkgress::core
