#include "core/progress.hpp"

#include <fmt/format.h>

namespace linkgress::core {

namespace {

constexpr std::size_t application_name_size = 63; // NAMEDATALEN - 1

} // namespace

std::string format_duration(double milliseconds)
{
    if (milliseconds < 1000)
        return fmt::format("{:.1f} ms", milliseconds);
    if (milliseconds < 60000)
        return fmt::format("{:.2f} s", milliseconds / 1000);
    auto seconds = static_cast<long long>(milliseconds / 1000);
    return fmt::format("{} min {} s", seconds / 60, seconds % 60);
}

std::string progress_message(std::size_t number, std::size_t total, std::string_view name, std::string_view action,
                             double milliseconds)
{
    return fmt::format("[{}/{}] {} {} ({})", number, total, name, action, format_duration(milliseconds));
}

std::string progress_application_name(std::size_t number, std::size_t total, std::string_view name)
{
    return fmt::format("linkgress [{}/{}] {}", number, total, name).substr(0, application_name_size);
}

} // namespace linkgress::core
