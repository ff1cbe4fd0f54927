// The sequence is that of exec_simple_query() in the server. Parse tree and
// plan are kept outside of the transaction's memory, which goes with it: CREATE
// INDEX CONCURRENTLY commits several times while it still reads them.
#include "pg/top_level.hpp"

#include "pg/compat.hpp"
#include "pg/postgres.hpp"
#include "pg/rollback.hpp"
#include "pg/running_text.hpp"

extern "C" {
#include "access/xact.h"
#include "mb/pg_wchar.h"
#include "nodes/parsenodes.h"
#include "nodes/pg_list.h"
#include "parser/analyze.h"
#include "pgstat.h"
#include "tcop/cmdtag.h"
#include "tcop/dest.h"
#include "tcop/tcopprot.h"
#include "tcop/utility.h"
#include "utils/backend_status.h"
#include "utils/memutils.h"
#include "utils/portal.h"
#include "utils/snapmgr.h"
}

namespace linkgress::pg {

namespace {

std::uint64_t commit_count = 0;

} // namespace

extern "C" {
static void linkgress_count_commit(XactEvent event, void *)
{
    if (event == XACT_EVENT_COMMIT)
        commit_count++;
}
}

std::uint64_t commits() noexcept
{
    return commit_count;
}

void use_server_encoding()
{
    call([]() noexcept { SetClientEncoding(GetDatabaseEncoding()); });
}

TopLevelTransaction::TopLevelTransaction() : memory_context_(CurrentMemoryContext)
{
    static bool counting = false;
    try {
        call_to_roll_back([]() noexcept {
            if (!counting)
                RegisterXactCallback(linkgress_count_commit, nullptr);
            counting = true;
            SetCurrentStatementStartTimestamp();
            StartTransactionCommand();
        });
    } catch (...) { // it may have got half-way
        roll_back();
        throw;
    }
    open_ = true;
    MemoryContextSwitchTo(static_cast<MemoryContext>(memory_context_));
}

TopLevelTransaction::~TopLevelTransaction()
{
    if (open_)
        roll_back();
}

void TopLevelTransaction::roll_back() noexcept
{
    try {
        call_to_roll_back([]() noexcept {
            AbortCurrentTransaction();
            PortalErrorCleanup();
        });
    } catch (...) {
        // An abort that fails has been reported by the server already; the process
        // ends with the error that is on its way.
    }
    MemoryContextSwitchTo(static_cast<MemoryContext>(memory_context_));
}

void TopLevelTransaction::commit()
{
    call([]() noexcept { CommitTransactionCommand(); });
    open_ = false;
    MemoryContextSwitchTo(static_cast<MemoryContext>(memory_context_));
}

namespace {

// For the trees of the statement that runs: kept until the next one, because the
// abort of the transaction, which comes later, may still look at them.
MemoryContext fresh_statement_memory()
{
    static MemoryContext memory = nullptr;
    call([&]() noexcept {
        if (memory == nullptr)
            memory = AllocSetContextCreate(TopMemoryContext, "linkgress statement", ALLOCSET_DEFAULT_SIZES);
        MemoryContextReset(memory);
    });
    return memory;
}

// These raise errors as the server does: to be called under pg::call.

void name_index(Node *statement, const char *index_name) noexcept
{
    if (*index_name == '\0' || !IsA(statement, IndexStmt))
        return;
    auto *index = castNode(IndexStmt, statement);
    if (index->idxname == nullptr)
        index->idxname = pstrdup(index_name);
}

Portal make_portal(RawStmt *tree, const char *sql) noexcept
{
    bool needs_snapshot = analyze_requires_snapshot(tree);
    if (needs_snapshot)
        PushActiveSnapshot(GetTransactionSnapshot());
    List *queries = pg_analyze_and_rewrite_fixedparams(tree, sql, nullptr, 0, nullptr);
    List *plans = pg_plan_queries(queries, sql, CURSOR_OPT_PARALLEL_OK, nullptr);
    if (needs_snapshot)
        PopActiveSnapshot();
    Portal portal = CreatePortal("", true, true);
    portal->visible = false;
    PortalDefineQuery(portal, nullptr, sql, CreateCommandTag(tree->stmt), plans, nullptr);
    PortalStart(portal, nullptr, 0, InvalidSnapshot);
    return portal;
}

bool is_utility(Portal portal) noexcept
{
    return portal->strategy == PORTAL_MULTI_QUERY && list_length(portal->stmts) == 1 &&
           linitial_node(PlannedStmt, portal->stmts)->commandType == CMD_UTILITY;
}

void run_portal(Portal portal) noexcept
{
    QueryCompletion completion;
    InitializeQueryCompletion(&completion);
    compat::run_portal_at_top_level(portal, None_Receiver, &completion);
    PortalDrop(portal, false);
    CommandCounterIncrement();
}

bool run(const char *text, const char *index_name, MemoryContext memory) noexcept
{
    MemoryContext caller = MemoryContextSwitchTo(memory);
    const char *sql = pstrdup(text);
    pgstat_report_activity(STATE_RUNNING, sql);
    RawStmt *tree = linitial_node(RawStmt, pg_parse_query(sql));
    name_index(tree->stmt, index_name);
    Portal portal = make_portal(tree, sql);
    MemoryContextSwitchTo(caller);
    bool utility = is_utility(portal);
    run_portal(portal);
    MemoryContextSwitchTo(caller);
    pgstat_report_activity(STATE_IDLE, nullptr);
    return utility;
}

} // namespace

bool execute_at_top_level(const std::string &sql, const std::string &index_name)
{
    MemoryContext memory = fresh_statement_memory();
    RunningText running(sql);
    try {
        return call([&]() noexcept { return run(sql.c_str(), index_name.c_str(), memory); });
    } catch (PgError &error) {
        core::ErrorReport &report = error.report();
        if (report.position > 0) { // as of a statement inside of another one, which it is for the user
            report.internal_position = report.position;
            report.internal_query = sql;
            report.position = 0;
        }
        throw;
    }
}

} // namespace linkgress::pg
