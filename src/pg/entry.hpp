// What an entry point of api/ needs: the calling convention, the arguments,
// and sets of rows as the result. The only header outside of pg/'s own files
// that brings in PostgreSQL's.
#pragma once

#include "pg/bridge.hpp"
#include "pg/json.hpp"
#include "pg/postgres.hpp"
#include "pg/role_value.hpp"

#include <optional>
#include <string>
#include <vector>

// Defines an SQL-callable function: LINKGRESS_FUNCTION(linkgress_x) { … } with
// `call_info` in scope, returning a Result. Everything in it may throw.
//
// Nothing is believed of what SQL declares: a superuser can redeclare a function,
// alter a result type, or still have the declarations of an older version. Each
// argument is taken, and each result given, only as the type that is declared.
#define LINKGRESS_FUNCTION(name)                                                                                       \
    static linkgress::pg::Result name##_body(FunctionCallInfo call_info);                                              \
    extern "C" {                                                                                                       \
    PGDLLEXPORT Datum name(PG_FUNCTION_ARGS);                                                                          \
    PGDLLEXPORT const Pg_finfo_record *pg_finfo_##name(void);                                                          \
    const Pg_finfo_record *pg_finfo_##name(void)                                                                       \
    {                                                                                                                  \
        static const Pg_finfo_record info = {1};                                                                       \
        return &info;                                                                                                  \
    }                                                                                                                  \
    Datum name(PG_FUNCTION_ARGS)                                                                                       \
    {                                                                                                                  \
        return linkgress::pg::boundary([&] {                                                                           \
            linkgress::pg::check_call(fcinfo);                                                                         \
            return linkgress::pg::checked_result(fcinfo, name##_body(fcinfo));                                         \
        });                                                                                                            \
    }                                                                                                                  \
    }                                                                                                                  \
    static linkgress::pg::Result name##_body([[maybe_unused]] FunctionCallInfo call_info)

// Defines the main function of a background worker, which does what `serve` does.
#define LINKGRESS_WORKER(name, serve)                                                                                  \
    extern "C" {                                                                                                       \
    PGDLLEXPORT void name(Datum argument);                                                                             \
    void name(Datum argument)                                                                                          \
    {                                                                                                                  \
        linkgress::pg::boundary([&] {                                                                                  \
            linkgress::pg::WorkerSession session(argument);                                                            \
            serve(session);                                                                                            \
        });                                                                                                            \
    }                                                                                                                  \
    }

namespace linkgress::pg {

// What an entry point returns, with its type. A bare Datum has none: that of a
// procedure, of a function that returns void, or of one that has filled a ResultSet.
class Result {
  public:
    Result(Datum value) : value_(value) {}
    Result(Datum value, ::Oid type) : value_(value), type_(type) {}

    Datum value() const { return value_; }
    ::Oid type() const { return type_; }

  private:
    Datum value_;
    ::Oid type_ = InvalidOid;
};

// Raises XX000 when the function was called by none of the server's ways.
void check_call(FunctionCallInfo call_info);

// The value, or error 42804 when the function is declared to return another type.
Datum checked_result(FunctionCallInfo call_info, const Result &result);

// The arguments of a call, counting from 0; nothing where they are NULL. Error
// 42804 when one is not declared with the type that it is asked for as.
class Arguments {
  public:
    explicit Arguments(FunctionCallInfo call_info);

    bool is_null(int index) const;
    std::optional<std::string> text(int index) const;
    std::string_view text_view(int index) const; // 22004 when NULL; lives as long as the call
    std::optional<std::string> name(int index) const;
    std::optional<bool> boolean(int index) const;
    std::optional<std::int32_t> integer(int index) const;
    std::optional<std::string> interval(int index) const; // in the server's text form
    std::vector<std::string> text_array(int index) const; // without its NULLs
    std::vector<std::optional<std::string>> nullable_text_array(int index) const;
    std::vector<std::string> name_array(int index) const; // without its NULLs
    void json(int index, JsonHandler &handler) const;     // of a jsonb that is not NULL
    // Not NULL:
    std::string cstring(int index) const;
    ::Oid oid(int index) const;
    RoleValue role(int index) const;

  private:
    // The value, NULL or not.
    const NullableDatum &argument(int index, ::Oid type) const;
    Datum required(int index, ::Oid type) const;

    FunctionCallInfo call_info_;
    std::vector<::Oid> types_; // as declared
};

// The argument, or an error that names it when it is NULL.
std::string required_text(const Arguments &arguments, int index, const char *name);

std::string required_name(const Arguments &arguments, int index, const char *name);

Result text_result(const std::string &text);
Result name_result(const std::string &text);
Result cstring_result(const std::string &text);
Result oid_result(::Oid value);
Result role_result(const RoleValue &value);
Result json_result(const std::string &text); // as jsonb
Result jsonb_result(Datum document);         // of a JsonBuilder
Result bigint_result(std::int64_t value);
Result boolean_result(bool value);
Result null_result(FunctionCallInfo call_info);

// The types that columns of results have.
enum class Column { text, text_array, boolean, integer, bigint, interval, jsonb };

// The rows of a function that RETURNS SETOF a composite type.
class ResultSet {
  public:
    // Error 42804 when the type has other columns than these.
    ResultSet(FunctionCallInfo call_info, std::initializer_list<Column> columns);

    // Appends a row, given as the text form of each column.
    void add(const std::vector<std::optional<std::string>> &values);

  private:
    ReturnSetInfo *info_;
    AttInMetadata *metadata_;
};

// Was the procedure called where it may commit, that is, by a CALL of its own
// outside of a transaction block?
bool may_commit(FunctionCallInfo call_info);

} // namespace linkgress::pg
