#include "core/secret.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <string_view>

namespace linkgress::core {

namespace {

// "password=x" is an option; without "=" all of it is the value.
std::size_t value_in(const std::string &option)
{
    std::size_t separator = option.find('=');
    return separator == option.npos ? 0 : separator + 1;
}

void replace_all(std::string &text, const std::string &what, const std::string &with)
{
    for (std::size_t place = text.find(what); place != text.npos; place = text.find(what, place + with.size()))
        text.replace(place, what.size(), with);
}

// Shorter ones are in every other word.
constexpr std::size_t shortest_piece = 3;

List pieces_of(const List &secrets)
{
    List pieces;
    auto add = [&](std::string_view piece) {
        if (piece.size() >= shortest_piece)
            pieces.emplace_back(piece);
    };
    for (const std::string &secret : secrets) {
        add(secret);
        constexpr std::string_view separators = " \t\n'\"\\=:@/&?";
        std::string_view rest = secret;
        while (!rest.empty()) {
            std::size_t end = rest.find_first_of(separators);
            bool is_keyword = end != rest.npos && rest[end] == '=';
            if (!is_keyword)
                add(rest.substr(0, end));
            rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
        }
    }
    // One may be a part of another.
    std::sort(pieces.begin(), pieces.end(),
              [](const std::string &a, const std::string &b) { return a.size() > b.size(); });
    return pieces;
}

} // namespace

void add_secrets(List &secrets, const Object &object)
{
    const std::vector<Attribute> &attributes = rules_of(object.kind).attributes;
    for (const auto &[number, value] : object.values) {
        if (!attributes[number].is_secret)
            continue;
        if (const auto *text = std::get_if<std::string>(&value); text != nullptr && !text->empty())
            secrets.push_back(*text);
        if (const auto *list = std::get_if<List>(&value))
            for (const std::string &option : *list)
                if (std::string secret = option.substr(value_in(option)); !secret.empty())
                    secrets.push_back(std::move(secret));
    }
}

bool has_secrets(const Snapshot &snapshot)
{
    List secrets;
    for (ObjectIndex i = 0; i < snapshot.size() && secrets.empty(); i++)
        add_secrets(secrets, snapshot[i]);
    return !secrets.empty();
}

Value without_secrets(const Attribute &attribute, const Value &value)
{
    if (!attribute.is_secret)
        return value;
    const auto *list = std::get_if<List>(&value);
    if (list == nullptr)
        return std::string(not_kept);
    List kept;
    for (const std::string &option : *list)
        kept.push_back(option.substr(0, value_in(option)) + not_kept);
    return kept;
}

std::string without_secrets(const std::string &statement, const List &secrets)
{
    std::string kept = statement;
    for (const std::string &secret : secrets)
        replace_all(kept, quote_literal(secret), quote_literal(not_kept));
    return kept;
}

void hide_secrets(ErrorReport &report, const List &secrets)
{
    for (const std::string &piece : pieces_of(secrets))
        for (std::string *text : {&report.message, &report.detail, &report.detail_log, &report.hint, &report.context,
                                  &report.internal_query})
            replace_all(*text, piece, not_kept);
}

} // namespace linkgress::core
