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

namespace {

std::string escape(char c)
{
    constexpr std::string_view named = "\"\\\b\f\n\r\t";
    constexpr std::string_view letters = "\"\\bfnrt";
    if (std::size_t found = named.find(c); found != std::string_view::npos)
        return std::string("\\") + letters[found];
    return fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
}

// Of every byte that may have to be escaped.
std::vector<std::string> all_escapes()
{
    std::vector<std::string> escapes;
    for (int c = 0; c < 128; c++)
        escapes.push_back(escape(static_cast<char>(c)));
    return escapes;
}

} // namespace

void append_json_pieces(std::vector<std::string_view> &pieces, std::string_view text)
{
    static const std::vector<std::string> escapes = all_escapes();
    auto is_special = [](char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; };
    pieces.push_back("\"");
    while (!text.empty()) {
        auto end = static_cast<std::size_t>(std::find_if(text.begin(), text.end(), is_special) - text.begin());
        pieces.push_back(text.substr(0, end));
        if (end < text.size())
            pieces.push_back(escapes[static_cast<unsigned char>(text[end])]);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    pieces.push_back("\"");
}

} // namespace linkgress::core
