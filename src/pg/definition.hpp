// What a statement defines, where statements say what a schema is to be.
#pragma once

#include "pg/bridge.hpp"
#include "pg/subject.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linkgress::pg {

struct Definition {
    enum class Kind {
        object,  // DDL on something in the database
        setting, // SET, RESET, set_config(): of how the statements behind it are read
        shared,  // DDL on what databases share: roles, tablespaces, databases
        other,   // rows, transactions, whatever a schema does not consist of
    };
    Kind kind = Kind::object;
    std::string command; // its command tag

    Subject subject; // of an object

    // Of a setting: its name, and the schemas that it makes the search_path of
    std::string setting;
    std::optional<std::vector<std::string>> search_path;

    // Where it creates or alters something; "" for the schema that the search_path leads to
    std::optional<std::string> in_schema;
    // CREATE SCHEMA, with AUTHORIZATION as an identifier
    std::optional<std::string> schema;
    std::string schema_owner;
    bool has_elements = false; // CREATE SCHEMA … CREATE TABLE …
    // CREATE EXTENSION, or COMMENT ON EXTENSION
    std::optional<std::string> extension;
    std::optional<std::string> extension_version;
    std::optional<std::string> comment;
    // What it creates that is in no schema: ("publication", "p")
    std::vector<std::pair<std::string, std::string>> in_database;
    std::optional<std::string> owner; // OWNER TO …, "" for the current role
    bool says_privileges = false;
    bool says_default_privileges = false;
    bool is_of_all = false;     // GRANT and REVOKE … ON ALL TABLES IN SCHEMA, and the like
    bool is_concurrent = false; // CREATE INDEX CONCURRENTLY
    bool brings_rows = false;   // CREATE TABLE … AS
    // CREATE or REFRESH MATERIALIZED VIEW: its name, and whether it is to have rows
    std::optional<std::string> materialized_view;
    bool refreshes = false;
    bool has_data = true;
};

// Parses one statement with the server's parser. Raises its syntax error, the position counted from the start of the
// statement.
Definition parse_definition(const std::string &sql);

// CREATE INDEX CONCURRENTLY without that word; every other character stays in its place.
std::string without_concurrently(const std::string &sql);

// CREATE MATERIALIZED VIEW with what it says of WITH DATA replaced by WITH NO DATA
std::string without_data(const std::string &sql);

} // namespace linkgress::pg
