// What kind of transaction the call stands in.
#pragma once

#include "pg/bridge.hpp"

namespace linkgress::pg {

bool in_recovery(); // a standby server
bool transaction_is_read_only();
bool in_transaction_block(); // BEGIN was said, or there is a savepoint
bool has_uncommitted_changes();
bool snapshot_is_fixed(); // REPEATABLE READ or SERIALIZABLE

} // namespace linkgress::pg
