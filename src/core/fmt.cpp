// {fmt} without its shared library, compiled once: with FMT_HEADER_ONLY in every file that formats a
// string, each of them would take three times as long to build.
#define FMT_HEADER_ONLY
#include <fmt/format.h>

namespace linkgress::core {

// Makes the compiler emit the function that fmt::format() calls, with all that it needs.
[[gnu::used]] static std::string (*const format_implementation)(fmt::string_view, fmt::format_args) = fmt::vformat;

} // namespace linkgress::core
