// Whose code runs as whom.
//
// A body runs as the calling role. Its text must come from somebody who could
// have run it as that role without Linkgress: its author, or a role that
// approved this very text. Otherwise whoever may write the registry could have
// a more powerful caller run anything.
#pragma once

#include "pg/body_scope.hpp"
#include "pg/role.hpp"

#include <optional>
#include <string>

namespace linkgress::engine {

// The texts that somebody has to stand for.
enum class TextKind { migration, hook, model };

// "migration", "hook", "model", as linkgress.approve() takes them.
const char *to_string(TextKind kind);
std::optional<TextKind> parse_text_kind(const std::string &kind);

// "hook "x"", "part "x" of the model".
std::string describe(TextKind kind, const std::string &name);

// Who stands for a text. 0: nobody.
struct Voucher {
    pg::Oid author = 0;
    pg::Oid approver = 0;
};

// Raises 42501 when nobody who stands for the text may act as the calling role.
void check_trust(TextKind kind, const std::string &name, const Voucher &voucher);

// Does somebody stand for the text who may act as that role?
bool is_trusted(const Voucher &voucher, pg::Oid role);

// May the body leave the calling role (SET ROLE, RESET ROLE)? Only when who
// stands for it may act as every role that it could become that way.
pg::RoleChange role_change(const Voucher &voucher);

} // namespace linkgress::engine
