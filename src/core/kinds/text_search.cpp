// Text search: parsers, templates, dictionaries and configurations.

#include "core/kinds/options.hpp"
#include "core/script.hpp"

#include <algorithm>

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

// All of them are said, so that they have the order of the target; a key alone takes the option away.
void set_dictionary_options(Script &script, const Change &change)
{
    const List &to = change.to.list("options");
    List clauses;
    for (const std::string &option : change.from.list("options")) {
        std::string key = key_of(option);
        if (std::none_of(to.begin(), to.end(), [&](const std::string &other) { return key_of(other) == key; }))
            clauses.push_back(key);
    }
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

const std::string *dictionaries_for(const std::vector<Mapping> &mappings, const std::string &token)
{
    for (const Mapping &mapping : mappings)
        if (mapping.token == token)
            return &mapping.dictionaries;
    return nullptr;
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
    for (const Mapping &mapping : mappings) {
        auto found = std::find_if(tokens_by_dictionaries.begin(), tokens_by_dictionaries.end(),
                                  [&](const auto &entry) { return entry.first == mapping.dictionaries; });
        if (found == tokens_by_dictionaries.end())
            found = tokens_by_dictionaries.insert(found, {mapping.dictionaries, {}});
        found->second.push_back(mapping.token);
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
    List removed;
    for (const Mapping &mapping : from)
        if (dictionaries_for(to, mapping.token) == nullptr)
            removed.push_back(mapping.token);
    std::vector<Mapping> added;
    std::vector<Mapping> changed;
    for (const Mapping &mapping : to) {
        const std::string *before = dictionaries_for(from, mapping.token);
        if (before == nullptr)
            added.push_back(mapping);
        else if (*before != mapping.dictionaries)
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
