// The scope in which a migration's body runs.
//
// A body may do anything that its role may do, and in migrate() it shares
// transaction and session with the next body and with the caller. What it
// leaves behind in the session is therefore put back at the end of the scope:
// settings (SET, SET ROLE, search_path), prepared statements, cursors, advisory
// locks of the session, temporary objects. LISTEN and UNLISTEN, which would
// take effect at the commit, are left out at once. And a body cannot pull the
// ground from under the run: the extension and its tables are out of reach.
#pragma once

#include "pg/advisory_lock.hpp"
#include "pg/spi.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace linkgress::pg {

// A table with rows that a body dropped.
struct DroppedTable {
    std::string name; // schema-qualified and quoted
    double rows = 0;
    bool is_estimate = false;
};

// An object of the catalogs.
struct ObjectId {
    Oid class_id;
    Oid object;

    auto operator<=>(const ObjectId &) const = default;
};

// Whether a body may leave the role that it runs as. By a statement of its own, that is: functions and triggers that it
// calls are other people's.
enum class RoleChange { by_statement, never };

// Is the current role another one than the session's or the one that logged in, to which RESET ROLE and RESET SESSION
// AUTHORIZATION lead?
bool is_role_to_gain();

// What the server's hooks have seen a body do.
struct BodyEffects {
    bool fixed_role = false; // what runs now may not leave its role
    std::set<std::string> prepared_statements;
    std::optional<std::set<std::string>> cursors_before;            // set once cursors are possible
    std::optional<std::vector<AdvisoryLock>> advisory_locks_before; // set once the body may have taken some
    bool set_constraints = false;
    bool may_have_changed_rows = false;
    std::vector<DroppedTable> dropped_tables;
    bool notes_created = false; // else what it creates is of no interest
    std::set<ObjectId> created; // or replaced; some may be gone by now
};

// While it lives, what runs in this session is a body's doing.
class BodyWatch {
  public:
    explicit BodyWatch(BodyEffects &effects) noexcept;
    ~BodyWatch();
    BodyWatch(const BodyWatch &) = delete;
    BodyWatch &operator=(const BodyWatch &) = delete;

    // Is a body running in this session?
    static bool active() noexcept;
    static BodyEffects *current() noexcept;
};

// To be called before the end of a watch, under the body's role and with an SPI
// session: what the body has put off to the commit is done now, for the commit
// comes too late to be watched and has the session's role. Deferred constraints
// are checked: raises their errors. There is no call that forgets SET
// CONSTRAINTS, so from here to the end of the transaction deferrable constraints
// are deferred.
void check_deferred_constraints(const BodyEffects &effects);
// Cursors are closed; WITH HOLD, they would be run at the commit.
void close_cursors(BodyEffects &effects);

class BodyScope {
  public:
    // Needs an SPI session. With `notes_created` what the body creates is to be known.
    explicit BodyScope(RoleChange role_change, bool notes_created = false);
    // Without close(), as when an error is on its way, only what an abort of
    // the transaction does not undo is put back.
    ~BodyScope();
    BodyScope(const BodyScope &) = delete;
    BodyScope &operator=(const BodyScope &) = delete;

    // Runs a statement of the body.
    void execute(const std::string &statement);

    // Puts the session back. Deferred constraints are checked here, while it
    // is known whose rows they are about: raises their errors.
    void close();

    const std::vector<DroppedTable> &dropped_tables() const noexcept { return effects_.dropped_tables; }
    const std::set<ObjectId> &created() const noexcept { return effects_.created; }

  private:
    void fix_role(bool fixed) noexcept;
    void restore_role(int security_context);
    void restore_outside_transaction() noexcept;
    std::vector<AdvisoryLock> new_advisory_locks() const noexcept;
    void drop_temporary_objects();

    BodyEffects effects_;
    std::optional<BodyWatch> watch_;
    RoleChange role_change_;
    Oid role_;
    Oid outer_role_;
    int security_context_;
    int guc_level_ = 0;
    std::set<ObjectId> temporary_before_;
    bool open_ = true;
};

// Installs the hooks that watch a body. Called once, when the library is
// loaded; outside a body they do nothing.
void install_body_hooks();

// The names of this session's open cursors, and closing those that are not
// among `before`.
std::set<std::string> cursor_names();
void close_new_cursors(const std::set<std::string> &before);

} // namespace linkgress::pg
