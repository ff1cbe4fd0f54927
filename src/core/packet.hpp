// What processes of one server say to each other: values one after the other,
// each text with its length before it.
#pragma once

#include "core/error.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace linkgress::core {

class PacketWriter {
  public:
    PacketWriter &put(std::int64_t value);
    PacketWriter &put(std::string_view text);
    PacketWriter &put(const char *text) { return put(std::string_view(text)); }
    PacketWriter &put(const ErrorReport &report);

    const std::string &bytes() const noexcept { return bytes_; }

  private:
    std::string bytes_;
};

// Takes the values out again, in the same order. Raises an internal error when
// there is not as much as asked for.
class PacketReader {
  public:
    explicit PacketReader(std::string_view bytes) : bytes_(bytes) {}

    std::int64_t integer();
    std::string text();
    ErrorReport report();
    bool at_end() const noexcept { return offset_ == bytes_.size(); }

  private:
    std::string_view take(std::size_t size);

    std::string_view bytes_;
    std::size_t offset_ = 0;
};

} // namespace linkgress::core
