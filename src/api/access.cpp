#include "engine/access.hpp"

#include "pg/entry.hpp"
#include "pg/spi.hpp"

using namespace linkgress;

LINKGRESS_FUNCTION(linkgress_approve)
{
    pg::SpiSession spi;
    pg::Arguments arguments(call_info);
    engine::approve(*arguments.text(0));
    return 0;
}

LINKGRESS_FUNCTION(linkgress_grant_access)
{
    pg::SpiSession spi;
    pg::Arguments arguments(call_info);
    engine::grant_access(*arguments.name(0), *arguments.text(1));
    return 0;
}
