// What an entry point of api/ needs: the calling convention, the arguments,
// and sets of rows as the result. The only header outside of pg/'s own files
// that brings in PostgreSQL's.
#pragma once

#include "pg/bridge.hpp"
#include "pg/json.hpp"
#include "pg/postgres.hpp"

#include <optional>
#include <string>
#include <vector>

// Defines an SQL-callable function: LINKGRESS_FUNCTION(linkgress_x) { … } with
// `call_info` in scope, returning a Datum. Everything in it may throw.
#define LINKGRESS_FUNCTION(name)                                                                                       \
    static Datum name##_body(FunctionCallInfo call_info);                                                              \
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
        return linkgress::pg::boundary([&] { return name##_body(fcinfo); });                                           \
    }                                                                                                                  \
    }                                                                                                                  \
    static Datum name##_body([[maybe_unused]] FunctionCallInfo call_info)

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

// The arguments of a call, counting from 0; nothing where they are NULL.
class Arguments {
  public:
    explicit Arguments(FunctionCallInfo call_info) : call_info_(call_info) {}

    bool is_null(int index) const;
    std::optional<std::string> text(int index) const;
    std::string_view text_view(int index) const; // not NULL; as long as the call lasts
    std::optional<std::string> name(int index) const;
    std::optional<bool> boolean(int index) const;
    std::optional<std::int32_t> integer(int index) const;
    std::optional<std::string> interval(int index) const; // in the server's text form
    std::vector<std::string> text_array(int index) const; // without its NULLs
    std::vector<std::string> name_array(int index) const; // without its NULLs
    void json(int index, JsonHandler &handler) const;     // of a jsonb that is not NULL

  private:
    FunctionCallInfo call_info_;
};

// The argument, or an error that names it when it is NULL.
std::string required_text(const Arguments &arguments, int index, const char *name);

std::string required_name(const Arguments &arguments, int index, const char *name);

Datum text_result(const std::string &text);
Datum json_result(const std::string &text); // as jsonb
Datum bigint_result(std::int64_t value);
Datum boolean_result(bool value);
Datum null_result(FunctionCallInfo call_info);

// The rows of a function that RETURNS SETOF a composite type.
class ResultSet {
  public:
    explicit ResultSet(FunctionCallInfo call_info);

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
