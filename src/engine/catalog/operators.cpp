// Aggregates, operators, their classes and families.

#include "engine/catalog/queries.hpp"

namespace linkgress::engine::catalog {

const Queries &operator_queries()
{
    static const Queries queries = {};
    return queries;
}

} // namespace linkgress::engine::catalog
