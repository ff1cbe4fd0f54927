// What a body does is seen where every path of it comes by: utility statements
// (of DO blocks and functions too) in ProcessUtility, drops and alterations in
// the object access hook. Both do nothing while no body runs.
#include "core/sqlstate.hpp"
#include "pg/body_scope.hpp"
#include "pg/compat.hpp"
#include "pg/extension.hpp"
#include "pg/postgres.hpp"
#include "pg/report.hpp"

extern "C" {
#include "access/table.h"
#include "access/tableam.h"
#include "catalog/dependency.h"
#include "catalog/namespace.h"
#include "catalog/objectaccess.h"
#include "catalog/pg_class.h"
#include "catalog/pg_extension.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_proc.h"
#include "commands/extension.h"
#include "commands/prepare.h"
#include "executor/tuptable.h"
#include "nodes/makefuncs.h"
#include "nodes/parsenodes.h"
#include "nodes/pg_list.h"
#include "storage/bufmgr.h"
#include "storage/lock.h"
#include "tcop/utility.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
}

namespace linkgress::pg {

namespace {

ProcessUtility_hook_type next_process_utility = nullptr;
object_access_hook_type next_object_access = nullptr;

bool deallocate(BodyEffects &effects, const DeallocateStmt *statement)
{
    if (statement->name == nullptr) {
        // DEALLOCATE ALL means those of the body, not the caller's.
        for (const std::string &name : effects.prepared_statements)
            call([&]() noexcept { DropPreparedStatement(name.c_str(), false); });
        effects.prepared_statements.clear();
        return true;
    }
    if (effects.prepared_statements.erase(statement->name) == 0)
        throw core::Error(core::sqlstate::invalid_sql_statement_name,
                          fmt::format("prepared statement \"{}\" was not made by this migration", statement->name), {},
                          "A migration can deallocate what it has prepared itself.");
    return false;
}

[[noreturn]] void refuse(const std::string &what)
{
    throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                      fmt::format("cannot {} while a migration is running", what), {}, "Do it outside of migrations.");
}

// In the schema of the extension, or the schema itself?
bool is_own_object(::Oid class_id, ::Oid object)
{
    ::Oid schema = InvalidOid;
    if (class_id == NamespaceRelationId)
        schema = object;
    else if (class_id == RelationRelationId)
        schema = call([&]() noexcept { return get_rel_namespace(object); });
    else if (class_id == ProcedureRelationId)
        schema = call([&]() noexcept { return get_func_namespace(object); });
    return schema != InvalidOid && schema == own_schema();
}

// ALTER TABLE … DISABLE TRIGGER and the like would let a body write the journal.
bool check_table(const RangeVar *table)
{
    if (table == nullptr)
        return false;
    ::Oid schema = own_schema();
    ::Oid object = call([&]() noexcept {
        // Most names are none of ours, which is quickly told.
        bool may_be_own = get_relname_relid(table->relname, schema) != InvalidOid;
        return may_be_own ? RangeVarGetRelid(table, NoLock, true) : InvalidOid;
    });
    if (object != InvalidOid && is_own_object(RelationRelationId, object))
        refuse("alter the objects of linkgress");
    return false;
}

bool check_tables(const List *tables)
{
    ListCell *cell;
    foreach (cell, tables)
        check_table(lfirst_node(RangeVar, cell));
    return false;
}

bool check_alter_table(const AlterTableStmt *statement)
{
    check_table(statement->relation);
    ListCell *cell;
    foreach (cell, statement->cmds) {
        auto *command = lfirst_node(AlterTableCmd, cell);
        if (command->subtype == AT_AddInherit)
            check_table(castNode(RangeVar, command->def));
    }
    return false;
}

// DROP TRIGGER, RULE and POLICY name the table, then the object.
bool check_dropped_parts(const DropStmt *statement)
{
    if (statement->removeType != OBJECT_TRIGGER && statement->removeType != OBJECT_RULE &&
        statement->removeType != OBJECT_POLICY)
        return false;
    ListCell *cell;
    foreach (cell, statement->objects) {
        const RangeVar *table = call([&]() noexcept {
            List *name = list_copy(lfirst_node(List, cell));
            return makeRangeVarFromNameList(list_truncate(name, list_length(name) - 1));
        });
        check_table(table);
    }
    return false;
}

bool check_extension(const char *extension)
{
    if (std::strcmp(extension, "linkgress") == 0)
        refuse("alter extension \"linkgress\"");
    return false;
}

bool leave_out(const char *command)
{
    report(Level::notice, fmt::format("{} in a migration has no effect", command));
    return true;
}

bool discard(const BodyEffects &effects, DiscardMode target)
{
    if (target == DISCARD_ALL && effects.fixed_role)
        throw core::Error(core::sqlstate::insufficient_privilege, "DISCARD ALL must not change the role", {},
                          "The author of this migration could not act as the role of the session.");
    return target == DISCARD_TEMP && leave_out("DISCARD TEMP");
}

// A statement of that name that is there already is the caller's; PREPARE fails.
void note_prepare(BodyEffects &effects, const char *name)
{
    if (call([&]() noexcept { return FetchPreparedStatement(name, false); }) == nullptr)
        effects.prepared_statements.insert(name);
}

void note_cursors(BodyEffects &effects)
{
    if (effects.cursors_before)
        return;
    SpiSession spi; // the level below is in the middle of a statement
    effects.cursors_before = cursor_names();
}

// CLOSE ALL means those of the body, not the caller's.
bool close_cursors(BodyEffects &effects, const char *name)
{
    note_cursors(effects);
    if (name == nullptr) {
        SpiSession spi;
        close_new_cursors(*effects.cursors_before);
        return true;
    }
    if (effects.cursors_before->count(name) != 0)
        throw core::Error(core::sqlstate::invalid_cursor_name,
                          fmt::format("cursor \"{}\" was not opened by this migration", name), {},
                          "A migration can close what it has opened itself.");
    return false;
}

// Notes what a utility statement is going to leave behind. True when the
// statement is not to be run at all.
bool watch_utility(BodyEffects &effects, const Node *node)
{
    switch (nodeTag(node)) {
    case T_PrepareStmt:
        note_prepare(effects, reinterpret_cast<const PrepareStmt *>(node)->name);
        return false;
    case T_DeallocateStmt:
        return deallocate(effects, reinterpret_cast<const DeallocateStmt *>(node));
    case T_ClosePortalStmt:
        return close_cursors(effects, reinterpret_cast<const ClosePortalStmt *>(node)->portalname);
    case T_DiscardStmt:
        return discard(effects, reinterpret_cast<const DiscardStmt *>(node)->target);
    case T_ListenStmt:
        return leave_out("LISTEN");
    case T_UnlistenStmt:
        return leave_out("UNLISTEN");
    case T_CreateStmt:
        return check_tables(reinterpret_cast<const CreateStmt *>(node)->inhRelations);
    case T_AlterTableStmt:
        return check_alter_table(reinterpret_cast<const AlterTableStmt *>(node));
    case T_CreatePolicyStmt:
        return check_table(reinterpret_cast<const CreatePolicyStmt *>(node)->table);
    case T_AlterPolicyStmt:
        return check_table(reinterpret_cast<const AlterPolicyStmt *>(node)->table);
    case T_IndexStmt:
        return check_table(reinterpret_cast<const IndexStmt *>(node)->relation);
    case T_DropStmt:
        return check_dropped_parts(reinterpret_cast<const DropStmt *>(node));
    case T_AlterExtensionStmt:
        return check_extension(reinterpret_cast<const AlterExtensionStmt *>(node)->extname);
    case T_AlterExtensionContentsStmt:
        return check_extension(reinterpret_cast<const AlterExtensionContentsStmt *>(node)->extname);
    case T_CreateTrigStmt:
        return check_table(reinterpret_cast<const CreateTrigStmt *>(node)->relation);
    case T_RuleStmt:
        return check_table(reinterpret_cast<const RuleStmt *>(node)->relation);
    case T_ConstraintsSetStmt:
        effects.set_constraints = true;
        return false;
    case T_CopyStmt:
    case T_CreateTableAsStmt:
    case T_ExecuteStmt:
    case T_ExplainStmt:
    case T_FetchStmt:
    case T_RefreshMatViewStmt:
        effects.may_have_changed_rows = true;
        return false;
    case T_DoStmt:
    case T_CallStmt:
        effects.may_have_changed_rows = true;
        [[fallthrough]];
    case T_DeclareCursorStmt:
        note_cursors(effects);
        return false;
    default:
        return false;
    }
}

bool takes_session_lock(::Oid function)
{
    switch (function) {
    case F_PG_ADVISORY_LOCK_INT8:
    case F_PG_ADVISORY_LOCK_SHARED_INT8:
    case F_PG_TRY_ADVISORY_LOCK_INT8:
    case F_PG_TRY_ADVISORY_LOCK_SHARED_INT8:
    case F_PG_ADVISORY_LOCK_INT4_INT4:
    case F_PG_ADVISORY_LOCK_SHARED_INT4_INT4:
    case F_PG_TRY_ADVISORY_LOCK_INT4_INT4:
    case F_PG_TRY_ADVISORY_LOCK_SHARED_INT4_INT4:
        return true;
    default:
        return false;
    }
}

bool is_own_extension(::Oid object)
{
    return call([&]() noexcept { return get_extension_oid("linkgress", true) == object; });
}

// Raises errors as the server does: to be called under pg::call.
double count_rows(Relation relation) noexcept
{
    double rows = 0;
    Snapshot snapshot = RegisterSnapshot(GetLatestSnapshot());
    TableScanDesc scan = table_beginscan(relation, snapshot, 0, nullptr);
    TupleTableSlot *slot = table_slot_create(relation, nullptr);
    while (table_scan_getnextslot(scan, ForwardScanDirection, slot))
        rows++;
    ExecDropSingleTupleTableSlot(slot);
    table_endscan(scan);
    UnregisterSnapshot(snapshot);
    return rows;
}

// Likewise. The planner's estimate.
double estimate_rows(Relation relation) noexcept
{
    BlockNumber pages;
    double rows;
    double all_visible;
    table_relation_estimate_size(relation, nullptr, &pages, &rows, &all_visible);
    return rows;
}

bool holds_data(::Oid relation) noexcept
{
    return get_rel_relkind(relation) == RELKIND_RELATION && get_rel_persistence(relation) != RELPERSISTENCE_TEMP;
}

// Whatever the way: the triggers of the tables could have been dropped.
void check_write(::Oid relation)
{
    if (is_own_object(RelationRelationId, relation))
        refuse("write the tables of linkgress");
}

// How many rows a table has that is about to be dropped. An estimate for a
// large one, where counting would take longer than dropping it.
std::optional<DroppedTable> table_with_rows(::Oid object)
{
    constexpr BlockNumber pages_to_count = 1000;
    DroppedTable table;
    char *name = call([&]() noexcept -> char * {
        if (!holds_data(object))
            return nullptr;
        Relation relation = table_open(object, NoLock);
        table.is_estimate = RelationGetNumberOfBlocks(relation) > pages_to_count;
        table.rows = table.is_estimate ? estimate_rows(relation) : count_rows(relation);
        table_close(relation, NoLock);
        return quote_qualified_identifier(get_namespace_name(get_rel_namespace(object)), get_rel_name(object));
    });
    if (name == nullptr || table.rows < 1)
        return std::nullopt;
    table.name = name;
    return table;
}

// `is_internal`: not what a user dropped, but the old heap of a rewritten table.
void watch_drop(BodyEffects &effects, ::Oid class_id, ::Oid object, int sub_object, bool is_internal)
{
    if (class_id == ExtensionRelationId && is_own_extension(object))
        refuse("drop extension \"linkgress\"");
    if (class_id == RelationRelationId && sub_object == 0 && !is_internal)
        if (std::optional<DroppedTable> table = table_with_rows(object))
            effects.dropped_tables.push_back(std::move(*table));
}

// The parts of an object, such as defaults of columns, go with it, and so does what
// an extension's script makes.
void note_created(BodyEffects &effects, ::Oid class_id, ::Oid object, int sub_object, const void *argument)
{
    auto *create = static_cast<const ObjectAccessPostCreate *>(argument);
    bool is_part = sub_object != 0 || (creating_extension && class_id != ExtensionRelationId);
    bool is_internal = create != nullptr && create->is_internal;
    if (effects.notes_created && !is_part && !is_internal)
        effects.created.insert({class_id, object});
}

void watch_alter(::Oid class_id, ::Oid object)
{
    if (is_own_object(class_id, object))
        refuse("alter the objects of linkgress");
}

bool is_internal_drop(const void *argument)
{
    auto *drop = static_cast<const ObjectAccessDrop *>(argument);
    return drop != nullptr && (drop->dropflags & PERFORM_DELETION_INTERNAL) != 0;
}

// As when a table is rewritten, by VACUUM FULL of the whole database for one.
bool is_internal_alter(const void *argument)
{
    auto *alter = static_cast<const ObjectAccessPostAlter *>(argument);
    return alter != nullptr && alter->is_internal;
}

void watch_object(ObjectAccessType access, ::Oid class_id, ::Oid object, int sub_object, const void *argument)
{
    BodyEffects &effects = *BodyWatch::current();
    if (access == OAT_POST_CREATE)
        note_created(effects, class_id, object, sub_object, argument);
    if (access == OAT_DROP)
        watch_drop(effects, class_id, object, sub_object, is_internal_drop(argument));
    else if (access == OAT_TRUNCATE || (access == OAT_POST_ALTER && !is_internal_alter(argument)))
        watch_alter(class_id, object);
    else if (access == OAT_POST_CREATE && class_id == ProcedureRelationId) // or replaced
        watch_alter(class_id, object);
    else if (access == OAT_FUNCTION_EXECUTE && !effects.advisory_locks_before && takes_session_lock(object))
        effects.advisory_locks_before = held_advisory_locks();
}

} // namespace

