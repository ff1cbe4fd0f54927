// What a statement is, by the server's own parser.
#pragma once

#include "pg/bridge.hpp"

#include <string>

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

struct ParsedStatement {
    StatementKind kind = StatementKind::ordinary;
    std::string command; // its command tag, with what makes it special
};

// Parses one statement with the server's parser. Raises its syntax error, the
// position counted from the start of the statement.
ParsedStatement parse_statement(const std::string &sql);

} // namespace linkgress::pg
