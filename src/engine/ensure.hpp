// Creating what is missing of the model, dropping what is there of it.
#pragma once

#include "core/plan.hpp"

#include <string>
#include <vector>

namespace linkgress::engine {

// Creates, alters nothing and drops nothing; then runs the hooks of after_create. What it did. A NOTICE names what is
// there, but differs from the model.
std::vector<core::Operation> ensure_created();

// Drops what the model names, in an order that works; extensions, and schemas in which something else is, stay. What it
// did. Errors: 22023 unless `confirm` is the name of the database, 42501 in a protected one, 2BP01 if something else
// depends on it, unless with `cascade`, which drops that, too.
std::vector<core::Operation> ensure_deleted(const std::string &confirm, bool cascade);

} // namespace linkgress::engine
