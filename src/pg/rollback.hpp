// What has to do with the rollback of a broken transaction: see pg/bridge.hpp.
// Only for the classes of this folder that end transactions or hold what an abort
// does not undo.
#pragma once

#include "pg/bridge.hpp"

#include <cstdint>
#include <functional>
#include <utility>

namespace linkgress::pg {

// A call that rolls back, or that begins what comes after: it is let through.
template <typename Function> auto call_to_roll_back(Function &&function) -> std::invoke_result_t<Function &>
{
    return detail::call_through<detail::Gate::rollback>(function);
}

namespace detail {
void put_off(std::function<void()> cleanup);
}

// Runs `cleanup` as soon as the transaction is not broken: now, or in the midst of
// the abort that mends it, when the server has let go of lightweight locks and
// buffers. It must neither throw nor raise: it may free memory and release locks.
template <typename Cleanup> void after_rollback(Cleanup cleanup) noexcept
{
    if (!is_broken()) {
        cleanup();
        return;
    }
    try {
        detail::put_off(std::move(cleanup));
    } catch (...) {
        // Out of memory, with an error on its way: the end of the session does it.
    }
}

// Which transaction this is, as opposed to the one before; 0 outside of one.
std::uint32_t transaction_number() noexcept;

// The transaction that was broken is no more, though no callback has told of it.
void mend() noexcept;

} // namespace linkgress::pg
