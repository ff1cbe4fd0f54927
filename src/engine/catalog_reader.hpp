// Reads the schema of the database from its catalogs.
#pragma once

#include "core/snapshot.hpp"

#include <optional>
#include <string>
#include <vector>

namespace linkgress::engine {

// Of these schemas, or of the whole database: of every schema that is not the
// system's, an extension's or Linkgress's own, and of what is in no schema. Needs no
// rights: the catalogs are public. What linkgress.ignore names is left out.
//
// A fixed number of queries. If other sessions change the schema meanwhile, it is
// read again; error 40001 if they do not stop.
core::Snapshot read_catalog(const std::optional<std::vector<std::string>> &schemas);

} // namespace linkgress::engine
