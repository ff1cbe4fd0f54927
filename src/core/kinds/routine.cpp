// Functions and procedures.

#include "core/kinds/options.hpp"
#include "core/script.hpp"

#include <algorithm>

namespace linkgress::core {

namespace {

// A body that is a string is not looked into: what it names may come later.
void run_definition(Script &script, const Object &routine)
{
    if (!routine.flag("has_parsed_body"))
        script.add_text("SET LOCAL check_function_bodies = off");
    script.add_text(routine.text("definition"));
}

void create_routine(Script &script, const Object &routine)
{
    run_definition(script, routine);
    add_common(script, routine);
}

void replace_routine(Script &script, const Change &change)
{
    run_definition(script, change.to);
}

void alter_routine(Script &script, const Change &change)
{
    bool has_other_text = change.from.text("definition") != change.to.text("definition");
    if (!runs_as_owner(change.from) && !runs_as_owner(change.to)) {
        alter_attributes(script, change);
        return;
    }
    close_while(script, change, [&] {
        if (has_other_text)
            run_definition(script, change.to);
    });
    Object rest = change.from;
    for (const char *done : {"definition", "owner", "grants", "revoked"})
        rest.remove(done);
    Object wanted = change.to;
    for (const char *done : {"definition", "owner", "grants", "revoked"})
        wanted.remove(done);
    alter_attributes(script, {rest, wanted});
}

// CREATE OR REPLACE may give names to arguments that had none, and add defaults; nothing else of the signature.
bool keeps_signature(const Change &change)
{
    const auto &[from, to] = change;
    if (from.text("result") != to.text("result"))
        return false;
    const List &before = from.list("argument_names");
    const List &after = to.list("argument_names");
    for (std::size_t i = 0; i < before.size(); i++)
        if (!before[i].empty() && (i >= after.size() || before[i] != after[i]))
            return false;
    return from.number("defaults") <= to.number("defaults");
}

std::vector<Attribute> routine_attributes()
{
    return with_common({
        altered(text("definition"), replace_routine, keeps_signature),
        text("result"),
        list("output_arguments"),
        text("routine_kind"),
        list("argument_names", Means::nothing),
        number("defaults", Means::nothing),
        flag("has_parsed_body", Means::nothing),
        flag("calls_itself", Means::nothing),
    });
}

} // namespace

std::vector<KindRules> routine_kinds()
{
    return {
        {Kind::function, "function", nullptr, "FUNCTION", NameSpace::routine, routine_attributes(), create_routine,
         drop_by_keyword, alter_routine},
        {Kind::procedure, "procedure", nullptr, "PROCEDURE", NameSpace::routine, routine_attributes(), create_routine,
         drop_by_keyword, alter_routine},
    };
}

} // namespace linkgress::core
