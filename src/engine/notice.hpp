// What a call tells while it works.
#pragma once

#include <string>

namespace linkgress::engine {

// A NOTICE, unless linkgress.verbosity is quiet.
void notice(const std::string &message, const std::string &detail = {}, const std::string &hint = {});

} // namespace linkgress::engine
