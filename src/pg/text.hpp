// Texts in the server's encoding, cut for showing.
#pragma once

#include "pg/bridge.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linkgress::pg {

// At most `limit` bytes, cut between characters, with "..." behind when
// something was cut off.
std::string clip(std::string_view text, std::size_t limit);

// The part of a statement to show with an error: the line with the character at
// `position`, or where that is 0 its beginning; some 200 bytes of it.
struct Excerpt {
    std::string text;
    int position = 0; // of the same character in `text`; 0 stays 0
};
Excerpt excerpt(std::string_view statement, int position);

int count_characters(std::string_view text);

// From the server's encoding to UTF-8, and back. Error 22P05 for a character that the other one does not have.
std::string to_utf8(std::string_view text);
std::string from_utf8(std::string_view text);

// Line and column (in characters, both from 1) of a place in a text, an offset in bytes.
struct Place {
    int line = 0;
    int column = 0;
};
Place place_in(std::string_view text, std::size_t offset);

// The names in a list such as that of search_path: folded unless quoted. Nothing if it is none.
std::optional<std::vector<std::string>> split_identifiers(const std::string &list);

// Byte offset of the character at `position`, counting from 1.
std::size_t offset_of_character(std::string_view text, int position);

} // namespace linkgress::pg
