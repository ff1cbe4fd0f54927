#include "core/text.hpp"

#include "core/poll.hpp"

#include <algorithm>

namespace linkgress::core {

namespace {

// Puts `escape` before each of these characters.
std::string escaped(std::string_view text, std::string_view characters, char escape)
{
    std::string result;
    Steps steps;
    for (char c : text) {
        steps.take();
        if (characters.find(c) != characters.npos)
            result += escape;
        result += c;
    }
    return result;
}

} // namespace

std::string quote_literal(std::string_view text)
{
    bool has_backslash = text.find('\\') != text.npos;
    std::string quoted = escaped(text, "'", '\'');
    return has_backslash ? "E'" + escaped(quoted, "\\", '\\') + "'" : "'" + quoted + "'";
}

std::string quote_double(std::string_view text)
{
    return '"' + escaped(text, "\"\\", '\\') + '"';
}

std::vector<std::string_view> canonical_pieces(std::string_view body)
{
    body = body.substr(0, body.find_last_not_of(" \t\r\n\f\v") + 1);
    std::vector<std::string_view> pieces;
    std::size_t start = 0;
    Steps steps;
    for (std::size_t found = body.find("\r\n"); found != body.npos; found = body.find("\r\n", start)) {
        steps.take();
        pieces.push_back(body.substr(start, found - start));
        start = found + 1;
    }
    pieces.push_back(body.substr(start));
    return pieces;
}

std::string with_semicolon(std::string statement)
{
    if (!statement.empty() && statement.back() != ';')
        statement += ';';
    return statement;
}

std::string with_suffix(const std::string &name, const std::string &suffix)
{
    constexpr std::size_t longest = 63;
    auto is_inside_character = [&](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; };
    std::size_t length = std::min(name.size(), longest - suffix.size());
    while (length > 0 && length < name.size() && is_inside_character(name[length]))
        length--;
    return name.substr(0, length) + suffix;
}

bool matches(std::string_view text, std::string_view pattern)
{
    poll();
    // After the last *: where to go on when what follows it does not fit.
    std::size_t star = pattern.npos;
    std::size_t retry = 0;
    std::size_t t = 0;
    std::size_t p = 0;
    Steps steps;
    while (t < text.size()) {
        steps.take();
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            retry = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            p++;
            t++;
        } else if (star != pattern.npos) {
            p = star + 1;
            t = ++retry;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        p++;
    return p == pattern.size();
}

} // namespace linkgress::core
