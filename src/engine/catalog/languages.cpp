// Languages, transforms, casts, access methods, collations and conversions.

#include "engine/catalog/queries.hpp"

namespace linkgress::engine::catalog {

const Queries &language_queries()
{
    static const Queries queries = {};
    return queries;
}

} // namespace linkgress::engine::catalog
