// Rows of linkgress.outcome.
#pragma once

#include "engine/run.hpp"
#include "pg/entry.hpp"

namespace linkgress::api {

// Returns the outcomes as the rows of the function; its Datum.
Datum add_outcomes(FunctionCallInfo call_info, const engine::Outcomes &outcomes);

} // namespace linkgress::api
