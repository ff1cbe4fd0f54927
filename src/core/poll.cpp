#include "core/poll.hpp"

namespace linkgress::core {

namespace detail {

Poll poll_function = [] {};

} // namespace detail

void set_poll(Poll poll)
{
    detail::poll_function = poll != nullptr ? poll : [] {};
}

} // namespace linkgress::core
