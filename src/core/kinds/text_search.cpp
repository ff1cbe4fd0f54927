// Text search: parsers, templates, dictionaries and configurations.

#include "core/kinds/options.hpp"
#include "core/script.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace linkgress::core {

namespace {

// ---- Parsers and templates

void create_with_parameters(Script &script, const Object &object)
{
    script.add("CREATE {} {} ({})", rules_of(object.kind).keyword, script.qualified(object),
               fmt::join(object.list("parameters"), ", "));
    add_common(script, object);
}

// ---- Dictionaries: options as "key = 'value'"

void create_dictionary(Script &script, const Object &dictionary)
{
    List clauses = dictionary.list("options");
    clauses.insert(clauses.begin(), "TEMPLATE = " + dictionary.text("template"));
    script.add("CREATE TEXT SEARCH DICTIONARY {} ({})", script.qualified(dictionary), fmt::join(clauses, ", "));
    add_common(script, dictionary);
}

std::string key_of(const std::string &option)
{
    return option.substr(0, option.find(" = "));
}

List keys_of(const List &options)
{
    List keys;
    for (const std::string &option : options)
        keys.push_back(key_of(option));
    return keys;
}

// All of them are said, so that they have the order of the target; a key alone takes the option away.
void set_dictionary_options(Script &script, const Change &change)
{
    const List &to = change.to.list("options");
    List clauses = only_in(keys_of(change.from.list("options")), keys_of(to));
    clauses.insert(clauses.end(), to.begin(), to.end());
    script.add("ALTER TEXT SEARCH DICTIONARY {} ({})", script.qualified(change.to), fmt::join(clauses, ", "));
}

// ---- Configurations: mappings as "token WITH dictionaries"

struct Mapping {
    std::string token;
    std::string dictionaries;
};

Mapping parse_mapping(const std::string &text)
{
    static constexpr std::string_view separator = " WITH ";
    std::size_t end = text.find(separator);
    return {text.substr(0, end), text.substr(end + separator.size())};
}

// By token
using Dictionaries = std::unordered_map<std::string_view, const std::string *>;

Dictionaries dictionaries_of(const std::vector<Mapping> &mappings)
{
    Dictionaries dictionaries;
    for (const Mapping &mapping : mappings)
        if (poll(); !dictionaries.contains(mapping.token))
            dictionaries.emplace(mapping.token, &mapping.dictionaries);
    return dictionaries;
}

std::vector<Mapping> mappings_of(const Object &configuration)
{
    std::vector<Mapping> mappings;
    for (const std::string &text : configuration.list("mappings"))
        mappings.push_back(parse_mapping(text));
    return mappings;
}

// Tokens with the same dictionaries in one statement
void map_tokens(Script &script, const Object &configuration, const char *action, const std::vector<Mapping> &mappings)
{
    std::vector<std::pair<std::string, List>> tokens_by_dictionaries;
    std::unordered_map<std::string_view, std::size_t> places; // by dictionaries
    for (const Mapping &mapping : mappings) {
        poll();
        auto [place, is_new] = places.try_emplace(mapping.dictionaries, tokens_by_dictionaries.size());
        if (is_new)
            tokens_by_dictionaries.push_back({mapping.dictionaries, {}});
        tokens_by_dictionaries[place->second].second.push_back(mapping.token);
    }
    for (const auto &[dictionaries, tokens] : tokens_by_dictionaries)
        script.add("ALTER TEXT SEARCH CONFIGURATION {} {} MAPPING FOR {} WITH {}", script.qualified(configuration),
                   action, fmt::join(tokens, ", "), dictionaries);
}

void create_configuration(Script &script, const Object &configuration)
{
    script.add("CREATE TEXT SEARCH CONFIGURATION {} (PARSER = {})", script.qualified(configuration),
               configuration.text("parser"));
    map_tokens(script, configuration, "ADD", mappings_of(configuration));
    add_common(script, configuration);
}

void set_mappings(Script &script, const Change &change)
{
    std::vector<Mapping> from = mappings_of(change.from);
    std::vector<Mapping> to = mappings_of(change.to);
    Dictionaries before = dictionaries_of(from);
    Dictionaries after = dictionaries_of(to);
    List removed;
    for (const Mapping &mapping : from)
        if (poll(); !after.contains(mapping.token))
            removed.push_back(mapping.token);
    std::vector<Mapping> added;
    std::vector<Mapping> changed;
    for (const Mapping &mapping : to) {
        poll();
        auto found = before.find(mapping.token);
        if (found == before.end())
            added.push_back(mapping);
        else if (*found->second != mapping.dictionaries)
            changed.push_back(mapping);
    }
    if (!removed.empty())
        script.add("ALTER TEXT SEARCH CONFIGURATION {} DROP MAPPING FOR {}", script.qualified(change.to),
                   fmt::join(removed, ", "));
    map_tokens(script, change.to, "ALTER", changed);
    map_tokens(script, change.to, "ADD", added);
}

} // namespace

std::vector<KindRules> text_search_kinds()
{
    return {
        {Kind::text_search_parser, "text_search_parser", nullptr, "TEXT SEARCH PARSER", NameSpace::none,
         with_comment({list("parameters")}), create_with_parameters, drop_by_keyword},
        {Kind::text_search_template, "text_search_template", nullptr, "TEXT SEARCH TEMPLATE", NameSpace::none,
         with_comment({list("parameters")}), create_with_parameters, drop_by_keyword},
        {Kind::text_search_dictionary, "text_search_dictionary", nullptr, "TEXT SEARCH DICTIONARY", NameSpace::none,
         with_common({text("template"), altered(list("options"), set_dictionary_options)}), create_dictionary,
         drop_by_keyword},
        {Kind::text_search_configuration, "text_search_configuration", nullptr, "TEXT SEARCH CONFIGURATION",
         NameSpace::none, with_common({text("parser"), altered(list("mappings"), set_mappings)}), create_configuration,
         drop_by_keyword},
    };
}

} // namespace linkgress::core
