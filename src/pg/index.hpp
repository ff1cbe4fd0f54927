// Indexes that are built concurrently: what the server does not offer to SQL.
#pragma once

#include "pg/spi.hpp"

#include <string>
#include <vector>

namespace linkgress::pg {

// The name that the server would give to an index of the table now; "" when the
// table has just been dropped.
std::string choose_index_name(Oid table, const std::vector<std::string> &columns);

// Runs a CREATE INDEX CONCURRENTLY as one that runs in a transaction, under that
// name, on a table of the session's temporary schema.
void create_index_on_temporary_table(const std::string &sql, const std::string &table, const std::string &index);

} // namespace linkgress::pg
