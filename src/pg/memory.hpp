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

// A context for allocations that are made on purpose, which goes with it.
class WorkMemory {
  public:
    WorkMemory();
    ~WorkMemory();
    WorkMemory(const WorkMemory &) = delete;
    WorkMemory &operator=(const WorkMemory &) = delete;

    void *context() const { return context_; }
    void reset(); // frees all of it

  private:
    void *context_;
};

} // namespace linkgress::pg
