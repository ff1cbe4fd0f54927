// What a statement is about.
#pragma once

#include "pg/bridge.hpp"

#include <set>
#include <string>
#include <utility>

struct Node; // of the server

namespace linkgress::pg {

struct Subject {
    // Of all that it creates, alters, drops, comments on, or grants privileges on; "" for the schema that the
    // search_path leads to
    std::set<std::string> schemas;
    // The same of what is in no schema: ("server", "s"). A schema itself counts as being in it.
    std::set<std::pair<std::string, std::string>> in_database;
    // Whatever else it is about
    bool has_others = false;
    // It only takes something away: DROP, and what pg_dump --clean writes beside it; only IF EXISTS.
    bool only_drops = false;
    bool if_exists = false;
    bool is_temporary = false; // CREATE TEMPORARY …
};

Subject subject_of(const Node *statement);

} // namespace linkgress::pg
