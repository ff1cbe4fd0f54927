// What the members of a field of a model in JSON say together: its type, its value. Errors are those of JsonNode.
#pragma once

#include "core/json_document.hpp"
#include "core/json_types.hpp"

#include <string>

namespace linkgress::core {

constexpr std::size_t max_identifier_size = 63; // NAMEDATALEN - 1

// The name, which that place gives. The server would cut a longer one off, and two of them might become one.
std::string identifier(const JsonNode &place, const std::string &name);
std::string identifier(const JsonNode &node);

// SQL that the author wrote: an expression, an operator class.
std::string sql_of(const JsonNode &node);

// {"sql": "now()"}
bool is_expression(const JsonNode &node);

// SQL that is to be followed by more: a comment at its end must not swallow that.
std::string closed(const std::string &sql);

// What the type of a field is to be called, given all that the field says of it: "decimal(10,2)".
std::string type_name(const JsonNode &field);

// DEFAULT or GENERATED, or "". Makes the type the serial one if the field asks for that.
std::string value_sql(const JsonNode &field, FieldType &type);

} // namespace linkgress::core
