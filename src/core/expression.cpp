#include "core/expression.hpp"

#include "core/kind.hpp"
#include "core/poll.hpp"

#include <vector>

namespace linkgress::core {

namespace {

// The position after a quoted text or name that starts here.
std::size_t skip_quoted(std::string_view text, std::size_t start)
{
    char quote = text[start];
    std::size_t i = start + 1;
    Steps steps;
    for (; i < text.size(); i++) {
        steps.take();
        if (text[i] == quote) {
            if (i + 1 < text.size() && text[i + 1] == quote)
                i++;
            else
                break;
        }
    }
    return i < text.size() ? i + 1 : text.size();
}

// The position of the bracket that closes the one that is open here, or npos.
std::size_t closing(std::string_view text, std::size_t open)
{
    int depth = 0;
    Steps steps;
    for (std::size_t i = open; i < text.size();) {
        steps.take();
        switch (text[i]) {
        case '\'':
        case '"':
            i = skip_quoted(text, i);
            continue;
        case '(':
        case '[':
            depth++;
            break;
        case ')':
        case ']':
            if (--depth == 0)
                return i;
            break;
        default:
            break;
        }
        i++;
    }
    return text.npos;
}

// Where `separator` stands outside of brackets and quotes.
std::vector<std::size_t> top_level(std::string_view text, std::string_view separator)
{
    std::vector<std::size_t> places;
    Steps steps;
    for (std::size_t i = 0; i < text.size();) {
        steps.take();
        char c = text[i];
        if (c == '\'' || c == '"') {
            i = skip_quoted(text, i);
        } else if (c == '(' || c == '[') {
            std::size_t end = closing(text, i);
            if (end == text.npos)
                break;
            i = end + 1;
        } else {
            if (text.substr(i, separator.size()) == separator)
                places.push_back(i);
            i++;
        }
    }
    return places;
}

// ((a AND b) AND c) is (a AND b AND c).
std::string flatten(std::string content)
{
    for (std::string_view separator : {" AND ", " OR "}) {
        for (;;) {
            poll();
            std::vector<std::size_t> places = top_level(content, separator);
            if (places.empty() || content[0] != '(' || closing(content, 0) != places[0] - 1)
                break;
            std::string first = content.substr(1, places[0] - 2);
            if (top_level(first, separator).empty())
                break;
            content = first + content.substr(places[0]);
        }
    }
    return content;
}

// (ARRAY[a, b])::text[] is ARRAY[(a)::text, (b)::text]. `open` is where the parenthesis stands.
bool push_cast(std::string &text, std::size_t open)
{
    static constexpr std::string_view array = "(ARRAY[";
    if (text.compare(open, array.size(), array) != 0)
        return false;
    std::size_t start = open + array.size();
    std::size_t end = closing(text, start - 1);
    if (end == text.npos || text.compare(end, 4, "])::") != 0)
        return false;
    std::size_t type = end + 4;
    std::size_t brackets = text.find("[]", type);
    if (brackets == text.npos ||
        text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_. \"", type) != brackets)
        return false;
    std::string cast = ")::" + text.substr(type, brackets - type);
    std::string content = text.substr(start, end - start);
    std::string result = "ARRAY[";
    std::size_t from = 0;
    std::vector<std::size_t> places = top_level(content, ", ");
    places.push_back(content.size());
    for (std::size_t place : places) {
        poll();
        result += (from == 0 ? "(" : ", (") + content.substr(from, place - from) + cast;
        from = place + 2;
    }
    text.replace(open, brackets + 2 - open, result + "]");
    return true;
}

} // namespace

std::string settle(std::string text)
{
    // Mostly there is nothing to settle.
    if (text.find(" AND ") == text.npos && text.find(" OR ") == text.npos && text.find("(ARRAY[") == text.npos)
        return text;
    for (std::size_t i = 0; i < text.size();) {
        poll();
        if (text[i] == '\'' || text[i] == '"') {
            i = skip_quoted(text, i);
            continue;
        }
        if (text[i] == '(' && !push_cast(text, i)) {
            std::size_t end = closing(text, i);
            if (end == text.npos)
                return text;
            text.replace(i + 1, end - i - 1, flatten(text.substr(i + 1, end - i - 1)));
        }
        i++;
    }
    return text;
}

void settle_definition(Object &object)
{
    bool is_routine = object.kind == Kind::function || object.kind == Kind::procedure || object.kind == Kind::aggregate;
    if (is_routine && !object.flag("has_parsed_body"))
        return;
    const std::vector<Attribute> &attributes = rules_of(object.kind).attributes;
    bool is_changed = false;
    for (auto &[number, value] : object.values)
        if (auto *text = std::get_if<std::string>(&value))
            for (const char *name : {"definition", "expression", "predicate", "generated", "using", "check", "default"})
                if (std::string_view(attributes[number].name) == name) {
                    std::string settled = settle(*text);
                    is_changed = is_changed || settled != *text;
                    *text = std::move(settled);
                }
    if (is_changed && object.kind == Kind::constraint)
        object.set("unsettled", true);
}

} // namespace linkgress::core
