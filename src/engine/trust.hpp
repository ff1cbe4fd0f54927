// Whose code runs as whom.
//
// A body runs as the calling role. Its text must come from somebody who could
// have run it as that role without Linkgress: its author, or a role that
// approved this very text. Otherwise whoever may write the registry could have
// a more powerful caller run anything.
#pragma once

#include "pg/role.hpp"

#include <string>

namespace linkgress::engine {

// Who stands for a body. 0: nobody.
struct Voucher {
    pg::Oid author = 0;
    pg::Oid approver = 0;
};

// Raises 42501 when nobody who stands for the body may act as the calling
// role.
void check_trust(const std::string &migration, const Voucher &voucher);

// May the body leave the calling role (SET ROLE, RESET ROLE)? Only when who
// stands for it may act as every role that it could become that way.
bool may_change_role(const Voucher &voucher);

} // namespace linkgress::engine
