#include "engine/journal.hpp"
#include "core/sqlstate.hpp"
#include "engine/registry.hpp"
#include "pg/entry.hpp"
#include "pg/trigger.hpp"

using namespace linkgress;

// Insertions by others are left to the table's privileges: a restore needs
// them, and nobody but the owner has them.
LINKGRESS_FUNCTION(linkgress_log_trigger)
{
    pg::TriggerCall call(call_info);
    if (engine::journal_write_active())
        return call.result();
    engine::refuse_inside_migration("write the " + call.table());
    if (call.event() != pg::TriggerCall::Event::insert)
        throw core::Error(core::sqlstate::object_not_in_prerequisite_state,
                          fmt::format("the {} is written by linkgress alone", call.table()), {},
                          "To mend the journal, use linkgress.repair().");
    return call.result();
}
