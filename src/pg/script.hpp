// The text of a migration, cut into statements by the server's own scanner.
//
// A body may have 50 MB and 50,000 statements, so it is never parsed as a
// whole: the scanner finds the semicolons that end statements, and each
// statement is parsed, or run, before the next one is looked for.
#pragma once

#include "pg/text.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace linkgress::pg {

struct Statement {
    std::string text;                    // without the semicolon
    std::size_t offset = 0;              // in bytes from the start of the body
    int number = 0;                      // from 1; empty statements do not count
    int line = 0;                        // from 1, of its first token
    bool is_transaction_command = false; // begins with BEGIN, START, COMMIT or END
};

class Script {
  public:
    // Takes the body over. It must be valid in the server's encoding. A byte order mark at its beginning is left out.
    explicit Script(std::string body);
    ~Script();
    Script(const Script &) = delete;
    Script &operator=(const Script &) = delete;

    // The next statement, or nothing at the end. Raises what the scanner
    // raises (an unterminated literal, say), its position counted from the
    // start of the body; a psql meta-command is a core::Error. Lines that
    // pg_dump writes around its output (\restrict, \unrestrict) are skipped.
    std::optional<Statement> next();

    // Where an offset in the body is.
    Place place(std::size_t offset) const { return place_in(body(), offset); }

    std::string_view body() const;

    // Is there a comment to the end of the line at this byte of the body, rather than a piece of a literal or of
    // another comment? There must be two dashes.
    bool is_comment(std::size_t offset) const;

    // What was read last: where an error of next() belongs.
    std::size_t statement_offset() const noexcept { return statement_offset_; }
    int statements() const noexcept { return statements_; }

  private:
    struct Scanner;

    int token();
    Statement statement_until(std::size_t end, int first_token);
    void skip_meta_command(std::size_t offset, bool inside_statement);

    Scanner *scanner_ = nullptr;
    std::size_t statement_offset_ = 0;
    std::size_t skip_until_ = 0;
    std::size_t counted_until_ = 0; // how far lines have been counted
    int line_ = 1;
    int statements_ = 0;
};

} // namespace linkgress::pg
