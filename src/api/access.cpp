#include "engine/access.hpp"

#include "core/sqlstate.hpp"
#include "pg/entry.hpp"
#include "pg/spi.hpp"

using namespace linkgress;

namespace {

engine::TextKind text_kind(const pg::Arguments &arguments, int index)
{
    std::string kind = pg::required_text(arguments, index, "kind");
    if (std::optional<engine::TextKind> known = engine::parse_text_kind(kind))
        return *known;
    throw core::Error(core::sqlstate::invalid_parameter_value, fmt::format("unknown kind of text \"{}\"", kind), {},
                      "The kinds are migration, hook and model.");
}

} // namespace

LINKGRESS_FUNCTION(linkgress_approve)
{
    pg::SpiSession spi;
    pg::Arguments arguments(call_info);
    return pg::text_result(
        engine::approve(text_kind(arguments, 2), pg::required_text(arguments, 0, "name"), arguments.text(1)));
}

LINKGRESS_FUNCTION(linkgress_grant_access)
{
    pg::SpiSession spi;
    pg::Arguments arguments(call_info);
    engine::grant_access(pg::required_name(arguments, 0, "role"), pg::required_text(arguments, 1, "level"));
    return 0;
}
