// What kind of transaction the call stands in.
#pragma once

#include "pg/bridge.hpp"

namespace linkgress::pg {

bool in_recovery(); // a standby server
bool transaction_is_read_only();
bool snapshot_is_fixed(); // REPEATABLE READ or SERIALIZABLE

// Fires the deferred constraint triggers that are due, and makes all
// constraints immediate for the rest of the (sub)transaction.
void check_deferred_constraints();

} // namespace linkgress::pg
