#include "pg/memory.hpp"

#include "pg/bridge.hpp"
#include "pg/postgres.hpp"

extern "C" {
#include "utils/memutils.h"
}

namespace linkgress::pg {

MemoryScope::MemoryScope() : caller_(CurrentMemoryContext)
{
    context_ = call([]() noexcept {
        return AllocSetContextCreate(CurrentMemoryContext, "linkgress work", ALLOCSET_DEFAULT_SIZES);
    });
    MemoryContextSwitchTo(static_cast<MemoryContext>(context_));
}

MemoryScope::~MemoryScope()
{
    MemoryContextSwitchTo(static_cast<MemoryContext>(caller_));
    MemoryContextDelete(static_cast<MemoryContext>(context_));
}

WorkMemory::WorkMemory()
{
    context_ = call([]() noexcept {
        return AllocSetContextCreate(CurrentMemoryContext, "linkgress work", ALLOCSET_DEFAULT_SIZES);
    });
}

WorkMemory::~WorkMemory()
{
    MemoryContextDelete(static_cast<MemoryContext>(context_));
}

void WorkMemory::reset()
{
    MemoryContextReset(static_cast<MemoryContext>(context_));
}

} // namespace linkgress::pg
