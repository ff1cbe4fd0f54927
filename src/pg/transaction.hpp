// What kind of transaction the call stands in.
#pragma once

#include "pg/bridge.hpp"

namespace linkgress::pg {

bool in_recovery(); // a standby server
bool transaction_is_read_only();
bool in_transaction_block(); // BEGIN was said, or there is a savepoint
bool has_uncommitted_changes();
std::int64_t transaction_start(); // when the transaction began, in microseconds since 2000: tells it from others
bool snapshot_is_fixed();         // REPEATABLE READ or SERIALIZABLE

} // namespace linkgress::pg
