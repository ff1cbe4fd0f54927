// Settings: those of Linkgress, and a scope for changing the server's.
#pragma once

#include "pg/bridge.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace linkgress::pg {

enum class Verbosity { quiet, normal, verbose };
enum class OutOfOrder { allow, warn, error };

// The settings linkgress.*, as they are in force now. Times in milliseconds.
namespace settings {

int lock_timeout();      // 0: the server's own lock_timeout stands
int statement_timeout(); // 0: none beyond the server's own
int lock_retries();
int preview_rows(); // at how many rows of a table to look at most; 0: at none
OutOfOrder out_of_order();
bool is_protected();
Verbosity verbosity();

// The schemas that the model is about; none: those that it names.
std::vector<std::string> managed_schemas();

// How long to wait for another run: 0 not at all, nothing for ever.
std::optional<int> wait();

// Called once, when the library is loaded.
void define();

} // namespace settings

// A level of settings: what is set inside is put back when it is closed, even
// by SET without LOCAL. An error on its way leaves that to the abort.
int open_guc_level() noexcept;
void close_guc_level(int level);

// Sets a setting until the end of the open level, whatever a SET in it has done to the setting before. As with SET
// LOCAL, the commit of a subtransaction inside keeps it, a rollback undoes it.
void set_guc_in_level(const char *name, const std::string &value);

// Sets a setting until the session sets it again; undone with the transaction.
void set_guc(const char *name, const std::string &value);

// A setting that holds while this lives.
class SettingScope {
  public:
    SettingScope(const char *name, const std::string &value);
    ~SettingScope();
    SettingScope(const SettingScope &) = delete;
    SettingScope &operator=(const SettingScope &) = delete;

  private:
    int level_;
};

// The server's own, in milliseconds; 0: none.
int lock_timeout();

std::string show_guc(const char *name);
bool has_guc(const char *name); // does this server have that setting?

} // namespace linkgress::pg
