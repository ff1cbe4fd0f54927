// What the functions of the test module share.
#pragma once

#include "pg/entry.hpp"
#include "pg/spi.hpp"

#include <functional>
#include <string>

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

// The result of a function that uses SPI. It is made after the session has ended, which takes all
// along that was allocated meanwhile.
inline linkgress::pg::Result text_from_spi(const std::function<std::string()> &body)
{
    std::string text;
    {
        linkgress::pg::SpiSession spi;
        text = body();
    }
    return linkgress::pg::text_result(text);
}

} // namespace bridge_test
