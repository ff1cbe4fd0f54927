// What becomes of the values of a column whose type changes.
#pragma once

#include "core/object.hpp"

#include <string>

namespace linkgress::core {

// A type as format_type() writes it, taken apart: "numeric(10,2)[]".
struct TypeName {
    std::string base;      // "numeric", "timestamp without time zone"
    std::string modifiers; // "10,2"
    bool is_array = false;
};

TypeName parse_type(const std::string &type);

struct Conversion {
    std::string expression; // for USING; "" where assignment does it
    bool may_fail = false;  // on some values
    bool loses = false;     // part of some values: rounded, cut off
    bool rewrites = true;   // the table
};

// `column` quoted. Where no cast is known, values go by way of text.
Conversion convert(const std::string &column, const std::string &from, const std::string &to);

} // namespace linkgress::core