extern "C" {

static void linkgress_process_utility(PlannedStmt *statement, const char *text, bool read_only_tree,
                                      ProcessUtilityContext context, ParamListInfo parameters,
                                      QueryEnvironment *environment, DestReceiver *receiver,
                                      QueryCompletion *completion)
{
    if (BodyWatch::active()) {
        bool left_out = boundary([&] { return watch_utility(*BodyWatch::current(), statement->utilityStmt); });
        if (left_out)
            return;
    }
    auto *next = next_process_utility != nullptr ? next_process_utility : standard_ProcessUtility;
    next(statement, text, read_only_tree, context, parameters, environment, receiver, completion);
}

static void linkgress_check_write(::Oid relation)
{
    if (BodyWatch::active())
        boundary([&] { check_write(relation); });
}

static void linkgress_object_access(ObjectAccessType access, ::Oid class_id, ::Oid object, int sub_object,
                                    void *argument)
{
    if (next_object_access != nullptr)
        next_object_access(access, class_id, object, sub_object, argument);
    if (BodyWatch::active())
        boundary([&] { watch_object(access, class_id, object, sub_object, argument); });
}

} // extern "C"

void install_body_hooks()
{
    next_process_utility = ProcessUtility_hook;
    ProcessUtility_hook = linkgress_process_utility;
    next_object_access = object_access_hook;
    object_access_hook = linkgress_object_access;
    compat::install_write_check(linkgress_check_write);
}

} // namespace linkgress::pg
