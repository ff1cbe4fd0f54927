#include "pg/transaction.hpp"

#include "pg/postgres.hpp"
#include "pg/spi.hpp"

extern "C" {
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

bool snapshot_is_fixed()
{
    return IsolationUsesXactSnapshot();
}

void check_deferred_constraints()
{
    execute_statement("SET CONSTRAINTS ALL IMMEDIATE");
}

} // namespace linkgress::pg
