#include "pg/body_scope.hpp"

#include "core/sqlstate.hpp"
#include "pg/guc.hpp"
#include "pg/parser.hpp"
#include "pg/postgres.hpp"
#include "pg/rollback.hpp"

#include <algorithm>
#include <array>
#include <iterator>

extern "C" {
#include "catalog/dependency.h"
#include "catalog/namespace.h"
#include "catalog/objectaddress.h"
#include "catalog/pg_namespace.h"
#include "commands/prepare.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "storage/lock.h"
#include "utils/guc.h"
#include "utils/snapmgr.h"
}

namespace linkgress::pg {

namespace {

// The innermost one comes last: a body may call what builds the model, whose functions may do so again.
std::array<BodyEffects *, 16> running;
std::size_t depth = 0;

::Oid temporary_namespace()
{
    ::Oid space;
    ::Oid toast;
    GetTempNamespaceState(&space, &toast);
    return space;
}

// Everything in the session's temporary schema, by class and object.
std::set<ObjectId> temporary_objects()
{
    static Query contents("SELECT classid, objid FROM pg_catalog.pg_depend"
                          " WHERE refclassid OPERATOR(pg_catalog.=) $1 AND refobjid OPERATOR(pg_catalog.=) $2",
                          {Type::oid, Type::oid});
    std::set<ObjectId> objects;
    ::Oid space = temporary_namespace();
    if (space == InvalidOid)
        return objects;
    Rows rows = contents.run({Oid{NamespaceRelationId}, Oid{space}});
    for (std::size_t row = 0; row < rows.size(); row++)
        objects.insert({rows.oid(row, 0), rows.oid(row, 1)});
    return objects;
}

// As at the end of a session: with all that depends on them.
void drop_objects(const std::set<ObjectId> &objects)
{
    ObjectAddresses *addresses = call([]() noexcept { return new_object_addresses(); });
    for (const auto &[class_id, object_id] : objects) {
        ObjectAddress address;
        ObjectAddressSet(address, class_id, object_id);
        call([&]() noexcept { add_exact_object_address(&address, addresses); });
    }
    call([&]() noexcept {
        PushActiveSnapshot(GetTransactionSnapshot());
        performMultipleDeletions(addresses, DROP_CASCADE, PERFORM_DELETION_INTERNAL | PERFORM_DELETION_QUIETLY);
        PopActiveSnapshot();
        CommandCounterIncrement();
    });
}

// Are there deferred events to be checked for any table?
bool is_any_check_pending()
{
    static Query tables("SELECT DISTINCT t FROM pg_catalog.pg_constraint c,"
                        " LATERAL pg_catalog.unnest(ARRAY[c.conrelid, c.confrelid]) t WHERE c.condeferrable",
                        {});
    Rows rows = tables.run();
    for (std::size_t row = 0; row < rows.size(); row++)
        if (AfterTriggerPendingOnRel(rows.oid(row, 0)))
            return true;
    return false;
}

} // namespace

std::set<std::string> cursor_names()
{
    static Query cursors("SELECT name FROM pg_catalog.pg_cursors", {});
    std::vector<std::string> names = cursors.run().texts(0);
    return {names.begin(), names.end()};
}

void close_new_cursors(const std::set<std::string> &before)
{
    for (const std::string &name : cursor_names())
        if (before.count(name) == 0)
            call([&]() noexcept {
                if (Portal portal = SPI_cursor_find(name.c_str()))
                    SPI_cursor_close(portal);
            });
}

BodyWatch::BodyWatch(BodyEffects &effects) noexcept
{
    running.at(depth++) = &effects;
}

BodyWatch::~BodyWatch()
{
    depth--;
}

bool BodyWatch::active() noexcept
{
    return depth > 0;
}

BodyEffects *BodyWatch::current() noexcept
{
    return running.at(depth - 1);
}

void check_deferred_constraints(const BodyEffects &effects)
{
    if (!effects.fixed_role && !effects.set_constraints && !effects.may_have_changed_rows)
        return;
    if (!effects.set_constraints && !is_any_check_pending())
        return;
    // A trigger may defer again what it does.
    constexpr int rounds = 10;
    int level = open_guc_level();
    for (int i = 0; i == 0 || is_any_check_pending(); i++) {
        if (i == rounds)
            throw core::Error(core::sqlstate::trigger_protocol_violated, "deferred triggers go on to defer others", {},
                              "Let the triggers of this migration's tables come to an end.");
        execute_statement("SET CONSTRAINTS ALL IMMEDIATE");
        execute_statement("SET CONSTRAINTS ALL DEFERRED");
    }
    close_guc_level(level);
}

void close_cursors(BodyEffects &effects)
{
    if (effects.cursors_before)
        close_new_cursors(*effects.cursors_before);
    effects.cursors_before.reset();
}

bool is_role_to_gain()
{
    return GetUserId() != GetSessionUserId() || GetUserId() != GetAuthenticatedUserId();
}

BodyScope::BodyScope(RoleChange role_change, bool notes_created)
    : role_change_(role_change), outer_role_(GetOuterUserId())
{
    if (depth == running.size())
        throw core::Error(core::sqlstate::program_limit_exceeded, "migrations and models are run within each other", {},
                          "Let none of their functions build the model.");
    effects_.notes_created = notes_created;
    ::Oid role;
    GetUserIdAndSecContext(&role, &security_context_);
    role_ = role;
    if (temporary_namespace() != InvalidOid)
        temporary_before_ = temporary_objects();
    guc_level_ = open_guc_level();
    fix_role(role_change == RoleChange::never || is_role_to_gain());
    watch_.emplace(effects_);
}

void BodyScope::fix_role(bool fixed) noexcept
{
    effects_.fixed_role = fixed;
    SetUserIdAndSecContext(GetUserId(), fixed ? security_context_ | SECURITY_LOCAL_USERID_CHANGE : security_context_);
}

BodyScope::~BodyScope()
{
    if (!open_)
        return;
    watch_.reset();
    SetUserIdAndSecContext(role_, security_context_);
    restore_outside_transaction();
}

void BodyScope::execute(const std::string &statement)
{
    if (role_change_ == RoleChange::by_statement && effects_.fixed_role && changes_role(statement))
        fix_role(false);
    bool is_utility = execute_statement(statement);
    effects_.may_have_changed_rows = effects_.may_have_changed_rows || !is_utility;
    if (role_change_ == RoleChange::by_statement)
        fix_role(is_role_to_gain());
}

void BodyScope::close()
{
    // Inside the scope: what the triggers do is the body's doing, in the role that it has come to, as at a commit. But
    // whoever stands for the body does not stand for the triggers of others.
    fix_role(true);
    check_deferred_constraints(effects_);
    close_cursors(effects_);
    fix_role(false); // the server's own code asks for that where it puts a role back
    close_guc_level(guc_level_);
    open_ = false;
    watch_.reset();
    restore_role(security_context_);
    restore_outside_transaction();
    drop_temporary_objects();
}

void BodyScope::restore_role(int security_context)
{
    // SET SESSION AUTHORIZATION resets the role on its way, both of which the
    // settings have undone; this is for the order in which they did it.
    if (GetOuterUserId() != outer_role_)
        call([]() noexcept {
            SetConfigOption("role", GetConfigOption("role", false, false), PGC_USERSET, PGC_S_SESSION);
        });
    SetUserIdAndSecContext(role_, security_context);
}

// Prepared statements and session-level locks know nothing of transactions. Both are let go of without an error: the
// ones are in this process's memory, the others held.
void BodyScope::restore_outside_transaction() noexcept
{
    after_rollback([names = std::move(effects_.prepared_statements), locks = new_advisory_locks()] {
        for (const std::string &name : names)
            DropPreparedStatement(name.c_str(), false);
        for (const AdvisoryLock &lock : locks)
            release_advisory_lock(lock);
    });
}

// One that the caller holds too is his, however many times the body has taken it.
std::vector<AdvisoryLock> BodyScope::new_advisory_locks() const noexcept
try {
    std::vector<AdvisoryLock> locks;
    if (effects_.advisory_locks_before) {
        const std::vector<AdvisoryLock> held = held_advisory_locks();
        const std::vector<AdvisoryLock> &before = *effects_.advisory_locks_before;
        std::set_difference(held.begin(), held.end(), before.begin(), before.end(), std::back_inserter(locks));
    }
    return locks;
} catch (const std::exception &) { // out of memory, with an error on its way: the end of the session lets go of them
    return {};
}

void BodyScope::drop_temporary_objects()
{
    if (temporary_namespace() == InvalidOid)
        return;
    std::set<ObjectId> created;
    for (const auto &object : temporary_objects())
        if (temporary_before_.count(object) == 0)
            created.insert(object);
    if (!created.empty())
        drop_objects(created);
}

} // namespace linkgress::pg
