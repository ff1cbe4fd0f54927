// Procedures, which commit on their way.
#pragma once

#include "pg/entry.hpp"

namespace linkgress::api {

// Raises 25001 where the procedure cannot commit, with the function to use there.
void check_may_commit(FunctionCallInfo call_info, const char *procedure, const char *function);

} // namespace linkgress::api
