#include "core/json.hpp"

#include "core/poll.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace linkgress::core {

namespace {

void append_escaped(std::string &json, std::string_view text)
{
    auto is_plain = [](char c) { return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20; };
    for (auto c = text.begin(); c != text.end();) {
        auto end = std::find_if_not(c, text.end(), is_plain);
        json.append(c, end);
        if (end == text.end())
            break;
        if (*end == '"' || *end == '\\')
            json.append({'\\', *end});
        else
            json += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(*end)));
        c = end + 1;
    }
}

} // namespace

void append_json_string(std::string &json, std::string_view text)
{
    json += '"';
    in_pieces(text, [&](std::string_view piece) { append_escaped(json, piece); });
    json += '"';
}

} // namespace linkgress::core
