// What would become of values of which a part may be lost, by a look at them.
#pragma once

#include "core/script.hpp"
#include "core/snapshot.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace linkgress::core {

// How values of a column would change, of which a part may be lost
struct Preview {
    std::string object; // "public.t.price"
    std::string query;  // a text, for people
};

// Of at most so many rows each; of types of the server's own, so that nobody else's code is run.
std::vector<Preview> previews(const Snapshot &source, const Snapshot &target, Quote quote, std::int64_t rows);

} // namespace linkgress::core
