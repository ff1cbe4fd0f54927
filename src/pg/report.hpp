// Messages to the client that are not errors.
#pragma once

#include <string>

namespace linkgress::pg {

enum class Level { info, notice, warning };

// `detail` and `hint` may be empty. Raises nothing but a failure to send.
void report(Level level, const std::string &message, const std::string &detail = {}, const std::string &hint = {});

} // namespace linkgress::pg
