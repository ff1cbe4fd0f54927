#include "pg/transaction.hpp"

#include "pg/postgres.hpp"

extern "C" {
#include "access/transam.h"
#include "access/xact.h"
#include "access/xlog.h"
}

namespace linkgress::pg {

bool in_recovery()
{
    return RecoveryInProgress();
}

bool transaction_is_read_only()
{
    return XactReadOnly;
}

bool in_transaction_block()
{
    return IsTransactionBlock() || IsSubTransaction();
}

bool has_uncommitted_changes()
{
    return TransactionIdIsValid(GetTopTransactionIdIfAny());
}

std::int64_t transaction_start()
{
    return GetCurrentTransactionStartTimestamp();
}

bool snapshot_is_fixed()
{
    return IsolationUsesXactSnapshot();
}

} // namespace linkgress::pg
