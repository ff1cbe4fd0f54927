#include "core/json.hpp"

#include <fmt/format.h>

namespace linkgress::core {

void append_json_string(std::string &json, std::string_view text)
{
    json += '"';
    for (char c : text) {
        auto code = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            json += '\\';
            json += c;
        } else if (code < 0x20) {
            json += fmt::format("\\u{:04x}", static_cast<unsigned>(code));
        } else {
            json += c;
        }
    }
    json += '"';
}

} // namespace linkgress::core
