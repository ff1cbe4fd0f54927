// Errors as values: everything that PostgreSQL shows of an error, held in
// plain C++ so that it can cross any number of C++ frames.
#pragma once

#include <exception>
#include <string>

namespace linkgress::core {

// The parts of an error report. An empty string means "not given".
struct ErrorReport {
    std::string sqlstate; // five characters
    std::string message;  // primary message
    std::string detail;
    std::string detail_log; // replaces the detail in the server's log
    std::string hint;
    std::string context; // lines of "where", innermost first

    // Where in a query text the error lies. Positions count characters from
    // 1; 0 means unknown. `position` is in the client's own query,
    // `internal_position` in `internal_query`.
    int position = 0;
    int internal_position = 0;
    std::string internal_query;

    std::string schema;
    std::string table;
    std::string column;
    std::string datatype;
    std::string constraint;

    // What the reporter asked to keep out of the server's log.
    bool hide_statement = false;
    bool hide_context = false;

    // Where in the server's source it was raised.
    std::string file;
    std::string function;
    int line = 0;
};

// Appends a sentence to the hint.
void add_hint(ErrorReport &report, const std::string &hint);

// An error that Linkgress itself finds. The transaction is still usable.
class Error : public std::exception {
  public:
    explicit Error(ErrorReport report) : report_(std::move(report)) {}
    Error(const char *sqlstate, std::string message, std::string detail = {}, std::string hint = {});

    const ErrorReport &report() const noexcept { return report_; }
    ErrorReport &report() noexcept { return report_; }
    const char *what() const noexcept override { return report_.message.c_str(); }

  private:
    ErrorReport report_;
};

} // namespace linkgress::core
