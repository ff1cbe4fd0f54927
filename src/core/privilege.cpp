#include "core/privilege.hpp"

#include "core/poll.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

namespace linkgress::core {

namespace {

using Entries = std::vector<Privilege>;

// Where this starts, outside of quoted names
std::size_t find_unquoted(const std::string &text, std::string_view what, std::size_t start = 0)
{
    bool is_quoted = false;
    Steps steps;
    for (std::size_t i = start; i < text.size(); i++) {
        steps.take();
        is_quoted = is_quoted != (text[i] == '"');
        if (!is_quoted && text.compare(i, what.size(), what) == 0)
            return i;
    }
    return text.npos;
}

bool is_of_column(std::string_view right)
{
    return right.ends_with(')');
}

// Of "SELECT (name)", the right to the table that covers it
std::string_view right_to_table(std::string_view right)
{
    return is_of_column(right) ? right.substr(0, right.find(" (")) : right;
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

Privilege optional(Privilege entry)
{
    entry.with_option = true;
    return entry;
}

// To look entries up
class EntrySet {
  public:
    explicit EntrySet(const Entries &entries)
    {
        for (const Privilege &entry : entries)
            add(entry);
    }

    void add(const Privilege &entry)
    {
        poll();
        entries_.insert(entry);
    }
    // Was it there?
    bool remove(const Privilege &entry)
    {
        poll();
        return entries_.erase(entry) > 0;
    }
    bool contains(const Privilege &entry) const
    {
        poll();
        return entries_.contains(entry);
    }
    // But for the grant option
    bool contains_same(const Privilege &entry) const { return contains(plain(entry)) || contains(optional(entry)); }

  private:
    std::set<Privilege> entries_;
};

// REVOKE of an entry takes others along, or would be refused because of them: those that rest on it, since whoever
// gives a right has it with the grant option, or that to the whole table; and, of a right to a table, that to a column.

using RightOfRole = std::pair<std::string, std::string_view>;
using RightOfColumn = std::tuple<std::string, std::string, std::string_view>; // who has it, from whom, to the table

class Losers {
  public:
    explicit Losers(const Entries &entries)
    {
        for (std::size_t i = 0; i < entries.size(); i++) {
            poll();
            const Privilege &entry = entries[i];
            std::string_view right = right_to_table(entry.right);
            by_grantor_[{entry.grantor, entry.right}].push_back(i);
            if (right == entry.right)
                continue;
            by_grantor_[{entry.grantor, right}].push_back(i);
            of_columns_[{entry.grantee, entry.grantor, right}].push_back(i);
        }
    }

    // The numbers of those that are lost with this one, in order; each at least once, and not again and again.
    std::set<std::size_t> take_lost_with(const Privilege &taken)
    {
        std::set<std::size_t> lost;
        auto take = [&](auto &numbers, const auto &key) {
            if (auto found = numbers.find(key); found != numbers.end()) {
                lost.insert(found->second.begin(), found->second.end());
                numbers.erase(found);
            }
        };
        if (taken.with_option)
            take(by_grantor_, RightOfRole(taken.grantee, taken.right));
        take(of_columns_, RightOfColumn(taken.grantee, taken.grantor, taken.right));
        return lost;
    }

  private:
    std::map<RightOfRole, std::vector<std::size_t>> by_grantor_;
    std::map<RightOfColumn, std::vector<std::size_t>> of_columns_;
};

class Takers {
  public:
    explicit Takers(const Entries &taken)
    {
        for (const Privilege &entry : taken) {
            poll();
            if (entry.with_option)
                options_.emplace(entry.grantee, entry.right);
            rights_.emplace(entry.grantee, entry.grantor, entry.right);
        }
    }

    // Is it lost with one of them?
    bool take(const Privilege &entry) const
    {
        std::string_view right = right_to_table(entry.right);
        return options_.contains({entry.grantor, entry.right}) || options_.contains({entry.grantor, right}) ||
               (right != entry.right && rights_.contains({entry.grantee, entry.grantor, right}));
    }

  private:
    std::set<RightOfRole> options_;
    std::set<RightOfColumn> rights_;
};

// An owner may do everything, but has no rights to single columns.
bool goes_without_saying(const Privileges &privileges, const Privilege &entry)
{
    return entry.grantee == privileges.owner && entry.grantor.empty() && !is_of_column(entry.right);
}

// What there is in the one and not in the other; nothing for another grant option alone.
Entries only_in(const Entries &entries, const Entries &other)
{
    EntrySet others(other);
    Entries result;
    for (const Privilege &entry : entries)
        if (!others.contains(entry))
            result.push_back(entry);
    return result;
}

Entries taken_entries(const Privileges &from, const Privileges &to)
{
    EntrySet granted(to.granted);
    Entries taken;
    for (const Privilege &entry : only_in(from.granted, to.granted))
        if (!granted.contains(optional(entry))) // GRANT adds the option
            taken.push_back(entry);
    EntrySet known(taken);
    for (const Privilege &entry : only_in(to.revoked, from.revoked))
        if (!known.contains_same(entry)) {
            taken.push_back(entry);
            known.add(entry);
        }
    return taken;
}

// What stays, but goes with what is taken, is taken and given back.
Entries add_lost(const Privileges &from, const Privileges &to, Entries &taken)
{
    EntrySet granted(to.granted);
    EntrySet known(taken);
    Losers losers(from.granted);
    Entries lost;
    for (std::size_t i = 0; i < taken.size(); i++)
        for (std::size_t number : losers.take_lost_with(taken[i]))
            if (const Privilege &entry = from.granted[number]; granted.contains(entry) && !known.contains(entry)) {
                taken.push_back(entry);
                known.add(entry);
                lost.push_back(entry);
            }
    return lost;
}

// Puts entries into layers, each of entries that rest on those of layers before.
class Layering {
  public:
    explicit Layering(const Entries &entries) : entries_(entries), waits_for_(entries.size(), 0)
    {
        for (const Privilege &entry : entries)
            if (poll(); is_rest(entry))
                rests_[key_of(entry)].missing++;
        for (std::size_t i = 0; i < entries.size(); i++) {
            poll();
            std::string_view right = right_to_table(entries[i].right);
            wait(i, {entries[i].grantor, entries[i].right});
            if (right != entries[i].right)
                wait(i, {entries[i].grantor, right});
        }
    }

    std::vector<Entries> run()
    {
        std::vector<Entries> layers;
        std::set<std::size_t> ready;
        for (std::size_t i = 0; i < entries_.size(); i++)
            if (waits_for_[i] == 0)
                ready.insert(i);
        for (std::size_t placed = 0; placed < entries_.size();) {
            if (ready.empty()) // there are no such privileges
                ready = waiting();
            placed += ready.size();
            Entries &layer = layers.emplace_back();
            for (std::size_t i : ready)
                layer.push_back(entries_[i]);
            ready = place(ready);
        }
        return layers;
    }

  private:
    // What others may rest on: a right with the grant option. All who have given it have to come first.
    struct Rest {
        std::size_t missing = 0;
        std::vector<std::size_t> waiting;
    };
    static constexpr std::size_t is_placed = SIZE_MAX;

    static bool is_rest(const Privilege &entry) { return entry.with_option && entry.grantor != entry.grantee; }
    static RightOfRole key_of(const Privilege &entry) { return {entry.grantee, entry.right}; }

    void wait(std::size_t number, const RightOfRole &key)
    {
        if (auto found = rests_.find(key); found != rests_.end()) {
            found->second.waiting.push_back(number);
            waits_for_[number]++;
        }
    }

    std::set<std::size_t> waiting() const
    {
        std::set<std::size_t> numbers;
        for (std::size_t i = 0; i < entries_.size(); i++)
            if (waits_for_[i] != is_placed)
                numbers.insert(i);
        return numbers;
    }

    // Returns those that have nothing left to wait for.
    std::set<std::size_t> place(const std::set<std::size_t> &layer)
    {
        std::set<std::size_t> ready;
        for (std::size_t number : layer)
            waits_for_[number] = is_placed;
        for (std::size_t number : layer) {
            poll();
            if (!is_rest(entries_[number]))
                continue;
            Rest &rest = rests_[key_of(entries_[number])];
            if (--rest.missing > 0)
                continue;
            for (std::size_t other : rest.waiting)
                if (waits_for_[other] != is_placed && --waits_for_[other] == 0)
                    ready.insert(other);
        }
        return ready;
    }

    const Entries &entries_;
    std::map<RightOfRole, Rest> rests_;
    std::vector<std::size_t> waits_for_; // how many
};

template <typename VerbOf>
void add_steps(std::vector<PrivilegeStep> &steps, const Entries &layer, const VerbOf &verb_of)
{
    std::map<std::tuple<PrivilegeStep::Verb, std::string, std::string, bool>, std::vector<std::string>> groups;
    for (const Privilege &entry : layer) {
        poll();
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
        if (poll(); !result.empty() && is_same(result.back(), entry))
            result.back() = entry; // the grant option is sorted last
        else
            result.push_back(entry);
    EntrySet still_revoked(revoked);
    std::erase_if(result, [&](const Privilege &entry) {
        bool is_back = still_revoked.remove(plain(entry));
        return (is_back || goes_without_saying(*this, entry)) && !entry.with_option;
    });
    std::erase_if(revoked, [&](const Privilege &entry) { return !still_revoked.contains(entry); });
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
    EntrySet granted_before(from.granted);
    EntrySet granted(to.granted);
    EntrySet revoked(to.revoked);
    Takers takers(taken);
    auto has_plainly = [&](const Privilege &entry) {
        return granted.contains(plain(entry)) || (goes_without_saying(to, entry) && !revoked.contains(plain(entry)));
    };
    // Only the grant option goes.
    auto is_reduced = [&](const Privilege &entry) {
        return entry.with_option && !granted.contains(entry) && has_plainly(entry) && !takers.take(entry);
    };
    for (const Privilege &entry : only_in(to.granted, from.granted))
        if (entry.with_option || !granted_before.contains(optional(entry)) || !is_reduced(optional(entry)))
            given.push_back(entry);
    EntrySet known(given);
    for (const Privilege &entry : only_in(from.revoked, to.revoked))
        if (!known.contains_same(entry)) {
            given.push_back(entry);
            known.add(entry);
        }
    std::sort(given.begin(), given.end());

    std::vector<PrivilegeStep> steps;
    std::vector<Entries> layers = Layering(taken).run();
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer)
        add_steps(steps, *layer, [&](const Privilege &entry) {
            return is_reduced(entry) ? PrivilegeStep::Verb::revoke_option : PrivilegeStep::Verb::revoke;
        });
    for (const Entries &layer : Layering(given).run())
        add_steps(steps, layer, [](const Privilege &) { return PrivilegeStep::Verb::grant; });
    return steps;
}

} // namespace linkgress::core
