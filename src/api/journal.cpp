#include "engine/journal.hpp"
#include "core/sqlstate.hpp"
#include "engine/registry.hpp"
#include "pg/entry.hpp"
#include "pg/role.hpp"
#include "pg/trigger.hpp"

using namespace linkgress;

namespace {

// A restore inserts. What is built again is in no dump.
bool may_be_restored(const pg::TriggerCall &call)
{
    return call.event() == pg::TriggerCall::Event::insert && call.table() != "materialised";
}

void check_write(const pg::TriggerCall &call)
{
    engine::refuse_inside_migration("write the " + call.table());
    if (!may_be_restored(call))
        throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                          fmt::format("the {} is written by linkgress alone", call.table()), {},
                          "To mend the journal, use linkgress.repair().");
    if (!pg::is_superuser())
        throw core::Error(core::sqlstate::insufficient_privilege,
                          fmt::format("permission denied to write the {}", call.table()),
                          "Only linkgress writes it, and a superuser who restores a dump.");
}

} // namespace

// Whatever privileges somebody has on these tables, whoever could write them could
// have others run a body of his own.
LINKGRESS_FUNCTION(linkgress_log_trigger)
{
    pg::TriggerCall call(call_info);
    if (!engine::journal_write_active())
        check_write(call);
    return call.result();
}
