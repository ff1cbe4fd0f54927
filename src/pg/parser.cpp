#include "pg/parser.hpp"

#include "core/sqlstate.hpp"
#include "pg/memory.hpp"
#include "pg/postgres.hpp"

extern "C" {
#include "commands/defrem.h"
#include "nodes/nodes.h"
#include "nodes/parsenodes.h"
#include "nodes/pg_list.h"
#include "parser/parser.h"
#include "tcop/cmdtag.h"
#include "tcop/utility.h"
}

namespace linkgress::pg {

namespace {

// The value of a boolean option in a list such as WITH (connect = false) or
// REINDEX (CONCURRENTLY); `otherwise` when it is not there or not a boolean.
bool option(const List *options, const char *name, bool otherwise)
{
    ListCell *cell;
    foreach (cell, options) {
        auto *element = lfirst_node(DefElem, cell);
        if (std::strcmp(element->defname, name) != 0)
            continue;
        if (element->arg == nullptr)
            return true;
        const char *value = defGetString(element);
        return !(pg_strcasecmp(value, "false") == 0 || pg_strcasecmp(value, "off") == 0 ||
                 std::strcmp(value, "0") == 0);
    }
    return otherwise;
}

bool has_option(const List *options, const char *name)
{
    ListCell *cell;
    foreach (cell, options)
        if (std::strcmp(lfirst_node(DefElem, cell)->defname, name) == 0)
            return true;
    return false;
}

bool is_whole_database(const ReindexStmt *statement)
{
    return statement->kind != REINDEX_OBJECT_INDEX && statement->kind != REINDEX_OBJECT_TABLE;
}

bool detaches_concurrently(const AlterTableStmt *statement)
{
    ListCell *cell;
    foreach (cell, statement->cmds) {
        auto *command = lfirst_node(AlterTableCmd, cell);
        if (command->subtype == AT_DetachPartition && castNode(PartitionCmd, command->def)->concurrent)
            return true;
    }
    return false;
}

bool creates_slot(const CreateSubscriptionStmt *statement)
{
    return option(statement->options, "connect", true) && option(statement->options, "create_slot", true);
}

// Mirrors the calls of PreventInTransactionBlock() in the server: the suffix
// that makes the command special, or nullptr when it may run in a transaction.
const char *outside_transaction(const Node *node)
{
    switch (nodeTag(node)) {
    case T_IndexStmt:
        return reinterpret_cast<const IndexStmt *>(node)->concurrent ? " CONCURRENTLY" : nullptr;
    case T_DropStmt:
        return reinterpret_cast<const DropStmt *>(node)->concurrent ? " CONCURRENTLY" : nullptr;
    case T_ReindexStmt: {
        auto *statement = reinterpret_cast<const ReindexStmt *>(node);
        if (option(statement->params, "concurrently", false))
            return " CONCURRENTLY";
        return is_whole_database(statement) ? " of a schema or database" : nullptr;
    }
    case T_AlterTableStmt:
        return detaches_concurrently(reinterpret_cast<const AlterTableStmt *>(node)) ? " DETACH PARTITION CONCURRENTLY"
                                                                                     : nullptr;
    case T_VacuumStmt:
        return reinterpret_cast<const VacuumStmt *>(node)->is_vacuumcmd ? "" : nullptr;
    case T_ClusterStmt:
        return reinterpret_cast<const ClusterStmt *>(node)->relation == nullptr ? " of all tables" : nullptr;
    case T_DiscardStmt:
        return reinterpret_cast<const DiscardStmt *>(node)->target == DISCARD_ALL ? "" : nullptr;
    case T_AlterDatabaseStmt:
        return has_option(reinterpret_cast<const AlterDatabaseStmt *>(node)->options, "tablespace") ? " SET TABLESPACE"
                                                                                                    : nullptr;
    case T_CreateSubscriptionStmt:
        return creates_slot(reinterpret_cast<const CreateSubscriptionStmt *>(node)) ? " with a replication slot"
                                                                                    : nullptr;
    case T_CreatedbStmt:
    case T_DropdbStmt:
    case T_CreateTableSpaceStmt:
    case T_DropTableSpaceStmt:
    case T_AlterSystemStmt:
        return "";
    default:
        return nullptr;
    }
}

StatementKind kind_of_copy(const CopyStmt *statement)
{
    if (statement->filename != nullptr)
        return StatementKind::ordinary;
    return statement->is_from ? StatementKind::copy_from_stdin : StatementKind::copy_to_stdout;
}

bool is_set_transaction(const VariableSetStmt *statement)
{
    return statement->kind == VAR_SET_MULTI;
}

struct Classification {
    StatementKind kind;
    const char *command;
    const char *suffix;
};

Classification classify(Node *node)
{
    Classification result{StatementKind::ordinary, GetCommandTagName(CreateCommandTag(node)), ""};
    if (IsA(node, TransactionStmt))
        result.kind = StatementKind::transaction_control;
    else if (IsA(node, VariableSetStmt) && is_set_transaction(reinterpret_cast<VariableSetStmt *>(node)))
        result.kind = StatementKind::set_transaction;
    else if (IsA(node, CopyStmt))
        result.kind = kind_of_copy(reinterpret_cast<CopyStmt *>(node));
    else if (const char *suffix = outside_transaction(node)) {
        result.kind = StatementKind::outside_transaction;
        result.suffix = suffix;
    }
    return result;
}

} // namespace

ParsedStatement parse_statement(const std::string &sql)
{
    MemoryScope memory; // a parse tree may be many times the size of its text
    int count = 0;
    Classification found = call([&]() noexcept {
        List *tree = raw_parser(sql.c_str(), RAW_PARSE_DEFAULT);
        count = list_length(tree);
        return count == 1 ? classify(linitial_node(RawStmt, tree)->stmt) : Classification{};
    });
    if (count != 1)
        throw core::Error(core::sqlstate::internal_error,
                          fmt::format("the parser found {} statements where the scanner found one", count));
    return {found.kind, std::string(found.command) + found.suffix};
}

} // namespace linkgress::pg
