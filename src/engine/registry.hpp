// The registry: what may be registered, and reading it.
#pragma once

#include "core/location.hpp"
#include "engine/trust.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linkgress::engine {

// What keeps a body from running in one transaction; "" when nothing does.
struct BodyTraits {
    // The first statement that the server refuses in a transaction: "CREATE INDEX
    // CONCURRENTLY at statement 2, line 3".
    std::string refused;
    // An enum value that is used after it was added: "the enum value "x" is added at
    // statement 1 and used at statement 2, line 3".
    std::string enum_use;
    // The transaction that the text itself puts around all of its statements, which is left out: "BEGIN at line 1 and
    // COMMIT at line 9".
    std::string wrapper;

    bool runs_in_transaction() const noexcept { return refused.empty() && enum_use.empty(); }
    std::string describe() const; // as a sentence, without its full stop
};

// Raises an error when a body cannot be a migration's or a hook's: a syntax error,
// transaction control other than around all of it, a statement that needs a client,
// both halves of another tool's file. The error says where, and `location` then has
// the line and column too.
BodyTraits check_body(core::Location &location, std::string body);

// Raises an error when a name cannot be a migration's.
void check_name(const std::string &migration);

// Sends a WARNING when the name is easily mistaken for another one's, or would
// sort elsewhere by its number than by its bytes.
void warn_about_name(const std::string &migration);

// Raises an error when a body of the registry is being run in this session:
// `what` cannot be done then.
void refuse_inside_migration(const std::string &what);

// Does the journal have this migration, by what is committed now?
bool is_applied(const std::string &migration);
// What the journal has of it; nothing when it is not applied.
std::optional<std::string> applied_checksum(const std::string &migration);
bool is_any_applied();

// Errors for changing what is applied.
[[noreturn]] void refuse_change(const std::string &migration, const std::string &change);
[[noreturn]] void refuse_delete(const std::string &migration);

std::string checksum(std::string_view body);

// The SHA-256 of a JSON array of these texts, as jsonb has it; nothing is null.
std::string digest(const std::vector<std::optional<std::string_view>> &texts);

// While it lives, the trigger of the registry lets the extension's own code
// write the columns that it otherwise fills in itself.
class RegistryWrite {
  public:
    RegistryWrite() noexcept;
    ~RegistryWrite();
    RegistryWrite(const RegistryWrite &) = delete;
    RegistryWrite &operator=(const RegistryWrite &) = delete;

    static bool active() noexcept;
};

// The calling role decides how a migration goes on. Unless it may act as the author, it becomes the author; approvals
// of roles that it may not act as are gone. Has anything changed?
bool take_over(const std::string &migration);

struct Registration {
    std::string name;
    std::optional<std::string_view> up; // may have megabytes
    std::optional<std::string> down;
    std::optional<std::string> description;
    bool breaking = false;
    std::optional<std::string> estimated_duration; // an interval, as text
    bool repeatable = false;
    bool always = false;
    std::vector<std::string> tags;
    std::optional<bool> transactional;
    std::optional<bool> down_transactional;
    std::optional<std::string> statement_timeout; // an interval, as text
};

// Registers with the caller's own rights on the table. Returns "registered",
// "replaced" or "unchanged".
const char *register_migration(const Registration &registration);

// UTC time and label: later than the name of every other migration of such a name, as seconds are added while the time
// is taken. Error 22023 for a label without a letter or digit.
std::string new_migration_name(const std::string &label);

} // namespace linkgress::engine
