// The way out of a long computation: whoever waits for the result may not want it any more.
//
// Core knows no server. Whoever calls it installs a function that throws when the computation is to end. Every loop
// whose length is up to a user calls poll(); so do the functions that such loops consist of: id(), differences(),
// Snapshot::find(), Graph::add_edge(), Script::add_text(), and those that take a list apart.
#pragma once

#include <cstddef>
#include <string_view>

namespace linkgress::core {

using Poll = void (*)();

// Cheap, since it is called for each object, each edge and each few kilobytes of text. nullptr: none.
void set_poll(Poll poll);

namespace detail {

extern Poll poll_function;

} // namespace detail

// May throw what the installed function throws.
inline void poll()
{
    detail::poll_function();
}

// For loops over characters and other small steps: polls now and then.
class Steps {
  public:
    void take()
    {
        if (++count_ % 4096 == 0)
            poll();
    }

  private:
    unsigned count_ = 0;
};

// Calls `function` for one piece of the text after the other, and polls in between.
template <typename Function> void in_pieces(std::string_view text, const Function &function)
{
    constexpr std::size_t size = 256 * 1024;
    for (; !text.empty(); text.remove_prefix(text.size() < size ? text.size() : size)) {
        function(text.substr(0, size));
        poll();
    }
}

} // namespace linkgress::core
