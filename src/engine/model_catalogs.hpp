// The catalogs as a DO block of a model is to see them: without the schemas that are out of the way.
//
// IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = 'c') asks for the constraint of the model. That of the
// database is still there, in a schema of another name. So before the model is built, views of the catalogs are made
// that leave out what is in such schemas: temporary ones, which are found before the catalogs where search_path does
// not name pg_temp; and those of information_schema in a schema of that name.
#pragma once

#include "engine/model.hpp"

#include <string>

namespace linkgress::engine {

// For what the DO blocks of the model name, and the functions that these may call. To be called when the schemas are
// out of the way, in the same subtransaction.
void filter_catalogs(const Model &model);

// Raises 0A000 if a DO block asks a catalog in a way that passes the filter.
void check_block(const ModelStatement &statement);

} // namespace linkgress::engine
