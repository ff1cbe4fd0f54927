#include "api/operations.hpp"

namespace linkgress::api {

std::string text_array(const std::vector<core::Hazard> &hazards)
{
    std::string text = "{";
    for (const core::Hazard &hazard : hazards)
        text += (text.size() > 1 ? "," : "") + std::string(hazard.name);
    return text + "}";
}

Datum add_operations(FunctionCallInfo call_info, const std::vector<core::Operation> &operations,
                     const std::optional<std::string> &plan)
{
    pg::ResultSet rows(call_info);
    int ordinal = 0;
    for (const core::Operation &operation : operations) {
        std::vector<std::optional<std::string>> row = {std::to_string(++ordinal),
                                                       operation.type,
                                                       operation.object,
                                                       operation.sql(),
                                                       operation.destructive ? "t" : "f",
                                                       text_array(operation.hazards),
                                                       operation.details};
        if (plan)
            row.push_back(*plan);
        rows.add(row);
    }
    return 0;
}

} // namespace linkgress::api
