#include "pg/text.hpp"

#include "pg/postgres.hpp"

extern "C" {
#include "mb/pg_wchar.h"
}

namespace linkgress::pg {

namespace {

constexpr std::size_t excerpt_size = 200;
constexpr int characters_before = 60;

} // namespace

std::string clip(std::string_view text, std::size_t limit)
{
    if (text.size() <= limit)
        return std::string(text);
    int size = pg_mbcliplen(text.data(), static_cast<int>(text.size()), static_cast<int>(limit));
    return std::string(text.substr(0, static_cast<std::size_t>(size))) + "...";
}

Excerpt excerpt(std::string_view statement, int position)
{
    if (statement.size() <= excerpt_size)
        return {std::string(statement), position};
    int skipped = std::max(position - 1 - characters_before, 0);
    std::string_view rest = statement.substr(offset_of_character(statement, skipped + 1));
    return {clip(rest, excerpt_size), position > 0 ? position - skipped : 0};
}

std::size_t offset_of_character(std::string_view text, int position)
{
    std::size_t offset = 0;
    for (int character = 1; character < position && offset < text.size(); character++)
        offset += static_cast<std::size_t>(pg_mblen(text.data() + offset));
    return std::min(offset, text.size());
}

} // namespace linkgress::pg
