// What a statement that commits inside leaves behind when it fails, and how to
// tell that it was done after all. All of it is for a statement that is attempted
// again.
#pragma once

#include "pg/parser.hpp"
#include "pg/spi.hpp"

#include <optional>
#include <string>
#include <vector>

namespace linkgress::engine {

// A table or index by its quoted name, under the search_path in force. 0: none.
pg::Oid find_relation(const std::string &name);

// The qualified and quoted name of the index that the statement builds, chosen as
// the server would where the statement has none. "" where its table does not
// exist.
std::string name_of_built_index(const pg::ConcurrentWork &work);
// The same without its schema and quotes.
std::string bare_name(const std::string &qualified);

enum class IndexState { none, invalid, valid };
IndexState state_of_index(const std::string &qualified);

// The invalid indexes that the migration's attempt has left behind. Raises 55006
// when somebody else is at work on one of them.
std::vector<std::string> invalid_indexes_left(const std::string &migration, const std::string &builds,
                                              const pg::ConcurrentWork &work);

// The index that the last attempt was to build, if it left it invalid; "" if not.
std::string find_leftover(const std::string &migration);
std::string describe_leftover(const std::string &index);

// Is the index what `sql`, a CREATE INDEX, would have made of it?
bool is_same_definition(const std::string &sql, const pg::ConcurrentWork &work, const std::string &qualified);

// Has the partition been detached but for the last step?
bool is_detach_pending(const pg::ConcurrentWork &work);

} // namespace linkgress::engine
