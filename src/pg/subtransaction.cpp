#include "pg/subtransaction.hpp"

#include "pg/postgres.hpp"
#include "pg/rollback.hpp"

extern "C" {
#include "access/xact.h"
#include "utils/resowner.h"
}

namespace linkgress::pg {

Subtransaction::Subtransaction() : memory_context_(CurrentMemoryContext), resource_owner_(CurrentResourceOwner)
{
    call([]() noexcept { BeginInternalSubTransaction(nullptr); });
    open_ = true;
    level_ = GetCurrentTransactionNestLevel();
    // What is allocated inside shall outlive it.
    MemoryContextSwitchTo(static_cast<MemoryContext>(memory_context_));
}

Subtransaction::~Subtransaction()
{
    if (!open_)
        return;
    try {
        rollback();
    } catch (...) {
        // An abort that fails has been reported by the server already, and the
        // error on its way takes the whole transaction along.
    }
}

void Subtransaction::release()
{
    call([]() noexcept { ReleaseCurrentSubTransaction(); });
    open_ = false;
    restore();
}

void Subtransaction::rollback()
{
    open_ = false;
    call_to_roll_back([this]() noexcept {
        // With those inside, should an error have left any.
        while (GetCurrentTransactionNestLevel() >= level_)
            RollbackAndReleaseCurrentSubTransaction();
    });
    restore();
}

void Subtransaction::restore() noexcept
{
    MemoryContextSwitchTo(static_cast<MemoryContext>(memory_context_));
    CurrentResourceOwner = static_cast<ResourceOwner>(resource_owner_);
}

} // namespace linkgress::pg
