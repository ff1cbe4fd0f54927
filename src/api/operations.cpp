#include "api/operations.hpp"

namespace linkgress::api {

std::string text_array(const std::vector<core::Hazard> &hazards)
{
    std::string text = "{";
    for (const core::Hazard &hazard : hazards)
        text += (text.size() > 1 ? "," : "") + std::string(hazard.name);
    return text + "}";
}

namespace {

using pg::Column;

// linkgress.operation
pg::ResultSet plain_operations(FunctionCallInfo call_info)
{
    return {call_info,
            {Column::integer, Column::text, Column::text, Column::text, Column::boolean, Column::text_array,
             Column::jsonb}};
}

// linkgress.planned_operation
pg::ResultSet planned_operations(FunctionCallInfo call_info)
{
    return {call_info,
            {Column::integer, Column::text, Column::text, Column::text, Column::boolean, Column::text_array,
             Column::jsonb, Column::text}};
}

} // namespace

Datum add_operations(FunctionCallInfo call_info, const std::vector<core::Operation> &operations,
                     const std::optional<std::string> &plan)
{
    pg::ResultSet rows = plan ? planned_operations(call_info) : plain_operations(call_info);
    int ordinal = 0;
    for (const core::Operation &operation : operations) {
        std::vector<std::optional<std::string>> row = {std::to_string(++ordinal),
                                                       operation.type,
                                                       operation.object,
                                                       operation.sql(),
                                                       operation.destructive ? "t" : "f",
                                                       text_array(operation.hazards),
                                                       operation.shown_details()};
        if (plan)
            row.push_back(*plan);
        rows.add(row);
    }
    return 0;
}

} // namespace linkgress::api
