#include "engine/diff.hpp"

#include "pg/hash.hpp"
#include "pg/spi.hpp"

namespace linkgress::engine {

std::string fingerprint(const core::Snapshot &snapshot)
{
    std::string text = snapshot.canonical();
    return pg::sha256({text});
}

std::vector<core::Operation> operations(const core::Snapshot &source, const core::Snapshot &target)
{
    return core::plan(source, target, pg::quote_identifier);
}

std::vector<core::Stage> stages(const core::Snapshot &source, const core::Snapshot &target)
{
    return core::online_plan(source, target, pg::quote_identifier);
}

std::string plan_id(const core::Snapshot &source, const core::Snapshot &target,
                    const std::vector<core::Operation> &operations)
{
    constexpr std::size_t of_snapshot = 16;
    std::string sql;
    for (const core::Operation &operation : operations)
        sql += operation.kept_sql() + "\n"; // what is stored of it tells nobody a secret by trying
    return fingerprint(source).substr(0, of_snapshot) + fingerprint(target).substr(0, of_snapshot) +
           pg::sha256({sql}).substr(2 * of_snapshot);
}

} // namespace linkgress::engine
