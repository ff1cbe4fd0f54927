// Foreign-data wrappers, servers and user mappings.

#include "engine/catalog/queries.hpp"

namespace linkgress::engine::catalog {

const Queries &foreign_data_queries()
{
    static const Queries queries = {};
    return queries;
}

} // namespace linkgress::engine::catalog
