#include "pg/json.hpp"

#include "pg/postgres.hpp"

extern "C" {
#include "lib/stringinfo.h"
#include "utils/json.h"
}

namespace linkgress::pg {

std::string json_string(const std::string &text)
{
    StringInfoData buffer;
    call([&]() noexcept {
        initStringInfo(&buffer);
        escape_json(&buffer, text.c_str());
    });
    std::string result(buffer.data, static_cast<std::size_t>(buffer.len));
    pfree(buffer.data);
    return result;
}

} // namespace linkgress::pg
