// Operations of a plan as rows.
#pragma once

#include "core/plan.hpp"
#include "pg/entry.hpp"

#include <optional>
#include <string>
#include <vector>

namespace linkgress::api {

// The names of hazards, as text[] has them.
std::string text_array(const std::vector<core::Hazard> &hazards);

// The result of a function that RETURNS SETOF linkgress.operation, or with a plan, of linkgress.planned_operation.
Datum add_operations(FunctionCallInfo call_info, const std::vector<core::Operation> &operations,
                     const std::optional<std::string> &plan = std::nullopt);

} // namespace linkgress::api
