#include "engine/access.hpp"

#include "pg/entry.hpp"
#include "pg/spi.hpp"

using namespace linkgress;

LINKGRESS_FUNCTION(linkgress_approve)
{
    pg::SpiSession spi;
    pg::Arguments arguments(call_info);
    engine::approve(pg::required_text(arguments, 0, "name"), arguments.text(1));
    return 0;
}

LINKGRESS_FUNCTION(linkgress_grant_access)
{
    pg::SpiSession spi;
    pg::Arguments arguments(call_info);
    engine::grant_access(pg::required_name(arguments, 0, "role"), pg::required_text(arguments, 1, "level"));
    return 0;
}
