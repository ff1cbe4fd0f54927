// Memory of the server's for one piece of work.
#pragma once

namespace linkgress::pg {

// While it lives, the server's allocations go into a context of its own, which
// goes with it: the loop that does it a thousand times stays flat.
class MemoryScope {
  public:
    MemoryScope();
    ~MemoryScope();
    MemoryScope(const MemoryScope &) = delete;
    MemoryScope &operator=(const MemoryScope &) = delete;

  private:
    void *context_;
    void *caller_;
};

} // namespace linkgress::pg
