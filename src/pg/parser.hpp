// What a statement is, by the server's own parser.
#pragma once

#include "pg/bridge.hpp"

#include <optional>
#include <string>
#include <vector>

namespace linkgress::pg {

// What a statement is, as far as a migration is concerned.
enum class StatementKind {
    ordinary,
    transaction_control, // BEGIN, COMMIT, SAVEPOINT, PREPARE TRANSACTION, …
    set_transaction,     // SET TRANSACTION, SET SESSION CHARACTERISTICS
    copy_from_stdin,     // needs a client that sends rows
    copy_to_stdout,      // needs a client that takes rows
    outside_transaction, // CREATE INDEX CONCURRENTLY, VACUUM, …
};

// What of a statement is to be known to clean up behind it, or to see whether
// it was done. Names are as in its text, quoted.
struct ConcurrentWork {
    enum class Kind {
        none,
        build_index,      // CREATE INDEX CONCURRENTLY
        rebuild_index,    // REINDEX CONCURRENTLY
        drop_index,       // DROP INDEX CONCURRENTLY
        detach_partition, // ALTER TABLE … DETACH PARTITION … CONCURRENTLY
    };
    Kind kind = Kind::none;
    std::string table;                // build_index, detach_partition; what a REINDEX names
    std::string index;                // build_index: without schema; "" when the server is to choose
    std::vector<std::string> columns; // build_index: what the server makes the name of
    std::string partition;            // detach_partition
};

struct ParsedStatement {
    StatementKind kind = StatementKind::ordinary;
    std::string command; // its command tag, with what makes it special
    ConcurrentWork work;
    bool sets_session = false;                // SET, RESET, set_config(), PREPARE, … and nothing else
    bool changes_role = false;                // see changes_role()
    bool begins_transaction = false;          // BEGIN that asks for nothing but what is the default
    bool ends_transaction = false;            // COMMIT or END, and no more
    bool is_temporary = false;                // makes something that goes with the session
    bool is_procedural = false;               // CALL or DO, which may commit
    std::optional<std::string> created_enum;  // CREATE TYPE … AS ENUM, where values added to it are usable at once
    std::optional<std::string> extended_enum; // ALTER TYPE … ADD VALUE
    std::string enum_value;                   // the value that it adds
};

// Parses one statement with the server's parser. Raises its syntax error, the
// position counted from the start of the statement.
ParsedStatement parse_statement(const std::string &sql);

// Does the statement change the role, and nothing else: SET ROLE, RESET SESSION AUTHORIZATION, set_config('role', ...)?
// Raises the syntax errors of a statement as execute_statement() does.
bool changes_role(const std::string &sql);

// Has the statement a literal of this value in it, or in a literal that is itself
// a piece of code?
bool mentions_literal(const std::string &sql, const std::string &value);

} // namespace linkgress::pg
