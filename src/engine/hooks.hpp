// Hooks: bodies that run before and after what Linkgress does.
#pragma once

#include "engine/trust.hpp"

#include <string>

namespace linkgress::engine {

// Raises an error when a body cannot be a hook's.
void check_hook_body(const std::string &hook, std::string body);

// What a managed hook has created is known by the hook's name.
void forget_hook_objects(const std::string &hook);
void forget_all_hook_objects();
void rename_hook_objects(const std::string &hook, const std::string &new_name);

} // namespace linkgress::engine
