// Publications, subscriptions, event triggers and default privileges.

#include "engine/catalog/queries.hpp"

namespace linkgress::engine::catalog {

const Queries &publication_queries()
{
    static const Queries queries = {};
    return queries;
}

} // namespace linkgress::engine::catalog
