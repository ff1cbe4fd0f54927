// Whose code runs as whom.
//
// A body runs as the calling role. Its text, and what decides when and how it runs,
// must come from somebody who could have run it as that role without Linkgress: its
// author, or a role that has approved all of this as it is. Otherwise whoever may
// write the registry could have a more powerful caller run anything.
#pragma once

#include "pg/body_scope.hpp"
#include "pg/role.hpp"

#include <optional>
#include <string>
#include <vector>

namespace linkgress::engine {

// The texts that somebody has to stand for.
enum class TextKind { migration, hook, model };

// "migration", "hook", "model", as linkgress.approve() takes them.
const char *to_string(TextKind kind);
std::optional<TextKind> parse_text_kind(const std::string &kind);

// "hook "x"", "part "x" of the model".
std::string describe(TextKind kind, const std::string &name);

// Who stands for a text. 0: nobody. The strongest counts.
struct Voucher {
    pg::Oid author = 0;
    std::vector<pg::Oid> approvers;
};

// What a call does about texts that must not run as the calling role.
enum class Untrusted { refuse, skip };

// Raises 42501 when nobody who stands for the text may act as the calling role. `can_be_skipped`: the call has an
// option for that, which the hint then names.
void check_trust(TextKind kind, const std::string &name, const Voucher &voucher, bool can_be_skipped = false);

// The same, or with Untrusted::skip a WARNING. Is the text to be run?
bool is_to_run(TextKind kind, const std::string &name, const Voucher &voucher, Untrusted untrusted);

// Does somebody stand for the text who may act as that role?
bool is_trusted(const Voucher &voucher, pg::Oid role);

// May the body leave the calling role (SET ROLE, RESET ROLE)? Only when who
// stands for it may act as every role that it could become that way.
pg::RoleChange role_change(const Voucher &voucher);

} // namespace linkgress::engine
