// The desired schema as a JSON document, for programs that generate theirs. docs/json-model.md has its form.
#pragma once

#include "core/script.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace linkgress::core {

// From this byte of a statement on, the SQL comes from that place in the document.
struct ModelPlace {
    std::size_t offset = 0;
    std::string path;
};

struct ModelStatement {
    std::string sql;
    std::string path;                    // place in the document: tables.users
    std::vector<ModelPlace> places = {}; // of its parts, by offset: tables.users.fields.email
};

// The statements of a document in UTF-8, in an order that works: schemas, enum types, tables without
// their foreign keys, indexes, foreign keys, comments. What the document leaves unnamed, PostgreSQL
// names, so that the same schema written as SQL has the same catalogs. Types and expressions are the
// author's SQL, as written: a statement has to be parsed as exactly one.
//
// Errors: 22023, with the path, for a document that is not of the form; those of parse_json().
std::vector<ModelStatement> statements_of_json(std::string_view document, Quote quote);

// Where in the document an error lies that the server reports at this character of the statement,
// counted from 1; of the whole statement for 0.
const std::string &path_at(const ModelStatement &statement, int position);

} // namespace linkgress::core
