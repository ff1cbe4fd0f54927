// The model: what users say that the schema is to be, in linkgress.model.
//
// Its parts are texts of definitions in SQL, or documents in JSON, which are turned into such. All of them are read
// before anything is run: which schemas they manage has to be known, and what cannot be part of a model is refused.
#pragma once

#include "core/error.hpp"
#include "core/json_model.hpp"
#include "engine/trust.hpp"
#include "pg/definition.hpp"

#include <set>
#include <string>
#include <vector>

namespace linkgress::engine {

struct ModelPart {
    std::string name;
    std::string source;
    std::string format; // sql or json
    Voucher voucher;
};

// A statement that says how those behind it are to be read: SET search_path, say.
struct ModelSetting {
    std::string name;
    std::string sql;
    int number = 0; // as of a statement
    std::size_t offset = 0;
};

struct ModelStatement {
    std::string sql;
    std::size_t part = 0;
    int number = 0;         // in the part, from 1
    std::size_t offset = 0; // in the source of the part, in bytes
    std::string path;       // in a JSON document; and of what of the statement
    std::vector<core::ModelPlace> places;
    std::size_t settings = 0; // how many of the part's settings come before it
    pg::Definition definition;
    std::string schema; // that an unqualified name of what it creates is to lead to
};

struct Model {
    std::vector<ModelPart> parts;
    std::vector<std::vector<ModelSetting>> settings; // of each part
    std::vector<ModelStatement> statements;
    std::vector<std::string> search_path; // at the beginning of each part
    std::vector<std::string> left_out;    // of the path, because others may have something in them
    std::vector<std::string> schemas;     // the managed ones, sorted
    std::vector<std::string> in_database; // what it has that is in no schema: "extension citext"
    std::vector<std::string> owners;      // roles that it makes owners
    std::vector<std::string> created_schemas;
    std::set<std::string> without_data; // materialized views that are to have no rows, by their ids
    bool says_privileges = false;
    bool says_default_privileges = false;

    // What read_catalog() is to read.
    std::vector<std::string> scope() const;
};

// The parts by name.
std::vector<ModelPart> stored_model_parts();

// The same. Raises 42501 when one was written by somebody who may not act as the caller: all of them are going
// to be run as the caller.
std::vector<ModelPart> read_model_parts();

// Raises an error, with its place, for what is no definition.
Model parse_model(std::vector<ModelPart> parts);

// Raises the errors that can be known of a part alone: those of parse_model().
void check_model_part(const std::string &name, const std::string &source, const std::string &format);

// While it lives, parts are stored that are going to be built at once: their trigger need not check them.
class ModelWrite {
  public:
    ModelWrite() noexcept;
    ~ModelWrite();
    ModelWrite(const ModelWrite &) = delete;
    ModelWrite &operator=(const ModelWrite &) = delete;

    static bool active() noexcept;
};

// Stores a part with the caller's own rights on the table: "stored", "replaced" or "unchanged".
const char *store_model_part(const std::string &name, const std::string &source, const std::string &format);

// Puts the place of a statement into an error of it: in words before its message, and for programs as the last line of
// its detail: part="x", statement=3, line=4, column=15
void locate(core::ErrorReport &report, const Model &model, const ModelStatement &statement);

} // namespace linkgress::engine
