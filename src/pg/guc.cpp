#include "pg/guc.hpp"

#include "pg/compat.hpp"
#include "pg/postgres.hpp"
#include "pg/text.hpp"

#include <climits>

extern "C" {
#include "nodes/pg_list.h"
#include "storage/proc.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/varlena.h"
}

namespace linkgress::pg {

namespace {

int lock_timeout_ms = 0;
int statement_timeout_ms = 0;
int lock_retries_value = 10;
int preview_rows_value = 100000;
int out_of_order_value = static_cast<int>(OutOfOrder::warn);
bool protected_value = false;
int verbosity_value = static_cast<int>(Verbosity::normal);
char *wait_text = nullptr;
char *managed_schemas_text = nullptr;

// What a hook is told. Unlike settings they are nobody's to make.
struct ToldToHooks {
    const char *name;
    const char *description;
    char *value = nullptr;
};
ToldToHooks told_to_hooks[] = {
    {"linkgress.event", "The event for which a hook runs."},
    {"linkgress.migration", "The migration for which it runs."},
    {"linkgress.direction", "Whether migrations are applied (up) or reverted (down)."},
    {"linkgress.sqlstate", "The SQLSTATE of the failure of which an after_failure hook is told."},
    {"linkgress.message", "The message of that failure."},
};

const config_enum_entry out_of_order_options[] = {
    {"allow", static_cast<int>(OutOfOrder::allow), false},
    {"warn", static_cast<int>(OutOfOrder::warn), false},
    {"error", static_cast<int>(OutOfOrder::error), false},
    {nullptr, 0, false},
};

const config_enum_entry verbosity_options[] = {
    {"quiet", static_cast<int>(Verbosity::quiet), false},
    {"normal", static_cast<int>(Verbosity::normal), false},
    {"verbose", static_cast<int>(Verbosity::verbose), false},
    {nullptr, 0, false},
};

// "on", "off" or a duration such as "10s"; milliseconds, -1 for ever.
bool parse_wait(const char *text, int *milliseconds)
{
    bool wait;
    if (parse_bool(text, &wait) && std::strcmp(text, "0") != 0 && std::strcmp(text, "1") != 0) {
        *milliseconds = wait ? -1 : 0;
        return true;
    }
    return parse_int(text, milliseconds, GUC_UNIT_MS, nullptr) && *milliseconds >= 0;
}

bool check_wait(char **value, void **, GucSource)
{
    int milliseconds;
    if (parse_wait(*value, &milliseconds))
        return true;
    GUC_check_errdetail("It must be \"on\" (wait for ever), \"off\", or a time such as \"10s\".");
    return false;
}

bool check_managed_schemas(char **value, void **, GucSource)
{
    List *names = NIL;
    if (SplitIdentifierString(pstrdup(*value), ',', &names))
        return true;
    GUC_check_errdetail("It must be a list of names, separated by commas.");
    return false;
}

void define_timeouts()
{
    DefineCustomIntVariable("linkgress.lock_timeout", "Sets how long a statement of a migration may wait for a lock.",
                            "Zero leaves it to the server's lock_timeout.", &lock_timeout_ms, 0, 0, INT_MAX,
                            PGC_USERSET, GUC_UNIT_MS, nullptr, nullptr, nullptr);
    DefineCustomIntVariable("linkgress.statement_timeout", "Sets how long a statement of a migration may run.",
                            "Zero sets no limit beyond the server's own for the whole call.", &statement_timeout_ms, 0,
                            0, INT_MAX, PGC_USERSET, GUC_UNIT_MS, nullptr, nullptr, nullptr);
    DefineCustomIntVariable("linkgress.preview_rows",
                            "Sets at how many rows of a table to look, to say how many values a plan would change.",
                            "For analyze() and sync(), where a part of some values may be lost; 0: at none.",
                            &preview_rows_value, 100000, 0, INT_MAX, PGC_USERSET, 0, nullptr, nullptr, nullptr);
    DefineCustomIntVariable("linkgress.lock_retries",
                            "Sets how often a migration that could not get its locks is tried again.",
                            "For CALL linkgress.up() and linkgress.down(); functions cannot let go of their locks.",
                            &lock_retries_value, 10, 0, INT_MAX, PGC_USERSET, 0, nullptr, nullptr, nullptr);
    DefineCustomStringVariable("linkgress.wait", "Sets how long a run waits for another run to end.",
                               "\"on\" waits for ever, \"off\" fails at once.", &wait_text, "on", PGC_USERSET, 0,
                               check_wait, nullptr, nullptr);
}

void define_behaviour()
{
    DefineCustomEnumVariable("linkgress.out_of_order",
                             "Sets what happens to a pending migration that sorts before an applied one.", nullptr,
                             &out_of_order_value, static_cast<int>(OutOfOrder::warn), out_of_order_options, PGC_USERSET,
                             0, nullptr, nullptr, nullptr);
    DefineCustomBoolVariable("linkgress.protected", "Refuses what would revert or drop everything.",
                             "Meant for production databases: ALTER DATABASE ... SET linkgress.protected = on.",
                             &protected_value, false, PGC_USERSET, 0, nullptr, nullptr, nullptr);
    DefineCustomEnumVariable("linkgress.verbosity", "Sets how much a run tells while it works.", nullptr,
                             &verbosity_value, static_cast<int>(Verbosity::normal), verbosity_options, PGC_USERSET, 0,
                             nullptr, nullptr, nullptr);
    DefineCustomStringVariable("linkgress.managed_schemas", "Sets the schemas that the model is about.",
                               "Empty: those in which it defines something.", &managed_schemas_text, "", PGC_USERSET,
                               GUC_LIST_INPUT, check_managed_schemas, nullptr, nullptr);
}

void define_told_to_hooks()
{
    for (ToldToHooks &told : told_to_hooks)
        DefineCustomStringVariable(told.name, told.description, nullptr, &told.value, "", PGC_USERSET,
                                   GUC_NO_SHOW_ALL | GUC_NO_RESET_ALL | GUC_NOT_IN_SAMPLE | GUC_DISALLOW_IN_FILE,
                                   nullptr, nullptr, nullptr);
}

} // namespace

namespace settings {

int lock_timeout()
{
    return lock_timeout_ms;
}

int statement_timeout()
{
    return statement_timeout_ms;
}

int preview_rows()
{
    return preview_rows_value;
}

int lock_retries()
{
    return lock_retries_value;
}

OutOfOrder out_of_order()
{
    return static_cast<OutOfOrder>(out_of_order_value);
}

bool is_protected()
{
    return protected_value;
}

Verbosity verbosity()
{
    return static_cast<Verbosity>(verbosity_value);
}

std::vector<std::string> managed_schemas()
{
    return split_identifiers(managed_schemas_text).value_or(std::vector<std::string>());
}

std::optional<int> wait()
{
    int milliseconds = -1;
    parse_wait(wait_text, &milliseconds);
    return milliseconds < 0 ? std::nullopt : std::optional<int>(milliseconds);
}

void define()
{
    define_timeouts();
    define_behaviour();
    define_told_to_hooks();
    MarkGUCPrefixReserved("linkgress");
}

} // namespace settings

int open_guc_level() noexcept
{
    return NewGUCNestLevel();
}

void close_guc_level(int level)
{
    // false: as if a subtransaction was rolled back, which also undoes what
    // was SET without LOCAL.
    call([&]() noexcept { AtEOXact_GUC(false, level); });
}

namespace {

void set_option(const char *name, const std::string &value, GucAction action)
{
    call(
        [&]() noexcept { set_config_option(name, value.c_str(), PGC_USERSET, PGC_S_SESSION, action, true, 0, false); });
}

} // namespace

// GUC_ACTION_SAVE, which functions with a SET clause use, is for levels in which nothing else is set: the server
// asserts it, and a subtransaction that is committed would undo the setting.
void set_guc_in_level(const char *name, const std::string &value)
{
    set_option(name, value, GUC_ACTION_LOCAL);
}

void set_guc(const char *name, const std::string &value)
{
    set_option(name, value, GUC_ACTION_SET);
}

SettingScope::SettingScope(const char *name, const std::string &value) : level_(open_guc_level())
{
    // A level of its own, so that this one works in a parallel query, too.
    set_option(name, value, GUC_ACTION_SAVE);
}

SettingScope::~SettingScope()
{
    if (!is_broken()) // else the abort does it
        close_guc_level(level_);
}

bool has_guc(const char *name)
{
    return call([&]() noexcept { return GetConfigOption(name, true, false); }) != nullptr;
}

int lock_timeout()
{
    return LockTimeout;
}

std::string show_guc(const char *name)
{
    const char *value = call([&]() noexcept { return GetConfigOption(name, true, false); });
    return value == nullptr ? std::string() : std::string(value);
}

} // namespace linkgress::pg
