// How a run tells how far it is.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace linkgress::core {

// "12.3 ms", "4.56 s", "12 min 3 s".
std::string format_duration(double milliseconds);

// "[3/14] 20240120-143052_posts applied (12.3 ms)"
std::string progress_message(std::size_t number, std::size_t total, std::string_view name, std::string_view action,
                             double milliseconds);

// What application_name shows: "linkgress [3/14] 20240120-143052_posts", cut to
// the 63 bytes that the server keeps of it. The server
// itself replaces what is not ASCII.
std::string progress_application_name(std::size_t number, std::size_t total, std::string_view name);

} // namespace linkgress::core
