// The types of a model in JSON, and literals of them.
#pragma once

#include "core/json_document.hpp"

#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace linkgress::core {

// Which JSON values can be a default; of an array, can be its elements.
enum class ValueKind { any, string, time, integer, decimal, boolean, document };

// The one table of types; docs/json-model.md has it for readers. A type that is not in it is
// PostgreSQL's own, of that name.
struct AbstractType {
    std::string_view name;
    std::string_view sql;
    ValueKind values;
};

inline constexpr std::array abstract_types = {
    AbstractType{"string", "text", ValueKind::string},      AbstractType{"number", "integer", ValueKind::integer},
    AbstractType{"bigint", "bigint", ValueKind::integer}, // also number with "bigint": true
    AbstractType{"boolean", "boolean", ValueKind::boolean}, AbstractType{"date", "timestamptz", ValueKind::time},
    AbstractType{"json", "jsonb", ValueKind::document},     AbstractType{"uuid", "uuid", ValueKind::string},
    AbstractType{"decimal", "numeric", ValueKind::decimal}, // alone may be followed by (precision, scale)
};

// The type of a field.
struct FieldType {
    std::string sql;
    ValueKind values = ValueKind::any;
    bool is_array = false;
    const std::set<std::string> *labels = nullptr; // of an enum
};

// "text[][3]" taken apart.
struct ArrayName {
    std::string_view element;
    std::string_view brackets; // "" if it is no array
};
ArrayName split_array(std::string_view type);

// The table, and what a document puts in place of some of its entries.
class TypeMap {
  public:
    // "types" of the document. Error 22023 if it names a type that is not in the table.
    void override_types(const JsonNode &types);

    // Of the type of that name. An array is one of what its element stands for, if it has no
    // entry of its own.
    FieldType resolve(std::string_view name) const;

  private:
    std::map<std::string, std::string, std::less<>> overrides_;
};

// The value as an SQL literal to be assigned to a column of that type. Error 22023 if it cannot be one.
std::string literal(const JsonNode &value, const FieldType &type);

} // namespace linkgress::core
