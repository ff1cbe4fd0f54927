// Languages, base types, transforms, casts, access methods, collations and conversions.

#include "core/kinds/options.hpp"
#include "core/script.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>

namespace linkgress::core {

namespace {

// ---- Languages

void define_language(Script &script, const Object &language, const char *verb)
{
    script.add("{} {}LANGUAGE {} HANDLER {}{}{}", verb, language.flag("trusted") ? "TRUSTED " : "",
               script.quote(language.name), language.text("handler"),
               language.has("inline") ? " INLINE " + language.text("inline") : "",
               language.has("validator") ? " VALIDATOR " + language.text("validator") : "");
}

void create_language(Script &script, const Object &language)
{
    define_language(script, language, "CREATE");
    add_common(script, language);
}

void alter_language(Script &script, const Change &change)
{
    const auto &[from, to] = change;
    if (from.flag("trusted") != to.flag("trusted") || from.text("handler") != to.text("handler") ||
        from.text("inline") != to.text("inline") || from.text("validator") != to.text("validator"))
        define_language(script, to, "CREATE OR REPLACE");
    alter_attributes(script, change);
}

// Privileges on a language that is not trusted can neither be granted nor revoked.
bool has_no_grants(const Change &change)
{
    return change.to.flag("trusted") || !(change.from.has("grants") || change.from.has("revoked"));
}

// ---- Base types: parameters as "INPUT = f"

// Its functions need the type, and the type needs them: it comes as a shell before them.
void create_base_type(Script &script, const Object &type)
{
    if (!script.children.empty())
        script.add("CREATE TYPE {}", script.qualified(type));
    for (const Object *function : script.children)
        rules_of(function->kind).create(script, *function);
    script.add("CREATE TYPE {} ({})", script.qualified(type), fmt::join(type.list("parameters"), ", "));
    add_common(script, type);
}

// Neither its functions nor the type can go alone. Whatever else there was is gone by now.
void drop_base_type(Script &script, const Object &type)
{
    script.add("DROP TYPE {} CASCADE", script.qualified(type));
}

std::string key_of(const std::string &parameter)
{
    return parameter.substr(0, parameter.find(" = "));
}

bool sets_parameters(const Change &change)
{
    static constexpr std::array settable = {"RECEIVE", "SEND", "TYPMOD_IN", "TYPMOD_OUT", "ANALYZE", "SUBSCRIPT"};
    auto can_be_set = [](const std::string &parameter) {
        return std::find(settable.begin(), settable.end(), key_of(parameter)) != settable.end();
    };
    List removed = only_in(change.from.list("parameters"), change.to.list("parameters"));
    List added = only_in(change.to.list("parameters"), change.from.list("parameters"));
    return std::all_of(removed.begin(), removed.end(), can_be_set) &&
           std::all_of(added.begin(), added.end(), can_be_set);
}

void set_parameters(Script &script, const Change &change)
{
    List settings = only_in(change.to.list("parameters"), change.from.list("parameters"));
    auto is_set = [&](const std::string &key) {
        return std::any_of(settings.begin(), settings.end(), [&](const std::string &s) { return key_of(s) == key; });
    };
    for (const std::string &parameter : only_in(change.from.list("parameters"), change.to.list("parameters")))
        if (!is_set(key_of(parameter)))
            settings.push_back(key_of(parameter) + " = NONE");
    script.add("ALTER TYPE {} SET ({})", script.qualified(change.to), fmt::join(settings, ", "));
}

// ---- Transforms: the name is "FOR type LANGUAGE language"

void define_transform(Script &script, const Object &transform, const char *verb)
{
    List functions;
    if (transform.has("from_sql"))
        functions.push_back("FROM SQL WITH FUNCTION " + transform.text("from_sql"));
    if (transform.has("to_sql"))
        functions.push_back("TO SQL WITH FUNCTION " + transform.text("to_sql"));
    script.add("{} TRANSFORM {} ({})", verb, transform.name, fmt::join(functions, ", "));
}

void create_transform(Script &script, const Object &transform)
{
    define_transform(script, transform, "CREATE");
    add_common(script, transform);
}

void alter_transform(Script &script, const Change &change)
{
    const auto &[from, to] = change;
    if (from.text("from_sql") != to.text("from_sql") || from.text("to_sql") != to.text("to_sql"))
        define_transform(script, to, "CREATE OR REPLACE");
    alter_attributes(script, change);
}

// ---- Casts: the name is "(source AS target)"

void create_cast(Script &script, const Object &cast)
{
    script.add("CREATE CAST {} {}{}", cast.name, cast.text("method"),
               cast.has("context") ? " AS " + cast.text("context") : "");
    add_common(script, cast);
}

// ---- The rest

void create_access_method(Script &script, const Object &method)
{
    script.add("CREATE ACCESS METHOD {} TYPE {} HANDLER {}", script.quote(method.name), method.text("type"),
               method.text("handler"));
    add_common(script, method);
}

void create_collation(Script &script, const Object &collation)
{
    script.add("CREATE COLLATION {} ({})", script.qualified(collation), fmt::join(collation.list("parameters"), ", "));
    add_common(script, collation);
}

void create_conversion(Script &script, const Object &conversion)
{
    script.add("CREATE {}CONVERSION {} FOR {} TO {} FROM {}", conversion.flag("default") ? "DEFAULT " : "",
               script.qualified(conversion), quote_literal(conversion.text("from")),
               quote_literal(conversion.text("to")), conversion.text("function"));
    add_common(script, conversion);
}

} // namespace

std::vector<KindRules> language_kinds()
{
    return {
        {Kind::language, "language", nullptr, "LANGUAGE", NameSpace::none,
         with_common({
             altered(flag("trusted"), nullptr, has_no_grants),
             altered(text("handler"), nullptr),
             altered(text("inline"), nullptr),
             altered(text("validator"), nullptr),
         }),
         create_language, drop_by_keyword, alter_language},
        {Kind::base_type, "base_type", nullptr, "TYPE", NameSpace::type,
         with_common({altered(list("parameters"), set_parameters, sets_parameters)}), create_base_type, drop_base_type},
        {Kind::transform, "transform", nullptr, "TRANSFORM", NameSpace::none,
         with_comment({altered(text("from_sql"), nullptr), altered(text("to_sql"), nullptr)}), create_transform,
         drop_by_keyword, alter_transform},
        {Kind::cast, "cast", nullptr, "CAST", NameSpace::none, with_comment({text("method"), text("context")}),
         create_cast, drop_by_keyword},
        {Kind::access_method, "access_method", nullptr, "ACCESS METHOD", NameSpace::none,
         with_comment({text("type"), text("handler")}), create_access_method, drop_by_keyword},
        {Kind::collation, "collation", nullptr, "COLLATION", NameSpace::none, with_common({list("parameters")}),
         create_collation, drop_by_keyword},
        {Kind::conversion, "conversion", nullptr, "CONVERSION", NameSpace::none,
         with_common({flag("default"), text("from"), text("to"), text("function")}), create_conversion,
         drop_by_keyword},
    };
}

} // namespace linkgress::core
