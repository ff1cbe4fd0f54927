// Bodies and their statements: where an error lies, how long a statement may
// take, and running a body in one transaction, in a scope that leaves the
// session as it was.
#pragma once

#include "core/location.hpp"
#include "engine/trust.hpp"
#include "pg/body_scope.hpp"
#include "pg/script.hpp"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace linkgress::engine {

// A body as it is now.
struct Body {
    std::optional<std::string> text;
    Voucher voucher;
    std::optional<int> statement_timeout; // ms; 0: no limit; nothing: the setting
    bool transactional = true;            // as registered
    bool notes_created = false;           // is what it creates to be known?
};

// Settings for the time that a body runs, with their values.
using BodySettings = std::vector<std::pair<const char *, std::string>>;

// How long a statement may take. Where there is a limit, it counts for each statement, in the place of the one that the
// session has for the whole call.
struct TimeLimit {
    std::optional<int> milliseconds; // 0: as long as it likes; nothing: the session's limit counts
    const char *source = "";         // what it was set by
};

// What a body did.
struct BodyResult {
    int statements = 0;
    std::vector<std::string> dropped_tables; // "public.posts (1200 rows)"
    std::set<pg::ObjectId> created;          // or replaced, if that was to be known; some may be gone by now
};

// The statements of a body, one after the other, but for BEGIN and COMMIT around all of
// them. Errors carry the place, and `location` has it too.
class BodyReader {
  public:
    BodyReader(core::Location &location, std::string text);

    std::optional<pg::Statement> next();

    // Does what `execute` does as the work of that statement, within a time limit.
    void run(const pg::Statement &statement, const TimeLimit &limit, const std::function<void()> &execute);

    int statements() const noexcept { return script_.statements(); }

    // Where the statement begins.
    void locate(const pg::Statement &statement);

  private:
    std::optional<pg::Statement> read();
    bool is_left_out(const pg::Statement &statement);

    core::Location &location_;
    pg::Script script_;
    std::optional<pg::Statement> ahead_;
    bool is_wrapped_ = false;
};

// Does what `execute` does as the work of one statement, within a time limit, which its error names. What it waits for
// is known to lock_retries.
void run_within(const TimeLimit &limit, const std::function<void()> &execute);

// The limit for a statement of a body: the migration's own, else the setting linkgress.statement_timeout, else what the
// body itself has set since statement_timeout was `session`.
TimeLimit time_limit(const Body &body, int session);
// For what is no body
TimeLimit time_limit();

std::vector<std::string> describe(const std::vector<pg::DroppedTable> &tables);

// Did somebody ask for the whole call to end (cancel, shutdown)? The time limit
// of a statement is an ordinary failure.
bool is_interrupt(const core::Error &error);

// Raises an error when there is no text to run any more, or nobody who may act as
// the calling role stands for it.
void check_may_run_body(const core::Location &location, const Body &body);

// The way in which a body is to be run is decided on before it is read, and may
// not fit its text any more.
[[noreturn]] void refuse_changed(const std::string &migration);

// Runs a body in the caller's transaction, as the calling role.
BodyResult run_body(core::Location &location, Body body, const BodySettings &settings = {});

} // namespace linkgress::engine
