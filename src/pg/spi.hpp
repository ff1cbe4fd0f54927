// The server programming interface: a connection, the extension's own
// prepared queries, and the execution of other people's statements.
#pragma once

#include "pg/bridge.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace linkgress::pg {

using Oid = unsigned int;
class JsonHandler;

// One SPI level, from construction to destruction. After an error it is left
// to the abort of the (sub)transaction, which knows better what is on the
// stack by then. What is allocated meanwhile lives on as it would without it,
// except where transactions are ended: there it goes with the level.
class SpiSession {
  public:
    enum class Transactions {
        atomic,
        may_commit,
        top_level, // of a worker process: there is no client's statement around it
    };

    explicit SpiSession(Transactions transactions = Transactions::atomic);
    ~SpiSession();
    SpiSession(const SpiSession &) = delete;
    SpiSession &operator=(const SpiSession &) = delete;

    // Commit the transaction and start another. Only with may_commit. If it fails,
    // the transaction is rolled back, and there is another one all the same.
    void commit();

  private:
    Transactions transactions_;
};

enum class Type {
    text,
    text_array,
    boolean,
    integer,
    bigint,
    oid,
    real,
    oid_array, // of results, or oidvector
    // Of results only:
    smallint_array, // or int2vector
    relation,       // regclass
    expression,     // pg_node_tree
};

// A parameter; std::monostate is NULL.
using Value = std::variant<std::monostate, bool, std::int32_t, std::int64_t, Oid, double, std::string_view,
                           std::reference_wrapper<const std::vector<std::string>>,
                           std::reference_wrapper<const std::vector<Oid>>>;

// The result of a query. Columns and rows count from 0. The accessor must fit
// the column's type: a name, say, is to be cast to text in the query.
class Rows {
  public:
    Rows(void *table, std::size_t count);
    Rows(Rows &&other) noexcept;
    Rows(const Rows &) = delete;
    Rows &operator=(const Rows &) = delete;
    ~Rows();

    std::size_t size() const noexcept { return count_; }
    bool empty() const noexcept { return count_ == 0; }

    bool is_null(std::size_t row, int column) const;
    std::string text(std::size_t row, int column) const; // "" for NULL
    std::vector<std::string> texts(int column) const;    // of all rows
    std::optional<std::string> optional_text(std::size_t row, int column) const;
    bool boolean(std::size_t row, int column) const; // false for NULL
    std::int64_t bigint(std::size_t row, int column) const;
    std::int32_t integer(std::size_t row, int column) const;
    Oid oid(std::size_t row, int column) const; // 0 for NULL

    // For queries whose columns are not known beforehand.
    int columns() const;
    std::string column_name(int column) const;
    // Nothing if it is of a type that is not one of Type's.
    std::optional<Type> column_type(int column) const;
    std::vector<std::string> text_array(std::size_t row, int column) const;      // without its NULLs; empty for NULL
    std::vector<std::int16_t> smallint_array(std::size_t row, int column) const; // empty for NULL
    std::vector<Oid> oid_array(std::size_t row, int column) const;               // empty for NULL
    std::string_view text_view(std::size_t row, int column) const;               // "" for NULL; lives as long as this
    std::uintptr_t expression(std::size_t row, int column) const;                // not NULL; nor this, a jsonb:
    void json(std::size_t row, int column, JsonHandler &handler) const;

  private:
    std::uintptr_t datum(std::size_t row, int column, bool *null) const;
    void take_apart(std::size_t row) const;

    void *table_;
    std::size_t count_;
    // The row that was looked at last: its columns are found all at once.
    mutable std::size_t row_ = SIZE_MAX;
    mutable std::vector<std::uintptr_t> values_;
    mutable std::unique_ptr<bool[]> nulls_;
};

// A fixed statement of the extension's own, prepared at its first run and kept
// for the session. Meant to be a static object. Its names must be qualified:
// it runs under the search_path that is in force.
class Query {
  public:
    // Planned for each run, with its values, or once for all.
    enum class Planning { each, once };

    Query(const char *sql, std::initializer_list<Type> types, Planning planning = Planning::once)
        : sql_(sql), types_(types), planning_(planning)
    {}
    Query(const Query &) = delete;
    Query &operator=(const Query &) = delete;

    Rows run(std::initializer_list<Value> values = {});

    // Runs with a snapshot that sees everything committed until now, whatever
    // the isolation level of the transaction. Only for reading.
    Rows run_with_latest_snapshot(std::initializer_list<Value> values = {});

    // Runs with the snapshot that is active, as several queries do that have to
    // see the same. Only for reading.
    Rows run_with_active_snapshot(std::initializer_list<Value> values = {});

  private:
    enum class View { own, latest, active };
    void prepare();
    Rows execute(std::initializer_list<Value> values, View view);

    const char *sql_;
    std::vector<Type> types_;
    Planning planning_;
    void *plan_ = nullptr;
};

// Runs one statement of a user's text and throws its rows away. The statement
// may do anything but control the transaction. A position in its text comes as
// internal_position, with the text as internal_query. Says whether it was a
// utility statement, as opposed to a query.
bool execute_statement(const std::string &sql);

// The text that a query of one row and column gives, run once; none for NULL, or if there is no row.
std::optional<std::string> query_text(const std::string &sql);

// Quotes an identifier where it needs it, with the server's rules.
std::string quote_identifier(const std::string &name);

} // namespace linkgress::pg
