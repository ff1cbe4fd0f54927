// A subtransaction (savepoint) around a piece of work.
#pragma once

#include "pg/bridge.hpp"

namespace linkgress::pg {

// The only place where a PgError may be swallowed: after rollback() everything
// that happened inside is undone, locks, portals, SPI levels and settings
// included. Left without a word, it is rolled back by the destructor.
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
    bool open_ = false;
};

} // namespace linkgress::pg
