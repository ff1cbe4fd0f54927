// Composite values are converted attribute by attribute, by their names, wherever they are: in arrays, in domains, in
// other composite values. The server does so by a cast, which the plan makes and drops again.
#pragma once

#include "core/script.hpp"

#include <set>
#include <string>
#include <vector>

namespace linkgress::core {

// A cast by a function, both for as long as the plan needs them
struct CompositeCast {
    std::string from; // as it is called now
    std::string to;
    std::string function; // qualified and quoted
};

void drop_composite_cast(Script &script, const CompositeCast &cast);

// From the type that is there, which has the name `present` now, to its successor
CompositeCast successor_cast(const Script &script, const Object &type, const std::string &present);
void create_successor_cast(Script &script, const Object &type, const std::string &present);

// Those that are made for several columns, each once
struct CompositeCasts {
    std::set<std::string> pairs;
    std::vector<CompositeCast> casts;
    std::size_t level = 0; // of types that are within each other
};

// From one composite type to another, where a column, whatever it is made of, gets the other
void create_casts_between(Script &script, const std::string &from, const std::string &to, CompositeCasts &made);

// To a text that has the attributes of the types as they are going to be
std::vector<CompositeCast> create_text_casts(Script &script, const std::string &type);

void drop_composite_casts(Script &script, const std::vector<CompositeCast> &casts);

} // namespace linkgress::core
