// Columns of tables, for the statements that make tables
#pragma once

#include "core/script.hpp"

namespace linkgress::core {

// name type …, as in CREATE TABLE
std::string column_definition(Script &script, const Object &column);

// What CREATE TABLE and ADD COLUMN cannot say
void add_column_settings(Script &script, const Object &column);

// Of a foreign table
void set_fdw_options(Script &script, const Change &change);

} // namespace linkgress::core
