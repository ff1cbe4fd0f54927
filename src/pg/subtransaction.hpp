// A subtransaction (savepoint) around a piece of work.
#pragma once

#include "pg/bridge.hpp"

namespace linkgress::pg {

// The place where an error may be survived: after rollback() everything that
// happened inside is undone, locks, portals, SPI levels and settings included.
// Left without a word, it is rolled back by the destructor. A handler rolls back
// before it does anything else.
class Subtransaction {
  public:
    Subtransaction();
    ~Subtransaction();
    Subtransaction(const Subtransaction &) = delete;
    Subtransaction &operator=(const Subtransaction &) = delete;

    void release();  // keep what was done
    void rollback(); // undo it

  private:
    void restore() noexcept;

    void *memory_context_;
    void *resource_owner_;
    int level_ = 0;
    bool open_ = false;
};

// Runs `work` in a subtransaction; what it throws goes on with that rolled back.
template <typename Work> auto in_subtransaction(Work &&work) -> std::invoke_result_t<Work &>
{
    Subtransaction subtransaction;
    if constexpr (std::is_void_v<std::invoke_result_t<Work &>>) {
        work();
        subtransaction.release();
    } else {
        auto result = work();
        subtransaction.release();
        return result;
    }
}

} // namespace linkgress::pg
