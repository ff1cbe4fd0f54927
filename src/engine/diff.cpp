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

std::string plan_id(const core::Snapshot &source, const core::Snapshot &target)
{
    std::vector<std::string> parts = {fingerprint(source), fingerprint(target)};
    for (const core::Operation &operation : operations(source, target))
        parts.push_back(operation.sql());
    std::vector<std::string_view> pieces;
    for (const std::string &part : parts) {
        pieces.emplace_back(part);
        pieces.emplace_back("\n");
    }
    return pg::sha256(pieces);
}

} // namespace linkgress::engine
