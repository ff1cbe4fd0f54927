// A type as format_type() writes it, taken apart.
#pragma once

#include <string>

namespace linkgress::core {

// "numeric(10,2)[]"
struct TypeName {
    std::string base;      // "numeric", "timestamp without time zone", "interval"
    std::string modifiers; // "10,2"
    std::string fields;    // of an interval: "day to second"
    bool is_array = false;

    // Without length or precision, as it can be written: "bpchar" for character, "\"bit\"" for bit
    std::string plain() const;
    std::string plain_array() const { return plain() + (is_array ? "[]" : ""); }
    std::string element() const; // the type of what is in the array
};

TypeName parse_type(const std::string &type);

// What length, precision and scale of the new type do to values of the old one.
struct LimitEffect {
    bool refuses = false;
    bool loses = false;
    bool rewrites = false;
};

LimitEffect limit_effect(const TypeName &from, const TypeName &to);

} // namespace linkgress::core
