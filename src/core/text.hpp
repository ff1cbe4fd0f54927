// Texts: quoting, and what of a body counts for its checksum.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace linkgress::core {

// A text as an SQL string literal, to be copied from a hint.
std::string quote_literal(std::string_view text);

// A text between double quotes, for programs: " and \ behind a backslash.
std::string quote_double(std::string_view text);

// The pieces of a body that its checksum covers, in order. Left out are the CR
// of every CRLF and the blanks at the end of the body, which editors and
// version control change on their own; nothing else.
std::vector<std::string_view> canonical_pieces(std::string_view body);

// A statement, to be followed by another one
std::string with_semicolon(std::string statement);

// A name with an ending, cut between characters (of UTF-8) so that the server does not cut it: at most 63 bytes.
std::string with_suffix(const std::string &name, const std::string &suffix);

// Does the whole text match a pattern in which * stands for any characters and ? for one?
bool matches(std::string_view text, std::string_view pattern);

} // namespace linkgress::core
