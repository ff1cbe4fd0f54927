#include "pg/parser.hpp"

#include "core/sqlstate.hpp"
#include "pg/compat.hpp"
#include "pg/memory.hpp"
#include "pg/postgres.hpp"

extern "C" {
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "commands/defrem.h"
#include "nodes/nodes.h"
#include "nodes/parsenodes.h"
#include "nodes/pg_list.h"
#include "parser/parse_target.h"
#include "parser/parser.h"
#include "parser/scanner.h"
#include "tcop/cmdtag.h"
#include "tcop/utility.h"
#include "utils/builtins.h"
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

bool refreshes(const AlterSubscriptionStmt *statement)
{
    switch (statement->kind) {
    case ALTER_SUBSCRIPTION_REFRESH:
        return true;
    case ALTER_SUBSCRIPTION_SET_PUBLICATION:
    case ALTER_SUBSCRIPTION_ADD_PUBLICATION:
    case ALTER_SUBSCRIPTION_DROP_PUBLICATION:
        return option(statement->options, "refresh", true);
    case ALTER_SUBSCRIPTION_OPTIONS: // since PostgreSQL 17 and 18
        return has_option(statement->options, "failover") || has_option(statement->options, "two_phase");
    default:
        return false;
    }
}

// Mirrors the calls of PreventInTransactionBlock() in the server, as far as they
// depend on the statement alone (not on a table's being partitioned): the suffix
// that makes the command special, or nullptr when it may run in a transaction.
const char *outside_transaction(const Node *node)
{
    switch (nodeTag(node)) {
    case T_AlterSubscriptionStmt:
        return refreshes(reinterpret_cast<const AlterSubscriptionStmt *>(node)) ? " with refresh" : nullptr;
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
    case T_DropSubscriptionStmt: // unless it has no slot, which is not to be seen here
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

std::string quoted_name(const RangeVar *name)
{
    return call([&]() noexcept { return quote_qualified_identifier(name->schemaname, name->relname); });
}

// A qualified name, given as a list of strings.
std::string quoted_name(const List *names)
{
    return call([&]() noexcept { return NameListToQuotedString(const_cast<List *>(names)); });
}

ConcurrentWork describe_index(const IndexStmt *statement)
{
    ConcurrentWork work;
    work.kind = ConcurrentWork::Kind::build_index;
    work.table = quoted_name(statement->relation);
    if (statement->idxname != nullptr)
        work.index = statement->idxname;
    for (const List *elements : {statement->indexParams, statement->indexIncludingParams}) {
        ListCell *cell;
        foreach (cell, elements) {
            auto *element = lfirst_node(IndexElem, cell);
            const char *column = element->name;
            if (column == nullptr)
                column = call([&]() noexcept { return FigureIndexColname(element->expr); });
            work.columns.push_back(column != nullptr ? column : "expr");
        }
    }
    return work;
}

ConcurrentWork describe_detach(const AlterTableStmt *statement)
{
    auto *command = castNode(PartitionCmd, linitial_node(AlterTableCmd, statement->cmds)->def);
    ConcurrentWork work;
    work.kind = ConcurrentWork::Kind::detach_partition;
    work.table = quoted_name(statement->relation);
    work.partition = quoted_name(command->name);
    return work;
}

ConcurrentWork describe_work(const Node *node)
{
    ConcurrentWork work;
    if (IsA(node, IndexStmt) && reinterpret_cast<const IndexStmt *>(node)->concurrent)
        return describe_index(reinterpret_cast<const IndexStmt *>(node));
    if (IsA(node, AlterTableStmt) && detaches_concurrently(reinterpret_cast<const AlterTableStmt *>(node)))
        return describe_detach(reinterpret_cast<const AlterTableStmt *>(node));
    if (IsA(node, DropStmt) && reinterpret_cast<const DropStmt *>(node)->concurrent)
        work.kind = ConcurrentWork::Kind::drop_index;
    if (IsA(node, ReindexStmt)) {
        auto *statement = reinterpret_cast<const ReindexStmt *>(node);
        if (!option(statement->params, "concurrently", false))
            return work;
        work.kind = ConcurrentWork::Kind::rebuild_index;
        if (statement->relation != nullptr)
            work.table = quoted_name(statement->relation);
    }
    return work;
}

void describe_enum(const Node *node, ParsedStatement &parsed)
{
    if (compat::new_enum_takes_values && IsA(node, CreateEnumStmt))
        parsed.created_enum = quoted_name(reinterpret_cast<const CreateEnumStmt *>(node)->typeName);
    if (!IsA(node, AlterEnumStmt))
        return;
    auto *statement = reinterpret_cast<const AlterEnumStmt *>(node);
    if (statement->oldVal != nullptr) // RENAME VALUE
        return;
    parsed.extended_enum = quoted_name(statement->typeName);
    parsed.enum_value = statement->newVal;
}

// SELECT set_config(…), as pg_dump writes it
bool is_set_config(const Node *node)
{
    if (!IsA(node, SelectStmt))
        return false;
    auto *select = reinterpret_cast<const SelectStmt *>(node);
    if (select->fromClause != NIL || select->whereClause != nullptr || list_length(select->targetList) != 1)
        return false;
    const Node *value = linitial_node(ResTarget, select->targetList)->val;
    return IsA(value, FuncCall) &&
           std::strcmp(strVal(llast(reinterpret_cast<const FuncCall *>(value)->funcname)), "set_config") == 0;
}

bool is_role_setting(const char *name)
{
    return name != nullptr && (std::strcmp(name, "role") == 0 || std::strcmp(name, "session_authorization") == 0);
}

// Of SELECT set_config(...): its first argument, where that is a literal
const char *configured(const Node *node)
{
    const Node *value = linitial_node(ResTarget, reinterpret_cast<const SelectStmt *>(node)->targetList)->val;
    const List *arguments = reinterpret_cast<const FuncCall *>(value)->args;
    if (arguments == NIL || !IsA(linitial(arguments), A_Const))
        return nullptr;
    auto *literal = linitial_node(A_Const, arguments);
    return !literal->isnull && IsA(&literal->val.node, String) ? literal->val.sval.sval : nullptr;
}

bool is_change_of_role(const Node *node)
{
    if (IsA(node, VariableSetStmt))
        return is_role_setting(reinterpret_cast<const VariableSetStmt *>(node)->name);
    return is_set_config(node) && is_role_setting(configured(node));
}

bool sets_session(const Node *node)
{
    switch (nodeTag(node)) {
    case T_VariableSetStmt:
    case T_PrepareStmt:
    case T_DeallocateStmt:
    case T_DiscardStmt:
        return true;
    default:
        return is_set_config(node);
    }
}

// Of the options of BEGIN: those that change nothing where nobody has changed the defaults.
bool is_default_mode(const DefElem *option)
{
    auto *value = castNode(A_Const, option->arg);
    if (std::strcmp(option->defname, "transaction_isolation") == 0)
        return IsA(&value->val.node, String) && std::strcmp(value->val.sval.sval, "read committed") == 0;
    return IsA(&value->val.node, Integer) && value->val.ival.ival == 0; // READ WRITE, NOT DEFERRABLE
}

void describe_transaction(const Node *node, ParsedStatement &parsed)
{
    if (!IsA(node, TransactionStmt))
        return;
    auto *statement = reinterpret_cast<const TransactionStmt *>(node);
    parsed.ends_transaction = statement->kind == TRANS_STMT_COMMIT && !statement->chain;
    parsed.begins_transaction = statement->kind == TRANS_STMT_BEGIN || statement->kind == TRANS_STMT_START;
    ListCell *cell;
    foreach (cell, statement->options)
        if (!is_default_mode(lfirst_node(DefElem, cell)))
            parsed.begins_transaction = false;
}

bool is_temporary(const Node *node)
{
    const RangeVar *relation = nullptr;
    if (IsA(node, CreateStmt))
        relation = reinterpret_cast<const CreateStmt *>(node)->relation;
    else if (IsA(node, CreateTableAsStmt))
        relation = reinterpret_cast<const CreateTableAsStmt *>(node)->into->rel;
    else if (IsA(node, ViewStmt))
        relation = reinterpret_cast<const ViewStmt *>(node)->view;
    else if (IsA(node, CreateSeqStmt))
        relation = reinterpret_cast<const CreateSeqStmt *>(node)->sequence;
    return relation != nullptr &&
           (relation->relpersistence == RELPERSISTENCE_TEMP ||
            (relation->schemaname != nullptr && std::strcmp(relation->schemaname, "pg_temp") == 0));
}

// The scanner's number for a string literal; see keyword_token() in script.cpp.
int literal_token() noexcept
{
    core_yy_extra_type extra;
    core_YYSTYPE value;
    YYLTYPE location;
    core_yyscan_t scanner = scanner_init("''", &extra, &ScanKeywords, ScanKeywordTokens);
    int token = core_yylex(&value, &location, scanner);
    scanner_finish(scanner);
    return token;
}

} // namespace

ParsedStatement parse_statement(const std::string &sql)
{
    MemoryScope memory; // a parse tree may be many times the size of its text
    List *trees = call([&]() noexcept { return raw_parser(sql.c_str(), RAW_PARSE_DEFAULT); });
    if (list_length(trees) != 1)
        throw core::Error(
            core::sqlstate::internal_error,
            fmt::format("the parser found {} statements where the scanner found one", list_length(trees)));
    Node *node = linitial_node(RawStmt, trees)->stmt;
    Classification found = call([&]() noexcept { return classify(node); });
    ParsedStatement parsed;
    parsed.kind = found.kind;
    parsed.command = std::string(found.command) + found.suffix;
    parsed.work = describe_work(node);
    parsed.sets_session = sets_session(node);
    parsed.changes_role = is_change_of_role(node);
    parsed.is_temporary = is_temporary(node);
    parsed.is_procedural = IsA(node, CallStmt) || IsA(node, DoStmt);
    describe_enum(node, parsed);
    describe_transaction(node, parsed);
    return parsed;
}

bool changes_role(const std::string &sql)
{
    // Most statements are told from these by how they begin, without the price of parsing them.
    static constexpr std::string_view beginnings = "sSrR/-"; // SET, SELECT, RESET, a comment before them
    if (sql.empty() || beginnings.find(sql.front()) == beginnings.npos)
        return false;
    try {
        return parse_statement(sql).changes_role;
    } catch (PgError &error) {
        core::ErrorReport &report = error.report();
        report.internal_position = std::exchange(report.position, 0); // as when it is run
        report.internal_query = sql;
        throw;
    }
}

bool mentions_literal(const std::string &sql, const std::string &value)
{
    MemoryScope memory;
    return call([&]() noexcept {
        const char *inner = quote_literal_cstr(value.c_str()); // in the body of a DO block or function
        core_yy_extra_type extra;
        core_YYSTYPE token_value;
        YYLTYPE location;
        const int literal = literal_token();
        core_yyscan_t scanner = scanner_init(sql.c_str(), &extra, &ScanKeywords, ScanKeywordTokens);
        bool found = false;
        for (int token; !found && (token = core_yylex(&token_value, &location, scanner)) != 0;) {
            CHECK_FOR_INTERRUPTS();
            found = token == literal && (std::strcmp(token_value.str, value.c_str()) == 0 ||
                                         std::strstr(token_value.str, inner) != nullptr);
        }
        scanner_finish(scanner);
        return found;
    });
}

} // namespace linkgress::pg
