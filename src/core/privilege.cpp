#include "core/privilege.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

namespace linkgress::core {

namespace {

using Entries = std::vector<Privilege>;

// Where this starts, outside of quoted names
std::size_t find_unquoted(const std::string &text, std::string_view what, std::size_t start = 0)
{
    bool is_quoted = false;
    for (std::size_t i = start; i < text.size(); i++) {
        is_quoted = is_quoted != (text[i] == '"');
        if (!is_quoted && text.compare(i, what.size(), what) == 0)
            return i;
    }
    return text.npos;
}

bool contains(const Entries &entries, const Privilege &entry)
{
    return std::find(entries.begin(), entries.end(), entry) != entries.end();
}

bool is_of_column(const std::string &right)
{
    return right.ends_with(')');
}

// A right to a table is one to each of its columns.
bool covers(const std::string &right, const std::string &other)
{
    return right == other || (other.starts_with(right) && other.compare(right.size(), 2, " (") == 0);
}

// The same, but for the grant option
bool is_same(const Privilege &entry, const Privilege &other)
{
    return entry.right == other.right && entry.grantee == other.grantee && entry.grantor == other.grantor;
}

Privilege plain(Privilege entry)
{
    entry.with_option = false;
    return entry;
}

bool rests_on(const Privilege &entry, const Privilege &other)
{
    return other.with_option && other.grantee == entry.grantor && covers(other.right, entry.right);
}

// REVOKE of the one takes the other along, or would be refused because of it.
bool is_lost_with(const Privilege &entry, const Privilege &taken)
{
    bool is_in_column = entry.right != taken.right && covers(taken.right, entry.right);
    return rests_on(entry, taken) || (is_in_column && entry.grantee == taken.grantee && entry.grantor == taken.grantor);
}

// An owner may do everything, but has no rights to single columns.
bool goes_without_saying(const Privileges &privileges, const Privilege &entry)
{
    return entry.grantee == privileges.owner && entry.grantor.empty() && !is_of_column(entry.right);
}

bool has_plainly(const Privileges &privileges, const Privilege &entry)
{
    return contains(privileges.granted, plain(entry)) ||
           (goes_without_saying(privileges, entry) && !contains(privileges.revoked, plain(entry)));
}

// What there is in the one and not in the other; nothing for another grant option alone.
Entries only_in(const Entries &entries, const Entries &other)
{
    Entries result;
    for (const Privilege &entry : entries)
        if (!contains(other, entry))
            result.push_back(entry);
    return result;
}

Entries taken_entries(const Privileges &from, const Privileges &to)
{
    Entries taken;
    for (const Privilege &entry : only_in(from.granted, to.granted)) {
        Privilege with_option = entry;
        with_option.with_option = true;
        if (!contains(to.granted, with_option)) // GRANT adds the option
            taken.push_back(entry);
    }
    for (const Privilege &entry : only_in(to.revoked, from.revoked))
        if (std::none_of(taken.begin(), taken.end(), [&](const Privilege &other) { return is_same(entry, other); }))
            taken.push_back(entry);
    return taken;
}

// What stays, but goes with what is taken, is taken and given back.
Entries add_lost(const Privileges &from, const Privileges &to, Entries &taken)
{
    Entries lost;
    for (std::size_t i = 0; i < taken.size(); i++)
        for (const Privilege &entry : from.granted)
            if (contains(to.granted, entry) && is_lost_with(entry, taken[i]) && !contains(taken, entry)) {
                taken.push_back(entry);
                lost.push_back(entry);
            }
    return lost;
}

// Layers, each of entries that rest on those of layers before.
std::vector<Entries> layers_of(Entries waiting)
{
    std::vector<Entries> layers;
    while (!waiting.empty()) {
        Entries layer;
        Entries rest;
        for (const Privilege &entry : waiting) {
            bool has_to_wait = std::any_of(waiting.begin(), waiting.end(), [&](const Privilege &other) {
                return other != entry && rests_on(entry, other);
            });
            (has_to_wait ? rest : layer).push_back(entry);
        }
        if (layer.empty()) // there are no such privileges
            layer.swap(rest);
        layers.push_back(std::move(layer));
        waiting = std::move(rest);
    }
    return layers;
}

template <typename VerbOf>
void add_steps(std::vector<PrivilegeStep> &steps, const Entries &layer, const VerbOf &verb_of)
{
    std::map<std::tuple<PrivilegeStep::Verb, std::string, std::string, bool>, std::vector<std::string>> groups;
    for (const Privilege &entry : layer) {
        PrivilegeStep::Verb verb = verb_of(entry);
        bool with_option = verb == PrivilegeStep::Verb::grant && entry.with_option;
        groups[{verb, entry.grantor, entry.grantee, with_option}].push_back(entry.right);
    }
    for (auto &[key, rights] : groups) {
        const auto &[verb, grantor, grantee, with_option] = key;
        steps.push_back({verb, grantor, grantee, with_option, std::move(rights)});
    }
}

} // namespace

Privilege parse_privilege(const std::string &entry)
{
    static constexpr std::string_view to = " TO ";
    static constexpr std::string_view from = " FROM ";
    static constexpr std::string_view granted_by = " GRANTED BY ";
    std::size_t end = find_unquoted(entry, to);
    std::size_t start = end + to.size();
    if (end == entry.npos) {
        end = std::min(find_unquoted(entry, from), entry.size());
        start = std::min(end + from.size(), entry.size());
    }
    Privilege privilege;
    privilege.right = entry.substr(0, end);
    privilege.grantee = entry.substr(start, find_unquoted(entry, " ", start) - start);
    privilege.with_option = find_unquoted(entry, " WITH GRANT OPTION", start) != entry.npos;
    if (std::size_t by = find_unquoted(entry, granted_by, start); by != entry.npos)
        privilege.grantor = entry.substr(by + granted_by.size());
    return privilege;
}

void Privileges::normalize()
{
    std::sort(granted.begin(), granted.end());
    Entries result;
    for (const Privilege &entry : granted)
        if (!result.empty() && is_same(result.back(), entry))
            result.back() = entry; // the grant option is sorted last
        else
            result.push_back(entry);
    std::erase_if(result, [&](const Privilege &entry) {
        bool is_back = std::erase(revoked, plain(entry)) > 0;
        return (is_back || goes_without_saying(*this, entry)) && !entry.with_option;
    });
    granted = std::move(result);
}

Privileges with_owner(Privileges privileges, const std::string &owner)
{
    auto turn = [&](Privilege &entry) {
        if (entry.grantee == privileges.owner)
            entry.grantee = owner;
        if (entry.grantor == owner)
            entry.grantor.clear();
    };
    std::for_each(privileges.granted.begin(), privileges.granted.end(), turn);
    std::for_each(privileges.revoked.begin(), privileges.revoked.end(), turn);
    privileges.owner = owner;
    privileges.normalize();
    return privileges;
}

std::vector<PrivilegeStep> privilege_steps(const Privileges &from, const Privileges &to)
{
    Entries taken = taken_entries(from, to);
    Entries given = add_lost(from, to, taken);
    // Only the grant option goes.
    auto is_reduced = [&](const Privilege &entry) {
        return entry.with_option && !contains(to.granted, entry) && has_plainly(to, entry) &&
               std::none_of(taken.begin(), taken.end(), [&](const Privilege &t) { return is_lost_with(entry, t); });
    };
    for (const Privilege &entry : only_in(to.granted, from.granted)) {
        Privilege before = entry;
        before.with_option = true;
        if (entry.with_option || !contains(from.granted, before) || !is_reduced(before))
            given.push_back(entry);
    }
    for (const Privilege &entry : only_in(from.revoked, to.revoked))
        if (std::none_of(given.begin(), given.end(), [&](const Privilege &other) { return is_same(entry, other); }))
            given.push_back(entry);
    std::sort(given.begin(), given.end());

    std::vector<PrivilegeStep> steps;
    std::vector<Entries> layers = layers_of(taken);
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer)
        add_steps(steps, *layer, [&](const Privilege &entry) {
            return is_reduced(entry) ? PrivilegeStep::Verb::revoke_option : PrivilegeStep::Verb::revoke;
        });
    for (const Entries &layer : layers_of(given))
        add_steps(steps, layer, [](const Privilege &) { return PrivilegeStep::Verb::grant; });
    return steps;
}

} // namespace linkgress::core
