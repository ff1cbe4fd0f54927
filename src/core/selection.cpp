#include "core/selection.hpp"

#include "core/error.hpp"
#include "core/sqlstate.hpp"
#include "core/text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace linkgress::core {

namespace {

constexpr std::size_t names_shown = 5;

std::vector<std::string> names_in(const std::vector<Candidate> &candidates, State state)
{
    std::vector<std::string> names;
    for (const Candidate &candidate : candidates)
        if (candidate.state == state)
            names.push_back(candidate.name);
    return names;
}

std::string list(const std::vector<std::string> &names)
{
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), names_shown); i++)
        text += fmt::format("{}\"{}\"", i == 0 ? "" : ", ", names[i]);
    if (names.size() > names_shown)
        text += fmt::format(" and {} more", names.size() - names_shown);
    return text;
}

void check_unchanged(const std::vector<Candidate> &candidates)
{
    auto changed = std::find_if(candidates.begin(), candidates.end(),
                                [](const Candidate &c) { return c.state == State::changed; });
    if (changed != candidates.end())
        throw Error(sqlstate::object_not_in_prerequisite_state,
                    fmt::format("the text of migration \"{}\" was changed after it was applied", changed->name),
                    fmt::format("Its checksum was {} when it was applied, and is {} now. Changed in all: {}.",
                                changed->journal_checksum, changed->registry_checksum,
                                list(names_in(candidates, State::changed))),
                    fmt::format("Put the text back, or accept the present one with SELECT * FROM"
                                " linkgress.repair({}, 'accept').",
                                quote_literal(changed->name)));
}

void check_none_missing(const std::vector<Candidate> &candidates)
{
    std::vector<std::string> missing = names_in(candidates, State::missing);
    if (!missing.empty())
        throw Error(sqlstate::object_not_in_prerequisite_state,
                    fmt::format("applied migrations are missing from the registry: {}", list(missing)), {},
                    "Register them again, forget them with linkgress.repair(name, 'forget'), or go on without them with"
                    " ignore_missing => true.");
}

void check_target(const Target &target)
{
    if (!target.is_known)
        throw Error(sqlstate::undefined_object, fmt::format("migration \"{}\" does not exist", target.name), {},
                    "SELECT * FROM linkgress.status() shows the migrations of this database.");
    if (target.is_applied && !target.repeatable && target.name < target.last_applied)
        throw Error(sqlstate::object_not_in_prerequisite_state,
                    fmt::format("target \"{}\" is behind what is applied", target.name),
                    fmt::format("The last applied migration is \"{}\".", target.last_applied),
                    fmt::format("To revert what was applied after it, use linkgress.rollback_to({}).",
                                quote_literal(target.name)));
}

// Versioned ones first, then the repeatable ones, each in byte order.
bool comes_before(const Candidate &a, const Candidate &b)
{
    return a.repeatable != b.repeatable ? b.repeatable : a.name < b.name;
}

bool is_within(const Candidate &candidate, const Target &target)
{
    if (candidate.repeatable != target.repeatable)
        return target.repeatable;
    return candidate.name <= target.name;
}

} // namespace

State parse_state(const std::string &name)
{
    if (name == "pending")
        return State::pending;
    if (name == "changed")
        return State::changed;
    if (name == "partial")
        return State::partial;
    return name == "missing" ? State::missing : State::applied;
}

std::vector<Candidate> select_pending(const std::vector<Candidate> &candidates, const std::optional<Target> &target,
                                      bool ignore_missing)
{
    if (target)
        check_target(*target);
    check_unchanged(candidates);
    if (!ignore_missing)
        check_none_missing(candidates);
    std::vector<Candidate> selected;
    for (const Candidate &candidate : candidates)
        if ((candidate.state == State::pending || candidate.state == State::partial) &&
            (!target || is_within(candidate, *target)))
            selected.push_back(candidate);
    std::sort(selected.begin(), selected.end(), comes_before);
    return selected;
}

std::vector<std::string> out_of_order(const std::vector<Candidate> &selected)
{
    std::vector<std::string> names;
    for (const Candidate &candidate : selected)
        if (candidate.out_of_order)
            names.push_back(candidate.name);
    return names;
}

void check_registered(const std::vector<Applied> &selected)
{
    for (const Applied &migration : selected)
        if (!migration.is_registered)
            throw Error(sqlstate::object_not_in_prerequisite_state,
                        fmt::format("migration \"{}\" cannot be applied again", migration.name),
                        "It is missing from the registry. Nothing was reverted.",
                        "Register it again, or revert it with linkgress.rollback().");
}

void check_reversible(const std::vector<Applied> &selected)
{
    for (const Applied &migration : selected)
        if (!migration.has_down && !migration.repeatable)
            throw Error(sqlstate::object_not_in_prerequisite_state,
                        fmt::format("migration \"{}\" cannot be reverted", migration.name),
                        "It has no down body. Nothing was reverted.",
                        "Give it one: UPDATE linkgress.migration SET down = ... is possible while it is applied.");
}

} // namespace linkgress::core
