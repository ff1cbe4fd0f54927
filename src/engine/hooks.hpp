// Hooks: bodies that run before and after what Linkgress does.
//
// A hook runs in the transaction of what it belongs to, as the calling role, in a
// scope of its own like a migration: what it does to the session does not leak.
// What it is told are settings: linkgress.event, linkgress.migration,
// linkgress.direction, and of a failure linkgress.sqlstate and linkgress.message.
#pragma once

#include "core/location.hpp"
#include "engine/trust.hpp"

#include <initializer_list>
#include <map>
#include <string>
#include <vector>

namespace linkgress::engine {

enum class HookEvent {
    before_migrate,
    before_each,
    after_each,
    after_migrate,
    before_sync,
    after_sync,
    after_create,
    after_failure,
};

struct Hook {
    std::string name;
    std::string body;
    Voucher voucher;
    bool managed = false;
};

// The hooks of a call, as they are when it begins.
class Hooks {
  public:
    Hooks() = default; // none

    // Those of these events that are enabled. Raises an error when one of them must
    // not run as the calling role, or leaves it out. Needs an SPI session, as all of
    // this does.
    static Hooks read(std::initializer_list<HookEvent> events, Untrusted untrusted = Untrusted::refuse);

    bool has(HookEvent event) const { return hooks_.count(event) != 0 && !hooks_.at(event).empty(); }

    // Runs those of the event in their order. `location` says for what: migration and
    // direction. When one fails its error goes up, and `location` says where.
    void run(HookEvent event, core::Location &location) const;

    // Runs those of after_failure for an error at `location`, each in a subtransaction:
    // a failure of theirs is a WARNING. Interrupts go up.
    void run_after_failure(const core::Location &location, const core::ErrorReport &report) const;

  private:
    std::map<HookEvent, std::vector<Hook>> hooks_;
};

// For a call that has hooks of one event.
void run_hooks(HookEvent event, core::Location location = {});

// Raises an error when a body cannot be a hook's.
void check_hook_body(const std::string &hook, std::string body);

// What a managed hook has created is known by the hook's name.
void forget_hook_objects(const std::string &hook);
void forget_all_hook_objects();
void rename_hook_objects(const std::string &hook, const std::string &new_name);

} // namespace linkgress::engine
