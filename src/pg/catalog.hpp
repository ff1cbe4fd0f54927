// Reading the catalogs while others may change them.
#pragma once

#include "pg/bridge.hpp"

#include <cstdint>
#include <string>

namespace linkgress::pg {

// The oid of pg_class.
extern const unsigned int class_of_relations;

// How many changes of the catalogs this session has heard of. The same number before
// and after means that what was read in between fits together.
std::uint64_t catalog_changes();

// While it lives, the active snapshot is one that sees everything committed until now
// and the transaction's own changes, whatever its isolation level.
class LatestSnapshotScope {
  public:
    LatestSnapshotScope();
    ~LatestSnapshotScope();
    LatestSnapshotScope(const LatestSnapshotScope &) = delete;
    LatestSnapshotScope &operator=(const LatestSnapshotScope &) = delete;
};

// CREATE SCHEMA, but that it takes no rights and fires no event trigger. Its oid.
unsigned int create_schema(const std::string &name, unsigned int owner);

bool schema_exists(const std::string &name);

// One of the server's own, or that of the extension
bool is_system_schema(const std::string &name);

// server_version_num of the running server.
int server_version();

} // namespace linkgress::pg
