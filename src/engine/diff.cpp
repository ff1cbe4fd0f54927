#include "engine/diff.hpp"

#include "pg/hash.hpp"
#include "pg/spi.hpp"

namespace linkgress::engine {

std::string fingerprint(const core::Snapshot &snapshot)
{
    std::string text = snapshot.canonical();
    return pg::sha256({text});
}

Plan plan(const core::Snapshot &source, const core::Snapshot &target)
{
    Plan plan;
    plan.operations = core::plan(source, target, pg::quote_identifier);
    std::vector<std::string> parts = {fingerprint(source), fingerprint(target)};
    for (const core::Operation &operation : plan.operations)
        parts.push_back(operation.sql());
    std::vector<std::string_view> pieces;
    for (const std::string &part : parts) {
        pieces.emplace_back(part);
        pieces.emplace_back("\n");
    }
    plan.id = pg::sha256(pieces);
    return plan;
}

} // namespace linkgress::engine
