// Finding the objects of one snapshot in another.
#pragma once

#include "core/poll.hpp"
#include "core/snapshot.hpp"

namespace linkgress::core {

// To be asked for one object after the other. Mostly both snapshots have the same ones in the same order: then each is
// where the one before it was found, and no id has to be made.
class Pairing {
  public:
    explicit Pairing(const Snapshot &snapshot) : snapshot_(snapshot) {}

    std::optional<ObjectIndex> find(const Object &object)
    {
        poll();
        std::optional<ObjectIndex> found = next_;
        if (next_ == snapshot_.size() || !is_same(snapshot_[next_], object))
            found = snapshot_.find(id(object));
        if (found)
            next_ = *found + 1;
        return found;
    }

  private:
    // Do both have the same id?
    static bool is_same(const Object &a, const Object &b)
    {
        return a.kind == b.kind && a.name == b.name && a.parent == b.parent && a.schema == b.schema &&
               a.arguments == b.arguments;
    }

    const Snapshot &snapshot_;
    ObjectIndex next_ = 0;
};

} // namespace linkgress::core
