// The schema that the model leads to, kept from call to call.
#pragma once

#include "core/snapshot.hpp"
#include "core/unsaid.hpp"

#include <string>
#include <vector>

namespace linkgress::engine {

struct DesiredSchema {
    core::Snapshot snapshot;
    std::vector<std::string> scope; // of the model, for read_catalog()
    core::Said said;
};

// Built only if it has not been built before: from the same texts, by the same role, with everything else as it was
// that has an influence: settings, extensions, the objects outside the managed schemas. Needs an SPI session.
//
// Error 55000 without a model, 25006 if it would have to be built where nothing can be written.
DesiredSchema desired_schema();

} // namespace linkgress::engine
