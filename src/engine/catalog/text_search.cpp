// Text search: parsers, templates, dictionaries and configurations.

#include "engine/catalog/queries.hpp"

namespace linkgress::engine::catalog {

const Queries &text_search_queries()
{
    static const Queries queries = {};
    return queries;
}

} // namespace linkgress::engine::catalog
