// Roles: who is calling, who may act as whom, and acting as the owner of the
// extension's tables.
#pragma once

#include "pg/guc.hpp"
#include "pg/spi.hpp"

#include <optional>
#include <string>

namespace linkgress::pg {

Oid current_role();
Oid session_role();
Oid authenticated_role();
// Is the current role a superuser, by itself or by SET ROLE? Not inside of a function that is SECURITY DEFINER: there
// somebody else may have the say.
bool is_superuser();

// The role's name, or nothing when it has been dropped.
std::optional<std::string> role_name(Oid role);
std::optional<Oid> find_role(const std::string &name);

// Could `member` become `role` with SET ROLE? False when either is gone.
bool can_act_as(Oid member, Oid role);

// While it lives, search_path is one in which nobody else can put anything.
class SearchPathScope {
  private:
    SettingScope setting_{"search_path", "pg_catalog, pg_temp"};
};

// While it lives, the current role is this one, and SET ROLE and RESET ROLE
// cannot leave it.
class RoleScope {
  public:
    explicit RoleScope(Oid role);
    ~RoleScope();
    RoleScope(const RoleScope &) = delete;
    RoleScope &operator=(const RoleScope &) = delete;

  private:
    Oid role_;
    int security_context_;
};

// While it lives, the extension's own queries run as the owner of its tables,
// under that search_path.
class OwnerScope {
  public:
    OwnerScope();

  private:
    SearchPathScope search_path_;
    RoleScope role_;
};

// Inside the scope, makes the planner look rows up by their index: plans are kept
// for the session, and may have been made while the tables were empty.
void use_indexes(const OwnerScope &scope);

} // namespace linkgress::pg
