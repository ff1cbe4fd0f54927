// How the values of a column are stored and counted: of tables and of materialized views.
#pragma once

#include "core/script.hpp"

namespace linkgress::core {

// storage, compression, statistics and options, each altered in place
std::vector<Attribute> with_settings(std::vector<Attribute> attributes);

// Those of a column that is new
void add_settings(Script &script, const Object &column);

// ALTER TABLE ONLY … ALTER COLUMN …, which other relations take as well
void alter_one(Script &script, const Object &column, const std::string &action);

} // namespace linkgress::core
