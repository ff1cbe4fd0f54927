// The extension itself, as the catalogs have it: what belongs to it is told by
// membership, never by a name that somebody else could use.
#pragma once

#include <string>

namespace linkgress::pg {

// Is the object, of the catalog with that oid, a member of extension linkgress?
bool is_member(unsigned int class_id, unsigned int object);

// The schema that the extension's tables are in; 0 where it is not installed.
unsigned int own_schema();

// The owner of the extension's tables. 42704 where it is not installed, 55000
// where it has another version than the library, whose queries would not fit.
unsigned int own_tables_owner();

// Raises 55000 where the extension is installed with another version than the library: what is not as the library has
// it is that version's then.
void refuse_other_version();

// The extension's oid, 0 where it is not installed, and its owner's name.
unsigned int own_extension();
std::string own_extension_owner();

// ---- For its scripts

// Is one of them running?
bool is_own_script();

// Was a row with that xmin written by the current transaction, or a subtransaction of it?
bool is_own_transaction(unsigned int xmin);

// Waits for those who create something in it, and keeps others from it.
void lock_schema(const char *name);

// Of a schema that has become a member: all its privileges are to be dumped.
void forget_initial_privileges_of_schema(const char *name);

// While it lives, what is granted or revoked does not count as done by the script.
class OutsideScript {
  public:
    OutsideScript();
    ~OutsideScript();
    OutsideScript(const OutsideScript &) = delete;
    OutsideScript &operator=(const OutsideScript &) = delete;
};

} // namespace linkgress::pg
