// What becomes of values between any two built-in types.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace linkgress::core {

// Of the values: the worst that may happen to one
enum class Fate : std::uint8_t {
    kept,
    refused, // an error on the first that cannot be kept
    lost,    // a part of it, without a word
};

enum class Route : std::uint8_t {
    as_it_is,   // assigned; the values are the same bytes
    assignment, // by a cast of the server's, which an assignment uses
    cast,       // by one that has to be asked for
    text,       // there is none
};

struct BuiltIn {
    Route route;
    Fate fate;
};

// By names without length and precision: "numeric", "bpchar", "\"bit\"". `server`: its version. None for other types.
std::optional<BuiltIn> built_in_conversion(std::string_view from, std::string_view to, int server);

} // namespace linkgress::core
