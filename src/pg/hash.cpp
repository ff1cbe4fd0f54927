#include "pg/hash.hpp"

#include "core/poll.hpp"
#include "core/sqlstate.hpp"
#include "pg/postgres.hpp"

extern "C" {
#include "common/cryptohash.h"
#include "common/sha2.h"
#include "mb/pg_wchar.h"
}

namespace linkgress::pg {

namespace {

struct ContextDeleter {
    void operator()(pg_cryptohash_ctx *context) const noexcept { pg_cryptohash_free(context); }
};

void check(int result)
{
    if (result < 0)
        throw core::Error(core::sqlstate::internal_error, "could not compute SHA-256 hash");
}

void add(pg_cryptohash_ctx *context, std::string_view piece)
{
    const char *utf8 = call([&]() noexcept -> const char * {
        if (GetDatabaseEncoding() == PG_SQL_ASCII) // bytes of no known encoding
            return piece.data();
        return pg_server_to_any(piece.data(), static_cast<int>(piece.size()), PG_UTF8);
    });
    // The server returns the text itself where there is nothing to convert.
    std::size_t size = utf8 == piece.data() ? piece.size() : std::strlen(utf8);
    core::in_pieces({utf8, size}, [&](std::string_view part) {
        check(pg_cryptohash_update(context, reinterpret_cast<const uint8 *>(part.data()), part.size()));
    });
    if (utf8 != piece.data())
        pfree(const_cast<char *>(utf8));
}

} // namespace

std::string sha256(const std::vector<std::string_view> &pieces)
{
    std::unique_ptr<pg_cryptohash_ctx, ContextDeleter> context(
        call([]() noexcept { return pg_cryptohash_create(PG_SHA256); }));
    check(pg_cryptohash_init(context.get()));
    for (std::string_view piece : pieces)
        if (!piece.empty())
            add(context.get(), piece);
    std::uint8_t digest[PG_SHA256_DIGEST_LENGTH];
    check(pg_cryptohash_final(context.get(), digest, sizeof digest));
    std::string hex;
    for (std::uint8_t byte : digest)
        hex += fmt::format("{:02x}", byte);
    return hex;
}

} // namespace linkgress::pg
