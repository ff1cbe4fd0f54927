#include "core/body_text.hpp"

#include "core/poll.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace linkgress::core {

namespace {

struct Character {
    std::string_view bytes;
    const char *name;
};

// What word processors, chats and web pages put in the place of ASCII.
constexpr std::array look_alikes = {
    Character{"\xEF\xBB\xBF", "U+FEFF (byte order mark)"},
    Character{"\xC2\x85", "U+0085 (next line)"},
    Character{"\xC2\xA0", "U+00A0 (no-break space)"},
    Character{"\xC2\xAD", "U+00AD (soft hyphen)"},
    Character{"\xE2\x80\x80", "U+2000 (en quad)"},
    Character{"\xE2\x80\x81", "U+2001 (em quad)"},
    Character{"\xE2\x80\x82", "U+2002 (en space)"},
    Character{"\xE2\x80\x83", "U+2003 (em space)"},
    Character{"\xE2\x80\x84", "U+2004 (three-per-em space)"},
    Character{"\xE2\x80\x85", "U+2005 (four-per-em space)"},
    Character{"\xE2\x80\x86", "U+2006 (six-per-em space)"},
    Character{"\xE2\x80\x87", "U+2007 (figure space)"},
    Character{"\xE2\x80\x88", "U+2008 (punctuation space)"},
    Character{"\xE2\x80\x89", "U+2009 (thin space)"},
    Character{"\xE2\x80\x8A", "U+200A (hair space)"},
    Character{"\xE2\x80\x8B", "U+200B (zero width space)"},
    Character{"\xE2\x80\x8C", "U+200C (zero width non-joiner)"},
    Character{"\xE2\x80\x8D", "U+200D (zero width joiner)"},
    Character{"\xE2\x80\x8E", "U+200E (left-to-right mark)"},
    Character{"\xE2\x80\x8F", "U+200F (right-to-left mark)"},
    Character{"\xE2\x80\x98", "U+2018 (left single quotation mark)"},
    Character{"\xE2\x80\x99", "U+2019 (right single quotation mark)"},
    Character{"\xE2\x80\x9C", "U+201C (left double quotation mark)"},
    Character{"\xE2\x80\x9D", "U+201D (right double quotation mark)"},
    Character{"\xE2\x80\xA8", "U+2028 (line separator)"},
    Character{"\xE2\x80\xA9", "U+2029 (paragraph separator)"},
    Character{"\xE2\x80\xAF", "U+202F (narrow no-break space)"},
    Character{"\xE2\x81\x9F", "U+205F (medium mathematical space)"},
    Character{"\xE2\x81\xA0", "U+2060 (word joiner)"},
    Character{"\xE3\x80\x80", "U+3000 (ideographic space)"},
};

const Character *look_alike_at(std::string_view text, std::size_t offset)
{
    for (const Character &character : look_alikes)
        if (text.substr(offset, character.bytes.size()) == character.bytes)
            return &character;
    return nullptr;
}

struct Marker {
    std::string_view begins; // the line, without dashes, white space and capitals
    const char *tool;
};
constexpr std::array markers = {
    Marker{"migrate:down", "dbmate"},        Marker{"+goosedown", "goose"},
    Marker{"+migratedown", "sql-migrate"},   Marker{"downmigration", "node-pg-migrate"},
    Marker{"createabove/dropbelow", "tern"}, Marker{"//@undo", "MyBatis Migrations"},
};
constexpr Marker liquibase = {"rollback", "Liquibase"};
constexpr std::size_t longest_marker = 64; // in bytes, dashes and white space included

// Liquibase's lines are such only in its own kind of file.
bool is_of_liquibase(std::string_view text)
{
    std::string head(text.substr(0, 1000));
    std::transform(head.begin(), head.end(), head.begin(), [](unsigned char c) { return std::tolower(c); });
    return head.find("liquibase formatted sql") != head.npos;
}

const char *tool_of(std::string_view line, bool is_liquibase)
{
    std::string squeezed;
    for (char c : line.substr(0, longest_marker))
        if (std::string_view("- \t\r").find(c) == std::string_view::npos)
            squeezed += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    for (const Marker &marker : markers)
        if (squeezed.starts_with(marker.begins))
            return marker.tool;
    return is_liquibase && squeezed.starts_with(liquibase.begins) ? liquibase.tool : nullptr;
}

} // namespace

std::optional<LookAlike> find_look_alike(std::string_view text, std::size_t from, std::size_t offset)
{
    std::optional<LookAlike> found;
    for (std::size_t at = from; at < text.size() && (at <= offset || !found); at++) {
        poll();
        if (const Character *character = look_alike_at(text, at))
            found = LookAlike{at, character->name};
    }
    return found;
}

std::optional<DownMarker> find_down_marker(std::string_view text, std::size_t from)
{
    bool is_liquibase = is_of_liquibase(text);
    for (std::size_t at = from; (at = text.find("--", at)) != text.npos;) {
        poll();
        std::size_t end = std::min(text.find('\n', at), text.size());
        std::size_t start = at == 0 ? 0 : text.find_last_of('\n', at - 1) + 1; // npos + 1 is 0
        std::string_view line = text.substr(at, end - at);
        bool begins_line = text.substr(start, at - start).find_first_not_of(" \t") == text.npos;
        if (const char *tool = begins_line ? tool_of(line, is_liquibase) : nullptr)
            return DownMarker{at, line.substr(0, line.find_last_not_of(" \t\r") + 1), tool};
        at = end;
    }
    return std::nullopt;
}

} // namespace linkgress::core
