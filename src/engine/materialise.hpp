// Building the model for real, where nobody sees it.
#pragma once

#include "core/snapshot.hpp"
#include "engine/model.hpp"

namespace linkgress::engine {

// The schema that the model leads to: built in a subtransaction in the place of the managed schemas, read from the
// catalogs, rolled back. Needs an SPI session.
//
// Errors of statements carry their part, line and column.
core::Snapshot materialise(const Model &model);

} // namespace linkgress::engine
