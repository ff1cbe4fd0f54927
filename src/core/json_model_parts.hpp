// What a model in JSON says, checked, and with the names of SQL in place of the document's keys.
#pragma once

#include "core/json_document.hpp"
#include "core/script.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace linkgress::core {

using Names = std::vector<std::string>; // of columns

// Everything has the path of its place in the document. Texts named "..._sql" are SQL; an empty name
// is for PostgreSQL to choose.
struct ModelEnum {
    std::string schema;
    std::string name;
    std::vector<std::string> labels;
    std::optional<std::string> comment;
    std::string path;
    std::set<std::string> label_set = {}; // the same, to look them up
};

struct ModelColumn {
    std::string key;
    std::string name;
    std::string type_sql;
    std::string value_sql; // DEFAULT or GENERATED, with what comes after it
    bool is_required = true;
    bool is_unique = false;
    bool is_indexed = false;
    bool is_generated_id = false;
    std::optional<bool> is_primary_key; // if the field itself says so
    std::optional<std::string> comment;
    std::string path;
};

struct ModelUnique {
    std::string name;
    Names columns;
    std::string path;
};

struct ModelCheck {
    std::string name;
    std::string expression_sql;
    std::string path;
};

struct ModelIndex {
    std::string name;
    bool is_unique = false;
    std::string method;
    std::vector<std::string> elements_sql;
    Names include;
    std::string where_sql;
    std::string path;
};

struct ModelForeignKey {
    std::string name;
    Names columns;
    std::string target_schema;
    std::string target;
    Names target_columns; // none: the primary key
    std::string on_delete_sql;
    std::string on_update_sql;
    std::string path;
};

struct ModelTable {
    std::string key;
    std::string schema; // "" if the document names none
    std::string name;
    std::optional<std::int64_t> order;
    std::optional<std::string> comment;
    std::vector<ModelColumn> columns;
    Names primary_key;
    std::vector<ModelUnique> uniques;
    std::vector<ModelCheck> checks;
    std::vector<ModelIndex> indexes;
    std::vector<ModelForeignKey> foreign_keys;
    std::string path;
};

struct ModelSchema {
    std::string name;
    std::string path; // of the first mention
};

struct JsonModel {
    std::vector<ModelSchema> schemas;
    std::vector<ModelEnum> enums;
    std::vector<ModelTable> tables; // in the order in which they are to be created
};

// Error 22023, with the path, for a document that is not of the form.
JsonModel read_json_model(const JsonNode &document, Quote quote);

std::string qualified_name(Quote quote, const std::string &schema, const std::string &name);

} // namespace linkgress::core
