// Running statements as a client's would be run: not from inside a function,
// but at the top level of a process that has no client, where also those work
// that begin and end transactions themselves.
#pragma once

#include "pg/spi.hpp"

#include <cstdint>
#include <string>

namespace linkgress::pg {

// A transaction of a process that has none yet, from construction to commit();
// without that it is rolled back. Memory that is current before is so again
// afterwards.
class TopLevelTransaction {
  public:
    TopLevelTransaction();
    ~TopLevelTransaction();
    TopLevelTransaction(const TopLevelTransaction &) = delete;
    TopLevelTransaction &operator=(const TopLevelTransaction &) = delete;

    void commit();

  private:
    void roll_back() noexcept;

    void *memory_context_;
    bool open_ = false;
};

// Does it in a transaction of its own, with an SPI session.
template <typename Work> void in_transaction(Work &&work)
{
    TopLevelTransaction transaction;
    {
        SpiSession spi(SpiSession::Transactions::top_level);
        work();
    }
    transaction.commit();
}

// How many transactions this process has committed: whether a statement has
// committed inside.
std::uint64_t commits() noexcept;

// Texts that this process reports are in the server's encoding, whatever a body
// has SET.
void use_server_encoding();

// Runs one statement and throws its rows away, in an open TopLevelTransaction.
// It may have ended that transaction and begun another one; what it does last is
// still to be committed. A position in its text comes as internal_position, with
// the text as internal_query. `index_name`, when it is not empty, is for a CREATE
// INDEX that has no name itself. Says whether it was a utility statement.
bool execute_at_top_level(const std::string &sql, const std::string &index_name = {});

} // namespace linkgress::pg
