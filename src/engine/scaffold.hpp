// Writing plans into the registry as migrations.
#pragma once

#include <string>

namespace linkgress::engine {

// Registers what makes the database equal to the model as a pending migration, with the way back as its down body. Its
// name: UTC time and label, later than that of every other migration of such a name. `concurrently`: indexes that can
// be built and dropped by themselves are a migration of their own, outside of a transaction; then it is that one's
// name.
//
// Errors: LG001 without a difference; those of compare_with_model() and of register_migration().
std::string scaffold(const std::string &label, bool concurrently);

// Registers a migration whose bodies are yet to be written.
std::string scaffold_empty(const std::string &label);

} // namespace linkgress::engine
