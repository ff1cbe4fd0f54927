#include "pg/text.hpp"

#include "pg/postgres.hpp"

extern "C" {
#include "mb/pg_wchar.h"
#include "nodes/pg_list.h"
#include "utils/varlena.h"
}

namespace linkgress::pg {

namespace {

constexpr std::size_t excerpt_size = 200;
constexpr int characters_before = 60;

// The line with the character at `position`, and the position in it.
Excerpt line_at(std::string_view statement, int position)
{
    std::size_t offset = offset_of_character(statement, position);
    std::size_t start = offset == 0 ? 0 : statement.rfind('\n', offset - 1) + 1; // npos + 1 is 0
    std::size_t end = std::min(statement.find('\n', offset), statement.size());
    int before = count_characters(statement.substr(start, offset - start));
    return {std::string(statement.substr(start, end - start)), before + 1};
}

} // namespace

int count_characters(std::string_view text)
{
    // Apart: it reads the text and nothing else, and errors are described with it.
    return call_apart([&]() noexcept { return pg_mbstrlen_with_len(text.data(), static_cast<int>(text.size())); });
}

std::string clip(std::string_view text, std::size_t limit)
{
    if (text.size() <= limit)
        return std::string(text);
    int size = pg_mbcliplen(text.data(), static_cast<int>(text.size()), static_cast<int>(limit));
    return std::string(text.substr(0, static_cast<std::size_t>(size))) + "...";
}

Excerpt excerpt(std::string_view statement, int position)
{
    if (position == 0)
        return {clip(statement, excerpt_size), 0};
    Excerpt line = line_at(statement, position);
    if (line.text.size() <= excerpt_size)
        return line;
    int skipped = std::max(line.position - 1 - characters_before, 0);
    std::string_view rest = std::string_view(line.text).substr(offset_of_character(line.text, skipped + 1));
    return {clip(rest, excerpt_size), line.position - skipped};
}

namespace {

// `converted` is the text itself where nothing was to be done.
std::string take_converted(std::string_view text, char *converted)
{
    if (converted == text.data())
        return std::string(text);
    std::string result = converted;
    pfree(converted);
    return result;
}

} // namespace

std::string to_utf8(std::string_view text)
{
    return take_converted(
        text, call([&]() noexcept { return pg_server_to_any(text.data(), static_cast<int>(text.size()), PG_UTF8); }));
}

std::string from_utf8(std::string_view text)
{
    return take_converted(
        text, call([&]() noexcept { return pg_any_to_server(text.data(), static_cast<int>(text.size()), PG_UTF8); }));
}

Place place_in(std::string_view text, std::size_t offset)
{
    std::string_view before = text.substr(0, offset);
    std::size_t line_start = before.rfind('\n') + 1; // npos + 1 is 0
    Place place;
    place.line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1;
    place.column = count_characters(before.substr(line_start)) + 1;
    return place;
}

std::optional<std::vector<std::string>> split_identifiers(const std::string &list)
{
    std::string copy = list; // which is written into
    List *names = NIL;
    if (!call([&]() noexcept { return SplitIdentifierString(copy.data(), ',', &names); }))
        return std::nullopt;
    std::vector<std::string> result;
    ListCell *cell;
    foreach (cell, names)
        result.emplace_back(static_cast<const char *>(lfirst(cell)));
    return result;
}

std::size_t offset_of_character(std::string_view text, int position)
{
    std::size_t offset = 0;
    for (int character = 1; character < position && offset < text.size(); character++)
        offset += static_cast<std::size_t>(pg_mblen(text.data() + offset));
    return std::min(offset, text.size());
}

} // namespace linkgress::pg
