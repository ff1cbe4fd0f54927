// Which migrations a run applies or reverts, and which runs are refused
// before anything was done.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace linkgress::core {

enum class State { pending, applied, changed, missing, partial };

// From its name in linkgress.overview.
State parse_state(const std::string &name);

// A migration where registry and journal are not in step.
struct Candidate {
    std::string name;
    State state = State::pending;
    bool repeatable = false;
    bool out_of_order = false;
    std::string registry_checksum;
    std::string journal_checksum;
    std::uint32_t author = 0; // roles
    std::vector<std::uint32_t> approvers;
    bool transactional = true; // its up body runs in one transaction
};

// The migration up to which to go, as it stands now.
struct Target {
    std::string name;
    bool is_known = false;
    bool is_applied = false;
    bool repeatable = false;
    std::string last_applied; // greatest name among the applied, not repeatable ones
};

// Of the candidates, in order: those that are to be applied. Raises an error
// when one was changed or, unless `ignore_missing`, is missing from the
// registry; when the target is unknown or behind what is applied.
std::vector<Candidate> select_pending(const std::vector<Candidate> &candidates, const std::optional<Target> &target,
                                      bool ignore_missing);

// The names of those that would be applied out of order.
std::vector<std::string> out_of_order(const std::vector<Candidate> &selected);

// An applied migration, as far as reverting goes.
struct Applied {
    std::string name;
    std::int64_t id = 0; // order of application
    bool has_down = false;
    bool repeatable = false;
    bool is_registered = false;
    bool out_of_order = false;
    std::uint32_t author = 0;
    std::vector<std::uint32_t> approvers;
    bool transactional = true; // its down body runs in one transaction
    bool is_unparsed = false;  // its down body did not parse when it was registered
};

// Raises an error when there is something among them without a down body;
// repeatable ones need none.
void check_reversible(const std::vector<Applied> &selected);

// Raises an error when the registry has lost one of them, so that it could not
// be applied again.
void check_registered(const std::vector<Applied> &selected);

} // namespace linkgress::core
