// C++ frames with objects in them, to see whether errors leave them properly.
#pragma once

#include <functional>

namespace bridge_test {

// Counts how many of its kind were made, and how many of them are left.
class Counted {
  public:
    Counted() noexcept
    {
        made++;
        alive++;
    }
    ~Counted() { alive--; }
    Counted(const Counted &) = delete;
    Counted &operator=(const Counted &) = delete;

    inline static int made = 0;
    inline static int alive = 0;
};

// Runs `body` below that many frames, each with an object to be destroyed.
[[gnu::noinline]] inline void through_frames(int frames, const std::function<void()> &body)
{
    Counted counted;
    if (frames > 1)
        through_frames(frames - 1, body);
    else
        body();
}

} // namespace bridge_test
