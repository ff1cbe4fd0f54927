// The call of a trigger of the extension's own tables, its rows by column name.
//
// Anybody's trigger can name the function, and a superuser can alter the tables.
// So each is error 39P01: a table that is no member of the extension, a trigger
// that is not a BEFORE trigger, a row where there is none, a column that is not
// there or not of the type that it is asked for as.
#pragma once

#include "pg/entry.hpp"
#include "pg/role_value.hpp"
#include "pg/spi.hpp"

#include <optional>
#include <string>

extern "C" {
#include "commands/trigger.h"
}

namespace linkgress::pg {

class TriggerCall {
  public:
    enum class Event { insert, update, remove, truncate };

    explicit TriggerCall(FunctionCallInfo call_info);

    Event event() const;
    std::string table() const;

    // A text or name of the new or the old row; nothing when NULL.
    std::optional<std::string> new_text(const char *column) const;
    std::optional<std::string> old_text(const char *column) const;
    bool new_boolean(const char *column) const; // false when NULL
    bool old_boolean(const char *column) const;
    bool is_null(const char *column) const; // in the new row
    bool old_is_null(const char *column) const;

    // Does the column differ between old and new row, byte by byte?
    bool is_changed(const char *column) const;

    // Columns of type linkgress.role and linkgress.role[], of the new row.
    std::optional<RoleValue> new_role(const char *column) const;
    std::vector<RoleValue> new_roles(const char *column) const; // none when NULL

    void set_null(const char *column);
    void set_name(const char *column, const std::string &value);
    void set_role(const char *column, const RoleValue &value);
    void set_roles(const char *column, const std::vector<RoleValue> &values);
    void set_boolean(const char *column, bool value);
    void set_now(const char *column); // the transaction's time
    void keep_old(const char *column);

    // What a BEFORE trigger returns: the row to go on with. It lives in the
    // memory that was current when this object was made, which must therefore
    // be before an SPI session takes over.
    Result result() const;

  private:
    std::optional<std::string> text(HeapTuple row, const char *column) const;
    bool boolean(HeapTuple row, const char *column) const;
    int column_number(const char *column) const;
    ::Oid column_type(const char *column) const;
    void check_type(const char *column, ::Oid type) const;
    Datum value(HeapTuple row, const char *column, bool *null) const;
    void set(const char *column, ::Oid type, Datum value);
    [[noreturn]] void refuse(std::string detail) const;

    struct Change {
        Datum value;
        bool null;
    };

    TriggerData *data_;
    MemoryContext memory_;
    HeapTuple row_;                 // the new row as it came
    std::map<int, Change> changes_; // by column number
};

} // namespace linkgress::pg
