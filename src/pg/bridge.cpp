#include "pg/bridge.hpp"

#include "core/sqlstate.hpp"
#include "pg/compat.hpp"
#include "pg/postgres.hpp"
#include "pg/rollback.hpp"

extern "C" {
#include "access/xact.h"
#include "utils/memutils.h"
}

namespace linkgress::pg {

namespace {

// What raise_kept() is going to raise. One is enough: raising is the last
// thing that an entry point does.
core::ErrorReport kept_report;
bool kept_from_server = false;

std::string text_or_empty(const char *text)
{
    return text == nullptr ? std::string() : std::string(text);
}

char *text_or_null(const std::string &text)
{
    return text.empty() ? nullptr : const_cast<char *>(text.c_str());
}

int pack_sqlstate(const std::string &sqlstate)
{
    const char *s = sqlstate.size() == 5 ? sqlstate.c_str() : core::sqlstate::internal_error;
    return MAKE_SQLSTATE(s[0], s[1], s[2], s[3], s[4]);
}

// The server keeps these two by pointer, as the literals that they are at home.
const char *intern(const std::string &name)
{
    static std::set<std::string> names;
    return name.empty() ? nullptr : names.insert(name).first->c_str();
}

// The other strings stay where they are: the functions that raise copy them.
ErrorData to_error_data(const core::ErrorReport &report)
{
    ErrorData data;
    std::memset(&data, 0, sizeof data);
    data.elevel = ERROR;
    data.output_to_server = true;
    data.output_to_client = true;
    data.sqlerrcode = pack_sqlstate(report.sqlstate);
    data.message = text_or_null(report.message);
    data.detail = text_or_null(report.detail);
    data.detail_log = text_or_null(report.detail_log);
    data.hint = text_or_null(report.hint);
    data.context = text_or_null(report.context);
    data.message_id = data.message;
    data.schema_name = text_or_null(report.schema);
    data.table_name = text_or_null(report.table);
    data.column_name = text_or_null(report.column);
    data.datatype_name = text_or_null(report.datatype);
    data.constraint_name = text_or_null(report.constraint);
    data.cursorpos = report.position;
    data.internalpos = report.internal_position;
    data.internalquery = text_or_null(report.internal_query);
    data.hide_stmt = report.hide_statement;
    data.hide_ctx = report.hide_context;
    data.filename = intern(report.file);
    data.funcname = intern(report.function);
    data.lineno = report.line;
    data.assoc_context = CurrentMemoryContext;
    return data;
}

} // namespace

core::ErrorReport to_report(const ErrorData &data)
{
    core::ErrorReport report;
    report.sqlstate = unpack_sql_state(data.sqlerrcode);
    report.message = text_or_empty(data.message);
    report.detail = text_or_empty(data.detail);
    report.detail_log = text_or_empty(data.detail_log);
    report.hint = text_or_empty(data.hint);
    report.context = text_or_empty(data.context);
    report.position = data.cursorpos;
    report.internal_position = data.internalpos;
    report.internal_query = text_or_empty(data.internalquery);
    report.schema = text_or_empty(data.schema_name);
    report.table = text_or_empty(data.table_name);
    report.column = text_or_empty(data.column_name);
    report.datatype = text_or_empty(data.datatype_name);
    report.constraint = text_or_empty(data.constraint_name);
    report.hide_statement = data.hide_stmt;
    report.hide_context = data.hide_ctx;
    report.file = text_or_empty(data.filename);
    report.function = text_or_empty(data.funcname);
    report.line = data.lineno;
    return report;
}

bool PgError::is_interrupt() const noexcept
{
    return report().sqlstate.compare(0, 3, "57P") == 0 || report().sqlstate == core::sqlstate::query_canceled;
}

// ---- The broken transaction

namespace {

// The error that nothing but a rollback may come after.
struct Break {
    bool exists = false;
    bool is_told = false;
    int level = 0; // of the subtransaction in which it was raised
    std::uint32_t transaction = 0;
    core::ErrorReport report;
    std::vector<std::function<void()>> cleanups;
};

Break broken;

void forget_break() noexcept
{
    broken.exists = false;
    for (const std::function<void()> &cleanup : std::exchange(broken.cleanups, {}))
        cleanup();
}

void note_break(const core::ErrorReport &report) noexcept
{
    if (is_broken())
        return;
    broken.exists = true;
    broken.is_told = false;
    broken.level = GetCurrentTransactionNestLevel();
    broken.transaction = transaction_number();
    try {
        broken.report = report;
    } catch (...) {
        broken.report = core::ErrorReport();
        broken.report.sqlstate = core::sqlstate::out_of_memory;
    }
}

// In the server's log, once: the user sees the first error, but whoever looks after Linkgress wants to know.
void tell_refusal() noexcept
{
    if (std::exchange(broken.is_told, true))
        return;
    const char *message = broken.report.message.c_str();
    try {
        call_apart([&]() noexcept { // a report touches no transaction
            ereport(LOG, (errcode(ERRCODE_INTERNAL_ERROR), errmsg_internal("linkgress tried to go on after an error"),
                          errdetail_internal("The error was: %s", message)));
        });
    } catch (...) {
        // The error itself is on its way.
    }
}

} // namespace

extern "C" {
static void linkgress_end_of_transaction(XactEvent event, void *)
{
    bool is_end =
        event != XACT_EVENT_PRE_COMMIT && event != XACT_EVENT_PARALLEL_PRE_COMMIT && event != XACT_EVENT_PRE_PREPARE;
    if (is_end && broken.exists)
        forget_break();
}

static void linkgress_end_of_subtransaction(SubXactEvent event, SubTransactionId, SubTransactionId, void *)
{
    if (event == SUBXACT_EVENT_ABORT_SUB && broken.exists && GetCurrentTransactionNestLevel() <= broken.level)
        forget_break();
}
}

// Raises errors as the server does.
static void watch_rollbacks() noexcept
{
    static bool is_watching = false;
    if (is_watching)
        return;
    RegisterXactCallback(linkgress_end_of_transaction, nullptr);
    RegisterSubXactCallback(linkgress_end_of_subtransaction, nullptr);
    is_watching = true;
}

std::uint32_t transaction_number() noexcept
{
    return MyProc == nullptr ? 0 : compat::local_transaction_id();
}

bool is_broken() noexcept
{
    // One that was broken outside of any transaction ends with the beginning of one.
    if (broken.exists && broken.transaction != transaction_number())
        forget_break();
    return broken.exists;
}

void mend() noexcept
{
    if (broken.exists)
        forget_break();
}

void detail::put_off(std::function<void()> cleanup)
{
    broken.cleanups.push_back(std::move(cleanup));
}

namespace detail {

// `data`, or nothing where it could not be copied, is in `context`.
[[noreturn]] static void throw_copied(const ErrorData *data, MemoryContext context)
{
    core::ErrorReport report;
    if (data != nullptr) {
        report = to_report(*data);
    } else {
        report.sqlstate = core::sqlstate::out_of_memory;
        report.message = "out of memory";
    }
    if (context != nullptr)
        MemoryContextDelete(context);
    note_break(report);
    throw PgError(std::move(report));
}

void call_guarded(Gate gate, void (*function)(void *), void *argument)
{
    if (gate == Gate::ordinary && is_broken()) {
        tell_refusal();
        throw PgError(broken.report);
    }
    MemoryContext context = CurrentMemoryContext;
    MemoryContext volatile copy_context = nullptr; // set between sigsetjmp and siglongjmp
    ErrorData *volatile data = nullptr;
    volatile bool failed = false;
    PG_TRY();
    {
        watch_rollbacks();
        function(argument);
    }
    PG_CATCH();
    {
        failed = true;
        // Copying may run out of memory, and an error raised here would jump
        // over every C++ frame below.
        PG_TRY();
        {
            copy_context = AllocSetContextCreate(TopMemoryContext, "linkgress error", ALLOCSET_SMALL_SIZES);
            MemoryContextSwitchTo(copy_context);
            data = CopyErrorData();
        }
        PG_CATCH();
        {}
        PG_END_TRY();
        MemoryContextSwitchTo(context);
        FlushErrorState();
    }
    PG_END_TRY();
    if (failed)
        throw_copied(data, copy_context);
}

void keep(const core::ErrorReport &report, bool from_server) noexcept
{
    try {
        kept_report = report;
        kept_from_server = from_server;
    } catch (...) {
        keep(core::sqlstate::out_of_memory, "out of memory");
    }
}

void keep(const char *sqlstate, const char *message) noexcept
{
    // Short enough for the small-string buffer or for a reserve that was made
    // before; should even that fail, the SQLSTATE alone tells the story.
    kept_report = core::ErrorReport();
    kept_from_server = false;
    try {
        kept_report.sqlstate = sqlstate;
        kept_report.message = message;
    } catch (...) {
        kept_report.message = "out of memory";
    }
}

void keep_first_error() noexcept
{
    tell_refusal();
    keep(broken.report, true);
}

void raise_kept()
{
    ErrorData data = to_error_data(kept_report);
    // A server error comes with the context lines of the whole call stack;
    // ThrowErrorData would append them a second time. An error of our own has
    // none yet.
    if (kept_from_server)
        ReThrowError(&data);
    ThrowErrorData(&data);
    pg_unreachable();
}

} // namespace detail

void check_for_interrupts()
{
    // The flag is tested here as well, to spare the PG_TRY in tight loops.
    if (INTERRUPTS_PENDING_CONDITION())
        call([]() noexcept { CHECK_FOR_INTERRUPTS(); });
}

} // namespace linkgress::pg
