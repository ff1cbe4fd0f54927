#include "engine/catalog/queries.hpp"

#include <map>
#include <set>
#include <string_view>

#include <fmt/format.h>

namespace linkgress::engine::catalog {

namespace {

using Conditions = std::map<std::string_view, std::set<std::string_view>>; // by catalog

Conditions conditions_of(const Queries &sources)
{
    Conditions conditions;
    for (const Source &source : sources)
        if (source.catalog != nullptr)
            conditions[source.catalog].insert(source.condition);
    return conditions;
}

// A text with 0 or 1 for each condition.
std::string sql_for(const Conditions &conditions)
{
    std::string sql;
    for (const auto &[catalog, of_catalog] : conditions) {
        std::string answers;
        for (std::string_view condition : of_catalog)
            answers += fmt::format("{}coalesce(bool_or({})::int, 0)", answers.empty() ? "" : ", ", condition);
        sql += fmt::format("{}(SELECT concat({}) FROM {})", sql.empty() ? "SELECT concat(" : ", ", answers, catalog);
    }
    return sql + ")";
}

} // namespace

std::vector<pg::Query *> needed_queries(const Queries &sources)
{
    static const Conditions conditions = conditions_of(sources);
    static const std::string sql = sql_for(conditions);
    static pg::Query query(sql.c_str(), {});
    std::string answers = query.run_with_active_snapshot().text(0, 0);

    std::set<std::pair<std::string_view, std::string_view>> fulfilled;
    std::size_t number = 0;
    for (const auto &[catalog, of_catalog] : conditions)
        for (std::string_view condition : of_catalog)
            if (answers[number++] == '1')
                fulfilled.emplace(catalog, condition);
    std::vector<pg::Query *> needed;
    for (const Source &source : sources)
        if (source.catalog == nullptr || fulfilled.contains({source.catalog, source.condition}))
            needed.push_back(source.query);
    return needed;
}

std::vector<pg::Query *> queries_of(const Queries &sources)
{
    std::vector<pg::Query *> queries;
    for (const Source &source : sources)
        queries.push_back(source.query);
    return queries;
}

} // namespace linkgress::engine::catalog
